"""What an edition tells at this moment: its items, as far as rights let each output show them now.

Nothing is kept: mails, previews and the archive each ask again, so what was taken down is gone from all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, ArticleState, Revision, Section
from broadsheet.articles.queries import listed
from broadsheet.letters.models import Edition, Item, ItemKind
from broadsheet.rights import Output
from broadsheet.stories.models import Story
from broadsheet.stories.queries import members_of, stories_with

SPARE = 24
"""Reports of a story among which one is looked for whose headline may be shown, where the lead's may not."""
LATE_BY = timedelta(hours=12)
"""How long after its publication a report may reach us and still be news; a letter in between knew nothing of it."""
REPORTS = 8
"""New reports that a letter about one story names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """One article. headline: never empty. path: the short one of our page about it, which stays when a slug changes."""

    headline: str
    path: str
    language: str
    direction: str
    publisher: str
    publisher_language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToldStory:
    """One story. words: an editor's, in the Markdown of comments. licence: of the extract, where it has a public one.

    reports: those that came since the edition before, in a letter about this story alone; further: how many more.
    """

    story: int
    path: str
    headline: str
    language: str
    direction: str
    extract: str
    licence: str
    publisher: str
    publisher_language: str
    section: Section | None
    independents: int
    outlets: int
    first_at: datetime
    moved_at: datetime
    is_sample: bool
    tags: frozenset[str]
    words: str = ""
    reports: tuple[Report, ...] = ()
    further: int = 0


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """That a report of which an earlier edition told was corrected. path: to what changed."""

    report: Report
    path: str
    at: datetime
    tags: frozenset[str]

    @property
    def headline(self) -> str:
        return self.report.headline


@dataclass(frozen=True, slots=True)
class ToldWords:
    """An editor's own paragraph, in the Markdown of comments."""

    headline: str
    words: str
    tags: frozenset[str] = frozenset()


ToldItem = ToldStory | ToldCorrection | ToldWords
Wanted = tuple[int, int | None]
"""A story, and the article to tell it by in place of its own lead."""


@dataclass(frozen=True, slots=True)
class Told:
    """subject: an editor's, else the first headline that may be shown; empty when there is nothing to tell.

    is_sample: something in it is of the invented sample edition.
    """

    subject: str
    introduction: str
    items: tuple[ToldItem, ...]
    tags: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_sample(self) -> bool:
        return any(isinstance(item, ToldStory) and item.is_sample for item in self.items)


def tell(edition: Edition, *, output: Output, now: datetime) -> Told:
    """What `output` may tell of this edition now. Five queries and one for each story whose lead may not be named."""
    items = list(edition.items.order_by("position", "pk"))
    stories = [item.story_id for item in items if item.story_id and item.kind == ItemKind.STORY]
    told = tell_stories([(story, None) for story in stories], output=output, now=now)
    corrections = tell_corrections(
        [item.correction or 0 for item in items if item.kind == ItemKind.CORRECTION], output, now
    )
    found = list(_once(_told(item, told, corrections) for item in items))
    if edition.story_id is not None:
        found = [_moved(one, edition, output, now) if isinstance(one, ToldStory) else one for one in found]
    tags = frozenset(tag for one in found for tag in one.tags) | {f"story:{story}" for story in stories}
    return Told(edition.subject or first_headline(found), edition.introduction, tuple(found), tags)


def _once(items: Iterable[ToldItem | None]) -> Iterator[ToldItem]:
    """A story that became part of another one comes with that one, unless an editor wrote about both."""
    seen: set[int] = set()
    for one in items:
        if isinstance(one, ToldStory):
            if one.story in seen and not one.words:
                continue
            seen.add(one.story)
        if one is not None:
            yield one


def first_headline(items: Sequence[ToldItem]) -> str:
    return next((one.headline for one in items if one.headline), "")


def tell_stories(wanted: Collection[Wanted], *, output: Output, now: datetime) -> dict[Wanted, ToldStory]:
    """Those of the stories that may be named now. One that became part of another is told as that one."""
    numbers = {story for story, _article in wanted}
    moved = Story.objects.filter(pk__in=numbers, merged_into__isnull=False).values_list("pk", "merged_into_id")
    now_in = {old: new for old, new in moved if new is not None}
    rows = stories_with({now_in.get(number, number) for number in numbers})
    articles = {article for _story, article in wanted if article is not None}
    leads = listed().in_bulk(articles) if articles else {}
    shown = [*(row.lead for row in rows.values() if row.lead is not None), *leads.values()]
    displays = Displays(shown, output, now=now)
    told = {}
    for story, article in wanted:
        row = rows.get(now_in.get(story, story))
        if row is None:
            continue
        one = _by(row, displays, output, now) if article is None else _named(leads.get(article), displays)
        if one is not None:
            told[story, article] = _story(row, one)
    return told


