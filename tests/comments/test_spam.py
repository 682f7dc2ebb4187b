"""The spam filter: silent until it has learned, right on what it learned, and able to forget."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.guard import Around, Author, Draft, Rules, SpamFilter, judge
from broadsheet.comments.guard.spam import LEAST_LEARNED, features
from broadsheet.comments.guarding import learn, remembered_filter
from broadsheet.comments.models import Comment

_SPAM = [
    "win", "cash", "prize", "now", "click", "free", "offer", "pills", "casino", "bonus", "deal", "cheap", "watches",
    "loan", "credit", "guaranteed",
]  # fmt: skip
_WANTED = [
    "council", "bridge", "minister", "vote", "said", "report", "article", "think", "because", "road", "people",
    "town", "budget", "traffic", "agree",
]  # fmt: skip
_COMMON = [
    "the", "a", "of", "to", "and", "in", "is", "it", "for", "on", "with", "you", "that", "this",
]  # fmt: skip


def texts(seed: int, count: int) -> list[tuple[str, bool]]:
    chance = random.Random(seed)
    made = []
    for n in range(count):
        is_spam = n % 3 == 0
        own = _SPAM if is_spam else _WANTED
        words = [chance.choice(own if chance.random() < 0.5 else _COMMON) for _ in range(chance.randint(6, 20))]
        if is_spam and chance.random() < 0.5:
            words.append("https://pills.example/now")
        made.append((" ".join(words), is_spam))
    return made


def kind_of(is_spam):
    return "spam" if is_spam else "wanted"


def learned(count: int = 200) -> SpamFilter:
    spam = SpamFilter()
    for text, is_spam in texts(1, count):
        spam.learn(text, after=kind_of(is_spam))
    return spam


def test_it_says_nothing_before_it_has_learned_of_both_kinds():
    spam = SpamFilter()
    for text, is_spam in texts(1, 3 * LEAST_LEARNED - 3):
        spam.learn(text, after=kind_of(is_spam))
    assert spam.belief("win cash now") is None
    spam.learn("win cash prize", after="spam")
    assert spam.belief("win cash now") is not None


def test_it_tells_what_it_learned_apart():
    spam = learned()
    unseen = texts(2, 300)
    beliefs = [(spam.belief(text) or 0, is_spam) for text, is_spam in unseen]
    held = [is_spam for belief, is_spam in beliefs if belief >= 0.7]
    assert sum(held) / len(held) >= 0.95
    assert sum(held) >= 0.9 * sum(is_spam for _, is_spam in beliefs)


def test_words_it_never_saw_leave_it_undecided():
    assert 0.3 < (learned().belief("quixotic zephyr") or 0) < 0.7


@given(st.lists(st.tuples(st.text(max_size=60), st.booleans()), max_size=12), st.text(max_size=60), st.booleans())
def test_unlearning_takes_back_exactly_what_was_learned(before, text, is_spam):
    spam, same = SpamFilter(), SpamFilter()
    for one, kind in before:
        spam.learn(one, after=kind_of(kind))
        same.learn(one, after=kind_of(kind))
    spam.learn(text, after=kind_of(is_spam))
    spam.learn(text, before=kind_of(is_spam))
    assert spam == same


@given(st.lists(st.tuples(st.text(max_size=40), st.booleans()), max_size=10))
def test_the_order_of_decisions_does_not_matter(decisions):
    one, other = SpamFilter(), SpamFilter()
    for text, is_spam in decisions:
        one.learn(text, after=kind_of(is_spam))
    for text, is_spam in reversed(decisions):
        other.learn(text, after=kind_of(is_spam))
    assert one == other


@given(st.text(max_size=400))
def test_any_text_has_a_belief_between_none_and_all(text):
    assert 0 <= learned(60).belief_of(features(text)) <= 1


def test_the_guard_holds_what_the_filter_believes_and_spares_the_trusted():
    spam = learned()
    draft = Draft("win cash prize now click free pills https://pills.example/now", datetime(2026, 1, 1, tzinfo=UTC))
    judgement = judge(draft, Around(author=Author(approved=3)), Rules(), spam)
    assert judgement.reasons == ("looks_like_spam",)
    assert judgement.spam is not None
    assert judge(draft, Around(author=Author(trusted=True)), Rules(), spam).reasons == ()


@pytest.mark.django_db
@pytest.mark.parametrize("kinds", ["s", "sw", "w-", "s-s", "-ws"])
def test_what_is_stored_is_what_a_filter_in_memory_knows(kinds):
    comment = Comment(pk=1, markdown="WIN cash at https://pills.example", learned="")
    spam, before = SpamFilter(), ""
    for letter in kinds:
        kind = {"s": "spam", "w": "wanted", "-": ""}[letter]
        learn(comment, kind)
        spam.learn(comment.markdown, before=before, after=kind)
        before = kind
    stored = remembered_filter(features(comment.markdown))
    assert {name: counts for name, counts in stored.counts.items() if any(counts)} == spam.counts
