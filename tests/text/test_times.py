from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.times import clamp, offset_minutes, parse_time, with_offset

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 02 Mar 2026 12:00:00 GMT",
        "Mon, 02 Mar 2026 12:00:00 +0000",
        "Mon, 02 Mar 2026 12:00:00 Z",
        "Mon, 02 Mar 2026 12:00:00 UT",
        "Mon, 2 Mar 2026 13:00:00 +0100",
        "Mon, 02 Mar 2026 13:00:00 +01:00",
        "Mon, 02 Mar 2026 13:00:00 +1:00",
        "Mon, 02 Mar 2026 13:00:00 GMT+1",
        "Mon, 02 Mar 2026 13:00:00 CET",
        "Mon, 02 Mar 2026 07:00:00 EST",
        "Mon, 02 Mar 2026 07:00:00 -0500 (EST)",
        "Mon, 02 Mar 2026 07:00 EST",
        "Mon 02 Mar 2026 12:00:00",
        "02 Mar 26 12:00:00 GMT",
        "2 March 2026, 12:00",
        "Monday, March 2, 2026 - 12:00pm",
        "Mon Mar  2 12:00:00 2026",
        "Mon Mar 02 07:00:00 EST 2026",
        "2026-03-02T12:00:00Z",
        "2026-03-02T12:00:00.000Z",
        "2026-03-02t12:00:00z",
        "2026-03-02T12:00:00,000+00:00",
        "2026-03-02T12:00Z",
        "2026-03-02T12:00:00",
        "2026-03-02 12:00:00",
        "2026-03-02 12:00:00 UTC",
        "2026-03-02 12:00:00 +0000 UTC",
        "2026-03-02T07:00:00-05:00",
        "2026-03-02T07:00:00-0500",
        "2026-03-02T07:00:00-05",
        "2026-03-02T17:30:00+05:30",
        "2026-03-02T13:00:00 Europe/Paris",
        "20260302T120000Z",
        "2026/03/02 12:00:00",
        "02.03.2026 12:00",
        "2. März 2026, 12:00 Uhr",
        "lun., 02 mars 2026 13:00:00 +0100",
        "2 de marzo de 2026 12:00",
        "2026年3月2日 12:00",
        "2026年3月2日 12時",
        "2026. 3. 2. 오후 12:00",
        "March 2, 2026 7:00 AM ET",
        "Mon, March 2 2026 12:00:00 +0000",
        "Mon, 02-Mar-2026 12:00:00.123 GMT",
        "2nd of March 2026 12:00",
        "2026-03-02 12:00:00.000000000 +0000 UTC",
        "Published: 2 March 2026 12:00 GMT | Updated: 4 April 2026 15:00 GMT",
        "2026-3-2 12:00",
        "2026년 3월 2일 12:00",
        "2 марта 2026, 12:00",
        "1772452800",
        "1772452800000",
        1772452800,
        1772452800.0,
        1772452800123456 - 123456,
    ],
)
def test_noon_in_many_spellings(text):
    assert parse_time(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        None,
        True,
        "now",
        "yesterday",
        "12:00",
        "2026",
        "2026-03",
        "March 2026",
        "2026-13-01",
        "2026-02-30",
        "03/04/2026",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        0,
        -1,
        12345,
        "x" * 10000,
        "1" * 100,
        "2026-03-02T25:00:00Z",
        float("nan"),
        float("inf"),
        "31 Feb 2026",
        "99 Mar 99999",
    ],
)
def test_what_is_no_date_or_not_for_certain_is_none(text):
    assert parse_time(text) is None


def test_day_without_time_is_midnight_in_its_zone():
    assert parse_time("2026-03-02") == datetime(2026, 3, 2, tzinfo=UTC)
    paris = timezone(timedelta(hours=1))
    assert parse_time("2 mars 2026", zone=paris) == datetime(2026, 3, 2, tzinfo=paris)


def test_order_of_day_and_month_is_known_or_not_guessed():
    assert parse_time("03/04/2026", day_first=True) == datetime(2026, 4, 3, tzinfo=UTC)
    assert parse_time("03/04/2026", day_first=False) == datetime(2026, 3, 4, tzinfo=UTC)
    assert parse_time("13/04/2026") == parse_time("04/13/2026") == datetime(2026, 4, 13, tzinfo=UTC)
    assert parse_time("04/04/2026") == datetime(2026, 4, 4, tzinfo=UTC)


def test_weekday_that_looks_like_a_month_is_none():
    assert parse_time("mar. 3 févr. 2026 10:00") == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_first_of_two_dates_is_meant():
    assert parse_time("Published 28 Feb 2026 | Updated 1 March 2026") == datetime(2026, 2, 28, tzinfo=UTC)


def test_half_of_the_day_in_eastern_scripts():
    assert parse_time("2026年3月2日 下午3:05") == datetime(2026, 3, 2, 15, 5, tzinfo=UTC)
    assert parse_time("2026/3/2 午前3時5分") == datetime(2026, 3, 2, 3, 5, tzinfo=UTC)


def test_two_digit_years_and_dots():
    assert parse_time("02.03.26") == parse_time("2.3.2026") == datetime(2026, 3, 2, tzinfo=UTC)


def test_legal_edges_of_the_clock():
    assert parse_time("2026-03-02T24:00:00Z") == datetime(2026, 3, 3, tzinfo=UTC)
    assert parse_time("2026-06-30T23:59:60Z") == datetime(2026, 7, 1, tzinfo=UTC)
    assert parse_time("2 March 2026 12:30 a.m.") == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def test_offset_of_the_source_is_kept():
    moment = parse_time("2026-03-02T17:30:00+05:30")
    assert offset_minutes(moment) == 330
    assert with_offset(moment.astimezone(UTC), 330).isoformat() == "2026-03-02T17:30:00+05:30"
    assert offset_minutes(parse_time("Mon, 02 Mar 2026 12:00:00 GMT")) == 0


def test_future_is_clamped_to_first_seen_and_flagged():
    assert clamp(NOON + timedelta(days=1200), NOON) == (NOON, True)
    assert clamp(NOON + timedelta(minutes=2), NOON) == (NOON, False)
    assert clamp(NOON - timedelta(days=1), NOON) == (NOON - timedelta(days=1), False)
    assert clamp(None, NOON) == (NOON, False)


MOMENTS = st.datetimes(
    datetime(1980, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.builds(lambda m: timezone(timedelta(minutes=m)), st.integers(-720, 840)),
)


@given(MOMENTS)
def test_what_python_writes_is_read_back(moment):
    assert parse_time(moment.isoformat()) == moment
    whole = moment.replace(microsecond=0)
    assert parse_time(whole.strftime("%a, %d %b %Y %H:%M:%S %z")) == whole
    assert parse_time(whole.strftime("%Y-%m-%d %H:%M:%S%z")) == whole
    assert offset_minutes(parse_time(moment.isoformat())) == offset_minutes(moment)


@given(
    st.text(max_size=130) | st.from_regex(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}([T ]\d{2}:\d{2}.{0,8})?", fullmatch=True)
)
def test_any_text_is_a_time_or_none(text):
    moment = parse_time(text)
    assert moment is None or moment.utcoffset() is not None
