"""Editions that make themselves: each letter in its hour, breaking news at once, single stories as they move.

`assemble` may run as often as one likes, in several workers at once: what is due is made once. An edition is made a
while before its hour, so that an editor can look at it, and filled anew until it goes or an editor touches it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Exists, Max, Min, OuterRef, Q

from broadsheet.articles.models import ArticleState, Revision
from broadsheet.letters.models import Edition, EditionState, Item, ItemKind, Letter, LetterKind, Subscription
from broadsheet.letters.selecting import (
    breaking_story,
    corrections_since,
    decided_editions,
    stories_since,
    telling_editions,
)
from broadsheet.letters.states import PASSED, QUIET
from broadsheet.letters.telling import LATE_BY
from broadsheet.stories.models import Membership, Story

log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=30)
"""How long before its hour an edition is made that goes by itself."""
AHEAD_OF_DESK = timedelta(hours=2)
"""The same for one that waits for an editor."""
LATE = timedelta(hours=3)
"""After its hour; later than that a letter waits for its next one."""
FURTHEST_BACK = timedelta(days=8)
"""What happened before is no news, whenever the last edition was."""
BREAKING_A_DAY, BREAKING_APART = 3, timedelta(hours=1)
STORY_APART = timedelta(hours=6)
"""Between two letters about one story."""


def assemble(*, now: datetime) -> list[Edition]:
    """Make or fill what is due of the letters that somebody gets; the editions that were made.

    One that fails holds up no other: the log says why, and the desk that it did.
    """
    wanted = Subscription.objects.filter(letter=OuterRef("pk"), ended_at=None, subscriber__confirmed_at__isnull=False)
    made: list[Edition | None] = []
    for letter in Letter.objects.filter(Exists(wanted)).order_by("pk"):
        outcomes = list(_attempts(letter, now))
        made += [edition for edition, _failed in outcomes]
        trouble_at = now if any(failed for _edition, failed in outcomes) else None
        if trouble_at or letter.trouble_at:
            Letter.objects.filter(pk=letter.pk).update(trouble_at=trouble_at)
    return [edition for edition in made if edition is not None]


def _attempts(letter: Letter, now: datetime) -> Iterator[tuple[Edition | None, bool]]:
    """What is made of a letter, piece by piece, and whether that failed."""
    for make in _due(letter, now):
        try:
            yield make(), False
        except OperationalError:  # the database is away: that is nobody's fault, and comes again in five minutes
            raise
        except Exception:  # a letter that fails holds up no other
            log.exception("letter %s could not be made", letter)
            yield None, True


def _due(letter: Letter, now: datetime) -> list[Callable[[], Edition | None]]:
    if letter.kind == LetterKind.BREAKING:
        return [partial(_breaking, letter, now)]
    if letter.kind == LetterKind.STORY:
        return [partial(_moved, letter, story, since, now) for story, since in list(_followed(letter, now))]
    return [partial(_in_its_hour, letter, now)]


def hour_of(letter: Letter, *, now: datetime, ahead: timedelta) -> datetime | None:
    """The hour for which an edition may be made now: soon to come, or not long past."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day = (now + ahead).astimezone(zone).date()
    for date in (day, day - timedelta(days=1)):
        hour = datetime.combine(date, time(letter.hour), zone).astimezone(UTC)
        if str(date.weekday()) in letter.days and hour - ahead <= now <= hour + LATE:
            return hour
    return None


def new_edition(letter: Letter, *, now: datetime, unless: Q | None = None, **more: object) -> Edition | None:
    """The next edition of a letter; None where there is one of it already that meets `unless`."""
    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=letter.pk)  # two workers may have come so far at the same moment
        if unless is not None and letter.editions.filter(unless).exists():
            return None
        last = letter.editions.aggregate(last=Max("issue"))["last"] or 0
        return Edition.objects.create(letter=letter, issue=last + 1, until=now, made_at=now, **more)


def fill(edition: Edition, *, now: datetime) -> int:
    """Put in what the letter tells of the time since its last edition, in place of what was there; how many stories.

    What has begun to go out is left as it is.
    """
    letter, since = edition.letter, edition.since or now - FURTHEST_BACK
    stories = stories_since(letter, since, now, besides=edition)
    corrections = corrections_since(letter, since, now)
    items = _items(edition, stories, corrections)
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        if row.started_at is not None:
            return 0
        edition.items.all().delete()
        Item.objects.bulk_create(items)
        edition.until = now
        edition.save(update_fields=["until", "changed_at"])
    return len(stories)


def since_last(letter: Letter, *, now: datetime, span: timedelta = timedelta(days=1)) -> datetime:
    """From when on the next edition tells: the end of the last one, or a span back where there is none."""
    last = telling_editions(letter).aggregate(last=Max("until"))["last"]
    return max(last, now - FURTHEST_BACK) if last is not None else now - span


