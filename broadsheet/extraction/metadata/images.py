"""The lead picture with its caption, credit and alternative text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urljoin

from selectolax.lexbor import LexborNode

from broadsheet.extraction.article import Image
from broadsheet.extraction.credits import split_credit
from broadsheet.extraction.embedded import Embedded
from broadsheet.extraction.metadata import labels
from broadsheet.extraction.metadata.body import Body
from broadsheet.extraction.metadata.head import Head

_NO_PHOTO_NAMES = """logo icon favicon placeholder default blank spacer avatar sprite pixel shareimage share-image
    ogimage og-image fallback"""
_NO_PHOTO_WORDS = tuple(_NO_PHOTO_NAMES.split())
_NO_PHOTO = re.compile(rf"(?:^|[/_.-])(?:{'|'.join(_NO_PHOTO_WORDS)})(?:[/_.-]|$)", re.I)
_SIZE = re.compile(r"^\d{1,5}")
_WIDTH = re.compile(r"^\d{1,5}(?:\.\d{1,2})?[wx]$")
_BLANK = re.compile(r"placeholder|dummy|spacer|blank|pixel|pxl|1x1|transparent|loading\.|grey\.|empty\.|lazy", re.I)
_THUMB = re.compile(r"(?:[/_-])(\d{2,4})x\d{2,4}[/_.-]")
_SIZES = re.compile(r"[-_.]?(?:\d{2,4}x\d{2,4}|w\d{3,4}|\d{3,4}w)")
MAX_DECLARED = 2
MAX_SRCSET = 20_000
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{12,}|\d{6,}", re.I)
_SOURCES = ("src", "srcset", "data-src", "data-srcset", "data-lazy-src", "data-original")
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-full-src", "data-image", "data-url")
MAX_CAPTION = 2_000
"""Characters of a caption that are read."""


def choose_image(body: Body, url: str, head: Head, embedded: Embedded, around: Collection[int]) -> Image | None:
    """The article's lead picture, or None. Address absolute; caption, credit and alt where the page shows it.

    The picture that readers see is preferred to the crop made for sharing: the one on the page that is the same
    photograph, else the first of the article if it is large. Without any on the page, the declared one. around: see
    `labels.stands_apart`.
    """
    declared = _declared(url, head, embedded)
    shown = _shown(body, url, declared, around)
    alt = head.first("og:image:alt", "twitter:image:alt")
    if shown is not None:
        return shown if shown.alt or not alt else replace(shown, alt=alt)
    return replace(declared[0], alt=alt) if declared else None


def _shown(body: Body, url: str, declared: list[Image], around: Collection[int]) -> Image | None:
    marks = {mark for image in declared for mark in _marks(image.address)}
    if marks:
        below = body.above or 0  # the masthead's pictures come last
        pictures = body.pictures[below:] + body.pictures[:below]
        found = (node for node in pictures if _shares(node, marks) and not _is_small(node))
    elif body.above is not None:
        found = (node for node in body.pictures[body.above :] if _is_large(node))
    else:
        return None
    node = next((node for node in found if not _beside(node, around)), None)
    return None if node is None else _image(node, url)


def _shares(node: LexborNode, marks: set[str]) -> bool:
    """Whether addresses of a picture hold one of the marks, as written or with escapes."""
    given = node.attributes
    for name in _SOURCES:
        written = given.get(name)
        if written:
            if "%" in written:
                written = unquote(written)
            for mark in marks:
                if mark in written:
                    return True
    return False


def _marks(address: str) -> set[str]:
    """What stays the same in the addresses of one photograph in several sizes: long numbers, hashes, a long name."""
    last = _path(address).rstrip("/").rsplit("/", 1)[-1]
    if "%" in last:
        last = unquote(last)
    stem = _SIZES.sub("", last.rsplit(".", 1)[0])
    marks = {m for m in _ID.findall(last) if not m.endswith("-")}
    if len(stem) > 11:
        marks.add(stem)
    return marks


def _path(address: str) -> str:
    """The path of an address, without host and query."""
    path = address.partition("?")[0].partition("#")[0]
    return path.partition("//")[2].partition("/")[2] if "//" in path[:8] else path


def _is_large(node: LexborNode) -> bool:
    """In a figure or picture, or as wide as a text column."""
    width = _number(node.attributes.get("width"))
    if width is not None:
        return width >= 300
    if not any(node.attributes.get(name) for name in _SOURCES):
        return False
    parent = node.parent
    for _ in range(4):
        if parent is None:
            return False
        if parent.tag in ("figure", "picture"):
            return True
        parent = parent.parent
    return bool(node.attributes.get("srcset"))


def _is_small(node: LexborNode) -> bool:
    """A thumbnail by its own word: the width attribute, or a size in the address with no other version offered."""
    width = _number(node.attributes.get("width"))
    if width is None and not node.attributes.get("srcset"):
        found = _THUMB.search(node.attributes.get("src") or "")
        width = int(found[1]) if found else None
    return width is not None and 1 < width < 220


def _beside(node: LexborNode, around: Collection[int]) -> bool:
    """Whether a picture belongs to something around the article: a teaser, an author's box, the masthead."""
    given = node.attributes
    own = f"{given.get('class') or ''} {(given.get('alt') or '')[:80]}".lower()
    return labels.says(own, labels.NO_PICTURE) or labels.stands_apart(node, around, labels.NO_PICTURE, 7)


