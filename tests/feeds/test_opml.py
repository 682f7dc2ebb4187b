import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.feeds import FeedError, Subscription, read_opml, write_opml

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def opml(body):
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>{body}</body></opml>'.encode()


def test_folders_titles_and_homes_are_read():
    found = read_opml(
        opml(
            '<outline text="World"><outline text="Europe"><outline type="rss" text="Paper &amp; Co" '
            'xmlUrl="https://a.example/rss" htmlUrl="https://a.example" language="en"/></outline></outline>'
            '<outline title="Blatt" xmlurl="feed:https://b.example/rss"/>'
        )
    )
    assert found == [
        Subscription("https://a.example/rss", "Paper & Co", "https://a.example/", "en", ("World", "Europe")),
        Subscription("https://b.example/rss", "Blatt"),
    ]


def test_broken_and_unusable_lines_are_passed_over():
    found = read_opml(
        opml(
            '<outline text="R & D" xmlUrl="https://a.example/?a=1&b=2"/><outline xmlUrl="javascript:x"/>'
            '<outline text="again" xmlUrl="https://a.example/?a=1&amp;b=2"/><outline text="empty folder"/>'
        )
    )
    assert [(one.address, one.title) for one in found] == [("https://a.example/?a=1&b=2", "R & D")]


@pytest.mark.parametrize("body", [b"", b"words", b"<html></html>", b"<rss><channel/></rss>"])
def test_what_is_no_opml_is_named(body):
    with pytest.raises(FeedError, match=r"friends\.opml"):
        read_opml(body, "friends.opml")


def test_entities_and_depth_cannot_hurt():
    bomb = (
        b'<!DOCTYPE o [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'
        + opml('<outline text="&b;" xmlUrl="https://a.example/"/>')[21:]
    )
    assert read_opml(bomb)[0].title == ""
    began = time.process_time()
    read_opml(opml('<outline text="f">' * 100_000))
    assert time.process_time() - began < 6


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
SUBSCRIPTIONS = st.builds(
    Subscription,
    st.integers(0, 99).map("https://a.example/{}".format),
    WORDS,
    st.sampled_from(["", "https://a.example/"]),
    st.sampled_from(["", "en", "ar"]),
    st.lists(WORDS, max_size=3).map(tuple),
)


@given(st.lists(SUBSCRIPTIONS, max_size=8, unique_by=lambda one: one.address))
def test_what_is_written_is_read_back(subscriptions):
    found = read_opml(write_opml(subscriptions, "Ours", NOW))
    assert sorted(found, key=lambda one: one.address) == sorted(subscriptions, key=lambda one: one.address)


def test_characters_xml_cannot_hold_are_dropped_on_writing():
    assert (
        read_opml(write_opml([Subscription("https://a.example/", "a\x00b\x0bc\ud800")], "t\x01", NOW))[0].title == "abc"
    )
