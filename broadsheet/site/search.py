"""The search page: a reader's words, the hits with what matched in them, within what may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from broadsheet.articles.displays import Displays
from broadsheet.articles.queries import listed
from broadsheet.rights import Output
from broadsheet.search.queries import Hit, mark, search, suggest
from broadsheet.site.cards import ArticleCard, article_card
from broadsheet.site.following import follow_path
from broadsheet.site.head import Chrome, Crumb, Head, chrome
from broadsheet.site.lists import Pager
from broadsheet.site.topics import topic_kind
from broadsheet.sources.queries import publisher_languages, publisher_names
from broadsheet.text.languages import own_name

LONGEST = 300
"""Characters of a query that are read."""
EVER = "after:99y"
"""Finds everything: a search needs something to look for."""
SOURCES = 150
"""Sources that are offered in a list; of more, the name is typed."""


@dataclass(frozen=True, slots=True)
class HitView:
    """headline, extract: pieces of text and whether each matches. others: how many more reports of its story match."""

    card: ArticleCard
    headline: tuple[tuple[str, bool], ...]
    extract: tuple[tuple[str, bool], ...]
    others: int = 0
    story: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for. Empty strings narrow nothing. exact: as it is spelled."""

    query: str = ""
    section: str = ""
    source: str = ""
    language: str = ""
    time: str = ""
    kind: str = ""
    page: int = 1
    exact: bool = False

    @property
    def words(self) -> dict[str, str]:
        named = {"q": self.query, "section": self.section, "source": self.source, "language": self.language}
        named |= {"time": self.time, "kind": self.kind, "exact": "1" if self.exact else ""}
        return {name: value for name, value in named.items() if value}

    @property
    def narrowed(self) -> str:
        """The filters that the search language has words for, as such: what `query` is searched together with."""
        named = [f"after:{self.time}"] if self.time else []
        named += [f"kind:{self.kind}"] if self.kind else []
        if not (named or self.query) and self.is_narrowed:
            named.append(EVER)
        return "".join(f" {word}" for word in named)

    @property
    def is_empty(self) -> bool:
        return not (self.query or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.section or self.source or self.language or self.time or self.kind)


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows the search. options: (value, label); without any, its value is typed."""

    name: str
    label: str
    chosen: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """problem: a sentence for the reader when the query cannot be understood.

    corrected: the query whose hits these are, when its own had none; as_typed: the address of that one all the same.
    suggested: one that finds more, when hardly anything was found; better: its address. is_relaxed: words in pieces.
    is_cut: older articles were left unread. suggestions: what a reader may be about to type. follow: where they keep
    this search.
    """

    head: Head
    asked: Asked
    hits: tuple[HitView, ...]
    total: int
    is_bounded: bool
    problem: str
    pager: Pager
    filters: tuple[Filter, ...]
    suggestions: tuple[str, ...]
    follow: str
    corrected: str = ""
    as_typed: str = ""
    suggested: str = ""
    better: str = ""
    is_relaxed: bool = False
    is_cut: bool = False


def read_asked(words: Mapping[str, str]) -> Asked:
    """What a query string asks for; what makes no sense narrows nothing."""
    number = words.get("page", "1")
    return Asked(
        query=_line(words.get("q", ""), LONGEST),
        section=_line(words.get("section", ""), 60),
        source=_line(words.get("source", ""), 80),
        language=_line(words.get("language", ""), 35),
        time=words.get("time", "") if words.get("time", "") in _times() else "",
        kind=words.get("kind", "") if words.get("kind", "") in _kinds() else "",
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1,
        exact=words.get("exact") == "1",
    )


def search_page(asked: Asked, *, now: datetime) -> SearchPage:
    """Eleven queries at most."""
    found = search(
        asked.query + asked.narrowed,
        now=now,
        section=asked.section or None,
        source=asked.source or None,
        language=asked.language or None,
        page=asked.page,
        folded=True,
        exact=asked.exact,
    )
    title = _("Search: %(query)s") % {"query": asked.query} if asked.query else _("Search")
    corrected, suggested = (text.removesuffix(asked.narrowed) for text in (found.corrected, found.suggested))
    around = chrome()
    return SearchPage(
        head=Head(
            title=title,
            path="/search",
            chrome=around,
            now=now,
            crumbs=(Crumb(_("Search"), "/search"),) if not asked.is_empty else (),
            description=_("Search everything this site knows, by word, name, phrase, source and date."),
            robots="noindex, follow",
        ),
        asked=asked,
        hits=tuple(_hits(found.hits, corrected or asked.query, now)),
        total=found.total,
        is_bounded=found.is_bounded,
        problem=_("A date should look like 2026-11-22, or 7d for the last seven days.") if found.problem else "",
        pager=Pager(
            number=found.page,
            newer=_address(asked, found.page - 1) if found.page > 1 else "",
            older=_address(asked, found.page + 1) if found.page < found.pages else "",
        ),
        filters=tuple(_filters(asked, around)),
        suggestions=tuple(one.label for one in suggest(asked.query)) if asked.query else (),
        follow=follow_path("search", urlencode(asked.words)) if found.hits else "",
        corrected=corrected,
        as_typed=_address(replace(asked, exact=True), 1) if corrected else "",
        suggested=suggested,
        better=_address(replace(asked, query=suggested), 1) if suggested else "",
        is_relaxed=found.is_relaxed,
        is_cut=found.is_cut,
    )


def found_articles(asked: Asked, *, now: datetime) -> list[int]:
    """Ids of the newest hits, for feeds."""
    found = search(
        asked.query + asked.narrowed,
        now=now,
        section=asked.section or None,
        source=asked.source or None,
        language=asked.language or None,
        order="newest",
        exact=True,
    )
    return [hit.article_id for hit in found.hits]


def _filters(asked: Asked, around: Chrome) -> Iterator[Filter]:
    """Two queries."""
    sections = [(section.slug, section.name) for section in around.sections]
    publishers = publisher_names(SOURCES + 1)
    languages = [(language, own_name(language)) for language in publisher_languages()]
    yield Filter("section", _("Section"), asked.section, _options(_("all sections"), sections))
    few = len(publishers) <= SOURCES
    yield Filter("source", _("Source"), asked.source, _options(_("all sources"), publishers) if few else ())
    yield Filter("language", _("Language"), asked.language, _options(_("all languages"), languages))
    yield Filter("time", pgettext("search", "Time"), asked.time, _options(_("any time"), _times().items()))
    yield Filter("kind", pgettext("search", "Kind"), asked.kind, _options(_("all kinds"), _kinds().items()))


def _options(every: str, found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return ("", every), *found


def _times() -> dict[str, str]:
    return {
        "1h": _("the last hour"),
        "1d": _("the last day"),
        "1w": _("the last week"),
        "1m": _("the last month"),
        "1y": _("the last year"),
    }


def _kinds() -> dict[str, str]:
    return {
        "news": pgettext("kind of report", "News"),
        "opinion": _("Opinion"),
        "live": _("Live report"),
        "interview": _("Interview"),
        "press_release": _("Press release"),
        "gallery": _("Pictures"),
        "video": _("Video"),
        "audio": _("Audio"),
    }


def kind_name(kind: str) -> str:
    """What a suggestion is: a section, a source, or the kind of a topic."""
    return {"section": _("Section"), "source": _("Source")}.get(kind) or topic_kind(kind)


def _hits(found: Sequence[Hit], query: str, now: datetime) -> list[HitView]:
    hits = {hit.article_id: hit for hit in found}
    articles = listed().in_bulk(hits)
    rows = [articles[pk] for pk in hits if pk in articles]
    displays = Displays(rows, Output.SEARCH, now=now)
    return [_hit(article_card(shown), hits[shown.article.pk], query) for shown in displays.shown(rows)]


def _hit(card: ArticleCard, hit: Hit, query: str) -> HitView:
    return HitView(
        card=card,
        headline=tuple(mark(card.headline, query, card.language)),
        extract=tuple(mark(card.extract, query, card.language)) if card.extract else (),
        others=len(hit.others),
        story=f"/stories/{hit.story}" if hit.others else "",
    )


def _address(asked: Asked, number: int) -> str:
    return "/search?" + urlencode({**asked.words, "page": number} if number > 1 else asked.words)


def _line(text: str, longest: int) -> str:
    """One line of printable text."""
    kept = "".join(char if char.isprintable() else " " for char in text[:longest])
    return " ".join(kept.split())
