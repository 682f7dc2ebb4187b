"""Word classes for finding who speaks: one hand-written table a language, read into a dictionary.

A table gives, for each class, the words of it in lower case. Unknown words are classed by their shape (`classes`).
Nothing here was counted from texts; a speaker of the language can check a table by reading it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from unicodedata import combining, normalize

from . import names
from .classes import Cls

LANGUAGES = ("en", "de", "fr", "es")


@cache
def table(lang: str) -> dict[str, int]:
    """Word, as written in lower case -> class, for a language of LANGUAGES; empty for any other."""
    if lang not in LANGUAGES:
        return {}
    words: dict[str, int] = {}
    for name, listed in vars(import_module(f".{lang}", __name__)).items():
        if name.isupper() and hasattr(Cls, name):
            for word in listed.split():
                words.setdefault(word, getattr(Cls, name))
    return words


@cache
def first_names() -> tuple[frozenset[str], frozenset[str]]:
    """First names of women, and of men; names of both are in neither. Without accents."""
    female, male = frozenset(_plain(names.FEMALE).split()), frozenset(_plain(names.MALE).split())
    return female - male, male - female


@cache
def not_people() -> frozenset[str]:
    """Places, and last words of the names of bodies."""
    return frozenset(
        entry.strip() for entry in (names.PLACES + "," + names.BODIES.strip().replace(" ", ",")).split(",")
    )


def _plain(listed: str) -> str:
    return "".join(c for c in normalize("NFD", listed) if not combining(c))


@cache
def gendered(lang: str) -> tuple[frozenset[str], frozenset[str]]:
    """Titles and roles that say a woman is meant, and those that say a man is."""
    if lang not in LANGUAGES:
        return frozenset(), frozenset()
    module = import_module(f".{lang}", __name__)
    return frozenset(module.FEMALE.split()), frozenset(module.MALE.split())
