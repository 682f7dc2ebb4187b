"""The search page: a reader's words, the hits with what matched in them, within what may be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.queries import carded_with
from broadsheet.prepared import until_written
from broadsheet.readers.following import Mutes
from broadsheet.readers.muting import muted
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
    this search. folded: hits that one reader has muted, on the page of that reader alone.
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
    folded: tuple[ArticleCard, ...] = ()


def read_asked(words: Mapping[str, str]) -> Asked:
    """What a query string asks for; what makes no sense narrows nothing."""
    number = words.get("page", "1")
    return Asked(
        query=_line(words.get("q", ""), LONGEST),
        section=_line(words.get("section", ""), 60),
        source=_line(words.get("source", ""), 80),
        language=_line(words.get("language", ""), 35),
        time=words.get("time", "") if words.get("time", "") in _TIMES else "",
        kind=words.get("kind", "") if words.get("kind", "") in _KINDS else "",
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1,
        exact=words.get("exact") == "1",
    )


NO_MUTES = Mutes()


def search_page(asked: Asked, *, now: datetime, mutes: Mutes = NO_MUTES) -> SearchPage:
    """Eleven queries at most; one more where a reader mutes topics."""
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
    hits, folded = _hits(found.hits, corrected or asked.query, now, mutes)
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
        hits=tuple(hits),
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
        folded=tuple(folded),
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
    """Three queries at most."""
    sections = [(section.slug, section.name) for section in around.sections]
    publishers, languages = _choices()
    said = _said(get_language() or "")
    yield Filter("section", said.section, asked.section, (("", said.sections), *sections))
    sources = (("", said.sources), *publishers) if publishers is not None else ()
    yield Filter("source", said.source, asked.source, sources)
    yield Filter("language", said.language, asked.language, (("", said.languages), *languages))
    yield Filter("time", said.time, asked.time, said.times)
    yield Filter("kind", said.kind, asked.kind, said.kinds)


@until_written
def _choices() -> tuple[list[tuple[str, str]] | None, list[tuple[str, str]]]:
    """The sources, unless there are too many of them, and the languages, each with what it is called."""
    return publisher_names(SOURCES), [(language, own_name(language)) for language in publisher_languages()]


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of the filters: their names, what stands for all of each, and the choices that are always the same."""

    section: str
    sections: str
    source: str
    sources: str
    language: str
    languages: str
    time: str
    times: tuple[tuple[str, str], ...]
    kind: str
    kinds: tuple[tuple[str, str], ...]


@lru_cache(maxsize=16)
def _said(_language: str) -> _Said:
    """In the language that is spoken."""
    return _Said(
        section=_("Section"),
        sections=_("all sections"),
        source=_("Source"),
        sources=_("all sources"),
        language=_("Language"),
        languages=_("all languages"),
        time=pgettext("search", "Time"),
        times=(("", _("any time")), *((value, str(label)) for value, label in _TIMES.items())),
        kind=pgettext("search", "Kind"),
        kinds=(("", _("all kinds")), *((value, str(label)) for value, label in _KINDS.items())),
    )


_TIMES = {
    "1h": gettext_lazy("the last hour"),
    "1d": gettext_lazy("the last day"),
    "1w": gettext_lazy("the last week"),
    "1m": gettext_lazy("the last month"),
    "1y": gettext_lazy("the last year"),
}
_KINDS = {
    "news": pgettext_lazy("kind of report", "News"),
    "opinion": gettext_lazy("Opinion"),
    "live": gettext_lazy("Live report"),
    "interview": gettext_lazy("Interview"),
    "press_release": gettext_lazy("Press release"),
    "gallery": gettext_lazy("Pictures"),
    "video": gettext_lazy("Video"),
    "audio": gettext_lazy("Audio"),
}


def kind_name(kind: str) -> str:
    """What a suggestion is: a section, a source, or the kind of a topic."""
    return {"section": _("Section"), "source": _("Source")}.get(kind) or topic_kind(kind)


def _hits(found: Sequence[Hit], query: str, now: datetime, mutes: Mutes) -> tuple[list[HitView], list[ArticleCard]]:
    """The hits, and the cards of those that are muted. The best of the same story that is not muted stands in."""
    others = [] if mutes.is_empty else [one for hit in found for one in hit.others]
    articles = {row.pk: row for row in carded_with([*(hit.article_id for hit in found), *others])}
    hidden = muted(articles.values(), mutes)
    hits = {hit.article_id: hit for hit in (_without(hit, hidden) for hit in found)}
    rows = [articles[pk] for pk in dict.fromkeys([*hits, *(hit.article_id for hit in found)]) if pk in articles]
    cards = [article_card(shown) for shown in Displays(rows, Output.SEARCH, now=now).shown(rows)]
    shown = [_hit(card, hits[card.id], query) for card in cards if card.id not in hidden]
    return shown, [card for card in cards if card.id in hidden]


def _without(hit: Hit, hidden: Collection[int]) -> Hit:
    if not hidden:
        return hit
    first, *others = [one for one in (hit.article_id, *hit.others) if one not in hidden] or [hit.article_id]
    return replace(hit, article_id=first, others=tuple(others))


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
