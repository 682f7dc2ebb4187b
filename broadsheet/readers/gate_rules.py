"""What the operator sets of the gate: rules, allowance, members, words. Each act leaves a line that says who did what.

A rule can be tried before it counts: `preview` says of the newest texts what would change.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.gates import Gate
from broadsheet.articles.models import Article
from broadsheet.articles.queries import listed
from broadsheet.environment import LANGUAGES
from broadsheet.finished.actions import purge
from broadsheet.finished.purges import EVERYTHING
from broadsheet.readers.gate import SCOPES, Rule, keeper_of, rule_of, rules
from broadsheet.readers.mail_addresses import AddressError, read_address
from broadsheet.readers.models import GateChange, GateKind, GateRule, Member, MemberKind, MeterTerms, Reader, Wording
from broadsheet.readers.targets import find_thing
from broadsheet.rights import Mode, Output

WORDINGS = tuple(f"gate.{gate}.{part}" for gate in Gate for part in ("title", "words"))
"""What the operator may say in words of their own."""
LONGEST_WORDING = 4_000
MOST_DAYS, MOST_TEXTS = 3_650, 1_000
LOOKED_AT = 1_000
"""Texts a preview looks at, the newest."""
EXAMPLES = 20
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


@dataclass(frozen=True, slots=True)
class Example:
    """An article whose gate would change. before, after: a kind of gate, or open."""

    article: Article
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """texts: whole texts looked at. moves: (before, after) to how many, changes alone. examples: the newest of them."""

    texts: int
    moves: Mapping[tuple[str, str], int]
    examples: tuple[Example, ...]


def check_rule(scope: str, kind: str, days: int | None) -> Rule:
    """The rule as it would be. Raises ValueError with a sentence for the operator."""
    what, _separator, name = scope.partition(":")
    if what not in SCOPES or bool(name) == (what == "site"):
        raise ValueError(
            _("A gate is for the site, a section, a source or an article by its name, not for “%s”.") % scope[:80]
        )
    if what != "site" and find_thing(what, name) is None:
        raise ValueError(_("There is nothing of that kind called “%s”.") % name[:80])
    if kind not in GateKind.values:
        raise ValueError(_("A gate is one of %s.") % ", ".join(GateKind.values))
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise ValueError(_("Days are a number from 1 to %s, or none for texts of any age.") % MOST_DAYS)
    return rule_of(scope, kind, days)


def set_rule(scope: str, kind: GateKind, *, days: int | None = None, actor: Reader | None = None) -> GateRule:
    """Set the rule of one thing, or of the whole site; it takes the place of the one before. Raises ValueError.

    scope: "site", or "section:", "source:" or "article:" and a name.
    """
    check_rule(scope, kind, days)
    with transaction.atomic():
        before = GateRule.objects.filter(scope=scope).first()
        rule, _is_new = GateRule.objects.update_or_create(scope=scope, defaults={"kind": kind, "days": days})
        _note(actor, scope, _said(before), _said(rule))
        purge([EVERYTHING])
    return rule


def remove_rule(scope: str, *, actor: Reader | None = None) -> bool:
    """Whether there was one."""
    with transaction.atomic():
        before = GateRule.objects.filter(scope=scope).first()
        if before is None:
            return False
        before.delete()
        _note(actor, scope, _said(before), "")
        purge([EVERYTHING])
    return True


def preview(scope: str, kind: str, *, now: datetime, days: int | None = None) -> Preview:
    """What the newest texts would be behind if this rule were set; an empty kind: if it were taken away.

    Raises ValueError as `set_rule` does. Nothing is changed.
    """
    changed = [] if not kind else [check_rule(scope, kind, days)]
    asked = rule_of(scope, "", None)
    others = [rule for rule in rules() if (rule.scope, rule.name) != (asked.scope, asked.name)]
    rows = list(listed().order_by("-shown_at", "-pk")[:LOOKED_AT])
    now_in_force = Displays(rows, Output.PAGE, now=now)
    then = Displays(rows, Output.PAGE, now=now, keeper=keeper_of([*others, *changed], now=now))
    pairs = [(now_in_force.of(row), then.of(row)) for row in rows]
    whole = [pair for pair in pairs if _is_whole(pair[0])]
    moved = [
        Example(before.article, _state(before), _state(after))
        for before, after in whole
        if _state(before) != _state(after)
    ]
    moves = Counter((one.before, one.after) for one in moved)
    return Preview(len(whole), dict(moves.most_common()), tuple(moved[:EXAMPLES]))


def set_allowance(texts: int, days: int, *, now: datetime, actor: Reader | None = None) -> None:
    """So many metered texts in so many days, from the next allowance on; what was begun keeps its end."""
    if not (0 <= texts <= MOST_TEXTS and 1 <= days <= MOST_DAYS):
        raise ValueError(
            _("An allowance is at most %(texts)s texts in at most %(days)s days.")
            % {"texts": MOST_TEXTS, "days": MOST_DAYS}
        )
    with transaction.atomic():
        before = MeterTerms.objects.order_by("-pk").first()
        MeterTerms.objects.create(texts=texts, days=days, at=now)
        _note(actor, "allowance", f"{before.texts}/{before.days}" if before else "", f"{texts}/{days}")
        purge([EVERYTHING])


def add_member(
    kind: MemberKind, value: str, *, note: str = "", until: datetime | None = None, actor: Reader | None = None
) -> Member:
    """Raises ValueError for an address, a domain or a network that is none."""
    value = _member_value(kind, value.strip())
    with transaction.atomic():
        found, _is_new = Member.objects.update_or_create(
            kind=kind, value=value, defaults={"note": note.strip()[:200], "until": until}
        )
        _note(actor, _member(found), "", "member")
    return found


def remove_member(member: Member, *, actor: Reader | None = None) -> None:
    with transaction.atomic():
        _note(actor, _member(member), "member", "")
        member.delete()


def set_wording(name: str, language: str, text: str, *, actor: Reader | None = None) -> None:
    """Words in place of ours; an empty text brings ours back. Raises ValueError for what nobody would ever see."""
    if name not in WORDINGS:
        raise ValueError(_("There are words called %s.") % ", ".join(WORDINGS))
    if language.partition("-")[0] not in LANGUAGES:
        raise ValueError(_("The pages speak %s.") % ", ".join(LANGUAGES))
    text = text.strip()
    if len(text) > LONGEST_WORDING:
        raise ValueError(_("The words may have %s characters.") % LONGEST_WORDING)
    with transaction.atomic():
        before = Wording.objects.filter(name=name, language=language).first()
        if text:
            Wording.objects.update_or_create(name=name, language=language, defaults={"text": text})
        elif before is not None:
            before.delete()
        _note(actor, f"{name} {language}", before.text if before else "", text)
        purge([EVERYTHING])


def changes(limit: int = 50) -> Sequence[GateChange]:
    return list(GateChange.objects.order_by("-pk")[:limit])


def _member_value(kind: MemberKind, value: str) -> str:
    match kind:
        case MemberKind.NETWORK:
            try:
                return str(ipaddress.ip_network(value))
            except ValueError as error:
                raise ValueError(_("“%s” is no network, such as 192.0.2.0/24.") % value[:80]) from error
        case MemberKind.DOMAIN:
            domain = value.lower().lstrip("@")
            if not _DOMAIN.fullmatch(domain):
                raise ValueError(_("“%s” is no domain, such as university.example.") % value[:80])
            return domain
    try:
        return read_address(value)
    except AddressError as error:
        raise ValueError(_("“%s” is no mail address.") % value[:80]) from error


def _member(member: Member) -> str:
    """For the record of changes, which names no person."""
    return "member: an address" if member.kind == MemberKind.ADDRESS else f"member: {member.kind} {member.value}"


def _said(rule: GateRule | None) -> str:
    if rule is None:
        return ""
    return f"{rule.kind}, {rule.days} days" if rule.days else str(rule.kind)


def _note(actor: Reader | None, what: str, before: str, after: str) -> None:
    number = actor.pk if actor else None
    GateChange.objects.create(actor=number, what=what[:220], before=before[:200], after=after[:200])


def _is_whole(shown: Displayed) -> bool:
    return shown.mode is Mode.FULL or shown.gate is not None


def _state(shown: Displayed) -> str:
    return str(shown.gate or GateKind.OPEN)
