"""The visible text of a page as lines, read only if some field asks for it: the last resort of authors and dates."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice, pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.metadata.near import Near

MAX_NODES = 60_000
"""Nodes walked; pages with more keep their head and the beginning of their text."""
MAX_PROSE = 20_000
"""Characters of prose in which words of names are looked up."""
MAX_MARKED = 200
"""Paragraphs that begin in bold or italics and are looked at."""
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "option", "textarea", "iframe", "head"})
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
        for node in islice(body.traverse(include_text=True, skip_empty=True), MAX_NODES):
            text = node.text_content
            if text:
                # Scripts, styles and hidden markup give themselves away; asking each text where it stands is dear.
                parent = node.parent if "{" in text or "<" in text or ";" in text else None
                line = _folded(text) if parent is None or parent.tag not in _SILENT else ""
                if line:
                    found.append(line)
        return found

    @cached_property
    def marked(self) -> list[tuple[LexborNode, str]]:
        """Short paragraphs that are bold or italic as a whole, with their text."""
        found: list[tuple[LexborNode, str]] = []
        for node in self._tree.css("p > :is(strong, b, em):first-child")[:MAX_MARKED]:
            holder = node.parent
            text = holder.text().strip() if holder is not None else ""
            if holder is not None and 6 < len(text) < 60 and text == node.text().strip():
                found.append((holder, text))
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
    def _prose(self) -> str:
        prose = [line for line in self.near.lines if len(line) > 60]
        if len(prose) < 2:
            prose = [line for line in self.all if len(line) > 60]
        return f" {' '.join(prose)[:MAX_PROSE]} "

    def _is_written_small(self, word: str) -> bool:
        """Whether the page writes a word, given in small letters, without a capital."""
        at = self._prose.find(word)
        while at >= 0:
            if not self._prose[at - 1].isalnum() and not self._prose[at + len(word)].isalnum():
                return True
            at = self._prose.find(word, at + 1)
        return False

    def is_common(self, name: str) -> bool:
        """Whether all words of a name are also written small on this page: a heading or a label, not a name."""
        tokens = _LETTERS.findall(name.lower())
        return len(tokens) > 1 and all(map(self._is_written_small, tokens))

    def has_common_word(self, name: str) -> bool:
        """Whether any word of a name is also written small on this page."""
        return any(map(self._is_written_small, _LETTERS.findall(name.lower())))


def _folded(text: str) -> str:
    """White space folded; long prose without any to fold is not taken to pieces for that."""
    text = text.strip()
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def joined(part: list[str]) -> list[str]:
    """Short lines, and two or three short neighbours as one: dates are often cut into pieces."""
    pairs = [f"{a} {b}" for a, b in pairwise(part) if len(a) + len(b) < 60]
    threes = [
        f"{a} {b} {c}" for a, b, c in zip(part, part[1:], part[2:], strict=False) if len(a) + len(b) + len(c) < 50
    ]
    return [line for line in part if len(line) < 110] + pairs + threes
