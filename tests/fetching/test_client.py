import asyncio
import gzip
import itertools
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest

from broadsheet.fetching import (
    LIMITS,
    AddressRefused,
    BadAnswer,
    BodyTooLarge,
    Client,
    FetchSettings,
    HeadersTooLarge,
    HostResting,
    Limit,
    NameNotFound,
    Purpose,
    Request,
    RobotsRefused,
    StatusError,
    TlsFailed,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    Validators,
    run,
)
from tests.fetching.local_web import answer


def fetching(web, path, purpose="page", validators=None):
    async def visit(client):
        return await client.fetch(Request(web.base + path, purpose, validators or Validators()))

    return visit


def limits(**changes):
    return {**LIMITS, Purpose.PAGE: Limit(**{"body": 1_000_000, "packed": 1_000_000, "total_s": 5.0, **changes})}


def redirect(to, status="302 Found"):
    return answer(status=status, Location=to)


# What comes back


def test_fetch_gives_body_headers_and_validators(web, browse):
    web.pages["/a"] = answer(b"<p>Hello", Content_Type="Text/HTML; charset=UTF-8", ETag='"1"', Last_Modified="then")
    response = browse(fetching(web, "/a"))
    assert (response.status, response.body, response.address) == (200, b"<p>Hello", web.base + "/a")
    assert (response.media_type, response.charset) == ("text/html", "utf-8")
    assert response.validators == Validators('"1"', "then")
    assert response.headers["etag"] == '"1"'
    assert not response.not_modified
    assert response.received == 8


def test_fetch_introduces_itself_and_sends_no_cookie(web, browse):
    web.pages["/a"] = answer(b"x", Set_Cookie="a=b")

    async def twice(client):
        await client.fetch(Request(web.base + "/a"))
        await client.fetch(Request(web.base + "/a"))

    browse(twice, contact="https://news.example/about", version="1.2")
    assert web.paths() == ["/robots.txt", "/a", "/a"]
    assert {request.headers["user-agent"] for request in web.seen} == {
        "broadsheet/1.2 (+https://news.example/about)".lower()
    }
    assert not any("cookie" in request.headers for request in web.seen)


def test_unchanged_body_is_not_sent_again(web, browse):
    async def conditional(seen, writer):
        known = seen.headers.get("if-none-match") == '"v1"'
        writer.write(b"HTTP/1.1 304 Not Modified\r\n\r\n" if known else answer(b"news", ETag='"v1"'))

    web.pages["/feed"] = conditional

    async def twice(client):
        first = await client.fetch(Request(web.base + "/feed", "feed"))
        return first, await client.fetch(Request(web.base + "/feed", "feed", first.validators))

    first, second = browse(twice)
    assert first.body == b"news"
    assert second.not_modified
    assert second.body == b""
    assert second.validators == first.validators


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("gzip, br", lambda body: brotli.compress(gzip.compress(body, mtime=0))),
        ("identity", bytes),
    ],
)
def test_packed_bodies_are_unpacked(web, browse, encoding, pack):
    web.pages["/a"] = answer(pack(b"words " * 5000), Content_Encoding=encoding)
    assert browse(fetching(web, "/a")).body == b"words " * 5000


@pytest.mark.parametrize(("status", "permanent"), [(401, True), (404, True), (410, True), (429, False), (500, False)])
def test_failures_say_their_status_and_whether_to_try_again(web, browse, status, permanent):
    web.pages["/a"] = answer(b"no", f"{status} No")
    with pytest.raises(StatusError) as caught:
        browse(fetching(web, "/a"))
    assert (caught.value.status, caught.value.permanent) == (status, permanent)
    assert caught.value.cause == f"http-{status}"
    assert caught.value.sentence.endswith(".")


# Redirects


def test_redirects_are_followed_and_told(web, browse):
    web.pages |= {"/a": redirect("/b", "301 Moved"), "/b": redirect("c?d=1", "302 Found"), "/c?d=1": answer(b"here")}
    response = browse(fetching(web, "/a"))
    assert response.body == b"here"
    assert [(hop.status, hop.permanent) for hop in response.hops] == [(301, True), (302, False)]
    assert response.permanent_address == web.base + "/b"
    assert response.requested == web.base + "/a"


def test_address_has_not_moved_when_the_first_hop_is_temporary(web, browse):
    web.pages |= {"/a": redirect("/b"), "/b": redirect("/c", "308 Moved"), "/c": answer(b"here")}
    assert browse(fetching(web, "/a")).permanent_address == ""


