"""Every query has a meaning; only dates can be wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.grammar import LONGEST, MOST_FILTERS, MOST_TERMS, Filter, QueryError, Term, parse_query

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»", "‹›", "‘’", "「」", "『』", "《》", "〝〟", "＂＂", '"'])
def test_quotation_marks_of_all_kinds_make_a_phrase(marks):
    assert parse_query(f"{marks[0]}fishing treaty{marks[1:]}").terms == (Term("fishing treaty", is_phrase=True),)


def test_apostrophes_are_no_quotation_marks():
    assert [term.text for term in parse_query("don’t l’été rock ’n’ roll dogs’ “the dogs’ home”").terms] == [
        "don’t", "l’été", "rock", "’n’", "roll", "dogs’", "the dogs’ home",
    ]  # fmt: skip


def test_minus_stands_before_words_phrases_and_filters_but_not_inside_words():
    query = parse_query('well-known -senate -"old news" −word -source:bao 3 - 2')

    assert query.terms == (
        Term("well-known"),
        Term("senate", without=True),
        Term("old news", is_phrase=True, without=True),
        Term("word", without=True),
        Term("3"),
        Term("-"),
        Term("2"),
    )
    assert query.filters == (Filter("source", "bao", without=True),)


def test_filters_in_any_case_and_with_phrases():
    query = parse_query("SOURCE:Bao by:“Ada Quill” lang:de kind:opinion section:world by：Lund")

    assert query.values("source") == ["Bao"]
    assert query.values("by") == ["Ada Quill", "Lund"]
    assert not query.terms


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-09", datetime(2026, 3, 9, tzinfo=UTC)),
        ("7d", NOW - timedelta(days=7)),
        ("12H", NOW - timedelta(hours=12)),
        ("2w", NOW - timedelta(days=14)),
    ],
)
def test_dates_and_spans_of_time(words, moment):
    assert parse_query(f"after:{words}", NOW).after == moment
    assert parse_query(f"before:{words}", NOW).before == moment


@pytest.mark.parametrize("words", ["yesterday", "13.13.2020", "2026-02-30", "0000", "9999y", "٢٠٢٦", "7", "-7d"])
def test_wrong_dates_are_explained(words):
    with pytest.raises(QueryError, match="2026-11-22"):
        parse_query(f"after:{words}", NOW)


def test_words_can_be_replaced_where_they_stand():
    query = parse_query('vagra "old vagra" -vagra after:7d', NOW)

    assert query.replaced({query.terms[0]: "varga"}) == 'varga "old vagra" -vagra after:7d'


def test_what_is_read_is_bounded():
    query = parse_query("word " * 5_000 + "by:x " * 5_000)

    assert len(query.text) <= LONGEST
    assert len(query.terms) == MOST_TERMS
    assert len(parse_query("by:x " * 99).filters) == MOST_FILTERS


@given(st.text() | st.text(alphabet='"“”„«»‘’「」-−:*()^ \x00\nbysource:afterlang7d'))
def test_every_text_is_a_query_or_a_wrong_date(text):
    try:
        query = parse_query(text, NOW)
    except QueryError:
        return
    for term in query.terms:
        assert query.text[term.start : term.end] == term.text
