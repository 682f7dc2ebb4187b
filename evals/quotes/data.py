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


_MARKS = re.compile(r"([\[{])([\d,]+) |([\]}])")


def checked_sentences(lang: str) -> list[dict[str, Any]]:
    """Invented passages of a language, in the form of `load`: quotations as [1 words], who says them as {1,2 name}.

    What stands between quotation marks without such marks is nobody's quotation.
    """
    parts = _HEADER.split(Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8"))
    return [_passage(lang, marked.strip()) for of, marked in zip(parts[1::2], parts[2::2], strict=True) if of == lang]


def _passage(lang: str, marked: str) -> dict[str, Any]:
    plain, at = "", 0
    begun: list[tuple[str, list[str], int]] = []
    spans: dict[str, tuple[int, int]] = {}
    speakers: dict[str, tuple[int, int]] = {}
    for found in _MARKS.finditer(marked):
        plain += marked[at : found.start()]
        at = found.end()
        if found[1]:
            begun.append((found[1], found[2].split(","), len(plain)))
            continue
        sign, numbers, start = begun.pop()
        for number in numbers:
            (spans if sign == "[" else speakers)[number] = (start, len(plain))
    plain += marked[at:]
    quotes = [
        {
            "start": start,
            "end": end,
            "kind": "direct",
            "speaker": list(who),
            "speaker_text": plain[slice(*who)],
            "names": [],
        }
        for number, (start, end) in spans.items()
        for who in [speakers[number]]
    ]
    return {"id": marked[:40], "lang": lang, "text": plain, "quotes": quotes}


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
