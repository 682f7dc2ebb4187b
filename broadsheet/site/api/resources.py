"""From rows to shapes. Every word of an article comes through `Displays` of the output "api"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, Picture, Section
from broadsheet.articles.queries import listed, pictures_of, sections
from broadsheet.rights import Mode, Output
from broadsheet.site.api.shapes import (
    ArticleFull,
    ArticleItem,
    Block,
    LicenceRef,
    PictureItem,
    PublisherRef,
    QuotationItem,
    SourceFull,
    SourceItem,
    StoryFull,
    StoryItem,
    WatchedAddress,
)
from broadsheet.site.head import absolute
from broadsheet.sources.models import Publisher, Source
from broadsheet.sources.queries import SourceCounts
from broadsheet.stories.models import Quotation, Story
from broadsheet.text.excerpts import shortened


class Articles:
    """What the API says of a list of articles. One query for rights, one for sections."""

    def __init__(self, rows: Iterable[Article], *, now: datetime) -> None:
        self.rows = list(rows)
        self._displays = Displays(self.rows, Output.API, now=now)
        self._sections: Mapping[int, Section] = {section.pk: section for section in sections()}

    def items(self) -> tuple[ArticleItem, ...]:
        """The articles that may be named at all, in their order."""
        return tuple(self.item(shown) for shown in self._displays.shown(self.rows))

    def hits(self) -> tuple[ArticleItem, ...]:
        """The same for a search, which some publishers forbid: the stricter of both outputs counts."""
        found = (min(self.shown(row), self._displays.of(row, Output.SEARCH), key=_rank) for row in self.rows)
        return tuple(self.item(shown) for shown in found if shown.mode > Mode.NONE)

    def shown(self, row: Article) -> Displayed:
        return self._displays.of(row)

    def may_quote(self, row: Article, quotation: Quotation) -> bool:
        """Whether this quotation may be said: of some articles only the best ranked, in every output."""
        most = self._displays.of(row, Output.QUOTATION).quotations
        return self.shown(row).shows_headline and (most is None or quotation.rank < most)

    def quotation_length(self, row: Article) -> int | None:
        return self._displays.of(row, Output.QUOTATION).quotation_length

    def item(self, shown: Displayed) -> ArticleItem:
        return ArticleItem(**self._values(shown))

    def full(self, shown: Displayed) -> ArticleFull:
        """Three queries at most."""
        pictures = pictures_of(shown.article) if shown.image else []
        return ArticleFull(
            **self._values(shown),
            standfirst=shown.standfirst or None,
            blocks=tuple(Block(kind=str(block["kind"]), text=str(block.get("text", ""))) for block in shown.blocks()),
            pictures=tuple(_picture(picture) for picture in pictures if picture.stored),
        )

    def _values(self, shown: Displayed) -> dict[str, Any]:
        article, membership = shown.article, getattr(shown.article, "membership", None)
        section = self._sections.get(article.section_id or 0)
        named = shown.shows_headline
        return {
            "id": article.pk,
            "url": absolute(article.path if named else f"/articles/{article.pk}"),
            "original_url": article.address,
            "mode": str(shown.mode),
            "headline": shown.headline or None,
            "extract": shown.extract or None,
            "byline": (article.byline or None) if named else None,
            "language": _language(article.language),
            "direction": article.direction,
            "publisher": publisher_ref(article.publisher),
            "section": section.slug if section else None,
            "kind": article.kind,
            "access": article.access,
            "licence": _licence(shown),
            "published_at": article.shown_at,
            "updated_at": article.updated_at,
            "version": article.version,
            "story": membership.story_id if membership else None,
            "copy_of": membership.original_id if membership else None,
        }


def with_stories(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles with what tells their story and their original."""
    return articles.select_related("publisher", "membership")


def listed_articles() -> QuerySet[Article]:
    return with_stories(listed("membership__story_id", "membership__original_id"))


def story_item(story: Story, articles: Articles) -> StoryItem | None:
    """The story by its lead article, one of `articles`; None when that may not be named."""
    lead = story.lead
    if lead is None or not articles.shown(lead).shows_headline:
        return None
    return StoryItem(**_story_values(story, articles.item(articles.shown(lead))))


def story_full(story: Story, members: Articles, quotations: Mapping[int, Sequence[Quotation]]) -> StoryFull | None:
    """The story by its lead, or by the first of its articles that may be named; None without any."""
    items = members.items()
    named = [item for item in items if item.headline]
    lead = next((item for item in named if item.id == story.lead_id), named[0] if named else None)
    if lead is None:
        return None
    return StoryFull(
        **_story_values(story, lead), articles=items, quotations=quotation_items(members, quotations, story.pk)
    )


