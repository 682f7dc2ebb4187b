"""Querysets that are turned into SQL once: later runs only bind values and build rows.

Building SQL is nine tenths of what a small query costs in Django (1.4 ms of 1.5 for a story's articles, measured), and
a page asks the same few questions each time. A prepared query asks exactly what its queryset asks, and returns the same
model instances; a test holds each of them to that. It leans on the compiler of Django 5.2, which is pinned.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BooleanField, DateTimeField, JSONField, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

Row = TypeVar("Row")
Value = int | str | datetime | Collection[int] | Collection[str]
_NUMBER = 7_000_000_000_000_000_000
_populators: Any = get_related_populators
"""Not typed: the stubs describe another version of Django's compiler."""
_STAND_IN = datetime(1971, 2, 3, tzinfo=UTC)


class Prepared(Generic[Row]):
    """A queryset made by `build` from values, prepared for each shape of them.

    build: gets stand-ins of the same types; it may filter with them, but not decide by them. What it must decide by,
    such as a page's limits, is passed by keyword and prepared for each value.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._plans: dict[Hashable, _Plan] = {}

    def __call__(self, *values: Value, **shape: Hashable) -> list[Row]:
        """The rows, in the queryset's order. Nothing is asked, and nothing found, when a collection is empty."""
        lists = [_padded(value) if _is_list(value) else value for value in values]
        if any(_is_list(value) and not value for value in lists):
            return []
        key = (connection.vendor, *map(_shape, lists), *sorted(shape.items()))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._prepare(lists, shape)
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, plan.bind(_flat(lists)))
            found: list[Row] = plan.rows(cursor.fetchall())
        return found

    def _prepare(self, values: list[Any], shape: dict[str, Hashable]) -> _Plan:
        standins, places = _stand_ins(values)
        queryset = self._build(*standins, **shape)
        kind = queryset._iterable_class  # noqa: SLF001  # which kind of rows is not told otherwise
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        binding = tuple(
            (places[_hashable(found)], None) if _hashable(found) in places else (None, found) for found in parameters
        )
        used = {place for place, _constant in binding if place is not None}
        if used != set(range(len(places))):
            raise TypeError("a prepared query must use every value it is given")
        return _Plan.of(compiler, sql, binding, kind)


@dataclass(frozen=True, slots=True)
class _Plan:
    """SQL and how to make rows of what it finds."""

    sql: str
    binding: tuple[tuple[int | None, Any], ...]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]
    make: Callable[[Sequence[Any]], Any]

    @classmethod
    def of(cls, compiler: Any, sql: str, binding: tuple[tuple[int | None, Any], ...], kind: type[Any]) -> _Plan:
        fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
        converters = tuple(
            (place, _converter(tuple(found), expression))
            for place, (found, expression) in compiler.get_converters(fields).items()
        )
        info = compiler.klass_info
        if kind is not ModelIterable:
            return cls(sql, binding, converters, itemgetter(0) if kind is FlatValuesListIterable else tuple)
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = tuple(selected[0].target.attname for selected in compiler.select[start:end])
        populators = _populators(info, compiler.select, connection.alias)
        relate = tuple(_populate(populator) for populator in populators)
        return cls(sql, binding, converters, _model_maker(info["model"], names, slice(start, end), relate))

    def bind(self, values: list[Any]) -> list[Any]:
        return [constant if place is None else values[place] for place, constant in self.binding]

    def rows(self, found: Iterable[tuple[Any, ...]]) -> list[Any]:
        converters, make = self.converters, self.make
        if not converters:
            return [make(row) for row in found]
        made = []
        for row in found:
            values = list(row)
            for place, convert in converters:
                if values[place] is not None:  # no field of ours makes something of nothing
                    values[place] = convert(values[place])
            made.append(make(values))
        return made


def _converter(converters: Sequence[Callable[[Any, Any, Any], Any]], expression: Any) -> Callable[[Any], Any]:
    """From what the database driver returns to what the field holds."""
    field = expression.output_field
    if connection.vendor == "sqlite" and isinstance(field, DateTimeField | BooleanField):
        return stored_moment if isinstance(field, DateTimeField) else bool
    if isinstance(field, JSONField):
        return lambda value: {} if value == "{}" else _converted(value, converters, expression)
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


def _model_maker(model: Any, names: Sequence[str], columns: slice, relate: Sequence[Any]) -> Callable[[Any], Any]:
    """What `Model.from_db` does, without the generality of `Model.__init__`: half of a page's time went there."""
    new = model.__new__

    def make(row: Sequence[Any]) -> Any:
        made = new(model)
        made.__dict__ = dict(zip(names, row[columns], strict=True))
        made._state = _Stored()  # noqa: SLF001  # as Model.__init__ does
        for populate in relate:
            populate(row, made)
        return made

    return make


def _populate(populator: Any) -> Callable[[Sequence[Any], Any], None]:
    """`RelatedPopulator.populate` with `_model_maker`."""
    further = tuple(_populate(related) for related in populator.related_populators)
    reorder = populator.reorder_for_init
    columns = slice(None) if reorder else slice(populator.cols_start, populator.cols_end)
    make, key = _model_maker(populator.model_cls, populator.init_list, columns, ()), populator.pk_idx

    def populate(row: Sequence[Any], owner: Any) -> None:
        values = reorder(row) if reorder else row[columns]
        if values[key] is None:
            populator.local_setter(owner, None)
            return
        made = make(values if reorder else row)
        for relate in further:
            relate(row, made)
        populator.local_setter(owner, made)
        populator.remote_setter(made, owner)

    return populate


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
