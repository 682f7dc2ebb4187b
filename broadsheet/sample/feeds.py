"""How a sample publisher announces its articles: RSS 2.0, Atom, JSON Feed 1.1 or a news sitemap.

Pure functions from articles to bytes. Only the article's own address, headline, summary, names and times go
in, as real publishers' feeds mostly have it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET  # only written here, never read

from broadsheet.sample.edition import SampleArticle, SamplePublisher

PATHS = {"rss": "/feed.xml", "atom": "/atom.xml", "json": "/feed.json", "sitemap": "/news-sitemap.xml"}
TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

ET.register_namespace("dc", _DC)
ET.register_namespace("news", _NEWS)


def write_feed(publisher: SamplePublisher, base: str, articles: Sequence[SampleArticle]) -> bytes:
    """The publisher's feed in its own format. articles: newest first, at least one."""
    writer = {"rss": _rss, "atom": _atom, "json": _json, "sitemap": _sitemap}[publisher.feed]
    return writer(publisher, base, articles)


def _rss(publisher: SamplePublisher, base: str, articles: Sequence[SampleArticle]) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", publisher.name)
    _add(channel, "link", f"{base}/")
    _add(channel, "description", publisher.about)
    _add(channel, "language", publisher.language)
    _add(channel, "lastBuildDate", format_datetime(_newest(articles)))
    for article in articles:
        item = ET.SubElement(channel, "item")
        _add(item, "title", article.headline)
        _add(item, "link", base + article.path)
        _add(item, "guid", f"{publisher.host}/{article.id}", isPermaLink="false")
        _add(item, "pubDate", format_datetime(article.published.astimezone(publisher.utc_offset)))
        _add(item, "description", article.standfirst)
        _add(item, "category", article.section_name)
        for author in article.authors:
            _add(item, f"{{{_DC}}}creator", author)
    return _xml(root)


def _atom(publisher: SamplePublisher, base: str, articles: Sequence[SampleArticle]) -> bytes:
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": publisher.language})
    _add(root, "title", publisher.name)
    _add(root, "subtitle", publisher.about)
    _add(root, "id", f"tag:{publisher.host},2020:feed")
    _add(root, "updated", _newest(articles).isoformat())
    ET.SubElement(root, "link", rel="alternate", href=f"{base}/")
    ET.SubElement(root, "link", rel="self", href=base + PATHS["atom"])
    if publisher.licence:
        ET.SubElement(root, "link", rel="license", href=publisher.licence)
    for article in articles:
        entry = ET.SubElement(root, "entry")
        _add(entry, "title", article.headline)
        _add(entry, "id", f"tag:{publisher.host},2020:{article.id}")
        ET.SubElement(entry, "link", rel="alternate", href=base + article.path)
        _add(entry, "published", article.published.astimezone(publisher.utc_offset).isoformat())
        _add(entry, "updated", article.modified.astimezone(publisher.utc_offset).isoformat())
        _add(entry, "summary", article.standfirst)
        ET.SubElement(entry, "category", term=article.section_name)
        for author in article.authors or (publisher.name,):
            _add(ET.SubElement(entry, "author"), "name", author)
    return _xml(root)


def _json(publisher: SamplePublisher, base: str, articles: Sequence[SampleArticle]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "description": publisher.about,
        "home_page_url": f"{base}/",
        "feed_url": base + PATHS["json"],
        "language": publisher.language,
        "items": [
            {
                "id": f"{publisher.host}/{article.id}",
                "url": base + article.path,
                "title": article.headline,
                "summary": article.standfirst,
                "date_published": article.published.astimezone(publisher.utc_offset).isoformat(),
                "date_modified": article.modified.astimezone(publisher.utc_offset).isoformat(),
                "authors": [{"name": author} for author in article.authors],
                "tags": [article.section_name],
                # JSON Feed asks for a content field; the summary is all that this publisher gives away.
                "content_text": article.standfirst,
            }
            for article in articles
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _sitemap(publisher: SamplePublisher, base: str, articles: Sequence[SampleArticle]) -> bytes:
    root = ET.Element("urlset", xmlns=_SITEMAP)
    for article in articles:
        url = ET.SubElement(root, "url")
        _add(url, "loc", base + article.path)
        _add(url, "lastmod", article.modified.isoformat())
        news = ET.SubElement(url, f"{{{_NEWS}}}news")
        publication = ET.SubElement(news, f"{{{_NEWS}}}publication")
        _add(publication, f"{{{_NEWS}}}name", publisher.name)
        _add(publication, f"{{{_NEWS}}}language", publisher.language)
        _add(news, f"{{{_NEWS}}}publication_date", article.published.isoformat())
        _add(news, f"{{{_NEWS}}}title", article.headline)
    return _xml(root)


def _newest(articles: Sequence[SampleArticle]) -> datetime:
    return max(article.modified for article in articles)


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _xml(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