def test_five_redirects_are_followed_and_no_more(web, browse):
    web.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(7)} | {"/7": answer(b"end")}
    assert browse(fetching(web, "/2")).body == b"end"
    with pytest.raises(TooManyRedirects):
        browse(fetching(web, "/1"))


def test_circle_of_redirects_ends_at_once(web, browse):
    web.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(TooManyRedirects):
        browse(fetching(web, "/a"))
    assert web.paths() == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]:{port}1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://localhost:1/",
        "file:///etc/passwd",
        "http://user:secret@127.0.0.1:{port}/",
        "javascript:alert(1)",
    ],
)
def test_redirect_to_a_private_place_is_refused(web, browse, target):
    web.pages["/a"] = redirect(target.replace("{port}", "1"))
    with pytest.raises(AddressRefused) as caught:
        browse(fetching(web, "/a"))
    assert caught.value.permanent


def test_redirect_without_target_is_a_bad_answer(web, browse):
    web.pages["/a"] = answer(status="302 Found")
    with pytest.raises(BadAnswer):
        browse(fetching(web, "/a"))


# Hostile bodies, headers and clocks


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_bomb_stops_while_it_unpacks(web, browse, encoding, pack):
    web.pages["/a"] = answer(pack(b"\0" * 30_000_000), Content_Encoding=encoding)
    with pytest.raises(BodyTooLarge) as caught:
        browse(fetching(web, "/a"))
    assert caught.value.permanent


