"""Ledger lines as `rights` reads them, and its decisions under this site's own territory and policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from broadsheet.rights import Basis, Display, LedgerEntry, Mode, Output, Policy, Scope, Signals, decide
from broadsheet.sources.models import LedgerLine


def as_entries(lines: Iterable[LedgerLine]) -> tuple[LedgerEntry, ...]:
    """The stored lines in the words of `rights`, in their order."""
    return tuple(_as_entry(line) for line in lines)


def decide_here(
    ledger: Sequence[LedgerEntry], signals: Signals | Mapping[str, str], output: Output, now: datetime
) -> Display:
    """`rights.decide` for this site: its territory and its operator's choices, from the settings."""
    here = settings.ENVIRONMENT
    policy = Policy(commercial=here.commercial, quotations=here.quotations, quotation_length=here.quotation_length)
    return decide(ledger, signals, output, here.territory, now, policy=policy)


def _as_entry(line: LedgerLine) -> LedgerEntry:
    return LedgerEntry(
        mode=Mode(line.mode),
        basis=Basis(line.basis),
        since=line.since,
        until=line.until,
        outputs=frozenset(Output(output) for output in line.outputs),
        territories=frozenset(line.territories),
        evidence=line.evidence,
        image=line.image,
        onward=line.onward,
        noted_at=line.noted_at,
        scope=Scope.ARTICLE if line.article_key else Scope.PUBLISHER,
        extract=line.extract,
        licence=line.licence,
    )
