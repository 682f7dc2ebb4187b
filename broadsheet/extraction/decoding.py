"""Bytes of a page -> UTF-8, whatever the page says or fails to say about its encoding.

Evidence in order: a byte order mark, zero bytes of UTF-16, validity as UTF-8 (which no other encoding meets by
chance over a page), then the declared encoding unless the text it yields is worse than that of a rival. Every
step reads the bytes a bounded number of times, so the time grows linearly. What the letters of each encoding
look like is in `letters.py`.

Source of the order: HTML Living Standard, "determining the character encoding", with validity put before the
declaration because wrong declarations are commoner on the web than chance UTF-8.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from broadsheet.extraction.letters import CANDIDATES, Sample, plausibility

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_:.\-]{2,40})", re.I)
_XML = re.compile(rb"^\s{0,64}<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}[\"']([A-Za-z0-9_:.\-]{2,40})", re.I)
_LANG = re.compile(rb"<html[^>]{0,600}?\slang\s{0,4}=\s{0,4}[\"']?([A-Za-z]{2})", re.I)
_UPPER = re.compile(rb"[\x80-\xff]")
_MARKUP = re.compile(rb"[<>]")
BEFORE, BEHIND = 24, 200
"""Bytes before and from one above 127 that are read with it."""

# Labels as browsers read them (Encoding Standard): the wide superset stands for the narrow name.
_LABELS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-euc-jp": "euc_jp",
    "iso-8859-8-i": "iso8859_8",
    "x-cp1251": "cp1251",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
}
_NOT_TEXT_NAMES = """base64 hex quopri uu zlib bz2 rot13 idna punycode undefined
    raw_unicode_escape unicode_escape"""
_NOT_TEXT = frozenset(_NOT_TEXT_NAMES.split())

SAMPLE_BYTES = 8_000
"""How much text around bytes above 127 is judged when encodings compete."""

CHUNK = 8_192
"""Bytes tested at once; small enough for the processor's cache."""

TRUST = 0.2
"""What a declaration is worth beside a fit of letters that is about 0.7 for the right encoding, 0.2 for wrong ones."""

COMMONEST, PRIOR, FEW_LETTERS = "cp1252", 0.6, 10
"""What undeclared pages are in the West, and what that is worth while there are few foreign letters to judge by: a text
in Greek or Russian has hundreds."""

MEND_SHARE = 0.08
"""Share of broken sequences up to which a page still counts as UTF-8 with accidents."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """utf8: the page without byte order mark. encoding: Python's name of what it was. declared: what the page or
    the server said, "" if nothing. guessed: True when letters, not marks or validity, decided."""

    utf8: bytes
    encoding: str
    declared: str = ""
    guessed: bool = False

    @property
    def text(self) -> str:
        return self.utf8.decode("utf-8", "replace")


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """Find the encoding of a page and turn it into UTF-8.

    charset: what the HTTP header said, if anything. Never raises: bytes that no encoding explains become U+FFFD.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(_recode(data[len(mark) :], name), name)
    declared = _codec(charset) or declared_encoding(data)
    if data.isascii():
        return _decode_ascii(data, declared)
    wide = _utf16_by_zeros(data)
    if wide:
        return Decoded(_recode(data, wide), wide, declared)
    return Decoded(data, "utf-8", declared) if is_utf8(data) else _decode_legacy(data, declared)


def is_declared_utf8(data: bytes) -> bool:
    """Whether a page says that it is UTF-8 and nothing at its beginning speaks against it. It need not be true."""
    head = data[:4096]
    return (
        declared_encoding(head) == "utf-8"
        and not data.startswith(tuple(mark for mark, _ in _BOMS))
        and not _utf16_by_zeros(head)
        and b"\x1b" not in head
    )


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8; piece by piece, so that no text as long as the page is made."""
    view, at, size = memoryview(data), 0, len(data)
    try:
        while at < size:
            at += codecs.utf_8_decode(view[at : at + CHUNK], "strict", at + CHUNK >= size)[1]
    except UnicodeDecodeError:
        return False
    return True


def declared_encoding(data: bytes) -> str:
    """Python's name of the encoding that the first 4,096 bytes declare, else ""."""
    head = data[:4096]
    found = _XML.match(head) or _charset(head)
    return _codec(found[1].decode("ascii")) if found else ""


