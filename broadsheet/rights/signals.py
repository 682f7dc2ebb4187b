"""What a publisher's pages and files say to machines, as limits that can be folded.

A signal only ever takes away: `Limit` holds caps, and folding caps is taking the smaller. That is why adding a
signal can never raise a mode. Licences found on the way are evidence for the ledger (`propose_entry`), not grants.

`read_signals` takes a flat table, name to value, as `Article.signals` has it; the readers of whole files beside this
module (`tdmrep`, `rsl`, `usage`) answer for one address in the same form, so that everything can be merged and stored:

    robots                    meta robots of the page                  unavailable_after       meta of that name
    x-robots-tag              response field; may name agents
    tdm-reservation           meta or response field: "1" or "0"      tdm-policy       its terms
    tdmrep                    what tdmrep.json says for the address   tdmrep-policy
    content-usage             response field                          robots-content-usage    the same in robots.txt
    content-signal            robots.txt                              ai-txt           the lines that refuse
    rsl-refused               usages that are not free: "search ai-index"
    licence, feed-licence     address or name
    is_accessible_for_free    schema.org: "true" or "false"
    seen                      when the table was read, ISO 8601 with zone

Notices that limit nothing (`NOTES`: copyright, credit, words to other crawlers, the address of an RSL file) are kept
for the desk. Other names are ignored. Sources: norms of each format are named in its reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadsheet.rights.ledger import LedgerEntry
from broadsheet.rights.licences import Licence, read_licence
from broadsheet.rights.modes import Basis, Mode, Scope
from broadsheet.rights.robotsmeta import read_robots_values
from broadsheet.rights.usage import read_usage

RECHECK = timedelta(days=7)
"""Signals older than this are to be read again."""
LONGEST_VALUE = 2_000
"""Characters of one value that are read."""
LONGEST_NOTE = 300
"""Characters of one value that are kept as the reason."""

NOTES = frozenset({
    "copyright", "copyright_notice", "copyright_holder", "copyright_year", "credit_text", "usage_info",
    "acquire_licence_page", "conditions_of_access", "tdm-policy", "tdmrep-policy", "rsl",
    "googlebot", "googlebot-news", "bingbot", "ai",
})  # fmt: skip
"""Names that are kept as words; an address of terms says nothing until somebody has read them."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What one signal takes away.

    show: the most any reader may see. search: the same for search hits. extract: characters, None for no limit.
    store, mine, image, index: False takes them away. own_words: False = no words out of the text itself, only the
    summary that the publisher's feed offers. until: nothing is shown from then on.
    """

    show: Mode = Mode.FULL
    search: Mode = Mode.FULL
    extract: int | None = None
    store: bool = True
    mine: bool = True
    image: bool = True
    index: bool = True
    own_words: bool = True
    until: datetime | None = None


NO_LIMIT = Limit()


@dataclass(frozen=True, slots=True)
class Signal:
    """One statement. name: key of the table above. text: as found, shortened. limit: what it takes away."""

    name: str
    text: str
    limit: Limit = NO_LIMIT
    licence: Licence | None = None


@dataclass(frozen=True, slots=True)
class Signals:
    """All statements about one article, and when they were read (aware, or None when unknown)."""

    items: tuple[Signal, ...] = ()
    seen: datetime | None = None

    @property
    def licence(self) -> Licence | None:
        """The first public licence stated, the page before the feed."""
        return next((signal.licence for signal in self.items if signal.licence), None)

    def is_due(self, now: datetime) -> bool:
        """Whether they should be read again."""
        return self.seen is None or now - self.seen >= RECHECK

    def __add__(self, other: Signals) -> Signals:
        """Both; the older reading's date counts."""
        dates = [moment for moment in (self.seen, other.seen) if moment]
        return Signals(self.items + other.items, min(dates) if dates else None)


