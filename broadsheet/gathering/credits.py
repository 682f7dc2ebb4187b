"""What a picture says about its rights, read from EXIF, IPTC and XMP, and written anew into our files.

Kept are the fields by which IPTC's Photo Metadata Standard names creator, credit, rights, licensor and the reservation
of mining, and whether a machine made it. Places, devices, serial numbers and people shown are left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from PIL import Image, ImageFile, IptcImagePlugin

LONGEST_XMP, LONGEST_VALUE, MOST_VALUES = 256_000, 1_000, 8
_ARTIST, _COPYRIGHT = 0x013B, 0x8298
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "iptc": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
_KEPT = (
    "dc:creator", "dc:rights", "photoshop:Credit", "photoshop:Source", "xmpRights:WebStatement", "xmpRights:UsageTerms",
    "xmpRights:Marked", "plus:DataMining", "plus:OtherConstraints", "plus:LicensorName", "plus:LicensorURL",
    "iptc:DigitalSourceType",
)  # fmt: skip
_LISTS = {"dc:creator": "Seq", "dc:rights": "Alt", "xmpRights:UsageTerms": "Alt"}
_IIM = {(2, 80): "dc:creator", (2, 110): "photoshop:Credit", (2, 115): "photoshop:Source", (2, 116): "dc:rights"}
"""The older form of the same words, IPTC's Information Interchange Model."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Credits = dict[str, list[str]]


def rights_exif(found: Image.Exif) -> bytes:
    """EXIF with nothing but artist and copyright; empty where neither is named."""
    kept = Image.Exif()
    for tag in (_ARTIST, _COPYRIGHT):
        value = found.get(tag)
        if isinstance(value, str) and _clean(value):
            kept[tag] = _clean(value)
    return kept.tobytes() if len(kept) else b""


def rights_xmp(picture: ImageFile.ImageFile) -> bytes:
    """An XMP packet with nothing but the words about rights; empty without any."""
    said = {**_from_iptc(picture), **_from_xmp(picture.info.get("xmp"))}
    return _packet(said) if said else b""


def _from_iptc(picture: ImageFile.ImageFile) -> Credits:
    try:
        found: Any = IptcImagePlugin.getiptcinfo(picture) or {}
    except (SyntaxError, ValueError, OSError, IndexError, TypeError, KeyError):
        return {}
    said: Credits = {}
    for place, name in _IIM.items():
        values = found.get(place, [])
        texts = [value.decode("utf-8", "replace") for value in ([values] if isinstance(values, bytes) else values)]
        if kept := [cleaned for text in texts[:MOST_VALUES] if (cleaned := _clean(text))]:
            said[name] = kept
    return said


def _from_xmp(packet: object) -> Credits:
    if not isinstance(packet, bytes) or len(packet) > LONGEST_XMP:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(packet.strip(b"\x00 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    said: Credits = {}
    for name in _KEPT if root is not None else ():
        values = [cleaned for text in _values(root, name) if (cleaned := _clean(text))][:MOST_VALUES]
        if values:
            said[name] = list(dict.fromkeys(values))
    return said


def _values(root: Any, name: str) -> Iterator[str]:
    """Of a property, wherever it stands: as an attribute, as text, as a list."""
    space, _separator, local = name.partition(":")
    tag = f"{{{_SPACES[space]}}}{local}"
    for described in root.iter(f"{{{_RDF}}}Description"):
        yield described.get(tag, "")
    for element in root.iter(tag):
        items = list(element.iter(f"{{{_RDF}}}li"))
        yield from (item.text or "" for item in items)
        if not items:
            yield element.text or element.get(f"{{{_RDF}}}resource", "")


def _packet(said: Credits) -> bytes:
    parts = [f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}"><rdf:Description rdf:about=""']
    parts += [f' xmlns:{space}="{address}"' for space, address in _SPACES.items()]
    parts.append(">")
    for name, values in said.items():
        kind = _LISTS.get(name)
        if kind is None:
            parts.append(f"<{name}>{escape(values[0])}</{name}>")
            continue
        lang = ' xml:lang="x-default"' if kind == "Alt" else ""
        items = "".join(f"<rdf:li{lang}>{escape(value)}</rdf:li>" for value in (values[:1] if lang else values))
        parts.append(f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>")
    parts.append("</rdf:Description></rdf:RDF></x:xmpmeta>")
    return "".join(parts).encode()


def _clean(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())[:LONGEST_VALUE]
