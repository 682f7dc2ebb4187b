"""Where publishers keep feeds, and words that tell articles from other pages. Data for `discovery`."""

# ruff: noqa: SIM905 - word lists read best as text
from __future__ import annotations

FEED_TYPES = {
    "application/rss+xml": 1.0,
    "application/atom+xml": 1.0,
    "application/feed+json": 0.97,
    "application/rdf+xml": 0.9,
    "application/x-rss+xml": 0.9,
    "text/rss+xml": 0.9,
    "application/xml": 0.7,
    "text/xml": 0.7,
    "application/json": 0.3,
}
"""Media types of `link rel=alternate`, with how surely they are a feed. WordPress announces its API as plain JSON."""

USUAL_FEEDS = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds",
    "/rss/index.xml",
    "/?feed=rss2",
)
USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")

SIDE_FEEDS = (
    "comment",
    "kommentar",
    "comentario",
    "commentaire",
    "podcast",
    "replies",
    "/author/",
    "oembed",
    "wp-json",
)
"""In the address or title of feeds that are not the publisher's reports."""

SIDE_PATHS = frozenset(
    """
    about account accessibility advertise advertising agb allergy anmelden apps archive archives aspx author authors
    autor autoren auteur auteurs autores career careers category categories categoria contact contacts contactus
    contacto cookie cookies corrections customer datenschutz donate email epaper events faq faqs feed feeds galleries
    help hilfe impressum jobs kontakt kategorie legal login logout masthead member membership newsletter newsletters
    page pages password people podcast podcasts privacy press profile register registration rss schlagwort search
    shop signin signup sitemap specials staff store subscribe subscription subscriptions suche tag tags team terms
    thema tos topic topics tv-guide user users video videos weather wetter wp-admin wp-content wp-json impresum
    share print games crossword horoscope horoscopes lottery abo abonnement mentions-legales
    """.split()
)
"""Path segments of pages that are not articles."""
