"""What an editor decides stays: through new articles, restarts and the machine's own second thoughts."""

from datetime import timedelta

import pytest

from broadsheet.articles.models import Article
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


def test_what_carried_a_story_on_carries_on_what_it_was_merged_into(papers):
    texts = [("Bridge", BRIDGE), ("Harvest", HARVEST), ("Wolf", "A wolf came by the village of Osk at night.")]
    made = [article(papers[n], *text) for n, text in enumerate(texts)]
    place_all()
    older, other, newer = map(story_of, made)
    Story.objects.filter(pk=newer.pk).update(continues=older)
    Story.objects.filter(pk=other.pk).update(continues=older)

    editing.merge_stories(keep=other, give=older, **HOW)

    newer.refresh_from_db()
    other.refresh_from_db()
    assert (newer.continues, other.continues) == (other, None)


def test_copies_go_where_an_editor_puts_their_original(papers):
    one = article(papers[0], "Karsund bridge reopens", BRIDGE)
    copy = article(papers[1], "Bridge open", BRIDGE, hours=1)
    two = article(papers[2], "Cars roll over Karsund bridge again", BRIDGE_AGAIN, hours=2)
    place_all()
    assert story_of(one) == story_of(copy) == story_of(two)

    new = editing.split_story(story_of(two), [one], **HOW)
    assert story_of(copy) == new != story_of(two)
    editing.move_article(one, story_of(two), **HOW)
    assert story_of(copy) == story_of(one) == story_of(two)
    with pytest.raises(editing.EditingError):
        editing.split_story(story_of(copy), [one, two], **HOW)


def test_copy_does_not_join_a_closed_story_either(papers):
    one = article(papers[0], "Karsund bridge reopens", BRIDGE)
    place_all()
    editing.close_story(story_of(one), True, **HOW)
    copy = article(papers[1], "Bridge open", BRIDGE, hours=1)
    place_all()

    assert story_of(copy) != story_of(one)
    assert Membership.objects.get(article=copy).original == one
    assert story_of(copy).articles_count == 1


def test_what_was_merged_in_the_meantime_is_refused(papers):
    one, two, three = (
        article(papers[number], title, text)
        for number, (title, text) in enumerate([("Bridge", BRIDGE), ("Harvest", HARVEST), ("Wolf", "A wolf came by.")])
    )
    place_all()
    stale = story_of(two)
    editing.merge_stories(keep=story_of(one), give=story_of(two), **HOW)
    with pytest.raises(editing.EditingError):
        editing.merge_stories(keep=stale, give=story_of(three), **HOW)
    with pytest.raises(editing.EditingError):
        editing.move_article(three, stale, **HOW)


def test_acts_are_learnt_without_reading_everything_again(papers, monkeypatch):
    bridge = [article(papers[0], "Karsund bridge reopens", BRIDGE)]
    bridge.append(article(papers[1], "Cars roll over Karsund bridge again", BRIDGE_AGAIN, hours=1))
    harvest = article(papers[2], "Smallest apple harvest", HARVEST)
    place_all()
    monkeypatch.setattr(memory, "_rebuild", None)  # would fail if it were called

    new = editing.split_story(story_of(bridge[0]), [bridge[1]], **HOW)
    editing.move_article(harvest, new, **HOW)
    editing.retitle_story(new, "Two things at once", **HOW)
    late = article(papers[3], "Apple harvest smallest in decades", HARVEST + " Prices rose.", hours=2)
    place_all()

    assert story_of(late) == story_of(harvest) == story_of(bridge[1]) == new != story_of(bridge[0])


@pytest.mark.parametrize("act", ["merge", "split", "move", "close"])
def test_answers_after_an_act_are_those_after_a_restart(papers, act):
    def run(restart):
        for model in (Membership, Story, StoryChange, Article):
            model.objects.all().delete()
        memory.forget()
        texts = [BRIDGE, BRIDGE_AGAIN, HARVEST, BRIDGE_AGAIN + " Ferries stay."]
        made = [article(papers[n], text[:40], text, hours=n) for n, text in enumerate(texts)]
        place_all()
        stories = story_of(made[0]), story_of(made[2])
        if act == "merge":
            editing.merge_stories(keep=stories[0], give=stories[1], **HOW)
        elif act == "split":
            editing.split_story(stories[0], [made[0]], **HOW)
        elif act == "move":
            editing.move_article(made[2], stories[0], **HOW)
        else:
            editing.close_story(stories[0], True, **HOW)
        if restart:
            memory.forget()
        for n in (4, 5):
            article(papers[n], texts[n - 3][:36], texts[n - 3] + " Rain fell.", hours=n)
        place_all()
        return list(Membership.objects.order_by("sequence").values_list("article__key", "story__key", "original__key"))

    assert run(restart=False) == run(restart=True)
