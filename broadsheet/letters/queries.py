"""Reads of the letters that can be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.letters.asking import consent_words
from broadsheet.letters.models import Letter, LetterKind
from broadsheet.letters.starting import told
from broadsheet.prepared import Prepared

OFFERED = (LetterKind.EDITION, LetterKind.BREAKING)
"""Kinds that anybody can have for an address alone; story letters are asked for at a story, personal ones need an
account to follow things with."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What every page offers. front: the first letter for everybody; stories: the one that follows single stories."""

    front: Letter | None = None
    stories: Letter | None = None

    @property
    def name(self) -> str:
        """Of the front letter."""
        return told(self.front.name) if self.front else ""

    @property
    def consent(self) -> str:
        return consent_words()


EMPTY = Shelf()


def shelf() -> Shelf:
    """One query, prepared."""
    rows = _OPEN()
    return Shelf(
        front=next((row for row in rows if row.kind in OFFERED), None),
        stories=next((row for row in rows if row.kind == LetterKind.STORY), None),
    )


def open_letters() -> Sequence[Letter]:
    """Those that take subscriptions, in the order they were made."""
    return _OPEN()


_OPEN = Prepared(lambda: Letter.objects.filter(is_open=True).order_by("pk"))