def _image(node: LexborNode, url: str) -> Image | None:
    """The picture of an `img` in its largest version, with the words of its figure."""
    given = node.attributes
    address = _largest(node)
    if not address:
        return None
    figure = node.parent
    for _ in range(6):
        if figure is None or figure.tag == "figure":
            break
        figure = figure.parent
    caption, credit = caption_and_credit(figure) if figure is not None and figure.tag == "figure" else ("", "")
    try:
        address = address if address.startswith(("https://", "http://")) else urljoin(url, address)
    except ValueError:
        return None
    alt = " ".join((given.get("alt") or "").split())
    return Image(address, caption, credit, alt, _number(given.get("width")), _number(given.get("height")))


def _largest(node: LexborNode) -> str:
    given = node.attributes
    sets = [given.get("srcset") or "", given.get("data-srcset") or ""]
    parent = node.parent
    if parent is not None and parent.tag == "picture":
        for source in parent.iter():
            if source.tag == "source":
                own = source.attributes
                sets.append(own.get("srcset") or own.get("data-srcset") or "")
    best, widest = "", 0.0
    for entry in ", ".join([s for s in sets if s])[:MAX_SRCSET].split(", "):
        address, _, size = entry.strip().rpartition(" ")
        wide = float(size[:-1]) if address and _WIDTH.match(size) else 0.5
        if wide > widest and not entry.startswith("data:"):
            best, widest = address.strip() or size, wide
    if best and not _BLANK.search(best):
        return best
    for name in ("src", *_LAZY):
        value = given.get(name) or ""
        if value and not value.startswith("data:") and not _BLANK.search(value):
            return value
    return ""


def _declared(url: str, head: Head, embedded: Embedded) -> list[Image]:
    images: list[Image] = []
    seen: set[str] = set()
    for address, width, height in _candidates(head, embedded):
        if address in seen:
            continue
        seen.add(address)
        try:
            joined = address if address.startswith("http") else urljoin(url, address)
        except ValueError:
            continue
        if not _is_no_photo(_path(joined)):
            images.append(Image(joined, width=width, height=height))
            if len(images) == MAX_DECLARED:
                break
    return images


def _is_no_photo(path: str) -> bool:
    low = path.lower()
    return any(word in low for word in _NO_PHOTO_WORDS) and _NO_PHOTO.search(path) is not None


def _candidates(head: Head, embedded: Embedded) -> Iterator[tuple[str, int | None, int | None]]:
    size = _number(head.first("og:image:width")), _number(head.first("og:image:height"))
    shared = head.first("og:image", "og:image:secure_url", "og:image:url")
    if shared:
        yield shared, *size
    yield from _from_ld(embedded.article.get("image"), embedded)
    for value in head.every(
        "twitter:image", "twitter:image:src", "thumbnail", "parsely-image-url", "sailthru.image.full"
    ):
        yield value, None, None
    link = head.link("image_src")
    if link:
        yield link, None, None
    yield from _from_ld(embedded.article.get("thumbnailUrl"), embedded)


def _from_ld(value: Any, embedded: Embedded) -> Iterator[tuple[str, int | None, int | None]]:
    for one in (value if isinstance(value, list) else [value])[:8]:
        one = embedded.resolve(one)
        if isinstance(one, dict):
            address = one.get("url") or one.get("contentUrl") or one.get("@id")
            address = address[0] if isinstance(address, list) and address else address
            if isinstance(address, str) and address:
                yield address, _number(one.get("width")), _number(one.get("height"))
        elif isinstance(one, str) and one:
            yield one, None, None


def _number(value: Any) -> int | None:
    if isinstance(value, dict):
        value = value.get("value") or value.get("@value")
    found = _SIZE.match(str(value)) if value is not None else None
    return int(found[0]) if found else None


def caption_and_credit(figure: LexborNode) -> tuple[str, str]:
    """The words under a picture, with the credit apart where markup or its wording tells it."""
    holder = figure.css_first("figcaption")
    if holder is None:
        return "", ""
    text = " ".join(holder.text(separator=" ").split())[:MAX_CAPTION]
    named = holder.css_first('[class*="credit" i], [class*="copyright" i], [class*="source" i], cite, small')
    if named is not None:
        credit = " ".join(named.text(separator=" ").split())
        before, found, after = text.partition(credit) if credit else (text, "", "")
        if found and credit != text:
            return max(before, after, key=len).strip(" ()[]·|–-"), credit.strip(" ()[]")
    return split_credit(text)