def quotation_items(
    articles: Articles, quotations: Mapping[int, Sequence[Quotation]], story: int | None = None
) -> tuple[QuotationItem, ...]:
    """The quotations that may be said, article by article, by place."""
    return tuple(
        _quotation(quotation, row, articles.quotation_length(row), story)
        for row in articles.rows
        for quotation in quotations.get(row.pk, ())
        if articles.may_quote(row, quotation)
    )


def quotations_by_article(articles: Iterable[int]) -> dict[int, list[Quotation]]:
    """The quotations of these articles that have a speaker, by place. One query."""
    found: dict[int, list[Quotation]] = {}
    rows = Quotation.objects.filter(article__in=list(articles), article__grouped_at__isnull=False)
    rows = rows.exclude(name="", speaker="")
    for quotation in rows.order_by("article", "start"):
        found.setdefault(quotation.article_id, []).append(quotation)
    return found


def source_item(publisher: Publisher, counts: SourceCounts, articles: int) -> SourceItem:
    return SourceItem(**_source_values(publisher, counts, articles))


def source_full(
    publisher: Publisher,
    counts: SourceCounts,
    articles: int,
    addresses: Iterable[Source],
    *,
    copies: tuple[int, int],
    edits: tuple[int, int],
) -> SourceFull:
    """copies: grouped articles and how many of them are copies. edits: announced and silent ones."""
    return SourceFull(
        **_source_values(publisher, counts, articles),
        addresses=tuple(
            WatchedAddress(
                address=source.address,
                kind=str(source.kind),
                title=source.title or None,
                state=str(source.state),
                changed_at=source.changed_at,
            )
            for source in addresses
        ),
        grouped=copies[0],
        copies=copies[1],
        corrections=edits[0],
        silent_edits=edits[1],
    )


def publisher_ref(publisher: Publisher) -> PublisherRef:
    return PublisherRef(slug=publisher.slug, name=publisher.name, home=publisher.home, url=absolute(publisher.path))


def _story_values(story: Story, lead: ArticleItem) -> dict[str, Any]:
    return {
        "id": story.pk,
        "url": absolute(story.path),
        "headline": story.editors_headline or lead.headline,
        "language": lead.language,
        "direction": lead.direction,
        "section": story.section.slug if story.section else None,
        "independents": story.independents,
        "outlets": story.outlets,
        "articles_count": story.articles_count,
        "weight": story.weight,
        "first_at": story.first_at,
        "moved_at": story.moved_at,
        "lead": lead,
    }


def _quotation(quotation: Quotation, article: Article, length: int | None, story: int | None) -> QuotationItem:
    membership = getattr(article, "membership", None)
    return QuotationItem(
        id=quotation.pk,
        text=quotation.text if length is None else shortened(quotation.text, length),
        speaker=quotation.name or quotation.speaker or None,
        role=quotation.role or None,
        person=quotation.person or None,
        language=_language(article.language),
        direction="rtl" if article.direction == "rtl" else "ltr",
        same=quotation.same_key,
        article=article.pk,
        url=absolute(article.path),
        story=story or (membership.story_id if membership else None),
        publisher=publisher_ref(article.publisher),
    )


def _source_values(publisher: Publisher, counts: SourceCounts, articles: int) -> dict[str, Any]:
    return {
        "slug": publisher.slug,
        "name": publisher.name,
        "home": publisher.home,
        "url": absolute(publisher.path),
        "country": publisher.country or None,
        "language": _language(publisher.language),
        "owner": publisher.owner or None,
        "kind": publisher.kind or None,
        "is_sample": publisher.is_sample,
        "articles_count": articles,
        "watched": counts.watched,
        "failing": counts.failing,
        "answered_at": counts.answered_at,
    }


def _picture(picture: Picture) -> PictureItem:
    return PictureItem(
        url=absolute(f"/pictures/{picture.stored}"),
        width=picture.width,
        height=picture.height,
        alt=picture.alt or picture.caption,
        caption=picture.caption,
        credit=picture.credit,
    )


def _licence(shown: Displayed) -> LicenceRef | None:
    if shown.licence is None:
        return None
    return LicenceRef(name=f"{shown.licence.name} {shown.licence.version}".strip(), url=shown.licence.address)


def _language(tag: str) -> str | None:
    return None if tag in ("", "und") else tag


def _rank(shown: Displayed) -> int:
    return shown.mode.rank
