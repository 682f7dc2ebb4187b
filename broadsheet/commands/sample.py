"""`broadsheet sample`: the sample edition leaves by one command."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from broadsheet.commands.common import say
from broadsheet.commands.database import open_database


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("sample", help="remove the sample edition")
    acts = command.add_subparsers(dest="act", metavar="ACT", required=True)
    remove = acts.add_parser("remove", help="remove the invented publishers and all they brought")
    remove.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")
    remove.set_defaults(run=run_remove)


def run_remove(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.gathering.sample import remove_sample

    say(f"The sample edition is gone: {remove_sample(now=datetime.now(UTC))} articles removed.")
    return 0
