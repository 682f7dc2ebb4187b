"""`broadsheet sources`: whom we follow."""

from __future__ import annotations

import argparse
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.commands import source_rights
from broadsheet.commands.common import CommandError, note, say
from broadsheet.commands.database import open_database
from broadsheet.commands.rule_files import read_rules

if TYPE_CHECKING:
    from broadsheet.sources.models import Publisher, Source

FEED_LIKE = re.compile(r"\.(?:xml|rss|rdf|atom|json)(?:\.gz)?$|/(?:feeds?|rss|atom)/?$", re.IGNORECASE)


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("sources", help="follow publishers (a home page is enough: feeds are discovered)")
    acts = command.add_subparsers(dest="act", metavar="ACT", required=True)
    add = acts.add_parser("add", help="follow these addresses: feeds, sitemaps or home pages")
    add.add_argument("address", nargs="+")
    add.add_argument("--name", default="", help="the publisher's name (default: its host)")
    add.add_argument("--country", default="", help="two-letter code of the publisher's country")
    add.add_argument("--language", default="", help="tag of the publisher's language")
    add.add_argument("--owner", default="", help="who owns the publisher")
    add.set_defaults(run=run_add)
    bring = acts.add_parser("import", help="follow what an OPML file lists")
    bring.add_argument("file", type=Path)
    bring.set_defaults(run=run_import)
    export = acts.add_parser("export", help="what is followed, as OPML on standard output")
    export.set_defaults(run=run_export)
    starter = acts.add_parser("starter", help="follow the publishers of the starter list")
    starter.set_defaults(run=run_starter)
    listing = acts.add_parser("list", help="one line for each source: state, next poll, address")
    listing.set_defaults(run=run_list)
    check = acts.add_parser("check", help="sources that are not well, and why")
    check.set_defaults(run=run_check)
    rules = acts.add_parser("rules", help="what you know better about a publisher's pages: show, set, clear")
    rules.add_argument(
        "publisher", nargs="?", help="its slug, or an address watched for it; nothing: list who has rules"
    )
    rules.add_argument("file", nargs="?", help="rules as TOML to set, - for standard input; nothing: show what is set")
    rules.add_argument("--clear", action="store_true", help="take the rules away")
    rules.set_defaults(run=run_rules)
    rights = acts.add_parser("rights", help="what may be shown of a publisher: show, or note a new line in its ledger")
    source_rights.add_arguments(rights)
    rights.set_defaults(run=run_rights)
    for act in (add, bring, export, starter, listing, check, rules, rights):
        act.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")


