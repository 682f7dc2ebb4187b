"""Which language a text is written in, by script, small words, letters and word ends.

The table is `language_marks.toml`, written by hand: no model to ship or license, a megabyte of memory, loaded at the
first question. Why not a library is told in the decision record on language identification.
"""

from __future__ import annotations

import math
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from broadsheet.text.scripts import script_of
from broadsheet.text.tags import UNKNOWN, clean_tag, primary

SAMPLE = 3_000
"""Characters of a text that are read; more changes nothing."""
END_WEIGHT = 0.4
LETTER_WEIGHT = 1.0
FOREIGN_LETTER = 0.8
"""What a letter costs a language that does not have it: names bring some, so it is no veto."""
HINT_WEIGHT = 1.5
"""What the publisher's own word is worth: about one small word. It decides headlines, never articles."""
COMMON_WEIGHT = 0.6
"""What it is worth to be written by many newsrooms, which settles ties of a few words."""
LEAST = 1.0
"""Below this a text has said nothing, and the hint alone answers."""

_COMMON = frozenset({
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr", "id", "ru", "uk",
    "ar", "fa", "hi", "he", "bn",
})  # fmt: skip
_ONLY = {
    "Grek": "el", "Thai": "th", "Kore": "ko", "Jpan": "ja", "Hani": "zh", "Geor": "ka", "Armn": "hy", "Ethi": "am",
    "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Gujr": "gu", "Guru": "pa", "Sinh": "si", "Mymr": "my",
    "Khmr": "km", "Laoo": "lo", "Tibt": "bo", "Orya": "or", "Thaa": "dv",
}  # fmt: skip
# Written alike or nearly so: between these the publisher knows better than any count.
_ALIKE = ({"hr", "bs", "sr", "cnr"}, {"nb", "nn", "no"}, {"id", "ms"}, {"am", "ti"})
_PUNCTUATION = {
    ord(char): " " for char in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»‹›“”„‘’‚–—…¿¡·•।،؛؟0123456789\u00a0\u200c"
}


@dataclass(frozen=True, slots=True)
class _Marks:
    """What speaks for which language of one script: mark to (language, weight) pairs."""

    languages: tuple[str, ...]
    words: dict[str, tuple[tuple[str, float], ...]]
    ends: dict[str, tuple[tuple[str, float], ...]]
    letters: dict[str, frozenset[str]]
    longest_end: int


def identify(text: str, hint: str = "") -> str:
    """The language of a text as a BCP 47 tag; "und" when neither text nor hint says.

    hint: what the page or the publisher says. It is kept whole, region and all, when the text agrees; it decides
    between languages that are written alike, and for texts too short to tell. A text of some sentences overrules it.
    """
    hint = clean_tag(hint)
    script = script_of(text)
    if script == "Zyyy":
        return hint
    if script in _ONLY:
        return _with_hint(_ONLY[script], hint)
    marks = _table().get(script)
    if marks is None:
        return hint
    scores = _scores(text[:SAMPLE], marks)
    said = primary(hint)
    if said in scores:
        scores[said] += HINT_WEIGHT
    if max(scores.values()) < LEAST:
        # In Latin letters anything may be written; the other scripts have one language that is likeliest.
        return hint if said in scores else UNKNOWN if script == "Latn" else marks.languages[0]
    best = max(scores, key=lambda language: (scores[language] + COMMON_WEIGHT * (language in _COMMON), language))
    return _with_hint(best, hint)


def _with_hint(language: str, hint: str) -> str:
    said = primary(hint)
    if said == language or any({language, said} <= group for group in _ALIKE):
        return hint
    return language


def _scores(text: str, marks: _Marks) -> dict[str, float]:
    scores = dict.fromkeys(marks.languages, 0.0)
    folded = unicodedata.normalize("NFC", text.lower().replace("i\u0307", "i"))
    for word, count in Counter(folded.translate(_PUNCTUATION).split()).items():
        times = min(count, 3)
        for language, weight in marks.words.get(word, ()):
            scores[language] += weight * times
        if len(word) > 4:
            _add_ends(scores, word, marks)
    for letter, count in Counter(folded).items():
        holders = marks.letters.get(letter)
        if holders is None:
            continue
        times = min(count, 6)
        gain = LETTER_WEIGHT * math.log(len(marks.languages) / len(holders)) / 2
        for language in marks.languages:
            scores[language] += (gain if language in holders else -FOREIGN_LETTER) * times
    return scores


def _add_ends(scores: dict[str, float], word: str, marks: _Marks) -> None:
    # Only the longest end counts: "-ungen" is German, not "-en" as well.
    for length in range(min(marks.longest_end, len(word) - 2), 0, -1):
        holders = marks.ends.get(word[-length:])
        if holders:
            for language, weight in holders:
                scores[language] += END_WEIGHT * weight
            return


@cache
def _table() -> dict[str, _Marks]:
    raw = tomllib.loads(files(__package__).joinpath("language_marks.toml").read_text("utf-8"))
    return {script: _marks(rows) for script, rows in raw.items()}


def _marks(rows: dict[str, dict[str, str]]) -> _Marks:
    letters: dict[str, set[str]] = {}
    for language, row in rows.items():
        for letter in row.get("letters", "").replace(" ", ""):
            letters.setdefault(letter.lower().replace("i\u0307", "i"), set()).add(language)
    # "İ" falls together with "i", which everybody has.
    letters.pop("i", None)
    ends = _weighted(rows, "ends")
    return _Marks(
        languages=tuple(rows),
        words=_weighted(rows, "words"),
        ends=ends,
        letters={letter: frozenset(holders) for letter, holders in letters.items()},
        longest_end=max((len(end) for end in ends), default=0),
    )


def _weighted(rows: dict[str, dict[str, str]], kind: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Mark to its languages; a mark that many share says little."""
    holders: dict[str, list[str]] = {}
    for language, row in rows.items():
        for mark in dict.fromkeys(row.get(kind, "").split()):
            holders.setdefault(mark, []).append(language)
    return {
        mark: tuple((language, math.log(1 + len(rows) / len(sharing))) for language in sharing)
        for mark, sharing in holders.items()
    }
