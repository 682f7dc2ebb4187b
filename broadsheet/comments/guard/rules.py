"""The operator's numbers for the guard, checked when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from broadsheet.comments.guard.wordlists import WordList, WordListError

MANY_WORDS = 5_000
"""Entries of a word list."""
NO_WORDS = WordList()


class RulesError(ValueError):
    """A rule that cannot be used; the message names it, its value and what was expected."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Zero switches a rule off. Times in seconds, shares from 0 to 1.

    shortest, longest: characters. per_minute, per_hour, per_day: comments of one writer. repeat_s: how long the same
    words count as said already. links: more of them are held; refused_links: more of them are refused. newcomer: this
    many approved comments end the hold of new writers. burst, burst_s: more comments than this on one story within
    the time are held. spam: belief from which a comment is held. reports: distinct readers' reports that hide a
    comment until somebody has looked. held_words, refused_words: see `WordList`. languages: tags in which one may
    write; empty for all.
    """

    shortest: int = 2
    longest: int = 5_000
    per_minute: int = 3
    per_hour: int = 20
    per_day: int = 80
    repeat_s: int = 86_400
    links: int = 2
    refused_links: int = 10
    newcomer: int = 1
    burst: int = 30
    burst_s: int = 600
    spam: float = 0.7
    reports: int = 3
    held_words: WordList = NO_WORDS
    refused_words: WordList = NO_WORDS
    languages: tuple[str, ...] = ()

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Rules:
        """Check and read rules, word lists as lists of text. Raises RulesError with what is wrong."""
        known = {f.name for f in fields(cls)}
        for name in given:
            if name not in known:
                raise RulesError(f"unknown rule {name!r}: expected one of {', '.join(sorted(known))}")
        return cls(**{name: _read(name, value) for name, value in given.items()})

    def to_mapping(self) -> dict[str, Any]:
        """The same as plain values, for storing; `from_mapping` reads it back."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {
            name: list(value.entries) if isinstance(value, WordList) else list(value) if name == "languages" else value
            for name, value in values.items()
        }


def _read(name: str, value: Any) -> Any:
    if name == "spam":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise RulesError(f"{name} is {value!r}: expected a share from 0 to 1")
        return float(value)
    if name in ("held_words", "refused_words", "languages"):
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise RulesError(f"{name} is {value!r}: expected a list of texts")
        if len(value) > MANY_WORDS:
            raise RulesError(f"{name} has {len(value)} entries: at most {MANY_WORDS} are read")
        if name == "languages":
            return tuple(value)
        try:
            return WordList.of(value)
        except WordListError as error:
            raise RulesError(f"{name}: {error}") from error
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000_000:
        raise RulesError(f"{name} is {value!r}: expected a whole number from 0 to 10,000,000")
    return value
