import gzip
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.feeds import NotASitemap, SitemapLink, parse_sitemap
from broadsheet.feeds.sitemaps import MOST_ENTRIES

AT = "https://a.example/sitemap.xml"
NEWS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(*urls):
    return f'<?xml version="1.0"?><urlset {NEWS}>{"".join(urls)}</urlset>'.encode()


def test_news_sitemap_gives_titles_times_languages_and_pictures():
    sitemap = parse_sitemap(
        urlset(
            "<url><loc>https://a.example/1</loc><lastmod>2026-03-02</lastmod><news:news><news:publication>"
            "<news:name>Paper</news:name><news:language>en</news:language></news:publication>"
            "<news:title>A &amp; B</news:title>"
            "<news:publication_date>2026-03-02T13:00:00+01:00</news:publication_date>"
            "<news:keywords>vote, tax</news:keywords>"
            "</news:news><image:image><image:loc>/i.jpg</image:loc></image:image></url>"
        ),
        AT,
    )
    (entry,) = sitemap.entries
    assert sitemap.is_news
    assert (entry.address, entry.title, entry.language) == ("https://a.example/1", "A & B", "en")
    assert entry.published.utcoffset() == timedelta(hours=1)
    assert entry.categories == ("vote", "tax")
    assert entry.image == "https://a.example/i.jpg"


def test_index_names_sitemaps():
    line = "<sitemap><loc>/s1.xml.gz</loc><lastmod>2026-03-02T12:00:00Z</lastmod></sitemap>"
    sitemap = parse_sitemap(f"<sitemapindex {NEWS}>{line}</sitemapindex>".encode(), AT)
    assert [link.address for link in sitemap.sitemaps] == ["https://a.example/s1.xml.gz"]
    assert isinstance(sitemap.sitemaps[0], SitemapLink)
    assert sitemap.sitemaps[0].updated is not None
    assert sitemap.entries == ()


def test_packed_plain_and_prefixed_sitemaps_are_read():
    plain = urlset("<url><loc>https://a.example/1</loc></url>")
    prefixed = b'<x:urlset xmlns:x="http://www.sitemaps.org/schemas/sitemap/0.9"><x:url><x:loc>https://a.example/1</x:loc></x:url></x:urlset>'
    for body in (plain, gzip.compress(plain), prefixed, b"<urlset><url><loc>/1</loc></url>"):
        assert [entry.address for entry in parse_sitemap(body, AT).entries] == ["https://a.example/1"]


def test_newest_are_kept_of_a_long_list():
    urls = [f"<url><loc>/{n}</loc><lastmod>{2000 + n // 300}-01-01</lastmod></url>" for n in range(7000)]
    entries = parse_sitemap(urlset(*urls), AT).entries
    assert len(entries) == MOST_ENTRIES
    assert min(entry.updated.year for entry in entries) > 2005


def test_lines_without_usable_address_are_told():
    sitemap = parse_sitemap(urlset("<url><loc>ftp://x/</loc></url>", "<url/>", "<url><loc>/1</loc></url>"), AT)
    assert len(sitemap.entries) == 1
    assert sitemap.warnings == ("2 lines without a usable address left out",)


@pytest.mark.parametrize(
    ("body", "found"), [(b"", "empty"), (b"<html><body>x", "html"), (b"<rss/>", "other"), (b"\x1f\x8bxx", "empty")]
)
def test_what_is_no_sitemap_is_named(body, found):
    with pytest.raises(NotASitemap) as caught:
        parse_sitemap(body, AT)
    assert caught.value.found == found


def test_gzip_bomb_is_not_unpacked_whole():
    with pytest.raises(NotASitemap):
        parse_sitemap(gzip.compress(b" " * 60_000_000), AT)


@given(st.binary(max_size=300))
def test_any_list_is_read_without_breaking(body):
    parse_sitemap(b"<urlset><url><loc>/1</loc></url>" + body, AT)
