"""The visible text of a page as lines, read only if some field asks for it: the last resort of authors and dates."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.metadata.near import Near

MAX_NODES = 60_000
"""Nodes walked; pages with more keep their head and the beginning of their text."""
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "option", "textarea", "iframe", "head"})
_MARKS = ".,;:!?()[]\"'“”„«»‘’…–—"
_LETTERS = re.compile(r"[^\W\d_]{3,}")


class Lines:
    """all: each piece of text in page order, white space folded. start: index after the headline, 0 if not found.
    capital_nouns: the language writes every noun like a name."""

    def __init__(
        self, tree: LexborHTMLParser, headline: str = "", language: str = "", heading: LexborNode | None = None
    ) -> None:
        self._tree = tree
        self.near = Near(heading)
        self.headline = headline
        self.language = language
        self.capital_nouns = language.startswith(("de", "lb"))

    @cached_property
    def all(self) -> list[str]:
        body = self._tree.body
        if body is None:
            return []
        found: list[str] = []
        for count, node in enumerate(body.traverse(include_text=True)):
            if count > MAX_NODES:
                break
            if node.is_text_node:
                text = node.text_content
                if not text or text.isspace():
                    continue
                parent = node.parent
                if parent is not None and parent.tag not in _SILENT:
                    found.append(" ".join(text.split()))
        return found

    @cached_property
    def start(self) -> int:
        wanted = self.headline[:50]
        places = [i for i, line in enumerate(self.all) if wanted and wanted in line][:8]
        # Breadcrumbs and lists repeat the headline; the article's own is the one with prose after it.
        return max(places, key=lambda i: sum(map(len, self.all[i + 1 : i + 25])), default=-1) + 1

    def after(self, most: int) -> list[str]:
        """The lines after the headline, [] if it stands nowhere."""
        if self.near.known:
            return self.near.lines[:most]
        return self.all[self.start : self.start + most] if self.start else []

    def before(self, most: int) -> list[str]:
        """The lines before the headline, [] if it stands nowhere."""
        if self.near.known:
            return self.near.lines_before[-most:]
        return self.all[max(0, self.start - most) : self.start]

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Words that the page writes without capitals: a name made of them is a heading or a label."""
        prose = [line for line in self.near.lines if len(line) > 60]
        if len(prose) < 2:
            prose = [line for line in self.all if len(line) > 60]
        words = (w.strip(_MARKS) for line in prose for w in line.split())
        return frozenset(w for w in words if len(w) > 2 and w.isalpha() and w.islower())

    def is_common(self, name: str) -> bool:
        """Whether all words of a name are also written small on this page."""
        tokens = _LETTERS.findall(name.lower())
        return len(tokens) > 1 and all(token in self.small_words for token in tokens)

    def has_common_word(self, name: str) -> bool:
        """Whether any word of a name is also written small on this page."""
        return any(token in self.small_words for token in _LETTERS.findall(name.lower()))


def joined(part: list[str]) -> list[str]:
    """Short lines, and two or three short neighbours as one: dates are often cut into pieces."""
    pairs = [f"{a} {b}" for a, b in pairwise(part) if len(a) + len(b) < 60]
    threes = [
        f"{a} {b} {c}" for a, b, c in zip(part, part[1:], part[2:], strict=False) if len(a) + len(b) + len(c) < 50
    ]
    return [line for line in part if len(line) < 110] + pairs + threes