def read_signals(found: Mapping[str, str], *, seen: datetime | None = None, agent: str = "broadsheet") -> Signals:
    """Read a table of names and values (see the module). Never fails: what makes no sense limits nothing.

    seen: when it was read; else the table's own "seen", else not known.
    agent: our product token, for values that address one crawler by name.
    """
    table = {name.lower(): str(value).strip()[:LONGEST_VALUE] for name, value in found.items() if value}
    items = []
    for name, value in table.items():
        signal = _read(name, value, table, agent)
        if signal is not None:
            items.append(signal)
    return Signals(tuple(items), seen or _moment(table.get("seen", "")))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def propose_entry(signals: Signals, *, now: datetime, scope: Scope = Scope.ARTICLE) -> LedgerEntry | None:
    """The ledger line that a stated public licence supports, for the desk or a setting to accept. None without one."""
    for signal in signals.items:
        if signal.licence is not None and signal.licence.allows_full:
            return LedgerEntry(
                mode=Mode.FULL,
                basis=Basis.OPEN_LICENCE,
                since=now,
                noted_at=now,
                scope=scope,
                licence=signal.licence.address,
                evidence=f"{signal.name}: {signal.text}",
            )
    return None


def _read(name: str, value: str, table: Mapping[str, str], agent: str) -> Signal | None:
    note = value[:LONGEST_NOTE]
    if name in ("licence", "feed-licence"):
        return Signal(name, note, licence=read_licence(value))
    if name in NOTES:
        return Signal(name, note)
    limit = _limit(name, value, table, agent)
    return None if limit is None else Signal(name, note, limit)


def _limit(name: str, value: str, table: Mapping[str, str], agent: str) -> Limit | None:
    match name:
        case "robots" | "x-robots-tag":
            return _robots_limit(value, agent)
        case "unavailable_after":
            return _robots_limit(f"unavailable_after: {value}", agent)
        case "tdm-reservation":
            return _tdm_limit(value)
        # The statement closer to the article stands in place of the file's (TDMRep, section on precedence).
        case "tdmrep" if table.get("tdm-reservation") not in ("0", "1"):
            return _tdm_limit(value)
        case "content-usage" | "robots-content-usage" | "content-signal":
            return _refusal_limit(read_usage(value))
        case "rsl-refused" | "ai-txt":
            return _refusal_limit(frozenset(value.lower().split()))
        case "is_accessible_for_free":
            # Never more than the public teaser; which part of the page that is, extraction has already decided.
            return Limit(show=Mode.EXTRACT) if value.lower() in ("false", "0", "no") else NO_LIMIT
    return None


def _robots_limit(value: str, agent: str) -> Limit:
    found = read_robots_values(value, agent)
    extract = found.max_snippet
    return Limit(
        show=Mode.HEADLINE if extract == 0 else Mode.EXTRACT if found.noarchive or extract is not None else Mode.FULL,
        search=Mode.NONE if found.noindex else Mode.FULL,
        extract=extract,
        store=not found.noarchive,
        image=found.images,
        index=not found.noindex,
        own_words=not found.noarchive,
        until=found.unavailable_after,
    )


def _tdm_limit(value: str) -> Limit | None:
    if value == "0":
        return NO_LIMIT
    if value != "1":
        return None
    return Limit(show=Mode.EXTRACT, store=False, mine=False, own_words=False)


def _refusal_limit(refused: frozenset[str]) -> Limit:
    """The limit for refused purposes, in the words of RSL ("ai-index"), of Content-Usage ("bots") or of ours.

    Training is recorded and takes nothing away here: nothing of this product trains anything.
    """
    everything = bool(refused & {"all", "bots"})
    searching = everything or "search" in refused
    reading = everything or bool(refused & {"ai", "ai-all", "ai-index", "ai-input", "ai-use", "ai-output", "tdm"})
    return Limit(
        show=Mode.LINK if searching else Mode.EXTRACT if reading else Mode.FULL,
        search=Mode.NONE if searching else Mode.FULL,
        store=not reading,
        mine=not reading,
        index=not searching,
        own_words=not reading,
    )
