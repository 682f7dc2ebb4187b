"""`broadsheet`: one command for everything. Each subcommand has `--help` and ends with a one-line result.

Exit codes: 0 done, 1 it failed (the last line says why and what to do), 2 the command was misspelled, 130 broken off.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from broadsheet import __version__
from broadsheet.commands.common import CommandError

GROUPS = (
    "up",
    "processes",
    "sources",
    "readers",
    "gather",
    "extract",
    "search",
    "comments",
    "letters",
    "archive",
    "sample",
    "doctor",
)
"""Modules of `broadsheet.commands`, each with `register(subparsers)`, in the order of the help."""


def parser() -> argparse.ArgumentParser:
    """The whole command line. Building it imports neither Django nor the rooms."""
    top = argparse.ArgumentParser(
        prog="broadsheet", description="A self-hosted one-stop news site: gather, extract, group into stories, publish."
    )
    top.add_argument("--version", action="version", version=f"broadsheet {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for group in GROUPS:
        import_module(f"broadsheet.commands.{group}").register(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen) or 0)
    except CommandError as error:
        print(f"broadsheet: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("broadsheet: broken off.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
