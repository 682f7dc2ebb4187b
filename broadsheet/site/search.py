"""The search page: a reader's words, the hits with what matched in them, within what may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.queries import listed
from broadsheet.rights import Output
from broadsheet.search.queries import Hit, mark, search
from broadsheet.site.cards import ArticleCard, article_card
from broadsheet.site.head import Head, chrome
from broadsheet.site.lists import Pager

LONGEST = 300
"""Characters of a query that are read."""


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
    page: int = 1
    exact: bool = False

    @property
    def words(self) -> dict[str, str]:
        named = {"q": self.query, "section": self.section, "source": self.source, "language": self.language}
        named["exact"] = "1" if self.exact else ""
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class SearchPage:
    """problem: a sentence for the reader when the query cannot be understood.

    corrected: the query whose hits these are, when its own had none; as_typed: the address of that one all the same.
    suggested: one that finds more, when hardly anything was found; better: its address. is_relaxed: words in pieces.
    is_cut: older articles were left unread.
    """

    head: Head
    asked: Asked
    hits: tuple[HitView, ...]
    total: int
    is_bounded: bool
    problem: str
    pager: Pager
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
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1,
        exact=words.get("exact") == "1",
    )


def search_page(asked: Asked, *, now: datetime) -> SearchPage:
    """Eight queries at most."""
    found = search(
        asked.query,
        now=now,
        section=asked.section or None,
        source=asked.source or None,
        language=asked.language or None,
        page=asked.page,
        folded=True,
        exact=asked.exact,
    )
    title = _("Search: %(query)s") % {"query": asked.query} if asked.query else _("Search")
    return SearchPage(
        head=Head(
            title=title,
            path="/search",
            chrome=chrome(),
            now=now,
            description=_("Search everything this site knows, by word, name, phrase, source and date."),
            robots="noindex, follow",
        ),
        asked=asked,
        hits=tuple(_hits(found.hits, found.corrected or asked.query, now)),
        total=found.total,
        is_bounded=found.is_bounded,
        problem=found.problem or "",
        pager=Pager(
            number=found.page,
            newer=_address(asked, found.page - 1) if found.page > 1 else "",
            older=_address(asked, found.page + 1) if found.page < found.pages else "",
        ),
        corrected=found.corrected,
        as_typed=_address(replace(asked, exact=True), 1) if found.corrected else "",
        suggested=found.suggested,
        better=_address(replace(asked, query=found.suggested), 1) if found.suggested else "",
        is_relaxed=found.is_relaxed,
        is_cut=found.is_cut,
    )


def found_articles(asked: Asked, *, now: datetime) -> list[int]:
    """Ids of the newest hits, for feeds."""
    found = search(
        asked.query,
        now=now,
        section=asked.section or None,
        source=asked.source or None,
        language=asked.language or None,
        order="newest",
        exact=True,
    )
    return [hit.article_id for hit in found.hits]


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
