"""What stands in the index: terms of words by the common analyser, marks for what can be filtered, places by time.

`broadsheet.text.words` makes the terms; this module adds what only an index needs. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from broadsheet.text.stopwords import STOP_WORDS
from broadsheet.text.words import analyze, stems

VERSION = "2"
"""Of what `terms`, `marks` and `place_of` make: an index of another version wants to be built again."""

SLOTS_BITS = 12
"""4,096 articles fit into a minute; what finds its slot taken goes into the next one."""
FIRST_PLACE, LAST_PLACE = -(1 << 48), 1 << 48

EVERY = "a:1"
"""The mark of every article."""

ABOUT_TERMS, ABOUT_TIMES = 10, 3

_HANGUL = re.compile("[\uac00-\ud7a3]{3,}")
"""Korean hangs its particles onto words: pieces of two syllables find the word under any of them."""
_IDEOGRAM = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_MARK = re.compile(r"[^a-z0-9]+")


def terms(text: str, language: str) -> list[str]:
    """The terms of a text in order, with repeats. Linear in the text; the caller bounds its length."""
    found = analyze(text, language, keep_common=True)
    if not any(_HANGUL.search(term) for term in found):
        return found
    return " ".join(_HANGUL.sub(_syllable_pairs, term) for term in found).split()


def _syllable_pairs(run: re.Match[str]) -> str:
    word = run[0]
    return " " + " ".join(word[i : i + 2] for i in range(len(word) - 1)) + " "


def stem_language(tag: str) -> str:
    """The part of a language tag that decides about stems."""
    return tag[:2].lower()


def mark(kind: str, value: str | int) -> str:
    """A term that no word can be, such as `p:17` or `l:zh-hans`: what filters ask for."""
    return f"{kind}:{_MARK.sub('-', str(value).lower())}"


def language_marks(tag: str) -> list[str]:
    """`zh-Hans` is found as that and as `zh`."""
    whole, first = mark("l", tag), mark("l", tag.split("-", maxsplit=1)[0])
    return [first] if whole == first else [first, whole]


def single_marks(text: str) -> list[str]:
    """For single ideograms and syllables of a headline, which pairs alone would not find."""
    return [f"h:{char}" for char in dict.fromkeys(_IDEOGRAM.findall(text))]


def is_single(text: str) -> bool:
    return len(text) == 1 and bool(_IDEOGRAM.fullmatch(text))


def subjects(body: Sequence[str], language: str) -> list[str]:
    """The terms that a text is about: those it repeats most, without the common words of its language."""
    common = _common_stems(stem_language(language))
    counts = Counter(term for term in body if len(term) > 1 and term not in common)
    return [term for term, times in counts.most_common(ABOUT_TERMS) if times >= ABOUT_TIMES]


@cache
def _common_stems(language: str) -> frozenset[str]:
    return frozenset(stems(list(STOP_WORDS.get(language, ())), language, keep_common=True))


def place_of(shown_at: datetime, article: int = 0) -> int:
    """Where in the index an article of that moment stands: larger is newer. Minutes since 1970, then the slot."""
    minutes = (shown_at - _EPOCH) // _MINUTE
    return max(FIRST_PLACE, min(LAST_PLACE, (minutes << SLOTS_BITS) | (article & ((1 << SLOTS_BITS) - 1))))


def next_place(place: int) -> int:
    """Where to look when a place is taken."""
    return place + (1 << SLOTS_BITS)


def moment_of(place: int) -> datetime:
    return _EPOCH + (place >> SLOTS_BITS) * _MINUTE


def joined(found: Iterable[str]) -> str:
    """Terms as one string with spaces around each: `" a b "` stands in it exactly where a is followed by b."""
    return f" {' '.join(found)} "


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
