"""Articles join stories in order, copies fold under originals, and a restart changes no answer."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.articles.models import Article, Body, Mention
from broadsheet.finished.models import Purge
from broadsheet.sources.models import Publisher
from broadsheet.stories import memory
from broadsheet.stories.actions import place_articles
from broadsheet.stories.models import Membership, Quotation, Story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

BRIDGE = (
    "The Karsund bridge reopened on Sunday after nine years of repairs, Transport Minister Ilse Varga said. "
    "“We promised a bridge and here it is,” Varga told reporters in Karsund. The work cost 412 million crowns, "
    "twice what the Assembly approved in 2017, and employed 1,300 people from the coast."
)
BRIDGE_AGAIN = (
    "Nine years and 412 million crowns later, cars roll over the Karsund bridge again. Minister Ilse Varga cut the "
    "ribbon on Sunday morning in Karsund. The repairs were to cost half of that when the Assembly approved them; "
    "1,300 workers from the coast took part, the ministry of transport said."
)
HARVEST = (
    "Farmers in the Ostrel valley brought in the smallest apple harvest for thirty years, their union said on "
    "Saturday. Late frost in May destroyed two thirds of the blossoms, and hail in August did the rest."
)


@pytest.fixture(autouse=True)
def fresh_memory():
    memory.forget()
    yield
    memory.forget()


def publisher(name, owner=""):
    return Publisher.objects.create(slug=name, name=name.title(), home=f"https://{name}.example/", owner=owner)


def article(made_by, headline, text, *, hours=0, **values):
    made = Article.objects.create(
        key=f"{Article.objects.count():032x}",
        address=f"{made_by.home}{Article.objects.count()}",
        publisher=made_by,
        headline=headline,
        slug="slug",
        language="en",
        shown_at=NOW - timedelta(hours=24) + timedelta(hours=hours),
        **values,
    )
    blocks = [{"kind": "paragraph", "text": piece} for piece in text.split("\n\n")]
    Body.objects.create(article=made, blocks=blocks, receipt={})
    return made


def place_all():
    while place_articles(now=NOW).articles:
        pass


def story_of(made):
    return Membership.objects.get(article=made).story


def test_two_reports_of_one_event_make_one_story():
    one = article(publisher("tidings"), "Karsund bridge reopens after nine years", BRIDGE)
    two = article(publisher("courier"), "Cars roll over Karsund bridge again", BRIDGE_AGAIN, hours=1)
    other = article(publisher("gazette"), "Smallest apple harvest for thirty years", HARVEST, hours=2)

    place_all()

    story = story_of(one)
    assert story_of(two) == story != story_of(other)
    assert (story.articles_count, story.outlets, story.independents) == (2, 2, 2)
    assert story.lead == one
    assert story.weight > story_of(other).weight - 1
    assert Purge.objects.filter(tag=story.tag).exists()


def test_copy_is_folded_and_adds_no_weight():
    one = article(publisher("tidings"), "Karsund bridge reopens after nine years", BRIDGE)
    copy = article(publisher("mirror"), "A bridge, at last", BRIDGE, hours=3)

    place_all()

    member = Membership.objects.get(article=copy)
    assert member.original == one
    assert member.share_kept > 0.9
    story = story_of(one)
    assert (story.articles_count, story.outlets, story.independents) == (2, 2, 1)
    assert story.moved_at == one.shown_at


def test_quotations_and_topics_are_noted_with_their_place():
    made = article(publisher("tidings"), "Karsund bridge reopens", BRIDGE)

    place_all()

    quotation = Quotation.objects.get()
    assert BRIDGE[quotation.start : quotation.end] == quotation.text == "We promised a bridge and here it is,"
    assert "Varga" in quotation.speaker
    assert Mention.objects.filter(article=made, topic__slug="karsund").exists() or Mention.objects.exists()


def test_reserved_text_is_grouped_by_headline_and_not_mined():
    made = article(
        publisher("tidings"), "Karsund bridge reopens", BRIDGE, signals={"tdm-reservation": "1"}, summary="A bridge."
    )

    place_all()

    assert story_of(made)
    assert not Quotation.objects.exists()


def test_restart_between_articles_changes_no_answer():
    makers = [publisher(f"paper{number}") for number in range(4)]

    def run(*, restart):
        Article.objects.all().delete()
        Story.objects.all().delete()
        memory.forget()
        for number, (headline, text) in enumerate(
            [
                ("Karsund bridge reopens", BRIDGE),
                ("Apple harvest small", HARVEST),
                ("Cars roll over bridge", BRIDGE_AGAIN),
            ]
        ):
            article(makers[number], headline, text, hours=number)
            place_all()
            if restart:
                memory.forget()
        found = Membership.objects.order_by("sequence").values_list("article__key", "story__key")
        return list(found)

    assert run(restart=False) == run(restart=True)


def test_restart_reads_no_text_that_was_reserved():
    article(publisher("tidings"), "A bridge", BRIDGE, signals={"tdm-reservation": "1"})
    place_all()
    memory.forget()
    article(publisher("ledger"), "Karsund bridge reopens after nine years", BRIDGE, hours=1)
    place_all()

    assert not Membership.objects.exclude(original=None).exists()


def test_held_page_finds_its_story_by_the_text_that_was_announced():
    told = article(publisher("tidings"), "Karsund bridge reopens after nine years", BRIDGE)
    held = article(
        publisher("ledger"),
        "Ribbon is cut at last",
        BRIDGE_AGAIN,
        hours=1,
        state="held",
        summary="Workers from the coast took part.",
    )
    place_all()

    assert story_of(held) == story_of(told)


def test_held_page_with_other_words_than_announced_is_told_by_the_announcement():
    told = article(publisher("tidings"), "Karsund bridge reopens after nine years", BRIDGE)
    held = article(
        publisher("ledger"),
        "Apple harvest is small",
        BRIDGE_AGAIN,
        hours=1,
        state="held",
        summary="Farmers in the Ostrel valley brought in the smallest harvest for thirty years.",
    )
    place_all()

    assert story_of(held) != story_of(told)


def test_failed_batch_leaves_nothing_behind(monkeypatch):
    article(publisher("tidings"), "Karsund bridge reopens", BRIDGE)

    def fail(*_, **__):
        raise RuntimeError("disk full")

    monkeypatch.setattr("broadsheet.stories.actions.refresh_stories", fail)
    with pytest.raises(RuntimeError):
        place_articles(now=NOW)
    assert not Membership.objects.exists()
    monkeypatch.undo()

    place_all()
    assert Membership.objects.count() == 1


def test_revision_is_placed_again_in_its_story_without_a_new_place():
    made = article(publisher("tidings"), "Karsund bridge reopens", BRIDGE)
    place_all()
    before = Membership.objects.get().sequence
    Article.objects.filter(pk=made.pk).update(grouped_at=None, headline="Karsund bridge reopens at last")

    place_all()

    assert Membership.objects.get().sequence == before
    assert Story.objects.get().headline == "Karsund bridge reopens at last"


def test_outlets_of_one_owner_count_less():
    owned = [publisher(f"chain{number}", owner="Chain Ltd") for number in range(4)]
    for number, made_by in enumerate(owned):
        article(
            made_by,
            "Karsund bridge reopens" if number % 2 else "Cars over bridge",
            BRIDGE if number % 2 else BRIDGE_AGAIN,
        )
    place_all()

    story = Story.objects.filter(merged_into=None).order_by("-articles_count").first()
    assert story.outlets == story.articles_count
    assert story.independents <= story.outlets


def test_summary_of_a_walled_report_is_nobodys_copy():
    one = article(publisher("tidings"), "Karsund bridge reopens after nine years", BRIDGE)
    walled = article(publisher("ledger"), "A bridge, at last", "", hours=1, state="held", summary=BRIDGE[:200])
    place_all()

    assert not Membership.objects.exclude(original=None).exists()
    assert story_of(one).articles_count + story_of(walled).articles_count >= 2