def _by(row: Story, displays: Displays, output: Output, now: datetime) -> Displayed | None:
    """The report by which the story is told: its lead, or another whose headline may be shown."""
    return _named(row.lead, displays) or _spare(row, output, now)


def _named(article: Article | None, displays: Displays) -> Displayed | None:
    shown = displays.of(article) if article is not None else None
    return shown if shown is not None and shown.headline else None


def _story(row: Story, shown: Displayed) -> ToldStory:
    article = shown.article
    is_ours = bool(row.editors_headline)
    return ToldStory(
        story=row.pk,
        path=f"/stories/{row.pk}" if row.articles_count > 1 else f"/articles/{article.pk}",
        headline=row.editors_headline or shown.headline,
        language=_tag(row.language if is_ours else article.language),
        direction=row.direction if is_ours else article.direction,
        extract=shown.extract,
        licence=f"{shown.licence.name} {shown.licence.version}".strip() if shown.licence and shown.extract else "",
        publisher=article.publisher.name,
        publisher_language=article.publisher.language,
        section=row.section,
        independents=row.independents,
        outlets=row.outlets,
        first_at=row.first_at,
        moved_at=row.moved_at,
        is_sample=row.is_sample,
        tags=frozenset({row.tag, article.tag}),
    )


def _spare(row: Story, output: Output, now: datetime) -> Displayed | None:
    """Another report by which the story may be told."""
    members = members_of(row, SPARE)
    displays = Displays(members, output, now=now)
    return next((shown for shown in displays.shown(members) if shown.headline), None)


def tell_corrections(numbers: Collection[int], output: Output, now: datetime) -> dict[int, ToldCorrection]:
    """By the number of the revision, those corrections that may be told now. Two queries."""
    if not numbers:
        return {}
    rows = Revision.objects.filter(pk__in=numbers).exclude(article__state=ArticleState.REMOVED)
    found = list(rows.select_related("article__publisher").defer("blocks", "standfirst"))
    displays = Displays([row.article for row in found], output, now=now)
    told = {}
    for row in found:
        shown = displays.of(row.article)
        if shown.headline:
            path = f"/articles/{row.article_id}/versions"
            told[row.pk] = ToldCorrection(_report(shown), path, row.replaced_at, frozenset({row.article.tag}))
    return told


def _told(
    item: Item, stories: Mapping[Wanted, ToldStory], corrections: Mapping[int, ToldCorrection]
) -> ToldItem | None:
    """An editor's words about a story go with the story."""
    if item.kind == ItemKind.WORDS:
        return ToldWords(item.headline, item.words) if item.words or item.headline else None
    if item.kind == ItemKind.CORRECTION:
        return corrections.get(item.correction or 0)
    told = stories.get((item.story_id or 0, None))
    return replace(told, headline=item.headline or told.headline, words=item.words) if told is not None else None


def _moved(told: ToldStory, edition: Edition, output: Output, now: datetime) -> ToldStory:
    """The story with what newsrooms reported of their own since the edition before."""
    since = edition.since or edition.until
    rows = listed("membership__story_id", "membership__original_id").filter(
        membership__story=told.story,
        membership__original=None,
        membership__joined_at__gt=since,
        shown_at__gt=since - LATE_BY,
    )
    articles = list(rows.order_by("-shown_at", "-pk")[: 5 * REPORTS])
    shown = [one for one in Displays(articles, output, now=now).shown(articles) if one.headline]
    return replace(
        told,
        reports=tuple(_report(one) for one in shown[:REPORTS]),
        further=max(len(shown) - REPORTS, 0),
        tags=told.tags | {one.article.tag for one in shown},
    )


def _report(shown: Displayed) -> Report:
    article = shown.article
    return Report(
        headline=shown.headline,
        path=f"/articles/{article.pk}",
        language=_tag(article.language),
        direction=article.direction,
        publisher=article.publisher.name,
        publisher_language=article.publisher.language,
        at=article.shown_at,
    )


def _tag(language: str) -> str:
    """The value of a `lang` attribute: empty for an unknown language, which HTML reads as such."""
    return "" if language == "und" else language
