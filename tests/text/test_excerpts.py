"""Excerpts: verbatim, bounded, cut where a reader stops."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.excerpts import excerpt, is_cut, shortened


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Short.", 100, "Short."),
        ("One sentence here. Another one follows it.", 30, "One sentence here."),
        ("A very long sentence without any stop in it at all", 20, "A very long sentence"),
        ("A very long sentence without any stop in it at all", 19, "A very long"),
        ("He met Mr. Lund in the old town hall of Verrin.", 30, "He met Mr. Lund in the old"),
        ("It cost 3.5 million euros a year to keep it.", 20, "It cost 3.5 million"),
        ("He said “stop.” Then he left the hall.", 20, "He said “stop.”"),
        ("市议会周一表示。这座桥将因维修关闭两周。", 12, "市议会周一表示。"),
        ("市议会周一表示这座桥将因维修关闭两周", 6, "市议会周一表"),
        ("قال الوزير نعم. ثم غادر القاعة مسرعا", 18, "قال الوزير نعم."),
        ("  leading space stays out", 9, "leading"),
        ("wordwithoutend" * 20, 10, "wordwithou"),
        ("", 10, ""),
        ("anything", 0, ""),
        ("anything", -5, ""),
    ],
)
def test_excerpts(text, length, expected):
    assert excerpt(text, length) == expected


def test_no_character_is_torn():
    assert excerpt("e\u0301e\u0301e\u0301", 3) == "e\u0301"
    assert excerpt("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 8) == "👩‍👩‍👧‍👦"
    assert excerpt("🇩🇪🇫🇷🇮🇹", 3) == "🇩🇪"
    assert excerpt("क्षक्षक्ष", 4) == "क्ष"


@given(st.text(), st.integers(0, 60))
def test_always_a_prefix_within_the_length(text, length):
    part = excerpt(text, length)
    assert len(part) <= length
    assert text.lstrip().startswith(part)
    assert part == part.strip()
    assert is_cut(text, part) == (part != text.strip())


@given(st.text("अआक्िीुंñे aé", max_size=40), st.integers(1, 40))
def test_what_follows_the_cut_is_no_mark(text, length):
    part = excerpt(text, length)
    rest = text.lstrip()[len(part) :]
    if part and rest:
        assert unicodedata.category(rest[0]) not in ("Mn", "Mc")


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 9, "one two…"),
        ("  one\n two ", 20, "one two"),
        ("一二三四五六", 4, "一二三…"),
        ("市议会周一表示。这座桥将因维修关闭两周。", 12, "市议会周一表示…"),
        ("abcdef", 1, ""),
        ("", 5, ""),
    ],
)
def test_what_was_shortened_says_so(text, length, expected):
    assert shortened(text, length) == expected


@given(st.text(), st.integers(1, 60))
def test_what_is_shortened_fits(text, length):
    assert len(shortened(text, length)) <= length


@pytest.mark.parametrize(
    "text", ["." * 500_000, " " * 500_000, "a\u0301" * 250_000, "a" + "\u0301" * 500_000, "Mr. " * 100_000]
)
def test_hostile_texts_are_quick(text):
    start = time.process_time()
    assert len(excerpt(text, 200)) <= 200
    assert time.process_time() - start < 0.5
