"""The notation of the sample articles."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.sample.markup import Calendar, Chunk, fill_dates, read_chunks

ENGLISH = Calendar(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    day="{d} {month}",
    date="{d} {month} {y}",
)
SUNDAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_each_kind_of_piece_is_read():
    body = "One.\n\n## Two\n\n- a\n- b\n\n> Three\n\n![Four](harbor)\n\n@ 2.5 | Five"
    assert read_chunks(body) == [
        Chunk("paragraph", "One."),
        Chunk("subheading", "Two"),
        Chunk("list", "a\nb"),
        Chunk("quotation", "Three"),
        Chunk("figure", "Four", "harbor"),
        Chunk("entry", "Five", "2.5"),
    ]


@pytest.mark.parametrize("piece", ["- a\nb", "![no end](", "![](harbor)", "@ soon | Five", "two\nlines"])
def test_broken_notation_is_refused_with_the_piece(piece):
    with pytest.raises(ValueError, match=r"each line|a picture|an entry|one line"):
        read_chunks(piece)


@given(st.text())
def test_any_body_is_read_or_refused(body):
    try:
        chunks = read_chunks(body)
    except ValueError:
        return
    assert all(chunk.kind for chunk in chunks)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{day}", "Sunday"),
        ("{day-1}", "Saturday"),
        ("{day+1}", "Monday"),
        ("{date+31}", "1 April"),
        ("{year}", "2026"),
        ("{other} {day+x}", "{other} {day+x}"),
    ],
)
def test_days_are_counted_from_the_event(written, read):
    assert fill_dates(written, SUNDAY, {"en": ENGLISH}, "en") == read
