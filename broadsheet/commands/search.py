"""`broadsheet search`: what readers search with, and building its index again."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from broadsheet.commands.common import progress, say
from broadsheet.commands.database import open_database


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    search = commands.add_parser("search", help="search the articles; build the index again")
    things = search.add_subparsers(dest="thing", metavar="WHAT", required=True)
    rebuild = things.add_parser(
        "rebuild", help="index every article again while the site runs; goes on where it was broken off"
    )
    rebuild.set_defaults(run=run_rebuild)
    find = things.add_parser("for", help="what a reader would find")
    find.add_argument("query", help="as typed into the search field")
    find.set_defaults(run=run_for)
    for command in (rebuild, find):
        command.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")


def run_rebuild(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.articles.models import Article
    from broadsheet.search.rebuild import rebuild, rebuilding

    goes_on, done = rebuilding(), 0
    with progress() as bar:
        task = bar.add_task("articles", total=None if goes_on else Article.objects.count()) if bar else None
        for done in rebuild(now=datetime.now(UTC)):
            if bar is not None and task is not None:
                bar.update(task, completed=done)
    say(f"The search index was built again: {done} articles" + (", the rest of an earlier start." if goes_on else "."))
    return 0


def run_for(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.articles.models import Article
    from broadsheet.commands.common import CommandError
    from broadsheet.search.queries import search

    found = search(chosen.query, now=datetime.now(UTC), folded=True)
    if found.problem:
        raise CommandError(found.problem)
    if found.corrected:
        say(f"Results for {found.corrected}")
    rows = Article.objects.select_related("publisher").in_bulk([hit.article_id for hit in found.hits])
    for hit in found.hits:
        row = rows[hit.article_id]
        others = f" (and {len(hit.others)} more on it)" if hit.others else ""
        say(f"{row.shown_at:%Y-%m-%d}  {row.publisher.name}: {row.headline}{others}")
    say(f"{'More than ' if found.is_bounded else ''}{found.total} articles.")
    return 0
