"""What an output shows of articles: the one way from a stored article to words that anybody sees.

`Displays` asks `rights.decide` for each article and hands out only what the decision allows. No output reads a
headline, a summary, a body or a picture of an article around it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from broadsheet.articles.gates import Gate, Keeper, keeper
from broadsheet.articles.models import Article, ArticleState
from broadsheet.articles.queries import blocks_by_article, blocks_of
from broadsheet.rights import Display, Licence, Mode, Output, Reason
from broadsheet.sources.ledger import as_entries, decide_here
from broadsheet.sources.queries import ledger_of
from broadsheet.text.excerpts import shortened

TEASER = 280
"""Characters of a summary in lists, where the decision allows more."""


@dataclass(frozen=True, slots=True)
class Displayed:
    """What one output may show of one article.

    mode: never more than the decision, and never more than a headline while the article is held, because what is
    doubtful is its text. headline: empty below mode headline. extract: the publisher's own words, cut to what is
    allowed; empty below mode extract. standfirst: in mode full only. image: whether its pictures may be shown.
    quotations: how many, and quotation_length: characters of each, for the output quotation; None for no limit.
    gate: what stands before the whole text; mode is extract then, because nobody may be shown more here.
    """

    article: Article
    mode: Mode
    headline: str
    standfirst: str
    extract: str
    image: bool
    index: bool
    gone: bool
    canonical_to_source: bool
    quotations: int | None
    quotation_length: int | None
    licence: Licence | None
    reasons: tuple[Reason, ...]
    gate: Gate | None = None

    @property
    def shows_headline(self) -> bool:
        return self.mode >= Mode.HEADLINE

    def blocks(self) -> list[dict[str, Any]]:
        """The text, block by block; one query, and none at all unless the mode is full."""
        return blocks_of(self.article) if self.mode is Mode.FULL else []


class Displays:
    """The decisions for one output at one moment, over a list of articles. One query for the ledger of all.

    opened: numbers of articles whose gate is open to who asks; only for answers made for one reader.
    """

    def __init__(
        self, articles: Iterable[Article], output: Output, *, now: datetime, opened: Collection[int] = ()
    ) -> None:
        rows = list(articles)
        self.output, self.now, self._opened = output, now, opened
        lines = ledger_of({row.publisher_id for row in rows}, {row.key for row in rows})
        self._ledger = {publisher: as_entries(found) for publisher, found in lines.items()}
        keys = {publisher: [line.article_key for line in found] for publisher, found in lines.items()}
        self._keys = {publisher: found for publisher, found in keys.items() if any(found)}
        self._decided: dict[tuple[Output, int, tuple[tuple[str, str], ...]], Display] = {}

    def of(self, article: Article, output: Output | None = None) -> Displayed:
        """What is shown of `article`, one of the list."""
        display = self._decide(article, output or self.output)
        return _displayed(article, display, self._gate(article, display))

    def shown(self, articles: Iterable[Article]) -> list[Displayed]:
        """The articles that this output shows at all, in their order."""
        return [found for found in map(self.of, articles) if found.mode > Mode.NONE]

    def blocks(self, articles: Collection[Article]) -> Mapping[int, list[dict[str, Any]]]:
        """The texts, block by block, of those of these articles that are shown in full. One query at most."""
        return blocks_by_article([article.pk for article in articles if self.of(article).mode is Mode.FULL])

    def _gate(self, article: Article, display: Display) -> Gate | None:
        """Only before whole texts, and never before work under a public licence: no licence allows a further lock."""
        if display.mode is not Mode.FULL or display.licence is not None or article.pk in self._opened:
            return None
        if self._keeper is None:
            return None
        return self._keeper(article, self._decide(article, Output.SITEMAP).mode > Mode.NONE)

    @cached_property
    def _keeper(self) -> Keeper | None:
        return keeper()

    def _decide(self, article: Article, output: Output) -> Display:
        entries = self._ledger.get(article.publisher_id, ())
        keys = self._keys.get(article.publisher_id)
        if keys is not None:
            own = [entry for entry, key in zip(entries, keys, strict=True) if key in {"", article.key}]
            return decide_here(own, _signals(article), output, self.now)
        # Most articles of a publisher carry the same signals: one decision serves them all.
        same = (output, article.publisher_id, tuple(sorted(_signals(article).items())))
        if same not in self._decided:
            self._decided[same] = decide_here(entries, _signals(article), output, self.now)
        return self._decided[same]


def display_article(article: Article, output: Output, *, now: datetime) -> Displayed:
    """What `output` may show of one article. One query."""
    return Displays([article], output, now=now).of(article)


def _displayed(article: Article, display: Display, gate: Gate | None) -> Displayed:
    mode = display.mode
    is_held = article.state == ArticleState.HELD
    gone = display.gone or article.state == ArticleState.REMOVED
    if gone:
        mode = Mode.NONE
    elif is_held:
        mode = min(mode, Mode.HEADLINE if article.has_headline else Mode.LINK)
    elif article.state == ArticleState.ANNOUNCED and mode is Mode.FULL:
        mode = Mode.EXTRACT  # its page was never read: there is no text
    gate = gate if mode is Mode.FULL else None
    if gate is not None:
        mode = Mode.EXTRACT
    full = mode is Mode.FULL
    return Displayed(
        article=article,
        mode=mode,
        headline=article.headline if mode >= Mode.HEADLINE else "",
        standfirst=article.standfirst if full else "",
        extract=_extract(article, display) if mode >= Mode.EXTRACT else "",
        image=display.image and mode > Mode.LINK and not is_held,
        index=display.index and mode > Mode.LINK,
        gone=gone,
        canonical_to_source=display.canonical_to_source,
        quotations=_quotations(display, gate) if mode >= Mode.HEADLINE and not is_held else 0,
        quotation_length=display.extract,
        licence=display.licence,
        reasons=display.reasons,
        gate=gate,
    )


def _quotations(display: Display, gate: Gate | None) -> int | None:
    """No more of a text with a gate than of anybody's: else its quotations would tell most of it."""
    most = int(settings.ENVIRONMENT.quotations)
    return display.quotations if gate is None else min(display.quotations or most, most)


def _extract(article: Article, display: Display) -> str:
    words = article.summary or (article.standfirst if display.own_words else "")
    if not display.trim:
        return words if display.extract is None or len(words) <= display.extract else ""
    return shortened(words, TEASER if display.extract is None else min(display.extract, TEASER))


def _signals(article: Article) -> Mapping[str, str]:
    return article.signals if isinstance(article.signals, dict) else {}
