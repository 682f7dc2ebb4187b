"""A JSON field that is stored packed, for what is read one row at a time: bodies and revisions."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.db import models


class PackedJSONField(models.BinaryField):  # type: ignore[type-arg]  # generic in the stubs only
    """JSON values as zlib-packed bytes: about a quarter of the room, not searchable in the database."""

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Any:
        return None if value is None else json.loads(zlib.decompress(value))

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value
