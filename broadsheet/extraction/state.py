"""Text of pages that scripts draw: the article inside `__NEXT_DATA__` and its kin.

Such state is large, so it is parsed only when asked for, which is when the markup holds no article. Nothing about
its shape is assumed beyond this: an article's text is one long string of markup, or a list whose items each hold a
paragraph, and it is the longest of its kind. Choosing between this and the markup is left to the caller.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.depth import shallow
from broadsheet.extraction.embedded import MAX_SCRIPT, plain
from broadsheet.extraction.page import walk

MAX_VALUES = 200_000
"""JSON values looked at; the text of an article comes long before."""
MIN_TEXT = 200
"""Characters below which a find is a teaser or a label."""

_JSON_SCRIPT = 'script[type*="json" i]:not([type*="ld+json" i]), script[id*="DATA"], script[id*="state" i]'
_ASSIGNED = re.compile(r"=\s*(?=[{\[\"])")
_NAMES = ("state", "State", "data", "Data", "Fusion.globalContent")
"""How names end that state is assigned to; those between two underscores hold it too."""
_WRAPPED = re.compile(r"__\w{2,40}__$")
LONGEST_NAME = 50
"""Characters before an assignment in which its name is sought."""
_PARSED = re.compile(r"JSON\.parse\(\s*(?=[\"'])")
_TEXT_NAMES = frozenset(
    {
        "text",
        "content",
        "html",
        "value",
        "body",
        "paragraph",
        "articlebody",
        "rendered",
        "markup",
        "data",
        "bodyhtml",
        "story",
        "description",
        "children",
    }
)
_TAGGED = re.compile(r"<(?:p|div|br|h[2-6]|li|blockquote)\b", re.I)
_SENTENCE = re.compile(r"[.!?。！？؟…](?:\s|[”\"»」』)]|$)")


def read_state(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Paragraphs of the article in a page's script state, plain text, in order; () if there is none."""
    best: list[str] = []
    for root in _roots(tree):
        for paragraphs in _texts(root):
            if _length(paragraphs) > max(MIN_TEXT, _length(best)):
                best = paragraphs
    return tuple(best)


def _length(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _roots(tree: LexborHTMLParser) -> Iterator[Any]:
    for script in tree.css(_JSON_SCRIPT)[:20]:
        text = script.text().strip()
        if text[:1] in ("{", "[") and len(text) <= MAX_SCRIPT:
            yield from _decode(text)
    for script in tree.tags("script")[:200]:
        given = script.attributes
        if given.get("src") or "json" in (given.get("type") or ""):
            continue
        text = script.text()
        if 200 < len(text) <= MAX_SCRIPT:
            for at in [*islice(_assigned(text), 5), *(found.end() for found in islice(_PARSED.finditer(text), 5))]:
                yield from _decode(text[at:])


def _assigned(text: str) -> Iterator[int]:
    """Where values begin that a script assigns to a name that means state. Names are looked at from their end: a
    pattern for them would be tried at every letter."""
    for found in _ASSIGNED.finditer(text):
        name = text[max(0, found.start() - LONGEST_NAME) : found.start()].rstrip()
        name = name.removesuffix("]")
        name = name[:-1] if name[-1:] in ("'", '"') else name
        if name.endswith(_NAMES) or (name.endswith("__") and _WRAPPED.search(name)):
            yield found.end()


def _decode(text: str) -> Iterator[Any]:
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text)
        if isinstance(value, str) and value[:1] in ("{", "["):
            value = json.loads(value, strict=False)
    except (ValueError, RecursionError):
        return
    yield value


def _texts(root: Any) -> Iterator[list[str]]:
    """Every candidate for the article's text: long marked-up strings, and lists of paragraphs."""
    queue, seen = [root], 0
    while queue and seen < MAX_VALUES:
        value = queue.pop()
        seen += 1
        if isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, dict | list):
                    queue.append(inner)
                elif isinstance(inner, str) and len(inner) > MIN_TEXT and name.lower() in _TEXT_NAMES:
                    yield _paragraphs(inner)
        elif isinstance(value, list):
            queue.extend(v for v in value if isinstance(v, dict | list))
            told = [text for item in value[:2000] if (text := _item_text(item))]
            if len(told) > 1 and sum(bool(_SENTENCE.search(t)) for t in told) * 2 >= len(told):
                yield told


def _item_text(item: Any) -> str:
    """The paragraph an item of a list holds: itself, or the value under a name that means text, one level deep."""
    if isinstance(item, dict):
        for name, value in item.items():
            if name.lower() in _TEXT_NAMES:
                if isinstance(value, str) and len(value) > 20:
                    return plain(value)
                if (
                    isinstance(value, list)
                    and value
                    and all(isinstance(v, dict) and isinstance(v.get("text"), str) for v in value)
                ):
                    return plain("".join(v["text"] for v in value))
        return ""
    return plain(item) if isinstance(item, str) and len(item) > 40 and " " in item else ""


def _paragraphs(text: str) -> list[str]:
    if not _TAGGED.search(text):
        return [line for line in (plain(part) for part in text.split("\n")) if line]
    body = LexborHTMLParser(shallow(f"<body>{text}</body>".encode("utf-8", "replace"))).body
    return [piece.text for piece in walk(body).pieces] if body is not None else []
