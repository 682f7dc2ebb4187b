"""Quotations in scripts without capitals: spans by length, speakers by a cue right beside them.

Nothing is weighed here. A span with a cue is a quotation; one without must be long enough to be no title or irony, and
stays without a speaker. A pronoun, or a verb alone ("وأضاف: «…»"), goes on with who spoke last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .marks import Span
from .quote import Quote
from .titled import part_title
from .words import uncased as words

LANGUAGES = frozenset(("zh", "ja", "ar", "he", "fa", "ko"))
MIN_SIGNS = 6
"""Characters of a credited quotation."""
MIN_ALONE = {"zh": 14, "ja": 18}
"""Characters of one without a cue; 30 where words are written apart."""
AROUND = 120
"""Characters read on either side."""
LOOK_BACK = 400
"""Characters in which a pronoun's name is looked for."""


class Phrase(NamedTuple):
    """Where a speaker is named, as characters of what was read. is_pronoun: it stands for who spoke last."""

    start: int
    end: int
    is_pronoun: bool = False


Reader = Callable[[str, str], "Phrase | None"]
"""Reads what stands before a quotation, up to its mark, or after it; the second text is the one across it."""


Known = dict[str, tuple[str | None, str | None]]


def find_uncased(text: str, lang: str, spans: list[Span]) -> Iterator[Quote]:
    """The quotations among the spans, in order."""
    before, after = _BEFORE.get(lang), _AFTER.get(lang)
    last: Quote | None = None
    full: Known = {}
    for place, span in enumerate(spans):
        length = span.end - span.start
        if length < MIN_SIGNS:
            continue
        low = max(span.paragraph, span.start - 1 - AROUND, spans[place - 1].end + 1 if place else 0)
        head, tail = text[low : span.start - 1].rstrip(), text[span.end + 1 : span.end + 1 + AROUND]
        phrase = before(head, tail) if before else None
        if phrase is None and after is not None:
            low, phrase = span.end + 1, after(tail, head)
        if phrase is not None and phrase.is_pronoun:
            named = _named_before(text, lang, last.speaker_end or 0 if last else 0, span.start)
            phrase, low = (named, 0) if named else (phrase, low) if last else (None, low)
        if phrase is None:
            if length >= MIN_ALONE.get(lang, 30):
                yield Quote(span.start, span.end, None, None, None, confidence=0.5)
            continue
        last = _quote(text, lang, span, Phrase(low + phrase.start, low + phrase.end, phrase.is_pronoun), last, full)
        yield last


def _named_before(text: str, lang: str, after: int, before: int) -> Phrase | None:
    """The last one to have said something without marks, since who was quoted last: whom a pronoun then means."""
    pattern = _MENTION.get(lang)
    start = max(after, before - LOOK_BACK)
    for found in reversed(list(pattern.finditer(text, start, before)) if pattern else []):
        if part_title(found[1], lang).name:
            return Phrase(*found.span(1))
    return None


def _quote(text: str, lang: str, span: Span, phrase: Phrase, last: Quote | None, full: Known) -> Quote:
    """full: name and role of those named before, by the last part of the name."""
    if phrase.is_pronoun and last is not None:
        speaker, name, role, end = last.name or last.speaker, last.name, last.role, phrase.end
        start = phrase.start
        if start == end:  # a verb alone
            start, end = last.speaker_start or 0, last.speaker_end or 0
        return Quote(span.start, span.end, speaker, start, end, name=name, role=role, kind="continued", confidence=0.7)
    found = part_title(text[phrase.start : phrase.end], lang)
    end = phrase.start + found.length
    speaker = text[phrase.start : end]
    name, role = full.get(found.name or speaker, (found.name or None, None))
    if name:
        role = found.role or role
        full.setdefault(_NAME_GAP.split(name)[-1], (name, role))
    return Quote(span.start, span.end, speaker, phrase.start, end, name=name, role=role, confidence=0.7)


_NAME_GAP = re.compile(r"[·・\s]")
_ZH_VERB = re.compile(rf"^(.{{1,80}}?)(?:{words.ZH_SAY})[^，,。]{{0,8}}[：:，,]?$")
_ZH_SENTENCE = re.compile(r"[。！？；\n”」]")
_ZH_PIECE = re.compile(r"[^，,、（）()]+")
_ZH_ASIDE = re.compile(words.ZH_ASIDE)
_ZH_NAME = re.compile(rf"{words.HAN}{{2,24}}")
_ZH_AFTER = re.compile(rf"^[，,。]?\s*({words.HAN}{{1,24}}?)(?:{words.ZH_SAY})")


