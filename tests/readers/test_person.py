"""The rights of a person: all of it seen, taken along, erased without a trace, and forgotten in time."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

import tests.factories as make
from broadsheet.privacy import holdings
from broadsheet.readers import following, meter
from broadsheet.readers.accounts import ask_address_change, give_role, has_role, publishers_of, take_role
from broadsheet.readers.models import AuditLine, MeterBook, MuteKind, Reader, ReadMark, RoleKind
from broadsheet.readers.person import archive_of, erase
from broadsheet.readers.retention import NO_ADDRESS, PERIODS, forget_old
from broadsheet.readers.targets import Thing
from tests.readers.conftest import fill, log_in, make_reader

pytestmark = pytest.mark.django_db
ADA = "ada@harbor.example"


def everything():
    """Every row of every table as one text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            told.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(told)


def live(client, reader, mailbox):
    """Do everything that leaves something behind."""
    log_in(client, ADA, mailbox)
    following.follow(reader, [Thing("search", "harbor pilots")])
    following.mute(reader, MuteKind.WORD, "regatta")
    following.feed_key(reader)
    following.keep_read_state(reader, True)
    following.mark_read(reader, [7])
    client.post("/my/comments/name", {"name": "Ada of the Harbor"})
    ask_address_change(reader, "ada@island.example")
    fill(Client(), "/account/login", email=ADA)


def test_the_archive_holds_everything(client, reader, mailbox):
    live(client, reader, mailbox)

    found = json.loads(client.get("/my/data.json").content)

    assert found["account"]["email"] == ADA
    assert found["account"]["name"] == "Ada of the Harbor"
    assert found["follows"][0]["name"] == "harbor pilots"
    assert found["mutes"][0]["name"] == "regatta"
    assert found["read_marks"][0]["story"] == 7
    assert found["sessions"][0]["network_address"] == "127.0.0.1"
    assert "password" not in json.dumps(found)


def test_erasing_leaves_nothing_of_the_person(client, reader, mailbox):
    live(client, reader, mailbox)
    bob = make_reader("bob@harbor.example")
    following.follow(bob, [Thing("search", "grain")])

    done = client.post("/my/erase", {"sure": "yes", "what": "words"})

    assert done.status_code == 200
    left = everything()
    for trace in (ADA, "ada@island", "Ada of the Harbor", "harbor pilots", "regatta"):
        assert trace not in left
    assert "bob@harbor.example" in left
    assert AuditLine.objects.get(act="erased").detail == "words too"
    assert client.get("/account").status_code == 302
    assert "erased" in mailbox.to(ADA)[-1][0]


def test_a_slip_of_the_finger_erases_nothing(client, reader, mailbox):
    client.force_login(reader)
    client.get("/my/erase")
    client.post("/my/erase", {"what": "words"})

    assert Reader.objects.filter(pk=reader.pk).exists()


def test_erasing_takes_the_name_off_what_was_written_or_the_words_too(reader, mailbox):
    from broadsheet.comments.models import Comment, Thread

    story = make.make_story(make.make_article())
    thread = Thread.objects.create(story=story, count=2)
    bob = make_reader("bob@harbor.example")
    for author, token in ((reader, "a"), (bob, "b")):
        Comment.objects.create(
            thread=thread,
            author=author,
            name="Somebody",
            state="published",
            markdown="The pier.",
            html="x",
            token=token,
        )
    assert archive_of(reader, now=timezone.now())["comments"][0]["markdown"] == "The pier."

    erase(reader, words=False)
    erase(bob, words=True)

    first, second = Comment.objects.order_by("pk")
    assert (first.author, first.name, first.markdown) == (None, "", "The pier.")
    assert (second.author, second.name, second.markdown) == (None, "", "")


class TestForgettingInTime:
    def test_accounts_never_confirmed_go_after_seven_days(self, client, mailbox):
        fill(client, "/account/join", email="eve@harbor.example", terms="yes")
        confirmed = make_reader("bob@harbor.example")

        assert forget_old(now=timezone.now() + timedelta(days=6))["accounts never confirmed"] == 0
        forget_old(now=timezone.now() + timedelta(days=8))

        assert list(Reader.objects.all()) == [confirmed]
        assert "eve@harbor.example" not in everything().replace("django_session", "")

    def test_network_addresses_go_after_fourteen_days_and_the_session_stays(self, client, reader, mailbox):
        log_in(client, ADA, mailbox)
        from allauth.usersessions.models import UserSession

        forget_old(now=timezone.now() + timedelta(days=15))

        assert UserSession.objects.get().ip == NO_ADDRESS
        assert client.get("/account").status_code == 200

    def test_ended_sessions_meters_and_limits_go(self, client, reader, mailbox):
        now = timezone.now()
        live(client, reader, mailbox)
        meter.spend("", 1, "192.0.2.1", now=now)

        gone = forget_old(now=now + timedelta(days=100))

        assert gone["ended sessions"] >= 1
        assert MeterBook.objects.count() == 0
        assert ReadMark.objects.count() == 0
        assert all(count >= 0 for count in gone.values())

    def test_it_may_run_twice(self, reader):
        later = timezone.now() + timedelta(days=10)
        forget_old(now=later)

        assert set(forget_old(now=later).values()) == {0}

    def test_the_privacy_page_tells_the_periods_that_are_enforced(self, client, settings):
        told = " ".join(holding.kept for holding in holdings())
        page = client.get("/privacy").content.decode()

        for period in PERIODS:
            if period.setting:
                assert f"{period.days} day" in told
        assert "14 days" in page


class TestRoles:
    def test_roles_are_given_and_taken_with_a_line_about_it(self, reader):
        chief = make_reader("chief@harbor.example")
        assert not has_role(reader, RoleKind.EDITOR)

        give_role(reader, RoleKind.EDITOR, actor=chief)
        give_role(reader, RoleKind.EDITOR, actor=chief)

        assert has_role(reader, RoleKind.EDITOR)
        assert not has_role(reader, RoleKind.MODERATOR)
        assert take_role(reader, RoleKind.EDITOR, actor=chief)
        assert not has_role(reader, RoleKind.EDITOR)
        acts = AuditLine.objects.filter(subject=reader.pk).order_by("pk").values_list("act", "detail", "actor")
        assert list(acts) == [("role given", "editor", chief.pk), ("role taken", "editor", chief.pk)]

    def test_a_publisher_speaks_for_its_own_sources_alone(self, reader):
        own, other = make.make_publisher("Harbor Courier"), make.make_publisher("Island Post")

        give_role(reader, RoleKind.PUBLISHER, publisher=own)

        assert publishers_of(reader) == [own]
        assert other not in publishers_of(reader)
        assert not has_role(reader, RoleKind.EDITOR)

    def test_administrators_may_act_as_all_and_strangers_as_nobody(self, reader):
        give_role(reader, RoleKind.ADMINISTRATOR)

        assert has_role(reader, RoleKind.MODERATOR)
        assert not has_role(None, RoleKind.MODERATOR)


class TestTheNoticeOfIncentive:
    def test_joining_agrees_to_nothing_of_the_kind(self, client, mailbox):
        fill(client, "/account/join", email=ADA, terms="yes")

        assert not Reader.objects.get().agreements.filter(document="incentive").exists()
