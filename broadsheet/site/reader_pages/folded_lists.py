"""The addresses of the front page and of lists as one reader wants them. Everybody else is sent to everybody's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from broadsheet.articles.archive import author_with_slug
from broadsheet.articles.queries import section_with_slug, topic_with_slug
from broadsheet.readers.following import Mutes, mutes_of
from broadsheet.readers.models import Reader
from broadsheet.site import archive
from broadsheet.site.authors import author_page
from broadsheet.site.dress import named
from broadsheet.site.front import front_page
from broadsheet.site.lists import latest_page, numbered, section_page
from broadsheet.site.reader_pages import muting
from broadsheet.site.reader_pages.folds import forget
from broadsheet.site.requests import OWN_FRONT
from broadsheet.site.sources import source_page
from broadsheet.site.topics import topic_page
from broadsheet.site.views import page_number
from broadsheet.sources.queries import publisher_with_slug


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of a list, with what folded."""

    number: int
    mutes: Mutes
    now: datetime


Made = tuple[str, Any]
"""A template and the page it shows."""


def _own(make: Callable[..., Made | None]) -> Callable[..., HttpResponseBase]:
    """A view of what `make` makes for the reader who asks; it makes None of what is not there."""

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, **words: Any) -> HttpResponseBase:
        number = page_number(request)
        if not isinstance(request.user, Reader):
            everybodys = "/" if request.path == OWN_FRONT else request.path.removeprefix("/my")
            return forget(redirect(numbered(everybodys, number)))
        made = make(Asked(number, mutes_of(request.user), timezone.now()), **words)
        if made is None:
            raise Http404
        template, page = made
        return render(request, template, {"page": page})

    return view


@_own
def front(asked: Asked) -> Made:
    return "front.html", muting.front_without(front_page(now=asked.now), asked.mutes, now=asked.now)


@_own
def latest(asked: Asked) -> Made:
    page = latest_page(number=asked.number, now=asked.now)
    return "river.html", muting.river_without(page, asked.mutes, now=asked.now)


@_own
def section(asked: Asked, slug: str) -> Made | None:
    found = section_with_slug(slug)
    if found is None:
        return None
    page = section_page(named(found), number=asked.number, now=asked.now)
    return "section.html", muting.section_without(page, asked.mutes, now=asked.now)


@_own
def topic(asked: Asked, slug: str) -> Made | None:
    found = topic_with_slug(slug)
    if found is None:
        return None
    page = topic_page(found, number=asked.number, now=asked.now)
    return "topic.html", muting.topic_without(page, asked.mutes, now=asked.now)


@_own
def author(asked: Asked, slug: str) -> Made | None:
    found = author_with_slug(slug)
    page = author_page(found, number=asked.number, now=asked.now) if found else None
    return ("author.html", muting.river_without(page, asked.mutes, now=asked.now)) if page else None


@_own
def source(asked: Asked, slug: str) -> Made | None:
    found = publisher_with_slug(slug)
    if found is None:
        return None
    return "source.html", muting.source_without(source_page(found, now=asked.now), asked.mutes, now=asked.now)


@_own
def day(asked: Asked, year: int, month: int, day: int) -> Made | None:
    found = archive.read_day(year, month, day)
    page = archive.day_page(found, number=asked.number, now=asked.now) if found else None
    return ("archive_day.html", muting.day_without(page, asked.mutes, now=asked.now)) if page else None
