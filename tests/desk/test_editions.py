"""Composing editions: what editors may do, what readers of the desk may not, and what is kept."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings

from broadsheet.letters.composing import MOST_ITEMS
from broadsheet.letters.models import Edition, Item, Letter, Subscriber, Subscription
from broadsheet.letters.previewing import RefusedError, preview, send_test
from broadsheet.readers.models import Reader, Role
from tests.factories import NOW, make_article, make_publisher, make_reader, make_story
from tests.letters.post_office import Handler as Taker
from tests.letters.post_office import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    reader = make_reader("erika@harbor.example")
    Role.objects.create(reader=reader, kind="editor")
    client.force_login(reader)
    return reader


@pytest.fixture
def letter():
    return Letter.objects.create(slug="morning", name="Dawn", hour=10)


@pytest.fixture
def edition(letter):
    made = Edition.objects.create(letter=letter, issue=1, until=NOW, since=NOW - timedelta(days=1))
    for place, headline in enumerate(("First", "Second", "Third")):
        story = make_story(make_article(make_publisher(mode="extract"), headline=headline))
        Item.objects.create(edition=made, position=place, story=story)
    return made


def act(client, edition, what, **fields):
    return client.post(f"/desk/editions/{edition.pk}", {"act": what, **fields})


def order(edition):
    return [item.story.headline if item.story else item.kind for item in edition.items.order_by("position")]


def number(edition, headline):
    return edition.items.get(story__headline=headline).pk


def test_the_composer_shows_what_the_edition_tells(client, editor, edition):
    page = client.get(f"/desk/editions/{edition.pk}").content.decode()
    for headline in ("First", "Second", "Third"):
        assert headline in page


@pytest.mark.parametrize("path", ["", "/new", "/{pk}", "/{pk}/preview", "/{pk}/mail/light", "/{pk}/mail/dark/ar"])
def test_only_editors_come_in(client, letter, edition, path):
    client.force_login(make_reader())
    address = f"/desk/editions{path}".format(pk=edition.pk)
    assert client.get(address).status_code == 404
    assert client.post(address, {"letter": "morning", "act": "drop"}).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_items_move_with_buttons_and_the_button_keeps_the_focus(client, editor, edition):
    third = number(edition, "Third")
    answer = act(client, edition, f"up:{third}")
    assert order(edition) == ["First", "Third", "Second"]
    assert answer.url == f"/desk/editions/{edition.pk}#up-{third}"
    act(client, edition, f"first:{third}")
    assert order(edition) == ["Third", "First", "Second"]
    act(client, edition, f"down:{third}")
    assert order(edition) == ["First", "Third", "Second"]


def test_the_ends_are_the_ends(client, editor, edition):
    act(client, edition, f"up:{number(edition, 'First')}")
    act(client, edition, f"down:{number(edition, 'Third')}")
    assert order(edition) == ["First", "Second", "Third"]


def test_whatever_button_is_pressed_what_was_typed_is_kept(client, editor, edition):
    second = number(edition, "Second")
    typed = {
        "subject": "My subject",
        "introduction": "Good *morning*",
        f"headline-{second}": "Mine",
        f"words-{second}": "Own",
    }
    act(client, edition, f"up:{second}", **typed)
    edition.refresh_from_db()
    assert (edition.subject, edition.introduction, edition.editor) == ("My subject", "Good *morning*", editor)
    item = Item.objects.get(pk=second)
    assert (item.headline, item.words, item.position) == ("Mine", "Own", 0)


def test_what_nobody_can_see_is_not_kept_and_no_field_grows_without_end(client, editor, edition):
    second = number(edition, "Second")
    typed = {"subject": "One\r\nBcc: x\x00\u202e" + "s" * 500, "introduction": "a\x00b\u2066" + "i" * 30_000}
    act(client, edition, "save", **typed, **{f"headline-{second}": "h\x00" * 900, f"words-{second}": "w" * 90_000})
    edition.refresh_from_db()
    assert edition.subject.startswith("One Bcc: x sss")
    assert len(edition.subject) == 200
    assert edition.introduction.startswith("abi")
    item = Item.objects.get(pk=second)
    assert (len(edition.introduction), len(item.words), len(item.headline)) == (8_000, 4_000, 300)
    assert "\x00" not in edition.introduction + item.headline


def test_items_are_taken_out_and_stories_added_once(client, editor, edition):
    act(client, edition, f"out:{number(edition, 'Second')}")
    assert order(edition) == ["First", "Third"]
    story = make_story(make_article(headline="Fourth"))
    for address in (f"https://news.example/stories/{story.pk}-fourth", f"/stories/{story.pk}", str(story.pk)):
        act(client, edition, "add", story=address)
    assert order(edition) == ["First", "Third", "Fourth"]


def test_what_is_new_is_offered_but_what_was_told_before(client, editor, edition, letter, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    new, told = (make_story(make_article(make_publisher(mode="extract"), headline=words)) for words in ("New", "Told"))
    sent = Edition.objects.create(letter=letter, issue=2, state="sent", until=NOW)
    Item.objects.create(edition=sent, position=0, story=told, moved_at=NOW)
    page = client.get(f"/desk/editions/{edition.pk}").content.decode()
    assert f'value="add:{new.pk}"' in page
    assert f'value="add:{told.pk}"' not in page
    act(client, edition, f"add:{new.pk}")
    assert order(edition) == ["First", "Second", "Third", "New"]


@pytest.mark.parametrize("address", ["", "nonsense", "/stories/999999", "9" * 400, "/stories/0", "-1"])
def test_a_story_that_is_none_adds_nothing(client, editor, edition, address):
    answer = client.post(f"/desk/editions/{edition.pk}", {"act": "add", "story": address}, follow=True)
    assert "There is no such story." in answer.content.decode()
    assert edition.items.count() == 3


def test_there_is_room_for_so_many_items(client, editor, edition):
    Item.objects.bulk_create([Item(edition=edition, kind="words", position=n) for n in range(3, MOST_ITEMS)])
    answer = client.post(f"/desk/editions/{edition.pk}", {"act": "words"}, follow=True)
    assert "There is no room for more." in answer.content.decode()
    assert edition.items.count() == MOST_ITEMS


def test_words_of_ones_own(client, editor, edition):
    answer = act(client, edition, "words")
    item = edition.items.get(kind="words")
    assert answer.url.endswith(f"#headline-{item.pk}")


def test_an_edition_is_scheduled_held_and_sent(client, editor, edition, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    act(client, edition, "schedule", at="2026-12-01T07:30")
    edition.refresh_from_db()
    # Moments that have passed mean now.
    assert edition.state == "scheduled"
    act(client, edition, "hold")
    edition.refresh_from_db()
    assert edition.state == "draft"
    act(client, edition, "send")
    edition.refresh_from_db()
    assert edition.state == "scheduled"
    act(client, edition, "drop")
    edition.refresh_from_db()
    assert edition.state == "dropped"


@pytest.mark.parametrize("at", ["", "tomorrow", "2026-13-40T99:99", "9999-01-01T00:00", "0001-01-01T00:00"])
def test_times_that_make_no_sense_schedule_nothing_strange(client, editor, edition, at):
    act(client, edition, "schedule", at=at)
    edition.refresh_from_db()
    assert edition.state == ("scheduled" if at.startswith("0001") else "draft")


def test_an_edition_of_nothing_is_not_sent(client, editor, letter):
    empty = Edition.objects.create(letter=letter, issue=1, until=NOW)
    answer = client.post(f"/desk/editions/{empty.pk}", {"act": "send"}, follow=True)
    assert "There is nothing in it to send." in answer.content.decode()


@pytest.mark.parametrize("state", ["sending", "sent", "stopped", "dropped"])
def test_what_has_begun_is_not_changed(client, editor, edition, state):
    Edition.objects.update(state=state)
    act(client, edition, f"out:{number(edition, 'First')}", subject="Changed")
    edition.refresh_from_db()
    assert (edition.subject, edition.items.count(), edition.state) == ("", 3, state)


def test_a_new_edition_begins_with_what_is_new(client, editor, letter):
    answer = client.post("/desk/editions/new", {"letter": "morning"})
    made = Edition.objects.get()
    assert answer.url == f"/desk/editions/{made.pk}"
    assert (made.state, made.editor) == ("draft", editor)
    assert client.post("/desk/editions/new", {"letter": "none"}).status_code == 404


def test_what_may_not_be_named_is_shown_as_such(client, editor, edition):
    edition.items.first().story.lead.publisher.ledger.update(mode="none")
    page = client.get(f"/desk/editions/{edition.pk}").content.decode()
    assert "It may not be named in a letter" in page


def test_previews_are_the_mail_itself_in_both_themes(client, editor, edition):
    page = client.get(f"/desk/editions/{edition.pk}/preview")
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "Second" in page.content.decode()
    light, dark = (client.get(f"/desk/editions/{edition.pk}/mail/{theme}") for theme in ("light", "dark"))
    assert light["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "@media all{" in dark.content.decode()
    assert "@media not all{" in light.content.decode()
    assert 'dir="rtl"' in client.get(f"/desk/editions/{edition.pk}/mail/light/ar").content.decode()


@pytest.fixture
def tested(edition, editor, monkeypatch):
    """The test mails of the edition, as the server got them: (from, to, mail)."""
    taker = Taker()
    monkeypatch.setattr(settings, "SITE_URL", "https://news.example.org")
    with mail_server(taker) as address:
        monkeypatch.setitem(vars(settings.ENVIRONMENT), "email_url", address)
        for _ in range(2):
            assert send_test(edition, editor, now=NOW)
    return [(sender, to, message_from_bytes(raw, policy=default)) for sender, to, raw in taker.mails]


def test_a_test_goes_to_its_editor_alone(editor, tested):
    for _sender, to, mail in tested:
        assert (to, mail["To"], mail["Subject"]) == (editor.email, editor.email, "Test: First")
        body = mail.get_body(("plain",)).get_content()
        assert "Second" in body
        assert "/letters/leave/" not in body


def test_a_test_has_the_head_of_a_real_letter_and_its_link_is_nobodys(client, tested):
    (_, _, mail), (_, _, again) = tested
    assert "<morning." in mail["List-Id"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Feedback-ID"]
    assert mail["Message-ID"] != again["Message-ID"]
    link = re.search(r"<https://news\.example\.org(/letters/leave/[^>]+)>", mail["List-Unsubscribe"])[1]
    before = list(Subscription.objects.values_list("ended_at", flat=True))
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Subscription.objects.values_list("ended_at", flat=True)) == before


def test_a_test_that_the_server_refuses_is_tried_again(edition, editor, monkeypatch):
    taker = Taker()
    taker.answers[editor.email] = "450 4.2.0 not now"
    with mail_server(taker) as address:
        monkeypatch.setitem(vars(settings.ENVIRONMENT), "email_url", address)
        with pytest.raises(RefusedError, match="450"):
            send_test(edition, editor, now=NOW)


def test_an_edition_of_nothing_has_no_preview(client, editor, letter):
    empty = Edition.objects.create(letter=letter, issue=1, until=NOW)
    assert preview(empty, editor, now=NOW) is None
    assert "It would tell nothing" in client.get(f"/desk/editions/{empty.pk}/preview").content.decode()
    assert client.get(f"/desk/editions/{empty.pk}/mail/light").content == b""


def test_the_list_says_what_waits_and_what_was(client, editor, edition, letter):
    Edition.objects.create(letter=letter, issue=2, until=NOW, state="dropped", stopped_because="quiet")
    page = client.get("/desk/editions").content.decode()
    assert "Dawn 1" in page
    assert "Nothing to tell" in page
    assert "by itself" in page
    assert Reader.objects.count() == 1


def test_an_editor_without_a_name_is_called_by_address(client, editor, edition):
    Reader.objects.update(name="")
    act(client, edition, "save")
    page = client.get("/desk/editions").content.decode()
    assert "erika@harbor.example" in page
    assert f"reader {editor.pk}" not in page

    Reader.objects.update(name="Erika")
    assert "<bdi>Erika</bdi>" in client.get("/desk/editions").content.decode()


def test_what_the_settings_lack_is_said_before_anything_is_sent(client, editor, edition, monkeypatch):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "postal_address", "")
    for path in ("/desk/editions", f"/desk/editions/{edition.pk}"):
        assert "BROADSHEET_POSTAL_ADDRESS" in client.get(path).content.decode()
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "postal_address", "1 Pier Road")
    assert "BROADSHEET_POSTAL_ADDRESS" not in client.get("/desk/editions").content.decode()


def test_a_site_that_makes_no_edition_says_why(client, editor, letter):
    page = client.get("/desk/editions").content.decode()
    assert "nobody gets a letter yet" in page
    assert "no story has come in yet" in page

    story = make_story(make_article(make_publisher(mode="extract")), is_sample=True)
    assert "invented ones of the sample" in client.get("/desk/editions").content.decode()

    type(story).objects.update(is_sample=False)
    subscriber = Subscriber.objects.create(address="ada@harbor.example", key="k", confirmed_at=NOW)
    Subscription.objects.create(subscriber=subscriber, letter=letter)
    page = client.get("/desk/editions").content.decode()
    assert "nobody gets a letter yet" not in page
    assert "There is nothing to tell" not in page


def test_what_an_edition_waits_for_and_what_could_not_be_made_is_said(client, editor, edition, letter):
    Edition.objects.update(state="scheduled", go_at=NOW, stopped_because="unauthenticated")
    Letter.objects.update(trouble_at=NOW)
    page = client.get("/desk/editions").content.decode()
    assert "does not vouch for our mail" in page
    assert "Dawn could not be made at" in page
    assert "does not vouch for our mail" in client.get(f"/desk/editions/{edition.pk}").content.decode()
    act(client, edition, "hold")
    assert "does not vouch for our mail" not in client.get(f"/desk/editions/{edition.pk}").content.decode()
