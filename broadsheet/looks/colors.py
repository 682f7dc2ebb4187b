"""Colors and whether words in them can be read. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from broadsheet.looks.look import COLORS, Shades

LEAST_CONTRAST = 4.5
"""Of words on their ground: WCAG 2.2, success criterion 1.4.3, level AA."""
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")


def read_color(text: str) -> str | None:
    """A color as #rrggbb; None for anything but #rgb and #rrggbb."""
    found = text.strip().lower()
    if not _HEX.fullmatch(found):
        return None
    return found if len(found) == 7 else "#" + "".join(2 * letter for letter in found[1:])


def contrast(one: str, other: str) -> float:
    """The ratio of two colors by WCAG 2.2, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def faint_words(colors: Mapping[str, Shades]) -> Iterator[tuple[str, str, str, float]]:
    """(color, ground, "light" or "dark", contrast) where words could not be read well."""
    shown = {**COLORS, **colors}
    for place, theme in enumerate(("light", "dark")):
        for word in ("ink", "soft", "accent"):
            for ground in ("paper", "tint"):
                found = contrast(shown[word][place], shown[ground][place])
                if found < LEAST_CONTRAST:
                    yield word, ground, theme, found


def _luminance(color: str) -> float:
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
