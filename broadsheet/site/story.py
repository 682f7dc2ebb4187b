"""The page of one story: who reports it independently, the copies, who said what, the timeline, the edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article, Topic
from broadsheet.articles.queries import stored_pictures
from broadsheet.comments.reasons import GROUNDS, Ground
from broadsheet.readers.following import Mutes
from broadsheet.readers.muting import muted
from broadsheet.rights import Output
from broadsheet.site.account import (
    EventView,
    Kin,
    SentenceView,
    SpeakerView,
    SpreadView,
    event_views,
    kin_views,
    sentence_views,
    speaker_views,
    spread_view,
)
from broadsheet.site.cards import ArticleCard, StoryCard, article_card, story_cards, tag
from broadsheet.site.comment_pages.talk import Talk, talk_of
from broadsheet.site.corrections import Edit
from broadsheet.site.drawings import TimelineView, timeline_view
from broadsheet.site.dress import named
from broadsheet.site.following import follow_path
from broadsheet.site.head import Crumb, Head, absolute, chrome, is_public, tags_of
from broadsheet.site.structured import as_script, breadcrumb_data, oembed_link, story_data
from broadsheet.stories.account import story_account
from broadsheet.stories.models import Story
from broadsheet.stories.queries import members_of
from broadsheet.stories.weighing import WhyHere

REPORTS = 200
"""Articles of one story that its page names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """One newsroom's own report, with those that took it over. further: the same newsroom's later reports."""

    card: ArticleCard
    copies: tuple[ArticleCard, ...]
    further: tuple[ArticleCard, ...]
    agency: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """folded: reports that one reader has muted, on the page of that reader alone."""

    head: Head
    story: Story
    lead: ArticleCard | None
    headline: str
    language: str
    direction: str
    reports: tuple[Report, ...]
    speakers: tuple[SpeakerView, ...]
    timeline: tuple[EventView, ...]
    course: TimelineView | None
    edits: tuple[Edit, ...]
    spread: SpreadView | None
    summary: tuple[SentenceView, ...]
    why: WhyHere
    headline_rule: str
    continues: StoryCard | None
    continued_by: tuple[StoryCard, ...]
    related: tuple[Kin, ...]
    about: tuple[Topic, ...]
    languages: int
    unnamed: int
    follow: str
    talk: Talk | None
    grounds: Mapping[str, Ground]
    folded: tuple[ArticleCard, ...] = ()

    @property
    def copies_count(self) -> int:
        return sum(len(report.copies) for report in self.reports)


NO_MUTES = Mutes()


def story_page(
    story: Story, *, now: datetime, mutes: Mutes = NO_MUTES, ignored: frozenset[int] = frozenset()
) -> StoryPage:
    """Twenty-six queries at most, however many report the story and talk about it.

    mutes, ignored: of the one reader the page is made for. A story of which everything is muted was asked for by name,
    so it is shown.
    """
    members, folded = _parted(members_of(story, REPORTS), mutes)
    displays = Displays(members, Output.PAGE, now=now)
    pictures = stored_pictures([member.pk for member in members])
    cards = {shown.article.pk: article_card(shown, pictures.get(shown.article.pk)) for shown in displays.shown(members)}
    account = story_account(story, members, displays, now=now)
    lead = _lead(story, members, cards)
    events = event_views(account.events, cards)
    others = [*(one.story for one in account.beside), *account.continued_by]
    others += [account.continues] if account.continues else []
    other_cards = {card.id: card for card in story_cards(others, now=now, pictured=False)}
    hidden = muted([one.story.lead for one in account.beside if one.story.lead is not None], mutes)
    related = kin_views([one for one in account.beside if one.story.lead_id not in hidden], other_cards)
    talk = talk_of(story, now=now, ignored=ignored)
    is_ours = bool(story.editors_headline)
    return StoryPage(
        head=_head(story, members, lead, related, displays, now, talk.until if talk else None),
        story=story,
        lead=lead,
        headline=_headline(story, lead),
        language=tag(story.language) if is_ours else lead.language if lead else "",
        direction=story.direction if is_ours else lead.direction if lead else "ltr",
        reports=tuple(_reports(members, cards)),
        speakers=tuple(speaker_views(account.speakers, account.topics, cards)),
        timeline=tuple(events),
        course=timeline_view(events),
        edits=tuple(event.edit for event in events if event.edit is not None and event.edit.changes),
        spread=spread_view(account.spread),
        summary=tuple(sentence_views(account, cards)),
        why=account.why,
        headline_rule=account.headline_rule,
        continues=other_cards.get(account.continues.pk) if account.continues else None,
        continued_by=tuple(other_cards[one.pk] for one in account.continued_by if one.pk in other_cards),
        related=tuple(related),
        about=account.about,
        languages=len({card.language for card in cards.values()}),
        unnamed=max(story.articles_count - len(members) - len(folded), 0),
        follow=follow_path("story", str(story.pk)),
        talk=talk,
        grounds=GROUNDS,
        folded=tuple(article_card(shown) for shown in Displays(folded, Output.PAGE, now=now).shown(folded)),
    )


