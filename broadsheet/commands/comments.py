"""`broadsheet comments`: conversations moved in from other systems, and out."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from broadsheet.commands.common import CommandError, note, progress, say
from broadsheet.commands.database import open_database

FORMATS = ("disqus", "wordpress", "isso", "remark42")
NAMED = 10
"""Pages without an article here that are named; the rest are counted."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("comments", help="bring conversations in from other systems, or write them out")
    acts = command.add_subparsers(dest="act", metavar="ACT", required=True)
    bring = acts.add_parser("import", help="bring in an export of Disqus, WordPress, Isso or Remark42")
    bring.add_argument("file", type=Path)
    bring.add_argument("--format", choices=FORMATS, default="", help="what the file is (default: it is recognised)")
    bring.add_argument("--dry-run", action="store_true", help="say what would come in, and change nothing")
    bring.set_defaults(run=run_import)
    export = acts.add_parser("export", help="every comment with its thread, one line of JSON each")
    export.set_defaults(run=run_export)
    for act in (bring, export):
        act.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")


def run_import(chosen: argparse.Namespace) -> int:
    if not chosen.file.is_file():
        raise CommandError(f"There is no file {chosen.file}. Name the export that the other system wrote.")
    open_database(chosen.data)
    from broadsheet.comments.importing import CommentsFileError, read_comments, recognize
    from broadsheet.comments.moving import bring_in

    try:
        kind = chosen.format or recognize(chosen.file)
        with progress() as bar:
            task = bar.add_task("comments", total=None) if bar else None
            read = []
            for comment in read_comments(chosen.file, kind):
                read.append(comment)
                if bar is not None and task is not None:
                    bar.advance(task)
        moved = bring_in(read, kind, now=datetime.now(UTC), dry_run=chosen.dry_run)
    except (CommentsFileError, EOFError) as error:
        raise CommandError(str(error)) from error
    for page, count in list(moved.lost.items())[:NAMED]:
        note(f"no article here has the address {page or '(none)'}: {count} comments left out")
    if len(moved.lost) > NAMED:
        note(f"and {len(moved.lost) - NAMED} more pages")
    did = "Would bring in" if chosen.dry_run else "Brought in"
    say(
        f"{did} {moved.published} comments and {moved.waiting} that wait for an editor; {moved.known} were here "
        f"already, {moved.left} spam or deleted ones stayed behind, {sum(moved.lost.values())} found no story."
    )
    return 0


def run_export(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.comments.moving import take_out

    count = 0
    for comment in take_out():
        print(json.dumps(comment, ensure_ascii=False))
        count += 1
    print(f"{count} comments.", file=sys.stderr)
    return 0
