"""Ledger lines as `rights` reads them, and its decisions under this site's own territory and policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from broadsheet.rights import Basis, Display, LedgerEntry, Mode, Output, Policy, Scope, Signals, decide, read_signals
from broadsheet.sources.models import LedgerLine

_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Entries(tuple[LedgerEntry, ...]):  # noqa: SLOT001  # the hash lies in its dictionary
    """Lines that are compared often: their hash, of a dozen fields each, is worked out once."""

    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            self._hash = super().__hash__()
            return self._hash


@dataclass(frozen=True, slots=True)
class Lines:
    """What the ledger says of one publisher. common: lines for all its work. own: the lines for single articles, with
    the article's key, and the common ones among them, without one, as they were noted; empty where there are none."""

    common: Entries
    own: tuple[tuple[str, LedgerEntry], ...] = ()

    @classmethod
    def of(cls, lines: Sequence[tuple[str, LedgerEntry]]) -> Lines:
        common = Entries(entry for key, entry in lines if not key)
        return cls(common, tuple(lines) if len(common) < len(lines) else ())

    def about(self, article_key: str) -> Entries:
        """The lines that speak of an article."""
        if not self.own:
            return self.common
        return Entries(entry for key, entry in self.own if key in {"", article_key})


NO_LINES = Lines(Entries())


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
    settled, since = _settled(
        ledger if isinstance(ledger, Entries) else tuple(ledger), said, output, here.territory, policy
    )
    if since <= now:
        return settled
    return decide(ledger, said, output, here.territory, now, policy=Policy(*policy))


@lru_cache(maxsize=4096)
def _settled(
    ledger: tuple[LedgerEntry, ...], signals: Signals, output: Output, territory: str, policy: tuple[bool, int, int]
) -> tuple[Display, datetime]:
    """The decision when all that will begin has begun, and from when on it stays: never, where something ends.

    The same few are asked for again and again: one for each publisher.
    """
    display = decide(ledger, signals, output, territory, _LATEST, policy=Policy(*policy))
    ends = any(entry.until for entry in ledger) or any(signal.limit.until for signal in signals.items)
    begun = max((entry.since for entry in ledger if entry.since is not None), default=_EARLIEST)
    return display, _LATEST if ends else begun


def _table(signals: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in signals.items() if value)


@lru_cache(maxsize=1024)
def _read(found: tuple[tuple[str, str], ...]) -> Signals:
    return read_signals(dict(found))


ENTRY = (
    "mode", "basis", "since", "until", "outputs", "territories", "evidence", "image", "onward", "noted_at", "extract",
    "licence",
)  # fmt: skip
"""Fields of a line that an entry is made of."""


def _as_entry(line: LedgerLine) -> LedgerEntry:
    return entry_of(bool(line.article_key), *(getattr(line, name) for name in ENTRY))


def entry_of(is_for_one: bool, *values: Any) -> LedgerEntry:
    """A line, from its fields in the order of `ENTRY`."""
    return _entry_of(is_for_one, *(tuple(value) if isinstance(value, list) else value for value in values))


@lru_cache(maxsize=4096)
def _entry_of(is_for_one: bool, *values: Any) -> LedgerEntry:
    """Lines are never edited, and the same few are read for every page."""
    told = dict(zip(ENTRY, values, strict=True))
    told |= {"mode": Mode(told["mode"]), "basis": Basis(told["basis"]), "territories": frozenset(told["territories"])}
    told["outputs"] = frozenset(map(Output, told["outputs"]))
    return LedgerEntry(scope=Scope.ARTICLE if is_for_one else Scope.PUBLISHER, **told)
