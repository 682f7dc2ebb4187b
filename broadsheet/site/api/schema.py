"""Dataclasses as JSON Schema (the dialect of OpenAPI 3.1), and as plain values. Pure."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from inspect import getdoc
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

_PLAIN: Mapping[type, Mapping[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
}
_FORMATS = frozenset({"uri-reference"})


def schemas_of(shapes: Iterable[type]) -> dict[str, dict[str, Any]]:
    """Schemas of these dataclasses and of all they hold, by name, for `components/schemas`."""
    found: dict[str, dict[str, Any]] = {}
    for shape in shapes:
        _describe(shape, found)
    return dict(sorted(found.items()))


def reference(shape: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


def as_plain(value: Any) -> Any:
    """A shape as values that JSON can write. Times are RFC 3339 in UTC."""
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value


def _describe(shape: type, found: dict[str, dict[str, Any]]) -> None:
    if shape.__name__ in found:
        return
    hints = get_type_hints(shape, include_extras=True)
    schema: dict[str, Any] = {"type": "object", "description": " ".join((getdoc(shape) or "").split())}
    found[shape.__name__] = schema
    schema["properties"] = {name: _schema(hint, found) for name, hint in hints.items()}
    schema["required"] = list(hints)
    schema["additionalProperties"] = False


def _schema(hint: Any, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *words = get_args(hint)
        schema = _schema(inner, found)
        for word in words:
            schema = {**schema, "format": word} if word in _FORMATS else {**schema, "description": word}
        return schema
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(part, found) for part in get_args(hint)]}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0], found)}
    if hint is types.NoneType:
        return {"type": "null"}
    if is_dataclass(hint):
        _describe(hint, found)  # type: ignore[arg-type]  # a class, as only hints come here
        return dict(reference(hint))  # type: ignore[arg-type]
    return dict(_PLAIN[hint])
