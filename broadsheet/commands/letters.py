"""`broadsheet letters`: lists of subscribers in and out; the key that signs; sending now."""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import UTC, datetime
from pathlib import Path

from broadsheet.commands.common import CommandError, note, progress, say
from broadsheet.commands.database import open_database

REFUSALS = {
    "address": "no mail address",
    "consent": "no proof of consent",
    "date": "no date of consent, such as 2024-05-03",
    "future": "a date of consent that is still to come",
    "letter": "names no letter of this site; create it, or name one with --letter where the column is empty",
    "suppressed": "must not be written to",
    "twice": "stands further up in the file",
}


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "letters", help="letters by mail: lists of subscribers in and out, the key that signs, sending now"
    )
    acts = command.add_subparsers(dest="act", metavar="ACT", required=True)
    bring = acts.add_parser("import", help="bring in a list with proof of consent (CSV); nobody is written to")
    bring.add_argument("file", type=Path)
    bring.add_argument("--letter", default="", help="slug of the letter of rows that name none")
    bring.add_argument("--dry-run", action="store_true", help="say what would come in, and change nothing")
    bring.set_defaults(run=run_import)
    export = acts.add_parser("export", help="every subscriber with proof of consent, as CSV on standard output")
    export.set_defaults(run=run_export)
    key = acts.add_parser("dkim", help="make the key that signs our mail, and print its DNS record")
    key.set_defaults(run=run_dkim)
    send = acts.add_parser("send", help="hand over what is due now, without waiting for the workers")
    send.set_defaults(run=run_send)
    for act in (bring, export, key, send):
        act.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")


def run_import(chosen: argparse.Namespace) -> int:
    if not chosen.file.is_file():
        raise CommandError(f"There is no file {chosen.file}. Name the list that the other system wrote.")
    open_database(chosen.data)
    from broadsheet.letters.lists import ListError, read_list
    from broadsheet.letters.models import Letter
    from broadsheet.letters.moving import Moved, bring_in

    default = Letter.objects.filter(slug=chosen.letter).first()
    if chosen.letter and default is None:
        known = ", ".join(Letter.objects.order_by("pk").values_list("slug", flat=True))
        raise CommandError(f"There is no letter {chosen.letter}. There are: {known}.")
    now = datetime.now(UTC)
    moved = Moved()
    try:
        with chosen.file.open("rb") as file, progress() as bar:
            task = bar.add_task("rows", total=None) if bar else None
            for moved in bring_in(read_list(file, now=now), now=now, default=default, dry_run=chosen.dry_run):
                if bar is not None and task is not None:
                    bar.update(task, completed=moved.rows)
    except ListError as error:
        raise CommandError(f"{chosen.file}: {error}.") from error
    for line, why in moved.named:
        note(f"line {line}: {REFUSALS[why]}")
    if moved.refused.total() > len(moved.named):
        note(f"and {moved.refused.total() - len(moved.named)} more rows")
    did = "Would bring in" if chosen.dry_run else "Brought in"
    reasons = ", ".join(f"{count} {REFUSALS[why].partition(';')[0]}" for why, count in sorted(moved.refused.items()))
    say(
        f"{did} {moved.new} new addresses and more letters for {moved.more}; {moved.same} had all of it already, "
        f"{moved.refused.total()} rows are refused{f' ({reasons})' if reasons else ''}."
    )
    return 0


def run_export(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.letters.moving import take_out

    rows = csv.writer(sys.stdout, lineterminator="\n")
    count = -1
    for row in take_out():
        rows.writerow(row)
        count += 1
    note(f"{count} subscribers.")
    return 0


def run_dkim(chosen: argparse.Namespace) -> int:
    """A second time it prints the record of the key that is there."""
    open_database(chosen.data)
    from django.conf import settings

    from broadsheet.letters.tokens import sender_domain
    from broadsheet.post.dkim import KeyFileError, make_key, read_key, record
    from broadsheet.post.message import AddressError
    from broadsheet.readers.postbox import KEY_FILE

    path = settings.DATA / KEY_FILE
    selectors = settings.ENVIRONMENT.dkim_selectors
    if not selectors:
        raise CommandError("BROADSHEET_DKIM_SELECTORS is empty; name the one for our own key, such as broadsheet.")
    try:
        domain = sender_domain()
        key = read_key(path)
        if key is None:
            make_key(path)
            key = read_key(path)
            note(f"A new key is in {path}. Keep it with your backups, and from others.")
    except AddressError as error:
        raise CommandError(f"BROADSHEET_LETTERS_FROM: {error}.") from error
    except (KeyFileError, OSError) as error:
        raise CommandError(str(error)) from error
    assert key is not None
    say(f'{selectors[0]}._domainkey.{domain}. IN TXT "{record(key)}"')
    note("Write this record into the DNS; `broadsheet doctor` says when it is there.")
    return 0


def run_send(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from django.utils import timezone

    from broadsheet.letters import sending
    from broadsheet.post.dkim import KeyFileError
    from broadsheet.post.rates import RatesError

    try:
        began = sending.begin_due(now=timezone.now())
        told = sending.run(for_s=3600)
    except (RatesError, KeyFileError) as error:
        raise CommandError(f"No letter leaves: {error}") from error
    say(f"{began} editions begun; " + (", ".join(f"{count} {what}" for what, count in told.items()) or "nothing due"))
    return 0
