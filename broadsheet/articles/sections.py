"""From the words a publisher uses for its sections to ours.

Pure: looks at the section's name, then at the folders of the address. The words are a table in `sections.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

_WORD = re.compile(r"[^\W_]+")
MAX_PARTS = 6
"""Folders of an address that are looked at: sections stand near its root."""


@dataclass(frozen=True, slots=True)
class SectionName:
    slug: str
    name: str
    words: frozenset[str]


@cache
def sections() -> tuple[SectionName, ...]:
    """Our sections in the order of the masthead."""
    path = Path(__file__).with_name("sections.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        SectionName(slug, row["name"], frozenset(word.casefold() for word in row["words"]))
        for slug, row in table.items()
    )


@cache
def _by_word() -> Mapping[str, str]:
    return {word: section.slug for section in sections() for word in section.words}


def find_section(publishers_name: str, address: str, default: str = "") -> str:
    """The slug of our section, or `default` when neither the name nor the address tells."""
    words = _by_word()
    name = publishers_name.casefold().strip()
    if name in words:
        return words[name]
    for word in _WORD.findall(name):
        if word in words:
            return words[word]
    for part in unquote(urlsplit(address).path).casefold().split("/")[1 : MAX_PARTS + 1]:
        if part in words:
            return words[part]
    return default
