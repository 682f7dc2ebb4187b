"""Who said each quotation: candidates, their features, and the choice.

Candidates come from the quotation's own paragraph; from earlier ones only the speaker so far and, where the own
paragraph names nobody with a cue, the last few mentions of the paragraph before. Choosing is left to the caller of
`walk`, so that fitting and finding see the very same features.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import features
from .features import AFTER, BEFORE, EARLIER, LONG_AGO, Place, is_strong, of_mention, of_nobody
from .marks import Span
from .mentions import Kind, Mention, find_mentions
from .tokens import Paragraph
from .words import table
from .words.classes import Cls

SIZE = features.SIZE
MAX_GROUP = 64
"""Quotations read together with their paragraph; a longer row is read in parts."""
MAX_BEFORE = 10
MAX_AFTER = 5
MAX_EARLIER = 4
MAX_AROUND = 3000
"""Characters of a paragraph read before its first and after its last quotation."""
MAX_BEFORE_CHARACTERS = 1500
"""Characters read of the paragraph before."""
MAX_SPEAKER_AGE = 4
"""Paragraphs after which the last speaker is no longer a candidate."""
DROPS_SUBJECT = frozenset(("es",))
"""Languages in which a verb needs no subject."""
NAMED = frozenset((Kind.FULL, Kind.SINGLE, Kind.TITLED))
CUES = frozenset((Cls.SAY, Cls.CALL, Cls.TELL, Cls.SAYING, Cls.BY))


class Candidate(NamedTuple):
    """A mention that may be the speaker, the characters it covers, and its features."""

    start: int
    end: int
    mention: Mention
    paragraph: Paragraph
    features: list[int]


class Case(NamedTuple):
    """One quotation to decide."""

    span: Span
    candidates: list[Candidate]
    nobody: list[int]
    signed: int
    """The candidate that signs it ("“…” — Ada Quill"), or is the subject still in mind; -1 without one."""
    is_said: bool
    """Whether a verb of speech without a subject credits it, which leaves no doubt that somebody said it."""
    chain: int
    """Where the quotation before stands: 0 same sentence, 1 same paragraph, 2 the one before, 3 none or further."""


Decide = Callable[[Case], int]
"""Returns the index of the chosen candidate, or -1 for nobody."""


class _Read(NamedTuple):
    number: int
    paragraph: Paragraph
    mentions: list[Mention]


def walk(text: str, spans: list[Span], lang: str, decide: Decide) -> None:
    """Call `decide` for each quotation in order; its answers become the chain for the next ones."""
    words = table(lang)
    speaker: Candidate | None = None
    spoken: dict[str, int] = {}
    speaker_number = last_quote_number = -99
    previous: _Read | None = None
    number, at, index = 0, 0, 0
    while index < len(spans):
        begin = max(spans[index].paragraph, spans[index - 1].end + 1 if index else 0)
        number += _paragraphs_between(text, at, begin)
        end = text.find("\n", spans[index].end)
        end = len(text) if end < 0 else end
        group = index
        while group < len(spans) and spans[group].start <= end and group - index < MAX_GROUP:
            group += 1
        own = spans[index:group]
        end = max(min(end, own[-1].end + MAX_AROUND), own[-1].end)
        begin = max(begin, own[0].start - MAX_AROUND)
        paragraph = Paragraph(text, begin, end, own, words, lang)
        read = _Read(number, paragraph, find_mentions(paragraph, lang))
        before = _Before(text, begin, lang, previous if previous and previous.number == number - 1 else None)
        for k, span in enumerate(own[: len(paragraph.quotes)]):
            chain = 3
            if k:
                chain = 0 if paragraph.stops[paragraph.quotes[k]] == paragraph.stops[paragraph.quotes[k - 1]] else 1
            elif last_quote_number == number - 1:
                chain = 2
            known = speaker if number - speaker_number <= MAX_SPEAKER_AGE else None
            case = _case(text, span, k, read, before, known, chain, spoken, drops_subject=lang in DROPS_SUBJECT)
            choice = decide(case)
            if choice >= 0:
                speaker, speaker_number = case.candidates[choice], number
                name = _key(speaker)
                if name:
                    spoken[name] = spoken.get(name, 0) + 1
            last_quote_number = number
        previous, at, index = read, begin, group


def _paragraphs_between(text: str, at: int, begin: int) -> int:
    count, position = 0, text.find("\n", at, begin)
    while position >= 0:
        if text[position + 1 : position + 2] != "\n":
            count += 1
        position = text.find("\n", position + 1, begin)
    return count


class _Before:
    """The paragraph before, read when first asked for: most quotations have their speaker next to them."""

    def __init__(self, text: str, begin: int, lang: str, known: _Read | None) -> None:
        self._text, self._begin, self._lang, self._read = text, begin, lang, known

    def read(self) -> _Read:
        if self._read is None:
            end = len(self._text[max(0, self._begin - MAX_BEFORE_CHARACTERS) : self._begin].rstrip())
            end += max(0, self._begin - MAX_BEFORE_CHARACTERS)
            start = max(
                self._text.rfind("\n", max(0, end - MAX_BEFORE_CHARACTERS), end) + 1, end - MAX_BEFORE_CHARACTERS
            )
            paragraph = Paragraph(self._text, start, end, [], table(self._lang), self._lang)
            self._read = _Read(-1, paragraph, find_mentions(paragraph, self._lang))
        return self._read


def _case(
    text: str,
    span: Span,
    k: int,
    read: _Read,
    before: _Before,
    speaker: Candidate | None,
    chain: int,
    spoken: dict[str, int],
    *,
    drops_subject: bool,
) -> Case:
    paragraph, mentions = read.paragraph, read.mentions
    place = Place(text, paragraph, paragraph.quotes[k])
    place.chain = chain
    at, stops = place.at, paragraph.stops
    low = 0
    while low < len(mentions) and mentions[low].first < at:
        low += 1
    left, right = mentions[max(0, low - MAX_BEFORE) : low], mentions[low : low + MAX_AFTER]
    silent = drops_subject and _has_no_subject(paragraph.cls, at)
    right = [] if silent else right
    place.rival = any(is_strong(place, m, stops) for m in left) or any(is_strong(place, m, stops) for m in right)
    name = _key(speaker) if speaker else ""
    candidates = []
    quotes = [sum(1 for q in paragraph.quotes if m.first < q < at) for m in left]

    def add(mention: Mention, source: Paragraph, direction: int, rank: int, quotes: int) -> None:
        start, end = source.beg[mention.first], source.end[mention.last - 1]
        same = 0
        if speaker is not None:
            same = 3 if speaker.start == start else 2 if name and name == _name(mention, source) else 1
        spoke = min(2, spoken.get(_name(mention, source), 0))
        listed = of_mention(
            place, source if direction > AFTER else paragraph, source.cls, mention, direction, rank, quotes, same, spoke
        )
        candidates.append(Candidate(start, end, mention, source, listed))

    for rank, mention in enumerate(reversed(left)):
        add(mention, paragraph, BEFORE, rank, quotes[len(left) - 1 - rank])
    for rank, mention in enumerate(right):
        add(mention, paragraph, AFTER, rank, sum(1 for q in paragraph.quotes if at < q < mention.first))
    if speaker is not None and speaker.paragraph is not paragraph:
        add(speaker.mention, speaker.paragraph, LONG_AGO, 0, 0)
    if not place.rival:
        _, earlier, listed = before.read()
        for rank, mention in enumerate(reversed(listed[-MAX_EARLIER:])):
            if speaker is None or speaker.start != earlier.beg[mention.first]:
                add(mention, earlier, EARLIER, rank, 0)
    signed = len(left) if right and _signs(paragraph.cls, at, right[0]) else -1
    if silent:
        signed = next((i for i, mention in enumerate(reversed(left)) if mention.subject and mention.kind in NAMED), -1)
    return Case(span, candidates, of_nobody(text, paragraph, place), signed, silent, chain)


def _has_no_subject(cls: list[int], at: int) -> bool:
    """Whether the credit after a quotation is a verb alone: «He llamado», dijo, y la palabra bastó."""
    verb = at + 2 if cls[at + 1] == Cls.COMMA else at + 1
    return cls[verb] == Cls.SAY and cls[verb + 1] in (Cls.COMMA, Cls.STOP, Cls.AND, Cls.QUOTE, Cls.EDGE)


def _signs(cls: list[int], at: int, mention: Mention) -> bool:
    """Whether a mention stands after a dash and before the end of the line or an apposition."""
    return cls[at + 1] == Cls.DASH and mention.first == at + 2 and cls[mention.last] in (Cls.EDGE, Cls.COMMA, Cls.OPEN)


def _key(candidate: Candidate) -> str:
    return _name(candidate.mention, candidate.paragraph)


def _name(mention: Mention, paragraph: Paragraph) -> str:
    """The last word of a name, "" for anything else."""
    return paragraph.word[mention.last - 1] if paragraph.cls[mention.last - 1] == Cls.NAME else ""
