"""Words as numbers: read from bytes where that is possible, with the same answer."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.grouping import Grouper, Settings
from broadsheet.grouping.codes import code, numbers, read_codes, telling
from broadsheet.text.words import analyze
from tests.grouping.world import stream

SIGNS = st.text(alphabet="aAzZé’“ß09.,;-_ \n\u00ad\u0301½²µ中", max_size=60)


@given(st.one_of(st.text(max_size=60), SIGNS), st.sampled_from(["en", "de", "", "zh"]))
def test_codes_are_those_of_the_analysed_words(text, language):
    assert telling(read_codes(text, language)) == [*map(code, analyze(text, language))]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Fire, smoke. And U.S. aid…", ["fire", "smoke", "us", "aid"]),
        ("varnholt.example 3.5 2,000", ["varnholt", "exampl", "3.5", "2000"]),
        ("red_barn ,.,", ["red", "barn"]),
    ],
)
def test_what_stands_between_spaces_may_be_one_word_or_several_or_none(text, terms):
    assert telling(read_codes(text, "en")) == [*map(code, terms)]


def test_a_word_that_opens_with_a_digit_is_a_number():
    assert numbers(read_codes("fire 1850s", "en")) == [1]


def test_counts_of_what_is_let_go_leave_no_trace():
    docs = stream(events=60)
    random.Random(3).shuffle(docs)
    grouper = Grouper(Settings(memory=20))
    for doc in docs:
        grouper.add(doc)
    (only,) = grouper._streams.values()
    living = only.members.values()
    assert only.counts._words.keys() == {term for member in living for term in telling(member.sequence)}
    assert only.counts._names.keys() == {name for member in living for name in member.names}
    assert all(count > 0 for count in only.counts._words.values())
