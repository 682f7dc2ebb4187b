"""The addresses of the site's own signals: sitemaps, well-known files, the list of sources, embedding."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.looks import site_name
from broadsheet.site import embeds, signals, sitemaps
from broadsheet.site.finishing import keep
from broadsheet.site.requests import query_words
from broadsheet.sources.models import Source, SourceKind, SourceState

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
SITEMAP = frozenset({"sitemap"})
"""Nothing purges it: a search engine that comes twice in an hour gets the same file."""


@require_safe
def sitemap_index(_request: HttpRequest) -> HttpResponse:
    return _kept(sitemaps.index(now=timezone.now()), XML, SITEMAP)


@require_safe
def sitemap_pages(_request: HttpRequest) -> HttpResponse:
    return _kept(sitemaps.pages(), XML, {"section:*", "sources"})


@require_safe
def sitemap(_request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One file of stories, topics, articles or news."""
    if not sitemaps.exists(kind, number, now=timezone.now()):
        raise Http404
    match kind:
        case "stories":
            return _kept(sitemaps.stories(number), XML, SITEMAP)
        case "topics":
            return _kept(sitemaps.topics(number), XML, SITEMAP)
        case "editions":
            return _kept(sitemaps.editions(number), XML, {"letter:*"})
        case "news":
            return _kept(sitemaps.news(number, now=timezone.now()), XML, {"latest"})
    return _kept(sitemaps.articles(number, now=timezone.now()), XML, {"latest"})


@require_safe
def tdmrep(_request: HttpRequest) -> HttpResponse:
    return _json(signals.tdmrep())


@require_safe
def gpc(_request: HttpRequest) -> HttpResponse:
    return _json(signals.gpc())


@require_safe
def rsl(_request: HttpRequest) -> HttpResponse:
    return _kept(signals.rsl(), "application/rsl+xml; charset=utf-8", {"signals"})


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    text = signals.security_txt(now=timezone.now())
    if text is None:
        raise Http404
    return _kept(text, TEXT, {"signals"})


@require_safe
def opml(_request: HttpRequest) -> HttpResponse:
    """The feeds that are read now, for another reader to follow. One query."""
    from broadsheet.feeds import Subscription, write_opml  # noqa: PLC0415  # the room's parsers take 8 MB

    now = timezone.now()
    rows = Source.objects.filter(kind=SourceKind.FEED, state=SourceState.ACTIVE).select_related("publisher")
    subscriptions = [
        Subscription(row.address, row.publisher.name, row.publisher.home, row.publisher.language)
        for row in rows.order_by("publisher__name", "address")
    ]
    body = write_opml(subscriptions, _("Sources of %(site)s") % {"site": site_name()}, now)
    response = HttpResponse(body, content_type="text/x-opml; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="sources.opml"'
    return keep(response, {"sources", "publisher:*"}, now=now)


@require_safe
def opensearch(_request: HttpRequest) -> HttpResponse:
    """How a browser searches this site (OpenSearch 1.1)."""
    return _kept(signals.opensearch(), "application/opensearchdescription+xml; charset=utf-8", {"signals"})


@require_safe
def embed(_request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    found = embeds.embed_card(pk, now=now)
    if found is None:
        raise Http404
    page = render_to_string("embed.html", {"embed": found})
    response = HttpResponse(page)
    response["Content-Security-Policy"] = embeds.style_policy(page)
    response["X-Frame-Options"] = "ALLOWALL"  # the word for "anybody"; browsers that read the policy above ignore it
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return keep(response, found.tags, now=now)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Not kept: anybody could ask for any number of them."""
    words = query_words(request.META.get("QUERY_STRING", ""))
    form = words.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse("Formats are json and xml.\n", content_type=TEXT, status=501)
    pk = embeds.story_at(words.get("url", ""))
    card = embeds.embed_card(pk, now=timezone.now()) if pk is not None else None
    if card is None:
        return HttpResponse("There is no story at this address.\n", content_type=TEXT, status=404)
    values = embeds.oembed(card, max_width=_length(words, "maxwidth"), max_height=_length(words, "maxheight"))
    if form == "xml":
        response = HttpResponse(embeds.oembed_xml(values), content_type="text/xml; charset=utf-8")
    else:
        response = HttpResponse(json.dumps(values, ensure_ascii=False), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _length(words: dict[str, str], name: str) -> int | None:
    value = words.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def _json(value: Any) -> HttpResponse:
    return _kept(json.dumps(value, ensure_ascii=False), "application/json", {"signals"})


def _kept(body: str, kind: str, tags: set[str] | frozenset[str]) -> HttpResponse:
    response = HttpResponse(body.encode("utf-8", "replace"), content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    return keep(response, tags, now=timezone.now())
