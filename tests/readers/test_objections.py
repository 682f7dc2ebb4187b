"""Objections: what software can obey it obeys at once, the rest waits for an answer with a clock."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.test import Client

from broadsheet.readers.candidates import digests, kept, news_of
from broadsheet.readers.models import AuditLine, Follow, Objection, ObjectionKind, Role
from broadsheet.readers.objections import (
    OPEN_AT_ONCE,
    ObjectionError,
    answer,
    object_to,
    objects_to,
    waiting,
    withdraw,
)
from broadsheet.readers.person import archive_of
from broadsheet.readers.retention import NO_ADDRESS
from tests.factories import make_article, make_publisher, make_section, make_story
from tests.readers.conftest import log_in, make_reader

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def logged_in(reader):
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def desk(db):
    actor = make_reader("erika@harbor.example")
    Role.objects.create(reader=actor, kind="administrator")
    client = Client()
    client.force_login(actor)
    return client


class TestObeyedAtOnce:
    @pytest.fixture
    def stories(self, reader):
        section = make_section("world", "World")
        old = make_story(
            *[make_article(make_publisher(), section=section, minutes_ago=120) for _ in range(6)], section=section
        )
        new = make_story(make_article(make_publisher(), section=section, minutes_ago=5), section=section)
        Follow.objects.create(reader=reader, kind="section", name="world")
        kept.forget()
        yield old, new
        kept.forget()

    def test_news_come_in_the_order_of_time_and_nothing_is_put_beside_them(self, reader, stories):
        old, new = stories
        ranked, _missed = news_of(reader, now=NOW)
        object_to(reader, ObjectionKind.ORDERING, "", now=NOW)
        plain, missed = news_of(reader, now=NOW)

        assert [choice.candidate.story for choice in ranked] == [old.pk, new.pk]
        assert [choice.candidate.story for choice in plain] == [new.pk, old.pk]
        assert missed == []

    def test_digests_obey_too(self, reader, stories):
        object_to(reader, ObjectionKind.ORDERING, "", now=NOW)
        ((_number, chosen),) = digests([reader.pk], now=NOW)

        assert [choice.candidate.story for choice in chosen] == [stories[1].pk, stories[0].pk]

    def test_taken_back_it_is_as_before(self, reader, stories):
        made = object_to(reader, ObjectionKind.ORDERING, "", now=NOW)
        withdraw(made, now=NOW)

        assert not objects_to(reader, ObjectionKind.ORDERING)
        assert news_of(reader, now=NOW)[0][0].candidate.story == stories[0].pk

    def test_network_addresses_are_forgotten_now_and_at_every_log_in(self, reader, mailbox):
        first = Client()
        log_in(first, reader.email, mailbox)
        assert UserSession.objects.get().ip == "127.0.0.1"
        object_to(reader, ObjectionKind.NETWORK, "", now=NOW)
        log_in(Client(), reader.email, mailbox)

        assert {session.ip for session in UserSession.objects.all()} == {NO_ADDRESS}


class TestAnsweredByPeople:
    def test_it_waits_with_a_clock_of_a_month(self, reader):
        made = object_to(reader, ObjectionKind.OTHER, "You keep my wishes.", now=NOW)

        assert made.due_at == NOW + timedelta(days=30)
        assert list(waiting()) == [made]
        assert not objects_to(reader, ObjectionKind.OTHER)

    def test_the_answer_is_written_down_and_mailed_once(self, reader, mailbox):
        made = object_to(reader, ObjectionKind.OTHER, "You keep <my> wishes.", now=NOW)
        actor = make_reader("erika@harbor.example")

        assert answer(made, actor, is_upheld=True, words="We stop.", now=NOW)
        assert not answer(made, actor, is_upheld=False, words="We do not.", now=NOW)

        assert list(waiting()) == []
        ((subject, words),) = mailbox.to(reader.email)
        assert "objection" in subject
        assert "You keep <my> wishes." in words
        assert "We stop." in words
        assert AuditLine.objects.filter(act="objection answered", actor=actor.pk, subject=reader.pk).count() == 1

    @pytest.mark.parametrize("words", ["", "   "])
    def test_without_words_there_is_nothing_to_answer(self, reader, words):
        with pytest.raises(ObjectionError, match="words"):
            object_to(reader, ObjectionKind.OTHER, words, now=NOW)

    def test_the_desk_is_not_flooded_by_one(self, reader):
        for number in range(OPEN_AT_ONCE):
            object_to(reader, ObjectionKind.OTHER, f"Number {number}", now=NOW)
        with pytest.raises(ObjectionError, match="many"):
            object_to(reader, ObjectionKind.OTHER, "One more", now=NOW)

    def test_the_same_is_objected_to_once(self, reader):
        object_to(reader, ObjectionKind.MAIL, "", now=NOW)
        with pytest.raises(ObjectionError, match="known"):
            object_to(reader, ObjectionKind.MAIL, "", now=NOW)

    def test_the_database_holds_answers_whole(self, reader):
        made = object_to(reader, ObjectionKind.OTHER, "No.", now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Objection.objects.filter(pk=made.pk).update(is_upheld=True)


class TestPages:
    def test_a_reader_objects_sees_it_and_takes_it_back(self, logged_in, reader):
        logged_in.post("/my/object", {"kind": "ordering"})
        page = logged_in.get("/my/data").content.decode()
        assert "It is obeyed from now on." in page
        assert archive_of(reader, now=NOW)["objections"][0]["kind"] == "ordering"

        logged_in.post("/my/object", {"withdraw": reader.objections.get().pk})
        assert not objects_to(reader, ObjectionKind.ORDERING)

    @pytest.mark.parametrize("sent", [{}, {"kind": "everything"}, {"withdraw": "x"}, {"withdraw": "99"}])
    def test_nonsense_is_refused(self, logged_in, sent):
        assert logged_in.post("/my/object", sent).status_code == 404
        assert not Objection.objects.exists()

    def test_another_readers_objection_is_not_mine_to_take_back(self, logged_in):
        bob = make_reader("bob@harbor.example")
        made = object_to(bob, ObjectionKind.MAIL, "", now=NOW)

        assert logged_in.post("/my/object", {"withdraw": made.pk}).status_code == 404
        assert objects_to(bob, ObjectionKind.MAIL)

    def test_the_desk_answers_the_most_urgent_first(self, desk, reader, mailbox):
        late = object_to(reader, ObjectionKind.OTHER, "Late one", now=NOW - timedelta(days=900))
        object_to(reader, ObjectionKind.OTHER, "New one", now=datetime.now(UTC))
        page = desk.get("/desk/objections").content.decode()

        assert page.index("Late one") < page.index("New one")
        assert page.count("overdue since") == 1

        assert desk.post("/desk/objections", {"objection": late.pk, "upheld": "no"}).status_code == 422
        sent = {"objection": late.pk, "upheld": "no", "answer": "It is needed."}
        assert desk.post("/desk/objections", sent).status_code == 302
        late.refresh_from_db()
        assert (late.is_upheld, late.answer) == (False, "It is needed.")
        assert "It is needed." in desk.get("/desk/objections").content.decode()

    def test_the_desk_is_closed_to_readers_and_editors(self, logged_in, reader):
        Role.objects.create(reader=reader, kind="editor")
        assert logged_in.get("/desk/objections").status_code == 404
        assert logged_in.post("/desk/objections", {"objection": 1}).status_code == 404
