"""The one place that decides what an output may show.

It is pure: ledger lines, signals, output, territory and `now` in, a `Display` out. It goes down a staircase and never
up: the ledger grants, then licence, territory, signals and output take away, and a takedown stands above all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from broadsheet.rights.ledger import LedgerEntry
from broadsheet.rights.licences import Licence
from broadsheet.rights.modes import ONWARD, UNSEEN, Basis, Mode, Output
from broadsheet.rights.signals import Signal, Signals, read_signals
from broadsheet.rights.territories import territory_of

UNBOUND = 2**31 - 1
"""An extract nobody has bounded yet; territories always bound it before it leaves."""
_ABOUT = ("mode", "extract", "image", "index", "own_words")
_DEFAULTS = {
    Output.QUOTATION: "the right to quote what was said, with its source",
    Output.MINING: "the law's exception for reading by machine, as long as it is not reserved",
    Output.STORE: "kept for reading by machine, shown to nobody, as long as it is not reserved",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's own choices.

    commercial: the site earns money, so NC licences do not reach it; True until the operator says otherwise.
    quotations: how many of one article may be shown; quotation_length: characters of each.
    """

    commercial: bool = True
    quotations: int = 5
    quotation_length: int = 300


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is.

    about: mode, extract, image, index or own_words. source: ledger, takedown, licence, territory, default, policy,
    output or signal:<name>. text: the line's evidence, the signal's words or the rule. date: when it was noted or seen.
    """

    about: str
    source: str
    text: str
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Display:
    """What one output may show of one article.

    extract: characters of the publisher's words allowed: 0 below mode extract, None (no limit) in mode full.
    image: whether its picture may be shown. index: whether search engines may list the page.
    canonical_to_source: the page must name the publisher's address as the canonical one.
    gone: the page answers 410. trim: False forbids cutting the text (ND); show it whole or not at all.
    own_words: the extract may come from the text; otherwise only from the summary in the publisher's feed.
    quotations: how many quotations; None for no limit. licence: to be named beside the text.
    reasons: first what decided the mode, then the rest.
    """

    mode: Mode
    extract: int | None
    image: bool
    index: bool
    reasons: tuple[Reason, ...]
    canonical_to_source: bool = False
    gone: bool = False
    trim: bool = True
    own_words: bool = False
    quotations: int | None = 0
    licence: Licence | None = None

    @property
    def robots(self) -> str:
        """Value for `meta name=robots`; links are followed always."""
        return "index, follow" if self.index else "noindex, follow"

    @property
    def may_keep(self) -> bool:
        """For the outputs store and mining: whether the full text may be kept or read."""
        return self.mode is Mode.FULL


@dataclass
class _Draft:
    """The staircase: values only ever go down, and each remembers what moved it last."""

    mode: Mode
    extract: int
    image: bool
    index: bool
    own_words: bool
    reasons: dict[str, Reason]
    gone: bool = False

    def cap(self, mode: Mode, source: str, text: str, date: datetime | None = None) -> None:
        if mode < self.mode:
            self.mode = mode
            self.reasons["mode"] = Reason("mode", source, text, date)

    def shorten(self, extract: int, source: str, text: str, date: datetime | None = None) -> None:
        if extract < self.extract:
            self.extract = extract
            self.reasons["extract"] = Reason("extract", source, text, date)

    def deny(self, about: str, source: str, text: str, date: datetime | None = None) -> None:
        if getattr(self, about):
            setattr(self, about, False)
            self.reasons[about] = Reason(about, source, text, date)


def decide(
    ledger: Sequence[LedgerEntry],
    signals: Signals | Mapping[str, str],
    output: Output | str,
    territory: str | None,
    now: datetime,
    *,
    policy: Policy = Policy(),
) -> Display:
    """Decide what `output` may show of an article, here and now.

    ledger: all lines about the article, its source, its publisher and the house, in any order; without one that
    speaks, other people's work is shown as headline and link. signals: what its pages and files say, read or as the
    plain table that `read_signals` takes. territory: ISO 3166-1 alpha-2 code, "EU", or None when unknown (then the
    strictest).
    Raises ValueError for an unknown output or for a `now` without a zone.
    """
    output = Output(output)
    if now.tzinfo is None:
        raise ValueError("rights: `now` has no zone")
    if not isinstance(signals, Signals):
        signals = read_signals(signals)
    spoken = sorted((entry for entry in ledger if entry.speaks(output, territory, now)), key=_weight, reverse=True)
    lines = [entry for entry in spoken if not entry.is_takedown]
    grant = lines[0] if lines else None
    draft = _granted(grant, lines, output, policy)
    if output not in UNSEEN:
        _keep_to_basis(draft, grant, output, territory, policy)
    if grant is None or not (grant.is_written or grant.is_ours):
        for signal in signals.items:
            _obey(draft, signal, signals.seen, output, now)
    _keep_to_output(draft, grant, lines, output)
    takedowns = [entry for entry in spoken if entry.is_takedown]
    if takedowns:
        _take_down(draft, min(takedowns, key=lambda entry: entry.mode.rank))
    return _display(draft, grant, output, policy)


def _weight(entry: LedgerEntry) -> tuple[int, datetime, int]:
    """The closer line wins, then the later, then the stricter."""
    moment = entry.noted_at or entry.since or datetime.min.replace(tzinfo=UTC)
    return (entry.scope, moment, -entry.mode.rank)


def _granted(grant: LedgerEntry | None, lines: Sequence[LedgerEntry], output: Output, policy: Policy) -> _Draft:
    """The top of the staircase: what the ledger, or its absence, gives."""
    ours = grant is not None and grant.is_ours
    pictured = _stated(lines, "image")
    draft = _Draft(
        mode=_granted_mode(grant, output),
        extract=policy.quotation_length if output is Output.QUOTATION else UNBOUND,
        image=ours if pictured is None else pictured and grant is not None and grant.basis is not Basis.NONE,
        index=ours and grant is not None and grant.basis is not Basis.SAMPLE,
        own_words=grant is not None and grant.basis is not Basis.NONE,
        reasons={},
    )
    default = _DEFAULTS.get(output, "the default for other people's work: headline and link")
    draft.reasons["mode"] = Reason("mode", "default", default) if grant is None else _ledger_reason(grant)
    if not draft.image:
        draft.reasons["image"] = Reason("image", "default", "no right to its pictures is recorded")
    if not ours:
        draft.reasons["index"] = Reason("index", "default", "search engines are sent to the publisher")
    return draft


def _granted_mode(grant: LedgerEntry | None, output: Output) -> Mode:
    if grant is not None and output in grant.outputs:
        return grant.mode
    if output in UNSEEN:
        return Mode.FULL
    mode = Mode.HEADLINE if grant is None else grant.mode
    # Quoting is a right of its own; showing headlines is enough to have it, and no licence is needed.
    return Mode.EXTRACT if output is Output.QUOTATION and mode is Mode.HEADLINE else mode


def _keep_to_basis(
    draft: _Draft, grant: LedgerEntry | None, output: Output, territory: str | None, policy: Policy
) -> None:
    """More than a headline needs something to rest on."""
    quoting = output is Output.QUOTATION
    floor = Mode.EXTRACT if quoting else Mode.HEADLINE
    law = territory_of(territory)
    if grant is not None and grant.basis is Basis.NONE:
        draft.cap(
            Mode.EXTRACT if draft.mode is not Mode.FULL else floor, "ledger", "full text needs a basis", grant.noted_at
        )
        if law.strict:
            draft.cap(floor, "territory", law.source, law.noted_at)
    if grant is not None and grant.basis is Basis.OPEN_LICENCE:
        licence = grant.open_licence
        if licence is None or not licence.allows_full:
            draft.cap(floor, "licence", f"not a licence we know: {grant.licence or grant.evidence}", grant.noted_at)
        elif policy.commercial and not licence.commercial:
            draft.cap(floor, "licence", f"{licence.name} is for non-commercial sites", grant.noted_at)
    if quoting:
        return
    if grant is not None and grant.extract is not None:
        draft.shorten(max(grant.extract, 0), "ledger", grant.evidence, grant.noted_at)
    if grant is None or grant.extract is None or grant.basis is Basis.NONE:
        draft.shorten(law.extract, "territory", law.source, law.noted_at)


def _obey(draft: _Draft, signal: Signal, seen: datetime | None, output: Output, now: datetime) -> None:
    """Go down as far as one signal asks."""
    limit, source, text = signal.limit, f"signal:{signal.name}", signal.text
    if limit.until is not None and now >= limit.until:
        draft.cap(Mode.NONE, source, text, seen)
        draft.gone = True
    if output in UNSEEN:
        if not (limit.store if output is Output.STORE else limit.mine):
            draft.cap(Mode.HEADLINE, source, text, seen)
        return
    draft.cap(limit.show, source, text, seen)
    if output is Output.QUOTATION and not limit.mine:
        draft.cap(Mode.HEADLINE, source, text, seen)
    if output is Output.SEARCH:
        draft.cap(limit.search, source, text, seen)
    if limit.extract is not None:
        draft.shorten(limit.extract, source, text, seen)
    for about, allowed in (("image", limit.image), ("index", limit.index), ("own_words", limit.own_words)):
        if not allowed:
            draft.deny(about, source, text, seen)


def _keep_to_output(draft: _Draft, grant: LedgerEntry | None, lines: Sequence[LedgerEntry], output: Output) -> None:
    """What an output never does, whoever allows it."""
    ours = grant is not None and grant.is_ours
    if output in ONWARD and _stated(lines, "onward") is False:
        draft.cap(Mode.NONE, "ledger", "the publisher forbids passing it on")
    if output is Output.SITEMAP and not draft.index:
        draft.cap(Mode.NONE, "output", "sitemaps list our own work only")
    if output is Output.STRUCTURED_DATA and not ours:
        draft.cap(Mode.HEADLINE, "output", "structured data describes our own work only")


def _take_down(draft: _Draft, entry: LedgerEntry) -> None:
    if entry.mode <= draft.mode:
        draft.mode = entry.mode
        draft.reasons["mode"] = _ledger_reason(entry)
    draft.gone = draft.gone or entry.mode is Mode.NONE
    draft.deny("image", "takedown", entry.evidence, entry.noted_at)
    draft.deny("index", "takedown", entry.evidence, entry.noted_at)


def _display(draft: _Draft, grant: LedgerEntry | None, output: Output, policy: Policy) -> Display:
    licence = grant.open_licence if grant is not None else None
    trim = licence is None or licence.allows_trim
    if not trim and licence is not None and draft.mode is Mode.EXTRACT and output is not Output.QUOTATION:
        draft.cap(Mode.HEADLINE, "licence", f"{licence.name} forbids cutting the text")
    if draft.mode is Mode.EXTRACT and draft.extract <= 0:
        draft.cap(Mode.HEADLINE, "policy", "an extract of no characters")
    if draft.mode <= Mode.LINK:
        draft.image = False
    if draft.mode is not Mode.EXTRACT:
        draft.reasons.pop("extract", None)
    full, extract = draft.mode is Mode.FULL, draft.mode is Mode.EXTRACT
    quoting = output is Output.QUOTATION
    return Display(
        mode=draft.mode,
        extract=None if full else draft.extract if extract else 0,
        image=draft.image,
        index=draft.index and draft.mode > Mode.LINK,
        reasons=tuple(draft.reasons[about] for about in _ABOUT if about in draft.reasons),
        canonical_to_source=full and not (grant is not None and grant.is_ours),
        gone=draft.gone and draft.mode is Mode.NONE,
        trim=trim,
        own_words=draft.own_words and draft.mode >= Mode.EXTRACT,
        quotations=0 if not quoting else None if full else policy.quotations if extract else 0,
        licence=licence,
    )


def _stated(lines: Sequence[LedgerEntry], about: str) -> bool | None:
    """What the closest line that speaks of it says about "image" or "onward"."""
    for entry in lines:
        said: bool | None = getattr(entry, about)
        if said is not None:
            return said
    return None


def _ledger_reason(entry: LedgerEntry) -> Reason:
    text = entry.evidence or entry.licence or f"a ledger line of mode {entry.mode} without evidence"
    return Reason("mode", "takedown" if entry.is_takedown else "ledger", text, entry.noted_at or entry.since)
