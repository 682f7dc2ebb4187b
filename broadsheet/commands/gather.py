"""`broadsheet gather`: poll what is due now, to the end."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.commands.common import CommandError, note, progress, say
from broadsheet.commands.database import open_database

if TYPE_CHECKING:
    from broadsheet.gathering.gatherer import Summary

PROBLEMS_SHOWN = 20


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("gather", help="poll what is due now, to the end: entries, pages, stories")
    command.add_argument("--once", action="store_true", help="what is due now, then stop (the default)")
    command.add_argument("--force", action="store_true", help="poll all sources and read young articles again")
    command.add_argument(
        "--source", action="append", default=[], metavar="ADDRESS or SLUG", help="only this source; repeatable"
    )
    command.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")
    command.add_argument("--json", action="store_true", help="the summary as JSON")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.gathering.run import gather

    only = [number for name in chosen.source for number in _source_ids(name)]
    with progress("{task.description}") as bar:
        task = bar.add_task("gathering", total=None) if bar is not None else None

        def show(summary: Summary) -> None:
            if bar is not None and task is not None:
                bar.update(task, completed=summary.pages, total=max(summary.announced, summary.pages))

        summary = gather(only=only, forced=chosen.force or bool(only), progress=show)
    for problem in summary.problems[:PROBLEMS_SHOWN]:
        note(problem)
    if len(summary.problems) > PROBLEMS_SHOWN:
        note(f"… and {len(summary.problems) - PROBLEMS_SHOWN} more; `broadsheet sources check` lists those of sources.")
    say(json.dumps(vars(summary)) if chosen.json else summary.sentence())
    return 1 if summary.polled and summary.failed_polls == summary.polled else 0


def _source_ids(address: str) -> list[int]:
    """One address that is watched, or by its slug all of a publisher."""
    from broadsheet.sources.keys import source_key
    from broadsheet.sources.models import Source
    from broadsheet.text.addresses import AddressError

    if ids := list(Source.objects.filter(publisher__slug=address).values_list("pk", flat=True)):
        return ids
    try:
        source = Source.objects.filter(key=source_key(address)).first()
    except AddressError as error:
        raise CommandError(f"{error}. Use a full address such as https://example.org/feed.") from error
    if source is None:
        raise CommandError(f"{address} is not followed. Add it with `broadsheet sources add {address}`.")
    return [source.pk]
