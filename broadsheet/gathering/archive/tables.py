"""Which tables an archive holds, how a row is written, and what a row is called where another one points to it.

Every model of this program is in, whichever room it comes from, unless `LEFT_OUT` says why not. Articles, stories and
comments keep their numbers, which are part of their addresses; so do rows that others point to and that have no name
of their own. All other rows are called by their natural key: a slug, a key, or the row they belong to.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Collate

from broadsheet.articles.fields import PackedJSONField

LEFT_OUT: Mapping[str, str] = {
    "finished.purge": "notes for running processes; finished pages are made anew",
    "stories.measured": "counts, which are taken again every hour",
    "readers.throttle": "counts of what was tried in the last hours",
    "readers.addresschange": "codes that are good for half an hour",
    "readers.meterbook": "allowances known only by tokens that readers' browsers hold for this site",
    "readers.meterpass": "the same",
}
NUMBERED = frozenset({"articles.article", "comments.comment", "stories.story"})
REPLACED = frozenset(
    {"articles.section", "letters.letter", "stories.groupingstream", "sources.authorityfile", "sources.fetchlog"}
)
"""Tables in which a fresh site may have rows: its sections and letters, and traces of what it fetched before."""
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a row. lookup: how it is asked for. target: the table it points to, if it does."""

    field: Any
    name: str
    lookup: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """name: "articles.article". key: the field other rows call a row by; None when that is its number, or nothing.

    columns: without the number. order: lookups that put the rows into the same order wherever they are kept.
    """

    name: str
    model: type[models.Model]
    key: str | None
    is_numbered: bool
    columns: tuple[Column, ...]
    order: tuple[str, ...]

    def rows(self) -> Iterable[Sequence[Any]]:
        """All rows in order, the number first if there is one. Streamed."""
        wanted = [*(["pk"] if self.is_numbered else []), *(column.lookup for column in self.columns)]
        found = self.model._base_manager.order_by(*map(self._ordering, self.order))
        return found.values_list(*wanted).iterator(chunk_size=500)

    def as_row(self, values: Sequence[Any]) -> dict[str, Any]:
        names = [*([NUMBER] if self.is_numbered else []), *(column.name for column in self.columns)]
        return {name: _plain(value) for name, value in zip(names, values, strict=True)}

    def _ordering(self, lookup: str) -> Any:
        """Letter by letter, as SQLite does; PostgreSQL would ask the country."""
        field = _field_at(self.model, lookup)
        if connection.vendor == "postgresql" and isinstance(field, (models.CharField, models.TextField)):
            return Collate(lookup, "C")
        return lookup


def tables() -> list[Table]:
    """All tables, each after those whose rows it calls by name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("broadsheet.") and model._meta.label_lower not in LEFT_OUT
    ]
    pointed_at = {
        field.related_model._meta.label_lower
        for model in found
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is not None and not isinstance(field.related_model, str)
    }
    names = {model._meta.label_lower: _natural_key(model) for model in found}
    numbered = NUMBERED | {
        name for name in pointed_at if names.get(name) is None and not _belongs_to_one(apps.get_model(name))
    }
    made = {model._meta.label_lower: _table(model, names, numbered) for model in found}
    needs = {
        name: sorted(
            {column.target for column in table.columns if column.target and column.target not in numbered} - {name}
        )
        for name, table in sorted(made.items())
    }
    return [made[name] for name in TopologicalSorter(needs).static_order()]


def _table(model: type[models.Model], names: Mapping[str, str | None], numbered: Iterable[str]) -> Table:
    label = model._meta.label_lower
    is_numbered = label in numbered
    key = None if is_numbered else names[label]
    columns = tuple(
        _column(field, names, numbered)
        for field in model._meta.concrete_fields
        if not (field.primary_key and not field.is_relation)
    )
    lookups = {column.name: column.lookup for column in columns}
    order = ("pk",) if is_numbered else (key,) if key else _order(model, lookups)
    return Table(label, model, key, is_numbered, columns, tuple(order))


def _column(field: Any, names: Mapping[str, str | None], numbered: Iterable[str]) -> Column:
    if not field.is_relation:
        return Column(field, field.name, field.name, None)
    target = field.related_model._meta.label_lower
    if target not in names:
        raise TypeError(f"{field} points to {target}, which no archive holds")
    if target in numbered:
        return Column(field, field.name, field.attname, target)
    if names[target] is None:  # it belongs to a numbered row and is called by that row's number
        return Column(field, field.name, field.attname, None)
    return Column(field, field.name, f"{field.name}__{names[target]}", target)


def _natural_key(model: type[models.Model]) -> str | None:
    """The one field that names a row, if there is one."""
    label = model._meta.label_lower
    if label in NUMBERED:
        return None
    single = [
        rule.fields[0]
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint) and len(rule.fields) == 1 and rule.condition is None
    ]
    single += [field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    plain = [name for name in single if isinstance(model._meta.get_field(name), (models.CharField, models.TextField))]
    return plain[0] if plain else None


def _belongs_to_one(model: type[models.Model]) -> bool:
    return bool(model._meta.pk is not None and model._meta.pk.is_relation)


def _order(model: type[models.Model], lookups: Mapping[str, str]) -> tuple[str, ...]:
    """By the fields that are unique together; a table without any keeps the order in which its rows came."""
    if _belongs_to_one(model):
        return ("pk",)
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.fields and rule.condition is None:
            return tuple(lookups.get(name, name) for name in rule.fields)
    return ("pk",)


def _field_at(model: type[models.Model], lookup: str) -> Any:
    field: Any = None
    for part in lookup.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        if field.is_relation and field.attname != part and field.related_model is not None:
            model = field.related_model
    return field


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, (bytes, memoryview)):
        return b64encode(bytes(value)).decode("ascii")
    if value is None or isinstance(value, (str, int, float, bool, list, dict)):
        return value
    return str(value)


# Reading values back


def reader_of(field: Any) -> Callable[[Any], Any]:
    """A function that takes what stands in a row for what belongs into the database. It raises ValueError."""
    return partial(_read, field)


def _read(field: Any, value: Any) -> Any:
    if value is None:
        if not field.null:
            raise ValueError("it is missing")
        return None
    if isinstance(field, (PackedJSONField, models.JSONField)):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(_text(value, None), validate=True)
    if isinstance(field, models.BooleanField):
        return _of_type(value, bool)
    if isinstance(field, models.DateTimeField):
        return _moment(value)
    if isinstance(field, models.IntegerField):
        return _whole(value, *connection.ops.integer_field_range(field.get_internal_type()))
    if isinstance(field, models.FloatField):
        return float(_of_type(value, (int, float)))
    if isinstance(field, (models.CharField, models.TextField)):
        return _text(value, field.max_length)
    return field.to_python(value)


def _text(value: Any, longest: int | None) -> str:
    text: str = _of_type(value, str)
    if "\x00" in text:
        raise ValueError("it holds a character that no text can")
    if longest is not None and len(text) > longest:
        raise ValueError(f"it is longer than {longest} characters")
    return text


def _whole(value: Any, least: int | None, most: int | None) -> int:
    number: int = _of_type(value, int)
    if (least is not None and number < least) or (most is not None and number > most):
        raise ValueError(f"{number} is out of range")
    return number


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(_text(value, 40))
    if found.tzinfo is None:
        raise ValueError("it has no time zone")
    return found


def _of_type(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"it is a {type(value).__name__}")
    return value
