"""Ledger lines as `rights` reads them, and its decisions under this site's own territory and policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings

from broadsheet.rights import Basis, Display, LedgerEntry, Mode, Output, Policy, Scope, Signals, decide, read_signals
from broadsheet.sources.models import LedgerLine

_LATEST = datetime.max.replace(tzinfo=UTC)


def as_entries(lines: Iterable[LedgerLine]) -> tuple[LedgerEntry, ...]:
    """The stored lines in the words of `rights`, in their order."""
    return tuple(_as_entry(line) for line in lines)


def decide_here(
    ledger: Sequence[LedgerEntry], signals: Signals | Mapping[str, str], output: Output, now: datetime
) -> Display:
    """`rights.decide` for this site: its territory and its operator's choices, from the settings."""
    here = settings.ENVIRONMENT
    policy = here.commercial, here.quotations, here.quotation_length
    said = signals if isinstance(signals, Signals) else _read(_table(signals))
    if _is_settled(ledger, said, now):
        return _settled(tuple(ledger), said, output, here.territory, policy)
    return decide(ledger, said, output, here.territory, now, policy=Policy(*policy))


def _is_settled(ledger: Iterable[LedgerEntry], signals: Signals, now: datetime) -> bool:
    """Whether the decision will be the same at every later moment."""
    begun = all(entry.until is None and (entry.since is None or entry.since <= now) for entry in ledger)
    return begun and all(signal.limit.until is None for signal in signals.items)


@lru_cache(maxsize=4096)
def _settled(
    ledger: tuple[LedgerEntry, ...], signals: Signals, output: Output, territory: str, policy: tuple[bool, int, int]
) -> Display:
    """A decision that time does not change. The same few are asked for again and again: one for each publisher."""
    return decide(ledger, signals, output, territory, _LATEST, policy=Policy(*policy))


def _table(signals: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in signals.items() if value)


@lru_cache(maxsize=1024)
def _read(found: tuple[tuple[str, str], ...]) -> Signals:
    return read_signals(dict(found))


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
