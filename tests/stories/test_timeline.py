"""A story's events in order: first report, independent ones, folded copies, edits, changes of grouping."""

from datetime import timedelta

import pytest

from broadsheet.articles.displays import Displays
from broadsheet.rights import Output
from broadsheet.stories.edits import edits_of
from broadsheet.stories.models import StoryChange
from broadsheet.stories.queries import members_of
from broadsheet.stories.spread import spread
from broadsheet.stories.timeline import EventKind, last_movement, timeline
from tests.factories import NOW, make_article, make_publisher, make_revision, make_story

pytestmark = pytest.mark.django_db


def kinds(events):
    return [event.kind for event in events]


def test_reports_are_told_and_copies_folded():
    agency, paper = make_publisher(), make_publisher()
    first = make_article(agency, minutes_ago=300)
    copies = [make_article(minutes_ago=200 - number) for number in range(3)]
    own = make_article(paper, minutes_ago=100)
    later = make_article(agency, minutes_ago=50)
    story = make_story(first, *copies, own, later, copies=dict.fromkeys(copies, first))

    events = timeline(members_of(story, 200))

    assert kinds(events) == [EventKind.FIRST, EventKind.COPIES, EventKind.REPORT, EventKind.FURTHER]
    assert (events[1].article, events[1].outlets, events[1].articles) == (first, 3, tuple(copies))
    assert last_movement(events).article == later


def test_copies_that_come_much_later_are_an_event_of_their_own():
    first = make_article(minutes_ago=3000)
    copies = [make_article(minutes_ago=ago) for ago in (2900, 100)]
    story = make_story(first, *copies, copies=dict.fromkeys(copies, first))

    assert kinds(timeline(members_of(story, 200))) == [EventKind.FIRST, EventKind.COPIES, EventKind.COPIES]


def test_edits_and_corrections_stand_in_their_time():
    article = make_article(minutes_ago=300, headline="Three ships sail")
    revisions = [
        make_revision(article, "One ship sails", minutes_ago=200),
        make_revision(article, "Two ships sail", minutes_ago=100, is_announced=True),
    ]
    members = members_of(make_story(article), 200)
    for revision in revisions:
        revision.article = members[0]

    events = timeline(members, edits_of(Displays(members, Output.PAGE, now=NOW), revisions))

    assert kinds(events) == [EventKind.FIRST, EventKind.HEADLINE, EventKind.CORRECTION]
    assert last_movement(events).kind is EventKind.CORRECTION


def test_what_the_machine_moved_at_once_is_one_event():
    story, absorbed = make_story(make_article(minutes_ago=90)), make_story(make_article(minutes_ago=80))
    for article in (make_article(), make_article()):
        StoryChange.objects.create(story=story, article=article, from_story=absorbed, kind="merged", at=NOW)
    StoryChange.objects.create(story=story, kind="pin", actor="ada", at=NOW)
    StoryChange.objects.create(story=story, kind="split", actor="ada", at=NOW + timedelta(minutes=1))
    changes = StoryChange.objects.select_related("article", "from_story").order_by("-at", "-pk")

    events = timeline(members_of(story, 200), changes=changes)

    assert kinds(events) == [EventKind.FIRST, EventKind.MERGED, EventKind.SPLIT]
    assert (len(events[1].articles), events[1].story, events[1].by_editor) == (2, absorbed, False)
    assert events[2].by_editor


def test_all_that_turned_out_to_be_one_story_at_one_moment_is_one_event():
    story = make_story(make_article(minutes_ago=90))
    for other in (make_story(make_article(minutes_ago=80)), make_story(make_article(minutes_ago=70))):
        StoryChange.objects.create(story=story, article=make_article(), from_story=other, kind="merged", at=NOW)
    for number in range(2):
        editors = make_story(make_article(minutes_ago=60 + number))
        StoryChange.objects.create(story=story, from_story=editors, kind="merge", actor="ada", at=NOW)
    changes = StoryChange.objects.select_related("article", "from_story").order_by("-at", "-pk")

    events = timeline(members_of(story, 200), changes=changes)

    assert [event.by_editor for event in events if event.kind is EventKind.MERGED].count(False) == 1
    assert [event.by_editor for event in events if event.kind is EventKind.MERGED].count(True) == 2


def test_long_story_keeps_its_independent_reports():
    busy = make_publisher()
    many = [make_article(busy, minutes_ago=500 - number) for number in range(30)]
    own = make_article(minutes_ago=10)
    story = make_story(*many, own)

    events = timeline(members_of(story, 200), limit=10)

    assert len(events) == 10
    assert events[-1].article == own


def test_spread_counts_newsrooms_and_countries_over_time():
    first = make_article(make_publisher(country="XV"), minutes_ago=120)
    copy = make_article(make_publisher(country="XV"), minutes_ago=60)
    abroad = make_article(make_publisher(country="XN"), minutes_ago=5)
    story = make_story(first, copy, abroad, copies={copy: first})

    found = spread(members_of(story, 200))

    assert sum(bar.articles for bar in found.bars) == 3
    assert sum(bar.copies for bar in found.bars) == 1
    assert (found.bars[-1].outlets, found.bars[-1].countries, found.highest) == (3, 2, 1)
    assert [(country.code, country.outlets, country.independents) for country in found.countries] == [
        ("XV", 2, 1),
        ("XN", 1, 1),
    ]


def test_countries_that_nobody_knows_are_no_table():
    nowhere = [make_publisher(country="") for _ in range(2)]
    story = make_story(*(make_article(paper, minutes_ago=9) for paper in nowhere))

    assert spread(members_of(story, 200)).countries == ()


@pytest.mark.parametrize("days", [0, 1, 9, 400, 9000])
def test_spread_is_drawn_in_a_few_bars_however_long_it_took(days):
    story = make_story(make_article(minutes_ago=days * 1440 + 7), make_article(minutes_ago=3))

    assert 1 <= len(spread(members_of(story, 200)).bars) <= 25


def test_one_newsroom_does_not_spread():
    paper = make_publisher()

    assert spread(members_of(make_story(make_article(paper), make_article(paper)), 200)) is None
