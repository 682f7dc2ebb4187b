"""Reading an operator's rules from a file that somebody named."""

from __future__ import annotations

import sys
from pathlib import Path

from broadsheet.commands.common import CommandError


def read_rules(name: str) -> str:
    """The text of a file with rules that can be used, "-" for standard input. Raises CommandError."""
    from broadsheet.extraction.rules import MAX_TEXT, RuleError, Rules

    place = "Standard input" if name == "-" else name
    most = 4 * MAX_TEXT  # bytes
    try:
        if name == "-":
            body = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                body = file.read(most + 1)
        if len(body) > most:
            raise CommandError(f"{place} is larger than {most // 1000} kB, which no rules are.")
        text = body.decode("utf-8-sig")
        if Rules.from_toml(text) == Rules():
            raise CommandError(f"{place} holds no rules. `broadsheet sources rules SLUG --clear` takes rules away.")
    except OSError as error:
        raise CommandError(f"{place} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{place} is not UTF-8 at byte {error.start}. Save it as UTF-8.") from error
    except RuleError as error:
        raise CommandError(f"{place}: {error}.") from error
    return text
