"""Pages of fixed words for readers: help with the account, terms."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.readers.texts import paragraphs, version_of
from broadsheet.site.finishing import keep
from broadsheet.site.reader_pages.frame import show


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    response = show(
        request, "readers/help.html", _("Having trouble?"), sender=sender, contact=settings.ENVIRONMENT.contact
    )
    return keep(response, {"section:*"}, now=timezone.now())


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Not kept for long anywhere: the words are a file of the operator's, whose changes nobody tells of."""
    words = paragraphs("terms")
    return show(request, "readers/terms.html", _("Terms of the account"), words=words, version=version_of("terms"))
