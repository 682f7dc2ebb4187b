"""Who runs the site and by what rules: imprint, privacy, terms, accessibility. Made from what the software does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from broadsheet.looks import Imprint, looks
from broadsheet.privacy import Holding, holdings
from broadsheet.site.head import Crumb, Head, absolute, chrome


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """contact: where to write; empty when the operator has not said. url: the site's own address, if it knows it."""

    head: Head
    imprint: Imprint
    contact: str
    url: str


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """holdings: what is kept of people, by the installed rooms."""

    head: Head
    imprint: Imprint
    contact: str
    holdings: tuple[Holding, ...]


def imprint_page(*, now: datetime) -> PolicyPage:
    return _page(_("Imprint"), "/imprint", _("Who runs this site and answers for it."), now)


def terms_page(*, now: datetime) -> PolicyPage:
    return _page(_("Terms of use"), "/terms", _("What you may do with this site, and what it does not promise."), now)


def accessibility_page(*, now: datetime) -> PolicyPage:
    return _page(_("Accessibility"), "/accessibility", _("How this site can be used, and what does not work yet."), now)


def privacy_page(*, now: datetime) -> PrivacyPage:
    page = _page(_("Privacy"), "/privacy", _("What is kept about you, why and for how long."), now)
    return PrivacyPage(page.head, page.imprint, page.contact, tuple(holdings()))


def _page(title: str, path: str, description: str, now: datetime) -> PolicyPage:
    """Two queries."""
    imprint = looks().imprint
    return PolicyPage(
        head=Head(
            title=title,
            path=path,
            chrome=chrome(),
            now=now,
            description=description,
            canonical=absolute(path),
            crumbs=(Crumb(_("About"), "/about"),),
            tags=frozenset({"policies"}),
        ),
        imprint=imprint,
        contact=imprint.contact or str(settings.ENVIRONMENT.contact),
        url=str(settings.SITE_URL),
    )
