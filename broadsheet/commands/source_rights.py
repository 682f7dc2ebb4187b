"""`broadsheet sources rights`: what may be shown of a publisher, on what it rests, and a new line for its ledger."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from broadsheet.commands.common import CommandError, note, say

if TYPE_CHECKING:
    from broadsheet.rights import LedgerEntry
    from broadsheet.sources.models import Publisher

MODES = ("none", "link", "headline", "extract", "full")
BASES = ("none", "permission", "licence", "open_licence", "own")
TOLD = ("page", "feed", "letter", "search", "api")
"""Outputs whose decision is shown."""
LONGEST = 2_000
"""Characters of a proof."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("publisher", help="its slug, or an address watched for it")
    command.add_argument(
        "mode", nargs="?", choices=MODES, help="the most that may be shown; nothing: show what is noted"
    )
    command.add_argument("--basis", choices=BASES, default="none", help="what that rests on (default: none)")
    command.add_argument("--proof", default="", help="where the proof lies: a letter and its date, a file, an address")
    command.add_argument("--licence", default="", help="the open licence: its name or address")
    command.add_argument("--since", help="first day, as 2027-01-01 (default: now)")
    command.add_argument("--until", help="first day on which it is over")
    command.add_argument("--extract", type=int, help="characters of an extract (default: what the territory allows)")
    command.add_argument("--pictures", action=argparse.BooleanOptionalAction, help="its pictures may be shown too")
    command.add_argument("--onward", action=argparse.BooleanOptionalAction, help="it may leave in feeds and interfaces")


def read_entry(chosen: argparse.Namespace) -> LedgerEntry | None:
    """The line that was asked for, None where none was. Raises CommandError for what cannot be meant."""
    from broadsheet.rights import Basis, LedgerEntry, Mode, read_licence

    if chosen.mode is None:
        told = (
            chosen.proof,
            chosen.licence,
            chosen.since,
            chosen.until,
            chosen.extract,
            chosen.pictures,
            chosen.onward,
        )
        if chosen.basis != "none" or any(value not in (None, "") for value in told):
            raise CommandError(f"How much may be shown? Name one of {', '.join(MODES)} behind the publisher.")
        return None
    basis = Basis(chosen.basis)
    if basis in (Basis.PERMISSION, Basis.LICENCE) and not chosen.proof.strip():
        raise CommandError(f"A {basis} counts with its proof: say where it lies with --proof.")
    if basis is Basis.OPEN_LICENCE and read_licence(chosen.licence) is None:
        raise CommandError(f"{chosen.licence!r} is no open licence that is known. Name one with --licence 'CC BY 4.0'.")
    if len(chosen.proof) > LONGEST or len(chosen.licence) > 300:
        raise CommandError(f"A proof has at most {LONGEST} characters and a licence 300: name the file they stand in.")
    if chosen.extract is not None and not 0 < chosen.extract <= 10_000:
        raise CommandError(f"An extract has from 1 to 10,000 characters, not {chosen.extract}.")
    since, until = _day(chosen.since, "--since"), _day(chosen.until, "--until")
    if until is not None and until <= (since or datetime.now(UTC)):
        raise CommandError(f"--until {chosen.until} is over before it begins.")
    return LedgerEntry(
        mode=Mode(chosen.mode),
        basis=basis,
        since=since,
        until=until,
        evidence=chosen.proof.strip(),
        image=chosen.pictures,
        onward=chosen.onward,
        extract=chosen.extract,
        licence=chosen.licence.strip(),
    )


def _day(text: str | None, name: str) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise CommandError(f"{name} {text} is no day. Write it as 2027-01-31.") from error


def set_rights(publisher: Publisher, entry: LedgerEntry, now: datetime) -> None:
    """Add the line and say what is shown from now on. Raises CommandError where it would not be obeyed."""
    from broadsheet.rights import Output
    from broadsheet.sources.actions import note_right
    from broadsheet.sources.ledger import decide_here
    from broadsheet.sources.queries import common_ledger

    entry = replace(entry, noted_at=now)
    lines = (*common_ledger(publisher), entry)
    shown = decide_here(lines, {}, Output.PAGE, max(now, entry.since or now))
    if shown.mode < entry.mode:
        raise CommandError(
            f"With that only the {shown.mode} of {publisher.name} would be shown: {shown.reasons[0].text}. "
            "Say what it rests on with --basis and --proof."
        )
    note_right(publisher, entry, now=now)
    show_rights(publisher, now)
    if not (entry.is_written or entry.is_ours):
        note("What pages and files of the publisher say to machines may still take from it, article by article.")


def show_rights(publisher: Publisher, now: datetime) -> None:
    """The lines of a publisher's ledger, and what they come to here and now."""
    from broadsheet.rights import Output
    from broadsheet.sources.ledger import decide_here
    from broadsheet.sources.queries import common_ledger

    lines = common_ledger(publisher)
    for line in lines:
        say(_line(line))
    shown = {output: decide_here(lines, {}, Output(output), now) for output in TOLD}
    say(f"{publisher.name}, now: " + ", ".join(f"{output} {display.mode}" for output, display in shown.items()))
    page = shown["page"]
    say(f"pictures: {'yes' if page.image else 'no'}; {page.reasons[0].text}")


def _line(line: LedgerEntry) -> str:
    span = [f"since {line.since:%Y-%m-%d}" if line.since else "", f"until {line.until:%Y-%m-%d}" if line.until else ""]
    said = [f"{word}: {'yes' if value else 'no'}" for word, value in (("pictures", line.image), ("onward", line.onward))
            if value is not None]  # fmt: skip
    parts = [f"{line.mode} ({line.basis})", *span, *said, line.licence, line.evidence]
    return f"{line.noted_at:%Y-%m-%d} " + "; ".join(part for part in parts if part)
