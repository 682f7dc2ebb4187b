"""Personal letters: what a reader follows, why it is there, nothing twice, and nothing else."""

from datetime import timedelta

import pytest

from broadsheet.letters.models import Delivery, Edition, Letter, Subscriber
from broadsheet.letters.rendering import compose
from broadsheet.readers.models import Follow
from tests.factories import NOW, make_reader, make_section
from tests.letters.test_rendering import make_edition, recipient, story_called

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("composing")]


@pytest.fixture
def personal():
    return Letter.objects.create(slug="mine", name="Mine", kind="personal", size=2)


def follower(*sections, address="ada@harbor.example"):
    reader = make_reader(address)
    for section in sections:
        Follow.objects.create(reader=reader, kind="section", name=section.slug)
    subscriber = Subscriber.objects.create(address=address, key=f"{reader.pk:043}", reader=reader, confirmed_at=NOW)
    return recipient(subscriber=subscriber.pk, key=subscriber.key, reader=reader.pk)


def test_a_personal_letter_tells_what_its_reader_follows_and_why(personal):
    world, sport = make_section("world", "World"), make_section("sport", "Sport")
    story_called("From the world", section=world)
    story_called("From sport", section=sport)
    composed = compose(make_edition(personal), now=NOW)
    mail = composed.mail(follower(world))
    assert mail.subject == "From the world"
    for part in (mail.html, mail.text):
        assert "From the world" in part
        assert "From sport" not in part
    assert "You follow: World" in mail.text
    assert "You follow: <bdi>World</bdi>" in mail.html


def test_who_follows_nothing_new_gets_no_mail(personal):
    story_called("From sport", section=make_section("sport"))
    composed = compose(make_edition(personal), now=NOW)
    assert composed.mail(follower(make_section("world"))) is None
    assert composed.mail(recipient(reader=None, subscriber=77)) is None
    assert not composed.is_empty  # for others there may be something


def test_a_personal_letter_tells_nothing_twice(personal):
    world = make_section("world")
    ada = follower(world)
    story_called("Told before", section=world, minutes_ago=300)
    story_called("New by now", section=world, minutes_ago=10)
    last = Edition.objects.create(letter=personal, issue=7, until=NOW)
    Delivery.objects.create(
        edition=last, subscriber_id=ada.subscriber, domain="x", state="sent", changed_at=NOW - timedelta(hours=2)
    )
    mail = compose(make_edition(personal), now=NOW).mail(ada)
    assert "New by now" in mail.text
    assert "Told before" not in mail.text


def test_what_reached_us_after_the_last_personal_letter_is_told_though_published_before(personal):
    world = make_section("world")
    ada = follower(world)
    late = story_called("Gathered late", section=world, minutes_ago=150)
    late.memberships.update(joined_at=NOW - timedelta(minutes=90))
    last = Edition.objects.create(letter=personal, issue=7, until=NOW)
    Delivery.objects.create(
        edition=last, subscriber_id=ada.subscriber, domain="x", state="sent", changed_at=NOW - timedelta(hours=2)
    )
    assert "Gathered late" in compose(make_edition(personal), now=NOW).mail(ada).text


def test_a_personal_letter_keeps_to_its_size_and_to_rights(personal):
    world = make_section("world")
    story_called("Not to be named", section=world, mode="link")
    for number in range(4):
        story_called(f"Named {number}", section=world)
    mail = compose(make_edition(personal), now=NOW).mail(follower(world))
    assert mail.text.count("Named") == 2
    assert "Not to be named" not in mail.html


def test_a_batch_of_personal_letters_is_read_at_once(personal, django_assert_max_num_queries):
    world = make_section("world")
    story_called("From the world", section=world)
    readers = [follower(world, address=f"r{number}@harbor.example") for number in range(8)]
    composed = compose(make_edition(personal), now=NOW)
    compose(make_edition(Letter.objects.create(slug="other", name="Other"), story_called("x")), now=NOW).mail(
        readers[0]
    )
    with django_assert_max_num_queries(25):
        composed.prepare(readers)
        assert all(composed.mail(reader) for reader in readers)
