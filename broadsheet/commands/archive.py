"""`broadsheet export`, `import`, `backup` and `restore`: the newspaper as files."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from broadsheet.commands.common import CommandError, note, progress, say, start_django
from broadsheet.commands.database import open_database

if TYPE_CHECKING:
    from broadsheet.gathering.archive import Summary

INSIDE = "broadsheet.sqlite3"
BESIDE = (
    "pictures", "secret-key", "dkim.pem", "sample.json", "site.toml", "rates.toml", "logo.svg", "logo.png", "logo.webp",
)  # fmt: skip
SETTINGS_OF_SITE = {
    "name": "BROADSHEET_SITE_NAME",
    "address": "BROADSHEET_SITE_URL",
    "language": "BROADSHEET_LANGUAGE",
    "time_zone": "BROADSHEET_TIME_ZONE",
    "territory": "BROADSHEET_TERRITORY",
}
"""What an archive tells of its site that stands in the environment, and so is not taken over."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser("export", help="articles as JSON lines, or the whole site as one file")
    things = export.add_subparsers(dest="thing", metavar="WHAT", required=True)
    articles = things.add_parser("articles", help="one line for each article we keep, for the house's own use")
    articles.add_argument("--format", choices=("jsonl",), default="jsonl")
    articles.add_argument("--out", type=Path, help="file to write (default: standard output)")
    articles.add_argument("--announced", action="store_true", help="also those known from their feed only")
    articles.add_argument(
        "--for-others", action="store_true", help="only what the ledger allows to be passed on (default: all we keep)"
    )
    articles.set_defaults(run=run_export_articles)
    site = things.add_parser("site", help="everything in one archive, for `broadsheet import`; safe while running")
    site.add_argument("file", type=Path)
    site.set_defaults(run=run_export_site)
    bring = commands.add_parser("import", help="take an archive of a site over into an empty one")
    bring.add_argument("file", type=Path)
    bring.set_defaults(run=run_import)
    backup = commands.add_parser("backup", help="a copy of database and pictures in one file, safe while running")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="bring a backup back into an empty data folder")
    restore.add_argument("file", type=Path)
    restore.set_defaults(run=run_restore)
    for command in (articles, site, bring, backup, restore):
        command.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")