def _charset(head: bytes) -> re.Match[bytes] | None:
    """The first "charset=", found by its letters: a pattern that ignores case is tried at every byte."""
    low = head.lower()
    at = low.find(b"charset")
    while at >= 0:
        found = _CHARSET.match(head, at)
        if found:
            return found
        at = low.find(b"charset", at + 1)
    return None


def _codec(label: str | None) -> str:
    name = (label or "").strip().strip("\"'").lower()
    if not name:
        return ""
    name = _LABELS.get(name, name)
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("-", "_") in _NOT_TEXT else _LABELS.get(name, name)


def _recode(data: bytes, encoding: str) -> bytes:
    return data if encoding == "utf-8" else data.decode(encoding, "replace").encode("utf-8", "replace")


def _decode_ascii(data: bytes, declared: str) -> Decoded:
    """ASCII bytes are themselves, but for the encodings that switch by escape sequences and bare UTF-16."""
    if b"\x1b$" in data or b"\x1b(" in data:
        return Decoded(_recode(data, "iso2022_jp_2"), "iso2022_jp_2", declared)
    wide = _utf16_by_zeros(data)
    if wide:
        return Decoded(_recode(data, wide), wide, declared)
    if declared == "hz":
        return Decoded(_recode(data, "hz"), "hz", declared)
    return Decoded(data, "utf-8", declared)


def _utf16_by_zeros(data: bytes) -> str:
    """Markup is ASCII, so every other byte of its UTF-16 form is zero."""
    head = data[:1024]
    if head.count(0) * 4 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _decode_legacy(data: bytes, declared: str) -> Decoded:
    text = data.decode("utf-8", "replace")
    broken = text.count("�")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if broken <= max(1, MEND_SHARE * foreign) and foreign > broken:
        return Decoded(text.encode(), "utf-8", declared)
    sample = b" ".join(_sample(data))
    lang = _LANG.search(data[:4096])
    best = judge(sample, declared, lang[1].decode("ascii").lower() if lang else "")
    return Decoded(_recode(data, best), best, declared, guessed=best != declared)


def _sample(data: bytes) -> list[bytes]:
    """Runs of text around bytes above 127, none reaching into markup, of SAMPLE_BYTES in all."""
    pieces, size, at = [], 0, 0
    while size <= SAMPLE_BYTES:
        found = _UPPER.search(data, at)
        if found is None:
            break
        start, end = found.start(), found.start() + BEHIND
        before = _MARKUP.split(data[max(at, start - BEFORE) : start])[-1]
        piece = before + _MARKUP.split(data[start:end], 1)[0]
        pieces.append(piece)
        size += len(piece)
        at = start + len(piece) - len(before)
    return pieces


def judge(sample: bytes, declared: str = "", lang: str = "") -> str:
    """The encoding under which a sample of text reads best.

    sample: text with bytes above 127, markup cut out. declared: Python's name of the declared encoding; it wins
    unless a rival reads clearly better. lang: the page's language, which favors that language's encodings.
    """
    candidates = list(CANDIDATES)
    if declared and declared not in candidates and declared != "utf-8":
        candidates.append(declared)
    scores = {}
    letters = Sample(sample)
    for name in candidates:
        scores[name] = plausibility(letters, name, lang)
        if name == declared:
            scores[name] += TRUST
        if name == COMMONEST and declared in ("", "utf-8"):
            scores[name] += FEW_LETTERS * PRIOR / (FEW_LETTERS + letters.foreign)
    return max(scores, key=lambda name: scores[name])