def _chinese_before(head: str, _tail: str) -> Phrase | None:
    """The first part of the sentence that is no adverbial: 王明3日在记者会上表示, 对此，王明说."""
    start = max((found.end() for found in _ZH_SENTENCE.finditer(head)), default=0)
    clause = _ZH_VERB.match(head[start:])
    return _chinese_subject(clause[1], start) if clause else None


def _chinese_subject(clause: str, start: int) -> Phrase | None:
    for piece in _ZH_PIECE.finditer(clause):
        aside = _ZH_ASIDE.search(piece[0])
        subject = piece[0][: aside.start()] if aside else piece[0]
        subject = subject.strip()
        at = start + piece.start() + len(piece[0]) - len(piece[0].lstrip())
        if subject in words.ZH_PRONOUNS:
            return Phrase(at, at + len(subject), is_pronoun=True)
        if _ZH_NAME.fullmatch(subject):
            return Phrase(at, at + len(subject))
    return None


def _chinese_after(tail: str, _head: str) -> Phrase | None:
    found = _ZH_AFTER.match(tail)
    return _chinese_subject(found[1], found.start(1)) if found else None


def _pattern(pattern: str, across: str | None = None) -> Reader:
    """A reader whose group 1 is the speaker; `across` must match what stands on the other side."""
    found, other = re.compile(pattern), re.compile(across) if across else None

    def read(here: str, there: str) -> Phrase | None:
        match = found.search(here)
        if match is None or (other is not None and not other.search(there)):
            return None
        return Phrase(*match.span(1)) if match[1] else Phrase(match.end(), match.end(), is_pronoun=True)

    return read


_AR_VERB = rf"(?<![\u0621-\u0652])و?(?:{words.AR_SAY})"
_AR_ASIDE = r"[^:.؟!«»“”\"\n]"
_JA_SUBJECT = r"([^\s。、「」『』（）()]{1,24}?)"

_BEFORE: dict[str, Reader] = {
    "zh": _chinese_before,
    "ja": _pattern(
        rf"{_JA_SUBJECT}[はも](?:[^。「」]{{0,40}}[、で])?\s*$", rf"^と(?:[^。「」]{{0,12}})?(?:{words.JA_SAY})"
    ),
    "ar": _pattern(rf"{_AR_VERB}(?:\s+({words.AR_WORD}{_AR_ASIDE}{{0,100}}?))?\s*[:،,]?\s*$"),
    "he": _pattern(rf"(?:{words.HE_SAY})\s+({words.HE_WORD}(?:,?\s+{words.HE_WORD}){{0,6}}?)\s*[:,]?\s*(?:כי\s*)?$"),
    "fa": _pattern(rf"([\u0600-\u06ff\u200c]+(?:\s+[\u0600-\u06ff\u200c]+){{0,5}}?)\s+(?:{words.FA_SAY})\s*[:،]?\s*$"),
    "ko": _pattern(
        r"(?:^|[.,\s])((?:[\uac00-\ud7a3]{1,6}\s){0,3}[\uac00-\ud7a3]{1,8})(?:은|는|이|가)(?:\s[^.\"“”\n]{0,40})?\s*$",
        r"^(?:라고|이라고|고)\s*(?:말|밝|전|강조|설명|주장|덧붙|했)",
    ),
}
_AFTER: dict[str, Reader] = {
    "zh": _chinese_after,
    "ar": _pattern(rf"^[،,.]?\s*(?:كما\s+)?{_AR_VERB}\s+({words.AR_WORD}(?:،?\s+{words.AR_WORD}){{0,10}})"),
    "he": _pattern(rf"^,?\s*(?:{words.HE_SAY})\s+({words.HE_WORD}(?:,?\s+{words.HE_WORD}){{0,5}})"),
}
_MENTION = {
    "zh": re.compile(rf"(?:^|[。！？；，\n”])\s*({words.HAN}{{2,24}}?)(?:{words.ZH_SAY})"),
    "ar": re.compile(rf"{_AR_VERB}\s+({words.AR_WORD}(?:،?\s+{words.AR_WORD}){{0,8}})"),
}
