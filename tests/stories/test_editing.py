"""What an editor decides stays: through new articles, restarts and the machine's own second thoughts."""

from datetime import timedelta

import pytest

from broadsheet.stories import editing, memory
from broadsheet.stories.models import Membership, Story, StoryChange
from tests.stories.test_actions import (
    BRIDGE,
    BRIDGE_AGAIN,
    HARVEST,
    NOW,
    article,
    fresh_memory,
    place_all,
    publisher,
    story_of,
)

pytestmark = pytest.mark.django_db
__all__ = ["fresh_memory"]
HOW = {"actor": "Rosa Editor", "reason": "one event", "now": NOW}


@pytest.fixture
def papers():
    return [publisher(f"paper{number}") for number in range(6)]


def test_merged_stories_stay_together_and_the_old_address_leads_on(papers):
    one = article(papers[0], "Karsund bridge reopens", BRIDGE)
    two = article(papers[1], "Smallest apple harvest", HARVEST)
    place_all()
    keep, give = story_of(one), story_of(two)

    editing.merge_stories(keep=keep, give=give, **HOW)
    late = article(papers[2], "Apple harvest smallest in decades", HARVEST + " Prices rose.", hours=2)
    place_all()

    give.refresh_from_db()
    assert give.merged_into == keep
    assert story_of(one) == story_of(two) == story_of(late) == keep
    change = StoryChange.objects.get(kind="merge")
    assert (change.actor, change.reason, change.from_story) == ("Rosa Editor", "one event", give)


def test_split_article_is_not_taken_back(papers):
    one = article(papers[0], "Karsund bridge reopens", BRIDGE)
    two = article(papers[1], "Cars roll over Karsund bridge again", BRIDGE_AGAIN, hours=1)
    place_all()
    assert story_of(one) == story_of(two)

    new = editing.split_story(story_of(one), [two], **HOW)
    memory.forget()
    for number in range(2, 5):
        article(papers[number], f"Bridge at Karsund open, part {number}", BRIDGE_AGAIN, hours=number)
    place_all()

    assert story_of(two) == new != story_of(one)
    with pytest.raises(editing.EditingError):
        editing.split_story(new, [], **HOW)


def test_moved_article_empties_its_story_which_then_leads_on(papers):
    one = article(papers[0], "Karsund bridge reopens", BRIDGE)
    two = article(papers[1], "Smallest apple harvest", HARVEST)
    place_all()
    left = story_of(two)

    editing.move_article(two, story_of(one), **HOW)

    left.refresh_from_db()
    assert left.merged_into == story_of(one)
    assert story_of(one).articles_count == 2


def test_headline_of_the_editor_outlives_new_reports(papers):
    one = article(papers[0], "Karsund bridge reopens", BRIDGE)
    place_all()
    editing.retitle_story(story_of(one), "  A bridge,   at last ", **HOW)
    article(papers[1], "Cars roll over Karsund bridge again", BRIDGE_AGAIN, hours=1)
    place_all()

    assert story_of(one).headline == "A bridge, at last"
    editing.retitle_story(story_of(one), "", **HOW)
    assert story_of(one).headline == "Karsund bridge reopens"


def test_pinned_story_leads_until_its_pin_runs_out(papers):
    one = article(papers[0], "Smallest apple harvest", HARVEST)
    two = article(papers[1], "Karsund bridge reopens", BRIDGE, hours=20)
    place_all()
    editing.pin_story(story_of(one), NOW + timedelta(hours=2), **HOW)
    assert Story.objects.order_by("-weight").first() == story_of(one)

    assert editing.release_expired_pins(now=NOW + timedelta(hours=3)) == 1
    assert Story.objects.order_by("-weight").first() == story_of(two)
    with pytest.raises(editing.EditingError):
        editing.pin_story(story_of(one), NOW - timedelta(hours=1), **HOW)


def test_closed_story_takes_no_further_article(papers):
    one = article(papers[0], "Karsund bridge reopens", BRIDGE)
    place_all()
    editing.close_story(story_of(one), True, **HOW)
    late = article(papers[1], "Cars roll over Karsund bridge again", BRIDGE_AGAIN, hours=1)
    place_all()

    assert story_of(late) != story_of(one)
    assert Membership.objects.filter(story=story_of(one)).count() == 1