def _parted(members: Sequence[Article], mutes: Mutes) -> tuple[list[Article], list[Article]]:
    hidden = muted(members, mutes)
    shown = [member for member in members if member.pk not in hidden]
    return (shown, [member for member in members if member.pk in hidden]) if shown else (list(members), [])


def _headline(story: Story, lead: ArticleCard | None) -> str:
    return story.editors_headline or (lead.headline if lead else _("A story reported by others"))


def _head(
    story: Story,
    members: Sequence[Article],
    lead: ArticleCard | None,
    related: Sequence[Kin],
    displays: Displays,
    now: datetime,
    until: datetime | None,
) -> Head:
    section = named(story.section) if story.section else None
    title = _headline(story, lead)
    crumbs = (Crumb(section.name, section.path),) if section else ()
    told = story_data(story, members, displays, headline=title, language=lead.language if lead else story.language)
    return Head(
        title=title,
        path=story.path,
        chrome=chrome(),
        now=now,
        description=_("%(independents)s independent reports from %(outlets)s outlets, with quotations and timeline.")
        % {"independents": story.independents, "outlets": story.outlets},
        canonical=absolute(story.path),
        robots="noindex, follow" if story.is_sample and is_public() else "index, follow",
        crumbs=crumbs,
        data=as_script(told, breadcrumb_data(crumbs, title)),
        oembed=oembed_link(story.path),
        section=section.slug if section else "",
        feed=story.path,
        tags=tags_of([story, *members]) | {tag for kin in related for tag in kin.card.tags},
        until=until,
    )


def _lead(story: Story, members: Sequence[Article], cards: Mapping[int, ArticleCard]) -> ArticleCard | None:
    """The story's lead article, or the first whose headline may be shown."""
    first = [cards[story.lead_id]] if story.lead_id is not None and story.lead_id in cards else []
    rest = [cards[member.pk] for member in members if member.pk in cards]
    return next((card for card in [*first, *rest] if card.headline), None)


def _reports(members: Sequence[Article], cards: Mapping[int, ArticleCard]) -> list[Report]:
    """Independent reports, the most reprinted first, then in order of time."""
    named = [member for member in members if member.pk in cards]
    known = {member.pk for member in named}
    copies: dict[int, list[ArticleCard]] = {}
    own: list[Article] = []
    for member in named:
        original = member.membership.original_id
        if original in known:
            copies.setdefault(original, []).append(cards[member.pk])
        else:
            own.append(member)
    firsts: dict[int, Article] = {}
    further: dict[int, list[ArticleCard]] = {}
    for member in own:
        first = firsts.setdefault(member.publisher_id, member)
        if first is not member and member.pk not in copies:
            further.setdefault(first.pk, []).append(cards[member.pk])
    shown = [member for member in own if firsts[member.publisher_id] is member or member.pk in copies]
    return [
        Report(
            card=cards[member.pk],
            copies=tuple(copies.get(member.pk, ())),
            further=tuple(further.get(member.pk, ())),
            agency=member.publisher.name,
        )
        for member in shown
    ]
