"""Scripts of text: which one a text is written in, and whether it runs from the right.

Codes are ISO 15924. Ranges are Unicode 16 blocks, coarse on purpose: they tell scripts apart, nothing finer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Literal

Direction = Literal["ltr", "rtl"]

SAMPLE = 4_000
"""Characters of a text that are looked at."""

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "Latn"), (0x0370, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"), (0x0531, 0x058F, "Armn"),
    (0x0591, 0x05FF, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0700, 0x074F, "Syrc"), (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"), (0x07C0, 0x07FF, "Nkoo"), (0x08A0, 0x08FF, "Arab"), (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"), (0x0A00, 0x0A7F, "Guru"), (0x0A80, 0x0AFF, "Gujr"), (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"), (0x0C00, 0x0C7F, "Telu"), (0x0C80, 0x0CFF, "Knda"), (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Laoo"), (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"), (0x1100, 0x11FF, "Hang"), (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"), (0x1C90, 0x1CBF, "Geor"), (0x1E00, 0x1EFF, "Latn"), (0x1F00, 0x1FFF, "Grek"),
    (0x2C60, 0x2C7F, "Latn"), (0x3041, 0x309F, "Hira"), (0x30A0, 0x30FF, "Kana"), (0x3130, 0x318F, "Hang"),
    (0x31F0, 0x31FF, "Kana"), (0x3400, 0x4DBF, "Hani"), (0x4E00, 0x9FFF, "Hani"), (0xA720, 0xA7FF, "Latn"),
    (0xAB30, 0xAB6F, "Latn"), (0xAC00, 0xD7FF, "Hang"), (0xF900, 0xFAFF, "Hani"), (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFF, "Arab"), (0xFF21, 0xFF5A, "Latn"), (0xFF66, 0xFF9F, "Kana"),
    (0x1E900, 0x1E95F, "Adlm"), (0x20000, 0x3FFFF, "Hani"),
)  # fmt: skip
_STARTS = [low for low, _, _ in _RANGES]
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})


def script_of(text: str) -> str:
    """The script of most letters ("Latn"), with Japanese as "Jpan" and Korean as "Kore"; "Zyyy" without letters."""
    counts: Counter[str] = Counter()
    for char, count in Counter(text[:SAMPLE]).items():
        script = _script_of_char(char)
        if script:
            counts[script] += count
    if not counts:
        return "Zyyy"
    kana = counts.pop("Hira", 0) + counts.pop("Kana", 0)
    if kana:
        # Chinese texts hold a Japanese name now and then; Japanese sentences are a third kana and more.
        counts["Jpan"] = kana + counts.pop("Hani", 0) if kana * 12 > counts["Hani"] else kana
    if counts["Hang"]:
        counts["Kore"] = counts.pop("Hang") + (counts.pop("Hani", 0) if counts["Hang"] > counts["Hani"] else 0)
    # A Chinese letter says what three Latin ones say; a headline full of brand names stays Chinese.
    for dense in ("Hani", "Jpan"):
        counts[dense] *= 3
    return max(counts, key=lambda script: (counts[script], script))


def direction_of(text: str) -> Direction:
    """Where most letters of a text begin; "ltr" without letters."""
    return "rtl" if script_of(text) in RIGHT_TO_LEFT else "ltr"


def _script_of_char(char: str) -> str:
    if not (char.isalpha() or 0x0900 <= ord(char) <= 0x0FFF):
        return ""
    at = bisect_right(_STARTS, ord(char)) - 1
    if at < 0 or ord(char) > _RANGES[at][1]:
        return ""
    return _RANGES[at][2]
