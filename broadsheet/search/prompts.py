"""What a reader may be about to type: sections, sources and topics by the beginnings of their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.db import connection

from broadsheet.articles.models import Topic
from broadsheet.articles.queries import sections
from broadsheet.prepared import Prepared, ask
from broadsheet.search.engines import rows_in
from broadsheet.search.grammar import clean
from broadsheet.search.terms import terms
from broadsheet.sources.models import Publisher

READ = 300
"""Keys read for one answer."""
MOST_WORDS = 4
"""Words of a name under whose beginning it is found."""
OPENING = 2
"""Characters up to which the most frequent are found by an index of their own."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """kind: section, source, or that of the topic (person, place …). path: its page on this site."""

    kind: str
    label: str
    path: str


def suggest(prefix: str, limit: int = 8) -> list[Suggestion]:
    """What a few typed letters may mean, the most frequent first. At most four small queries."""
    key = _folded(clean(prefix)[:LONGEST])
    if not key:
        return []
    found = _sections(key)
    keys = _starting_with(key)
    topics = {row.pk: row for row in _TOPICS([target for kind, target in keys if kind == "topic"])}
    publishers = {row.pk: row for row in _PUBLISHERS([target for kind, target in keys if kind == "publisher"])}
    for kind, target in keys:
        if kind == "topic" and target in topics:
            found.append(Suggestion(topics[target].kind, topics[target].name, topics[target].path))
        elif kind == "publisher" and target in publishers:
            found.append(Suggestion("source", publishers[target].name, publishers[target].path))
    return found[: max(limit, 0)]


_TOPICS = Prepared(lambda ids: Topic.objects.filter(pk__in=ids))
_PUBLISHERS = Prepared(lambda ids: Publisher.objects.filter(pk__in=ids))


def publishers_called(name: str) -> list[int]:
    """Publishers whose slug, host, or name from the beginning of a word, is this. At most `READ`."""
    own = [row[0] for row in rows_in("SELECT id FROM sources_publisher WHERE slug IN", [name.lower()])]
    return own or [target for kind, target in _starting_with(_folded(name[:LONGEST])) if kind == "publisher"]


def count_topics(counts: Mapping[int, int]) -> None:
    """Add to the number of articles that name each topic."""
    names = Topic.objects.filter(pk__in=counts).values_list("pk", "name")
    _count("topic", ((pk, key, counts[pk]) for pk, name in names for key in _keys(name)))


def count_publishers(counts: Mapping[int, int]) -> None:
    """Add to the number of articles of each publisher."""
    rows = Publisher.objects.filter(pk__in=counts).values_list("pk", "name", "home")
    _count(
        "publisher", ((pk, key, counts[pk]) for pk, name, home in rows for key in [*_keys(name), _host(home)] if key)
    )


def _count(kind: str, rows: Iterable[tuple[int, str, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_prompt(key, opening, kind, target, articles) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (key, kind, target) DO UPDATE SET articles = search_prompt.articles + excluded.articles",
            sorted({(key, key[:OPENING], kind, target, times) for target, key, times in rows}),
        )


def _starting_with(key: str) -> list[tuple[str, int]]:
    """(kind, id) of what has a key that starts so, the most frequent first."""
    if not key:
        return []
    if len(key) == OPENING:
        sql, values = "opening = %s ORDER BY articles DESC", [key]
    elif len(key) < OPENING:
        sql, values = "opening >= %s AND opening < %s ORDER BY opening", [key, key + "\U0010ffff"]
    else:
        sql, values = "key >= %s AND key < %s ORDER BY key", [key, key + "\U0010ffff"]
    rows = ask(f"SELECT kind, target, articles FROM search_prompt WHERE {sql} LIMIT {READ}", values)
    best: dict[tuple[str, int], int] = {}
    for kind, target, articles in rows:
        best[kind, target] = max(articles, best.get((kind, target), 0))
    return sorted(best, key=lambda one: (-best[one], one))


def _sections(key: str) -> list[Suggestion]:
    return [
        Suggestion("section", row.name, row.path)
        for row in sections()
        if any(k.startswith(key) for k in _keys(row.name))
    ]


@lru_cache(maxsize=256)
def _keys(name: str) -> list[str]:
    """The name from each of its first words on."""
    words = _folded(name[:LONGEST]).split()
    return [" ".join(words[start:]) for start in range(min(len(words), MOST_WORDS))]


def _folded(text: str) -> str:
    """Words without case, accents and width. What has no spaces is cut in pieces; beginnings stay beginnings."""
    return " ".join("".join(terms(word, "")) for word in text.split())


def _host(home: str) -> str:
    return _folded((urlsplit(home).hostname or "").removeprefix("www."))
