"""The web process as readers meet it: real sockets, finished pages, changes, restarts, hostile requests."""

import gzip
import json
import re
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import brotli
import pytest


def change(site, headline, *tags):
    """What an action does: the change and its purges in one transaction."""
    with sqlite3.connect(site.data / "broadsheet.sqlite3", timeout=20) as database:
        database.execute("UPDATE articles_article SET headline = ? WHERE id = 1", (headline,))
        for tag in tags:
            database.execute("INSERT INTO finished_purge (tag, at) VALUES (?, datetime('now'))", (tag,))
    database.close()


def path_of(site, start):
    page = site.get("/latest").body.decode()
    return re.search(rf'href="({start}[^"]*)"', page)[1]


@pytest.fixture(scope="module")
def article(site):
    return path_of(site, "/articles/1-")


def test_a_page_is_made_once_and_then_finished(site, article):
    before = site.metric("renders_total")
    first, second = site.get(article), site.get(article)
    assert first.status == second.status == 200
    assert first.body == second.body
    assert site.metric("renders_total") - before <= 1


def test_sixty_four_at_once_make_a_cold_page_once(site):
    change(site, "A headline nobody has asked for", "all")
    site.settle()
    before = site.metric("renders_total")
    with ThreadPoolExecutor(64) as readers:
        found = list(readers.map(lambda _: site.get("/"), range(64)))
    assert {response.status for response in found} == {200}
    assert len({response.body for response in found}) == 1
    assert site.metric("renders_total") - before == 1


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)])
def test_encodings(site, encoding, unpack):
    response = site.get("/", {"Accept-Encoding": encoding} if encoding else {})
    assert response.getheader("Content-Encoding", "") == encoding
    assert int(response.getheader("Content-Length")) == len(response.body)
    assert unpack(response.body).startswith(b"<!doctype html>")
    assert response.getheader("Vary") == "accept-encoding"


def test_what_a_reader_already_has_is_not_sent_again(site):
    etag = site.get("/", {"Accept-Encoding": "br"}).getheader("ETag")
    for known in (etag, f'W/"x", {etag}', "*"):
        response = site.get("/", {"If-None-Match": known, "Accept-Encoding": "br"})
        assert (response.status, response.body) == (304, b"")
        assert response.getheader("ETag") == etag
    assert site.get("/", {"If-None-Match": '"other"'}).status == 200


def test_head_says_what_get_would_send(site):
    for path in ("/", "/latest.json", "/robots.txt", "/pictures/0a1b.webp"):
        head, get = site.get(path, method="HEAD"), site.get(path)
        assert (head.status, head.body) == (200, b"")
        assert head.getheader("Content-Length") == get.getheader("Content-Length")


def test_caches_are_told_what_they_may(site, article):
    response = site.get(article)
    assert "must-revalidate" in response.getheader("Cache-Control")
    assert "article:1" in response.getheader("Surrogate-Key").split()
    assert response.getheader("Set-Cookie") is None


def test_a_change_is_seen_within_a_second(site):
    article = path_of(site, "/articles/1-")
    site.get(article)
    change(site, "The ferry is back, says the mayor", "article:1", "latest", "front")
    changed = time.monotonic()
    while b"says the mayor" not in site.get(article).body:
        assert time.monotonic() - changed < 1
        time.sleep(0.02)
    assert b"says the mayor" in site.get("/latest").body


def test_only_what_shows_the_thing_is_made_again(site, article):
    for path in ("/about", article):
        site.get(path)
    change(site, "Another headline", "article:1")
    site.settle()
    before = site.metric("renders_total")
    site.get("/about")
    assert site.metric("renders_total") == before
    site.get(article)
    assert site.metric("renders_total") == before + 1


def test_nothing_a_stranger_adds_to_a_request_reaches_a_page(site):
    change(site, "Clean", "all")
    site.settle()
    evil = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "X-Original-URL": "/about",
        "Forwarded": "host=evil.example",
        "Accept-Language": "ar",
        "Cookie": "a=evil",
        "Range": "bytes=0-3",
    }
    poisoned = site.get("/?utm_source=evil.example", evil)
    clean = site.get("/")
    assert poisoned.status == clean.status == 200
    assert poisoned.body == clean.body
    assert b"evil" not in clean.body


def test_strange_queries_are_not_stored(site):
    site.get("/about")
    pages = site.metric("finished_pages")
    for number in range(30):
        assert site.get(f"/about?x={number}&y=%00%0a").status == 200
        assert site.get(f"/nothing-{number}").status == 404
        assert site.get(f"/search?q=ferry{number}").status == 200
        assert site.get(f"/articles/1-wrong-{number}").status == 301
    assert site.metric("finished_pages") == pages


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "a" * 300, "127.0.0.1@evil.example"])
def test_other_hosts_are_refused(site, host):
    assert site.get("/", host=host).status == 400


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/static/../settings.py", "/pictures/..%2fsecret-key", "/pictures/%2e%2e/secret-key",
     "//evil.example/", "/%00", "/%ff%fe", "/static/", "/-/", "/-/nothing", "/articles/1-%0d%0aX-Evil:%201"],
)  # fmt: skip
def test_paths_lead_nowhere_else(site, path):
    response = site.get(path)
    assert response.status in {301, 400, 404}
    assert response.getheader("X-Evil") is None
    assert "evil.example" not in (response.getheader("Location") or "")


def test_writing_is_refused_and_large_bodies_are_not_read(site):
    assert site.get("/", method="POST").status in {403, 405}
    assert site.get("/", method="BREW").status == 405


def test_static_files_are_kept_for_good(site):
    page = site.get("/").body.decode()
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        response = site.get(path, {"Accept-Encoding": "br"})
        assert response.status == 200
        assert "immutable" in response.getheader("Cache-Control")
    sheet = re.search(r'href="(/static/site\.[^"]+\.css)"', page)[1]
    assert len(site.get(sheet, {"Accept-Encoding": "gzip"}).body) < 12_000
    assert site.get("/static/site.000000000000.css").status == 404


def test_pictures_are_served_with_their_size_and_type(site):
    response = site.get("/pictures/0a1b.webp")
    assert (response.status, response.getheader("Content-Type")) == (200, "image/webp")
    assert int(response.getheader("Content-Length")) == len(response.body) > 20
    assert site.get("/pictures/none.webp").status == 404


def test_foreign_letters_in_addresses_and_tags(site):
    for path in (path_of(site, "/articles/2-"), "/topics/جزر-سكيري"):
        for _again in range(2):
            response = site.get(quote(path))
            assert response.status == 200
        assert response.getheader("Surrogate-Key").isascii()
    assert all(item["url"].isascii() for item in json.loads(site.get("/latest.json").body)["items"])


def test_health(site):
    assert site.get("/-/live").body == b"live\n"
    assert site.get("/-/ready").body == b"ready\n"
    assert site.get("/-/metrics").getheader("Content-Type").startswith("text/plain")
    assert site.metric("sources") == 1


def test_feeds_name_the_site_by_its_whole_address(site):
    feed = json.loads(site.get("/latest.json").body)
    assert feed["feed_url"] == f"{site.address}/latest.json"
    assert feed["items"][0]["url"].startswith(f"{site.address}/articles/")


def test_pages_survive_a_kill_but_not_a_change_made_meanwhile(site, article):
    site.get("/about")
    site.get(article)
    site.stop(signal.SIGKILL)
    change(site, "Changed while nobody served", "article:1")
    site.start()
    before = site.metric("renders_total")
    site.get("/about")
    assert site.metric("renders_total") == before
    assert b"Changed while nobody served" in site.get(article).body
