"""The sample publishers answer as real ones do, and only on this machine."""

import html
import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.sample import SampleServer, server

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def running():
    with SampleServer(NOW) as sample:
        yield sample


def ask(address, method="GET", **headers):
    """(status, headers, body) of one request on its own connection."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        connection.request(method, parts.path or "/", headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


def plain(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_each_publisher_lives_at_its_own_loopback_address(running):
    hosts = {urlsplit(address).hostname for address in running.addresses.values()}
    assert len(running.addresses) == len(running.edition.publishers)
    assert all(host.startswith("127.") for host in hosts)
    assert set(running.endpoints) == {(host, running.port) for host in hosts}


def test_article_pages_show_every_expected_word(running):
    for expected in running.truth():
        status, headers, page = ask(expected.address)
        words = html.unescape(page)
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        for text in (expected.headline, *expected.captions, *expected.credits, *expected.authors):
            assert text in words, expected.address
        for paragraph in expected.paragraphs:
            assert all(line in words for line in paragraph.split("\n")), expected.address


def test_every_page_says_that_it_is_a_sample(running):
    for slug, base in running.addresses.items():
        publisher = running.edition.publishers[slug]
        notice = running.edition.words[publisher.language.partition("-")[0]]["sample"]
        own = running.edition.articles_of(slug)[0]
        for path in ("/", "/about", own.path):
            page = ask(base + path)[2]
            assert notice in html.unescape(page)
            assert f'lang="{publisher.language}" dir="{publisher.direction}"' in page


def test_what_stands_behind_the_wall_stays_on_the_server(running):
    walled = [expected for expected in running.truth() if expected.walled]
    assert walled
    for expected in walled:
        page = ask(expected.address)[2]
        article = next(a for a in running.edition.articles.values() if expected.address.endswith(a.path))
        for piece in article.pieces[article.open_pieces :]:
            assert piece.text not in html.unescape(page)
        said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
        assert said["isAccessibleForFree"] is False
        assert said["hasPart"]["cssSelector"] == ".wall"
        assert 'class="wall"' in page


def test_feeds_announce_all_articles(running):
    for slug, feed in running.feeds.items():
        status, headers, body = ask(feed)
        wanted = {expected.address for expected in running.truth() if expected.publisher == slug}
        if "json" in headers["Content-Type"]:
            found = {item["url"] for item in json.loads(body)["items"]}
        else:
            root = ET.fromstring(body)  # our own writing
            found = {e.text or e.get("href") for e in root.iter() if e.tag.split("}")[-1] in {"link", "loc"}}
        assert status == 200
        assert wanted <= found


def test_all_four_feed_formats_and_page_shapes_are_used(running):
    publishers = running.edition.publishers.values()
    assert {publisher.feed for publisher in publishers} == {"rss", "atom", "json", "sitemap"}
    assert {publisher.shape for publisher in publishers} == {"jsonld", "opengraph", "microdata", "plain"}


def test_home_page_leads_to_feed_or_robots_does(running):
    for slug, base in running.addresses.items():
        feed = running.feeds[slug]
        if running.edition.publishers[slug].feed == "sitemap":
            assert f"Sitemap: {feed}" in ask(f"{base}/robots.txt")[2]
        else:
            assert f'href="{feed}"' in ask(f"{base}/")[2]


def test_robots_keeps_away_from_forms_only(running):
    for base in running.addresses.values():
        status, headers, body = ask(f"{base}/robots.txt")
        assert status == 200
        assert headers["Content-Type"].startswith("text/plain")
        assert body.startswith("User-agent: *\nDisallow: /account/\nDisallow: /share/\n")


def test_links_on_pages_lead_somewhere_or_are_forbidden(running):
    for slug, base in running.addresses.items():
        own = running.edition.articles_of(slug)[0]
        for path in ("/", own.path):
            for link in set(re.findall(r'(?:href|src)="([^"#]+)', ask(base + path)[2])):
                if link.startswith(base) and not re.search("/(account|share)/", link):
                    assert ask(link)[0] == 200, link


def test_pictures_and_style_are_served(running):
    base = next(iter(running.addresses.values()))
    assert ask(f"{base}/pictures/harbor.webp")[1]["Content-Type"] == "image/webp"
    assert ask(f"{base}/style.css")[1]["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("path", ["/pictures/../server.py", "/pictures/none.webp", "/nothing", "/%2e%2e/etc/passwd"])
def test_what_is_not_there_is_not_found(running, path):
    assert ask(next(iter(running.addresses.values())) + path)[0] == 404


def test_known_pages_are_not_sent_again(running):
    address = running.truth()[0].address
    _, first, _ = ask(address)
    for validator in (
        {"If_None_Match": first["ETag"]},
        {"If_None_Match": f'"other", W/{first["ETag"]}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": first["Last-Modified"]},
    ):
        status, headers, body = ask(address, **validator)
        assert (status, body) == (304, "")
        assert headers["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    "validator",
    [
        {"If_None_Match": '"other"'},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"},
        {"If_Modified_Since": "Mon, 01 Jan 2099 00:00:00 -0000"},
        {"If_Modified_Since": "Thu, 01 Jan 2099 00:00:00 GMT", "If_None_Match": '"other"'},
    ],
)
def test_unknown_pages_are_sent(running, validator):
    assert ask(running.truth()[0].address, **validator)[0] == 200


def test_head_has_the_length_and_no_body(running):
    address = running.truth()[0].address
    status, headers, body = ask(address, "HEAD")
    assert (status, body) == (200, "")
    assert int(headers["Content-Length"]) == len(ask(address)[2].encode())


def test_other_methods_are_refused(running):
    assert ask(running.truth()[0].address, "POST")[0] == 405


@pytest.mark.parametrize(
    "sent", [b"nonsense\r\n\r\n", b"GET http://elsewhere/ HTTP/1.1\r\n\r\n", b"GET / HTTP/9\r\n\r\n"]
)
def test_nonsense_is_a_bad_request(running, sent):
    with socket.create_connection(running.endpoints[0], timeout=5) as sock:
        sock.sendall(sent)
        assert sock.makefile("rb").readline() == b"HTTP/1.1 400 Bad Request\r\n"


@given(st.text(st.characters(max_codepoint=255)), st.sampled_from(["", "GET / HTTP/1.1\r\nIf-Modified-Since: "]))
def test_any_head_is_answered(running, head, start):
    answer, _ = running._answer(running.endpoints[0][0], start + head)
    assert answer.startswith(b"HTTP/1.1 ")


def test_an_endless_head_is_cut_off(running):
    with socket.create_connection(running.endpoints[0], timeout=5) as sock:
        try:
            sock.sendall(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000)
            assert sock.recv(100) == b""
        except ConnectionError:
            pass  # Cut off while sending is as good.
    assert ask(next(iter(running.addresses.values())))[0] == 200


def test_one_connection_carries_many_requests(running):
    host, port = running.endpoints[0]
    connection = HTTPConnection(host, port, timeout=5)
    for _ in range(3):
        connection.request("GET", "/")
        assert connection.getresponse().read()
    connection.close()


def test_many_at_once_are_all_answered(running):
    addresses = [expected.address for expected in running.truth()]
    with ThreadPoolExecutor(8) as pool:
        assert {status for status, _, _ in pool.map(ask, addresses)} == {200}


def test_tick_publishes_the_correction():
    with SampleServer(NOW) as sample:
        before = {expected.address: expected for expected in sample.truth()}
        (changed,) = [a for a, expected in before.items() if expected.address.endswith("how-the-rail-bill-was-won")]
        _, old, old_page = ask(changed)
        feed = ask(sample.feeds["valmora-herald"])[2]
        sample.tick()
        status, new, new_page = ask(changed, If_None_Match=old["ETag"])
        after = {expected.address: expected for expected in sample.truth()}
        assert (status, new["ETag"] != old["ETag"]) == (200, True)
        assert "1,410 kilometers of track" in old_page
        assert "1,140 kilometers of track" in new_page
        assert after[changed].correction in html.unescape(new_page)
        assert ask(sample.feeds["valmora-herald"])[2] != feed
        assert {a for a in before if before[a] != after[a]} == {changed}


def test_addresses_are_the_same_on_the_same_port():
    with SampleServer(NOW) as sample:
        port, first = sample.port, dict(sample.addresses)
    again = SampleServer(NOW)
    assert again.start(port) == first
    again.stop()


def test_a_taken_port_is_named():
    with SampleServer(NOW) as sample, pytest.raises(OSError, match=rf"127\.71\.0\.1:{sample.port}: .*in use"):
        SampleServer(NOW).start(sample.port)


def test_misuse_is_named():
    sample = SampleServer(NOW)
    with pytest.raises(RuntimeError, match="not running"):
        _ = sample.addresses
    sample.start()
    with pytest.raises(RuntimeError, match="already started"):
        sample.start()
    sample.stop()
    sample.stop()
    with pytest.raises(RuntimeError, match="not running"):
        sample.truth()


def test_one_address_is_enough_where_there_is_only_one(monkeypatch):
    bind = server._bind

    def only_one(host, port):
        if host != "127.0.0.1":
            raise server._NoOwnAddressesError(99, "not here")
        return bind(host, port)

    monkeypatch.setattr(server, "_bind", only_one)
    with SampleServer(NOW) as sample:
        assert sample.endpoints == (("127.0.0.1", sample.port),)
        for expected in sample.truth():
            assert urlsplit(expected.address).path.startswith(f"/{expected.publisher}/")
            status, _, page = ask(expected.address)
            assert status == 200
            assert expected.paragraphs[0] in html.unescape(page)
        robots = ask(f"http://127.0.0.1:{sample.port}/robots.txt")[2]
        assert f"Sitemap: {sample.feeds['corvane-ledger']}" in robots
        assert ask(f"http://127.0.0.1:{sample.port}/nobody/")[0] == 404
