"""What a query string asks of a list, read strictly: a word that cannot be meant is told, never dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from broadsheet.site.api.answers import ApiError
from broadsheet.site.api.cursors import CursorError, read_cursor, write_cursor
from broadsheet.site.head import absolute
from broadsheet.site.requests import LONGEST_QUERY, query_words

LIMIT, MOST = 30, 100
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
LONGEST_WORD = 200


@dataclass(frozen=True, slots=True)
class Parameter:
    """A word of a query. choices: what it may be; empty for any line."""

    name: str
    help: str
    choices: tuple[str, ...] = ()
    is_number: bool = False
    is_required: bool = False


CURSOR = Parameter("cursor", "Where to go on: follow `next` as it is given.")
LIMIT_WORD = Parameter("limit", f"Rows of a page, 1 to {MOST}; {LIMIT} without it.", is_number=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """words: what was said, checked. path: of the list."""

    path: str
    words: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.words.get(name, "")

    def number(self, name: str) -> int | None:
        return int(self.words[name]) if name in self.words else None

    @property
    def limit(self) -> int:
        return min(self.number("limit") or LIMIT, MOST)

    def after(self, name: str, *kinds: type[int | float]) -> tuple[int | float, ...] | None:
        """The place to go on from. Raises ApiError for a cursor of another list."""
        if "cursor" not in self.words:
            return None
        try:
            return read_cursor(self.words["cursor"], name, kinds)
        except CursorError as error:
            raise ApiError(400, str(error)) from error

    def following(self, name: str, *place: float) -> str:
        """The address of the page after this place."""
        return absolute(f"{self.path}?{urlencode({**self.words, 'cursor': write_cursor(name, place)})}")


def read_asked(path: str, query: str, parameters: tuple[Parameter, ...]) -> Asked:
    """What is asked of the list at `path`. Raises ApiError for words it does not know or cannot take."""
    if len(query) > LONGEST_QUERY:
        raise ApiError(400, f"The query is longer than {LONGEST_QUERY} characters.")
    known = {parameter.name: parameter for parameter in parameters}
    words = {}
    for name, value in query_words(query).items():
        if name not in known:
            raise ApiError(400, f"There is no parameter “{name[:40]}” here; there are {', '.join(sorted(known))}.")
        value = " ".join("".join(char if char.isprintable() else " " for char in value).split())
        if value:
            words[name] = _checked(known[name], value)
    for parameter in parameters:
        if parameter.is_required and parameter.name not in words:
            raise ApiError(400, f"The parameter “{parameter.name}” is missing.")
    return Asked(path, words)


def _checked(parameter: Parameter, value: str) -> str:
    if parameter.is_number and not _NUMBER.fullmatch(value):
        raise ApiError(400, f"The parameter “{parameter.name}” wants a whole number above 0.")
    if parameter.choices and value not in parameter.choices:
        raise ApiError(400, f"The parameter “{parameter.name}” wants one of {', '.join(parameter.choices)}.")
    longest = LONGEST_WORD if parameter.name != "q" else 300
    if len(value) > longest:
        raise ApiError(400, f"The parameter “{parameter.name}” is longer than {longest} characters.")
    return value
