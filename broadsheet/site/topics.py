"""The page of a topic: what we counted, the newest stories, and of a person what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.articles.models import Topic
from broadsheet.site.account import SayingView, saying_views
from broadsheet.site.cards import ArticleCard, FoldedCard, StoryCard, article_card, story_cards
from broadsheet.site.following import follow_path
from broadsheet.site.head import Crumb, Head, absolute, chrome, tags_of
from broadsheet.site.lists import Pager, numbered, pager
from broadsheet.stories.quoting import PAGE as QUOTATIONS
from broadsheet.stories.quoting import SaidBy
from broadsheet.stories.topic_pages import STORIES, TopicFacts, topic_account

BAR_WIDTH, HEIGHT = 10, 40


@dataclass(frozen=True, slots=True)
class RoleView:
    """What a report calls a person, and which does."""

    words: str
    card: ArticleCard


@dataclass(frozen=True, slots=True)
class TopicPage:
    """bars: (x, height) of the days that have reports, in a drawing `width` wide and `height` high."""

    head: Head
    topic: Topic
    kind: str
    facts: TopicFacts
    bars: tuple[tuple[int, float], ...]
    width: int
    height: int
    roles: tuple[RoleView, ...]
    stories: tuple[StoryCard, ...]
    sayings: tuple[SayingView, ...]
    named_with: tuple[Topic, ...]
    pager: Pager
    follow: str
    folded: tuple[FoldedCard, ...] = ()


def topic_page(topic: Topic, *, number: int, now: datetime) -> TopicPage:
    """Eleven queries at most."""
    before = number - 1
    account = topic_account(topic, now=now, start=before * STORIES, said_from=before * QUOTATIONS)
    cards = story_cards(account.stories, now=now, pictured=False)
    said = account.said
    articles = {pk: article_card(shown) for pk, shown in said.articles.items()} if said is not None else {}
    has_more = account.has_more_stories or (said is not None and said.has_more)
    return TopicPage(
        head=Head(
            title=topic.name,
            path=numbered(topic.path, number),
            chrome=chrome(),
            now=now,
            description=_("Reports that name %(topic)s.") % {"topic": topic.name},
            canonical=absolute(numbered(topic.path, number)),
            robots="index, follow" if number == 1 else "noindex, follow",
            crumbs=(Crumb(_("Latest"), "/latest"),),
            feed=topic.path,
            tags=tags_of([topic]) | {"article:*"} | {tag for card in cards for tag in card.tags},
        ),
        topic=topic,
        kind=topic_kind(topic.kind),
        facts=account.facts,
        bars=tuple(_bars(account.facts)),
        width=len(account.facts.days) * BAR_WIDTH,
        height=HEIGHT,
        roles=tuple(_roles(said, articles)),
        stories=tuple(cards),
        sayings=tuple(saying_views(said.sayings, articles)) if said is not None else (),
        named_with=account.named_with,
        pager=pager(topic.path, number, has_more=has_more),
        follow=follow_path("topic", topic.slug),
    )


def topic_kind(kind: str) -> str:
    return {"person": _("Person"), "place": _("Place"), "organization": _("Organization")}.get(kind, _("Subject"))


def _roles(said: SaidBy | None, articles: dict[int, ArticleCard]) -> list[RoleView]:
    roles: Sequence[tuple[str, int]] = said.roles if said is not None else ()
    return [RoleView(role, articles[article]) for role, article in roles if article in articles][:3]


def _bars(facts: TopicFacts) -> list[tuple[int, float]]:
    highest = max((count for _, count in facts.days), default=0)
    return [
        (place * BAR_WIDTH, round(count / highest * (HEIGHT - 2), 1))
        for place, (_, count) in enumerate(facts.days)
        if count
    ]
