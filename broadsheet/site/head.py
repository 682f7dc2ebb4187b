"""What every page has around its own matter: title, addresses, sections, breadcrumbs, and the sample label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from broadsheet.articles.models import Section
from broadsheet.articles.queries import sections
from broadsheet.letters.queries import EMPTY, Shelf, shelf
from broadsheet.looks import Looks, looks
from broadsheet.prepared import until_written
from broadsheet.site.dress import arranged
from broadsheet.site.requests import PERSONAL
from broadsheet.sources.queries import has_sample


@dataclass(frozen=True, slots=True)
class Crumb:
    name: str
    path: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chrome:
    """The same on all pages until an editor changes sections or the sample edition comes or goes. Three queries."""

    sections: tuple[Section, ...]
    is_sample: bool
    letters: Shelf = EMPTY
    looks: Looks = field(default_factory=looks)


@dataclass(frozen=True, slots=True)
class Head:
    """path: the page's own address without host. canonical: absolute, another site's for others' full texts.

    feed: address of the page's list without its ending, if it is one. tags: the things this page shows.
    data: structured data, ready for the page. oembed: where its embeddable card is described. until: when the clock
    alone makes the page untrue.
    """

    title: str
    path: str
    chrome: Chrome
    now: datetime
    description: str = ""
    canonical: str = ""
    robots: str = "index, follow"
    crumbs: tuple[Crumb, ...] = ()
    section: str = ""
    feed: str = ""
    card: str = ""
    data: str = ""
    oembed: str = ""
    tags: frozenset[str] = field(default_factory=frozenset)
    until: datetime | None = None

    @property
    def site(self) -> str:
        return self.looks.name or str(settings.SITE_NAME)

    @property
    def looks(self) -> Looks:
        return self.chrome.looks

    @property
    def offers_letter(self) -> bool:
        """Whether the form for a letter stands below: not where somebody is busy with own matters."""
        return self.chrome.letters.front is not None and not self.path.startswith((*PERSONAL, "/letters"))

    @property
    def is_below_front(self) -> bool:
        """Whether a way back to the front page helps: on pages with an address of their own."""
        return bool(self.path) and not self.is_front

    @property
    def is_front(self) -> bool:
        return self.path == "/"


def chrome() -> Chrome:
    chosen = looks()
    rows, is_sample, letters = _around()
    return Chrome(arranged(rows, chosen), is_sample, letters, chosen)


@until_written
def _around() -> tuple[Sequence[Section], bool, Shelf]:
    return sections(), has_sample(), shelf()


def absolute(path: str) -> str:
    """The public address of a path, in ASCII as machines want it; without its host as long as the site knows none."""
    return iri_to_uri(f"{settings.SITE_URL}{path}" if settings.SITE_URL else path)


def is_public() -> bool:
    """Whether others than this machine can come, search engines among them."""
    host = urlsplit(str(settings.SITE_URL)).hostname or ""
    return host not in ("", "localhost", "127.0.0.1", "::1")


def tags_of(things: Iterable[object]) -> frozenset[str]:
    """The purge tags of models that have one."""
    return frozenset(str(thing.tag) for thing in things if hasattr(thing, "tag"))
