"""Plain text for mail: lines of at most 72 columns, addresses never broken, and Markdown with its links listed. Pure.

Columns are counted as terminals and mail programs show them: characters of Chinese, Japanese and Korean take two, marks
that stand on another character none.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from unicodedata import bidirectional, combining, east_asian_width

from broadsheet.comments.markup import to_html

WIDTH = 72
_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
_NO_START = "、。，．：；？！）］｝〉》」』】〕…”’％"
"""What may not begin a line in scripts that break anywhere."""
_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]")
_FROM_LEFT, _FROM_RIGHT = _MARKS = "\u200e\u200f"
_PARTS = re.compile(rf"\s+|[{_WIDE}][{_NO_START}]*|[^\s{_WIDE}]+[{_NO_START}]*")


def plain(text: str) -> str:
    """One line without characters that nobody sees or that turn the line around."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def directed(text: str, direction: str) -> str:
    """The line with a mark before it where words of both directions would mix up its order."""
    kinds = {bidirectional(letter) for letter in text}
    if "L" not in kinds or not kinds & {"R", "AL"}:
        return text
    return (_FROM_RIGHT if direction == "rtl" else _FROM_LEFT) + text


def columns(text: str) -> int:
    """How wide the text stands."""
    return sum(
        0 if combining(letter) or letter in _MARKS else 2 if east_asian_width(letter) in "WF" else 1 for letter in text
    )


def wrapped(text: str, *, first: str = "", further: str | None = None) -> str:
    """The text in lines. first, further: what stands before the first line and before all others."""
    further = first if further is None else further
    lines, line, width, blank = [], first, columns(first), False
    begun = False
    for part in _PARTS.findall(" ".join(text.split())):
        if part.isspace():
            blank = True
            continue
        wide = columns(part)
        if begun and width + blank + wide > WIDTH:
            lines.append(line)
            line, width, begun = further, columns(further), False
        if begun and blank:
            line, width = line + " ", width + 1
        line, width, blank, begun = line + part, width + wide, False, True
    return "\n".join([*lines, line.rstrip()])


def markdown_text(markdown: str) -> str:
    """Markdown of an editor as plain text: paragraphs wrapped, each link as [1] with its address below."""
    reader = _Reader()
    reader.feed(to_html(markdown))
    reader.close()
    listed = "\n".join(f"[{number}] {address}" for number, address in enumerate(reader.links, 1))
    return "\n\n".join(part for part in (reader.text(), listed) if part)


class _Reader(HTMLParser):
    """The HTML that `to_html` makes, and no other, as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self._blocks: list[str] = []
        self._words = ""
        self._inside: list[str] = []
        self._numbers: list[int] = []
        self._bullet = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a":
            self.links.append(told.get("href") or "")
        elif tag == "br":
            self._words += "\n"
        elif tag in {"p", "li", "blockquote", "ul", "ol", "pre"}:
            self._end_block()
            self._inside.append(tag)
            if tag in {"ul", "ol"}:
                start = told.get("start") or "1"
                self._numbers.append(int(start) if tag == "ol" and start.isdigit() else 1)
            elif tag == "li":
                is_numbered = "ol" in self._inside[-2:]
                self._bullet = f"{self._numbers[-1]}. " if is_numbered and self._numbers else "- "
                if self._numbers:
                    self._numbers[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._words.endswith(self.links[-1]):  # it says itself where it leads
            self.links.pop()
        elif tag == "a":
            self._words += f" [{len(self.links)}]"
        elif tag in {"p", "li", "blockquote", "ul", "ol", "pre"}:
            self._end_block()
            if self._inside:
                self._inside.pop()
            if tag in {"ul", "ol"} and self._numbers:
                self._numbers.pop()

    def handle_data(self, data: str) -> None:
        self._words += data

    def text(self) -> str:
        self._end_block()
        return "\n\n".join(self._blocks)

    def _end_block(self) -> None:
        if self._words.strip():
            quoted = "> " * self._inside.count("blockquote")
            lines = self._words.strip("\n").split("\n")
            if "pre" in self._inside:
                self._blocks.append("\n".join(f"{quoted}    {line}" for line in lines))
            else:
                behind = " " * len(self._bullet)
                heads = [quoted + self._bullet, *([quoted + behind] * (len(lines) - 1))]
                made = [
                    wrapped(line, first=head, further=quoted + behind) for line, head in zip(lines, heads, strict=True)
                ]
                self._blocks.append("\n".join(made))
            self._bullet = ""
        self._words = ""
