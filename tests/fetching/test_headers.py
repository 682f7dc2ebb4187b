from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.fetching.headers import flatten, max_age, retry_after

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("1.5", timedelta(seconds=1)),
        ("999999999", DAY),
        ("Mon, 02 Mar 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 02 Mar 2026 13:05:00 +0100", timedelta(minutes=5)),
        ("Sun, 01 Mar 2026 12:00:00 GMT", timedelta()),
        ("Mon, 02 Mar 2099 12:05:00 GMT", DAY),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9" * 500, None),
    ],
)
def test_retry_after_in_seconds_and_dates(text, wait):
    assert retry_after(text, NOW, cap=DAY) == wait


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("max-age=60", timedelta(minutes=1)),
        ("public, Max-Age = 60", timedelta(minutes=1)),
        ("no-cache", timedelta()),
        ("no-store, max-age=60", timedelta()),
        ("s-maxage=60", None),
        ("", None),
    ],
)
def test_max_age(text, age):
    assert max_age(text) == age


def test_repeated_fields_are_joined():
    assert flatten([("Link", "a"), ("X", "1"), ("LINK", "b")]) == {"link": "a, b", "x": "1"}
