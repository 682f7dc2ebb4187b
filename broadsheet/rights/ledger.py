"""A ledger line: what we may do with somebody's material, why, since when, proved by what.

The database keeps the lines; this room only reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from broadsheet.rights.licences import Licence, read_licence
from broadsheet.rights.modes import UNSEEN, Basis, Mode, Output, Scope
from broadsheet.rights.territories import covers


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line. Times are aware.

    mode: the most that may be shown. extract: characters in mode extract, None for the territory's number.
    since, until: in force from since up to, not including, until; None leaves that side open.
    outputs: empty = everything a reader sees (mining and storing must be named). territories: ISO 3166-1 alpha-2
    codes or "EU"; empty = everywhere. image: whether pictures may be shown; None = not said, which means no for
    other people's work. onward: False forbids feeds, API and federation. evidence: where the proof lies, such as
    a file name, a letter's date, an address. licence: the address or name of an open licence.
    Raises ValueError for times without a zone.
    """

    mode: Mode
    basis: Basis = Basis.NONE
    since: datetime | None = None
    until: datetime | None = None
    outputs: frozenset[Output] = frozenset()
    territories: frozenset[str] = frozenset()
    evidence: str = ""
    image: bool | None = None
    onward: bool | None = None
    noted_at: datetime | None = None
    scope: Scope = Scope.PUBLISHER
    extract: int | None = None
    licence: str = ""

    def __post_init__(self) -> None:
        for moment in (self.since, self.until, self.noted_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError(f"ledger line: time without zone: {moment.isoformat()}")

    def speaks(self, output: Output, territory: str | None, now: datetime) -> bool:
        """Whether this line is in force for this output, here and now."""
        if self.since is not None and now < self.since:
            return False
        if self.until is not None and now >= self.until:
            return False
        return self._names(output) and covers(self.territories, territory)

    def _names(self, output: Output) -> bool:
        if output in self.outputs:
            return True
        # A right to show all is a right to keep and read; a line about showing less says nothing about either.
        keeps = self.is_ours or self.is_takedown or (self.is_written and self.mode is Mode.FULL)
        return not self.outputs and (output not in UNSEEN or keeps)

    @property
    def is_ours(self) -> bool:
        return self.basis in (Basis.OWN, Basis.SAMPLE)

    @property
    def is_takedown(self) -> bool:
        return self.basis is Basis.TAKEDOWN

    @property
    def is_written(self) -> bool:
        """A licence or permission with its proof recorded: it alone stands above machine-readable signals."""
        return self.basis in (Basis.LICENCE, Basis.PERMISSION) and bool(self.evidence.strip())

    @property
    def open_licence(self) -> Licence | None:
        """The public licence this line rests on, if it rests on one that we know."""
        return read_licence(self.licence or self.evidence) if self.basis is Basis.OPEN_LICENCE else None
