"""Letters that wait for no hour: breaking news, and single stories as they move."""

from datetime import timedelta

import pytest

from broadsheet.letters.assembling import assemble
from broadsheet.letters.models import Edition, Letter
from broadsheet.letters.models import EditionState as State
from broadsheet.letters.telling import tell
from broadsheet.rights import Output
from tests.factories import NOW, make_article, make_revision
from tests.letters.test_assembling import report, stories_of, story_of, subscribe

pytestmark = pytest.mark.django_db


@pytest.fixture
def breaking():
    made = Letter.objects.create(slug="breaking", name="Breaking", kind="breaking")
    subscribe(made)
    return made


def test_breaking_news_go_out_at_once_and_once(breaking):
    story_of(newsrooms=4)
    assert assemble(now=NOW) == []
    large = story_of(newsrooms=5)
    (edition,) = assemble(now=NOW)
    assert (edition.letter, edition.state, edition.go_at) == (breaking, State.SCHEDULED, NOW)
    assert stories_of(edition) == [large]
    assert assemble(now=NOW + timedelta(hours=2)) == []


def test_breaking_news_keep_their_distance(breaking):
    for _ in range(5):
        story_of(newsrooms=6)
    assert len(assemble(now=NOW)) == 1
    assert assemble(now=NOW + timedelta(minutes=59)) == []
    assert len(assemble(now=NOW + timedelta(hours=2))) == 1
    assert len(assemble(now=NOW + timedelta(hours=4))) == 1
    assert assemble(now=NOW + timedelta(hours=4, minutes=55)) == []  # three a day


def test_where_many_newsrooms_write_more_of_them_make_news_breaking(breaking):
    for _ in range(60):
        make_article(minutes_ago=300)
    story_of(newsrooms=6)  # of 66 that wrote
    assert assemble(now=NOW) == []


def test_old_stories_are_not_breaking(breaking):
    story_of(60 * 7, newsrooms=6)
    assert assemble(now=NOW) == []


def test_a_followed_story_is_told_when_it_moves():
    letter = Letter.objects.create(slug="story", name="Stories", kind="story")
    story, other = story_of(60 * 30), story_of(60 * 30)
    subscribe(letter, story, since=NOW - timedelta(hours=20))
    assert assemble(now=NOW) == []
    report(story, minutes_ago=30)
    report(other, minutes_ago=30)
    (edition,) = assemble(now=NOW)
    assert (edition.story, stories_of(edition)) == (story, [story])
    report(story, minutes_ago=-60)
    assert assemble(now=NOW + timedelta(hours=2)) == []  # letters about one story keep six hours apart
    (second,) = assemble(now=NOW + timedelta(hours=7))
    assert second.since == NOW


def test_a_correction_moves_a_followed_story():
    letter = Letter.objects.create(slug="story", name="Stories", kind="story")
    story = story_of(60 * 30)
    subscribe(letter, story, since=NOW - timedelta(hours=20))
    correction = make_revision(story.lead, "Ferry stays in port", is_announced=True, minutes_ago=15)
    story.moved_at = correction.replaced_at
    story.save()
    (edition,) = assemble(now=NOW)
    assert [item.correction for item in edition.items.all()] == [None, correction.pk]
    assert assemble(now=NOW + timedelta(hours=7)) == []


def test_who_followed_a_story_that_became_part_of_another_follows_that_one():
    letter = Letter.objects.create(slug="story", name="Stories", kind="story")
    old, whole = story_of(60 * 30), story_of(60 * 30)
    subscribe(letter, old, since=NOW - timedelta(hours=20))
    old.merged_into = whole
    old.save()
    report(whole, minutes_ago=30)
    (edition,) = assemble(now=NOW)
    assert edition.story == whole


def test_a_report_that_reached_us_late_moves_a_followed_story():
    letter = Letter.objects.create(slug="story", name="Stories", kind="story")
    story = story_of(60 * 30)
    subscribe(letter, story, since=NOW - timedelta(hours=1))
    report(story, minutes_ago=90)
    assert assemble(now=NOW) == []  # it was there when the story was asked for
    report(story, minutes_ago=80)
    story.memberships.filter(article__shown_at=NOW - timedelta(minutes=80)).update(joined_at=NOW)
    (edition,) = assemble(now=NOW)
    (item,) = tell(edition, output=Output.LETTER, now=NOW).items
    assert [one.at for one in item.reports] == [NOW - timedelta(minutes=80)]


def test_breaking_news_that_an_editor_dropped_or_has_on_the_desk_come_once(breaking):
    Letter.objects.update(by_itself=False)
    story_of(5, newsrooms=12)
    assert len(assemble(now=NOW)) == 1
    assert assemble(now=NOW + timedelta(hours=2)) == []
    Edition.objects.update(state=State.DROPPED)
    assert assemble(now=NOW + timedelta(minutes=5)) == []


def test_what_an_editor_dropped_of_a_followed_story_stays_dropped():
    letter = Letter.objects.create(slug="story", name="Stories", kind="story", by_itself=False)
    story = story_of(30)
    subscribe(letter, story, since=NOW - timedelta(hours=1))
    assert len(assemble(now=NOW)) == 1
    Edition.objects.update(state=State.DROPPED)
    assert assemble(now=NOW + timedelta(minutes=5)) == []
    report(story, minutes_ago=-60)
    assert len(assemble(now=NOW + timedelta(hours=7))) == 1
