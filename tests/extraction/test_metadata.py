"""Metadata of our own pages, field by field, and of pages meant to confuse."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.article import Access, Kind
from broadsheet.extraction.decoding import decode
from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.metadata import access_with_walls, read_metadata

PAGES = Path(__file__).parents[1] / "data" / "extraction"
URL = "https://ledger.example/2026/north-pier"
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def read(html, url=URL):
    tree = LexborHTMLParser(html, scripting=True)
    return read_metadata(tree, url, read_embedded(tree, url), now=NOW)


def read_page(name):
    return read(decode((PAGES / f"{name}.html").read_bytes()).utf8)


def head_and_body(head="", body="", lang="en"):
    return f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def ld(text):
    return f'<script type="application/ld+json">{text}</script>'


# Our own pages


@pytest.mark.parametrize("name", [p.stem for p in sorted(PAGES.glob("*.html"))])
def test_every_page_has_its_own_headline_without_the_site(name):
    found = read_page(name)
    assert found.headline
    assert "Ledger" not in found.headline
    assert "|" not in found.headline


@pytest.mark.parametrize(
    ("name", "authors", "published"),
    [
        ("wall_in_text", ("Pell Harrow",), "2026-03-03T00:00:00+00:00"),
        ("registration_wall", ("Nora Velt",), "2026-03-02T14:10:00+01:00"),
        ("live_blog", ("Nora Velt", "Tobias Brandt"), "2026-03-02T13:00:00+01:00"),
        ("author_box", ("Nora Velt",), "2026-03-02T14:10:00+01:00"),
        ("microdata", ("Nora Velt", "Tobias Brandt"), "2026-03-02T14:10:00+01:00"),
        ("broken_json", ("Nora Velt",), "2026-03-02T14:10:00+01:00"),
        ("kicker", ("Nora Velt", "Tobias Brandt"), "2026-03-02T14:10:00+00:00"),
        ("rtl", ("ليلى منصور",), "2026-03-02T00:00:00+00:00"),
        ("chinese", ("林雪",), "2026-03-02T14:10:00+00:00"),
        ("wrong_charset", ("Нора Вельт",), "2026-03-02T14:10:00+00:00"),
    ],
)
def test_authors_and_time_of_our_pages(name, authors, published):
    found = read_page(name)
    assert found.authors == authors
    assert found.published.isoformat() == published


def test_agency_beside_the_author_is_kept_apart():
    assert read_page("kicker").agencies == ("Reuters",)


def test_language_and_direction():
    assert (read_page("rtl").language, read_page("rtl").direction) == ("ar", "rtl")
    assert (read_page("chinese").language, read_page("chinese").direction) == ("zh-CN", "ltr")
    assert read_page("microdata").language == "en-GB"


def test_pages_of_a_paginated_article_and_its_twin():
    found = read_page("paginated")
    assert found.further_pages == (f"{URL}?page=2", f"{URL}?page=3")
    assert found.amp == "https://ledger.example/amp/2026/north-pier"
    assert found.canonical == URL


def test_reservations_and_licence_are_data():
    found = read_page("legal")
    assert found.licence == "https://creativecommons.org/licenses/by-nd/4.0/"
    assert dict(found.signals) == {
        "robots": "max-snippet:120, noarchive",
        "tdm-reservation": "1",
        "tdm-policy": "https://ledger.example/tdm.json",
        "licence": "https://creativecommons.org/licenses/by-nd/4.0/",
        "rsl": "/rsl.xml",
    }


@pytest.mark.parametrize(("values", "told"), [(("0",), "0"), (("0", "1"), "1"), (("1", "0"), "1")])
def test_of_two_reservations_the_stricter_one_counts(values, told):
    head = "".join(f'<meta name="tdm-reservation" content="{value}">' for value in values)
    assert read(head_and_body(head)).signals["tdm-reservation"] == told


def test_lead_picture_is_the_one_readers_see():
    image = read_page("captions").image
    assert image.address == "https://ledger.example/img/5481207-pier-large.jpg"
    assert (image.caption, image.credit) == ("The north pier at low tide on Sunday.", "Photo: Jonas Field/Ledger")
    assert (image.alt, image.width, image.height) == ("The north pier at low tide", 1280, 720)


def test_access_comes_from_markup_and_walls_together():
    declared = read_page("registration_wall").access
    assert declared is Access.SUBSCRIPTION
    assert access_with_walls(declared, ["Create your free account to continue reading"]) is Access.REGISTRATION
    assert access_with_walls(Access.OPEN, ["You have 2 free articles left this month"]) is Access.METERED
    assert access_with_walls(Access.OPEN, ["Subscribe for 9 crowns a month to keep reading"]) is Access.SUBSCRIPTION
    assert access_with_walls(Access.OPEN, ["Sign up for our newsletter"], complete=True) is Access.OPEN
    assert access_with_walls(Access.OPEN, []) is Access.OPEN


def test_kind_is_what_the_page_says():
    assert read_page("live_blog").kind is Kind.LIVE
    assert read("<h1>On piers</h1>", "https://ledger.example/opinion/on-piers").kind is Kind.OPINION
    assert read(head_and_body(ld('{"@type":"OpinionNewsArticle","headline":"x"}'))).kind is Kind.OPINION
    assert read("<h1>Opinion polls</h1>", "https://ledger.example/politics/opinion-polls").kind is Kind.NEWS


# Headlines


@pytest.mark.parametrize(
    ("shown", "shared", "tab", "headline"),
    [
        ("Pier is rebuilt", "Pier is rebuilt | Ledger", "Pier is rebuilt - Harbour - Ledger", "Pier is rebuilt"),
        (
            "Harbour Council rebuilds the old pier",
            "Council rebuilds the old pier",
            "x",
            "Council rebuilds the old pier",
        ),
        ("Ledger", "Council rebuilds the pier", "Ledger: Council rebuilds the pier", "Council rebuilds the pier"),
        ("", "", "Council rebuilds the pier — The Ledger", "Council rebuilds the pier — The Ledger"),
        ("Why A – and not B – won", "", "Why A – and not B – won", "Why A – and not B – won"),
    ],
)
def test_headline_by_agreement_of_titles(shown, shared, tab, headline):
    head = f'<title>{tab}</title><meta property="og:site_name" content="Ledger">'
    head += f'<meta property="og:title" content="{shared}">' if shared else ""
    assert read(head_and_body(head, f"<h1>{shown}</h1>" if shown else "")).headline == headline


def test_tab_title_is_cut_to_the_line_in_the_page():
    page = head_and_body(
        "<title>Council rebuilds the pier | Some Paper</title>", "<b>Council rebuilds the pier</b><br>Text of it."
    )
    assert read(page, "http://127.0.0.1/x").headline == "Council rebuilds the pier"


# Authors


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Oak and Ben Elm, Staff Writers", ("Ann Oak", "Ben Elm")),
        ("Von Anna Eich und Ben Ulme", ("Anna Eich", "Ben Ulme")),
        ("Par Anne Chêne et Benoît Orme", ("Anne Chêne", "Benoît Orme")),
        ("Por Ana Roble y Benito Olmo", ("Ana Roble", "Benito Olmo")),
        ("di Anna Quercia e Bruno Olmo", ("Anna Quercia", "Bruno Olmo")),
        ("Door Jan van den Berg en Els de Wit", ("Jan van den Berg", "Els de Wit")),
        ("Ann Oak | Political correspondent | Skarn", ("Ann Oak",)),
        ("ANN OAK (in Skarn)", ("ANN OAK",)),
        ("Ann Oak, ann.oak@ledger.example", ("Ann Oak",)),
        ("Christoph von Eichholz", ("Christoph von Eichholz",)),
        ("Ann Oak is the harbour editor of the Ledger", ("Ann Oak",)),
        ("Reviewed by Tom Fir", ()),
        ("Text: Ann Oak, Foto: Tom Fir", ("Ann Oak",)),
        ("文／林雪", ("林雪",)),
        ("莱拉·索尔加罗", ("莱拉·索尔加罗",)),
    ],
)
def test_bylines_are_cleaned(byline, names):
    assert read(head_and_body(body=f'<h1>Pier</h1><p class="byline">{byline}</p>')).authors == names


def test_person_in_the_byline_beats_the_publisher_in_the_data():
    head = ld('{"@type":"NewsArticle","headline":"Pier","author":{"@type":"Organization","name":"Ledger"}}')
    found = read(head_and_body(head, '<h1>Pier</h1><p class="author">By Ann Oak</p>'))
    assert found.authors == ("Ann Oak",)


def test_organisation_only_where_nobody_else_is_named():
    head = ld('{"@type":"NewsArticle","headline":"Pier","author":{"@type":"Organization","name":"Ledger"}}')
    assert read(head_and_body(head, "<h1>Pier</h1>")).authors == ("Ledger",)


def test_names_in_side_boxes_and_comments_are_not_the_author():
    body = '<h1>Pier</h1><p>Text.</p><aside><a rel="author">Ann Oak</a><a rel="author">Ben Elm</a></aside>'
    body += '<div class="comments"><span class="author">Tom Fir</span></div>'
    assert read(head_and_body(body=body)).authors == ()


def test_references_are_followed():
    head = ld(
        '{"@graph":[{"@type":"Article","headline":"Pier","author":{"@id":"#a"}},'
        '{"@id":"#a","@type":"Person","name":"Ann Oak"}]}'
    )
    assert read(head_and_body(head)).authors == ("Ann Oak",)


# Times


@pytest.mark.parametrize(
    ("shown", "lang", "day"),
    [
        ("2 March 2026", "en", "2026-03-02"),
        ("March 2, 2026 at 2:10 p.m.", "en-US", "2026-03-02"),
        ("2. März 2026, 14:10 Uhr", "de", "2026-03-02"),
        ("Publié le 2 mars 2026 à 14h10", "fr", "2026-03-02"),
        ("2 de marzo de 2026", "es", "2026-03-02"),
        ("02/03/2026 14:10", "pt", "2026-03-02"),
        ("2 marzo 2026", "it", "2026-03-02"),
        ("2 maart 2026", "nl", "2026-03-02"),
        ("2 marca 2026", "pl", "2026-03-02"),
        ("2 березня 2026", "uk", "2026-03-02"),
        ("2 марта 2026", "ru", "2026-03-02"),
        ("2 Mart 2026", "tr", "2026-03-02"),
        ("٢ مارس ٢٠٢٦", "ar", "2026-03-02"),
        ("2026年3月2日", "ja", "2026-03-02"),
        ("۱۱ اسفند ۱۴۰۴", "fa", "2026-03-02"),
        ("3 hours ago", "en", "2026-03-05"),
        ("vor 2 Tagen", "de", "2026-03-03"),
    ],
)
def test_dates_that_readers_see(shown, lang, day):
    page = head_and_body(body=f"<h1>Pier is rebuilt</h1><p>{shown}</p><p>{'Text of it. ' * 30}</p>", lang=lang)
    assert read(page).published.date().isoformat() == day


def test_declared_times_beat_visible_ones_and_keep_their_zone():
    head = '<meta property="article:published_time" content="2026-03-02T23:30:00-05:00">'
    found = read(head_and_body(head, "<h1>Pier</h1><p>4 March 2026</p>"))
    assert found.published.isoformat() == "2026-03-02T23:30:00-05:00"


def test_time_without_zone_takes_the_zone_of_the_other_time():
    head = ld(
        '{"@type":"Article","headline":"x","datePublished":"2026-03-02T14:10","dateModified":"2026-03-02T15:00+02:00"}'
    )
    assert read(head_and_body(head)).published.isoformat() == "2026-03-02T14:10:00+02:00"


def test_day_in_the_address_is_the_last_word():
    assert read("<h1>Pier</h1>", "https://l.example/2026/03/02/pier").published.date().isoformat() == "2026-03-02"


@pytest.mark.parametrize("tail", ["03.03.2026", "2026-03-03", "3 March 2026", "March 3, 2026"])
def test_date_behind_the_last_bar_of_a_title_is_the_day(tail):
    caption = "<figcaption>Planks for the pier, 1 March 2026</figcaption>"
    page = head_and_body(f"<title>Pier rebuilt | Ledger | {tail}</title>", f"<h1>Pier rebuilt</h1>{caption}")
    assert read(page, url="").published.date().isoformat() == "2026-03-03"
    assert read(head_and_body("<title>Pier rebuilt | Route 66</title>")).published is None


def test_date_that_opens_the_text_is_read():
    page = head_and_body(
        "", "<h1>Pier rebuilt</h1><p>02.03.2026 – The council rebuilds <a href=/p>the pier</a>.</p>", "de"
    )
    assert read(page, url="").published.date().isoformat() == "2026-03-02"


def test_day_on_which_somebody_joined_is_not_the_days_of_the_text():
    posted = "<p><b>Joined:</b> 18.09.2008, 05:56</p><p>Nora » 02.03.2026, 05:42</p>"
    page = head_and_body("", f"<h1>Pier rebuilt</h1>{posted}<p>What do you say?</p>", "de")
    assert read(page, url="").published.date().isoformat() == "2026-03-02"


def test_metas_that_write_value_for_content_are_read():
    page = head_and_body('<meta name="author" value="Nora Velt"><meta name="og:title" value="The pier is rebuilt">')
    assert (read(page).authors, read(page).headline) == (("Nora Velt",), "The pier is rebuilt")


@pytest.mark.parametrize("value", ["0001-01-01", "1970-01-01T00:00:00Z", "2199-01-01", "soon", "99999999999999999999"])
def test_placeholders_are_no_dates(value):
    head = f'<meta property="article:published_time" content="{value}">'
    assert read(head_and_body(head, "<h1>Pier</h1>"), "https://l.example/pier").published is None


# Hostile pages


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<",
        b"%PDF-1.7 \x00\x01",
        b'{"headline": "x"}',
        b"<?xml version='1.0'?><rss><channel><title>Feed</title></channel></rss>",
        b"<frameset><frame src=a></frameset>",
        b"<div>" * 4_000,
        b'<meta property="og:title" content="' + b"x" * 500_000,
        b'<link rel="canonical" href="http://[bad">',
        b'<meta property="og:image" content="http://[bad">',
        b'<script type="application/ld+json">[[[[{"@type":["Article",{}],"author":[[1]],"image":{"url":[]}}]]]]',
    ],
    ids=range(11),
)
def test_no_page_is_too_strange(page):
    found = read(page)
    assert isinstance(found.headline, str)
    assert len(found.headline) <= 400


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_pages_are_borne(data):
    name = data.draw(st.sampled_from(sorted(p.name for p in PAGES.glob("*.html"))))
    page = bytearray((PAGES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(page) - 1))
        page[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=20))
    found = read(decode(bytes(page)).utf8, data.draw(st.sampled_from([URL, "", "not an address", "http://[", "//"])))
    assert found.published is None or found.published.tzinfo is not None
