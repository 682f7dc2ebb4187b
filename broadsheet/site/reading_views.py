"""The addresses of authors, of the archive, and of the views that articles and stories have besides their pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from broadsheet.articles.archive import author_with_slug
from broadsheet.articles.displays import display_article
from broadsheet.articles.queries import article_for_page
from broadsheet.rights import Output
from broadsheet.site.archive import archive_page, day_page, month_page, read_day
from broadsheet.site.authors import author_page
from broadsheet.site.finishing import keep
from broadsheet.site.reading import article_sheet, story_sheet
from broadsheet.site.versions import versions_page
from broadsheet.site.views import gone, moved, page_number, show
from broadsheet.stories.queries import story_for_page


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = author_with_slug(slug)
    page = author_page(found, number=page_number(request), now=timezone.now()) if found else None
    if page is None:
        raise Http404
    return show(request, "author.html", page)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    return show(request, "archive.html", archive_page(now=timezone.now()))


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = read_day(year, month)
    page = month_page(first, now=timezone.now()) if first else None
    if page is None:
        raise Http404
    return show(request, "archive_month.html", page)


@require_safe
def archive_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    found = read_day(year, month, day)
    page = day_page(found, number=page_number(request), now=timezone.now()) if found else None
    if page is None:
        raise Http404
    return show(request, "archive_day.html", page)


@require_safe
def article_view(request: HttpRequest, pk: int, view: str, slug: str = "") -> HttpResponse:
    """The article for reading or printing, or its versions."""
    now = timezone.now()
    found = article_for_page(pk)
    if found is None:
        raise Http404
    if found.slug != slug:
        return moved(f"{found.path}/{view}")
    if display_article(found, Output.PAGE, now=now).gone:
        return keep(gone(request, now=now), [found.tag], now=now)
    if view == "versions":
        return show(request, "versions.html", versions_page(found, now=now))
    return show(request, "article_sheet.html", article_sheet(found, view, now=now))


@require_safe
def story_view(request: HttpRequest, pk: int, view: str, slug: str = "") -> HttpResponse:
    """The story for reading or printing."""
    found = story_for_page(pk)
    if found is None or view == "versions":
        raise Http404
    if found.merged_into is not None or slug != found.slug:
        return moved(f"{(found.merged_into or found).path}/{view}")
    return show(request, "story_sheet.html", story_sheet(found, view, now=timezone.now()))
