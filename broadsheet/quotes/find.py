"""Text to quotations with their speakers: the whole of it, step by step.

1. Find the spans between marks (`marks`), credits inside them cut out (`incises`); no mark, no work.
2. Read the paragraphs they stand in, collect mentions, weigh each pairing (`attribution`, `features`, `weights`).
3. Leave out what is nobody's: titles, irony, signs.
4. Give pronouns and surnames the name and role the article has for them (`people`).
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp
from typing import NamedTuple

from .attribution import CUES, Candidate, Case, walk
from .incises import LANGUAGES as INCISED
from .incises import part_credits
from .marks import ANY_MARK, Span, find_spans
from .mentions import Kind
from .people import People
from .pronouns import resolve_pronoun
from .quote import Quote
from .uncased import LANGUAGES as UNCASED
from .uncased import find_uncased
from .weights import weights
from .words import LANGUAGES, table

MAX_CHARACTERS = 2_000_000
"""Longer texts are read up to here."""
MIN_WORDS = 4
"""Shorter ones are scare quotes or fragments more often than statements."""
LIKELY = 0.6
"""How sure it is that a verb without a subject goes on with the last one."""
MIN_CONFIDENCE = 0.34
"""Below this a quotation is left out: crediting the wrong person is worse than missing one. Chosen on the development
sets where the joint F1 is flat (.30 to .45 in English, .30 to .37 in German)."""


def find_quotes(text: str, lang: str = "en") -> list[Quote]:
    """The quotations of a text in order, with who said each.

    text: paragraphs parted by line breaks. lang: its language, "de" or "de-AT"; English, German, French and
    Spanish have words for attribution; other languages have spans, and the speakers their punctuation gives away.
    Takes time linear in the text. Never raises for any text.
    """
    text = text[:MAX_CHARACTERS]
    if "'" not in text and ANY_MARK.search(text) is None:
        return []
    lang = lang.lower().replace("_", "-").split("-")[0]
    spans = find_spans(text, lang)
    if lang in INCISED:
        spans = part_credits(text, spans, lang, table(lang))
    if not spans:
        return []
    if lang in UNCASED:
        return list(find_uncased(text, lang, spans))
    return _credited(text, lang, spans)


class _Found(NamedTuple):
    """A quotation that counts, the candidate it goes to, and how sure that is."""

    case: Case
    candidate: Candidate | None
    confidence: float


def _credited(text: str, lang: str, spans: list[Span]) -> list[Quote]:
    weight = weights(lang).__getitem__
    found: list[_Found] = []

    def decide(case: Case) -> int:
        short = _is_short(text[case.span.start : case.span.end])
        index, confidence, nobodys = _weigh(case, weight)
        if case.span.goes_on and found:
            known = found[-1].candidate
            found.append(_Found(case, known, found[-1].confidence))
            return next((i for i, one in enumerate(case.candidates) if known and one.start == known.start), index)
        if nobodys > 0.5:
            return index if short else -1
        if not short and confidence >= MIN_CONFIDENCE:
            found.append(_Found(case, case.candidates[index], confidence))
        elif not short and lang not in LANGUAGES:
            found.append(_Found(case, None, 1 - nobodys))
        return index

    walk(text, spans, lang, decide)
    if not found:
        return []
    people, last, quotes = People(text, lang, spans), None, []
    for case, candidate, confidence in found:
        if candidate is None:
            quotes.append(Quote(*case.span[:2], None, None, None, confidence=round(confidence, 3)))
            continue
        last = _quote(text, case, candidate, confidence, people, last)
        quotes.append(last)
    return quotes


def _weigh(case: Case, weight: Callable[[int], float]) -> tuple[int, float, float]:
    """The best candidate (-1 without any), how likely it is, and how likely it is that nobody is quoted."""
    scores = [sum(map(weight, case.nobody)), *[sum(map(weight, c.features)) for c in case.candidates]]
    top = max(scores)
    likely = [exp(score - top) for score in scores]
    whole = sum(likely)
    if case.signed >= 0 and case.is_said:
        return case.signed, LIKELY, 0.0
    if case.signed >= 0:
        return case.signed, 1 - likely[0] / whole, likely[0] / whole
    best = max(likely[1:], default=0.0)
    return (likely.index(best, 1) - 1 if best else -1), best / whole, likely[0] / whole


def _is_short(quoted: str) -> bool:
    return len(quoted.split(None, MIN_WORDS - 1)) < MIN_WORDS


def _quote(text: str, case: Case, candidate: Candidate, confidence: float, people: People, last: Quote | None) -> Quote:
    phrase = text[candidate.start : candidate.end]
    kind = candidate.mention.kind
    if kind == Kind.HE:
        before = people.of(last.name) if last is not None and last.name else None
        person = resolve_pronoun(people, phrase, candidate.start, before, last.end if last else 0)
    elif kind == Kind.WHO:
        person = people.just_before(candidate.start)
    elif kind in (Kind.ROLE, Kind.HIS, Kind.THING, Kind.BARE):
        person = people.beside(candidate.start, candidate.end)
    else:
        person = people.of(phrase) or people.at(candidate.start)
    return Quote(
        start=case.span.start,
        end=case.span.end,
        speaker=person.name if person and kind in (Kind.HE, Kind.WHO) else phrase,
        speaker_start=candidate.start,
        speaker_end=candidate.end,
        name=person.name if person else None,
        role=people.role(person) if person else None,
        cue=_cue(text, candidate),
        kind="continued" if last is not None and last.speaker_start == candidate.start else "direct",
        confidence=round(confidence, 3),
    )


def _cue(text: str, candidate: Candidate) -> str | None:
    mention, paragraph = candidate.mention, candidate.paragraph
    for at in (mention.verb_at, mention.first - 1):
        if at > 0 and paragraph.cls[at] in CUES:
            return text[paragraph.beg[at] : paragraph.end[at]]
    return None
