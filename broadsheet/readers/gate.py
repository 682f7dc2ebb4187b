"""Whom a text is for, and whether it opens: the operator's rules, decided here and obeyed by every output.

    rules + article -> Gate or none        visitor + Gate -> Access

Search engines and other machines are visitors like everybody. Rules of the site and of sections cover the site's own
work; what others wrote is behind a gate only where a rule names its publisher or the article, and never under a public
licence.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from broadsheet.articles.gates import Gate, Keeper
from broadsheet.articles.models import Article
from broadsheet.articles.queries import sections
from broadsheet.prepared import Prepared, until_written
from broadsheet.readers.models import GateKind, GateRule, Member, MemberKind, Wording

SCOPES = ("article", "source", "section", "site")
"""What a rule may be about, the narrowest first."""
GATED_TAG = "gate"
"""On every finished page that stands before a gate; `site.requests.own_page` looks for it."""


class Rule(NamedTuple):
    """A row of `GateRule`. scope: site, section, source or article. name: of the section (its number), source, article.

    days: how long a text is gated from when it was shown; None for good.
    """

    scope: str
    name: str
    kind: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as far as a gate may know: an account, its proved address, the network, what was handed in.

    has_account: whose reader agreed that it opens texts (`incentive`). address: empty without an account. has_gift: a
    valid gift link for this article. has_pass: an allowance was spent on it.
    """

    has_account: bool = False
    address: str = ""
    network: str = ""
    has_gift: bool = False
    has_pass: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """why: account, member, network, gift, allowance, or empty when it does not open."""

    opens: bool
    why: str = ""


def gate_before(article: Article, rules: Sequence[Rule], *, is_own: bool, now: datetime) -> Gate | None:
    """The gate before an article by its narrowest rule: its own, then its publisher's, its section's, the site's."""
    for rule in sorted(rules, key=lambda rule: SCOPES.index(rule.scope)):
        if _covers(rule, article, is_own):
            if rule.kind == GateKind.OPEN:
                return None
            is_over = rule.days is not None and article.shown_at < now - timedelta(days=rule.days)
            return None if is_over else Gate(rule.kind)
    return None


def _covers(rule: Rule, article: Article, is_own: bool) -> bool:
    match rule.scope:
        case "article":
            return rule.name == str(article.pk)
        case "source":
            return rule.name == article.publisher.slug
        case "section":
            return is_own and rule.name == str(article.section_id)
    return is_own


def decide_access(gate: Gate, visitor: Visitor, members: Members) -> Access:
    """Whether a gate opens. Every wider group passes every narrower gate: members, then readers, then allowances."""
    if visitor.has_gift:
        return Access(True, "gift")
    if members.has_network(visitor.network):
        return Access(True, "network")
    if visitor.address and members.has_address(visitor.address):
        return Access(True, "member")
    if visitor.has_account and gate in (Gate.METERED, Gate.ACCOUNT):
        return Access(True, "account")
    if visitor.has_pass and gate is Gate.METERED:
        return Access(True, "allowance")
    return Access(False)


class Members:
    """Who is on the list, ready to be asked."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        found = list(rows)
        self._addresses = frozenset(value for kind, value in found if kind == MemberKind.ADDRESS)
        self._domains = frozenset(value for kind, value in found if kind == MemberKind.DOMAIN)
        self._networks = [ipaddress.ip_network(value) for kind, value in found if kind == MemberKind.NETWORK]

    def has_address(self, address: str) -> bool:
        return address in self._addresses or address.rpartition("@")[2] in self._domains

    def has_network(self, client: str) -> bool:
        if not self._networks:
            return False
        try:
            found = ipaddress.ip_address(client.strip("[]"))
        except ValueError:
            return False
        mapped = getattr(found, "ipv4_mapped", None) or found
        return any(mapped in network for network in self._networks if network.version == mapped.version)


def members(*, now: datetime) -> Members:
    """One query."""
    rows = Member.objects.exclude(until__lt=now).values_list("kind", "value")
    return Members(rows)


def keeper() -> Keeper | None:
    """For `articles.gates`. One query, another one where sections have rules."""
    found = rules()
    return keeper_of(found, now=timezone.now()) if found else None


@until_written
def rules() -> list[Rule]:
    """The rules in force, in the order they were set. One query."""
    return [rule_of(scope, kind, days) for scope, kind, days in _RULES()]


def rule_of(scope: str, kind: str, days: int | None) -> Rule:
    """scope: as `GateRule` keeps it."""
    return Rule(*scope.partition(":")[::2], kind, days)


def keeper_of(rules: Sequence[Rule], *, now: datetime) -> Keeper:
    """For `articles.gates`, under these rules. A query where sections have some."""
    if any(rule.scope == "section" for rule in rules):
        numbers = {section.slug: str(section.pk) for section in sections()}
        rules = [rule._replace(name=numbers.get(rule.name, "")) if rule.scope == "section" else rule for rule in rules]
    return lambda article, is_own: gate_before(article, rules, is_own=is_own, now=now)


_RULES = Prepared(lambda: GateRule.objects.order_by("pk").values_list("scope", "kind", "days"))


def wording(language: str) -> dict[str, str]:
    """The operator's own words in a language, by name. One query."""
    return dict(Wording.objects.filter(language=language).values_list("name", "text"))
