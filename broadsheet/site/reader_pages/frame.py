"""What the readers' pages share: the page around them, and the headers that keep them private."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.readers.models import Reader
from broadsheet.site.head import Head, chrome
from broadsheet.site.reader_pages import folds
from broadsheet.site.requests import PERSONAL


@dataclass(frozen=True, slots=True)
class Frame:
    """told: what the last act came to, to be said once."""

    head: Head
    told: tuple[str, ...] = ()


def frame(request: HttpRequest, title: str) -> Frame:
    """Two queries."""
    head = Head(title=title, path=request.path, chrome=chrome(), now=timezone.now(), robots="noindex")
    is_personal = request.path.startswith(PERSONAL)  # others may become finished pages: nothing is told on them
    return Frame(head, tuple(str(message) for message in get_messages(request)) if is_personal else ())


def show(request: HttpRequest, template: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, {"page": frame(request, title), **context}, status=status)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # for developers only
    """A form came without its proof: an old page, blocked cookies, or another site's doing."""
    return show(request, "readers/expired.html", _("Please try again"), status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    return show(request, "readers/too_many.html", _("Too many tries"), status=429)


def _remember_signal(request: HttpRequest) -> None:
    """The opt-out signal of a browser counts for the account as well."""
    if request.headers.get("Sec-GPC") == "1" and isinstance(request.user, Reader) and not request.user.honors_gpc:
        Reader.objects.filter(pk=request.user.pk).update(honors_gpc=True)


def private(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what is one reader's own is kept by nobody and found by no search engine."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(PERSONAL):
            response.headers["Cache-Control"] = "private, no-store"
            response.headers.setdefault("X-Robots-Tag", "noindex")
            # An address of these pages may hold a secret; no other site learns it from a link.
            response.headers["Referrer-Policy"] = "same-origin"
            _remember_signal(request)
            if getattr(request, "has_just_logged_in", False) and isinstance(request.user, Reader):
                folds.remember(response, request.user)
        return response

    return respond
