"""Editions that make themselves: when, of what, and when not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from broadsheet.letters import assembling, composing
from broadsheet.letters.assembling import AHEAD, LATE, assemble
from broadsheet.letters.models import Edition, Item, Letter, Subscriber, Subscription
from broadsheet.letters.models import EditionState as State
from broadsheet.letters.telling import tell
from broadsheet.rights import Output
from tests.factories import NOW, make_article, make_publisher, make_reader, make_revision, make_section, make_story

pytestmark = pytest.mark.django_db
HOUR = NOW.replace(hour=10, minute=0)  # Sunday; the site's zone is UTC
MINUTE = timedelta(minutes=1)


@pytest.fixture
def letter():
    made = Letter.objects.create(slug="morning", name="Morning", hour=10)
    subscribe(made)
    return made


def story_of(minutes_ago=60, *, newsrooms=1, publisher=None, weight=1.0, **more):
    """A story whose newest report came so long before half past nine."""
    first = make_article(publisher, minutes_ago=minutes_ago, **more)
    others = [make_article(minutes_ago=minutes_ago, **more) for _ in range(newsrooms - 1)]
    return make_story(first, *others, weight=weight)


def report(story, *, minutes_ago, newsrooms=1, copy_of=None):
    """Further reports of a story that is there already."""
    from broadsheet.stories.models import Membership

    for _ in range(newsrooms):
        article = make_article(minutes_ago=minutes_ago)
        Membership.objects.create(
            article=article,
            story=story,
            sequence=article.pk + 10_000,
            original=copy_of,
            joined_at=article.first_seen_at,
        )
        if copy_of is None:
            story.moved_at = max(story.moved_at, article.shown_at)
            story.independents += 1
        story.outlets += 1
    story.save()


def stories_of(edition):
    return [item.story for item in edition.items.filter(kind="story")]


def subscribe(letter, story=None, address="ada@harbor.example", since=NOW - timedelta(days=2)):
    subscriber, _ = Subscriber.objects.get_or_create(address=address, key=address, defaults={"confirmed_at": since})
    Subscription.objects.create(subscriber=subscriber, letter=letter, story=story, since=since)
    return subscriber


def test_a_letter_is_made_before_its_hour_and_goes_at_it(letter):
    story_of()
    assert assemble(now=HOUR - AHEAD - MINUTE) == []
    (edition,) = assemble(now=HOUR - AHEAD)
    assert (edition.state, edition.go_at, edition.issue) == (State.SCHEDULED, HOUR, 1)
    assert assemble(now=HOUR - AHEAD) == []


def test_stories_stand_in_the_order_of_the_front_page(letter):
    small, large = story_of(weight=1.0), story_of(weight=5.0)
    (edition,) = assemble(now=HOUR)
    assert stories_of(edition) == [large, small]
    assert [item.position for item in edition.items.all()] == [0, 1]


def test_a_weekly_letter_puts_first_what_most_newsrooms_reported(letter):
    Letter.objects.update(days="6")
    quick, broad = story_of(weight=5.0), story_of(60 * 24 * 5, newsrooms=3, weight=0.01)
    (edition,) = assemble(now=HOUR)
    assert stories_of(edition) == [broad, quick]


def test_only_as_many_stories_as_the_letter_has_room_for(letter):
    Letter.objects.update(size=2)
    for weight in (1.0, 2.0, 3.0):
        story_of(weight=weight)
    (edition,) = assemble(now=HOUR)
    assert edition.items.count() == 2


def test_a_letter_of_a_section_tells_of_that_section(letter):
    Letter.objects.update(section="world")
    story_of(section=make_section("politics"))
    wanted = story_of(section=make_section("world"))
    (edition,) = assemble(now=HOUR)
    assert stories_of(edition) == [wanted]


def test_a_letter_in_a_language_tells_stories_in_it(letter):
    Letter.objects.update(language="de")
    story_of(language="en")
    wanted = story_of(language="de-AT")
    (edition,) = assemble(now=HOUR)
    assert stories_of(edition) == [wanted]


def test_nothing_is_told_twice(letter):
    told = story_of(60)
    assemble(now=HOUR - timedelta(days=1))  # yesterday's, too early for today's story
    (today,) = assemble(now=HOUR)
    assert stories_of(today) == [told]
    Edition.objects.update(state=State.SENT)
    report(told, minutes_ago=-60 * 12, newsrooms=1)
    fresh = story_of(-60 * 12)
    (tomorrow,) = assemble(now=HOUR + timedelta(days=1))
    assert stories_of(tomorrow) == [fresh]


def test_what_moved_much_is_told_again(letter):
    told = story_of(60, newsrooms=2)
    assemble(now=HOUR)
    Edition.objects.update(state=State.SENT)
    report(told, minutes_ago=-60 * 12, newsrooms=3)
    (tomorrow,) = assemble(now=HOUR + timedelta(days=1))
    assert stories_of(tomorrow) == [told]


def test_copies_are_no_movement(letter):
    told = story_of(60)
    assemble(now=HOUR)
    Edition.objects.update(state=State.SENT)
    report(told, minutes_ago=-60 * 12, newsrooms=5, copy_of=told.lead)
    told.moved_at = NOW + timedelta(hours=12)
    told.save()
    assert assemble(now=HOUR + timedelta(days=1))[0].state == State.SCHEDULED  # as made, before it is looked at
    assert Edition.objects.get(issue=2).state == State.DROPPED


def test_a_day_without_news_has_no_letter_and_the_desk_learns_why(letter):
    assemble(now=HOUR)
    edition = Edition.objects.get()
    assert (edition.state, edition.stopped_because) == (State.DROPPED, "quiet")


def test_a_quiet_edition_wakes_when_news_come_in_time(letter):
    assemble(now=HOUR - AHEAD)
    story = story_of(-10)
    assemble(now=HOUR - 10 * MINUTE)
    edition = Edition.objects.get()
    assert (edition.state, stories_of(edition)) == (State.SCHEDULED, [story])


def test_an_edition_is_filled_anew_until_it_goes_unless_an_editor_touched_it(letter, django_user_model):
    story_of(weight=1.0)
    assemble(now=HOUR - AHEAD)
    late = story_of(-5, weight=9.0)
    assemble(now=HOUR - 10 * MINUTE)
    edition = Edition.objects.get()
    assert stories_of(edition)[0] == late
    Edition.objects.update(editor=django_user_model.objects.create_user("ed@harbor.example"))
    story_of(-15, weight=20.0)
    assemble(now=HOUR - 5 * MINUTE)
    assert stories_of(edition)[0] == late


def test_a_letter_too_late_waits_for_its_next_hour(letter):
    story_of()
    assert assemble(now=HOUR + LATE + MINUTE) == []
    assert len(assemble(now=HOUR + LATE)) == 1


def test_a_letter_keeps_to_its_days(letter):
    Letter.objects.update(days="0")  # Mondays
    story_of()
    assert assemble(now=HOUR) == []


def test_where_an_editor_decides_it_waits_as_a_draft(letter):
    Letter.objects.update(by_itself=False)
    story_of(120)
    (edition,) = assemble(now=HOUR - timedelta(hours=2))
    edition.refresh_from_db()
    assert edition.state == State.DRAFT


def test_a_letter_that_nobody_gets_is_not_made(letter):
    Subscriber.objects.update(confirmed_at=None)
    story_of()
    assert assemble(now=HOUR) == []
    Subscriber.objects.update(confirmed_at=NOW)
    assert len(assemble(now=HOUR)) == 1


def test_what_never_left_was_not_told(letter):
    story = story_of(-10)
    (today,) = assemble(now=HOUR)
    Edition.objects.update(state=State.STOPPED)
    (tomorrow,) = assemble(now=HOUR + timedelta(hours=23, minutes=35))
    assert stories_of(tomorrow) == stories_of(today) == [story]


def test_what_waited_for_settings_makes_room_for_the_next_day(letter):
    story_of(-10)
    (today,) = assemble(now=HOUR)
    Edition.objects.update(stopped_because="postal")
    (tomorrow,) = assemble(now=HOUR + timedelta(hours=23, minutes=35))
    assert Edition.objects.filter(state=State.DROPPED, stopped_because="passed").get() == today
    assert stories_of(tomorrow) == stories_of(today)


def test_a_draft_nobody_looked_at_makes_room_for_the_next(letter):
    Letter.objects.update(by_itself=False)
    story_of(85)
    assemble(now=HOUR - timedelta(minutes=110))
    (second,) = assemble(now=HOUR + timedelta(hours=22))
    first = Edition.objects.get(issue=1)
    assert (first.state, first.stopped_because) == (State.DROPPED, "passed")
    assert stories_of(second) == stories_of(first)


def test_what_may_not_be_named_in_letters_takes_no_place(letter):
    Letter.objects.update(size=1)
    story_of(publisher=make_publisher(mode="link"), weight=9.0)
    shown = story_of(weight=1.0)
    (edition,) = assemble(now=HOUR)
    assert stories_of(edition) == [shown]


def test_invented_stories_are_not_mailed(letter):
    story = story_of()
    story.is_sample = True
    story.save()
    assemble(now=HOUR)
    assert Edition.objects.get().state == State.DROPPED


def test_corrections_of_what_was_sent_come_with_the_next_letter_once(letter):
    told = story_of()
    assemble(now=HOUR)
    Edition.objects.update(state=State.SENT)
    correction = make_revision(told.lead, "Ferry stays in port", is_announced=True, minutes_ago=-60 * 5)
    make_revision(story_of(-60).lead, "Never told", is_announced=True, minutes_ago=-60 * 5)
    (second,) = assemble(now=HOUR + timedelta(days=1))
    assert [item.correction for item in second.items.filter(kind="correction")] == [correction.pk]
    Edition.objects.update(state=State.SENT)
    story_of(-60 * 30)
    (third,) = assemble(now=HOUR + timedelta(days=2))
    assert not third.items.filter(kind="correction").exists()


def test_a_personal_letter_is_made_for_its_readers_only():
    letter = Letter.objects.create(slug="mine", name="Mine", kind="personal", hour=10)
    assert assemble(now=HOUR) == []
    subscribe(letter)
    (edition,) = assemble(now=HOUR)
    assert (edition.state, Item.objects.count()) == (State.SCHEDULED, 0)


@pytest.mark.django_db(transaction=True)
def test_workers_who_come_at_the_same_moment_make_one_edition():
    letter = Letter.objects.create(slug="morning", name="Morning", hour=10)
    subscribe(letter)
    story_of()
    meet = Barrier(3)

    def work(_number):
        try:
            meet.wait(timeout=30)
            return len(assemble(now=HOUR))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        made = list(workers.map(work, range(3)))
    assert sum(made) == Edition.objects.count() == 1


def test_a_report_that_reached_us_after_the_last_letter_comes_with_the_next(letter):
    story_of()
    assemble(now=HOUR)
    Edition.objects.update(state=State.SENT)
    late = story_of(-20)  # published ten minutes before that letter, gathered half an hour after it
    late.memberships.update(joined_at=HOUR + timedelta(minutes=30))
    (second,) = assemble(now=HOUR + timedelta(days=1))
    assert stories_of(second) == [late]


def test_an_edition_scheduled_the_evening_before_is_the_one_of_the_morning(letter):
    story_of(60 * 9)
    edition = composing.start(letter, make_reader(), now=HOUR - timedelta(hours=8))
    Edition.objects.update(state=State.SCHEDULED, go_at=HOUR)
    story_of()
    assert assemble(now=HOUR - AHEAD) == assemble(now=HOUR + MINUTE) == []
    Edition.objects.filter(pk=edition.pk).update(state=State.DROPPED)
    assert len(assemble(now=HOUR + MINUTE)) == 1


def test_stories_that_became_one_are_told_once(letter):
    first, second = story_of(weight=2.0), story_of()
    (edition,) = assemble(now=HOUR)
    second.merged_into = first
    second.save()
    told = tell(edition, output=Output.LETTER, now=HOUR)
    assert [item.story for item in told.items] == [first.pk]


def test_a_letter_that_cannot_be_made_holds_up_no_other_and_the_desk_learns_of_it(letter, monkeypatch):
    other = Letter.objects.create(slug="other", name="Other", hour=10)
    subscribe(other)
    story_of()
    fill = assembling.fill
    monkeypatch.setattr(
        assembling, "fill", lambda edition, **more: fill(edition, **more) if edition.letter == other else 1 / 0
    )

    (made,) = assemble(now=HOUR)

    assert made.letter == other
    assert list(Letter.objects.order_by("pk").values_list("trouble_at", flat=True)) == [HOUR, None]

    monkeypatch.setattr(assembling, "fill", fill)
    assemble(now=HOUR - MINUTE)
    letter.refresh_from_db()
    assert letter.trouble_at is None
    assert stories_of(letter.editions.get())
