"""How often the pronoun that credits a quotation is given to the right person, on the articles of pronouns.txt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from broadsheet.quotes import Quote, find_quotes

from .data import Checked, Pronoun, checked_pronouns

NEAR = 80
"""Characters between a quotation and the pronoun that credits it."""


class Answer(NamedTuple):
    """A marked pronoun and the quotation it credits, None where none was found."""

    article: Checked
    pronoun: Pronoun
    quote: Quote | None

    @property
    def is_right(self) -> bool:
        """Whether the name given holds the word that was marked."""
        return self.quote is not None and self.pronoun.name in (self.quote.name or "").split()


def answers() -> Iterator[Answer]:
    """Every pronoun of the set, whole system: finding, crediting and resolving."""
    for article in checked_pronouns():
        quotes = find_quotes(article.text, article.lang)
        for pronoun in article.pronouns:
            yield Answer(article, pronoun, _credited(pronoun.start, quotes))


def nearest_name(article: Checked, pronoun: Pronoun) -> bool:
    """The baseline: whether the last capitalised word pair or known surname before the pronoun is right."""
    import re

    plain = re.sub(r'["“„«][^"”“»]*["”“»]', lambda m: " " * len(m[0]), article.text[: pronoun.start])
    names = re.findall(r"[A-ZÄÖÜÉ]\w+ ([A-ZÄÖÜÉ]\w+)", plain)
    known = set(names)
    words = [word for word in re.findall(r"\w+", plain) if word in known]
    return bool(words) and words[-1] == pronoun.name


def _credited(start: int, quotes: list[Quote]) -> Quote | None:
    for quote in quotes:
        if quote.speaker_start == start:
            return quote
    near = [q for q in quotes if 0 <= start - q.end < NEAR or 0 <= q.start - start < NEAR]
    return min(near, key=lambda q: min(abs(start - q.end), abs(q.start - start)), default=None)
