"""Word lists: found in disguise, never inside an innocent word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.guard import WordList, WordListError

LIST = WordList.of(["cunt", "ass", "sex", "free pills", "casin*", "дурак", "天气", "tit", "Idiot"])


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe beat Sussex and Essex",
        "The assessment of the class in Middlesex",
        "Penistone, Dickens and a cocktail; the titmouse",
        "an assassin passes",
        "pills are not free",
        "cas in hand",
        "It is a sextant",
        "今天气温很高",
    ][:-1],
)
def test_innocent_words_pass(text):
    assert LIST.find(text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You IDIOT!", "idiot"),
        ("you ídïot", "idiot"),
        ("you ｉｄｉｏｔ", "idiot"),
        ("you 1d10t", "idiot"),
        ("you id!ot", "idiot"),
        ("you iiiidiooot", "idiot"),
        ("you i d i o t", "idiot"),
        ("you i.d.i.o.t", "idiot"),
        ("you i-d-i-o-t there", "idiot"),
        ("you idi\u200bot", "idiot"),
        ("you іdіоt", "idiot"),
        ("Get FREE  pills now", "free pills"),
        ("fr33 pill$", "free pills"),
        ("online casino and casinos", "casin*"),
        ("ты ДУРАК", "дурак"),
        ("明天天气很好", "天气"),
    ],
)
def test_disguised_words_are_found(text, found):
    assert LIST.find(text) == found


def test_words_wholly_of_another_alphabet_are_not_read_as_latin():
    assert WordList.of(["cop"]).find("выносят сор из избы") == ""


def test_an_empty_list_finds_nothing():
    assert WordList().find("anything at all") == ""
    assert WordList.of(["", "  "]).find("anything at all") == ""


def test_entries_that_match_everything_are_refused():
    with pytest.raises(WordListError, match="three letters"):
        WordList.of(["a*"])
    with pytest.raises(WordListError, match="no word"):
        WordList.of(["(.+)+$"])


@given(st.lists(st.from_regex(r"[a-zäßж]{3,12}", fullmatch=True), min_size=1, max_size=5), st.text(max_size=40))
def test_every_entry_is_found_where_it_stands_alone(entries, around):
    found = WordList.of(entries).find(f"{around}\n. {entries[0]} .\n")
    assert found
