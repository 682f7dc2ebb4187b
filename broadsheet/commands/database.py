"""Bringing the database up to date, with a sentence for each thing that can be in the way."""

from __future__ import annotations

import os
from pathlib import Path

from broadsheet.commands.common import CommandError, start_django


def open_database(data: Path | None = None) -> None:
    """Start Django and bring the database up to date, creating it where there is none. Raises CommandError."""
    start_django(data)
    prepare_database()


def prepare_database() -> None:
    """Create or upgrade the database. Raises CommandError when it is newer than this program or cannot be used."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.utils import DatabaseError, OperationalError

    from broadsheet.articles.actions import ensure_sections
    from broadsheet.letters.starting import ensure_letters

    data: Path = settings.DATA
    check_folder(data)
    try:
        loader = MigrationLoader(connection)
        unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
        ours = {app.split(".")[-1] for app in settings.INSTALLED_APPS}
        unknown = [(app, name) for app, name in unknown if app in ours]
        if unknown:
            app, name = unknown[0]
            raise CommandError(
                f"The database {_place()} was made by a newer Broadsheet (it has {app}.{name}). "
                "Install that version again, or restore a backup made by this one. Nothing was changed."
            )
        if set(loader.disk_migrations) - set(loader.applied_migrations):
            call_command("migrate", verbosity=0, interactive=False)
        ensure_sections()
        ensure_letters()
    except OperationalError as error:
        raise CommandError(
            f"The database {_place()} cannot be opened: {error}. Is it in use, or the disk full?"
        ) from error
    except DatabaseError as error:
        raise CommandError(
            f"The database {_place()} cannot be read: {error}. Restore a backup, or move the file away to start anew."
        ) from error


def check_folder(data: Path) -> None:
    """Make the data folder where there is none. Raises CommandError when it cannot be written to."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"The data folder {data} cannot be made: {error.strerror}. Choose another with --data or BROADSHEET_DATA."
        ) from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise CommandError(
            f"The data folder {data} is not writable by this user. Change its owner, or choose another with --data."
        )


def _place() -> str:
    from django.conf import settings

    database = settings.DATABASES["default"]
    return str(database["NAME"])
