"""Pieces of pages that many pages share, kept in memory by all that they show.

A front page is made anew whenever one of its sixty stories moves; the other fifty-nine look as they did. A piece is
found again only under equal contents, day and language, so nothing has to be thrown away when something changes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup

from broadsheet.site.cards import ArticleCard, StoryCard

KEPT = 3_000
"""Pieces of about a kilobyte."""
TEMPLATE = "parts/cards.html"


def keeper(environment: Environment, local: Callable[[datetime], datetime]) -> Callable[..., Markup]:
    """The function that templates call instead of a macro of `parts/cards.html`. local: a moment in the site's zone."""

    @cache
    def macros() -> Any:
        return environment.get_template(TEMPLATE).module

    @lru_cache(maxsize=KEPT)
    def made(
        macro: str, card: Any, _printed: object, now: datetime, _language: str | None, options: tuple[Any, ...]
    ) -> Markup:
        found: Markup = getattr(macros(), macro)(card, now, **dict(options))
        return found

    def kept(macro: str, card: ArticleCard | StoryCard, now: datetime, **options: Any) -> Markup:
        """What the macro makes of a card. Of `now` it is told no more than the day."""
        publisher = card.publisher  # models are equal when their numbers are: what is printed of it has to be told
        printed = (publisher.name, publisher.slug, publisher.language)
        today = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return made(macro, card, printed, today, translation.get_language(), tuple(options.items()))

    return kept
