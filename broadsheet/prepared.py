"""Querysets that are turned into SQL once: later runs only bind values and build rows.

Building SQL is nine tenths of what a small query costs in Django (1.4 ms of 1.5 for a story's articles, measured), and
a page asks the same few questions each time. A prepared query asks exactly what its queryset asks, and returns the same
model instances; a test holds each of them to that. It leans on the compiler of Django 5.2, which is pinned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, wraps
from threading import local
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.db.models import BooleanField, DateTimeField, JSONField, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable

Row = TypeVar("Row")
Asked = ParamSpec("Asked")
Told = TypeVar("Told")
Value = int | str | datetime | Collection[int] | Collection[str]
_NUMBER = 7_000_000_000_000_000_000
_Convert = Callable[[Any], Any]
_Binding = tuple[tuple[int | None, Any], ...]
_STAND_IN = datetime(1971, 2, 3, tzinfo=UTC)


class Prepared(Generic[Row]):
    """A queryset made by `build` from values, prepared for each shape of them.

    build: gets stand-ins of the same types; it may filter with them, but not decide by them. What it must decide by,
    such as a page's limits, is passed by keyword and prepared for each value.
    remembered: of how many rows what was made is kept, and handed out again wherever the database tells the same of a
    row. Others hold it too, so nobody may change it.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *, remembered: int = 0) -> None:
        self._build = build
        self._remembered = remembered
        self._plans: dict[Hashable, _Plan] = {}

    def __call__(self, *values: Value, **shape: Hashable) -> list[Row]:
        """The rows, in the queryset's order. Nothing is asked, and nothing found, when a collection is empty."""
        lists = [_padded(value) if _is_list(value) else value for value in values]
        if any(_is_list(value) and not value for value in lists):
            return []
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, *map(_shape, lists), *sorted(shape.items()))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._prepare(lists, shape)
        found: list[Row] = plan.rows(ask(plan.sql, plan.bind(_flat(lists))))
        return found

    def _prepare(self, values: list[Any], shape: dict[str, Hashable]) -> _Plan:
        standins, places = _stand_ins(values)
        queryset = self._build(*standins, **shape)
        kind = queryset._iterable_class  # noqa: SLF001  # which kind of rows is not told otherwise
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        sql, binding = _written(
            sql, [(places.get(_hashable(found)), found) for found in parameters], connection.vendor == "sqlite"
        )
        used = {place for place, _constant in binding if place is not None}
        if used != set(range(len(places))):
            raise TypeError("a prepared query must use every value it is given")
        plan = _Plan.of(compiler, sql, binding, kind)
        return replace(plan, make=_remembering(plan.make, self._remembered)) if self._remembered else plan