def test_promised_size_above_the_limit_is_not_read(web, browse):
    web.pages["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n" + b"x" * 1000
    with pytest.raises(BodyTooLarge):
        browse(fetching(web, "/a"))


def test_endless_body_is_cut_off(web, browse):
    async def endless(seen, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"again and again " * 4096)
            await writer.drain()

    web.pages["/a"] = endless
    with pytest.raises(BodyTooLarge):
        browse(fetching(web, "/a"), limits=limits())


def test_endless_headers_are_cut_off(web, browse):
    async def filler(seen, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-Filler: " + b"a" * 4000 + b"\r\n")
            await writer.drain()

    web.pages["/a"] = filler
    with pytest.raises(HeadersTooLarge):
        browse(fetching(web, "/a"))


def test_one_enormous_header_is_refused(web, browse):
    web.pages["/a"] = answer(b"x", X_Filler="a" * 100_000)
    with pytest.raises(HeadersTooLarge):
        browse(fetching(web, "/a"))


def test_dribbling_body_is_given_up(web, browse):
    async def dribble(seen, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(0.02)

    web.pages["/a"] = dribble
    with pytest.raises(TooSlow) as caught:
        browse(fetching(web, "/a"), stall_s=0.3)
    assert not caught.value.permanent


def test_silent_server_is_given_up(web, browse):
    async def silence(seen, writer):
        await asyncio.sleep(30)

    web.pages["/a"] = silence
    with pytest.raises(TooSlow):
        browse(fetching(web, "/a"), stall_s=0.2)
    with pytest.raises(TooSlow):
        browse(fetching(web, "/a"), limits=limits(total_s=0.2))


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        answer(b"not packed at all", Content_Encoding="br"),
        answer(gzip.compress(b"words" * 1000, mtime=0)[:-20], Content_Encoding="gzip"),
        answer(b"x", Content_Encoding="zork"),
    ],
)
def test_damaged_answers_are_told(web, browse, raw):
    async def cut(seen, writer):
        writer.write(raw)
        writer.close()

    web.pages["/a"] = cut
    with pytest.raises(BadAnswer) as caught:
        browse(fetching(web, "/a"))
    assert not caught.value.permanent


def test_plain_body_that_claims_gzip_is_read(web, browse):
    web.pages["/a"] = answer(b"<html>plain", Content_Encoding="gzip")
    assert browse(fetching(web, "/a")).body == b"<html>plain"


def test_lost_connection_and_closed_port_are_unreachable(web, browse):
    async def hang_up(seen, writer):
        writer.transport.abort()

    web.pages["/a"] = hang_up
    with pytest.raises(Unreachable):
        browse(fetching(web, "/a"))

    async def closed_port(client):
        await client.fetch(Request("http://127.0.0.1:9/", "robots"))

    with pytest.raises(Unreachable):
        browse(closed_port, allow_networks=("127.0.0.1:9",))


def test_unknown_name_is_told():
    async def main():
        async with Client(FetchSettings()) as client:
            await client.fetch(Request("http://nothing.invalid/"))

    with pytest.raises(NameNotFound):
        run(main())


@pytest.mark.parametrize("address", ["", "ftp://a.example/", "http://", "http://a:b@c.example/", "http://x" * 1000])
def test_unusable_addresses_are_refused(address):
    async def main():
        async with Client(FetchSettings()) as client:
            await client.fetch(Request(address))

    with pytest.raises(AddressRefused):
        run(main())


def test_loopback_is_closed_unless_opened(web, browse):
    web.pages["/a"] = answer(b"secret")
    with pytest.raises(AddressRefused):
        browse(fetching(web, "/a"), allow_networks=())
    with pytest.raises(AddressRefused):
        browse(fetching(web, "/a"), allow_networks=("127.0.0.1:1",))
    assert web.seen == []


def test_names_are_vetted_by_what_they_resolve_to(web, browse):
    web.pages["/a"] = answer(b"secret")

    async def by_name(client):
        return await client.fetch(Request(f"http://localhost:{web.port}/a"))

    with pytest.raises(AddressRefused) as caught:
        browse(by_name, allow_networks=())
    assert "127.0.0.1" in str(caught.value) or "::1" in str(caught.value)
    assert web.seen == []
    assert browse(by_name).body == b"secret"


def test_no_secure_connection_is_told():
    async def plain(reader, writer):
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Plain words on a secure port\r\n\r\n")
        await writer.drain()
        writer.transport.abort()

    async def main():
        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Client(FetchSettings(allow_networks=(f"127.0.0.1:{port}",))) as client:
            await client.fetch(Request(f"https://127.0.0.1:{port}/", Purpose.ROBOTS))

    with pytest.raises(TlsFailed):
        run(main())


def test_unchanged_without_being_asked_is_a_bad_answer(web, browse):
    web.pages["/a"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with pytest.raises(BadAnswer):
        browse(fetching(web, "/a"))


# robots.txt


def robots(text, **fields):
    return answer(text.encode(), **fields)


def test_robots_is_asked_first_and_once(web, browse):
    web.pages |= {"/robots.txt": robots("User-agent: *\nDisallow: /private"), "/a": answer(b"a"), "/b": answer(b"b")}

    async def visit(client):
        await asyncio.gather(*(client.fetch(Request(web.base + path)) for path in ("/a", "/b", "/a")))
        with pytest.raises(RobotsRefused) as caught:
            await client.fetch(Request(web.base + "/private/1"))
        return caught.value

    error = browse(visit)
    assert error.by_rule
    assert error.permanent
    assert web.paths()[0] == "/robots.txt"
    assert sorted(web.paths()) == ["/a", "/a", "/b", "/robots.txt"]


def test_redirect_into_a_forbidden_path_is_refused(web, browse):
    web.pages |= {"/robots.txt": robots("User-agent: *\nDisallow: /private"), "/a": redirect("/private/1")}
    with pytest.raises(RobotsRefused):
        browse(fetching(web, "/a"))
    assert "/private/1" not in web.paths()


@pytest.mark.parametrize("status", ["500 Oops", "503 Later", "401 Log in", "403 No", "429 Slow"])
def test_robots_failure_keeps_out(web, browse, status):
    web.pages |= {"/robots.txt": answer(b"", status), "/a": answer(b"a")}
    for purpose in ("page", "feed", "image"):
        with pytest.raises(RobotsRefused) as caught:
            browse(fetching(web, "/a", purpose), patience_s=0)
        assert not caught.value.permanent
        assert caught.value.retry_after > timedelta(minutes=4)
    assert "/a" not in web.paths()


@pytest.mark.parametrize("status", ["404 Not Found", "400 Bad", "410 Gone", "451 Legal"])
def test_missing_robots_lets_in(web, browse, status):
    web.pages |= {"/robots.txt": answer(b"Disallow: /", status), "/a": answer(b"a")}
    assert browse(fetching(web, "/a")).body == b"a"


def test_robots_redirects_are_followed_and_a_long_chain_means_no_rules(web, browse):
    web.pages |= {"/robots.txt": redirect("/r"), "/r": robots("User-agent: *\nDisallow: /a"), "/a": answer(b"a")}
    with pytest.raises(RobotsRefused):
        browse(fetching(web, "/a"))
    web.pages |= {"/r": redirect("/robots.txt")}
    assert browse(fetching(web, "/a")).body == b"a"


def test_giant_robots_is_cut_not_refused(web, browse):
    text = "User-agent: *\nDisallow: /early\n" + "# filler\n" * 100_000 + "Disallow: /late\n"
    web.pages |= {"/robots.txt": robots(text), "/late": answer(b"a")}
    assert browse(fetching(web, "/late")).body == b"a"
    with pytest.raises(RobotsRefused):
        browse(fetching(web, "/early"))


def test_feed_is_a_subscription_unless_the_whole_site_is_closed(web, browse):
    web.pages |= {"/robots.txt": robots("User-agent: *\nDisallow: /feed"), "/feed": answer(b"<rss/>")}
    assert browse(fetching(web, "/feed", "feed")).status == 200
    with pytest.raises(RobotsRefused):
        browse(fetching(web, "/feed", "page"))
    web.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    with pytest.raises(RobotsRefused):
        browse(fetching(web, "/feed", "feed"))


# Manners


def test_one_request_at_a_time_with_a_pause(web, browse):
    async def slow(seen, writer):
        await asyncio.sleep(0.01)
        writer.write(answer(b"x"))

    web.pages |= {f"/{n}": slow for n in range(5)}

    async def visit(client):
        await asyncio.gather(*(client.fetch(Request(f"{web.base}/{n}")) for n in range(5)))

    browse(visit, gap_s=0.05)
    assert web.busiest == 1
    starts = [request.at for request in web.seen]
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) >= 0.049  # clocks round


def test_crawl_delay_holds_from_the_first_page_on(web, browse):
    web.pages |= {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.3"), "/a": answer(b"a")}
    browse(fetching(web, "/a"))
    assert web.seen[1].at - web.seen[0].at >= 0.99  # below one second counts as one


@pytest.mark.parametrize(
    "value", ["1", lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=2.5), usegmt=True)], ids=["s", "date"]
)
def test_retry_after_is_obeyed_by_everyone_in_the_queue(web, browse, value):
    web.pages |= {
        "/busy": lambda seen, writer: say(
            writer, answer(status="429 Slow", Retry_After=value if value == "1" else value())
        ),
        "/a": answer(b"a"),
    }

    async def say(writer, what):
        writer.write(what)

    async def visit(client):
        with pytest.raises(StatusError) as caught:
            await client.fetch(Request(web.base + "/busy"))
        assert timedelta() < caught.value.retry_after <= timedelta(seconds=2.5)
        await client.fetch(Request(web.base + "/a"))

    browse(visit)
    assert web.seen[-1].at - web.seen[-2].at >= 0.99


