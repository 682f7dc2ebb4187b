"""The same words in several articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.quotes import Difference, differences, gather_same, quotation_key, same_quotation

LONG = "We have waited long enough for this day to come, and now the bridge is open to everybody."


@pytest.mark.parametrize(
    "other",
    [
        LONG,
        LONG.upper(),
        "we have waited long enough for this day to come",
        "We have waited long enough for this day to come, and now [the bridge] is open to everybody",
        "We have waited long enough for this day to come … and now the bridge is open",
        "We've waited long enough for this day to come, and now the bridge is open to everyone.",
    ],
)
def test_cut_and_mended_versions_are_one(other):
    assert same_quotation(LONG, other)
    assert same_quotation(other, LONG)
    assert quotation_key(LONG) & quotation_key(other)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "the bridge",
        "now the road is closed to everybody here",
        "We have waited long enough for the money to be paid back.",
    ],
)
def test_other_words_are_another_quotation(other):
    assert not same_quotation(LONG, other)


def test_short_ones_must_stand_in_the_other_as_they_are():
    assert same_quotation("open to everybody now", "It is open to everybody now, at last.")
    assert not same_quotation("open to nobody now", "It is open to everybody now, at last.")


def test_scripts_without_spaces_compare_sign_by_sign():
    assert same_quotation("我们不会在压力面前让步", "“我们不会在压力面前让步，这是原则问题”")


def test_differences_name_the_words():
    assert differences("We will not pay the bill", "We will pay the whole bill") == [
        Difference("not", ""),
        Difference("", "whole"),
    ]


def test_gathering_keeps_every_place_and_shows_the_longest():
    cut = "We have waited long enough for this day to come"
    (one, other) = gather_same([("a", cut), ("b", LONG), ("c", "Nobody asked the people of the valley."), ("d", cut)])
    assert (one.text, one.places, one.versions) == (LONG, ("a", "b", "d"), (cut, LONG, cut))
    assert other.places == ("c",)


@given(st.lists(st.text(alphabet="ab .", max_size=30), max_size=12))
def test_gathering_loses_no_place(texts):
    gathered = gather_same(list(enumerate(texts)))
    assert sorted(place for one in gathered for place in one.places) == list(range(len(texts)))
