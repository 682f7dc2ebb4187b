"""The addresses of the readers' site: find the thing, build its page, render it, say what it shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.articles.queries import article_for_page, section_with_slug, topic_with_slug
from broadsheet.search.queries import suggest
from broadsheet.site.about import about_page, choice_page, corrections_page
from broadsheet.site.article import article_page
from broadsheet.site.cards import ArticleCard
from broadsheet.site.dress import named
from broadsheet.site.errors import ErrorPage, error_head, guess_words, newest
from broadsheet.site.finishing import keep
from broadsheet.site.front import front_page
from broadsheet.site.head import Chrome, Head, absolute
from broadsheet.site.lists import PAGES, latest_page, section_page, sections_page
from broadsheet.site.requests import SORTS, query_words
from broadsheet.site.search import kind_name, read_asked, search_page
from broadsheet.site.signals import robots_lines
from broadsheet.site.sources import source_page, sources_page
from broadsheet.site.story import story_page
from broadsheet.site.topics import topic_page
from broadsheet.sources.queries import publisher_with_slug
from broadsheet.stories.queries import story_for_page


class Page(Protocol):
    """What every page context has."""

    @property
    def head(self) -> Head: ...


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return show(request, "front.html", front_page(now=timezone.now()))


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    return show(request, "river.html", latest_page(number=page_number(request), now=timezone.now()))


@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    return show(request, "sections.html", sections_page(now=timezone.now()))


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    found = section_with_slug(slug)
    if found is None:
        raise Http404
    return show(request, "section.html", section_page(named(found), number=page_number(request), now=timezone.now()))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = topic_with_slug(slug)
    if found is None:
        raise Http404
    return show(request, "topic.html", topic_page(found, number=page_number(request), now=timezone.now()))


@require_safe
def story(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    found = story_for_page(pk)
    if found is None:
        raise Http404
    if found.merged_into is not None:
        return moved(found.merged_into.path)
    if slug != found.slug:
        return moved(found.path)
    return show(request, "story.html", story_page(found, now=timezone.now()))


@require_safe
def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    found = article_for_page(pk)
    if found is None:
        raise Http404
    now = timezone.now()
    page = article_page(found, now=now)
    if page.shown.gone:
        return keep(gone(request, now=now), [found.tag], now=now)
    if slug != found.slug:
        return moved(found.path)
    return show(request, "article.html", page)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    sort = request.GET.get("sort", "")
    return show(request, "sources.html", sources_page(sort=sort if sort in SORTS else SORTS[0], now=timezone.now()))


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = publisher_with_slug(slug)
    if found is None:
        raise Http404
    return show(request, "source.html", source_page(found, now=timezone.now()))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Not kept: anybody could ask for any number of them."""
    asked = read_asked(query_words(request.META.get("QUERY_STRING", "")))
    return render(request, "search.html", {"page": search_page(asked, now=timezone.now())})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What a reader may be about to type, in the form of OpenSearch Suggestions 1.0: words, names, kinds, addresses."""
    asked = read_asked(query_words(request.META.get("QUERY_STRING", "")))
    found = suggest(asked.query)
    answer = [
        asked.query,
        [one.label for one in found],
        [kind_name(one.kind) for one in found],
        [absolute(one.path) for one in found],
    ]
    return HttpResponse(json.dumps(answer, ensure_ascii=False), content_type="application/x-suggestions+json")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return show(request, "about.html", about_page(now=timezone.now()))


@require_safe
def how_we_choose(request: HttpRequest) -> HttpResponse:
    return show(request, "how_we_choose.html", choice_page(now=timezone.now()))


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    return show(request, "corrections.html", corrections_page(now=timezone.now()))


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /search", "Disallow: /-/", "Allow: /", "", *robots_lines(), ""]
    return keep(
        HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"), ["robots"], now=timezone.now()
    )


def gone(request: HttpRequest, *, now: datetime) -> HttpResponse:
    title = _("This article is gone")
    words = _("It was taken down, by its publisher or after a notice. What we knew of it is not shown any more.")
    return _error(request, 410, title, words, error_head(title, now=now), latest=newest(now=now))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # passed by name
    title = _("There is no such page")
    words = _("The address may be mistyped, or the page may have moved before we began to keep addresses for good.")
    now = timezone.now()
    return _error(
        request, 404, title, words, error_head(title, now=now), latest=newest(now=now), guess=guess_words(request.path)
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Without a query: the database may be what failed."""
    title = _("Something went wrong on our side")
    words = _("It has been noted. Trying again in a minute may help.")
    return _error(request, 500, title, words, error_head(title, now=timezone.now(), around=Chrome((), False)))


def _error(
    request: HttpRequest,
    status: int,
    title: str,
    words: str,
    head: Head,
    *,
    latest: Sequence[ArticleCard] = (),
    guess: str = "",
) -> HttpResponse:
    page = ErrorPage(head, title, words, status, tuple(latest), guess)
    return render(request, "error.html", {"page": page}, status=status)


def show(request: HttpRequest, template: str, page: Page) -> HttpResponse:
    """The page, to be kept until one of the things it shows changes."""
    response = render(request, template, {"page": page})
    return keep(response, page.head.tags, now=page.head.now, until=page.head.until)


def moved(path: str) -> HttpResponse:
    """For good: the address changed with a slug."""
    return redirect(path, permanent=True)


def page_number(request: HttpRequest) -> int:
    """The page of a list that is asked for. Raises Http404 for one that cannot be."""
    wished = request.GET.get("page", "1")
    if not (wished.isascii() and wished.isdigit() and len(wished) < 4 and 1 <= int(wished) <= PAGES):
        raise Http404
    return int(wished)
