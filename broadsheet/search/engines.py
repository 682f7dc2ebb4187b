"""Two engines behind one analyser: FTS5 on SQLite, text search on PostgreSQL.

Both hold the same terms under the same places, and answer the same question: the newest places that match. Neither
ranks: `ranking` does, from what both return alike. Places run with the time of publication (`terms.place_of`), filters
are terms too (`terms.mark`), so an answer never reads more than a bounded run of the newest matches.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, transaction

from broadsheet.prepared import ask

CONSIDERED = 600
"""Newest matches that are ranked."""
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Document:
    """Terms of one article, joined by spaces, field by field. fields: what ranking reads, see `ranking`."""

    place: int
    article: int
    language: str
    fields: str
    headline: str
    authors: str
    publisher: str
    body: str
    marks: str

    @property
    def columns(self) -> tuple[str, str, str, str, str]:
        return self.headline, self.authors, self.publisher, self.body, self.marks


@dataclass(frozen=True, slots=True)
class Clause:
    """Alternatives of which one must match (with `without`: none may). Each alternative is a run of terms.

    field: "authors" for those alone, "" for all.
    """

    alternatives: tuple[tuple[str, ...], ...]
    without: bool = False
    field: str = ""


Match = tuple[int, int, str, str]
"""A match and what ranking needs to know of it: place, article, language, `Document.fields`. As the database hands it
out: there are six hundred to a search."""


class Engine(Protocol):
    """Where terms are kept and found."""

    table: str
    """Where its own half of the index lies, by place; the other half is `search_document`."""

    def put(self, documents: Sequence[Document]) -> None:
        """Index these, in place of what may stand there."""
        ...

    def remove(self, places: Sequence[int]) -> None:
        """Forget what stands there."""
        ...

    def find(self, clauses: Sequence[Clause], oldest: int, newest: int, limit: int) -> list[Match]:
        """The newest matches, oldest <= place <= newest, newest first; at least one clause must be positive."""
        ...

    def tidy(self) -> bool:
        """Do a bounded piece of upkeep. Returns whether there is more to do."""
        ...


_MATCHES = "SELECT d.place, d.article_id, d.language, d.fields FROM ("
_JOINS = ") f {join} search_document d ON d.place = f.place ORDER BY f.place DESC"


class SqliteEngine:
    """An FTS5 table without content. To take an entry out it must be told what went in: that is kept packed."""

    table = "search_packed"

    def put(self, documents: Sequence[Document]) -> None:
        self.remove([row.place for row in documents])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_fts(rowid, headline, authors, publisher, body, marks)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [(row.place, *row.columns) for row in documents],
            )
            cursor.executemany(
                "INSERT INTO search_packed(place, terms) VALUES (%s, %s)",
                [(row.place, zlib.compress(SEPARATOR.join(row.columns).encode(), 1)) for row in documents],
            )

    def remove(self, places: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            for place in places:
                cursor.execute("SELECT terms FROM search_packed WHERE place = %s", [place])
                row = cursor.fetchone()
                if row is None:
                    continue
                cursor.execute(
                    "INSERT INTO search_fts(search_fts, rowid, headline, authors, publisher, body, marks)"
                    " VALUES ('delete', %s, %s, %s, %s, %s, %s)",
                    [place, *zlib.decompress(row[0]).decode().split(SEPARATOR)],
                )
                cursor.execute("DELETE FROM search_packed WHERE place = %s", [place])

    def find(self, clauses: Sequence[Clause], oldest: int, newest: int, limit: int) -> list[Match]:
        sql = (
            _MATCHES + "SELECT rowid AS place FROM search_fts WHERE search_fts MATCH %s AND rowid BETWEEN %s AND %s"
            " ORDER BY rowid DESC LIMIT %s" + _JOINS.format(join="CROSS JOIN")
        )
        return _matches(sql, [_fts5(clauses), oldest, newest, limit])

    def tidy(self) -> bool:
        with connection.cursor() as cursor:
            before = _changes(cursor)
            cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('merge', 500)")
            # A merge that had nothing to do changes fewer than two rows (sqlite.org/fts5.html#the_merge_command).
            return _changes(cursor) - before >= 2


EVERYWHERE = 0.15
"""Share of the rows from which the newest are looked through one by one before the index is asked."""
PROBED = 6_000
"""Rows looked through so: enough for `CONSIDERED` matches with some to spare."""
_POSTGRES_NEWEST = (
    _MATCHES + "SELECT place FROM (SELECT place, terms FROM search_terms WHERE place BETWEEN %s AND %s"
    " ORDER BY place DESC LIMIT %s) p WHERE terms @@ %s::tsquery ORDER BY place DESC LIMIT %s"
) + _JOINS.format(join="JOIN")
_POSTGRES_ALL = (
    "WITH found AS MATERIALIZED (SELECT place FROM search_terms WHERE terms @@ %s::tsquery"
    " AND place + 0 BETWEEN %s AND %s) " + _MATCHES + "SELECT place FROM found ORDER BY place DESC LIMIT %s"
) + _JOINS.format(join="JOIN")


class PostgresEngine:
    """A column of terms with a GIN index. The terms are written as they are: no parser of the server sees them.

    The planner takes words for independent of each other, and would look through all rows, newest first, for two that
    never meet. So the two ways are kept apart: the newest rows for what stands everywhere, the index for all else.
    """

    table = "search_terms"

    def put(self, documents: Sequence[Document]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_terms(place, terms) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (place) DO UPDATE SET terms = EXCLUDED.terms",
                [(row.place, _tsvector(row)) for row in documents],
            )

    def remove(self, places: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_terms WHERE place = ANY(%s)", [list(places)])

    def find(self, clauses: Sequence[Clause], oldest: int, newest: int, limit: int) -> list[Match]:
        query = _tsquery(clauses)
        if _stands_everywhere(query):
            found = _matches(_POSTGRES_NEWEST, [oldest, newest, PROBED, query, limit])
            if len(found) >= limit:
                return found
        with transaction.atomic(), connection.cursor() as cursor:
            # Comparing a row's terms is dear, which the planner does not know: it would look through the whole table,
            # or the whole range of places; the sum keeps it from that.
            cursor.execute("SET LOCAL enable_seqscan = off")
            return _matches(_POSTGRES_ALL, [query, oldest, newest, limit])

    def tidy(self) -> bool:
        """The server's own vacuum does it."""
        return False