def _in_its_hour(letter: Letter, now: datetime) -> Edition | None:
    ahead = AHEAD if letter.by_itself else AHEAD_OF_DESK
    hour = hour_of(letter, now=now, ahead=ahead)
    if hour is None:
        return None
    in_hour = Q(made_at__gte=hour - ahead) | _goes_between(hour - ahead, hour + LATE)
    made = letter.editions.filter(in_hour).order_by("-issue").first()
    if made is not None:
        _fill_again(made, now)
        return None
    _pass_by(letter, hour - ahead)
    span = timedelta(days=7 // max(len(set(letter.days)), 1))
    state = EditionState.SCHEDULED if letter.by_itself else EditionState.DRAFT
    since = since_last(letter, now=now, span=span)
    edition = new_edition(letter, now=now, unless=in_hour, state=state, since=since, go_at=max(hour, now))
    if edition is not None and letter.kind == LetterKind.EDITION:
        _fill_or_drop(edition, now)
    return edition


def _pass_by(letter: Letter, before: datetime) -> None:
    """Let go of what an editor never looked at, or what could not leave, when the next one comes."""
    drafts = Q(state=EditionState.DRAFT, editor=None, made_at__lt=before)
    held_up = Q(state=EditionState.SCHEDULED, editor=None, started_at=None, go_at__lt=before)
    letter.editions.filter(drafts | held_up).update(state=EditionState.DROPPED, stopped_because=PASSED)


def _goes_between(first: datetime, last: datetime) -> Q:
    """An edition that an editor made long before goes out at this hour: it is the one of the day."""
    return Q(go_at__gte=first, go_at__lte=last) & ~Q(state__in=[EditionState.DRAFT, EditionState.DROPPED])


def _fill_again(edition: Edition, now: datetime) -> None:
    """News comes until the last minute; what an editor has touched stays as it is."""
    is_waiting = edition.state == EditionState.SCHEDULED and edition.go_at is not None and edition.go_at > now
    is_quiet = edition.state == EditionState.DROPPED and edition.stopped_because == QUIET
    if edition.editor_id is None and edition.letter.kind == LetterKind.EDITION and (is_waiting or is_quiet):
        _fill_or_drop(edition, now)


def _fill_or_drop(edition: Edition, now: datetime) -> None:
    """An edition without a story is none. It stays in the list of the desk, which so learns why nothing was sent."""
    quiet = not fill(edition, now=now)
    goes = EditionState.SCHEDULED if edition.letter.by_itself else EditionState.DRAFT
    was = Edition.objects.filter(pk=edition.pk, state=edition.state, editor=None)
    was.update(state=EditionState.DROPPED if quiet else goes, stopped_because=QUIET if quiet else "")


def _breaking(letter: Letter, now: datetime) -> Edition | None:
    lately = letter.editions.exclude(state=EditionState.DROPPED)
    if lately.filter(made_at__gt=now - BREAKING_APART).exists():
        return None
    if lately.filter(made_at__gt=now - timedelta(days=1)).count() >= BREAKING_A_DAY:
        return None
    story = breaking_story(letter, now=now)
    if story is None:
        return None
    just_now = Q(made_at__gt=now - BREAKING_APART) & ~Q(state=EditionState.DROPPED)
    return _about(letter, story, now, unless=just_now, since=story.first_at)


def _followed(letter: Letter, now: datetime) -> Iterator[tuple[Story, datetime]]:
    """Stories that somebody follows by mail and that moved since the last letter about them, and since when."""
    wanted = letter.subscriptions.filter(ended_at=None, subscriber__confirmed_at__isnull=False, story__isnull=False)
    first: dict[int, datetime] = {}
    rows = wanted.order_by().values_list("story", "story__merged_into").annotate(since=Min("since"))
    for story, merged, since in rows:
        number = merged or story or 0
        first[number] = min(since, first.get(number, since))
    told = decided_editions(letter).filter(story__in=first).order_by()
    last = dict(told.values_list("story").annotate(last=Max("until")))
    own = Membership.objects.filter(story__in=first, original=None).order_by()
    came = dict(own.values_list("story").annotate(last=Max("joined_at")))
    for story in Story.objects.filter(pk__in=first, merged_into=None).order_by("pk"):
        since = max(last.get(story.pk, first[story.pk]), now - FURTHEST_BACK)
        if max(story.moved_at, came.get(story.pk, story.moved_at)) > since and (
            story.pk not in last or now - last[story.pk] >= STORY_APART
        ):
            yield story, since


def _moved(letter: Letter, story: Story, since: datetime, now: datetime) -> Edition | None:
    """A letter about one story, when a newsroom reports something of its own or corrects what it reported."""
    corrections = corrections_since(letter, since, now, story=story)
    own = Membership.objects.filter(story=story, original=None)
    own = own.filter(joined_at__gt=since, article__shown_at__gt=since - LATE_BY)
    if not corrections and not own.exclude(article__state=ArticleState.REMOVED).exists():
        return None
    just_now = Q(story=story, made_at__gt=now - STORY_APART) & ~Q(state=EditionState.DROPPED)
    return _about(letter, story, now, unless=just_now, since=since, about=story, corrections=corrections)


def _about(
    letter: Letter,
    story: Story,
    now: datetime,
    *,
    unless: Q,
    since: datetime,
    about: Story | None = None,
    corrections: Sequence[Revision] = (),
) -> Edition | None:
    """An edition with one story. about: the story it is bound to, where its readers follow that one."""
    state = EditionState.SCHEDULED if letter.by_itself else EditionState.DRAFT
    with transaction.atomic():
        edition = new_edition(letter, now=now, unless=unless, story=about, state=state, since=since, go_at=now)
        if edition is not None:
            Item.objects.bulk_create(_items(edition, [story], corrections))
    return edition


def _items(edition: Edition, stories: Sequence[Story], corrections: Sequence[Revision]) -> list[Item]:
    """Stories, then corrections, each with its place."""
    items = [Item(edition=edition, kind=ItemKind.STORY, story=story, moved_at=story.moved_at) for story in stories]
    items += [Item(edition=edition, kind=ItemKind.CORRECTION, correction=revision.pk) for revision in corrections]
    for place, item in enumerate(items):
        item.position = place
    return items
