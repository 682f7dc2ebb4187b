"""From the bytes of a server to text that an XML parser can be given.

Charset by evidence, junk before the document gone, no DOCTYPE (so no entity can expand and none can point to a file),
no control characters. What is still broken after that is mended by `mended`, only when a strict parser refuses it.
"""

from __future__ import annotations

import codecs
import html
import re
import zlib
from html.entities import html5

MOST_BYTES = 32_000_000
"""Of a body, packed or not."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ROOT = re.compile(r"<(?:\w{1,20}:)?(rss|feed|rdf|urlset|sitemapindex|opml|channel)(?=[\s>/])", re.IGNORECASE)
_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE)
_HEAD = 16_384
"""Characters in which the root element must begin; templates put long comments and warnings before it."""


def unpacked(body: bytes) -> bytes:
    """Files packed with gzip for storing (`sitemap.xml.gz`) unpacked, up to the limit; others as they are."""
    if body[:2] != b"\x1f\x8b":
        return body
    stream = zlib.decompressobj(31)
    try:
        return stream.decompress(body, MOST_BYTES + 1)
    except zlib.error:
        return b""


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text and a warning about its charset, empty when all agreed.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever anybody declares; nothing else passes for it by chance.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), ""
    if body[:4] in (b"<\0?\0", b"<\0r\0", b"<\0f\0"):
        return body.decode("utf-16-le", "replace"), "no byte order mark"
    if body[:4] in (b"\0<\0?", b"\0<\0r", b"\0<\0f"):
        return body.decode("utf-16-be", "replace"), "no byte order mark"
    declared = [name.lower() for name in _declared(body, content_type)]
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(body, declared, error)
    conflict = not body.isascii() and any(_known(name) not in ("", "utf-8", "ascii") for name in declared)
    return text, f"declared {declared[0]}, is UTF-8" if conflict else ""


def _declared(body: bytes, content_type: str) -> list[str]:
    found = []
    if match := _HEADER.search(content_type):
        found.append(match[1])
    if inside := _DECLARED.search(body[:2000]):
        found.append(inside[1].decode("ascii"))
    return found


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _decode_other(body: bytes, declared: list[str], error: UnicodeDecodeError) -> tuple[str, str]:
    if error.start >= len(body) - 4 and error.reason == "unexpected end of data":
        return body.decode("utf-8", "ignore"), "ends inside a letter"
    for name in declared:
        known = _known(name)
        if known in ("", "utf-8", "ascii") or known.startswith(("utf-16", "utf-32")):
            continue
        # Browsers read these three as windows-1252, which is what such publishers write.
        known = "cp1252" if known in ("iso8859-1", "latin-1") else known
        try:
            return body.decode(known), ""
        except (UnicodeDecodeError, ValueError, LookupError):
            continue
    if _mostly_utf8(body):
        return body.decode("utf-8", "replace"), "damaged UTF-8"
    said = f"declared {declared[0]}, " if declared else ""
    return body.decode("cp1252", "replace"), f"{said}read as windows-1252"


def _mostly_utf8(body: bytes) -> bool:
    """Whether the letters beyond ASCII are UTF-8 but for a few damaged ones."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return bad * 20 < sum(1 for letter in text if letter > "\x7f")


def without_dress(text: str) -> str:
    """From the first element on: no declaration, DOCTYPE, leading junk or control characters."""
    text = _CONTROLS.sub("", text)
    match = _DECLARATION.match(text)
    text = text[match.end() :] if match else text
    text = _without_doctype(text)
    root = _ROOT.search(text, 0, _HEAD)
    # A page that shows a feed is a page; a warning printed before a feed is only a warning.
    if root is None or _HTML_ROOT.search(text, 0, root.start()):
        return text.lstrip("\ufeff \t\r\n")
    return text[root.start() :]


def _without_doctype(text: str) -> str:
    """Cut `<!DOCTYPE ... [...]>`; an unfinished one takes the rest with it, as a parser would have it."""
    start = text[:_HEAD].upper().find("<!DOCTYPE")
    if start < 0:
        return text
    end, bracket = text.find(">", start), text.find("[", start)
    if 0 <= bracket < end:
        close = text.find("]", bracket)
        while close >= 0 and not text[close + 1 : close + 40].lstrip().startswith(">"):
            close = text.find("]", close + 1)
        end = text.find(">", close) if close >= 0 else -1
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def root_name(text: str) -> str:
    """Lower-case name of the root element of dressed-off text if it is one we read, else ""."""
    match = _ROOT.match(text)
    return match[1].lower() if match else ""


def looks_like_html(text: str) -> bool:
    return bool(_HTML_ROOT.search(text, 0, 4096))


# Mending

_ENTITY = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)?")
_XML_OWN = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_HTML_TAG = re.compile(
    r"</?(?:a|abbr|article|b|bdi|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|embed|figcaption|figure|font"
    r"|h[1-6]|hr|i|iframe|img|input|ins|li|mark|nobr|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub"
    r"|sup|table|tbody|td|th|thead|tr|tt|u|ul|video|wbr)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_OPEN_LINK = re.compile(r"<link>([^<]*)(?=<(?!/link))")
_STRAY = re.compile(r"<(?![A-Za-z_/!?])")


def mended(text: str) -> str:
    """Well-formed as far as can be: bare ampersands, unknown entities, loose HTML, unclosed links, outside CDATA."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        pieces.append(_mend(text[at:start]))
        pieces.append(text[start : end + 3] if end >= 0 else text[start:] + "]]>")
        at = end + 3
        if end < 0:
            return "".join(pieces)
    pieces.append(_mend(text[at:]))
    return "".join(pieces)


def _mend(piece: str) -> str:
    piece = _HTML_TAG.sub(lambda match: html.escape(match[0], quote=False), piece)
    piece = _OPEN_LINK.sub(r"<link>\1</link>", piece)
    return _STRAY.sub("&lt;", _ENTITY.sub(_mend_entity, piece))


def _mend_entity(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _XML_OWN:
        return match[0]
    if name.startswith("#"):
        letter = html.unescape(match[0])
        return html.escape(letter) if not _CONTROLS.search(letter) else ""
    # An entity that only a DOCTYPE could explain says nothing without it.
    return html.escape(html5.get(name, ""))
