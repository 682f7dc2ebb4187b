"""The addresses of imprint, privacy, terms and accessibility, and of the page of all components."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from broadsheet.site import policies
from broadsheet.site.components import components_page
from broadsheet.site.views import show


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return show(request, "imprint.html", policies.imprint_page(now=timezone.now()))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return show(request, "privacy.html", policies.privacy_page(now=timezone.now()))


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return show(request, "terms.html", policies.terms_page(now=timezone.now()))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "accessibility.html", policies.accessibility_page(now=timezone.now()))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who change the site: only while debugging."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "components.html", {"page": components_page(now=timezone.now())})
