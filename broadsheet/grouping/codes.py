"""Words as numbers: small to keep, quick to count and to look up, and the same in every process.

A code is 30 bits of CRC-32: of a hundred thousand words four or five pairs share one, which does no harm to
likenesses that rest on dozens.  The lowest bit says that the word begins with a digit, the next that it is as common
as "the", and says nothing but how words follow each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from zlib import crc32

from broadsheet.text.words import stems, words

_CACHED = 100_000
_WESTERN = "cp1252"
_SOFT_HYPHEN = b"\xad"
_OTHER = -1
"""Stands for what is not one word: no code is negative."""
_LONGEST = 64
"""Bytes of a token that is remembered."""
_NUMBER, _COMMON = 1, 2
_PIECES = 4
"""A run of a script without spaces has more terms than this and is met once: it is not worth remembering."""


class _Codes(dict[str, int]):
    """Code by term, worked out once while it stays in use."""

    def __missing__(self, term: str) -> int:
        if len(self) >= _CACHED:
            self.clear()
        found = self[term] = crc32(term.encode("utf-8", "surrogatepass")) & ~(_NUMBER | _COMMON) | term[0].isdigit()
        return found


class _Stems(dict[str, tuple[int, ...]]):
    """Codes of a word's stems by the word as written."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = self.of(word)
        if len(found) <= _PIECES:
            if len(self) >= _CACHED:
                self.clear()
            self[word] = found
        return found

    def of(self, word: str) -> tuple[int, ...]:
        found = tuple(map(code, stems([word], self.language)))
        return found or tuple(code(term) | _COMMON for term in stems([word], self.language, keep_common=True))


class _Western(dict[bytes, int]):
    """The one code of what stands between two spaces, `_OTHER` where it has none or several."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stems = _Stems(language)

    def __missing__(self, token: bytes) -> int:
        found = self.of(token)
        one = found[0] if len(found) == 1 else _OTHER
        if len(token) <= _LONGEST:
            if len(self) >= _CACHED:
                self.clear()
            self[token] = one
        return one

    def of(self, token: bytes) -> Sequence[int]:
        if token.isalpha():
            return self._stems.of(token.decode("ascii"))
        return [*chain.from_iterable(map(self._stems.of, words(token.decode(_WESTERN))))]


_codes = _Codes()
_stems = lru_cache(maxsize=64)(_Stems)
_western = lru_cache(maxsize=64)(_Western)

code = _codes.__getitem__
"""The number of one term, which must not be empty."""


def numbers(found: Iterable[int]) -> list[int]:
    """Places of those that begin with a digit."""
    return [place for place, term in enumerate(found) if term & _NUMBER]


def telling(found: Iterable[int]) -> list[int]:
    """Those that are not common."""
    return [term for term in found if not term & _COMMON]


def read_codes(text: str, language: str) -> list[int]:
    """Codes of the words as stems, in order, with repeats."""
    tokens = _tokens(text)
    if tokens is None:
        return [*chain.from_iterable(map(_stems(language[:2]).__getitem__, words(text)))]
    table = _western(language[:2])
    found = [*map(table.__getitem__, tokens)]
    if _OTHER in found:
        pairs = zip(found, tokens, strict=True)
        return [*chain.from_iterable([(one,) if one != _OTHER else table.of(token) for one, token in pairs])]
    return found


def _letters() -> bytes:
    """For each byte of `_WESTERN` its letter in lower case, or a space where no word has such a sign."""
    signs = [bytes([n]).decode(_WESTERN, "replace").lower() for n in range(256)]
    return b"".join(c.encode(_WESTERN) if c.isalnum() or c in "_.," else b" " for c in signs)


_LETTERS = _letters()


def _tokens(text: str) -> list[bytes] | None:
    """What holds the words of a text, each whole, in lower case; None where a letter is more than a byte.

    Parting bytes at spaces takes a third of the time of looking for words, which is then done once for each token.
    """
    try:
        western = text.encode(_WESTERN)
    except UnicodeEncodeError:
        return None
    if _SOFT_HYPHEN in western:
        return None
    return western.translate(_LETTERS).replace(b". ", b" ").replace(b", ", b" ").split()
