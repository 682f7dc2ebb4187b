"""The addresses of feeds: every list under its own address with `.atom`, `.rss` or `.json`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.articles.archive import author_with_slug
from broadsheet.articles.queries import listed, section_with_slug, topic_with_slug
from broadsheet.site import feeds
from broadsheet.site.archive import read_day
from broadsheet.site.dress import named
from broadsheet.site.finishing import keep
from broadsheet.site.requests import query_words
from broadsheet.site.search import found_articles, read_asked
from broadsheet.site.syndication import FORMS
from broadsheet.sources.models import Publisher
from broadsheet.stories.queries import story_for_page


@require_safe
def front(_request: HttpRequest, form: str) -> HttpResponse:
    return write_feed(feeds.front_feed(now=timezone.now()), form)


@require_safe
def latest(_request: HttpRequest, form: str) -> HttpResponse:
    return write_feed(feeds.latest_feed(now=timezone.now()), form)


@require_safe
def section(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = section_with_slug(slug)
    if found is None:
        raise Http404
    return write_feed(feeds.section_feed(named(found), now=timezone.now()), form)


@require_safe
def topic(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = topic_with_slug(slug)
    if found is None:
        raise Http404
    return write_feed(feeds.topic_feed(found, now=timezone.now()), form)


@require_safe
def author(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = author_with_slug(slug)
    feed = feeds.author_feed(found, now=timezone.now()) if found else None
    if feed is None:
        raise Http404
    return write_feed(feed, form)


@require_safe
def day(_request: HttpRequest, year: int, month: int, day: int, form: str) -> HttpResponse:
    found = read_day(year, month, day)
    feed = feeds.day_feed(found, now=timezone.now()) if found else None
    if feed is None:
        raise Http404
    return write_feed(feed, form)


@require_safe
def source(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = Publisher.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return write_feed(feeds.source_feed(found, now=timezone.now()), form)


@require_safe
def story(_request: HttpRequest, pk: int, form: str, slug: str = "") -> HttpResponse:  # noqa: ARG001  # for looks
    """A story keeps its feed when its slug changes, so followers are never sent elsewhere."""
    found = story_for_page(pk)
    if found is None:
        raise Http404
    return write_feed(feeds.story_feed(found.merged_into or found, now=timezone.now()), form)


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """Not kept: anybody could ask for any number of them."""
    now = timezone.now()
    asked = read_asked(query_words(request.META.get("QUERY_STRING", "")))
    ids = found_articles(asked, now=now)
    articles = listed().in_bulk(ids)
    rows = [articles[pk] for pk in ids if pk in articles]
    title = _("Search: %(query)s") % {"query": asked.query}
    kind, write = FORMS[form]
    found = feeds.articles_feed(title, "/search", "/search", rows, set(), now=now)
    return HttpResponse(write(found), content_type=kind)


def write_feed(feed: feeds.Feed, form: str) -> HttpResponse:
    kind, write = FORMS[form]
    return keep(HttpResponse(write(feed), content_type=kind), feed.tags, now=timezone.now())
