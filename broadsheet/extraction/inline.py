"""Inline markup of a piece: clean HTML from the elements that stood in it, and Markdown from that HTML.

Only elements that carry meaning are kept, only web addresses as links,
    nothing with a script or a style. The words are
the piece's own.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from broadsheet.extraction.page import folded

Mark = tuple[int, LexborNode | None, str]

_NAMES = {
    "a": "a", "b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "sub": "sub", "sup": "sup",
    "q": "q",
    "cite": "cite", "mark": "mark", "s": "s", "del": "s", "strike": "s", "kbd": "kbd", "samp": "samp",
    "var": "var", "abbr": "abbr",
}  # fmt: skip
_KEPT = frozenset(_NAMES)
MAX_ADDRESS = 2_000
_PLAIN = re.compile(r"https?://[\w.\-]+(?:/[\w\-./,~%+@:!*()]*)?(?:\?[\w\-./,~%+@:!*()=&]+)?", re.A).fullmatch
_SITE = re.compile(r"https?://[\w.\-:]+(?=/|$)", re.A).match
_PATH = re.compile(r"/(?!/)[\w\-./,~%+@:!*()]*(?:\?[\w\-./,~%+@:!*()=&]+)?", re.A).fullmatch
_TAG = re.compile(r"<(/?)(\w+)(?: href=\"([^\"]*)\")?>")
_MARKS = {"strong": "**", "em": "*", "code": "`", "s": "~~"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w{1,32};))")
_IN_ADDRESS = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", '"': "%22", "\\": "%5C"}


def web_link(node: LexborNode, base: str) -> str:
    """The absolute address of a link, "" where it leads anywhere but to the web."""
    href = node.attributes.get("href") or ""
    if not href.isprintable() or " " in href:
        href = "".join(href.split())
    if not href or len(href) > MAX_ADDRESS or href[0] == "#":
        return ""
    address = absolute(base, href)
    return address if address[:8].lower().startswith(("http://", "https://")) else ""


def absolute(base: str, address: str) -> str:
    """The address made absolute, "" where it cannot be; those of the usual forms are not taken apart for it."""
    if address.startswith(("https://", "http://")) and _PLAIN(address) and address[-1] not in "?#":
        return address
    if address[:1] == "/" and "/." not in address and _PATH(address):
        site = _SITE(base)
        if site is not None:
            return site[0] + address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def escaped(text: str) -> str:
    """Text as markup. Most needs no escaping, and looking is quicker than replacing."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def clean_html(text: str, parts: list[str], marks: list[Mark], base: str) -> str:
    """The run as sanitised HTML, white space folded; every element that is opened is closed. text: the folded run."""
    if not marks or _KEPT.isdisjoint([tag for _, _, tag in marks]):
        return escaped(text)
    out: list[str] = []
    opened: list[str] = []
    at = 0
    for place, node, tag in marks:
        if place > at:
            out.append(escaped(parts[at] if place == at + 1 else "".join(parts[at:place])))
            at = place
        if node is None:
            if opened:
                name = opened.pop()
                if name:
                    out.append(f"</{name}>")
            continue
        name = _NAMES.get(tag, "")
        if name == "a":
            address = web_link(node, base)
            name = "a" if address and "a" not in opened else ""
            if name:
                out.append(f'<a href="{address if _PLAIN(address) and "&" not in address else escape(address)}">')
        elif name:
            out.append(f"<{name}>")
        opened.append(name)
    out.append(escaped("".join(parts[at:])))
    out += [f"</{name}>" for name in reversed(opened) if name]
    return _without_empty(folded("".join(out)))


_EMPTY = re.compile(r"<(\w+)(?: href=\"[^\"]*\")?>(\s*)</\1>")


def _without_empty(html: str) -> str:
    return _EMPTY.sub(r"\2", html) if "></" in html or "> </" in html else html


def markdown_of(html: str) -> str:
    """Sanitised inline HTML as Markdown; elements Markdown has no sign for leave their words."""
    out: list[str] = []
    links: list[str] = []
    at = 0
    for found in _TAG.finditer(html):
        out.append(_SPECIAL.sub(r"\\\1", unescape(html[at : found.start()])))
        at = found.end()
        closing, name, address = found.groups()
        if name == "a":
            if closing:
                out.append(f"]({links.pop()})" if links else "]")
            else:
                links.append(markdown_address(unescape(address or "")))
                out.append("[")
        else:
            out.append(_MARKS.get(name, ""))
    out.append(_SPECIAL.sub(r"\\\1", unescape(html[at:])))
    return "".join(out)


def markdown_address(address: str) -> str:
    """An address that cannot end the brackets it stands in."""
    return "".join([_IN_ADDRESS.get(sign, sign) for sign in address])
