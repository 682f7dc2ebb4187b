import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from broadsheet.site.feeds import Entry, Feed
from broadsheet.site.syndication import ATOM, DC, write_atom, write_json, write_rss

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOSTILE = "Ministers <b>meet</b> & talk\x00\x0b\ud800 ]]>"


def entry(**more):
    given = {
        "id": "https://news.example/articles/1",
        "address": "https://news.example/articles/1-ministers",
        "via": "https://courier.example/a?b=1&c=2",
        "title": "Ministers meet",
        "language": "ar",
        "summary": "They met.",
        "author": "Ilse Brandt",
        "publisher": "The Harbor Courier",
        "publisher_home": "https://courier.example",
        "rights": "CC BY 4.0",
        "published": AT,
        "updated": AT,
    }
    return Entry(**{**given, **more})


def feed(*entries):
    return Feed(
        "Broadsheet: Latest", "/latest", "https://news.example/latest", "en", AT, entries, frozenset({"latest"})
    )


def test_atom_carries_the_source_the_rights_and_the_language():
    root = ET.fromstring(write_atom(feed(entry())))
    item = root.find(f"{{{ATOM}}}entry")
    assert item.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert item.findtext(f"{{{ATOM}}}source/{{{ATOM}}}title") == "The Harbor Courier"
    assert item.findtext(f"{{{ATOM}}}rights") == "CC BY 4.0"
    assert item.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == "Ilse Brandt"
    links = {link.get("rel"): link.get("href") for link in item.findall(f"{{{ATOM}}}link")}
    assert links == {"alternate": entry().address, "via": entry().via}
    assert root.findtext(f"{{{ATOM}}}updated") == "2026-11-22T09:30:00Z"


def test_rss_carries_creator_publisher_and_rights():
    item = ET.fromstring(write_rss(feed(entry()))).find("channel/item")
    assert item.findtext(f"{{{DC}}}creator") == "Ilse Brandt"
    assert item.findtext(f"{{{DC}}}publisher") == "The Harbor Courier"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("pubDate") == "Sun, 22 Nov 2026 09:30:00 +0000"


def test_json_feed_has_what_its_version_demands():
    document = json.loads(write_json(feed(entry(summary=""))))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = document["items"]
    assert (item["id"], item["external_url"], item["language"]) == (entry().id, entry().via, "ar")
    assert item["content_text"] == "Ministers meet"


@pytest.mark.parametrize("write", [write_atom, write_rss, write_json])
def test_any_title_can_be_written(write):
    written = write(feed(entry(title=HOSTILE, summary=HOSTILE, author=HOSTILE, publisher=HOSTILE)))
    if write is write_json:
        assert json.loads(written)["items"][0]["title"].startswith("Ministers <b>")
    else:
        assert b"<b>" not in written
        ET.fromstring(written)


@pytest.mark.parametrize("write", [write_atom, write_rss, write_json])
def test_an_empty_list_is_a_feed_too(write):
    assert write(feed())
