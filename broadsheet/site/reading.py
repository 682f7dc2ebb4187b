"""Reading and print views: the same words as on the page of the article or story, and nothing beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.articles.models import Article
from broadsheet.site.article import ArticlePage, article_page
from broadsheet.site.head import Crumb, Head
from broadsheet.site.story import StoryPage, story_page
from broadsheet.stories.models import Story

WORDS_A_MINUTE = 220
"""Silent reading of nonfiction: 238 words a minute on average, Brysbaert 2019, How many words do we read per minute?"""
SHEETS = {"reading": "reading", "print": "sheet"}
"""The views, by the last part of their addresses, and the looks they have."""


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """minutes: of reading; 0 where not all of the text is shown."""

    head: Head
    look: str
    page: ArticlePage
    path: str
    minutes: int


@dataclass(frozen=True, slots=True)
class StorySheet:
    head: Head
    look: str
    page: StoryPage
    path: str


def article_sheet(article: Article, view: str, *, now: datetime) -> ArticleSheet:
    """As many queries as the article's page. view: of `SHEETS`."""
    page = article_page(article, now=now)
    return ArticleSheet(
        head=_head(page.head, article.path, view),
        look=SHEETS[view],
        page=page,
        path=article.path,
        minutes=max(round(article.words / WORDS_A_MINUTE), 1) if page.blocks else 0,
    )


def story_sheet(story: Story, view: str, *, now: datetime) -> StorySheet:
    """As many queries as the story's page. view: of `SHEETS`."""
    page = story_page(story, now=now)
    return StorySheet(head=_head(page.head, story.path, view), look=SHEETS[view], page=page, path=story.path)


def _head(head: Head, path: str, view: str) -> Head:
    """Search engines are sent to the page itself."""
    named = {"reading": _("Reading view"), "print": _("Print view")}[view]
    return replace(
        head,
        title=f"{head.title} · {named}",
        path=f"{path}/{view}",
        robots="noindex, follow",
        crumbs=(*head.crumbs, Crumb(head.title, path)),
        feed="",
        data="",
        oembed="",
    )
