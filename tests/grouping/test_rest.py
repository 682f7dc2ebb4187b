"""Formats, differences, weight, names and what is related."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.grouping import Change, NameKind, Subject, compare, find_names, related, weight
from broadsheet.grouping.document import read_document
from broadsheet.grouping.formats import Format, format_of

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Mayor resigns after fire report", Format.REPORT),
        ("Living with the river", Format.REPORT),
        ("Minister briefs lawmakers on the strike", Format.REPORT),
        ("Varnholt fire: live updates", Format.LIVE),
        ("EN DIRECT - Incendie à Varnholt", Format.LIVE),
        ("Morning briefing: what you missed", Format.ROUNDUP),
        ("Der Tag im Überblick", Format.ROUNDUP),
        ("Five things to know this Monday", Format.ROUNDUP),
        ("Horoskop: Montag, 2. März", Format.SERVICE),
        ("Weather: sunny spells", Format.SERVICE),
    ],
)
def test_formats_are_told_by_the_headline(title, kind):
    assert format_of(title) is kind


def test_a_difference_shows_both_sides():
    found = compare("The mayor spoke of 12 dead.", "The mayor warned of 14 dead today.")
    changed = [(d.change, d.original.strip(), d.copy.strip()) for d in found if d.change is not Change.SAME]
    assert changed == [
        (Change.CHANGED, "spoke", "warned"),
        (Change.CHANGED, "12 dead.", "14 dead today."),
    ]


@given(st.text(max_size=200), st.text(max_size=200))
def test_differences_joined_give_both_texts(original, copy):
    found = compare(original, copy)
    assert "".join(d.original for d in found) == original.lstrip()
    assert "".join(d.copy for d in found) == copy.lstrip()


def test_weight_follows_its_formula():
    w = weight(3, NOW - timedelta(hours=24), NOW - timedelta(hours=12), NOW)
    assert (w.reach, w.freshness, w.movement) == (2.0, 0.5, 0.5)
    assert w.value == 0.5


def test_an_outlet_or_owner_cannot_flood():
    one = weight(["A"] * 500, NOW, NOW, NOW)
    chain = weight([f"A{k}" for k in range(16)], NOW, NOW, NOW, owners={f"A{k}": "Big" for k in range(16)})
    assert (one.outlets, chain.outlets) == (1.0, 4.0)


def test_a_date_in_the_future_lifts_nothing():
    assert weight(2, NOW + timedelta(days=9), NOW + timedelta(days=9), NOW) == weight(2, NOW, NOW, NOW)


def test_names_are_found_with_kind_and_role():
    text = (
        "Defense Secretary Ilka Brandvoll met Otto Krug in Osterby on Monday. Brandvoll said the Harbor Authority "
        "would pay. “It is late,” said Mr. Krug at Varnholt University. Then France watched."
    )
    found = {n.name: n for n in find_names("Brandvoll meets Krug", text, "en")}
    assert found["Ilka Brandvoll"].kind is NameKind.PERSON
    assert found["Ilka Brandvoll"].count == 3
    assert found["Ilka Brandvoll"].role == "Defense Secretary"
    assert found["Otto Krug"].kind is NameKind.PERSON
    assert found["Osterby"].kind is NameKind.PLACE
    assert found["Harbor Authority"].kind is NameKind.ORGANIZATION
    assert found["Varnholt University"].kind is NameKind.ORGANIZATION
    assert found["France"].kind is NameKind.PLACE
    assert "It" not in found
    assert "Monday" not in found


@given(st.text(max_size=300), st.text(max_size=600), st.sampled_from(["en", "de", "zh", ""]))
def test_any_text_has_bounded_names(title, text, language):
    found = find_names(title, text, language)
    assert len(found) <= 60
    assert all(n.name and n.count > 0 for n in found)


def subject(ident, *names, days=0.0, original=""):
    kinds = {"Ilka Brandvoll": NameKind.PERSON, "Osterby": NameKind.PLACE}
    found = find_names("", " and ".join(f"then {n}" for n in names), "en")
    named = [type(n)(n.name, kinds.get(n.name, NameKind.ORGANIZATION), 1) for n in found]
    return Subject(ident, named, NOW + timedelta(days=days), original=original)


def test_related_has_a_reason_and_no_copies():
    read = subject("1", "Ilka Brandvoll", "Osterby")
    others = [
        subject("2", "Ilka Brandvoll", "Osterby", days=-3),
        subject("3", "Osterby"),
        subject("4", "Ilka Brandvoll", original="1"),
        read,
    ]
    (found,) = related(read, others)
    assert found.id == "2"
    assert found.reason == "same people and place, earlier the same week"


def test_what_has_no_id_yet_is_related_and_copies_of_one_original_are_not():
    read = subject("", "Ilka Brandvoll")
    assert [found.id for found in related(read, [subject("2", "Ilka Brandvoll")])] == ["2"]
    copy = subject("3", "Ilka Brandvoll", original="1")
    others = [subject("1", "Ilka Brandvoll"), subject("4", "Ilka Brandvoll", original="1")]
    assert related(copy, others) == []


def test_names_too_common_relate_nothing():
    read, other = subject("1", "Ilka Brandvoll"), subject("2", "Ilka Brandvoll")
    assert related(read, [other], common={"Ilka Brandvoll"}) == []


@pytest.mark.parametrize("published", [None, "", "yesterday", 17, "2026-13-01"])
def test_an_unreadable_date_counts_as_unknown(published):
    assert read_document({"id": 1, "published": published}).hours is None


def test_a_document_is_read_with_limits():
    d = read_document({"id": 7, "title": None, "text": "x" * 9_000_000, "lang": "pt_BR", "published": NOW})
    assert (d.id, d.title, len(d.text), d.language) == ("7", "", 200_000, "pt")
    assert d.hours == NOW.timestamp() / 3600
