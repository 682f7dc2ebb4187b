"""Readers of signals: what the formats say, and that hostile files say nothing, quickly."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.rights import (
    Basis,
    Mode,
    ai_txt_for,
    attribution_line,
    licence_files,
    propose_entry,
    read_licence,
    read_signals,
    rsl_for,
    tdmrep_for,
    usage_for,
)
from broadsheet.rights.paths import matches, path_of
from broadsheet.rights.robotsmeta import read_robots_values
from broadsheet.rights.signals import NO_LIMIT
from broadsheet.rights.usage import read_usage

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [
        ("/", "/a/b", True),
        ("/a", "/ab", True),
        ("/a/", "/a", False),
        ("/*.pdf$", "/x/y.pdf", True),
        ("/*.pdf$", "/x/y.pdf?z", False),
        ("/a*c*e", "/abcde", True),
        ("/a*c*e$", "/abcdef", False),
        ("/*a*a$", "/ba", False),
        ("*", "/anything", True),
        ("$", "", True),
        ("/caf%C3%A9", "/café/1", True),
        ("https://paper.example/news/*", "/news/1", True),
        ("https://paper.example", "/news/1", True),
        ("", "/", True),
    ],
)
def test_paths_match_as_in_robots_txt(pattern, path, covered):
    assert matches(pattern, path) is covered


def test_path_of_keeps_the_query():
    assert path_of("https://paper.example/a?b=1#c") == "/a?b=1"
    assert path_of("https://[broken") == "/"
    assert path_of("") == "/"


def test_path_matching_is_quick_on_stars():
    start = time.process_time()
    assert not matches("/" + "*a" * 900 + "b$", "/" + "a" * 1_900)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("NOINDEX, nofollow", "noindex", True),
        ("none", "noindex", True),
        ("index, follow", "noindex", False),
        ("nosnippet", "max_snippet", 0),
        ("max-snippet: 20", "max_snippet", 20),
        ("max-snippet:-1", "max_snippet", None),
        ("max-snippet:20, max-snippet:10", "max_snippet", 10),
        ("max-snippet:many", "max_snippet", None),
        ("max-image-preview:large", "images", True),
        ("max-image-preview:none", "images", False),
        ("noimageindex", "images", False),
        ("nocache", "noarchive", True),
        ("otherbot: noindex", "noindex", False),
        ("otherbot: noindex, broadsheet: noarchive", "noarchive", True),
        ("otherbot: noarchive, noindex", "noindex", False),
        ("Broadsheet: noindex", "noindex", True),
        ("unavailable_after: 2026-06-25", "unavailable_after", datetime(2026, 6, 25, tzinfo=UTC)),
        (
            "unavailable_after: Thursday, 25 Jun 2026 15:00:00 GMT, noindex",
            "unavailable_after",
            datetime(2026, 6, 25, 15, tzinfo=UTC),
        ),
        ("unavailable_after: soon", "unavailable_after", None),
    ],
)
def test_robots_values(text, field, value):
    assert getattr(read_robots_values(text), field) == value


def test_usage_values():
    assert read_usage("train-ai=n, search=y") == {"train-ai"}
    assert read_usage('ai-output="n"; x=1, bots=?0') == {"ai-output", "bots"}
    assert read_usage("nonsense") == frozenset()


def test_usage_of_robots_txt_takes_our_group_and_the_longest_path():
    robots = """
        Content-Signal: ai-train=no
        User-agent: *
        Content-Usage: search=n
        User-agent: Broadsheet
        User-agent: Other
        Content-Usage: train-ai=n
        Content-Usage: /open/ train-ai=y
    """
    assert usage_for(robots, "/a") == {"content-signal": "ai-train=no", "robots-content-usage": "train-ai=n"}
    assert usage_for(robots, "/open/a")["robots-content-usage"] == "train-ai=y"
    assert usage_for(robots, "/a", agent="stranger")["robots-content-usage"] == "search=n"
    assert usage_for("", "/") == {}


def test_ai_txt_in_both_dialects():
    assert ai_txt_for("User-Agent: *\nDisallow: /", "/a") == {"ai-txt": "tdm"}
    assert ai_txt_for("User-Agent: *\nDisallow: *.html", "/a") == {"ai-txt": "tdm"}
    assert ai_txt_for("User-Agent: *\nDisallow: /\nAllow: /free/", "/free/a") == {}
    assert ai_txt_for("User-Agent: someone\nDisallow: /", "/a") == {}
    assert ai_txt_for("Training: deny\nRetrieval: no", "/a") == {"ai-txt": "ai-train ai-index"}


def test_tdmrep_longest_location_decides():
    document = """[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://paper.example/terms"},
                   {"location": "/free/", "tdm-reservation": 0}]"""
    assert tdmrep_for(document, "/a") == {"tdmrep": "1", "tdmrep-policy": "https://paper.example/terms"}
    assert tdmrep_for(document, "/free/a") == {"tdmrep": "0"}
    assert tdmrep_for(b"\xef\xbb\xbf" + document.encode(), "/a")["tdmrep"] == "1"


@pytest.mark.parametrize("document", ["", "{", "[" * 100_000, "null", '[{"location": 3}]', "[1]", b"\xff\xfe"])
def test_broken_tdmrep_says_nothing(document):
    assert tdmrep_for(document, "/") == {}


def rsl(body):
    return f'<rsl xmlns="https://rslstandard.org/rsl"><content url="/">{body}</content></rsl>'


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ('<license><prohibits type="usage">ai-all</prohibits></license>', "ai-index ai-input ai-train"),
        ('<license><prohibits type="usage">all</prohibits></license>', "search ai-index ai-input ai-train"),
        ('<license><permits type="usage">search</permits></license>', None),
        ('<license><permits type="usage">ai-train</permits><payment type="subscription"/></license>', "ai-train"),
        ('<license><payment type="crawl"/></license>', "search ai-index ai-input ai-train"),
        ('<license><payment type="attribution"/></license>', None),
        (
            '<license><permits type="usage">search</permits></license><license><payment type="use"/></license>',
            "ai-index ai-input ai-train",
        ),
        ('<license><permits type="user">education</permits></license>', "search ai-index ai-input ai-train"),
        ("", None),
    ],
)
def test_rsl_offers(body, refused):
    assert rsl_for(rsl(body), "/news/1") == ({"rsl-refused": refused} if refused else {})


def test_rsl_in_a_feed_and_by_address():
    feed = """<rss xmlns:rsl="https://rslstandard.org/rsl"><channel><item>
        <rsl:content url="https://paper.example/paid/*"><rsl:license><rsl:payment type="purchase"/></rsl:license>
        </rsl:content></item></channel></rss>"""
    assert rsl_for(feed, "/paid/1")["rsl-refused"].startswith("search")
    assert rsl_for(feed, "/free/1") == {}


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + rsl("&b;")


@pytest.mark.parametrize(
    "document",
    [
        LAUGHS,
        LAUGHS.encode("utf-16"),
        "",
        "<rsl",
        "<a>" * 100_000,
        b"\xff\xfe\x00",
        '<?xml version="1.0" encoding="klingon"?><rsl/>',
        "<x/>" * 2,
        " " * 600_000,
    ],
)
def test_hostile_rsl_says_nothing_quickly(document):
    start = time.process_time()
    assert rsl_for(document, "/") == {}
    assert time.process_time() - start < 1


@given(st.text() | st.binary())
def test_readers_never_fail(junk):
    text = junk if isinstance(junk, str) else junk.decode("utf-8", "replace")
    rsl_for(junk, "/a")
    tdmrep_for(junk, "/a")
    usage_for(text, "/a")
    ai_txt_for(text, "/a")
    read_licence(text)
    read_signals(dict.fromkeys(("robots", "x-robots-tag", "tdmrep", "content-usage", "rsl-refused", "licence"), text))


@pytest.mark.parametrize(
    ("text", "name", "version"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY", "4.0"),
        ("http://www.creativecommons.org/licenses/by-nc-sa/3.0/de/", "CC BY-NC-SA", "3.0"),
        ("//creativecommons.org/licenses/by-nd/4.0/deed.fr", "CC BY-ND", "4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0", "1.0"),
        ("CC BY-SA 4.0", "CC BY-SA", "4.0"),
        ("cc-by-nc-nd", "CC BY-NC-ND", ""),
        ("CC0 1.0 Universal", "CC0", ""),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "Open Government Licence", "3"),
    ],
)
def test_licences_are_recognised(text, name, version):
    found = read_licence(text)
    assert (found.name, found.version) == (name, version)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "All rights reserved",
        "https://paper.example/licenses/by/4.0/",
        "cc paper",
        "https://creativecommons.org/",
        "https://creativecommons.org.evil.example/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by-evil/4.0/",
    ],
)
def test_nothing_is_guessed_into_a_licence(text):
    assert read_licence(text) is None


def test_attribution_names_title_makers_and_licence():
    licence = read_licence("CC BY 4.0")
    line = attribution_line(licence, title="Rain in Verrin", authors=("Ada Lund",), publisher="Verrin Post")
    assert line == "“Rain in Verrin” · Ada Lund · Verrin Post · CC BY 4.0"


def test_stated_licence_is_proposed_not_granted():
    signals = read_signals({"licence": "CC BY-SA 4.0"}, seen=NOW)
    entry = propose_entry(signals, now=NOW)
    assert (entry.mode, entry.basis, entry.evidence) == (Mode.FULL, Basis.OPEN_LICENCE, "licence: CC BY-SA 4.0")
    assert propose_entry(read_signals({"licence": "reserved"}), now=NOW) is None


def test_a_table_may_say_when_it_was_read():
    assert read_signals({"robots": "noindex", "seen": NOW.isoformat()}).seen == NOW
    assert read_signals({"seen": "yesterday"}).seen is None
    assert read_signals({"seen": "2026-01-01"}).seen is None


def test_rsl_files_are_named_in_robots_txt():
    robots = "License: https://paper.example/a.xml\nUser-agent: *\nlicense: /b.xml # ours\nLicense:\nDisallow: /x"
    assert licence_files(robots) == ("https://paper.example/a.xml", "/b.xml")


def test_notices_are_kept_and_limit_nothing():
    signals = read_signals({"copyright": "© Verrin Post", "rsl": "/b.xml", "googlebot": "noindex", "strange": "1"})
    assert [signal.name for signal in signals.items] == ["copyright", "rsl", "googlebot"]
    assert all(signal.limit == NO_LIMIT for signal in signals.items)


def test_unavailable_after_as_a_meta_of_its_own():
    (signal,) = read_signals({"unavailable_after": "2026-06-25T15:00:00+02:00"}).items
    assert signal.limit.until == datetime(2026, 6, 25, 13, tzinfo=UTC)
