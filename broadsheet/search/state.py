"""What the index knows of itself: which version made it, how far a rebuild has come, whether it fits the articles."""

from __future__ import annotations

from django.db import connection

from broadsheet.search.terms import VERSION


def read_state(name: str) -> str:
    """A value noted before, or an empty string."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM search_state WHERE name = %s", [name])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def write_state(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_state(name, value) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )


def note_version() -> None:
    """A new index is of this version; one that exists keeps the version it was begun with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_state(name, value) VALUES ('version', %s) ON CONFLICT (name) DO NOTHING", [VERSION]
        )
