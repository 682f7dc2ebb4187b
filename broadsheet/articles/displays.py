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
from broadsheet.sources.ledger import NO_LINES, decide_here
from broadsheet.sources.queries import entries_of
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
    decided: Display
    mode: Mode
    gate: Gate | None = None

    @property
    def headline(self) -> str:
        return self.article.headline if self.mode >= Mode.HEADLINE else ""

    @property
    def standfirst(self) -> str:
        return self.article.standfirst if self.mode is Mode.FULL else ""

    @property
    def extract(self) -> str:
        return _extract(self.article, self.decided) if self.mode >= Mode.EXTRACT else ""

    @property
    def image(self) -> bool:
        return self.decided.image and self.mode > Mode.LINK and not self._is_held

    @property
    def index(self) -> bool:
        return self.decided.index and self.mode > Mode.LINK

    @property
    def gone(self) -> bool:
        return _is_gone(self.article, self.decided)

    @property
    def canonical_to_source(self) -> bool:
        return self.decided.canonical_to_source

    @property
    def quotations(self) -> int | None:
        return _quotations(self.decided, self.gate) if self.shows_headline and not self._is_held else 0

    @property
    def quotation_length(self) -> int | None:
        return self.decided.extract

    @property
    def licence(self) -> Licence | None:
        return self.decided.licence

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.decided.reasons

    @property
    def shows_headline(self) -> bool:
        return self.mode >= Mode.HEADLINE

    @property
    def _is_held(self) -> bool:
        return self.article.state == ArticleState.HELD

    def blocks(self) -> list[dict[str, Any]]:
        """The text, block by block; one query, and none at all unless the mode is full."""
        return blocks_of(self.article) if self.mode is Mode.FULL else []


class Displays:
    """The decisions for one output at one moment, over a list of articles. One query for the ledger of all,
    a second one where it is not in memory.

    opened: numbers of articles whose gate is open to who asks; only for answers made for one reader. keeper: who says
    which gate stands before a text, in place of the rules in force; to see what others would do.
    """

    def __init__(
        self,
        articles: Iterable[Article],
        output: Output,
        *,
        now: datetime,
        opened: Collection[int] = (),
        keeper: Keeper | None = None,
    ) -> None:
        rows = list(articles)
        self.output, self.now, self._opened, self._given = output, now, opened, keeper
        self._ledger = entries_of({row.publisher_id for row in rows}, {row.key for row in rows})
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
        return self._given or keeper()

    def _decide(self, article: Article, output: Output) -> Display:
        lines = self._ledger.get(article.publisher_id, NO_LINES)
        signals = _signals(article)
        if lines.own:
            return decide_here(lines.about(article.key), signals, output, self.now)
        # Most articles of a publisher carry the same signals: one decision serves them all.
        same = (output, article.publisher_id, tuple(sorted(signals.items())) if signals else ())
        decided = self._decided.get(same)
        if decided is None:
            decided = self._decided[same] = decide_here(lines.common, signals, output, self.now)
        return decided


def display_article(article: Article, output: Output, *, now: datetime) -> Displayed:
    """What `output` may show of one article. One query."""
    return Displays([article], output, now=now).of(article)


def _displayed(article: Article, display: Display, gate: Gate | None) -> Displayed:
    mode = display.mode
    if _is_gone(article, display):
        mode = Mode.NONE
    elif article.state == ArticleState.HELD:
        mode = min(mode, Mode.HEADLINE if article.has_headline else Mode.LINK)
    elif article.state == ArticleState.ANNOUNCED and mode is Mode.FULL:
        mode = Mode.EXTRACT  # its page was never read: there is no text
    if gate is not None and mode is Mode.FULL:
        return Displayed(article, display, Mode.EXTRACT, gate)
    return Displayed(article, display, mode)


def _is_gone(article: Article, display: Display) -> bool:
    return display.gone or article.state == ArticleState.REMOVED


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
