"""Labelled articles for quotations, from the folder that BROADSHEET_EVAL_DATA names; and the pronoun set kept here."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

SETS = {"polnear": "en", "dewikinews": "de"}
_MARKED = re.compile(r"\{([^}\n]+)\}")
_HEADER = re.compile(r"^== (\w\w)$", re.MULTILINE)


def load(name: str) -> list[dict[str, Any]] | None:
    """The articles of a set, each {id, lang, text, quotes}; None where the data is not at hand."""
    folder = os.environ.get("BROADSHEET_EVAL_DATA")
    path = Path(folder or ".") / "quotes" / f"{name}.jsonl.gz"
    if not folder or not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Pronoun(NamedTuple):
    """A pronoun that credits a quotation: where it stands and the last word of whom it means."""

    start: int
    name: str


class Checked(NamedTuple):
    """An invented article with every crediting pronoun resolved by hand."""

    lang: str
    text: str
    pronouns: list[Pronoun]


def checked_pronouns() -> list[Checked]:
    """The articles of pronouns.txt: parted by "== lang", the name meant in braces right after each pronoun."""
    parts = _HEADER.split(Path(__file__).with_name("pronouns.txt").read_text(encoding="utf-8"))
    return [_checked(lang, marked.strip()) for lang, marked in zip(parts[1::2], parts[2::2], strict=True)]


def _checked(lang: str, marked: str) -> Checked:
    plain, pronouns, at = "", [], 0
    for found in _MARKED.finditer(marked):
        plain += marked[at : found.start()]
        word = re.search(r"\w+$", plain)
        assert word, f"nothing before {found[0]}"
        pronouns.append(Pronoun(word.start(), found[1]))
        at = found.end()
    return Checked(lang, plain + marked[at:], pronouns)