def ask(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query with Django's placeholders.

    On SQLite past the cursors that Django puts around the driver's, which take as long as a small query, unless
    somebody looks on: then each query is told of.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    if not _is_unwatched_sqlite(database):
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
    database.ensure_connection()
    with database.wrap_database_errors:
        found: list[tuple[Any, ...]] = database.connection.execute(_as_sqlite(sql), values).fetchall()
    return found


def _is_unwatched_sqlite(database: Any) -> bool:
    is_watched = database.queries_logged or database.execute_wrappers or database.needs_rollback
    return database.vendor == "sqlite" and not is_watched


def until_written(read: Callable[Asked, Told]) -> Callable[Asked, Told]:
    """The same reading, whose answers hold as long as nothing at all is written to the database.

    For the small tables that every page asks and hardly anybody changes. SQLite tells in three microseconds whether
    another connection wrote; what this one wrote it counts. Where that cannot be told, and inside transactions, which
    may be undone, `read` is asked each time. Its arguments are few; nobody may change what it returns.
    """
    kept = local()

    @wraps(read)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Told:
        state = _state_of(connections[DEFAULT_DB_ALIAS])
        if state is None:
            return read(*args, **kwargs)
        if getattr(kept, "state", None) != state:
            kept.state, kept.answers = state, {}
        asked = args, tuple(kwargs.items())
        if asked not in kept.answers:
            # Read after the state: what is written in between may be in the answer already, never the reverse.
            kept.answers[asked] = read(*args, **kwargs)
        found: Told = kept.answers[asked]
        return found

    return answer


def _state_of(database: Any) -> tuple[Any, int, int] | None:
    """Differs from an earlier one when something was written since; None where that cannot be told."""
    if not _is_unwatched_sqlite(database) or database.connection is None or database.connection.in_transaction:
        return None
    with database.wrap_database_errors:
        ((version,),) = database.connection.execute("PRAGMA data_version").fetchall()
    return database.connection, version, database.connection.total_changes


@lru_cache(maxsize=4096)
def _as_sqlite(sql: str) -> str:
    """With the driver's own placeholders, by Django's rule."""
    return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")


@dataclass(frozen=True, slots=True)
class _Plan:
    """SQL and how to make rows of what it finds."""

    sql: str
    binding: _Binding
    make: _Make

    @classmethod
    def of(cls, compiler: Any, sql: str, binding: _Binding, kind: type[Any]) -> _Plan:
        fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
        converters = {
            place: _converter(tuple(found), expression)
            for place, (found, expression) in compiler.get_converters(fields).items()
        }
        if kind is ModelIterable:
            return cls(sql, binding, _maker(compiler.klass_info, compiler.select, converters))
        return cls(sql, binding, _values(len(fields), converters, is_flat=kind is FlatValuesListIterable))

    def bind(self, values: list[Any]) -> list[Any]:
        return [constant if place is None else values[place] for place, constant in self.binding]

    def rows(self, found: Iterable[tuple[Any, ...]]) -> list[Any]:
        make, known = self.make, _Known()
        return [make(row, known) for row in found]


def _remembering(make: _Make, count: int) -> _Make:
    """The same, made once for equal rows."""
    known = _Known(lasts=True)

    @lru_cache(count)
    def made(row: Sequence[Any]) -> Any:
        if len(known) > count:
            known.clear()
        return make(row, known)

    return lambda row, _known: made(row)


def _converter(converters: Sequence[Callable[[Any, Any, Any], Any]], expression: Any) -> Callable[[Any], Any]:
    """From what the database driver returns to what the field holds."""
    field = expression.output_field
    if connection.vendor == "sqlite" and isinstance(field, DateTimeField | BooleanField):
        return stored_moment if isinstance(field, DateTimeField) else bool
    if isinstance(field, JSONField):
        return lambda value: {} if value == "{}" else [] if value == "[]" else _converted(value, converters, expression)
    return lambda value: _converted(value, converters, expression)


def _converted(value: Any, converters: Sequence[Callable[[Any, Any, Any], Any]], expression: Any) -> Any:
    for convert in converters:
        value = convert(value, expression, connections[DEFAULT_DB_ALIAS])
    return value


def stored_moment(value: datetime | str) -> datetime:
    """SQLite holds times in UTC and does not say so. What Django's converter makes of it, at a tenth of its time."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC)


class _Stored(ModelState):
    """What `Model.from_db` notes on each instance, once for all of them."""

    adding = False
    db = DEFAULT_DB_ALIAS


class _Shared(_Stored):
    """Of instances that are remembered."""


def is_remembered(row: Model) -> bool:
    """Whether this very instance will be found again as long as the database tells the same of it."""
    return isinstance(row._state, _Shared)  # noqa: SLF001  # documented, in spite of its name


class _Known(dict[tuple[int, Any], Any]):
    """Instances that several rows relate to, by the column of their key and what tells them apart: each is made once.

    That is the key alone within one answer; where rows of several answers meet, all that is told of them.
    """

    def __init__(self, *, lasts: bool = False) -> None:
        super().__init__()
        self.lasts = lasts


_Make = Callable[[Sequence[Any], _Known], Any]


def _maker(info: Any, select: Any, converters: Mapping[int, _Convert]) -> _Make:
    """What `Model.from_db` does, without the generality of `Model.__init__`: half of a page's time went there."""
    columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    names = tuple(selected[0].target.attname for selected in select[columns])
    converted = tuple(
        (name, converters[place]) for place, name in enumerate(names, columns.start) if place in converters
    )
    relations = tuple(_relation(related, select, converters) for related in info.get("related_klass_infos", ()))
    model = info["model"]
    new = model.__new__

    def make(row: Sequence[Any], known: _Known) -> Any:
        made = new(model)
        made.__dict__ = values = dict(zip(names, row[columns], strict=True))
        for name, convert in converted:
            if values[name] is not None:  # no field of ours makes something of nothing
                values[name] = convert(values[name])
        made._state = _Shared() if known.lasts else _Stored()  # noqa: SLF001  # as Model.__init__ does
        for relate in relations:
            relate(row, made, known)
        return made

    return make


def _relation(
    info: Any, select: Any, converters: Mapping[int, _Convert]
) -> Callable[[Sequence[Any], Any, _Known], None]:
    """What `RelatedPopulator.populate` does, with `_maker`."""
    if info["from_parent"]:
        raise TypeError("a prepared query cannot relate to a model that is stored in two tables")
    make, tell_owner, tell_related = _maker(info, select, converters), info["local_setter"], info["remote_setter"]
    primary = info["model"]._meta.pk  # noqa: SLF001  # documented, in spite of its name
    key = next(place for place in info["select_fields"] if select[place][0].target is primary)
    told = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    # What is related in turn is no part of these columns, so it could differ.
    is_shared = not info["field"].unique
    is_leaf = not info.get("related_klass_infos")

    def relate(row: Sequence[Any], owner: Any, known: _Known) -> None:
        value = row[key]
        if value is None:
            tell_owner(owner, None)
            return
        is_known = is_shared and (is_leaf or not known.lasts)
        mark = (key, row[told] if known.lasts else value)
        made = known.get(mark) if is_known else None
        if made is None:
            made = make(row, known)
            if is_known:
                known[mark] = made
        tell_owner(owner, made)
        tell_related(made, owner)

    return relate


def _values(count: int, converters: Mapping[int, _Convert], *, is_flat: bool) -> _Make:
    """Rows as they are, but for the columns that are stored otherwise than they are read."""
    if not converters:
        return (lambda row, _known: row[0]) if is_flat else (lambda row, _known: row[:count])

    def make(row: Sequence[Any], _known: _Known) -> Any:
        values = list(row[:count])
        for place, convert in converters.items():
            if values[place] is not None:
                values[place] = convert(values[place])
        return values[0] if is_flat else tuple(values)

    return make


_PLACEHOLDER = re.compile("%[s%]")


def _written(sql: str, binding: list[tuple[int | None, Any]], is_sqlite: bool) -> tuple[str, _Binding]:
    """The same with what never changes written out.

    SQLite plans a query anew, for each run of it, when a value that is bound decides whether a partial index will do:
    with the state of articles that took longer than the query itself.
    """
    if not is_sqlite:
        return sql, tuple(binding)
    left = iter(binding)
    kept: list[tuple[int | None, Any]] = []

    def write(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        place, constant = next(left)
        if place is None and (literal := _literal(constant)):
            return literal
        kept.append((place, constant))
        return found[0]

    return _PLACEHOLDER.sub(write, sql), tuple(kept)


def _literal(constant: object) -> str:
    """As SQL writes it; empty for what had better be bound."""
    if isinstance(constant, int):
        return str(int(constant))
    if isinstance(constant, str) and constant.isprintable():
        return "'" + constant.replace("'", "''").replace("%", "%%") + "'"
    return ""


def _stand_ins(values: list[Any]) -> tuple[list[Any], dict[Hashable, int]]:
    """Values nobody else uses, and the place of each among the flat values, as the database will be given them."""
    places: dict[Hashable, int] = {}

    def stand_in(value: Any) -> Any:
        place = len(places)
        if isinstance(value, datetime):
            made: Any = _STAND_IN + timedelta(seconds=place)
        elif isinstance(value, str):
            made = f"\x02{place}\x03"
        else:
            made = _NUMBER + place
        places[_hashable(_adapted(made))] = place
        return made

    standins = [[stand_in(one) for one in value] if isinstance(value, tuple) else stand_in(value) for value in values]
    return standins, places


def _flat(values: list[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        flat.extend(value) if isinstance(value, tuple) else flat.append(_adapted(value))
    return flat


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _hashable(value: Any) -> Hashable:
    return (type(value).__name__, str(value))


def _is_list(value: Any) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str)


def _padded(values: Any) -> tuple[Any, ...]:
    """Lengthened to a power of two by repeating the last, so that few shapes have to be prepared."""
    found = tuple(values)
    if not found:
        return found
    length = 1 << (len(found) - 1).bit_length()
    return found + (found[-1],) * (length - len(found))


def _shape(value: Any) -> Hashable:
    return (type(value[0]).__name__, len(value)) if isinstance(value, tuple) else type(value).__name__
