"""Markup that would cost a parser far more than its size, made harmless before it is parsed.

An HTML parser looks up its stack of open elements at every start tag, so its time grows with the square of the depth:
200,000 nested elements take most of a minute. And it opens every formatting element that was never closed again in each
paragraph that follows: four hundred `<font>` with four thousand `<p>` behind them, 20 kB, become a tree of 700 MB. No
publisher's page goes near either.
"""

from __future__ import annotations

import re
from itertools import pairwise

TAGS_SQUARED = 40
"""Tags squared, for each byte of a page, below which neither can hurt more than the page's size warrants: one page in
seven has more and is looked at."""
SMALLEST = 30_000
"""Bytes as which smaller pages count."""
MANY_TAGS = 3_500
"""Tags from which every page is looked at, however long."""
UNCLOSED = 600
"""Start tags more than end tags from which it is worth to count exactly."""
STRIDE, FEW = 4_096, 8
"""Bytes looked at together, and tags in them up to which half of them are taken for end tags: in a page that is not
LONG, no thousand unclosed elements can hide so."""
LONG = 500_000
DEEPEST = 1_000
"""Open elements, as far as tags tell, up to which a page is left as it is."""
KEPT = 400
"""Depth to which a deeper page is cut: start tags beyond it are taken out, their text stays."""
MOST_NODES = 600_000
"""Formatting elements open at once, times tags, is what the tree may grow to; start tags of more are taken out.
Such a tree takes 200 MB."""

MOST_ATTRIBUTES = 1_500
_WHOLE_TAG = re.compile(rb"<[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})")
_UNNESTED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option".split()
)
"""Elements that are void or that the next of their kind closes."""
_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())


def shallow(data: bytes) -> bytes:
    """The page itself, or one whose elements are nested no deeper than KEPT and whose formatting ends."""
    counts = _tags_by_stride(data)
    if (0, 0) in pairwise(counts):
        data = _without_endless_tags(data, counts)
    tags = sum(counts)
    if (tags * tags < TAGS_SQUARED * max(SMALLEST, len(data)) and tags < MANY_TAGS) or not _piles_up(data, counts):
        return data
    depth, formatting = _deepest(data)
    allowed = MOST_NODES // tags
    if depth <= DEEPEST and formatting <= allowed:
        return data
    out: list[bytes] = []
    at = depth = opened = 0
    for found in _TAG.finditer(data):
        closing, name = found[1], found[2].lower()
        if name in _UNNESTED:
            continue
        step = -1 if closing else 1
        depth = max(0, depth + step)
        too_deep = depth + bool(closing) > KEPT
        if name in _FORMATTING:
            opened = max(0, opened + step)
            too_deep = too_deep or opened + bool(closing) > allowed
        if too_deep:
            end = data.find(b">", found.end(), found.end() + 2_000) + 1
            if end:
                out.append(data[at : found.start()])
                at = max(at, end)
    out.append(data[at:])
    return b" ".join(out)


def _tags_by_stride(data: bytes) -> list[int]:
    """How often "<" stands in each stride. Half of all strides lie in scripts and have none, which is soon found."""
    find, count, counts = data.find, data.count, []
    for at in range(0, len(data), STRIDE):
        first = find(b"<", at, at + STRIDE)
        counts.append(count(b"<", first, at + STRIDE) if first >= 0 else 0)
    return counts


def _without_endless_tags(data: bytes, counts: list[int]) -> bytes:
    """The page without start tags of more than MOST_ATTRIBUTES: each attribute is compared with all before it, and a
    hundred thousand of them take half a minute. They are sought where two strides hold no "<"."""
    out: list[bytes] = []
    at = looked = 0
    inside = False
    for i in range(1, len(counts)):
        if counts[i] or counts[i - 1] or (i > 1 and not counts[i - 2]):
            continue
        begin = data.rfind(b"<", at, (i - 1) * STRIDE)
        name = data[begin + 1 : begin + 4].lower()
        if begin < 0 or not name[:1].isalpha() or name in (b"scr", b"sty"):
            continue
        inside, looked = _in_script(data, looked, begin, inside), begin
        if inside:
            continue
        found = _WHOLE_TAG.match(data, begin)
        end = found.end() if found is not None else len(data)
        if end - begin > STRIDE and len(_QUOTED.sub(b"", data[begin:end]).split()) > MOST_ATTRIBUTES:
            out.append(data[at:begin])
            at = end
    return b" ".join([*out, data[at:]]) if out else data


def _in_script(data: bytes, since: int, at: int, inside: bool) -> bool:
    """Whether a place is inside a script, where "<" compares. inside: whether an earlier one, `since`, is."""
    begun = data.rfind(b"<script", since, at)
    return data.rfind(b"</script", max(begun, since), at) < 0 if begun >= 0 or inside else False


def _piles_up(data: bytes, counts: list[int]) -> bool:
    """Whether somewhere many more elements were begun than ended, found without reading each tag.

    counts: those of "<" in every stride of the page. End tags, which take thrice as long to count, are not counted
    where there are few: in scripts, which are half of a page; comments are, where little else would be left.
    """
    unclosed, few = 0, FEW if len(data) < LONG else 0
    for i, begun in enumerate(counts):
        at, end = i * STRIDE, (i + 1) * STRIDE
        more = begun - 2 * data.count(b"</", at, end) if begun > few else begun % 2
        if more > few:
            more -= data.count(b"<!--", at, end)
        unclosed = max(0, unclosed + more)
        if unclosed > UNCLOSED:
            return True
    return False


def _deepest(data: bytes) -> tuple[int, int]:
    """The greatest depth of the page, as far as it matters, and the most formatting elements open at once."""
    deepest = depth = most = opened = 0
    for closing, name in _TAG.findall(data):
        low = name.lower()
        if low in _UNNESTED:
            continue
        step = -1 if closing else 1
        depth += step
        if depth > deepest:
            deepest = depth
            if deepest > DEEPEST:
                break
        elif depth < 0:
            depth = 0
        if low in _FORMATTING:
            opened += step
            if opened > most:
                most = opened
            elif opened < 0:
                opened = 0
    return deepest, most
