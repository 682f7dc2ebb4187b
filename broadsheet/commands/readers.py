"""`broadsheet readers`: roles, the gate and its members, and the rights of a person, from the command line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from broadsheet.commands.common import CommandError, say
from broadsheet.commands.database import open_database

ROLES = ("moderator", "editor", "publisher", "administrator")
GATES = ("open", "metered", "account", "members")
MEMBERS = ("address", "domain", "network")


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("readers", help="roles, the gate and its members, a person's data")
    acts = group.add_subparsers(dest="act", metavar="ACT", required=True)
    role = acts.add_parser("role", help="give or take a role")
    role.add_argument("what", choices=("give", "take"))
    role.add_argument("address", help="mail address of the account")
    role.add_argument("kind", choices=ROLES)
    role.add_argument("--publisher", default="", help="slug of the publisher, for the role publisher")
    role.set_defaults(run=run_role)
    gate = acts.add_parser("gate", help="for whom texts are: list, or set a rule, or take it away")
    gate.add_argument("scope", nargs="?", help="site, section:SLUG, source:SLUG, article:NUMBER; nothing: list")
    gate.add_argument("kind", nargs="?", choices=(*GATES, "none"), help="none takes the rule away")
    gate.add_argument("--days", type=int, help="only texts of the last so many days")
    gate.set_defaults(run=run_gate)
    member = acts.add_parser("member", help="add or remove a member: an address, a domain, a network")
    member.add_argument("what", choices=("add", "remove"))
    member.add_argument("kind", choices=MEMBERS)
    member.add_argument("value")
    member.add_argument("--note", default="", help="whose it is")
    member.set_defaults(run=run_member)
    wording = acts.add_parser("wording", help="words of your own on the gate, such as gate.account.title")
    wording.add_argument("name")
    wording.add_argument("language")
    wording.add_argument("text", help="empty brings ours back")
    wording.set_defaults(run=run_wording)
    export = acts.add_parser("export", help="everything kept about a person, as JSON")
    export.add_argument("address")
    export.set_defaults(run=run_export)
    erase = acts.add_parser("erase", help="erase a person's account")
    erase.add_argument("address")
    erase.add_argument("--words", action="store_true", help="take away what the person wrote, not only the name")
    erase.set_defaults(run=run_erase)
    for act in (role, gate, member, wording, export, erase):
        act.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")


def run_role(chosen: argparse.Namespace) -> int:
    reader = _reader(chosen)
    from broadsheet.readers.accounts import give_role, take_role
    from broadsheet.readers.models import RoleKind
    from broadsheet.sources.models import Publisher

    publisher = Publisher.objects.filter(slug=chosen.publisher).first() if chosen.publisher else None
    if (chosen.kind == "publisher") != (publisher is not None):
        raise CommandError("The role publisher is for one publisher: --publisher SLUG; other roles are for the site.")
    kind = RoleKind(chosen.kind)
    if chosen.what == "give":
        give_role(reader, kind, publisher=publisher)
        say(f"{chosen.address} has the role {chosen.kind} now.")
    else:
        had = take_role(reader, kind, publisher=publisher)
        say(f"{chosen.address} {'no longer has' if had else 'did not have'} the role {chosen.kind}.")
    return 0


def run_gate(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.readers.gate_rules import remove_rule, set_rule
    from broadsheet.readers.models import GateKind, GateRule

    if not chosen.scope:
        for rule in GateRule.objects.order_by("scope"):
            say(f"{rule.scope}: {rule.kind}" + (f", texts of {rule.days} days" if rule.days else ""))
        say(f"{GateRule.objects.count()} rules; what no rule names is open.")
        return 0
    if not chosen.kind:
        raise CommandError(f"For whom? One of {', '.join(GATES)}, or none to take the rule of {chosen.scope} away.")
    if chosen.kind == "none":
        say(f"{chosen.scope}: " + ("the rule is gone." if remove_rule(chosen.scope) else "there was no rule."))
        return 0
    try:
        set_rule(chosen.scope, GateKind(chosen.kind), days=chosen.days)
    except ValueError as error:
        raise CommandError(str(error)) from error
    say(f"{chosen.scope}: {chosen.kind}.")
    return 0


def run_member(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.readers.gate_rules import add_member, remove_member
    from broadsheet.readers.models import Member, MemberKind

    if chosen.what == "remove":
        gone = Member.objects.filter(kind=chosen.kind, value=chosen.value.lower()).first()
        if gone is not None:
            remove_member(gone)
        say(f"{chosen.value}: " + ("no longer a member." if gone else "was no member."))
        return 0
    try:
        member = add_member(MemberKind(chosen.kind), chosen.value, note=chosen.note)
    except ValueError as error:
        raise CommandError(str(error)) from error
    say(f"{member.kind} {member.value} is a member.")
    return 0


def run_wording(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.readers.gate_rules import set_wording

    try:
        set_wording(chosen.name, chosen.language, chosen.text)
    except ValueError as error:
        raise CommandError(str(error)) from error
    say(f"{chosen.name} ({chosen.language}): " + ("your words." if chosen.text.strip() else "our words again."))
    return 0


def run_export(chosen: argparse.Namespace) -> int:
    reader = _reader(chosen)
    from django.utils import timezone

    from broadsheet.readers.accounts import note_act
    from broadsheet.readers.person import archive_of

    say(json.dumps(archive_of(reader, now=timezone.now()), ensure_ascii=False, indent=1))
    note_act("exported", reader)
    return 0


def run_erase(chosen: argparse.Namespace) -> int:
    reader = _reader(chosen)
    from broadsheet.readers.person import erase

    erase(reader, words=chosen.words)
    say("The account is erased, with what was written." if chosen.words else "The account is erased.")
    return 0


def _reader(chosen: argparse.Namespace):  # type: ignore[no-untyped-def]  # Reader can be imported only after start
    open_database(chosen.data)
    from broadsheet.readers.models import Reader

    reader = Reader.objects.filter(email=chosen.address.strip().lower()).first()
    if reader is None:
        raise CommandError(f"There is no account with the address {chosen.address}.")
    return reader
