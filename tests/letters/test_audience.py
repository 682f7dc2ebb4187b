"""Who gets an edition and when; asked for all at its beginning, and again at the moment of sending."""

from datetime import timedelta

import pytest
from django.db import connection

from broadsheet.letters import audience
from broadsheet.letters.audience import Choice, arrival_days, due, may_get, recipients, refusals
from broadsheet.letters.keys import address_key, new_key
from broadsheet.letters.leaving import leave
from broadsheet.letters.models import Edition, Letter, Subscriber, Subscription, Suppression
from broadsheet.readers.models import ObjectionKind
from broadsheet.readers.objections import object_to, withdraw
from tests.factories import NOW, make_article, make_reader, make_story

pytestmark = pytest.mark.django_db
SIX = NOW.replace(hour=6, minute=0)  # of a Sunday


@pytest.fixture
def morning():
    return Letter.objects.create(slug="morning", name="Morning")


def subscribe(letter, address, *, story=None, days="", hour=None, **more):
    more = {"confirmed_at": NOW, **more}
    subscriber, _ = Subscriber.objects.get_or_create(address=address, defaults={"key": new_key(), **more})
    Subscription.objects.create(subscriber=subscriber, letter=letter, story=story, days=days, hour=hour)
    return subscriber


def edition_of(letter, **more):
    return Edition.objects.create(letter=letter, issue=1, go_at=SIX, **more)


def addresses(edition, **more):
    return [one.address for one in recipients(edition, now=SIX, **more)]


def test_only_those_who_asked_confirmed_stay_and_do_not_pause_get_it(morning):
    other = Letter.objects.create(slug="weekly", name="Weekly")
    subscribe(morning, "ada@harbor.example")
    subscribe(morning, "unconfirmed@harbor.example", confirmed_at=None)
    leave(subscribe(morning, "left@harbor.example").key, "morning")
    subscribe(morning, "pausing@harbor.example", paused_until=SIX + timedelta(days=1))
    subscribe(morning, "back@harbor.example", paused_until=SIX - timedelta(days=1))
    subscribe(other, "elsewhere@harbor.example")
    subscribe(morning, "suppressed@harbor.example")
    Suppression.objects.create(key=address_key("Suppressed@harbor.example"), reason="complaint")
    subscribe(morning, "forgiven@harbor.example")
    Suppression.objects.create(key=address_key("forgiven@harbor.example"), reason="soft", until=SIX)
    assert addresses(edition_of(morning)) == ["ada@harbor.example", "back@harbor.example", "forgiven@harbor.example"]


def test_chunks_end_and_resume_without_losing_or_doubling_anybody(morning, monkeypatch):
    monkeypatch.setattr(audience, "CHUNK", 3)
    made = [subscribe(morning, f"r{number}@harbor.example") for number in range(10)]
    edition = edition_of(morning)
    assert [one.subscriber for one in recipients(edition)] == [one.pk for one in made]
    assert [one.subscriber for one in recipients(edition, after=made[4].pk)] == [one.pk for one in made[5:]]


def test_a_chunk_is_read_in_three_queries(morning, django_assert_num_queries):
    for number in range(5):
        subscribe(morning, f"r{number}@harbor.example")
    edition = edition_of(morning)
    with django_assert_num_queries(3):
        list(recipients(edition))


def test_who_objects_to_mail_gets_none_until_they_take_it_back(morning):
    reader = make_reader("ada@harbor.example")
    ada = subscribe(morning, "ada@harbor.example")
    made = object_to(reader, ObjectionKind.MAIL, "", now=NOW)
    assert addresses(edition_of(morning)) == []
    assert may_get(ada.pk, morning, now=SIX)

    withdraw(made, now=NOW)
    assert not may_get(ada.pk, morning, now=SIX)


def test_who_follows_a_story_follows_what_it_became_part_of_once():
    letter = Letter.objects.create(slug="story", name="Story", kind="story")
    old, new, other = (make_story(make_article()) for _ in range(3))
    old.merged_into = new
    old.save()
    ada = subscribe(letter, "ada@harbor.example", story=old)
    Subscription.objects.create(subscriber=ada, letter=letter, story=new)
    subscribe(letter, "bo@harbor.example", story=old)
    subscribe(letter, "cy@harbor.example", story=other)
    assert addresses(edition_of(letter, story=new)) == ["ada@harbor.example", "bo@harbor.example"]


def test_a_personal_letter_needs_an_account_that_may_log_in():
    letter = Letter.objects.create(slug="personal", name="Personal", kind="personal")
    active, closed = make_reader("ada@harbor.example"), make_reader("bo@harbor.example")
    closed.is_active = False
    closed.save()
    subscribe(letter, active.email, reader=active)
    bo = subscribe(letter, closed.email, reader=closed)
    subscribe(letter, "cy@harbor.example")
    assert addresses(edition_of(letter)) == ["ada@harbor.example"]
    assert may_get(bo.pk, letter) == "no_account"


