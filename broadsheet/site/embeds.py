"""A story's card for other sites: one small page without script, cookie or third party, and its oEmbed description.

It leaves the site, so the output "feed" decides what of the lead article it shows.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from broadsheet.looks import site_name
from broadsheet.rights import Output
from broadsheet.site.cards import StoryCard, story_cards
from broadsheet.site.head import absolute
from broadsheet.stories.models import Story
from broadsheet.stories.queries import stories_with, story_for_page

WIDTH_PX, HEIGHT_PX = 480, 220
NARROWEST_PX, LOWEST_PX = 220, 120
_STORY = re.compile(r"/stories/([1-9][0-9]{0,17})(?:-[-\w]+)?")


@dataclass(frozen=True, slots=True)
class EmbedCard:
    """url: our page about the story. tags: the things it shows."""

    card: StoryCard
    url: str
    site: str
    is_sample: bool
    now: datetime
    tags: frozenset[str]


def embed_card(pk: int, *, now: datetime) -> EmbedCard | None:
    """The card of a story, of the one it was merged into where it was; None when it may not be named. Four queries."""
    story = _story(pk)
    if story is None:
        return None
    cards = story_cards([story], now=now, output=Output.FEED, pictured=False)
    if not cards:
        return None
    tags = frozenset({f"story:{pk}", *cards[0].tags})
    return EmbedCard(cards[0], absolute(story.path), site_name(), story.is_sample, now, tags)


def story_at(address: str) -> int | None:
    """The number of the story whose page on this site has this address; None for any other address."""
    try:
        parts = urlsplit(address[:2_000])
        host = parts.netloc.lower()
    except ValueError:
        return None
    if host and host != urlsplit(settings.SITE_URL).netloc.lower():
        return None
    found = _STORY.fullmatch(unquote(parts.path))
    return int(found[1]) if found else None


def oembed(card: EmbedCard, *, max_width: int | None, max_height: int | None) -> dict[str, Any]:
    """The description of a card (oembed.com, version 1.0), no larger than what is asked for."""
    width = max(min(WIDTH_PX, max_width or WIDTH_PX), NARROWEST_PX)
    height = max(min(HEIGHT_PX, max_height or HEIGHT_PX), LOWEST_PX)
    html = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" sandbox="allow-popups allow-top-navigation-'
        'by-user-activation" referrerpolicy="no-referrer"></iframe>',
        absolute(f"/embed/stories/{card.card.id}"),
        _("Story: %(headline)s") % {"headline": card.card.headline},
        width,
        height,
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": card.card.headline,
        "provider_name": site_name(),
        "provider_url": absolute("/"),
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": str(html),
    }


def oembed_xml(values: dict[str, Any]) -> str:
    lines = [f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items()]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', "<oembed>", *lines, "</oembed>", ""])


def style_policy(page: str) -> str:
    """The content policy for a card: its own style by its digest, nothing else, and any site may frame it."""
    start = page.index("<style>") + len("<style>")
    digest = b64encode(sha256(page[start : page.index("</style>", start)].encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors *"


def _story(pk: int) -> Story | None:
    found = story_for_page(pk)
    if found is None:
        return None
    return stories_with([found.merged_into_id or found.pk]).get(found.merged_into_id or found.pk)
