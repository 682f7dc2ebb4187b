"""How lists show articles and stories: typed values that templates print, made without further queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, Picture, Section
from broadsheet.articles.picture_names import source_set
from broadsheet.articles.queries import stored_pictures
from broadsheet.prepared import is_remembered
from broadsheet.rights import Mode, Output
from broadsheet.site.sameness import OfSame
from broadsheet.sources.models import Publisher
from broadsheet.stories.models import Story

PICTURE_SHAPE = (1200, 675)
"""Width and height reserved for a picture whose own are not known."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture that may be shown, from our own folder. avif, webp: values of `srcset`, empty for a single size."""

    path: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    position: int = 0
    avif: str = ""
    webp: str = ""


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """One article in a list. headline: empty when only the publisher and a link may be shown.

    path: our page about it, or the publisher's own address where we may only link. wall: what a reader meets there.
    """

    id: int
    path: str
    address: str
    headline: str
    language: str
    direction: str
    extract: str
    publisher: Publisher
    byline: str
    at: datetime
    kind: str
    wall: str
    picture: PictureView | None
    is_link: bool

    @property
    def tag(self) -> str:
        return f"article:{self.id}"


@dataclass(frozen=True, slots=True)
class StoryCard:
    """One story in a list. path: the story's page, or its only article's."""

    id: int
    path: str
    headline: str
    language: str
    direction: str
    extract: str
    publisher: Publisher
    independents: int
    outlets: int
    moved_at: datetime
    picture: PictureView | None
    lead_id: int

    @property
    def tags(self) -> tuple[str, str]:
        return f"story:{self.id}", f"article:{self.lead_id}"

    @property
    def is_shared(self) -> bool:
        return self.outlets > 1


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section with the heaviest of its stories."""

    section: Section
    stories: tuple[StoryCard, ...]

    @property
    def is_small(self) -> bool:
        """Too little for a row of its own: quiet sections stand side by side."""
        return len(self.stories) < 3


@dataclass(frozen=True, slots=True)
class FoldedCard:
    """A report or a story that one reader has muted, as the list at the foot of that reader's own page names it."""

    path: str
    headline: str
    language: str
    direction: str
    publisher: Publisher
    at: datetime


def picture_view(picture: Picture, *, position: int = 0) -> PictureView:
    width, height = picture.width or PICTURE_SHAPE[0], picture.height or PICTURE_SHAPE[1]
    return PictureView(
        path=f"/pictures/{picture.stored}",
        width=width,
        height=height,
        alt=picture.alt or picture.caption,
        caption=picture.caption,
        credit=picture.credit,
        position=position,
        avif=source_set(picture.stored, "avif"),
        webp=source_set(picture.stored, "webp"),
    )


CARDS = 1_500
"""Cards that are kept, as long as their rows are remembered."""
_articles: OfSame[ArticleCard] = OfSame(CARDS)
_stories: OfSame[StoryCard | None] = OfSame(CARDS)


def article_card(shown: Displayed, picture: Picture | None = None) -> ArticleCard:
    if not is_remembered(shown.article):
        return _article_card(shown, picture)
    things = shown.article, shown.decided, shown.gate, picture
    return _articles.get(things, lambda: _article_card(shown, picture))


def _article_card(shown: Displayed, picture: Picture | None) -> ArticleCard:
    article = shown.article
    is_link = not shown.shows_headline
    return ArticleCard(
        id=article.pk,
        path=article.address if is_link else article.path,
        address=article.address,
        headline=shown.headline,
        language=tag(article.language),
        direction=article.direction,
        extract=shown.extract,
        publisher=article.publisher,
        byline=article.byline if shown.shows_headline else "",
        at=article.shown_at,
        kind=article.kind,
        wall="" if article.access == "open" else article.access,
        picture=picture_view(picture) if picture and shown.image else None,
        is_link=is_link,
    )


def article_cards(
    articles: Sequence[Article], *, now: datetime, output: Output = Output.PAGE, displays: Displays | None = None
) -> list[ArticleCard]:
    """Cards for a list; what this output may not show at all is left out. One query, none with `displays` of them."""
    displays = displays or Displays(articles, output, now=now)
    return [article_card(shown) for shown in displays.shown(articles)]


def story_cards(
    stories: Iterable[Story],
    *,
    now: datetime,
    output: Output = Output.PAGE,
    pictured: bool = True,
    displays: Displays | None = None,
) -> list[StoryCard]:
    """Cards for a list of stories with their lead articles. Stories whose lead may not be named are left out.

    Two queries: one less without pictures, one less with `displays` of the leads.
    """
    rows = [story for story in stories if story.lead is not None]
    leads = [story.lead for story in rows if story.lead is not None]
    displays = displays or Displays(leads, output, now=now)
    pictures = stored_pictures([lead.pk for lead in leads]) if pictured else {}
    cards = (
        story_card(story, displays.of(lead), pictures.get(lead.pk)) for story, lead in zip(rows, leads, strict=True)
    )
    return [card for card in cards if card is not None]


def story_card(story: Story, shown: Displayed, picture: Picture | None) -> StoryCard | None:
    """shown: its lead. None where that may not be named."""
    if not is_remembered(story):
        return _story_card(story, shown, picture)
    things = story, shown.article, shown.decided, shown.gate, picture
    return _stories.get(things, lambda: _story_card(story, shown, picture))


def _story_card(story: Story, shown: Displayed, picture: Picture | None) -> StoryCard | None:
    lead = shown.article
    if shown.mode < Mode.HEADLINE:
        return None
    return StoryCard(
        id=story.pk,
        path=story.path if story.articles_count > 1 else lead.path,
        headline=shown.headline,
        language=tag(lead.language),
        direction=lead.direction,
        extract=shown.extract,
        publisher=lead.publisher,
        independents=story.independents,
        outlets=story.outlets,
        moved_at=story.moved_at,
        picture=picture_view(picture) if picture and shown.image else None,
        lead_id=lead.pk,
    )


def tag(language: str) -> str:
    """The value of a `lang` attribute: empty for an unknown language, which HTML reads as such."""
    return "" if language == "und" else language


def site_language() -> str:
    return str(settings.LANGUAGE_CODE)
