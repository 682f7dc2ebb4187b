"""Words that hold or refuse a comment, found as words: Scunthorpe, Sussex and Dickens may be written about.

An entry is a word, a phrase, or the beginning of words with a `*` at its end. Entry and text are folded alike before
they are compared: case, accents, width, letters of other alphabets that look like Latin ones, digits and signs in
the place of letters (`v1agra`, `f.r.e.e`), letters drawn out (`freeee`) or spaced out (`f r e e`). Nothing an operator
types becomes a regular expression, so no list can make the guard slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from broadsheet.comments.lookalikes import folded, undisguised
from broadsheet.text.scripts import script_of

LONGEST_ENTRY = 100
_TOKEN = re.compile(r"(?:[^\W_]|[@$](?=\w))(?:[\w@$!'’*-]*(?:[^\W_]|\$))?\*?")
_SIGNS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_MARKS = str.maketrans("", "", "'’*-_")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_UNSPACED = frozenset({"Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})


class WordListError(ValueError):
    """An entry that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class WordList:
    """entries: as the operator wrote them. Find words with `find`."""

    entries: tuple[str, ...] = ()
    _phrases: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, compare=False, repr=False)
    _starts: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _pieces: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, entries: Iterable[str]) -> WordList:
        """Raises WordListError for entries that are empty, too long or would match nearly everything."""
        kept = tuple(dict.fromkeys(entry.strip() for entry in entries if entry.strip()))
        phrases: dict[str, list[tuple[str, ...]]] = {}
        starts: dict[str, str] = {}
        pieces: list[str] = []
        for entry in kept:
            words = _entry_words(entry)
            if script_of(entry) in _UNSPACED:
                pieces.append("".join(words))
            elif entry.endswith("*"):
                if len(words) != 1 or len(words[0]) < 3:
                    raise WordListError(
                        f"{entry!r}: a beginning is one word of three letters or more with a * behind it"
                    )
                starts[words[0]] = entry
            else:
                phrases.setdefault(words[0], []).append(words)
        return cls(kept, {first: tuple(rest) for first, rest in phrases.items()}, starts, tuple(pieces))

    def find(self, text: str) -> str:
        """The first entry's folded form that stands in the text, or ""."""
        if not self.entries:
            return ""
        tokens = list(_tokens(text))
        if self._pieces:
            joined = "".join(forms[0] for forms in tokens)
            for piece in self._pieces:
                if piece in joined:
                    return piece
        lengths = {len(start) for start in self._starts}
        for place, forms in enumerate(tokens):
            for form in forms:
                for phrase in self._phrases.get(form, ()):
                    if _stands(phrase, tokens, place):
                        return " ".join(phrase)
                for length in lengths:
                    if form[:length] in self._starts:
                        return form[:length] + "*"
        return ""


def _stands(phrase: tuple[str, ...], tokens: list[tuple[str, ...]], place: int) -> bool:
    if place + len(phrase) > len(tokens):
        return False
    return all(word in tokens[place + i] for i, word in enumerate(phrase[1:], start=1))


def _entry_words(entry: str) -> tuple[str, ...]:
    if len(entry) > LONGEST_ENTRY:
        raise WordListError(f"{entry[:30]!r}… has {len(entry)} characters: at most {LONGEST_ENTRY} are read")
    words = tuple(forms[0] for forms in _tokens(entry))
    if not words:
        raise WordListError(f"{entry!r}: there is no word in it")
    return words


def _tokens(text: str) -> Iterator[tuple[str, ...]]:
    """The words of a text, each with the forms it may be meant as; single letters in a row make one more word."""
    spaced: list[str] = []
    for token in _TOKEN.findall(folded(text)):
        forms = _forms(token)
        if len(forms[0]) == 1:
            spaced.append(forms[0])
        else:
            if len(spaced) > 2:
                yield ("".join(spaced),)
            spaced.clear()
        yield forms
    if len(spaced) > 2:
        yield ("".join(spaced),)


@lru_cache(maxsize=20_000)
def _forms(token: str) -> tuple[str, ...]:
    plain = undisguised(token.translate(_MARKS))
    forms = [plain]
    read = plain.translate(_SIGNS) if not plain.isalpha() and not plain.isdecimal() else plain
    for form in (read, _LONG_RUN.sub(r"\1", read), _LONG_RUN.sub(r"\1\1", read)):
        if form not in forms:
            forms.append(form)
    return tuple(forms)
