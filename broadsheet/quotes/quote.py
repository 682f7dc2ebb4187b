"""What a found quotation is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks, the marks left out, and who said them.

    All offsets count characters of the text that was searched: `text[start:end]` is the quotation and
    `text[speaker_start:speaker_end]` the phrase it was attributed by, which may be a pronoun. Reads as a mapping of its
    fields too, so that `dict(quote)` can be written out.
    """

    start: int
    end: int
    speaker: str | None
    """Who to show: the phrase as it stands, or for a pronoun the name it stands for; None when nobody is credited."""
    speaker_start: int | None
    speaker_end: int | None
    name: str | None = None
    """The fullest name the article gives this speaker, without title; None for "a senior official"."""
    role: str | None = None
    """Title or apposition given with the name anywhere in the article: "Defense Secretary"."""
    cue: str | None = None
    """The word that attributes it ("said"), when there is one."""
    kind: str = "direct"
    """"direct", or "continued" when the speaker is taken over from the quotation before."""
    confidence: float = 1.0
    """Estimated probability that both the quotation and its speaker are right, in [0, 1]."""

    def keys(self) -> tuple[str, ...]:
        """The names of the fields."""
        return self.__slots__

    def __getitem__(self, field: str) -> Any:  # fields differ in type
        if field not in self.__slots__:
            raise KeyError(field)
        return getattr(self, field)

    def get(self, field: str, default: Any = None) -> Any:  # as above
        """The value of a field, or the default for a name that is none."""
        return self[field] if field in self.__slots__ else default
