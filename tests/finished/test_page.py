import gzip
from datetime import UTC, datetime

import brotli
import pytest

from broadsheet.finished.page import NotKeepable, finish

UNTIL = datetime(2026, 11, 23, tzinfo=UTC)
BODY = b"<!doctype html><title>News</title>" * 40


def finished(status=200, headers=None, body=BODY, tags=("article:1",)):
    return finish(status, headers or {"Content-Type": "text/html"}, body, tags=tags, until=UNTIL)


def test_finish_keeps_the_bytes_in_every_encoding():
    page = finished()
    assert page.plain == page.packed("") == BODY
    assert brotli.decompress(page.packed("br")) == BODY
    assert gzip.decompress(page.packed("gzip")) == BODY
    assert page.headers == (("content-type", "text/html"),)
    assert page.until == UNTIL.timestamp()


def test_etag_follows_the_body_alone():
    assert finished().etag == finished(headers={"Content-Type": "text/plain"}).etag
    assert finished().etag != finished(body=BODY + b" ").etag


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Set-Cookie": "a=b"}, "it sets a cookie"),
        ({"Vary": "Cookie"}, "it varies by cookie"),
        ({"Vary": "Accept-Encoding, Accept-Language"}, "it varies by accept-language"),
        ({"Vary": "*"}, "it varies by *"),
        ({"Cache-Control": "private, max-age=60"}, "it calls itself private"),
        ({"Cache-Control": "no-store"}, "it calls itself private"),
    ],
)
def test_nothing_personal_can_become_a_finished_page(headers, why):
    with pytest.raises(NotKeepable, match=why.replace("*", r"\*")):
        finished(headers=headers)


@pytest.mark.parametrize("status", [301, 302, 400, 404, 500, 503])
def test_missing_pages_redirects_and_errors_are_not_kept(status):
    with pytest.raises(NotKeepable, match=f"status {status}"):
        finished(status=status)


def test_a_page_that_names_nothing_it_shows_is_not_kept():
    with pytest.raises(NotKeepable, match="does not say what it shows"):
        finished(tags=())