@pytest.mark.parametrize(
    ("choice", "after"),
    [
        (Choice(), timedelta()),
        (Choice(hour=6), timedelta()),
        (Choice(hour=7), timedelta(hours=1)),
        (Choice(hour=5), timedelta(hours=23)),
        (Choice(hour=7, zone="Asia/Tokyo"), timedelta(hours=16)),  # six in London is three in the afternoon there
        (Choice(hour=7, zone="Asia/Kathmandu"), timedelta(hours=19, minutes=15)),
        (Choice(days="6"), timedelta()),
        (Choice(days="0"), None),
        (Choice(days="0", hour=7, zone="Asia/Tokyo"), timedelta(hours=16)),  # Monday there by then
        (Choice(days="6", hour=7, zone="Asia/Tokyo"), None),
    ],
)
def test_an_edition_comes_at_the_first_hour_that_suits_on_a_day_that_suits(choice, after):
    found = due(Letter(slug="morning"), choice, SIX)
    assert found == (None if after is None else SIX + after)


HONOLULU = "Pacific/Honolulu"  # six on a Sunday in London is eight on Saturday evening there


@pytest.mark.parametrize(
    ("days", "choice", "own"),
    [
        ("6", Choice(), "6"),
        ("6", Choice(zone=HONOLULU), "5"),
        ("6", Choice(zone=HONOLULU, hour=7), "6"),
        ("03", Choice(zone=HONOLULU), "26"),
        ("01234", Choice(zone=HONOLULU), "01236"),
        ("0123456", Choice(zone=HONOLULU), "0123456"),
        ("", Choice(), ""),
    ],
)
def test_the_days_of_a_letter_are_told_as_the_reader_has_them(days, choice, own):
    assert arrival_days(Letter(days=days), choice, SIX) == own


@pytest.mark.parametrize(
    ("days", "choice", "comes"),
    [
        ("6", Choice(days="0"), True),  # the letter has come to have one day: there is nothing to choose from any more
        ("6", Choice(days="6", zone=HONOLULU), True),
        ("6", Choice(days="5", zone=HONOLULU), True),
        ("26", Choice(days="5", zone=HONOLULU), True),
        ("26", Choice(days="2", zone=HONOLULU), True),
        ("26", Choice(days="1", zone=HONOLULU), False),
    ],
)
def test_a_chosen_day_is_the_readers_own_and_never_keeps_a_letter_away_for_good(days, choice, comes):
    assert (due(Letter(days=days), choice, SIX) is not None) == comes


def test_within_the_chosen_hour_it_is_sent_at_once():
    assert due(Letter(), Choice(hour=6), SIX + timedelta(minutes=20)) == SIX + timedelta(minutes=20)


def test_an_hour_that_the_clocks_skip_is_still_one_moment():
    night = NOW.replace(year=2027, month=3, day=28, hour=0, minute=0)
    found = due(Letter(), Choice(hour=2, zone="Europe/Berlin"), night)
    assert found == night + timedelta(hours=1)


@pytest.mark.parametrize("kind", ["breaking", "story"])
def test_what_is_urgent_waits_for_nobodys_hour(kind):
    assert due(Letter(kind=kind), Choice(days="0", hour=23), SIX) == SIX


def test_the_moment_of_sending_asks_again_and_says_why_not(morning):
    names = ["fine", "gone", "unconfirmed", "left", "paused", "suppressed"]
    made = {name: subscribe(morning, f"{name}@harbor.example") for name in names}
    numbers = {name: row.pk for name, row in made.items()}
    made["gone"].delete()
    Subscriber.objects.filter(pk=numbers["unconfirmed"]).update(confirmed_at=None)
    leave(made["left"].key, "morning")
    Subscriber.objects.filter(pk=numbers["paused"]).update(paused_until=NOW + timedelta(days=3))
    Suppression.objects.create(key=address_key("suppressed@harbor.example"), reason="hard")
    found = refusals(list(numbers.values()), morning, now=NOW)
    assert found == {numbers[name]: name for name in names[1:]}
    assert may_get(numbers["fine"], morning, now=NOW) == ""
    assert may_get(numbers["left"], morning, now=NOW) == "left"


def test_leaving_one_story_keeps_the_others_and_leaving_all_leaves_nothing():
    letter = Letter.objects.create(slug="story", name="Story", kind="story")
    one, two = make_story(make_article()), make_story(make_article())
    ada = subscribe(letter, "ada@harbor.example", story=one)
    subscribe(letter, "ada@harbor.example", story=two)
    assert leave(ada.key, "story", "too_many", story=one.pk) == 1
    assert may_get(ada.pk, letter, story=one.pk) == "left"
    assert may_get(ada.pk, letter, story=two.pk) == ""
    assert leave(ada.key) == 1
    assert leave(ada.key) == 0
    assert leave("nobodys-key-nobodys-key-nobodys-key") == 0
    assert set(Subscription.objects.values_list("reason", flat=True)) == {"too_many", "untold"}


@pytest.mark.parametrize("kind", ["edition", "breaking", "story", "personal"])
def test_asking_about_a_few_never_reads_the_whole_list(kind):
    if connection.vendor != "sqlite":
        pytest.skip("plans of PostgreSQL depend on what it has measured")
    letter = Letter.objects.create(slug="a", name="A", kind=kind)
    plan = audience._wanting(letter, 1 if kind == "story" else None).filter(subscriber__in=[1, 2, 3]).explain()
    assert "subscriber_id=?" in plan or "letters_subscription USING INDEX subscription_of_story_once" in plan, plan


def test_a_letter_about_a_story_that_is_gone_goes_to_nobody():
    letter = Letter.objects.create(slug="story", name="Stories", kind="story")
    ada = subscribe(letter, "ada@harbor.example", story=make_story(make_article()))
    assert addresses(edition_of(letter, story=None)) == []
    assert may_get(ada.pk, letter, story=None, now=NOW) == "left"
