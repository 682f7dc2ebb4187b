"""Word diffs: complete, readable, boring changes known, quick on anything."""

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.diffs import Piece, is_boring, word_diff


def test_a_changed_word():
    assert word_diff("The bridge is closed.", "The bridge is open.") == (
        Piece(kept="The bridge is "),
        Piece(removed="closed", added="open"),
        Piece(kept="."),
    )


def test_a_changed_phrase_is_struck_as_one():
    pieces = word_diff("He said nothing at all today.", "He refused every comment today.")
    assert [(p.removed, p.added) for p in pieces if not p.kept] == [("said nothing at all", "refused every comment")]


def test_a_moved_number_and_an_inserted_sentence():
    pieces = word_diff("Two died. The road is shut.", "Three died. Police confirmed it. The road is shut.")
    assert [(p.removed, p.added) for p in pieces if not p.kept] == [("Two", "Three"), ("", "Police confirmed it. ")]


def test_chinese_is_compared_by_character():
    pieces = word_diff("桥关闭两周。", "桥关闭三周。")
    assert pieces == (Piece(kept="桥关闭"), Piece(removed="两", added="三"), Piece(kept="周。"))


def test_same_and_empty():
    assert word_diff("same", "same") == (Piece(kept="same"),)
    assert word_diff("", "") == ()
    assert word_diff("", "new") == (Piece(added="new"),)


@pytest.mark.parametrize(
    ("before", "after", "boring"),
    [
        ('He said "yes".', "He said “yes”", True),
        ("a  b\n", "a b", True),
        ("well-known", "well–known", True),
        ("It's", "It’s", True),
        ("He won.", "He won?", False),
        ("1.5 million", "15 million", False),
        ("-5 degrees", "5 degrees", False),
        ("5 %", "5", False),
        ("rose", "fell", False),
        ("EU", "eu", False),
    ],
)
def test_boring_changes(before, after, boring):
    assert is_boring(before, after) is boring


def test_boring_pieces_are_marked():
    pieces = word_diff('He said "yes" twice.', "He said “yes” once.")
    assert [(p.removed, p.boring) for p in pieces if not p.kept] == [('"', True), ('"', True), ("twice", False)]


texts = st.text("ab .,“”\n漢字é", max_size=60) | st.text(max_size=40)


@given(texts, texts)
def test_nothing_is_lost_or_invented(before, after):
    pieces = word_diff(before, after)
    assert "".join(p.kept + p.removed for p in pieces) == before
    assert "".join(p.kept + p.added for p in pieces) == after
    for one, other in itertools.pairwise(pieces):
        assert bool(one.kept) != bool(other.kept)


def shuffled(words, seed):
    words = list(words)
    random.Random(seed).shuffle(words)
    return " ".join(words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 100_000, "b " * 100_000),
        ("a b " * 50_000, "b a " * 50_000),
        (shuffled(map(str, range(30_000)), 1), shuffled(map(str, range(30_000)), 2)),
        ("x" * 300_000, "y" * 300_000),
        ("\u0301" * 200_000, "\u0301" * 199_999),
        ("long " * 200_000, "long " * 200_000 + "end"),
    ],
    ids=["unlike", "alternating", "shuffled", "one word", "marks", "too long"],
)
def test_hostile_texts_are_bounded(before, after):
    start = time.process_time()
    pieces = word_diff(before, after)
    assert time.process_time() - start < 6
    assert "".join(p.kept + p.added for p in pieces) == after
