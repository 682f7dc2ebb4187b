"""What is kept of who gets letters: how long, for whom to see, and what goes with an account."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation

from broadsheet.letters.keys import address_key, new_key
from broadsheet.letters.leaving import STORY_ENDS, leave, wipe
from broadsheet.letters.models import (
    Delivery,
    Edition,
    Letter,
    Proof,
    Return,
    Subscriber,
    Subscription,
    Suppression,
)
from broadsheet.letters.owners import own_subscriber, subscriber_of
from broadsheet.letters.privacy import holdings
from broadsheet.letters.retention import forget_old
from broadsheet.letters.starting import ensure_letters
from broadsheet.letters.states import go_on
from broadsheet.readers import accounts
from broadsheet.readers.accounts import ask_address_change, change_address
from broadsheet.readers.person import archive_of, erase
from broadsheet.stories.models import Story
from tests.factories import NOW, make_article, make_letters, make_reader, make_story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def subscribe(letter, address="ada@harbor.example", **more):
    more = {"confirmed_at": NOW, "made_at": NOW, "key": new_key(), **more}
    made = Subscriber.objects.create(address=address, **more)
    Subscription.objects.create(subscriber=made, letter=letter, since=more["made_at"])
    Proof.objects.create(
        subscriber=made, text="x", version="1", asked_at=more["made_at"], confirmed_at=more["confirmed_at"]
    )
    return made


@pytest.fixture
def letters(db):
    ensure_letters()
    return {letter.slug: letter for letter in Letter.objects.all()}


class TestRetention:
    def test_an_unconfirmed_address_goes_after_a_week_with_all_that_hangs_on_it(self, letters):
        subscribe(letters["morning"], "old@harbor.example", confirmed_at=None, made_at=NOW - 8 * DAY)
        subscribe(letters["morning"], "new@harbor.example", confirmed_at=None, made_at=NOW - 6 * DAY)
        subscribe(letters["morning"], "confirmed@harbor.example", made_at=NOW - 8 * DAY)
        found = forget_old(now=NOW)
        assert found["unconfirmed addresses"] == 1
        assert set(Subscriber.objects.values_list("address", flat=True)) == {
            "new@harbor.example",
            "confirmed@harbor.example",
        }
        assert Proof.objects.count() == 2
        assert not any(forget_old(now=NOW).values())

    def test_a_request_for_more_that_nobody_confirmed_goes_too(self, letters):
        ada = subscribe(letters["morning"])
        Proof.objects.create(subscriber=ada, text="x", version="1", asked_at=NOW - 8 * DAY)
        forget_old(now=NOW)
        assert Proof.objects.count() == 1

    def test_who_has_no_letter_for_long_is_forgotten_and_only_counted(self, letters):
        long_ago = NOW - 500 * DAY
        ada = subscribe(letters["morning"], made_at=long_ago, confirmed_at=long_ago)
        leave(ada.key, words="my words", now=NOW - 396 * DAY)
        bo = subscribe(letters["morning"], "bo@harbor.example", made_at=long_ago, confirmed_at=long_ago)
        leave(bo.key, now=NOW - 390 * DAY)
        subscribe(letters["morning"], "cy@harbor.example", made_at=long_ago, confirmed_at=long_ago)
        forget_old(now=NOW)
        assert set(Subscriber.objects.values_list("address", flat=True)) == {"bo@harbor.example", "cy@harbor.example"}
        row = Subscription.objects.get(subscriber=None)
        assert (row.words, row.ended_at) == ("", NOW - 396 * DAY)

    def test_what_became_of_mails_is_forgotten_after_thirteen_months(self, letters):
        ada = subscribe(letters["morning"])
        edition = Edition.objects.create(letter=letters["morning"], issue=1)
        for number, age in enumerate((396, 390)):
            who = ada if number else subscribe(letters["morning"], "bo@harbor.example")
            Delivery.objects.create(edition=edition, subscriber=who, domain="x", changed_at=NOW - age * DAY)
            Return.objects.create(kind="soft", way="dsn", mark=str(age), at=NOW - age * DAY)
        found = forget_old(now=NOW)
        assert (found["mails"], found["returned mails"]) == (1, 1)
        assert (Delivery.objects.count(), Return.objects.count()) == (1, 1)

    def test_a_suppression_that_ended_goes_and_one_for_good_stays(self, letters):
        Suppression.objects.create(key="a", reason="soft", until=NOW - DAY)
        Suppression.objects.create(key="b", reason="soft", until=NOW + DAY)
        Suppression.objects.create(key="c", reason="complaint")
        forget_old(now=NOW)
        assert set(Suppression.objects.values_list("key", flat=True)) == {"b", "c"}

    def test_letters_about_a_story_end_with_it(self, letters):
        still, moving, merged = (make_story(make_article()) for _ in range(3))
        Story.objects.filter(pk__in=[still.pk, merged.pk]).update(moved_at=NOW - STORY_ENDS - DAY)
        Story.objects.filter(pk=moving.pk).update(moved_at=NOW - DAY)
        Story.objects.filter(pk=merged.pk).update(merged_into=moving)
        ada = subscribe(letters["morning"])
        long_ago = NOW - STORY_ENDS - 2 * DAY
        for story in (still, moving, merged):
            Subscription.objects.create(subscriber=ada, letter=letters["story"], story=story, since=long_ago)
        other = subscribe(letters["morning"], "bo@harbor.example")
        Subscription.objects.create(subscriber=other, letter=letters["story"], story=still, since=NOW - DAY)
        assert forget_old(now=NOW)["ended stories"] == 1
        ended = Subscription.objects.get(ended_at__isnull=False)
        assert (ended.story, ended.subscriber, ended.reason) == (still, ada, "story_ended")


class TestPerson:
    def test_an_archive_holds_all_of_it_and_no_key(self):
        reader = make_reader()
        subscriber = make_letters(reader, make_story(make_article()))
        found = archive_of(reader, now=NOW)["letters"]
        text = json.dumps(found)
        assert found[0]["address"] == reader.email
        assert found[0]["letters"][0]["letter"] == "morning"
        assert found[0]["consents"][0]["text"] == "Send me the letter."
        assert found[0]["mails"][0]["state"] == "sent"
        assert found[0]["returned"][0]["status"] == "4.2.2"
        assert subscriber.key not in text

    def test_erasing_an_account_leaves_no_trace_of_the_address_anywhere(self, monkeypatch):
        monkeypatch.setattr("broadsheet.readers.mails.send_mail", lambda *_: None)
        reader = make_reader()
        subscriber = make_letters(reader, make_story(make_article()))
        Subscription.objects.update(words="I am Ada of Harbor")
        Return.objects.update(address=reader.email, detail=f"<{reader.email}>: full")
        Delivery.objects.update(reply=f"<{reader.email}> user unknown")
        Suppression.objects.create(key=address_key(reader.email), address=reader.email, reason="soft")
        erase(reader, words=False)
        from django.apps import apps

        for model in apps.get_app_config("letters").get_models():
            rows = repr(list(model.objects.values()))
            for trace in ("ada@harbor.example", "Ada of Harbor", subscriber.key):
                assert trace not in rows, model

    def test_letters_asked_for_without_the_account_go_too(self, letters, monkeypatch):
        monkeypatch.setattr("broadsheet.readers.mails.send_mail", lambda *_: None)
        reader = make_reader()
        subscribe(letters["morning"], reader.email)
        erase(reader, words=True)
        assert Subscriber.objects.count() == 0

    def test_who_has_no_letters_has_an_empty_page_of_them(self):
        assert archive_of(make_reader(), now=NOW)["letters"] == []

    def test_wiping_keeps_a_suppression_without_the_address(self, letters):
        ada = subscribe(letters["morning"])
        Suppression.objects.create(key=address_key(ada.address), address=ada.address, reason="complaint")
        wipe(ada, never_again=False, now=NOW)
        row = Suppression.objects.get()
        assert (row.address, row.reason) == ("", "complaint")

    @pytest.mark.parametrize("language", ["en", "ar", "de"])
    def test_the_privacy_page_names_the_periods_in_force(self, language, settings, monkeypatch):
        monkeypatch.setattr(settings.ENVIRONMENT, "mail_days", 123)
        with translation.override(language):
            assert "123" in repr(holdings())


class TestAccounts:
    def test_letters_follow_the_account_to_its_new_address(
        self, letters, monkeypatch, django_capture_on_commit_callbacks
    ):
        box = []
        monkeypatch.setattr("broadsheet.readers.mails.send_mail", lambda to, subject, text, language: box.append(text))
        monkeypatch.setattr(accounts, "CHANGE_LASTS", 365 * 100 * DAY)
        reader = make_reader()
        own = own_subscriber(reader, now=NOW)
        Subscription.objects.create(subscriber=own, letter=letters["morning"])
        other = subscribe(letters["morning"], "ada@isle.example")
        Subscription.objects.create(subscriber=other, letter=letters["week"])
        with django_capture_on_commit_callbacks(execute=True):
            assert ask_address_change(reader, "ada@isle.example")
        codes = [re.search(r"[A-Z]{4}-[A-Z]{4}", text)[0] for text in box]
        with django_capture_on_commit_callbacks(execute=True):
            assert change_address(reader, codes[0], codes[1])
        found = Subscriber.objects.get()
        assert (found.pk, found.address, found.reader) == (own.pk, "ada@isle.example", reader)
        live = Subscription.objects.filter(ended_at=None).order_by("letter__slug")
        assert list(live.values_list("letter__slug", "subscriber")) == [("morning", own.pk), ("week", own.pk)]

    def test_what_an_unconfirmed_other_asked_for_does_not_come_along(self, letters):
        reader = make_reader()
        own = own_subscriber(reader, now=NOW)
        subscribe(letters["week"], "ada@isle.example", confirmed_at=None)
        reader.email = "ada@isle.example"
        reader.save()
        accounts.address_changed.send(type(reader), reader=reader)
        assert Subscriber.objects.get().address == "ada@isle.example"
        assert not own.subscriptions.exists()

    def test_an_address_becomes_the_accounts_own_by_acting_not_by_looking(self, letters):
        ada = subscribe(letters["morning"], confirmed_at=None)
        reader = make_reader()
        assert subscriber_of(reader) == ada
        ada.refresh_from_db()
        assert (ada.reader, ada.confirmed_at) == (None, None)
        own_subscriber(reader, now=NOW)
        ada.refresh_from_db()
        assert (ada.reader, ada.confirmed_at) == (reader, NOW)
        assert own_subscriber(reader, now=NOW) == ada


def test_the_letters_of_the_start_are_made_once_and_never_again(letters):
    Letter.objects.filter(slug="evening").delete()
    ensure_letters()
    assert set(Letter.objects.values_list("slug", flat=True)) == {"morning", "week", "breaking", "story", "my-news"}


def test_an_edition_stopped_for_good_cannot_go_on_once_its_mails_are_forgotten(letters):
    long_ago = NOW - timedelta(days=settings.ENVIRONMENT.mail_days + 1)
    stopped = {"letter": letters["morning"], "state": "stopped"}
    begun = Edition.objects.create(issue=1, started_at=long_ago, **stopped)
    never = Edition.objects.create(issue=2, **stopped)
    lately = Edition.objects.create(issue=3, started_at=NOW, **stopped)
    Edition.objects.exclude(pk=lately.pk).update(changed_at=long_ago)
    Edition.objects.filter(pk=lately.pk).update(changed_at=NOW)
    forget_old(now=NOW)
    assert list(Edition.objects.order_by("issue").values_list("state", flat=True)) == ["sent", "dropped", "stopped"]
    assert [go_on(edition, now=NOW) for edition in (begun, never, lately)] == [False, False, True]
