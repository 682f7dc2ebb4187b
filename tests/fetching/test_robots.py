import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetching.messages import Purpose
from broadsheet.fetching.robots import MemoryRobotsStore, RobotsRules, answered, unanswered
from broadsheet.text.addresses import Authority

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITE = Authority("https", "a.example", 443)


def rules(text, status=200, **extra):
    body = text if isinstance(text, bytes) else text.encode()
    return RobotsRules(answered(None, SITE, status, body, NOW, **extra), "Broadsheet", NOW)


def allows(text, path):
    return rules(text).verdict(f"https://a.example{path}").allowed


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        # RFC 9309 section 5.1 and 5.2, with our token in place of theirs
        ("/page.html", False),
        ("/publications/", True),
        ("/example/page.html", True),
        ("/example/disallowed.gif", False),
        ("/robots.txt", True),
    ],
)
def test_examples_of_the_rfc(path, allowed):
    text = """
User-agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: broadsheet
Disallow:/
Allow: /example/
Allow: /publications/
Disallow: /example/disallowed.gif
"""
    assert allows(text, path) is allowed


def test_longest_match_wins_and_allow_wins_a_tie():
    text = "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\nDisallow: /p\nAllow: /p\n"
    assert allows(text, "/example/page/ok.gif")
    assert not allows(text, "/example/page/disallowed.gif")
    assert allows(text, "/p")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("User-agent: Broadsheet", True),
        ("user-AGENT : bRoAdShEeT", True),
        ("User-agent: Broadsheet/1.0", True),
        ("User-agent: Broadsheet*", True),
        ("User-agent: *", True),
        ("User-agent: Broad", False),
        ("User-agent: Broadsheet-News", False),
        ("User-agent: OtherBroadsheet", False),
        ("User-agent: Googlebot", False),
    ],
)
def test_group_is_chosen_by_the_whole_product_token(line, meant):
    assert allows(f"{line}\nDisallow: /", "/page") is not meant


def test_groups_of_the_same_name_are_merged_and_own_group_replaces_the_general_one():
    text = (
        "User-agent: Broadsheet\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: broadsheet\nDisallow: /b\n"
    )
    assert [allows(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


@pytest.mark.parametrize(
    ("rule", "path", "allowed"),
    [
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", False),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("/foo/bar/%E3%83%84", "/foo/bar/ツ", False),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", False),
        ("/*.php$", "/index.php", False),
        ("/*.php$", "/index.php?x", True),
        ("/Private", "/private", True),
    ],
)
def test_paths_are_compared_after_decoding(rule, path, allowed):
    assert allows(f"User-agent: *\nDisallow: {rule}", path) is allowed


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_any_line_end_are_read(ends):
    text = ends.join(["User-agent: *", "Disallow: /private"])
    assert not allows("\ufeff" + text, "/private")
    assert allows("\ufeff" + text, "/open")


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_statuses_that_keep_out(status):
    verdict = rules("", status).verdict("https://a.example/")
    assert not verdict.allowed
    assert not verdict.by_rule
    assert verdict.failure == f"http-{status}"


@pytest.mark.parametrize("status", [400, 404, 410, 418, 204])
def test_statuses_that_let_in(status):
    assert rules("User-agent: *\nDisallow: /", status if status != 204 else 404).verdict("https://a.example/x").allowed


def test_good_copy_serves_through_a_failure_until_it_is_a_day_old():
    good = answered(None, SITE, 200, b"User-agent: *\nDisallow: /no", NOW, fresh=timedelta(minutes=30))
    later = NOW + timedelta(hours=2)
    failed = unanswered(good, SITE, "http-503", "Down.", later)
    still = RobotsRules(failed, "Broadsheet", later)
    assert still.verdict("https://a.example/yes").allowed
    assert not still.verdict("https://a.example/no").allowed
    next_day = NOW + timedelta(hours=25)
    closed = RobotsRules(unanswered(failed, SITE, "http-503", "Down.", next_day), "Broadsheet", next_day)
    assert not closed.verdict("https://a.example/yes").allowed
    assert closed.copy.body == good.body


@pytest.mark.parametrize(
    ("fresh", "kept"),
    [
        (None, timedelta(hours=24)),
        (timedelta(days=30), timedelta(hours=24)),
        (timedelta(hours=1), timedelta(hours=1)),
        (timedelta(), timedelta(minutes=5)),
    ],
)
def test_copies_are_kept_a_day_at_most(fresh, kept):
    assert answered(None, SITE, 200, b"", NOW, fresh=fresh).expires_at == NOW + kept


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 5", 5),
        ("Crawl-delay: 0.1", 1),
        ("Crawl-delay: 900", 60),
        ("Crawl-delay: x", 0),
        ("", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: -4", 0),
        ("Request-rate: 1/10", 10),
        ("Crawl-delay: 0", 0),
    ],
)
def test_crawl_delay_between_one_second_and_a_minute(line, delay):
    assert rules(f"User-agent: *\n{line}\nDisallow: /x").delay_s == delay


def test_feed_stops_only_when_the_whole_site_is_closed():
    some, whole = rules("User-agent: *\nDisallow: /rss"), rules("User-agent: *\nDisallow: /")
    assert some.verdict("https://a.example/rss", Purpose.FEED).allowed
    assert not some.verdict("https://a.example/rss", Purpose.PAGE).allowed
    assert not whole.verdict("https://a.example/rss", Purpose.FEED).allowed


def test_sitemaps_and_text_are_offered():
    read = rules("\ufeffSitemap: https://a.example/news.xml\nLicense: https://a.example/l.xml")
    assert read.sitemaps == ("https://a.example/news.xml",)
    assert read.text.startswith("Sitemap")


@given(st.binary(max_size=2000))
def test_garbage_never_fails_and_never_closes_more_than_it_says(body):
    read = rules(body)
    if b"allow" not in body.lower():
        assert read.verdict("https://a.example/x").allowed


def test_web_page_in_place_of_the_file_sets_no_rules():
    assert allows("<!doctype html><title>Not found</title><p>User-agent: see our page</p>", "/x")


def test_memory_store_forgets_the_longest_unused():
    async def main():
        store = MemoryRobotsStore(most=2)
        for name in ("a", "b"):
            await store.put(answered(None, Authority("https", name, 443), 200, b"", NOW))
        await store.get("https://a")
        await store.put(answered(None, Authority("https", "c", 443), 200, b"", NOW))
        return [await store.get(f"https://{name}") is not None for name in "abc"]

    assert asyncio.run(main()) == [True, False, True]
