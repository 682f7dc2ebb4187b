"""Names of kept pictures: one for the largest, from which those of its other widths and formats follow.

0f…9a-1280.webp    largest, in the format every browser reads; its name is kept with the article
0f…9a-640.webp, 0f…9a-320.webp, and each of them as .avif
"""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDTHS = (320, 640, 1280)
"""Pixels. A phone's column, a phone's column on a dense screen, the widest column on one."""
FORMATS = ("avif", "webp")
"""Smallest first: browsers take the first they can read."""
_NAME = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{1,3})\.webp")


def picture_name(digest: str, width: int, form: str = "webp") -> str:
    return f"{digest}-{width}.{form}"


def kept_widths(largest: int) -> tuple[int, ...]:
    """The widths a picture is kept in whose largest is `largest` pixels wide, the smallest first."""
    return (*(width for width in WIDTHS if width < largest), largest)


def widths_of(stored: str) -> tuple[str, tuple[int, ...]]:
    """(digest, widths) of a kept picture; no widths for a name that was made elsewhere."""
    found = _NAME.fullmatch(stored)
    return (found[1], kept_widths(int(found[2]))) if found else ("", ())


def files_of(stored: str) -> Iterator[str]:
    """Every file of a kept picture."""
    digest, widths = widths_of(stored)
    if not widths:
        yield stored
    for width in widths:
        for form in FORMATS:
            yield picture_name(digest, width, form)


def source_set(stored: str, form: str) -> str:
    """The value of `srcset` for one format; empty for a picture of a single size."""
    digest, widths = widths_of(stored)
    return ", ".join(f"/pictures/{picture_name(digest, width, form)} {width}w" for width in widths)
