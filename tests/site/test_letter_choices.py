"""Leaving letters and choosing among them, by a link and without an account."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.letters.links import leave_path, settings_path
from broadsheet.letters.models import Letter, Proof, Subscriber, Subscription, Suppression
from broadsheet.stories.models import Story
from tests.factories import make_article, make_story
from tests.readers.conftest import make_reader
from tests.site.lettered import ADA, ask, confirmed, had, link, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


class TestLeaving:
    def test_one_click_works_without_cookies_and_without_being_known(self, letters):
        subscriber = confirmed(ADA, letters["morning"], letters["evening"])
        program = Client(enforce_csrf_checks=True)
        path = leave_path(subscriber.key, letters["morning"].pk)
        one_click = {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}
        for _ in range(3):
            response = program.post(path, **one_click)
            assert response.status_code == 200
            assert response.cookies == {}
        assert had() == ["evening"]
        assert Subscription.objects.get(letter=letters["morning"]).reason == "untold"
        for unknown in (
            "/letters/leave/" + "x" * 43 + ".1",
            "/letters/leave/x",
            "/letters/leave/%00",
            leave_path("y" * 43),
        ):
            assert program.post(unknown, **one_click).status_code == 200, unknown
            assert program.get(unknown).status_code == 200, unknown
        assert had() == ["evening"]

    def test_opening_every_link_changes_nothing(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        before = list(Subscription.objects.values()), list(Subscriber.objects.values())
        pages = [leave_path(subscriber.key), leave_path(subscriber.key, letters["morning"].pk)]
        pages += [settings_path(subscriber.key), f"{settings_path(subscriber.key)}/data.json"]
        seen = set()
        while pages:
            path = pages.pop()
            seen.add(path)
            response = client.get(path, {"act": "leave", "sure": "yes"})
            client.head(path)
            found = re.findall(r'href="(/letters/[^"]+)"', response.content.decode())
            pages += [one for one in found if one not in seen and one not in pages]
        assert len(seen) >= 4
        assert (list(Subscription.objects.values()), list(Subscriber.objects.values())) == before

    def test_known_and_unknown_links_look_alike(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        known, unknown = leave_path(subscriber.key), leave_path("z" * len(subscriber.key))
        for act in ("get", "post"):
            pages = [words(getattr(client, act)(path)) for path in (known, unknown)]
            assert pages[0].replace("Your letters ", "") == pages[1].replace("Your letters ", "")

    def test_the_reason_is_told_afterwards_if_at_all_and_once(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        path = leave_path(subscriber.key, letters["morning"].pk)
        client.post(path, {"act": "why", "reason": "other", "words": "before leaving"})
        assert had() == ["morning"]
        client.post(path, {"act": "leave"})
        client.post(path, {"act": "why", "reason": "complaint", "words": "not a reader's reason"})
        client.post(path, {"act": "why", "reason": "too_many", "words": "\x00" + "x" * 900})
        client.post(path, {"act": "why", "reason": "other", "words": "again"})
        row = Subscription.objects.get()
        assert (row.reason, row.words) == ("too_many", "x" * 500)

    def test_a_slip_is_taken_back(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        path = leave_path(subscriber.key, letters["morning"].pk)
        assert "Get it again" in words(client.post(path, {"act": "leave"}))
        client.post(path, {"act": "back"})
        assert had() == ["morning"]
        assert Proof.objects.get().way == "link"

    def test_who_never_asked_has_the_address_deleted_and_refused(self, client, mailbox):
        ask(client)
        path = link(mailbox, "leave")
        assert "You have no letters from us" in words(client.get(path))
        client.post(path, {"act": "wipe"})
        assert Subscriber.objects.count() == 1  # the box was not ticked
        assert "is erased" in words(client.post(path, {"act": "wipe", "sure": "yes", "never": "yes"}))
        assert Subscriber.objects.count() == 0
        assert Suppression.objects.get().address == ""
        assert ask(client)["Location"] == "/letters/asked"
        assert len(mailbox) == 1


class TestChoosing:
    def choose(self, client, subscriber, wanted, shown=(), **more):
        data = {"act": "choose", "letter": list(wanted), "shown": list(shown), **more}
        return client.post(settings_path(subscriber.key), data)

    def test_everything_is_chosen_without_an_account(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"], letters["week"])
        more = {"timed": ["morning", "week"], "hour-morning": "7", "day-morning": ["0", "4"], "language": "de"}
        response = self.choose(
            client, subscriber, ["morning", "evening"], ["morning", "week"], zone="Asia/Tokyo", **more
        )
        assert response["Location"].endswith("?told=saved")
        assert had() == ["evening", "morning"]
        row = Subscription.objects.get(letter=letters["morning"])
        assert (row.days, row.hour) == ("04", 7)
        subscriber.refresh_from_db()
        assert (subscriber.language, subscriber.zone) == ("de", "Asia/Tokyo")
        proof = Proof.objects.get()
        assert (proof.letters, proof.way, proof.page) == (["evening"], "link", "/letters/settings")
        page = client.get(settings_path(subscriber.key))
        assert page["Cache-Control"] == "private, no-store"
        assert page["Referrer-Policy"] == "same-origin"
        assert page["X-Robots-Tag"] == "noindex"
        assert page.cookies == {}

    def test_an_old_tab_brings_back_nothing_that_was_left_meanwhile(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"], letters["evening"])
        client.post(leave_path(subscriber.key, letters["morning"].pk))
        self.choose(client, subscriber, ["morning", "evening"], ["morning", "evening"], language="fr")
        assert had() == ["evening"]

    @pytest.mark.parametrize("way", ["choices", "link"])
    def test_a_story_that_became_part_of_another_is_left_with_it(self, client, letters, way):
        old, new = make_story(make_article()), make_story(make_article())
        subscriber = confirmed(ADA)
        Subscription.objects.create(subscriber=subscriber, letter=letters["story"], story=old)
        Story.objects.filter(pk=old.pk).update(merged_into=new)
        if way == "choices":
            assert f'value="story:{old.pk}" checked' in client.get(settings_path(subscriber.key)).content.decode()
            self.choose(client, subscriber, [], [f"story:{old.pk}"])
        else:  # as it stands in the mail about what it became part of
            client.post(leave_path(subscriber.key, letters["story"].pk, new.pk))
        assert had() == []

    def test_many_stories_are_left_at_once(self, client, letters):
        subscriber = confirmed(ADA)
        stories = [make_story(make_article()) for _ in range(35)]
        for story in stories:
            Subscription.objects.create(subscriber=subscriber, letter=letters["story"], story=story)
        self.choose(client, subscriber, [], [f"story:{story.pk}" for story in stories])
        assert had() == []

    def test_all_days_of_a_letter_are_no_choice(self, client, letters):
        Letter.objects.filter(slug="morning").update(days="01234")
        subscriber = confirmed(ADA, letters["morning"])
        self.choose(client, subscriber, ["morning"], ["morning"], timed="morning", **{"day-morning": list("01234")})
        assert Subscription.objects.get().days == ""

    def test_the_days_offered_are_those_on_which_the_reader_has_it(self, client, letters):
        Letter.objects.filter(slug="morning").update(days="03", hour=6)  # by then it is the evening before there
        subscriber = confirmed(ADA, letters["morning"], zone="Pacific/Honolulu")
        page = client.get(settings_path(subscriber.key)).content.decode()
        assert re.findall(r'name="day-morning" value="([0-6])"', page) == ["2", "6"]

        choice = {"timed": "morning", "day-morning": ["2", "6"]}
        self.choose(client, subscriber, ["morning"], ["morning"], **choice)
        assert Subscription.objects.get().days == ""
        self.choose(client, subscriber, ["morning"], ["morning"], **{**choice, "day-morning": ["6"]})
        assert Subscription.objects.get().days == "6"

    def test_nonsense_is_passed_over(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        more = {
            "timed": ["morning", "x", "\x00"],
            "hour-morning": "99",
            "day-morning": ["9", "x", "1"],
            "hour-x": "\x00",
        }
        self.choose(
            client,
            subscriber,
            ["morning", "my-news", "nope", "story:1"],
            ["morning"],
            zone="../x",
            language="xx",
            **more,
        )
        subscriber.refresh_from_db()
        assert (subscriber.language, subscriber.zone) == ("", "")
        row = Subscription.objects.get()
        assert (row.days, row.hour) == ("1", None)

    def test_a_pause_begins_and_ends(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        path = settings_path(subscriber.key)
        client.post(path, {"act": "pause", "days": "30"})
        subscriber.refresh_from_db()
        assert timedelta(days=29) < subscriber.paused_until - timezone.now() <= timedelta(days=30)
        assert "Paused until" in words(client.get(path))
        for odd in ("31", "-1", "x", "9" * 30):
            client.post(path, {"act": "pause", "days": odd})
        client.post(path, {"act": "resume"})
        subscriber.refresh_from_db()
        assert subscriber.paused_until is None

    def test_everything_kept_is_taken_along_without_keys(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        response = client.get(f"{settings_path(subscriber.key)}/data.json")
        assert response.json()["address"] == ADA
        assert response.json()["letters"][0]["letter"] == "morning"
        assert subscriber.key not in response.content.decode()
        assert "attachment" in response["Content-Disposition"]

    def test_erasing_needs_the_tick_and_leaves_only_counts(self, client, letters):
        subscriber = confirmed(ADA, letters["morning"])
        path = settings_path(subscriber.key)
        client.post(path, {"act": "wipe"})
        assert Subscriber.objects.count() == 1
        client.post(path, {"act": "wipe", "sure": "yes"})
        assert client.get(path).status_code == 404
        assert (Subscriber.objects.count(), Proof.objects.count(), Suppression.objects.count()) == (0, 0, 0)
        row = Subscription.objects.get()
        assert (row.subscriber, row.ended_at is None) == (None, False)

    def test_a_key_of_nobodys_opens_nothing(self, client):
        confirmed(ADA, confirmed_at=None, key="unconfirmed-" * 3)
        for key in ("x" * 43, "short", "unconfirmed-" * 3, "%00"):
            assert client.get(f"/letters/settings/{key}").status_code == 404
            assert client.post(f"/letters/settings/{key}", {"act": "leave"}).status_code == 404
            assert client.get(f"/letters/settings/{key}/data.json").status_code == 404

    def test_an_account_has_the_same_page_and_the_letter_of_what_it_follows(self, letters):
        reader = make_reader(ADA)
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader)
        page = client.get("/my/letters").content.decode()
        assert Subscriber.objects.count() == 0  # looking makes nothing
        assert 'value="my-news"' in page
        data = {"act": "choose", "letter": ["my-news", "morning"]}
        assert client.post("/my/letters", data).status_code == 403
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        assert client.post("/my/letters", {**data, "csrfmiddlewaretoken": token}).status_code == 302
        assert had() == ["morning", "my-news"]
        subscriber = Subscriber.objects.get()
        assert subscriber.reader == reader
        assert Proof.objects.get().way == "account"

    def test_a_letter_to_the_same_address_becomes_the_accounts_own(self, client, letters):
        confirmed(ADA, letters["morning"])
        client.force_login(make_reader(ADA))
        assert re.search(r'value="morning" checked', client.get("/my/letters").content.decode())
        client.post("/my/letters", {"act": "choose", "letter": ["morning", "week"], "shown": ["morning"]})
        assert had() == ["morning", "week"]
        assert Subscriber.objects.count() == 1

    def test_who_is_not_logged_in_is_asked_to(self, client):
        assert client.get("/my/letters")["Location"].startswith("/account/login")
