"""Digits of other scripts as ASCII digits."""

from __future__ import annotations

_ROWS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９")
_TABLE = str.maketrans({digit: str(value) for row in _ROWS for value, digit in enumerate(row)})


def western(text: str) -> str:
    """The text with Arabic, Persian, Devanagari, Bengali, Thai and full-width digits written 0 to 9."""
    return text if text.isascii() else text.translate(_TABLE)
