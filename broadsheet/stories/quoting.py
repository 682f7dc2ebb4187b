"""The quotations that a page may show: of a story, with who said them; of a person, over all stories.

Everything goes through `Displays`: how many of an article's quotations, and how much of each. Only quotations whose
place was found in the article's present text are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, ArticleState
from broadsheet.articles.queries import listed
from broadsheet.prepared import Prepared
from broadsheet.rights import Mode, Output
from broadsheet.stories.models import Quotation
from broadsheet.stories.sayings import Quoted, Saying, Speaker, who_said_what

QUOTATIONS_READ = 600
"""Of one story, the best ranked of each article first."""
PAGE = 40
"""Quotations of a person on one page, before equal ones are folded."""


@dataclass(frozen=True, slots=True)
class SaidBy:
    """One page of what a person said. articles: by id, those that the sayings' places name.

    roles: what reports call the person, each with the newest article that does.
    """

    sayings: tuple[Saying, ...]
    roles: tuple[tuple[str, int], ...]
    articles: Mapping[int, Displayed]
    has_more: bool


def speakers_of(members: Sequence[Article], displays: Displays) -> list[Speaker]:
    """Who said what in the reports of one story. One query.

    displays: made over `members`. Places name only articles that are shown with their headline.
    """
    shown = {member.pk: member for member in members if displays.of(member).shows_headline}
    rows = _OF_ARTICLES(sorted(shown), limit=QUOTATIONS_READ)
    return who_said_what([_quoted(row, displays.of(shown[row.article_id], Output.QUOTATION)) for row in rows])


_OF_ARTICLES = Prepared(
    lambda articles, limit: (
        Quotation.objects.filter(article__in=articles, article__grouped_at__isnull=False)
        .exclude(speaker="", name="")
        .order_by("rank", "article", "start")[:limit]
    )
)


def said_by(person: str, *, start: int, now: datetime, limit: int = PAGE) -> SaidBy:
    """What a person (the slug of his topic) said, newest first, from quotation `start` on. Three queries."""
    rows = _OF_PERSON(person, start=start, limit=limit + 1)
    articles = {row.pk: row for row in _ARTICLES({row.article_id for row in rows})}
    displays = Displays(articles.values(), Output.PAGE, now=now)
    shown = {pk: displays.of(article) for pk, article in articles.items()}
    shown = {pk: displayed for pk, displayed in shown.items() if displayed.mode >= Mode.HEADLINE}
    quotations = [
        _quoted(row, displays.of(articles[row.article_id], Output.QUOTATION))
        for row in rows[:limit]
        if row.article_id in shown
    ]
    found = [saying for speaker in who_said_what(quotations) for saying in speaker.sayings]
    return SaidBy(
        sayings=tuple(sorted(found, key=lambda saying: saying.at, reverse=True)),
        roles=tuple({quoted.role: quoted.article for quoted in quotations[::-1] if _tells_role(quoted)}.items()),
        articles=shown,
        has_more=len(rows) > limit,
    )


_OF_PERSON = Prepared(
    lambda person, start, limit: (
        Quotation.objects.filter(person=person, article__grouped_at__isnull=False)
        .exclude(article__state=ArticleState.REMOVED)
        .order_by("-shown_at", "-pk")[start : start + limit]
    )
)
_ARTICLES = Prepared(lambda articles: listed().filter(pk__in=articles))


def _tells_role(quoted: Quoted) -> bool:
    return bool(quoted.role) and quoted.may_show


def _quoted(row: Quotation, allowed: Displayed) -> Quoted:
    article = allowed.article
    return Quoted(
        article=article.pk,
        publisher=article.publisher_id,
        at=article.shown_at,
        start=row.start,
        end=row.end,
        text=row.text,
        speaker=row.speaker,
        name=row.name,
        role=row.role,
        language=article.language,
        direction=article.direction,
        may_show=allowed.quotations is None or row.rank < allowed.quotations,
        length=allowed.quotation_length,
    )
