"""Structured data (schema.org as JSON-LD) for pages: what they are, never more than they show.

`NewsArticle` is for our own work alone. A story is a `CollectionPage` whose `ItemList` names the reports at their
publishers' addresses; the site never calls itself the publisher of others' work. Output "structured_data" decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from markupsafe import Markup

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article
from broadsheet.looks import site_name
from broadsheet.rights import Mode, Output
from broadsheet.site.head import Crumb, absolute
from broadsheet.stories.models import Story

CONTEXT = "https://schema.org"
MOST_ITEMS = 100
_GATED = ".gated"
"""Selector of what stays behind the gate; the template wraps exactly that in this class."""

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that was announced, in words that the page shows."""

    text: str
    at: datetime


def story_data(story: Story, members: Sequence[Article], displays: Displays, *, headline: str, language: str) -> Data:
    """The page of a story: who reports it, each at the publisher's own address.

    members, displays: the page's own; headline, language: as the page shows them. No queries.
    """
    shown = [displays.of(member, Output.STRUCTURED_DATA) for member in members[:MOST_ITEMS]]
    named = [found for found in shown if found.mode > Mode.NONE]
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "@id": absolute(story.path),
        "url": absolute(story.path),
        "name": headline,
        **({"inLanguage": language} if language else {}),
        "datePublished": _moment(story.first_at),
        "dateModified": _moment(story.moved_at),
        "isPartOf": website(),
        "isBasedOn": [found.article.address for found in named],
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": f"{CONTEXT}/ItemListOrderAscending",
            "numberOfItems": len(named),
            "itemListElement": [_list_item(number, found) for number, found in enumerate(named, 1)],
        },
    }


def article_data(
    article: Article,
    displays: Displays,
    *,
    authors: Iterable[tuple[str, str]] = (),
    images: Iterable[str] = (),
    corrections: Iterable[Correction] = (),
    is_gated: bool = False,
) -> Data | None:
    """`NewsArticle` for our own work, None for anybody else's.

    authors: (name, path of our page about them or empty). images: paths, as the page shows them. is_gated: part of the
    text is for registered readers and stays on the server.
    """
    own = displays.of(article, Output.SITEMAP).mode > Mode.NONE
    shown = displays.of(article, Output.STRUCTURED_DATA)
    if not own or not shown.shows_headline:
        return None
    changed = max(article.shown_at, article.updated_at) if article.updated_at else article.shown_at
    noted = [{"@type": "CorrectionComment", "text": one.text, "datePublished": _moment(one.at)} for one in corrections]
    pictures = [absolute(path) for path in images]
    people = [{"@type": "Person", "name": name, **({"url": absolute(path)} if path else {})} for name, path in authors]
    return {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "@id": absolute(article.path),
        "mainEntityOfPage": absolute(article.path),
        "headline": shown.headline,
        **({"inLanguage": article.language} if article.language not in ("", "und") else {}),
        "datePublished": _moment(article.shown_at),
        "dateModified": _moment(changed),
        **({"author": people} if people else {}),
        **({"image": pictures} if pictures else {}),
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": article.publisher.name,
            "url": absolute(article.publisher.path),
            "correctionsPolicy": absolute("/corrections"),
        },
        "isAccessibleForFree": not is_gated,
        **({"hasPart": _gated()} if is_gated else {}),
        **({"correction": noted} if noted else {}),
    }


def breadcrumb_data(crumbs: Sequence[Crumb], title: str) -> Data:
    """The way from the front page to this one, as the page shows it; the last item is the page itself."""
    way = [Crumb(_("Front page"), "/"), *crumbs]
    items: list[Data] = [
        {"@type": "ListItem", "position": number, "name": crumb.name, "item": absolute(crumb.path)}
        for number, crumb in enumerate(way, 1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": title})
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def website() -> Data:
    return {"@type": "WebSite", "name": site_name(), "url": absolute("/")}


def as_script(*data: Data | None) -> Markup:
    """A `script` element that holds data and runs nothing; empty without data. Nothing in it can end the element."""
    found = [one for one in data if one is not None]
    if not found:
        return Markup("")
    text = json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028")):
        text = text.replace(sign, code)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704  # no sign of markup is left in it


def oembed_link(path: str) -> str:
    """The address under which a page's embeddable card is described, for `link rel=alternate`."""
    return absolute(f"/oembed?url={quote(absolute(path), safe='')}&format=json")


def _list_item(number: int, shown: Displayed) -> Data:
    name = {"name": shown.headline} if shown.shows_headline else {}
    return {"@type": "ListItem", "position": number, "url": shown.article.address, **name}


def _gated() -> Data:
    return {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": _GATED}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
