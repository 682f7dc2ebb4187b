"""Names in the lines that readers see: after "By", beside a day, as a signature of the text, in a copyright notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from broadsheet.extraction.metadata import people
from broadsheet.extraction.metadata.lines import Lines

LONGEST = 125
"""Characters of a line that may be a byline."""
NEAR = 30
"""Lines after the headline among which a byline is looked for."""

_DATE = re.compile(r"\d{1,2}[./: ]\s?\S{1,10}[./ ]\s?\d{2,4}|\d{4}[-/年.]\d{1,2}")
_DAY = r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}|\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}|[^\W\d]{3,10}\.? \d{1,2}, \d{4}"
_BESIDE_DATE = re.compile(rf"(?:{_DAY})\s*[-–—|·]\s*([^\d|]{{5,40}})|([^\d|]{{5,40}}?)\s*[-–—|·]\s*(?:{_DAY})")
"""A line that holds a day and one thing more."""
_NOTICE = re.compile(
    r"^(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*(?:\d{4}|present))?)?,?\s*"
    r"(.{5,40}?)(?:\.|,|\||\s-\s|\ball rights|$)",
    re.I,
)


def from_lines(lines: Lines, every: list[str]) -> Iterator[list[str]]:
    """Names in a line after the headline that begins with "By" or reads "Author: ...", nearest first.

    every: the lines from the headline on.
    """
    by = people.words().by
    for i, line in enumerate(every):
        if len(line) > LONGEST or not people.starts_with_by(line):
            continue
        line = line.strip("()[]（）【】-–—|· ")
        found = by.match(line)
        if not found or (i > NEAR and not _says_author(found[0])):
            continue
        if found.end() == len(line) and i + 1 < len(every):
            line = every[i + 1]
        yield [n for n in people.names_of(line) if people.looks_like_person(n) and not lines.is_common(n)]


def _says_author(words: str) -> bool:
    """Whether the words before a name mean an author wherever they stand: "Author:", "Written by"."""
    return words.rstrip().endswith((":", "：")) or words.strip().casefold() in people.words().labels


def from_notice(lines: Lines) -> list[str]:
    """The person who holds the copyright of a personal site."""
    for line in lines.all[-60:]:
        found = _NOTICE.match(line)
        if found:
            name = people.name_in(found[1])
            return [name] if people.looks_like_person(name) and not lines.is_common(name) else []
    return []


def from_dateline(lines: Lines, near: list[str]) -> list[str]:
    """A name that stands alone above or beside a date, right after the headline."""
    dated = [any(map(str.isdigit, line)) and _DATE.search(line) is not None for line in near]
    for i, line in enumerate(near):
        found = _BESIDE_DATE.fullmatch(line) if dated[i] and len(line) < LONGEST else None
        name = people.name_in(found[1] or found[2]) if found else ""
        if not name and not lines.capital_nouns and any(dated[i + 1 : i + 3]):
            name = people.name_in(line)
            name = name if name == line.strip(" |·•-–,") and len(name.split()) < 4 else ""
        if name and people.looks_like_person(name) and not lines.is_common(name):
            return [name]
    return []


def from_signature(lines: Lines) -> Iterator[list[str]]:
    """Names that alone make the first or last paragraph, in bold or italics, on a page without such headings."""
    for i, (holder, whole) in enumerate(lines.marked):
        names = people.names_of(whole)
        complete = sum(len(n.split()) for n in names) >= len(re.findall(r"\w[\w.’'-]*", whole)) - 2
        good = bool(names) and complete and all(people.looks_like_person(n) and not lines.is_common(n) for n in names)
        if good and (_is_last(holder) or (i < 3 and _is_early(holder) and not any(map(lines.has_common_word, names)))):
            yield names


def _is_early(paragraph: LexborNode) -> bool:
    before, node = 0, paragraph.prev
    while node is not None and before < 4:
        before += node.tag == "p"
        node = node.prev
    return before < 4


def _is_last(paragraph: LexborNode) -> bool:
    """Whether prose stands before it and none after it."""
    node = paragraph.next
    while node is not None:
        if node.tag == "p" and len(node.text()) > 120:
            return False
        node = node.next
    before = paragraph.prev
    while before is not None and before.tag != "p":
        before = before.prev
    return before is not None and len(before.text()) > 120