def engine() -> Engine:
    """The engine of the database in use."""
    return PostgresEngine() if connection.vendor == "postgresql" else SqliteEngine()


def _stands_everywhere(query: str) -> bool:
    """What the server's own statistics expect. No, while it has none."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT 1 FROM search_terms WHERE terms @@ %s::tsquery", [query])
        expected = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'search_terms'::regclass")
        return bool(expected >= EVERYWHERE * cursor.fetchone()[0] > 0)


def _matches(sql: str, parameters: Sequence[Any]) -> list[Match]:
    found: list[Any] = ask(sql, parameters)
    return found


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def _fts5(clauses: Sequence[Clause]) -> str:
    wanted = [_fts5_clause(clause) for clause in clauses if not clause.without]
    unwanted = [_fts5_clause(clause) for clause in clauses if clause.without]
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _fts5_clause(clause: Clause) -> str:
    return (f"{clause.field} : " if clause.field else "") + _any(clause, " OR ", _fts5_run)


def _fts5_run(terms: Sequence[str]) -> str:
    return '"' + " ".join(term.replace('"', "") for term in terms) + '"'


_WEIGHTS = {"headline": "A", "authors": "B", "publisher": "C", "body": "D"}
_LAST_POSITION = 16_383
"""Of a tsvector; the server counts no further."""


def _tsvector(row: Document) -> str:
    """Each term with its positions and field, as the server writes it itself. Fields lie apart, as in FTS5."""
    positions: dict[str, list[str]] = {term: [] for term in row.marks.split()}
    place = 0
    for (name, weight), text in zip(_WEIGHTS.items(), row.columns, strict=False):
        del name
        for term in text.split():
            place += 1
            positions.setdefault(term, []).append(f"{min(place, _LAST_POSITION)}{weight}")
        place += 1
    return " ".join(_quoted(term) + (":" + ",".join(at) if at else "") for term, at in positions.items())


def _tsquery(clauses: Sequence[Clause]) -> str:
    return " & ".join(("!" if clause.without else "") + _tsquery_clause(clause) for clause in clauses)


def _tsquery_clause(clause: Clause) -> str:
    weight = ":" + _WEIGHTS[clause.field] if clause.field else ""

    def run(terms: Sequence[str]) -> str:
        return "(" + " <-> ".join(_quoted(term) + weight for term in terms) + ")"

    return _any(clause, " | ", run)


def _quoted(term: str) -> str:
    return "'" + term.replace("'", "").replace("\\", "") + "'"


def _any(clause: Clause, word: str, run: Callable[[Sequence[str]], str]) -> str:
    return "(" + word.join(run(terms) for terms in clause.alternatives) + ")"


def places_taken(places: Iterable[int]) -> set[int]:
    """Which of these places hold a document."""
    return {row[0] for row in rows_in("SELECT place FROM search_document WHERE place IN", places)}


def rows_in(sql: str, values: Iterable[Any], *before: Any) -> list[tuple[Any, ...]]:
    """The rows of a query that ends with a list of values; nothing is asked for an empty one. before: parameters."""
    listed = list(values)
    if not listed:
        return []
    return ask(f"{sql} ({', '.join(['%s'] * len(listed))})", [*before, *listed])
