"""Bytes to entries: feeds of every dialect, sitemaps, lists of subscriptions, and finding feeds on a home page.

    feed = parse_feed(response.body, response.address, response.content_type)

Nothing here fetches. Entries are what a source announces; the article itself is `extraction`'s work.
"""

from broadsheet.feeds.discovery import discover, find_article_links
from broadsheet.feeds.entries import (
    ArticleLink,
    Candidate,
    Entry,
    Feed,
    FeedKind,
    Sitemap,
    SitemapLink,
    Subscription,
)
from broadsheet.feeds.errors import FeedError, NotAFeed, NotASitemap
from broadsheet.feeds.opml import read_opml, write_opml
from broadsheet.feeds.parsing import parse_feed
from broadsheet.feeds.sitemaps import parse_sitemap

__all__ = [
    "ArticleLink",
    "Candidate",
    "Entry",
    "Feed",
    "FeedError",
    "FeedKind",
    "NotAFeed",
    "NotASitemap",
    "Sitemap",
    "SitemapLink",
    "Subscription",
    "discover",
    "find_article_links",
    "parse_feed",
    "parse_sitemap",
    "read_opml",
    "write_opml",
]