def run_export_articles(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.gathering.export import count_articles, export_articles

    out: IO[str] = chosen.out.open("w", encoding="utf-8") if chosen.out else sys.stdout
    done = 0
    with progress() as bar:
        task = bar.add_task("articles", total=count_articles(announced=chosen.announced)) if bar else None
        for row in export_articles(announced=chosen.announced, for_others=chosen.for_others):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            done += 1
            if bar is not None and task is not None:
                bar.advance(task)
    if chosen.out:
        out.close()
    note(f"{done} articles exported.")
    return 0


def run_export_site(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.gathering.archive import ArchiveError, export_site

    try:
        with _counting("exporting") as count:
            made = export_site(chosen.file, now=datetime.now(UTC), progress=count)
    except ArchiveError as error:
        raise CommandError(str(error)) from error
    size = chosen.file.stat().st_size / 1_000_000
    say(f"Exported {_told(made)} to {chosen.file} ({size:.1f} MB).")
    return 0


def run_import(chosen: argparse.Namespace) -> int:
    if not chosen.file.is_file():
        raise CommandError(f"There is no archive at {chosen.file}.")
    open_database(chosen.data)
    from django.conf import settings

    from broadsheet.gathering.archive import ArchiveError, import_site

    try:
        with _nobody_home(settings.DATA), _counting("importing") as count:
            made = import_site(chosen.file, now=datetime.now(UTC), progress=count)
    except ArchiveError as error:
        raise CommandError(f"{error} Nothing was changed.") from error
    if made.cleaned:
        note(f"{made.cleaned} texts held markup that does not belong there; it was taken out.")
    for name, setting in SETTINGS_OF_SITE.items():
        if made.site.get(name):
            note(f"The archive's site had {setting}={made.site[name]}")
    say(f"Imported {_told(made)} from {chosen.file}.")
    return 0


@contextmanager
def _nobody_home(data: Path) -> Iterator[None]:
    """The lock that `broadsheet up` holds: nothing may gather into a site while it is taken over."""
    with (data / "up.lock").open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(f"The site is up on {data}. Stop it before the import.") from error
        yield


def _told(made: Summary) -> str:
    articles, stories = made.rows("articles.article"), made.rows("stories.story")
    return f"{articles} articles, {stories} stories and {made.pictures} pictures"


@contextmanager
def _counting(act: str) -> Iterator[Callable[[str], None]]:
    """A callback that shows which table is at hand and how many rows have passed."""
    with progress() as bar:
        task = bar.add_task(act, total=None) if bar else None

        def count(what: str) -> None:
            if bar is not None and task is not None:
                bar.update(task, advance=1, description=f"{act} {what}")

        yield count


def run_backup(chosen: argparse.Namespace) -> int:
    start_django(chosen.data)
    from django.conf import settings

    database = Path(settings.DATABASES["default"]["NAME"])
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        raise CommandError("The database is PostgreSQL: back it up with pg_dump, and the pictures folder beside it.")
    if not database.exists():
        raise CommandError(f"There is no database at {database}; nothing to back up.")
    with tempfile.TemporaryDirectory(dir=_folder_of(chosen.file)) as folder:
        copy = Path(folder) / INSIDE
        with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
            source.backup(target)
            _hold_letters(target)
        draft = Path(folder) / "draft"
        with tarfile.open(draft, "w:gz") as archive:
            archive.add(copy, INSIDE)
            for name in BESIDE:
                if (settings.DATA / name).exists():
                    archive.add(settings.DATA / name, name)
        draft.replace(chosen.file)
    say(f"Backed up to {chosen.file} ({chosen.file.stat().st_size / 1_000_000:.1f} MB).")
    return 0


def _folder_of(file: Path) -> Path:
    folder = file.expanduser().resolve().parent
    if not folder.is_dir():
        raise CommandError(f"The folder {folder} does not exist.")
    return folder


def _hold_letters(copy: sqlite3.Connection) -> None:
    """In the copy no edition goes out by itself: by the time it is restored, the original may have sent it."""
    copy.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file that is packed
    with contextlib.suppress(sqlite3.OperationalError):  # of a version without letters
        copy.execute(
            "UPDATE letters_edition SET state = 'stopped', stopped_because = 'restored' "
            "WHERE state IN ('scheduled', 'sending')"
        )


def run_restore(chosen: argparse.Namespace) -> int:
    start_django(chosen.data)
    from django.conf import settings

    target: Path = settings.DATA
    if (target / INSIDE).exists():
        raise CommandError(f"{target} already holds a database. Restore into an empty folder with --data.")
    if not chosen.file.is_file():
        raise CommandError(f"There is no backup at {chosen.file}.")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        try:
            with tarfile.open(chosen.file, "r:gz") as archive:
                _unpack(archive, Path(folder))
            with sqlite3.connect(Path(folder) / INSIDE) as database:
                verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        except (tarfile.TarError, OSError, sqlite3.DatabaseError, EOFError) as error:
            raise CommandError(f"{chosen.file} is not a backup of Broadsheet, or it is damaged: {error}.") from error
        if verdict != "ok":
            raise CommandError(f"The database in {chosen.file} is damaged: {verdict}.")
        for item in Path(folder).iterdir():
            if (target / item.name).exists() and item.name != INSIDE:
                continue
            shutil.move(item, target / item.name)
    say(f"Restored into {target}. Start it with `broadsheet up --data {target}`.")
    return 0


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Plain files of the names a backup holds, and nothing else that an archive might bring."""
    for member in archive:
        path = PurePosixPath(member.name)
        packed = archive.extractfile(member) if member.isfile() else None
        if packed is None or path.is_absolute() or ".." in path.parts or path.parts[0] not in {INSIDE, *BESIDE}:
            continue
        goal = folder / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        with goal.open("xb") as file:
            goal.chmod(member.mode & 0o700)
            shutil.copyfileobj(packed, file)
