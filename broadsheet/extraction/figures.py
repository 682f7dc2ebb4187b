"""Pictures of the article with their captions, credits and alternative words."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from broadsheet.extraction.article import Image
from broadsheet.extraction.inline import absolute
from broadsheet.extraction.metadata.images import caption_and_credit
from broadsheet.extraction.page import Box

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original", "data-hi-res-src")
_SETS = ("srcset", "data-srcset")
SMALLEST = 100
"""Pixels below which a picture is an icon."""


_CREDIT = re.compile(
    r"\s(?:\||©|[(\[]?(?:foto|photo|bild|image|picture|credit|quelle|crédit|fot\.|фото|source)s?\s?:).{2,80}$", re.I
)


def picture_of(node: LexborNode, base: str, captions: dict[int, str], box: Box) -> Image | None:
    """The picture of an element, None for players, icons and what has no address.

    captions: texts recognised as captions, by the identity of the box they stand in; used where no figure says it.
    """
    img = node if node.tag in ("img", "amp-img") else node.css_first("img") if node.tag == "picture" else None
    if img is None:
        return None
    named = img.attributes
    address = next((named[k] or "" for k in _ADDRESSES if (named.get(k) or "data:")[:5] != "data:"), "")
    if not address:
        widest = next((named[k] or "" for k in _SETS if named.get(k)), "")
        address = next(iter(widest.rstrip(", \n\t").split(",")[-1].split()), "")
    width, height = _pixels(named.get("width")), _pixels(named.get("height"))
    if not address or (width is not None and width < SMALLEST) or (height is not None and height < SMALLEST // 2):
        return None
    address = absolute(base, address.strip())
    if not address.lower().startswith(("http://", "https://", "/")):
        return None
    figure = _figure(node)
    caption, credit = caption_and_credit(figure) if figure is not None else ("", "")
    at: Box | None = box
    for _ in range(3):
        if caption or at is None:
            break
        caption = captions.get(id(at), "")
        at = at.parent
    alt = " ".join((named.get("alt") or "").split())
    if caption and not credit:
        caption, credit = split_credit(caption)
    return Image(address, caption, credit, alt, width, height)


def split_credit(caption: str) -> tuple[str, str]:
    """A caption and the credit written behind it, "" if none."""
    found = _CREDIT.search(caption)
    if found is None or found.start() < 15:
        return caption, ""
    return caption[: found.start()].rstrip(), found[0].strip("|()[] ").strip()


def _pixels(value: str | None) -> int | None:
    digits = (value or "").removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _figure(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    for _ in range(6):
        at = at.parent if at is not None else None
        if at is None or at.tag == "figure":
            return at
    return None
