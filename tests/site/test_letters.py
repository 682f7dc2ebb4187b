"""The pages of letters: asking and confirming, for people, for programs, and for hostile ones."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.letters import tasks
from broadsheet.letters.asking import MAILS_A_DAY
from broadsheet.letters.keys import address_key
from broadsheet.letters.links import leave_path, settings_path
from broadsheet.letters.models import Letter, Proof, Subscriber, Subscription, Suppression
from broadsheet.readers import mails
from broadsheet.stories.models import Story
from tests.factories import make_article, make_publisher, make_story
from tests.readers.conftest import make_reader
from tests.site.lettered import ADA, ask, confirmed, had, link, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


class TestAsking:
    def test_a_button_behind_a_mail_is_needed_and_all_of_it_is_proved(self, client, mailbox):
        response = ask(client, letters=["morning", "week"], page="/sections/politics")
        assert (response.status_code, response["Location"]) == (302, "/letters/asked")
        assert had() == []
        ((to, _subject, text),) = mailbox
        assert to == ADA
        assert "- Morning" in text
        assert "- The week" in text
        assert had() == []
        response = client.post(link(mailbox))
        assert response["Location"].endswith("?told=confirmed")
        assert had() == ["morning", "week"]
        proof = Proof.objects.get()
        assert proof.text.startswith("Morning, The week. You ask for letters by mail.")
        assert (proof.page, proof.way, proof.letters) == ("/sections/politics", "form", ["morning", "week"])
        assert proof.version
        assert proof.asked_at <= proof.confirmed_at
        assert "Confirmed." in words(client.get(response["Location"]))

    def test_opening_the_link_confirms_nothing_however_often(self, client, mailbox):
        ask(client)
        for _ in range(3):
            page = client.get(link(mailbox))
            assert page.status_code == 200
            client.head(link(mailbox))
        assert Subscriber.objects.get().confirmed_at is None
        assert had() == []
        assert "Yes, send them to me" in words(page)

    def test_two_tabs_confirm_once_and_a_late_press_brings_nothing_back(self, client, mailbox):
        ask(client)
        first, second = client.post(link(mailbox)), client.post(link(mailbox))
        assert first["Location"] == second["Location"]
        assert Subscription.objects.count() == 1
        key = Subscriber.objects.get().key
        client.post(leave_path(key))
        client.post(link(mailbox))
        assert had() == []
        assert "confirmed these letters already" in words(client.get(link(mailbox)))

    def test_the_one_mail_waits_for_a_server_that_is_away_for_a_day(self, client, mailbox, monkeypatch):
        handed = []
        monkeypatch.setattr(
            mails, "send_mail", lambda *_mail, retries, retry_delay: handed.append(retries * retry_delay)
        )
        ask(client)
        assert handed == [24 * 3600]

    def test_an_unconfirmed_address_gets_one_mail_and_then_silence(self, client, mailbox):
        for letter in ("morning", "evening", "week"):
            assert ask(client, letters=[letter])["Location"] == "/letters/asked"
        assert len(mailbox) == 1
        assert Proof.objects.count() == 1

    @pytest.mark.parametrize("known", ["nobody", "unconfirmed", "confirmed", "suppressed", "account"])
    @pytest.mark.parametrize("act", ["ask", "link"])
    def test_nothing_tells_whether_an_address_is_known(self, client, mailbox, letters, known, act):
        if known == "unconfirmed":
            confirmed(ADA, letters["morning"], confirmed_at=None, asked_at=timezone.now())
        elif known == "confirmed":
            confirmed(ADA, letters["morning"])
        elif known == "suppressed":
            Suppression.objects.create(key=address_key(ADA), reason="complaint")
        elif known == "account":
            make_reader(ADA)
        response = ask(client, act=act)
        assert (response.status_code, response["Location"]) == (302, "/letters/asked")
        assert response.cookies == {}
        mailed = {("confirmed", "ask"), ("confirmed", "link"), ("nobody", "ask"), ("account", "ask")}
        assert len(mailbox) == ((known, act) in mailed)

    def test_the_page_does_nothing_but_hand_over_so_that_its_time_tells_nothing(self, client, monkeypatch):
        handed = []
        monkeypatch.setattr(tasks, "ask", lambda *given: handed.append(given))
        ask(client)
        assert Subscriber.objects.count() == 0
        assert [(one[0], one[1]) for one in handed] == [(ADA, ["morning"])]

    def test_a_confirmed_address_presses_again_for_more_and_is_not_flooded(self, client, mailbox, letters):
        confirmed(ADA, letters["morning"])
        ask(client, letters=["morning", "evening"])
        assert "- Evening" in mailbox[-1][2]
        assert "- Morning" not in mailbox[-1][2]
        assert had() == ["morning"]
        client.post(link(mailbox))
        assert had() == ["evening", "morning"]
        for _ in range(10):
            ask(client, letters=["week"])
        assert len(mailbox) == MAILS_A_DAY

    def test_who_has_letters_gets_the_way_to_the_choices(self, client, mailbox, letters):
        subscriber = confirmed(ADA, letters["morning"])
        ask(client, act="link", letters=())
        assert link(mailbox, "settings") == settings_path(subscriber.key)

    def test_an_expired_link_says_so(self, client, mailbox):
        ask(client)
        dead = link(mailbox)
        Subscriber.objects.all().delete()
        assert client.get(dead).status_code == 410
        assert client.post(dead).status_code == 410
        for odd in ("x", "x.y", "." * 80, "%00.1", "a" * 40 + ".99999999999999999999", "é.1"):
            assert client.post(f"/letters/confirm/{odd}").status_code == 410, odd

    def test_the_proof_of_one_address_does_not_confirm_another(self, client, mailbox):
        ask(client)
        ask(client, "bo@harbor.example")
        ada, bo = Subscriber.objects.order_by("pk")
        proof = Proof.objects.get(subscriber=bo)
        assert client.post(f"/letters/confirm/{ada.key}.{proof.pk}").status_code == 410
        assert Subscriber.objects.filter(confirmed_at__isnull=False).count() == 0

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "ada",
            "ada@harbor.example\nBcc: all@harbor.example",
            "ada@harbor.example%0ABcc:x@y.example",
            '"a\r\nSubject: x"@harbor.example',
            "ada@harbor.example, bo@harbor.example",
            "Ada <ada@harbor.example>",
            "a" * 300 + "@harbor.example",
            "ada@harbor.example\x00",
            "ada@[127.0.0.1]",
        ],
    )
    def test_what_is_no_single_address_is_asked_about_and_never_written_to(self, client, mailbox, address):
        response = ask(client, address)
        assert response.status_code == 422
        assert mailbox == []
        assert Subscriber.objects.count() == 0
        assert response["Cache-Control"] == "private, no-store"

    def test_names_and_headlines_cannot_write_headers(self, client, mailbox, letters, settings):
        Letter.objects.filter(slug="morning").update(name="Morning\r\nBcc: all@harbor.example")
        settings.SITE_NAME = "Courier\r\nBcc: all@harbor.example"
        ask(client)
        subject = mailbox[0][1]
        assert "\n" not in subject
        assert "\r" not in subject

    def test_slips_are_asked_about_once_and_a_trap_makes_one_press_again(self, client, mailbox):
        page = ask(client, "ada@gmial.com")
        assert page.status_code == 422
        assert "ada@gmail.com" in words(page)
        assert ask(client, "ada@gmial.com", kept="ada@gmial.com").status_code == 302
        assert ask(client, website="https://pills.example").status_code == 422
        assert ask(client, "ada@mailinator.com").status_code == 422
        assert ask(client, letters=()).status_code == 422
        assert ask(client, letters=["my-news", "no-such", "story", "story:999", "\x00", "a:b:1"]).status_code == 422
        assert [to for to, _, _ in mailbox] == ["ada@gmial.com"]

    def test_a_closed_letter_is_neither_offered_nor_given(self, client, mailbox):
        Letter.objects.exclude(slug="evening").update(is_open=False)
        page = client.get("/letters").content.decode()
        assert 'value="evening"' in page
        assert 'value="morning"' not in page
        assert ask(client).status_code == 422

    def test_another_sites_form_is_refused(self, client, mailbox):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            assert client.post("/letters/ask", {"email": ADA, "letter": "morning"}, headers=headers).status_code == 403
        assert mailbox == []

    def test_one_network_may_not_type_the_telephone_book(self, client, mailbox):
        answers = [ask(client, f"r{number}@harbor.example").status_code for number in range(25)]
        assert answers == [302] * 20 + [429] * 5
        assert len(mailbox) == 20
        assert ask(Client(REMOTE_ADDR="203.0.113.9"), "other@harbor.example").status_code == 302

    def test_an_account_needs_no_second_proof_for_its_own_address(self, client, mailbox, db):
        client.force_login(make_reader(ADA))
        assert ask(client)["Location"] == "/my/letters"
        assert had() == ["morning"]
        assert Proof.objects.get().way == "account"
        assert mailbox == []
        ask(client, "bo@harbor.example")
        assert had("bo@harbor.example") == []
        assert [to for to, _, _ in mailbox] == ["bo@harbor.example"]

    def test_a_story_is_followed_by_mail_under_its_own_headline(self, client, mailbox):
        story = make_story(make_article(make_publisher(mode="headline")))
        Story.objects.filter(pk=story.pk).update(moved_at=timezone.now())
        page = client.get(f"/letters/stories/{story.pk}")
        wish = re.search(r'name="letter" value="([^"]+)"', page.content.decode())[1]
        assert story.headline in words(page)
        assert f"/letters/stories/{story.pk}" in client.get(story.path).content.decode()
        assert ask(client, letters=[wish]).status_code == 302
        assert story.headline in mailbox[0][2]
        client.post(link(mailbox))
        assert Subscription.objects.get().story == story
        wrong = ask(client, "nonsense", letters=[wish])
        assert wrong.status_code == 422
        assert "Follow this story by mail" in words(wrong)

    def test_a_story_that_may_not_be_named_is_not_named(self, client, mailbox):
        story = make_story(make_article(make_publisher(mode="link"), headline="A secret of its publisher"))
        page = client.get(f"/letters/stories/{story.pk}")
        ask(client, letters=[f"story:{story.pk}"])
        assert "secret" not in page.content.decode()
        assert "secret" not in mailbox[0][2]

    def test_every_page_has_the_form_and_holds_nothing_of_anybody(self, client):
        client.force_login(make_reader(ADA))
        for path in ("/", "/sections", "/about", "/search?q=ferry"):
            page = client.get(path).content.decode()
            assert 'action="/letters/ask"' in page, path
            assert "csrfmiddlewaretoken" not in page
            assert ADA not in page
        for path in ("/letters", "/account"):
            assert "colophon__letter" not in client.get(path).content.decode()
        Letter.objects.update(is_open=False)
        assert "/letters/ask" not in client.get("/").content.decode()
        assert "no letters to be had" in words(client.get("/letters"))