def run_add(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    for address in chosen.address:
        is_new = _follow(address, chosen.name, chosen.country, chosen.language, chosen.owner)
        say(f"{'following' if is_new else 'already followed:'} {address}")
    return 0


def _follow(
    address: str, name: str = "", country: str = "", language: str = "", owner: str = "", *, is_feed: bool = False
) -> bool:
    from broadsheet.rights import Basis, Mode
    from broadsheet.sources.actions import PublisherFacts, add_publisher, follow
    from broadsheet.sources.models import SourceKind
    from broadsheet.text.addresses import AddressError, authority_of, host_of

    if "://" not in address:
        address = f"https://{address}"
    now = datetime.now(UTC)
    try:
        facts = PublisherFacts(
            name=name or host_of(address).removeprefix("www."),
            home=f"{authority_of(address)}/",
            country=country,
            language=language,
            owner=owner,
            ledger=(
                {
                    "mode": str(Mode.HEADLINE),
                    "basis": str(Basis.NONE),
                    "evidence": "The default for others' work.",
                },
            ),
        )
        publisher, _ = add_publisher(facts, now=now)
        # Of a page the feeds are looked for; an address that is called a feed and answers with a page is a mistake.
        kind = SourceKind.FEED if is_feed or FEED_LIKE.search(address) else SourceKind.PAGE
        return follow(publisher, address, kind=kind, now=now)[1]
    except AddressError as error:
        raise CommandError(f"{error}. Use a full address such as https://example.org/feed.") from error


def run_import(chosen: argparse.Namespace) -> int:
    from broadsheet.feeds import FeedError, read_opml

    try:
        subscriptions = read_opml(chosen.file.read_bytes(), chosen.file.name)
    except OSError as error:
        raise CommandError(f"{chosen.file} cannot be read: {error.strerror}.") from error
    except FeedError as error:
        raise CommandError(error.sentence) from error
    open_database(chosen.data)
    new = 0
    for subscription in subscriptions:
        try:
            new += _follow(subscription.address, subscription.title, language=subscription.language, is_feed=True)
        except CommandError as error:
            note(f"left out: {error}")
    say(f"{new} sources added, {len(subscriptions) - new} left out or known before.")
    return 0


def run_export(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    import sys

    from broadsheet.feeds import Subscription, write_opml
    from broadsheet.sources.models import Source

    subscriptions = [
        Subscription(source.address, source.publisher.name, source.publisher.home, source.publisher.language)
        for source in Source.objects.select_related("publisher").order_by("publisher__name", "address")
    ]
    sys.stdout.buffer.write(write_opml(subscriptions, "Sources of Broadsheet", datetime.now(UTC)))
    note(f"{len(subscriptions)} sources exported.")
    return 0


def run_starter(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.gathering.sample import follow_starter_list

    say(f"{follow_starter_list(now=datetime.now(UTC))} publishers added.")
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    sources = _sources()
    for source in sources:
        say(f"{source.state:7} {source.next_poll_at:%Y-%m-%d %H:%M} {source.kind:8} {source.address}")
    note(f"{len(sources)} sources.")
    return 0


def run_check(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    from broadsheet.sources.rules import unusable_rules

    sources = _sources()
    ill = [source for source in sources if source.problem]
    for source in ill:
        say(f"{source.address}: {source.problem} ({source.failures} times in a row)")
    unusable = unusable_rules()
    for publisher, problem in unusable:
        say(f"{publisher.home}: {problem}. Mend it with `broadsheet sources rules {publisher.slug} FILE`.")
    note(f"{len(ill)} of {len(sources)} sources are not well.")
    return 1 if ill or unusable else 0


def run_rules(chosen: argparse.Namespace) -> int:
    wish = read_rules(chosen.file) if chosen.file else ("" if chosen.clear else None)
    if chosen.clear and (chosen.file or not chosen.publisher):
        raise CommandError("Take whose rules away? `broadsheet sources rules SLUG --clear`, without a file.")
    open_database(chosen.data)
    if chosen.publisher is None:
        return _list_rules()
    publisher = _publisher(chosen.publisher)
    if wish is None:
        return _show_rules(publisher)
    from broadsheet.sources.actions import set_rules

    pages = set_rules(publisher, wish, now=datetime.now(UTC))
    say(f"{publisher.name}: " + ("its rules are set, for pages read from now on." if wish else "it has no rules now."))
    if pages:
        now = f"`broadsheet gather --source {publisher.slug}` does so now"
        note(f"{pages} pages of the last days will be read again; {now}.")
    return 0


def run_rights(chosen: argparse.Namespace) -> int:
    entry = source_rights.read_entry(chosen)
    open_database(chosen.data)
    publisher, now = _publisher(chosen.publisher), datetime.now(UTC)
    if entry is None:
        source_rights.show_rights(publisher, now)
    else:
        source_rights.set_rights(publisher, entry, now)
    return 0


def _list_rules() -> int:
    from broadsheet.sources.queries import publishers_with_rules

    publishers = publishers_with_rules()
    for publisher in publishers:
        say(f"{publisher.slug} {publisher.home}")
    note(f"{len(publishers)} publishers have rules.")
    return 0


def _show_rules(publisher: Publisher) -> int:
    from broadsheet.sources.rules import page_rules

    if not publisher.rules:
        note(f"{publisher.name} has no rules.")
        return 0
    say(publisher.rules.rstrip("\n"))
    problem = page_rules(publisher.rules).problem
    if problem:
        note(f"{publisher.name}: {problem}. Its pages are read without rules.")
    return 1 if problem else 0


def _publisher(name: str) -> Publisher:
    """The publisher with this slug, or one of whose addresses this is."""
    from broadsheet.sources.keys import source_key
    from broadsheet.sources.models import Publisher
    from broadsheet.sources.queries import publisher_with_slug
    from broadsheet.text.addresses import AddressError, authority_of, canonical

    found = publisher_with_slug(name)
    if found is None and "://" in name:
        with suppress(AddressError):
            found = Publisher.objects.filter(sources__key=source_key(name)).first()
            found = found or Publisher.objects.filter(home=canonical(f"{authority_of(name)}/")).first()
    if found is None:
        raise CommandError(
            f"{name} is nobody here. Name the end of a page, /sources/SLUG, or an address of `broadsheet sources list`."
        )
    return found


def _sources() -> list[Source]:
    from broadsheet.sources.models import Source

    return list(Source.objects.order_by("publisher__name", "address"))
