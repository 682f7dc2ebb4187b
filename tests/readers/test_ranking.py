"""Choosing is a pure function: stated order, stated reasons, no floods, and what is muted stays away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers.following import Mutes, Wishes, mutes_from, padded
from broadsheet.readers.ranking import ALONE_MOST, Candidate, Index, choose, missed
from broadsheet.readers.targets import Thing

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TRADE, FERRIES = Thing("topic", "trade"), Thing("topic", "ferries")


def candidate(story, *things, publishers=("a",), independents=None, hours=0, headline="Ferry sails again"):
    return Candidate(
        story=story,
        independents=len(set(publishers)) if independents is None else independents,
        moved_at=NOW - timedelta(hours=hours),
        words=padded(headline),
        publishers=tuple(publishers),
        articles=tuple(story * 100 + number for number in range(len(publishers))),
        things=frozenset({Thing("story", str(story)), *things, *(Thing("source", one) for one in publishers)}),
    )


def stories(choices):
    return [choice.candidate.story for choice in choices]


def test_a_story_comes_once_with_all_its_reasons():
    index = Index([candidate(1, TRADE, FERRIES), candidate(2)])

    (choice,) = choose(index, Wishes((TRADE, FERRIES)))

    assert choice.because == (TRADE, FERRIES)


def test_more_independent_outlets_stand_in_front_and_newer_before_older():
    wide, new, old = candidate(1, TRADE, publishers=("a", "b", "c")), candidate(2, TRADE), candidate(3, TRADE, hours=20)

    assert stories(choose(Index([old, new, wide]), Wishes((TRADE,)))) == [1, 2, 3]


def test_no_outlet_floods_the_page_even_if_it_is_followed():
    flood = [candidate(number, publishers=("g",)) for number in range(1, 40)]
    other = [candidate(50, TRADE, publishers=("a", "b"))]

    found = choose(Index([*flood, *other]), Wishes((Thing("source", "g"), TRADE)))

    assert sum(set(one.candidate.publishers) == {"g"} for one in found) == ALONE_MOST
    assert 50 in stories(found)


@pytest.mark.parametrize(
    ("mutes", "left"),
    [
        ([("word", "ferry")], [2]),
        ([("word", "sails again")], [2]),
        ([("word", "fer")], [1, 2]),
        ([("topic", "ferries")], [2]),
        ([("source", "a")], [1, 2]),
        ([("source", "a"), ("source", "b")], [2]),
    ],
)
def test_what_is_muted_is_not_shown(mutes, left):
    index = Index(
        [
            candidate(1, TRADE, FERRIES, publishers=("a", "b")),
            candidate(2, TRADE, publishers=("c",), headline="Grain talks"),
        ]
    )

    assert sorted(stories(choose(index, Wishes((TRADE,), mutes_from(mutes))))) == left


def test_a_story_led_by_a_muted_source_is_shown_by_another_report():
    index = Index([candidate(1, TRADE, publishers=("a", "b"))])

    (choice,) = choose(index, Wishes((TRADE,), Mutes(sources=frozenset({"a"}))))

    assert choice.lead == 101


@pytest.mark.parametrize(("phrase", "headline"), [("海峡", "海峡开放后首航"), ("عبارة", "عودة عبارة سهيل")])
def test_words_of_other_scripts_are_muted_too(phrase, headline):
    index = Index([candidate(1, TRADE, headline=headline)])

    assert choose(index, Wishes((TRADE,), mutes_from([("word", phrase)]))) == []


def test_read_stories_are_not_shown_again():
    assert choose(Index([candidate(1, TRADE)]), Wishes((TRADE,), read=frozenset({1}))) == []


def test_followed_searches_bring_stories_of_their_own():
    search = Thing("search", "ferry")
    index = Index([candidate(1), candidate(2)])

    (choice,) = choose(index, Wishes((search,)), searches=[(search, {2})])

    assert (choice.candidate.story, choice.because) == (2, (search,))


def test_what_would_be_missed_is_big_and_outside_of_every_wish():
    big, own, small = candidate(1, publishers=("a", "b", "c")), candidate(2, TRADE, publishers=("a", "b")), candidate(3)

    assert stories(missed(Index([big, own, small]), Wishes((TRADE,)), {2})) == [1]


THINGS = [Thing("topic", name) for name in "uvwxyz"]
CANDIDATES = st.lists(
    st.builds(
        lambda story, things, publishers, hours: candidate(story, *things, publishers=publishers, hours=hours),
        st.integers(1, 200),
        st.lists(st.sampled_from(THINGS), max_size=3),
        st.lists(st.sampled_from("abcde"), min_size=1, max_size=4),
        st.integers(0, 90),
    ),
    max_size=40,
    unique_by=lambda one: one.story,
)


@given(
    CANDIDATES,
    st.lists(st.sampled_from(THINGS), unique=True),
    st.frozensets(st.sampled_from("abcde")),
    st.integers(1, 30),
)
def test_whatever_is_wished_is_met_once_and_explained(candidates, follows, muted, limit):
    wishes = Wishes(tuple(follows), Mutes(sources=muted))

    found = choose(Index(candidates), wishes, limit=limit)

    assert len(found) <= limit
    assert len(set(stories(found))) == len(found)
    for choice in found:
        assert choice.because
        assert set(choice.because) <= set(follows) & choice.candidate.things
        assert set(choice.candidate.publishers) - muted
    alone = [choice.candidate.publishers[0] for choice in found if len(set(choice.candidate.publishers)) == 1]
    assert all(alone.count(publisher) <= ALONE_MOST for publisher in alone)
