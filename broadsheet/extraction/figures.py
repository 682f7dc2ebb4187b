"""Pictures of the article with their captions, credits and alternative words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from broadsheet.extraction.article import Image
from broadsheet.extraction.captions import ABOVE, LONGEST, Caption, captions_of, is_captioned, tied
from broadsheet.extraction.inline import absolute
from broadsheet.extraction.page import walk
from broadsheet.extraction.roles import Choice
from broadsheet.extraction.surroundings import is_away

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original", "data-hi-res-src")
_SETS = ("srcset", "data-srcset")
SMALLEST = 100
"""Pixels below which a picture is an icon."""
MAX_PICTURES = 60
LEVELS, LEVELS_INSIDE, SIBLINGS, LONGEST_ABOVE = 16, 2, 12, 4
"""Steps up from where the text stands, fewer if the headline stands there too; elements before it on each, and those
with pictures that are looked into."""
LONG_NAME = 11
_IDS = re.compile(r"[0-9a-f]{12,}|\d{6,}")
_DAY = re.compile(r"(?:19|20)\d{6}")
_SIZES = re.compile(r"[-_.]?(?:\d{2,4}x\d{2,4}|w\d{3,4}|\d{3,4}w)")
_NOT_ABOVE = frozenset({"nav", "aside", "footer", "script", "style", "form", "-text", "-comment", "noscript", "iframe"})


def pictures_of(choice: Choice, captions: list[Caption], base: str) -> list[tuple[int, Image]]:
    """Pictures between the first and the last kept piece, each with the place it stands at."""
    if not choice.kept:
        return []
    words = {caption.medium: caption for caption in reversed(captions)}
    first, last = choice.kept[0] - ABOVE, choice.kept[-1] + 1
    found: dict[str, tuple[int, Image]] = {}
    for number, (place, box, node) in enumerate(choice.page.media):
        if not first <= place <= last or is_away(box):
            continue
        image = picture_of(node, base, words.get(number))
        if image is not None and len(found) < MAX_PICTURES:
            found.setdefault(image.address, (place, image))
    return list(found.values())


def pictures_above(choice: Choice, headline: str, base: str) -> tuple[list[Image], list[Caption]]:
    """Pictures with captions that stand between the headline and the part of the page where the text is, and captions
    whose picture only a script would show."""
    found: dict[str, Image] = {}
    loose: list[Caption] = []
    for node in _before(choice.page.boxes[0].node, headline):
        if node.tag in ("img", "picture"):
            shown = [(node, caption) for caption in _just_behind(node)]
        else:
            page = walk(node)
            captions = captions_of(page)
            loose += [caption for caption in captions if caption.medium < 0]
            words = {caption.medium: caption for caption in reversed(captions)}
            shown = [(page.media[number][2], caption) for number, caption in sorted(words.items()) if number >= 0]
        for element, caption in shown:
            image = picture_of(element, base, caption)
            if image is not None and len(found) < MAX_PICTURES:
                found.setdefault(image.address, image)
    return list(found.values()), loose


def _before(root: LexborNode, headline: str) -> Iterator[LexborNode]:
    """Elements with pictures before the text, nearest first, up to the one that holds the headline."""
    inside = _has_headline(root, headline)
    wanted = "figcaption" if inside else "img"
    either = f"{wanted}, h1"
    at, looked = root, 0
    for _ in range(LEVELS_INSIDE if inside else LEVELS):
        before = at.prev
        for _ in range(SIBLINGS):
            if before is None or looked >= LONGEST_ABOVE:
                break
            if before.tag not in _NOT_ABOVE and (before.tag == "picture" or before.css_first(either) is not None):
                if before.tag == "picture" or before.css_first(wanted) is not None:
                    looked += 1
                    yield before
                if _has_headline(before, headline):
                    return
            before = before.prev
        parent = at.parent
        if parent is None or parent.tag == "body":
            return
        at = parent


def _has_headline(node: LexborNode, headline: str) -> bool:
    first = node.css_first("h1")
    return first is not None and (not headline or headline in " ".join(first.text().split()))


def _just_behind(picture: LexborNode) -> list[Caption]:
    """The caption in the element that follows a picture."""
    after = picture.next
    while after is not None and after.tag in ("-text", "-comment", "source"):
        after = after.next
    if after is None or after.tag in _NOT_ABOVE or len(after.text_lexbor() or "") > LONGEST:
        return []
    page = walk(after)
    pieces = [i for i, piece in enumerate(page.pieces) if is_captioned(piece)]
    return tied(page, dict.fromkeys(pieces, -1))[:1]


def picture_of(node: LexborNode, base: str, caption: Caption | None) -> Image | None:
    """The picture of an element, None for players, icons and what has no address."""
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
    alt = " ".join((named.get("alt") or "").split())
    text, credit = (caption.text, caption.credit) if caption is not None else ("", "")
    return Image(address, text, credit, alt, width, height)


def with_words(lead: Image | None, shown: Sequence[Image]) -> Image | None:
    """The lead picture with the caption and credit that the same photograph has where it is shown."""
    if lead is None:
        return None
    told = [image for image in shown if image.caption or image.credit]
    marks = _marks(lead.address) if told else ("", set())
    twin = next((i for i in told if i.address == lead.address or _are_of_one(_marks(i.address), marks)), None)
    return replace(lead, caption=twin.caption, credit=twin.credit) if twin is not None else lead


def _are_of_one(marks: tuple[str, set[str]], others: tuple[str, set[str]]) -> bool:
    """Whether the marks of two addresses are of one photograph, maybe in other sizes: a long name, or all the long
    numbers and hashes in it."""
    return (marks[0] == others[0] and len(marks[0]) > LONG_NAME) or (bool(marks[1]) and marks[1] == others[1])


def _marks(address: str) -> tuple[str, set[str]]:
    """The file's name without sizes, and the numbers and hashes in it that are no dates."""
    name = unquote(address.partition("?")[0]).rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return _SIZES.sub("", name), {mark for mark in _IDS.findall(name) if not _DAY.fullmatch(mark)}


def _pixels(value: str | None) -> int | None:
    digits = (value or "").removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None
