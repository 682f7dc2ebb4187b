"""RSL, Really Simple Licensing: which uses of an address are not free.

Each `license` of the matching `content` is an offer; a use is free when one offer permits it, does not prohibit it
and asks for nothing but a link or a credit. An offer that names permitted uses says nothing about other uses; a use
that no offer mentions is not refused. Conditions on user or place need a person to read them, so they count as unmet.

Source: rslstandard.org/rsl, Recommendation 1.0 of 2025.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from broadsheet.rights.paths import matches

LONGEST = 512 * 1024
MOST_ELEMENTS = 5_000
USES = ("search", "ai-index", "ai-input", "ai-train")
_AI = frozenset(USES[1:])
_MET = frozenset({"", "free", "attribution"})
# Entities are what makes XML dangerous (billion laughs, outside files); no licence needs a document type.
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def rsl_for(document: str | bytes, path: str) -> dict[str, str]:
    """What an RSL file says about a path, as names and values for `read_signals`: {"rsl-refused": "ai-index ai-input"}.

    The uses listed are prohibited or cost something. Nothing when all is free, or when the file is broken, too deep or
    tries tricks with entities. Of several `content` the longest matching `url` decides.
    """
    root = _parse(document)
    if root is None:
        return {}
    contents = [(item.get("url", "/"), item) for item in root.iter() if _name(item) == "content"]
    fitting = [(len(url), item) for url, item in contents if matches(url or "/", path)]
    if not fitting:
        return {}
    longest = max(length for length, _ in fitting)
    refused = set[str]()
    for length, item in fitting:
        if length == longest:
            refused |= _refused(item)
    return {"rsl-refused": " ".join(use for use in USES if use in refused)} if refused else {}


def _refused(content: Element) -> set[str]:
    offers = [child for child in content if _name(child) == "license"]
    free, refused = set[str](), set[str]()
    for offer in offers:
        permitted, prohibited = _uses(offer, "permits"), _uses(offer, "prohibits")
        spoken = set(USES) if permitted is None and prohibited is None else (permitted or set())
        if permitted is None and prohibited is not None:
            spoken = set(USES)
        met = _is_met(offer)
        free |= (spoken - (prohibited or set())) if met else set()
        refused |= (prohibited or set()) | (set() if met else spoken)
    return refused - free


def _uses(offer: Element, name: str) -> set[str] | None:
    """The uses named under `permits` or `prohibits`; None when there is no such element for uses."""
    found = [child for child in offer if _name(child) == name and child.get("type", "usage") == "usage"]
    if not found:
        return None
    words = set[str]()
    for child in found:
        words |= set(re.split(r"[\s,]+", (child.text or "").lower()[:1_000]))
    if "all" in words:
        return set(USES)
    if words & {"ai", "ai-all"}:
        words |= _AI
    # Early files wrote the words of the IETF drafts.
    words |= {"ai-train"} if words & {"train-ai", "train-genai"} else set()
    return words & set(USES)


def _is_met(offer: Element) -> bool:
    for child in offer:
        if _name(child) == "payment" and child.get("type", "").lower() not in _MET:
            return False
        if _name(child) in ("permits", "prohibits") and child.get("type", "usage") in ("user", "geo"):
            words = (child.text or "").lower().split()
            if _name(child) == "prohibits" or "all" not in words:
                return False
    return True


def _parse(document: str | bytes) -> Element | None:
    raw = document.encode("utf-8", "replace") if isinstance(document, str) else document
    # A wide encoding would hide the words looked for.
    if len(raw) > LONGEST or b"\x00" in raw or _UNSAFE.search(raw):
        return None
    parser: XMLPullParser[Element] = XMLPullParser(("start",))
    root: Element | None = None
    count = 0
    try:
        for at in range(0, len(raw), 8_192):
            parser.feed(raw[at : at + 8_192])
            for event in parser.read_events():
                count += 1
                element = event[-1]
                if root is None and isinstance(element, Element):
                    root = element
            if count > MOST_ELEMENTS:
                return None
        parser.close()
    except (ParseError, ValueError, LookupError):
        return None
    return root


def _name(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1].lower()
