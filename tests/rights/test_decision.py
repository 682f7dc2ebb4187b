"""The decision as the norms demand it: strictest signal, takedown, no leak below extract, own work."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.rights import Basis, LedgerEntry, Mode, Output, Policy, Scope, Signals, decide, read_signals

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
SEEN = NOW - timedelta(days=1)
SHOWN = [output for output in Output if output not in (Output.MINING, Output.STORE)]
READ = [output for output in SHOWN if output is not Output.QUOTATION]
WRITTEN = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="contract of 2026-01-10", noted_at=SEEN)
OWN = LedgerEntry(Mode.FULL, Basis.OWN)


def shown(ledger=(), signals=None, output=Output.PAGE, territory="US", now=NOW, **more):
    return decide(ledger, signals if signals is not None else {}, output, territory, now, **more)


def test_modes_are_ordered_by_what_they_show():
    assert Mode.NONE < Mode.LINK < Mode.HEADLINE < Mode.EXTRACT < Mode.FULL
    assert max(Mode.LINK, Mode.EXTRACT) is Mode.EXTRACT
    assert Mode.FULL >= "full"


@pytest.mark.parametrize("output", [o for o in READ if o is not Output.SITEMAP])
def test_everybodys_work_is_headline_and_link_by_default(output):
    display = shown(output=output)
    assert (display.mode, display.extract, display.image, display.index) == (Mode.HEADLINE, 0, False, False)
    assert display.reasons[0].source == "default"


def test_others_work_is_in_no_sitemap_and_that_is_not_gone():
    display = shown(output=Output.SITEMAP)
    assert (display.mode, display.gone) == (Mode.NONE, False)


def test_unknown_output_and_naive_now_are_errors():
    with pytest.raises(ValueError, match="billboard"):
        shown(output="billboard")
    with pytest.raises(ValueError, match="zone"):
        shown(now=datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="zone"):
        LedgerEntry(Mode.LINK, since=datetime(2026, 1, 1))


# Norm 2


@pytest.mark.parametrize("name", ["tdm-reservation", "tdmrep"])
def test_reserved_mining_stores_no_text_and_reads_none(name):
    for output in (Output.STORE, Output.MINING):
        display = shown(signals={name: "1"}, output=output)
        assert not display.may_keep
        assert display.reasons[0].source == f"signal:{name}"
        assert shown(signals={}, output=output).may_keep
    assert shown(signals={name: "1"}, output=Output.QUOTATION).quotations == 0


def test_reservation_beside_the_page_overrides_the_file():
    assert shown(signals={"tdmrep": "1", "tdm-reservation": "0"}, output=Output.MINING).may_keep
    assert not shown(signals={"tdmrep": "0", "tdm-reservation": "1"}, output=Output.MINING).may_keep


def test_a_recorded_licence_stands_above_a_reservation():
    assert shown([WRITTEN], {"tdm-reservation": "1"}, Output.MINING).may_keep
    unproven = LedgerEntry(Mode.FULL, Basis.LICENCE)
    assert not shown([unproven], {"tdm-reservation": "1"}, Output.MINING).may_keep
    extract_only = LedgerEntry(Mode.EXTRACT, Basis.LICENCE, evidence="letter")
    assert not shown([extract_only], {"tdm-reservation": "1"}, Output.MINING).may_keep


# Norm 3


def test_strictest_of_three_signals_decides_and_is_named_with_text_and_date():
    open_licence = LedgerEntry(Mode.FULL, Basis.OPEN_LICENCE, licence="CC BY 4.0")
    signals = read_signals(
        {"robots": "max-snippet:80", "rsl-refused": "search ai-index", "is_accessible_for_free": "false"}, seen=SEEN
    )
    display = shown([open_licence], signals)
    assert display.mode is Mode.LINK
    assert (display.reasons[0].source, display.reasons[0].text) == ("signal:rsl-refused", "search ai-index")
    assert display.reasons[0].date == SEEN


def test_the_ledger_line_that_decided_is_named():
    lines = [
        WRITTEN,
        LedgerEntry(Mode.LINK, scope=Scope.ARTICLE, evidence="editor's choice", noted_at=SEEN),
    ]
    assert shown(lines).mode is Mode.LINK
    assert shown(lines).reasons[0].text == "editor's choice"


# Norm 4


@pytest.mark.parametrize("output", READ)
def test_headline_mode_allows_no_character_of_the_body(output):
    line = LedgerEntry(Mode.HEADLINE, Basis.LICENCE, evidence="contract", extract=500)
    display = shown([line], output=output)
    assert display.mode <= Mode.HEADLINE
    assert "the body"[: display.extract] == ""
    assert not display.own_words


# Norm 6


@pytest.mark.parametrize("output", SHOWN)
def test_no_picture_without_a_right_to_it(output):
    assert not shown([WRITTEN], output=output).image
    assert any(reason.about == "image" for reason in shown([WRITTEN], output=output).reasons)
    assert not shown([LedgerEntry(Mode.HEADLINE, image=True)], output=output).image


def test_pictures_by_licence_unless_the_page_forbids_previews():
    licensed = LedgerEntry(Mode.FULL, Basis.OPEN_LICENCE, licence="CC BY 4.0", image=True)
    assert shown([licensed]).image
    assert not shown([licensed], {"robots": "max-image-preview:none"}).image


# Norm 7


@pytest.mark.parametrize("output", list(Output))
@pytest.mark.parametrize("line", [WRITTEN, OWN])
def test_takedown_reaches_every_output(output, line):
    notice = LedgerEntry(Mode.NONE, Basis.TAKEDOWN, evidence="notice 12", noted_at=SEEN)
    for ledger in ([line, notice], [notice, line]):
        display = shown(ledger, output=output)
        assert (display.mode, display.gone, display.extract) == (Mode.NONE, True, 0)
        assert not display.image
        assert not display.index
        assert display.reasons[0].source == "takedown"


def test_takedown_survives_a_later_line():
    notice = LedgerEntry(Mode.NONE, Basis.TAKEDOWN, evidence="notice 12", noted_at=SEEN)
    again = LedgerEntry(Mode.FULL, Basis.OWN, noted_at=NOW, scope=Scope.ARTICLE)
    assert shown([notice, again]).gone


def test_takedown_to_a_lesser_mode_keeps_the_page():
    notice = LedgerEntry(Mode.LINK, Basis.TAKEDOWN, evidence="notice 13")
    display = shown([WRITTEN, notice])
    assert (display.mode, display.gone) == (Mode.LINK, False)
    assert not shown([WRITTEN, notice], output=Output.STORE).may_keep


# Norm 8


def test_full_of_others_is_noindex_with_canonical_to_the_source():
    display = shown([WRITTEN])
    assert (display.mode, display.robots, display.canonical_to_source) == (Mode.FULL, "noindex, follow", True)


def test_own_work_is_full_indexed_and_pictured():
    display = shown([OWN], {"robots": "noindex, noarchive"})
    assert (display.mode, display.robots, display.canonical_to_source) == (Mode.FULL, "index, follow", False)
    assert display.image
    assert display.extract is None
    assert shown([OWN], output=Output.SITEMAP).mode is Mode.FULL
    assert shown([OWN], output=Output.STRUCTURED_DATA).mode is Mode.FULL


def test_sample_edition_is_full_but_not_for_search_engines():
    display = shown([LedgerEntry(Mode.FULL, Basis.SAMPLE)])
    assert (display.mode, display.image, display.index) == (Mode.FULL, True, False)


# Ledger


def test_full_needs_a_basis():
    assert shown([LedgerEntry(Mode.FULL)]).mode is Mode.HEADLINE


def test_extract_without_basis_depends_on_the_territory():
    line = LedgerEntry(Mode.EXTRACT)
    american = shown([line], territory="us")
    assert american.mode is Mode.EXTRACT
    assert 0 < american.extract <= 200
    assert not american.own_words
    for strict in ("FR", "PL", "EU", "NO", "", None, "XX"):
        display = shown([line], territory=strict)
        assert (display.mode, display.reasons[0].source) == (Mode.HEADLINE, "territory")


def test_licensed_extract_has_its_own_length():
    line = LedgerEntry(Mode.EXTRACT, Basis.LICENCE, evidence="contract", extract=700)
    display = shown([line], territory="FR")
    assert (display.mode, display.extract, display.own_words) == (Mode.EXTRACT, 700, True)


def test_lines_speak_in_their_time_place_and_output():
    ended = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="x", until=NOW)
    coming = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="x", since=NOW + timedelta(seconds=1))
    german = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="x", territories=frozenset({"DE"}))
    european = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="x", territories=frozenset({"EU"}))
    paged = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="x", outputs=frozenset({Output.PAGE}))
    assert shown([ended]).mode is Mode.HEADLINE
    assert shown([ended], now=NOW - timedelta(seconds=1)).mode is Mode.FULL
    assert shown([coming]).mode is Mode.HEADLINE
    assert [shown([german], territory=t).mode for t in ("DE", "FR", None)] == [
        Mode.FULL,
        Mode.HEADLINE,
        Mode.HEADLINE,
    ]
    assert shown([european], territory="FR").mode is Mode.FULL
    assert shown([paged]).mode is Mode.FULL
    assert shown([paged], output=Output.LETTER).mode is Mode.HEADLINE


def test_closer_line_wins_then_the_later():
    house = LedgerEntry(Mode.LINK, scope=Scope.HOUSE, noted_at=NOW)
    older = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="x", noted_at=SEEN)
    newer = LedgerEntry(Mode.HEADLINE, noted_at=NOW)
    assert shown([house, older]).mode is Mode.FULL
    assert shown([older, newer]).mode is Mode.HEADLINE


@pytest.mark.parametrize("output", [Output.FEED, Output.API, Output.FEDERATION])
def test_forbidden_onward_use_shows_on_the_site_only(output):
    line = LedgerEntry(Mode.FULL, Basis.LICENCE, evidence="x", onward=False)
    closer = LedgerEntry(Mode.HEADLINE, scope=Scope.ARTICLE)
    assert shown([line], output=output).mode is Mode.NONE
    assert not shown([line], output=output).gone
    assert shown([line]).mode is Mode.FULL
    assert shown([line, closer], output=output).mode is Mode.NONE


# Open licences


@pytest.mark.parametrize(
    ("licence", "commercial", "mode"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", True, Mode.FULL),
        ("CC BY-NC 4.0", True, Mode.HEADLINE),
        ("CC BY-NC 4.0", False, Mode.FULL),
        ("All rights reserved", False, Mode.HEADLINE),
    ],
)
def test_open_licence_gives_what_it_says(licence, commercial, mode):
    line = LedgerEntry(Mode.FULL, Basis.OPEN_LICENCE, licence=licence)
    assert shown([line], policy=Policy(commercial=commercial)).mode is mode


def test_no_derivatives_is_whole_or_headline_never_cut():
    whole = LedgerEntry(Mode.FULL, Basis.OPEN_LICENCE, licence="CC BY-ND 4.0")
    part = LedgerEntry(Mode.EXTRACT, Basis.OPEN_LICENCE, licence="CC BY-ND 4.0")
    assert (shown([whole]).mode, shown([whole]).trim) == (Mode.FULL, False)
    assert shown([part]).mode is Mode.HEADLINE
    assert shown([whole], {"robots": "max-snippet:90"}).mode is Mode.HEADLINE
    assert shown([whole]).licence.name == "CC BY-ND"


# Signals


def test_snippet_limits_bound_the_extract():
    line = LedgerEntry(Mode.EXTRACT)
    assert shown([line], {"robots": "max-snippet:40"}).extract == 40
    assert shown([line], {"robots": "max-snippet:-1"}).extract == shown([line]).extract
    assert shown([line], {"x-robots-tag": "nosnippet"}).mode is Mode.HEADLINE


def test_noarchive_stores_nothing_and_takes_words_from_the_feed_only():
    line = LedgerEntry(Mode.FULL, Basis.OPEN_LICENCE, licence="CC BY 4.0")
    assert not shown([line], {"robots": "noarchive"}, Output.STORE).may_keep
    display = shown([line], {"robots": "noarchive"})
    assert (display.mode, display.own_words) == (Mode.EXTRACT, False)


def test_expired_page_is_gone():
    signals = {"robots": "unavailable_after: 2026-10-01T00:00:00Z"}
    assert shown(signals=signals).gone
    assert shown(signals=signals, now=datetime(2026, 9, 1, tzinfo=UTC)).mode is Mode.HEADLINE


def test_noindex_is_not_found_by_our_search_either():
    assert shown(signals={"robots": "noindex"}, output=Output.SEARCH).mode is Mode.NONE
    assert shown(signals={"robots": "noindex"}).mode is Mode.HEADLINE


def test_wall_keeps_licensed_openness_to_the_teaser():
    line = LedgerEntry(Mode.FULL, Basis.OPEN_LICENCE, licence="CC BY 4.0")
    assert shown([line], {"is_accessible_for_free": "False"}).mode is Mode.EXTRACT


def test_refused_training_alone_takes_nothing_away():
    signals = {"robots-content-usage": "train-ai=n, search=y"}
    assert shown(signals=signals, output=Output.MINING).may_keep
    assert not shown(signals={"content-usage": "bots=n"}, output=Output.MINING).may_keep
    assert shown(signals={"content-signal": "search=no"}).mode is Mode.LINK


# Quotations


def test_quotations_are_counted_and_bounded():
    display = shown(output=Output.QUOTATION, policy=Policy(quotations=3, quotation_length=120))
    assert (display.mode, display.extract, display.quotations) == (Mode.EXTRACT, 120, 3)
    assert shown(signals={"robots": "max-snippet:60"}, output=Output.QUOTATION).extract == 60
    assert shown(signals={"robots": "nosnippet"}, output=Output.QUOTATION).quotations == 0
    assert shown([LedgerEntry(Mode.LINK)], output=Output.QUOTATION).quotations == 0
    assert shown([WRITTEN], output=Output.QUOTATION).quotations is None
    assert shown(output=Output.PAGE).quotations == 0


# Properties

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
entries = st.builds(
    LedgerEntry,
    mode=st.sampled_from(Mode),
    basis=st.sampled_from(Basis),
    since=st.none() | moments,
    until=st.none() | moments,
    outputs=st.frozensets(st.sampled_from(Output), max_size=2),
    territories=st.frozensets(st.sampled_from(["DE", "US", "EU"]), max_size=2),
    evidence=st.sampled_from(["", "letter"]),
    image=st.none() | st.booleans(),
    onward=st.none() | st.booleans(),
    noted_at=st.none() | moments,
    scope=st.sampled_from(Scope),
    extract=st.none() | st.integers(-5, 900),
    licence=st.sampled_from(["", "CC BY-ND 4.0", "CC BY-NC 4.0", "CC0", "mine"]),
)
ledgers = st.lists(entries, max_size=4)
values = st.sampled_from(
    [
        "1",
        "0",
        "false",
        "noindex",
        "nosnippet",
        "max-snippet:30",
        "none, noarchive",
        "train-ai=n, search=n",
        "bots=n",
        "unavailable_after: 2026-06-01",
        "ai-index",
        "search",
        "tdm",
        "all",
        "max-image-preview:none",
        "CC BY 4.0",
    ]
)
names = st.sampled_from(
    [
        "robots",
        "x-robots-tag",
        "tdm-reservation",
        "content-usage",
        "rsl-refused",
        "ai-txt",
        "is_accessible_for_free",
        "licence",
    ]
)
tables = st.dictionaries(names, values, max_size=5)
places = st.sampled_from(["DE", "US", None])


def length(display):
    return float("inf") if display.extract is None else display.extract


@given(ledgers, tables, tables, st.sampled_from(Output), places, moments)
def test_adding_a_signal_never_gives_more(ledger, table, more, output, place, now):
    fewer = read_signals(table, seen=now)
    before = decide(ledger, fewer, output, place, now)
    after = decide(ledger, fewer + read_signals(more, seen=now), output, place, now)
    assert after.mode <= before.mode
    assert length(after) <= length(before)
    for about in ("image", "index", "own_words"):
        assert getattr(after, about) <= getattr(before, about)
    counts = [float("inf") if d.quotations is None else d.quotations for d in (before, after)]
    assert counts[1] <= counts[0]


@given(ledgers, tables, st.sampled_from(Output), places, moments)
def test_a_takedown_leaves_nothing_and_every_answer_has_its_reason(ledger, table, output, place, now):
    display = decide(ledger, table, output, place, now)
    assert display.reasons[0].about == "mode"
    assert (display.mode is Mode.FULL) == (display.extract is None)
    assert (display.mode is Mode.EXTRACT) == (display.extract is not None and display.extract > 0)
    gone = decide([*ledger, LedgerEntry(Mode.NONE, Basis.TAKEDOWN)], table, output, place, now)
    assert (gone.mode, gone.extract, gone.image, gone.index) == (Mode.NONE, 0, False, False)


@given(ledgers, tables, st.sampled_from(Output), places, moments)
def test_order_of_lines_does_not_matter(ledger, table, output, place, now):
    one, other = (decide(lines, table, output, place, now) for lines in (ledger, ledger[::-1]))
    assert (one.mode, one.gone) == (other.mode, other.gone)


def test_signals_are_due_after_a_week():
    assert Signals((), None).is_due(NOW)
    assert Signals((), NOW - timedelta(days=7)).is_due(NOW)
    assert not Signals((), NOW - timedelta(days=6)).is_due(NOW)
