"""Settling: groups are joined best first, whatever order they came in, and corrections are said."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.grouping import Grouper, Settings
from broadsheet.grouping.agglomerate import Node, agglomerate
from broadsheet.grouping.member import specifics
from tests.grouping.world import b_cubed, stream

LIKE = {(0, 1): 0.5, (1, 2): 0.3, (3, 4): 0.4, (2, 3): 0.1}


def nodes(links, count, **more):
    found = [Node([k], **more) for k in range(count)]
    for (a, b), value in links.items():
        found[a].links[b] = found[b].links[a] = value
    return found


def joined(found, between=lambda a, b: 0.0):
    groups = agglomerate(found, threshold=0.15, bare_threshold=0.2, bare_power=0.8, between=between)
    return sorted(sorted(group.members) for group in groups)


def test_the_closest_are_joined_while_their_mean_is_close_enough():
    assert joined(nodes(LIKE, 5)) == [[0, 1, 2], [3, 4]]
    assert joined(nodes(LIKE | {(1, 2): 0.29}, 5)) == [[0, 1], [2], [3, 4]]


def test_bare_headlines_need_less_the_more_they_are():
    few = {(a, b): 0.21 for a in range(6) for b in range(6) if a < b and a % 2 == b % 2}
    across = {(a, b): 0.1 for a in range(6) for b in range(6) if a < b and a % 2 != b % 2}
    assert joined(nodes(few | across, 6)) == [[0, 2, 4], [1, 3, 5]]
    assert joined(nodes(few | dict.fromkeys(across, 0.14), 6, bare=1)) == [[0, 1, 2, 3, 4, 5]]
    assert joined(nodes({(0, 1): 0.14}, 2, bare=1)) == [[0], [1]]


@pytest.mark.parametrize(("total", "groups"), [(0.4, [[0, 1, 2]]), (0.0, [[0], [1, 2]]), (None, [[0], [1, 2]])])
def test_standing_stories_are_joined_only_if_they_agree(total, groups):
    found = nodes({(0, 2): 0.25, (1, 2): 0.4}, 3)
    found[0].anchors, found[1].anchors = [0], [1]
    assert joined(found, lambda a, b: total) == groups


@given(st.integers(0, 10_000))
def test_the_order_of_what_is_joined_does_not_matter(seed):
    rng = random.Random(seed)
    links = {(a, b): rng.random() / 2 for a in range(9) for b in range(a + 1, 9) if rng.random() < 0.5}
    places = rng.sample(range(9), 9)
    moved = {tuple(sorted((places[a], places[b]))): value for (a, b), value in links.items()}
    expected = sorted(sorted(places[k] for k in group) for group in joined(nodes(links, 9)))
    assert joined(nodes(moved, 9)) == expected


def test_corrections_say_where_an_article_was_and_lead_to_the_last_answer():
    grouper, where = Grouper(), {}
    docs = stream(events=150)
    for d in docs:
        own, *corrections = grouper.add(d)
        for answer in corrections:
            assert where[answer.id] == answer.previous != answer.story
            where[answer.id] = answer.story
        where[own.id] = own.story
    for answer in grouper.finish():
        assert where[answer.id] == answer.previous
        where[answer.id] = answer.story
    assert b_cubed({d["id"]: d["truth"] for d in docs}, where) > 0.95
    living = {q: name for s in grouper._streams.values() for name, seqs in s.stories.items() for q in seqs}
    assert len(living) == len(docs)


def test_settling_twice_changes_nothing_more():
    grouper = Grouper()
    for d in stream(events=40):
        grouper.add(d)
    grouper.finish()
    assert grouper.finish() == []


def test_an_article_placed_with_another_stays_with_it():
    grouper = Grouper()
    first = stream(events=1)[0]
    grouper.add(first)
    copy = first | {"id": "copy", "source": "Z", "story": first["id"]}
    assert grouper.add(copy)[0].story == first["id"]
    assert not [answer for answer in grouper.finish() if answer.id in ("copy", first["id"])]


@pytest.mark.parametrize("written", ["434,000", "434.000", "434 000", "434\u202f000", "434", "٤٣٤"])
def test_a_number_is_its_significant_digits(written):
    assert list(specifics("", f"and {written} people", 1.0)) == ["434"]


@pytest.mark.parametrize("sign", ["\ufdfa", "\u3300", "\u4e00", "x "])
def test_one_sign_over_and_over_is_counted_and_no_more(sign):
    grouper = Grouper()
    assert grouper.add({"id": "1", "title": sign * 5_000, "text": sign * 50_000, "lang": "ar"})[0].story == "1"


def test_what_is_let_go_is_found_no_more_whatever_the_order_of_dates():
    docs = stream(events=150)
    random.Random(4).shuffle(docs)
    grouper = Grouper(Settings(memory=60))
    for d in docs:
        grouper.add(d)
    (only,) = grouper._streams.values()
    posted = [seq for index in (only._postings, only._fresh) for seqs in index.values() for seq in seqs]
    assert posted
    assert set(posted) <= set(only.members)
