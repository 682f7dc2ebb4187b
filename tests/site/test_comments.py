"""The pages of conversations: what everybody reads, what only a writer sees, what anybody may report."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.comments.models import Act, Comment, CommentState, Opening, Persona, Report
from broadsheet.comments.moderating import decide, set_thread
from broadsheet.comments.personas import take_name
from broadsheet.comments.posting import post_comment
from broadsheet.readers.models import Reader
from broadsheet.stories.models import Story
from tests.factories import make_article, make_publisher, make_section, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    told = make_story(
        make_article(make_publisher(mode="headline"), section=make_section()),
        make_article(make_publisher(mode="headline")),
    )
    Story.objects.filter(pk=told.pk).update(moved_at=timezone.now())
    told.refresh_from_db()
    return told


def reader(name="Ada", *, known=True):
    made = Reader.objects.create_user(f"{name.lower().replace(' ', '')}@mail.example", confirmed_at=timezone.now())
    take_name(made, name, now=timezone.now())
    Persona.objects.filter(reader=made).update(approved=int(known))
    return made


def logged_in(who):
    client = Client()
    client.force_login(who)
    return client


def say(who, story, words, **more):
    token = f"token-{Comment.objects.count():020}"
    return post_comment(who, story, words, token=token, now=timezone.now(), **more).comment


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def timeless(response):
    """The page without the moment it was made at."""
    return re.sub(r"<time [^>]*>[^<]*</time>", "", response.content.decode())


def test_a_story_shows_its_conversation_and_where_to_write(client, story):
    ada = reader()
    top = say(ada, story, "The **bridge** was closed in 1998 too.")
    say(reader("Bo"), story, "So it was.", answers=top)
    html = page(client, story.path)
    assert "2 comments" in html
    assert "<strong>bridge</strong>" in html
    assert f'href="/my/comments/write?story={story.pk}"' in html
    assert html.index("1998") < html.index("So it was")
    assert "mail.example" not in html


def test_pages_for_everybody_hold_nothing_of_a_reader(story):
    ada = reader(known=False)
    say(ada, story, "Waiting for an editor's eye")
    for path in (story.path, f"{story.path}/comments"):
        mine, others = logged_in(ada).get(path), Client().get(path)
        assert timeless(mine) == timeless(others)
        assert "Waiting for an editor" not in others.content.decode()
        assert not others.cookies


def test_orders_pages_and_addresses_that_make_no_sense(client, story):
    for n in range(25):
        say(reader(f"Person {n:02}"), story, f"Remark of number {n}")
    newest = page(client, f"{story.path}/comments")
    after = re.search(r'href="([^"]+/newest/[^"]+)"', newest)[1]
    assert "Remark of number 24<" in newest
    assert "Remark of number 0<" in page(client, after)
    assert "Remark of number 0<" in page(client, f"{story.path}/comments/oldest")
    assert client.get(f"{story.path}/comments/loudest").status_code == 404
    assert client.get(f"{story.path}/comments/newest/9{'9' * 15}-1").status_code == 200
    assert client.get(f"/stories/{story.pk}-old-slug/comments").status_code == 301


def test_a_comment_has_an_address_and_a_held_one_has_none(client, story):
    top = say(reader(), story, "A thought to begin with")
    reply = say(reader("Bo"), story, "An answer to the thought", answers=top)
    held = say(reader("Cy", known=False), story, "Nobody may see this yet")
    assert "A thought to begin with" in page(client, reply.path)
    assert client.get(held.path).status_code == 404
    assert client.get("/comments/999999").status_code == 404


def test_writing_needs_an_account_a_name_and_brings_one_back(client, story):
    path = f"/my/comments/write?story={story.pk}"
    assert client.get(path)["Location"].startswith("/account/login?next=")
    nameless = Reader.objects.create_user("new@mail.example", confirmed_at=timezone.now())
    theirs = logged_in(nameless)
    asked = theirs.get(path)["Location"]
    assert asked.startswith("/my/comments/name?next=")
    named = theirs.post("/my/comments/name", {"name": "New Here", "next": path})
    assert named["Location"] == path
    for elsewhere in ("https://evil.example", "//evil.example", "javascript:alert(1)"):
        assert theirs.post("/my/comments/name", {"name": "New Here", "next": elsewhere})["Location"] == "/my/comments"


def test_a_comment_is_previewed_sent_and_shown(story):
    ada = logged_in(reader())
    path = f"/my/comments/write?story={story.pk}"
    token = re.search(r'name="token" value="([^"]+)"', page(ada, path))[1]
    seen = ada.post(path, {"words": "Quite *so*.", "token": token, "preview": "yes"}).content.decode()
    assert "<em>so</em>" in seen
    assert f'value="{token}"' in seen
    assert not Comment.objects.exists()
    sent = ada.post(path, {"words": "Quite *so*.", "token": token})
    again = ada.post(path, {"words": "Quite *so*.", "token": token})
    assert sent["Location"] == again["Location"] == Comment.objects.get().path


def test_refused_words_come_back_with_the_reason(story):
    ada = logged_in(reader())
    words = "Look " + " ".join(f"https://{n}.example" for n in range(12)) + ' "quoted" <b>'
    refused = ada.post(f"/my/comments/write?story={story.pk}", {"words": words, "token": "t" * 20})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert 'role="alert"' in html
    assert "too many links" in html
    assert "&#34;quoted&#34; &lt;b&gt;</textarea>" in html


def test_a_held_comment_is_explained_to_its_writer(story):
    new = reader("New Here", known=False)
    theirs = logged_in(new)
    theirs.post(f"/my/comments/write?story={story.pk}", {"words": "Hello to all of you", "token": "t" * 20})
    mine = page(theirs, "/my/comments")
    assert "Hello to all of you" in mine
    assert "first comment of everyone new here" in mine
    assert "Hello to all of you" in page(theirs, f"/my/comments/write?story={story.pk}")


def test_nobody_changes_or_deletes_what_is_anothers(story):
    comment = say(reader(), story, "A thought to begin with")
    other = logged_in(reader("Bo"))
    for act in ("edit", "delete"):
        assert other.get(f"/my/comments/{comment.pk}/{act}").status_code == 404
        assert other.post(f"/my/comments/{comment.pk}/{act}", {"words": "Mine"}).status_code == 404
    comment.refresh_from_db()
    assert comment.markdown == "A thought to begin with"


def test_ones_own_is_changed_and_deleted(client, story):
    ada = reader()
    comment = say(ada, story, "A thought to begin with")
    mine = logged_in(ada)
    assert mine.post(f"/my/comments/{comment.pk}/edit", {"words": "A better thought", "state": "x", "author": 9})[
        "Location"
    ]
    assert "A better thought" in page(client, comment.path)
    assert mine.post(f"/my/comments/{comment.pk}/delete")["Location"] == "/my/comments"
    assert Comment.objects.get().state == CommentState.DELETED


def test_forms_need_their_proof(story):
    ada = Client(enforce_csrf_checks=True)
    ada.force_login(reader())
    sent = ada.post(f"/my/comments/write?story={story.pk}", {"words": "Hello there", "token": "t" * 20})
    assert sent.status_code == 403
    assert not Comment.objects.exists()


def test_useful_and_ignore_are_buttons_behind_a_link(client, story):
    comment = say(reader(), story, "A thought to begin with")
    bo = logged_in(reader("Bo"))
    assert bo.get(f"/my/comments/{comment.pk}/about").status_code == 200
    bo.post(f"/my/comments/{comment.pk}/about", {"useful": "yes"})
    assert "useful to 1 reader" in page(client, story.path)
    bo.post(f"/my/comments/{comment.pk}/ignore", {"ignored": "yes"})
    assert "You do not want to read" in page(bo, f"/my/comments/{comment.pk}/about")


def test_anybody_reports_and_follows_the_notice(client, story):
    comment = say(reader(), story, "I know where you live")
    form = page(client, f"{comment.path}/report")
    assert "A threat" in form
    told = {"ground": "illegal_threat", "words": "He will come.", "name": "", "address": "nora@mail.example"}
    missing = client.post(f"{comment.path}/report", told)
    assert missing.status_code == 422
    assert "He will come." in missing.content.decode()
    done = client.post(f"{comment.path}/report", {**told, "name": "Nora Vik", "in_good_faith": "yes"})
    followed = re.search(r'href="(/comments/reports/[^"]+)"', done.content.decode())[1]
    assert "nobody has decided yet" in page(client, followed)
    erika = reader("Mod Erika")
    decide(comment, erika, Act.REMOVE, now=timezone.now(), reason="illegal_threat")
    assert "removed it" in page(client, followed)
    assert client.get(followed)["Cache-Control"] == "private, no-store"
    assert client.get("/comments/reports/" + "x" * 32).status_code == 404
    assert Report.objects.get().name == "Nora Vik"


def test_a_notice_from_another_site_or_a_machine_is_not_taken(client, story):
    comment = say(reader(), story, "A harmless remark")
    path = f"{comment.path}/report"
    assert client.post(path, {"ground": "insult"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(path, {"ground": "insult", "website": "x"}).status_code == 200
    assert not Report.objects.exists()


def test_a_decision_is_read_and_objected_to_by_its_subject_alone(story):
    ada = reader()
    comment = say(ada, story, "A sharp but fair remark")
    decision = decide(comment, reader("Mod Erika"), Act.REMOVE, now=timezone.now(), reason="insult", facts="Too sharp.")
    path = f"/my/comments/decisions/{decision.pk}"
    assert logged_in(reader("Bo")).get(path).status_code == 404
    mine = logged_in(ada)
    assert "Too sharp." in page(mine, path)
    assert mine.post(path, {"words": ""}).status_code == 422
    assert mine.post(path, {"words": "It was about the plan."})["Location"] == path
    assert "It was about the plan." in page(mine, path)


def test_closed_conversations_say_so_and_keep_what_was_typed(story):
    ada = logged_in(reader())
    set_thread(story, opening=Opening.CLOSED)
    sent = ada.post(f"/my/comments/write?story={story.pk}", {"words": "Too late, but long", "token": "t" * 20})
    assert sent.status_code == 422
    assert "Too late, but long" in sent.content.decode()


def test_a_story_without_conversation_says_nothing_of_it(client, story):
    set_thread(story, opening=Opening.OFF)
    assert "/comments" not in page(client, story.path)
    assert client.get(f"{story.path}/comments").status_code == 404


def test_the_feed_has_the_words_and_no_addresses(client, story):
    say(reader(), story, "The **bridge** was closed")
    feed = page(client, f"{story.path}/comments.atom")
    assert "The bridge was closed" in feed
    assert "mail.example" not in feed
    assert client.get(f"{story.path}/comments.json").status_code == 200


def test_rules_and_counts_are_made_of_what_is(client, story):
    say(reader(), story, "A thought to begin with")
    rules = page(client, "/comments/rules")
    assert "Argue with what people say" in rules
    assert '<meta name="description" content="One conversation for each story' in rules
    assert "Decisions about comments" in page(client, "/comments/counts")


def test_removed_words_leave_every_page_and_the_reason_stays(client, story):
    top = say(reader(), story, "Words that are an insult")
    say(reader("Bo"), story, "An answer that stays", answers=top)
    decide(top, reader("Mod Erika"), Act.REMOVE, now=timezone.now(), reason="insult")
    for path in (story.path, f"{story.path}/comments", top.path, f"{story.path}/comments.atom"):
        assert "Words that are" not in page(client, path)
    assert "Insult or harassment" in page(client, story.path)


@pytest.mark.parametrize(
    "query", ["", "?story=", "?story=abc", "?story=1e5", "?story=99999999999999999999", "?story=0"]
)
def test_addresses_without_a_story_are_not_found(query):
    assert logged_in(reader()).get(f"/my/comments/write{query}").status_code == 404


def test_a_long_conversation_costs_the_story_page_no_more(client, story, django_assert_max_num_queries):
    for n in range(12):
        say(reader(f"Person {n:02}"), story, f"Remark of number {n}")
    with django_assert_max_num_queries(26):
        page(client, story.path)


def test_closing_by_date_is_seen_on_the_page(client, story):
    set_thread(story, opening=Opening.OPEN, closes_at=timezone.now() + timedelta(days=2))
    assert "Open until" in page(client, story.path)