def test_long_rest_is_told_instead_of_waited_out(web, browse):
    web.pages |= {"/busy": answer(status="503 Later", Retry_After="3600"), "/a": answer(b"a")}

    async def visit(client):
        with pytest.raises(StatusError):
            await client.fetch(Request(web.base + "/busy"))
        assert client.rest_left("127.0.0.1") > timedelta(minutes=59)
        with pytest.raises(HostResting) as caught:
            await client.fetch(Request(web.base + "/a"))
        return caught.value

    error = browse(visit)
    assert not error.permanent
    assert error.retry_after > timedelta(minutes=59)
    assert web.paths() == ["/robots.txt", "/busy"]


def test_slow_host_does_not_hold_up_others(web, browse):
    async def slow(seen, writer):
        await asyncio.sleep(1.0)
        writer.write(answer(b"x"))

    web.pages |= {"/slow": slow, "/quick": answer(b"q")}

    async def visit(client):
        loop = asyncio.get_running_loop()
        waiting = [asyncio.create_task(client.fetch(Request(web.base + "/slow"))) for _ in range(10)]
        await asyncio.sleep(0.05)
        began = loop.time()
        await client.fetch(Request(f"http://127.0.0.2:{web.port}/quick"))
        took = loop.time() - began
        for task in waiting:
            task.cancel()
        return took

    async def main():
        async with web.running():
            second = await asyncio.start_server(web.serve, "127.0.0.2", web.port)
            async with second, Client(FetchSettings(allow_networks=("127.0.0.0/8",), concurrency=2, gap_s=0)) as client:
                return await visit(client)

    assert run(main()) < 0.5
