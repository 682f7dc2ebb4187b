"""Pieces of pages that many pages share, kept in memory by all that they show.

A front page is made anew whenever one of its sixty stories moves; the other fifty-nine look as they did. A piece is
found again only for the very same card (`cards`), day and language, so nothing has to be thrown away when something
changes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any

from django.utils import translation
from jinja2 import Environment, pass_environment
from markupsafe import Markup

from broadsheet.comments.queries import Shown
from broadsheet.comments.reasons import GROUNDS
from broadsheet.prepared import is_remembered
from broadsheet.site.cards import ArticleCard, SectionBlock, StoryCard
from broadsheet.site.sameness import OfSame

KEPT = 3_000
"""Pieces of about a kilobyte."""
COMMENTS_KEPT = 600
"""Comments with their answers, of some kilobytes each."""
TEMPLATE = "parts/cards.html"


def comment_keeper(environment: Environment, local: Callable[[datetime], datetime]) -> Callable[..., Markup]:
    """The function that templates call instead of the macro `comment`, for what everybody sees alike."""

    @cache
    def macros() -> Any:
        return environment.get_template("parts/comment.html").module

    @lru_cache(maxsize=COMMENTS_KEPT)
    def made(one: Shown, today: datetime, write: str, level: int, _language: str | None) -> Markup:
        found: Markup = macros().comment(one, today, write, GROUNDS, level)
        return found

    def said(one: Shown, now: datetime, write: str, level: int) -> Markup:
        """A comment with its answers. Of `now` it is told no more than the day."""
        today = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return made(one, today, write, level, translation.get_language())

    return said


def keeper(local: Callable[[datetime], datetime]) -> tuple[Callable[..., Markup], Callable[..., Markup]]:
    """The functions that templates call instead of macros of `parts/cards.html`: for one card, and for a section with
    its cards. local: a moment in the site's zone."""
    pieces: OfSame[Markup] = OfSame(KEPT)

    @cache
    def macros(environment: Environment) -> Any:
        return environment.get_template(TEMPLATE).module

    @lru_cache(maxsize=64)
    def day_of(now: datetime) -> datetime:
        return local(now).replace(hour=0, minute=0, second=0, microsecond=0)

    @lru_cache(maxsize=64)
    def asked(environment: Environment, macro: str, day: datetime, options: tuple[tuple[str, Any], ...]) -> Any:
        """What is printed of any card: always the same object for the same wish."""
        return partial(getattr(macros(environment), macro), now=day, **dict(options))

    @pass_environment
    def kept(
        environment: Environment, macro: str, card: ArticleCard | StoryCard, now: datetime, **options: Any
    ) -> Markup:
        """What the macro makes of a card. Of `now` it is told no more than the day."""
        printed = asked(environment, macro, day_of(now), tuple(options.items()))
        if not is_remembered(card.publisher):  # of rows that are not, neither card nor piece is ever met again
            found: Markup = printed(card)
            return found
        return pieces.get((card, printed), lambda: printed(card))

    @pass_environment
    def kept_block(environment: Environment, block: SectionBlock, now: datetime, **options: Any) -> Markup:
        """The same of a section of the front page, found again while neither it nor one of its cards is another."""
        printed = asked(environment, "section_block", day_of(now), tuple(options.items()))
        if not all(is_remembered(card.publisher) for card in block.stories):
            found: Markup = printed(block)
            return found
        return pieces.get((block.section, *block.stories, printed), lambda: printed(block))

    return kept, kept_block
