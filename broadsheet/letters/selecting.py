"""Which stories and corrections an edition tells. The rules are stated, and the same for every site.

Stories that moved since the edition before, in the order of the front page; for a span longer than a day and a half by
independent reports, because the weight of the front page falls within hours. None comes twice in the same letter unless
it has grown much since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from broadsheet.articles.models import Article, ArticleState, Revision
from broadsheet.letters.growth import grown
from broadsheet.letters.models import Edition, EditionState, Item, ItemKind, Letter
from broadsheet.letters.telling import LATE_BY, tell_stories
from broadsheet.rights import Output
from broadsheet.stories.models import Membership, Story
from broadsheet.stories.queries import by_weight, told

BY_WEIGHT = timedelta(hours=36)
LOOKED_AT = 6
"""Stories that are looked at for each that there is room for: some were told, some may not be named in a letter."""
REMEMBERED = timedelta(days=14)
"""How long after an edition corrections of what it told are still told of."""
CORRECTIONS = 3
LARGE_AT_LEAST, LARGE_SHARE = 5, 8
"""Newsrooms that must report a story on their own before it is breaking: five, and one of eight that wrote today."""
LARGE_WITHIN = timedelta(hours=6)
"""After its first report: what took longer was no surprise."""


def stories_since(
    letter: Letter,
    since: datetime,
    until: datetime,
    *,
    besides: Edition | None = None,
    room: int = 0,
    with_sample: bool = False,
) -> list[Story]:
    """What a letter tells of this span, first things first. besides: an edition whose own items do not count.

    room: how many at most, in place of the letter's size. with_sample: invented stories too, for an editor to choose.
    """
    room = room or letter.size
    moved = _of(letter, with_sample=with_sample).filter(moved_at__gte=since - LATE_BY, moved_at__lt=until)
    moved = moved.filter(Q(moved_at__gte=since) | Exists(_reports().filter(joined_at__gte=since)))
    ordered = by_weight(moved) if until - since <= BY_WEIGHT else moved.order_by("-independents", "-outlets", "-pk")
    found = list(ordered[: LOOKED_AT * room])
    again = _told_before(_items(telling_editions(letter), besides), found)
    large = grown(again)
    fresh = [story for story in found if story.pk not in again or story.pk in large]
    named = tell_stories([(story.pk, None) for story in fresh], output=Output.LETTER, now=until)
    return [story for story in fresh if (story.pk, None) in named][:room]


def breaking_story(letter: Letter, *, now: datetime) -> Story | None:
    """The largest story that is large enough to be told at once and was not told by this letter."""
    wrote = Article.objects.exclude(state=ArticleState.REMOVED).filter(shown_at__gt=now - timedelta(days=1))
    newsrooms = wrote.order_by().values("publisher").distinct().count()
    least = max(LARGE_AT_LEAST, -(-newsrooms // LARGE_SHARE))
    young = _of(letter).filter(first_at__gt=now - LARGE_WITHIN, first_at__lte=now)
    large = young.filter(moved_at__gt=now - LARGE_WITHIN, independents__gte=least)  # which there is an index for
    found = list(large.order_by("-independents", "-outlets", "-pk")[:5])
    again = _told_before(_items(decided_editions(letter)), found)
    named = tell_stories([(story.pk, None) for story in found], output=Output.LETTER, now=now)
    return next((story for story in found if story.pk not in again and (story.pk, None) in named), None)


def corrections_since(
    letter: Letter, since: datetime, until: datetime, *, story: Story | None = None
) -> Sequence[Revision]:
    """Corrections that publishers announced of reports in stories that earlier editions told, or in this story."""
    items = _items(telling_editions(letter)).filter(edition__until__gt=until - REMEMBERED)
    told = items.filter(kind=ItemKind.STORY, story__isnull=False)
    members = Membership.objects.filter(original=None)
    members = members.filter(story__in=told.values("story")) if story is None else members.filter(story=story)
    told_already = items.filter(kind=ItemKind.CORRECTION, correction__isnull=False).values("correction")
    rows = Revision.objects.filter(
        is_announced=True,
        replaced_at__gte=since,
        replaced_at__lt=until,
        article__in=members.values("article"),
    ).exclude(pk__in=told_already)
    return list(rows.defer("blocks", "standfirst").order_by("-replaced_at", "-pk")[:CORRECTIONS])


def _reports() -> QuerySet[Membership]:
    """The independent reports of a story in a query of stories."""
    return Membership.objects.filter(story=OuterRef("pk"), original=None)


def _of(letter: Letter, *, with_sample: bool = False) -> QuerySet[Story]:
    """The stories a letter is about. Invented ones are told only where the operator shows nothing else for good."""
    found = told()
    if not with_sample and settings.ENVIRONMENT.sample != "always":
        found = found.filter(is_sample=False)
    if letter.section:
        found = found.filter(section__slug=letter.section)
    if letter.language:
        primary = letter.language.partition("-")[0]
        found = found.filter(Q(language=primary) | Q(language__startswith=f"{primary}-"))
    return found


def telling_editions(letter: Letter) -> QuerySet[Edition]:
    """Editions whose readers were told, or are about to be: no drafts, and none that was stopped before it began."""
    began = Q(state=EditionState.STOPPED, started_at__isnull=False)
    goes = Q(state__in=[EditionState.SCHEDULED, EditionState.SENDING, EditionState.SENT])
    return letter.editions.filter(goes | began)


def decided_editions(letter: Letter) -> QuerySet[Edition]:
    """Those, and what waits for an editor or was turned down by one: it does not come anew."""
    return letter.editions.exclude(state=EditionState.STOPPED, started_at=None)


def _items(editions: QuerySet[Edition], besides: Edition | None = None) -> QuerySet[Item]:
    found = Item.objects.filter(edition__in=editions.values("pk"))
    return found.exclude(edition=besides) if besides is not None else found


def _told_before(told: QuerySet[Item], stories: Sequence[Story]) -> dict[int, datetime]:
    """Those of the stories that stand in these items, and how new they were then. One query."""
    numbers = [story.pk for story in stories]
    items = told.filter(Q(story__in=numbers) | Q(story__merged_into__in=numbers))
    found: dict[int, datetime] = {}
    for story, merged, moved_at, until in items.values_list(
        "story", "story__merged_into", "moved_at", "edition__until"
    ):
        number, at = merged or story or 0, moved_at or until
        found[number] = max(at, found.get(number, at))
    return found
