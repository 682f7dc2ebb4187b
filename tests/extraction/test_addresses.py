"""Canonical address, further pages, publisher, licence and direction of pages that help and of pages that cheat."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import extract
from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.metadata import read_metadata

URL = "https://ledger.example/2026/north-pier"


def read(body="", head="", url=URL, lang="en"):
    tree = LexborHTMLParser(f"<html lang={lang}><head>{head}</head><body><h1>Pier</h1>{body}</body></html>")
    return read_metadata(tree, url, read_embedded(tree, url))


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/2026/north-pier?a=1", "https://ledger.example/2026/north-pier?a=1"),
        ("https://other.example/story", "https://other.example/story"),
        ("/2026/the pier", "https://ledger.example/2026/the%20pier"),
        ("https://ledger.example/", URL),
        ("javascript:alert(1)", URL),
        ("data:text/html,x", URL),
        ("https://ledger.example@evil.example/x", URL),
        ("https://ledger.example/\u202egnp.exe", URL),
        ("https://ledger.example/" + "x" * 3_000, URL),
        ("http://[bad", URL),
    ],
)
def test_canonical_address_leads_to_an_article_or_is_passed_over(href, canonical):
    assert read(head=f'<link rel="canonical" href="{href}">').canonical == canonical


@pytest.mark.parametrize(
    ("links", "pages"),
    [
        ('<a href="?page=2">Next</a>', ("https://ledger.example/2026/north-pier?page=2",)),
        ('<a href="/2026/north-pier/2">2</a>', ("https://ledger.example/2026/north-pier/2",)),
        (
            '<ul><li><a href="/2026/north-pier/page/3#top">3</a><li><a href="/2026/north-pier/page/2">2</a></ul>',
            ("https://ledger.example/2026/north-pier/page/2", "https://ledger.example/2026/north-pier/page/3"),
        ),
        ('<a href="/2026/north-pier-2">Storm breaks the north pier again</a>', ()),
        ('<a href="/2026/south-pier?page=2">2</a>', ()),
        ('<a href="https://share.example/?u=https://ledger.example/2026/north-pier/2">2</a>', ()),
        ('<a href="/2026/north-pier#comment-2">2</a>', ()),
        ('<a href="/2026/north-pier?page=1">1</a>', ()),
        ('<a href="javascript:north-pier(2)">2</a>', ()),
    ],
)
def test_further_pages_have_this_articles_address_and_a_number(links, pages):
    assert read(links).further_pages == pages


def test_next_page_of_the_head_and_next_article_are_told_apart():
    assert read(head='<link rel="next" href="/2026/north-pier?page=2">').further_pages == (f"{URL}?page=2",)
    assert read(head='<link rel="next" href="/2026/south-pier-2">').further_pages == ()


def test_publisher_is_a_name_and_not_without_end():
    assert read(head=f'<meta property="og:site_name" content="{"Ledger " * 500}">').publisher.startswith(
        "Ledger Ledger"
    )
    assert len(read(head=f'<meta property="og:site_name" content="{"Ledger " * 500}">').publisher) <= 200
    found = read(
        head='<script type="application/ld+json">{"@type":"Article","publisher":{"name":"https://l.example"}}</script>'
    )
    assert found.publisher == "ledger.example"
    found = read(head='<script type="application/ld+json">{"@type":"Article","publisher":[{"name":"Ledger"}]}</script>')
    assert found.publisher == "Ledger"


@pytest.mark.parametrize(
    ("value", "licence"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/"),
        ("/terms/reuse", "https://ledger.example/terms/reuse"),
        ("CC BY-SA 4.0", "CC BY-SA 4.0"),
        ("javascript:alert(1)", ""),
        ("ftp://ledger.example/licence", ""),
    ],
)
def test_licence_is_a_name_or_an_address_that_leads_somewhere(value, licence):
    head = f'<script type="application/ld+json">{{"@type":"Article","license":"{value}"}}</script>'
    assert read(head=head).licence == licence


def test_licence_linked_in_the_text():
    assert read('<a rel="license noopener" href="/by">CC</a>').licence == "https://ledger.example/by"
    assert read('<a rel="nofollow" href="/licences">Licences</a>').licence == ""


@pytest.mark.parametrize(
    ("lang", "direction"),
    [
        ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"), ("az-Arab", "rtl"), ("ku-Arab-IQ", "rtl"),
        ("en", "ltr"), ("ur-Latn", "ltr"), ("uz-Cyrl", "ltr"), ("ku", "ltr"), ("zh-Hant-TW", "ltr"),
    ],
)  # fmt: skip
def test_direction_follows_the_script(lang, direction):
    assert read(lang=lang).direction == direction


@pytest.mark.parametrize("url", ["http://[", "//", "not an address", 'https://x.example/"]a, b[c="', None])
def test_page_from_a_broken_address_is_read(url):
    assert extract(b"<title>Pier</title><h1>Pier is rebuilt</h1><p>Text of it.</p>", url).headline == "Pier is rebuilt"
