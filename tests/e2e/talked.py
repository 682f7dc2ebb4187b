"""A conversation for a served site, made in a process of its own: `python -m tests.e2e.talked` with the site's data.

Prints JSON: the story's path, numbers of comments, and the session keys of a newcomer and a moderator.
"""

import json
import secrets
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from broadsheet.articles.models import Body  # noqa: E402
from broadsheet.comments.guard import Rules  # noqa: E402
from broadsheet.comments.guarding import set_house  # noqa: E402
from broadsheet.comments.models import Act, Persona, SavedAnswer  # noqa: E402
from broadsheet.comments.moderating import appeal, decide  # noqa: E402
from broadsheet.comments.personas import ignore, show_profile, take_name  # noqa: E402
from broadsheet.comments.posting import post_comment  # noqa: E402
from broadsheet.comments.reporting import Notice, report_comment  # noqa: E402
from broadsheet.finished.actions import purge  # noqa: E402
from broadsheet.finished.purges import EVERYTHING  # noqa: E402
from broadsheet.readers import following  # noqa: E402
from broadsheet.readers.models import GateRule, MuteKind, ObjectionKind, Reader, Role  # noqa: E402
from broadsheet.readers.objections import object_to  # noqa: E402
from broadsheet.stories.models import Story  # noqa: E402

now = timezone.now()
set_house(Rules(), actor="test", now=now, closes_after_days=0)
story = Story.objects.get(pk=1)


def reader(name, *, known=True):
    made = Reader.objects.create_user(f"{secrets.token_hex(4)}@mail.example", confirmed_at=now)
    take_name(made, name, now=now)
    Persona.objects.filter(reader=made).update(approved=int(known))
    return made


def say(who, words, minutes, answers=None):
    at = now - timedelta(minutes=minutes)
    return post_comment(who, story, words, token=secrets.token_urlsafe(18), now=at, answers=answers).comment


def session(who):
    store = SessionStore()
    store[SESSION_KEY] = str(who.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = who.get_session_auth_hash()
    store.create()
    return store.session_key


erika, ada, bo, arabic = reader("Erika Voss"), reader("Ada Lund"), reader("Bo Tarrant"), reader("محمد علي")
Role.objects.create(reader=erika, kind="moderator")
newcomer = reader("New Here", known=False)
top = say(ada, "What none of the reports mention:\n\n- it was closed **in 1998** too\n- nobody asked us", 60)
reply = say(bo, "> nobody asked us\n\nThere was a hearing, see https://archive.example/minutes", 50, top)
say(arabic, "لم يسألني أحد عن رأيي في هذا القرار.", 40)
gone = say(bo, "Words that go too far", 30)
say(ada, "Please stay with the story.", 20, gone)
held = say(newcomer, "Hello, first time here.", 10)
decide(top, erika, Act.FEATURE, now=now)
removal = decide(gone, erika, Act.REMOVE, now=now, reason="insult")
objection = appeal(removal, "It was about the plan.", now=now)
told = {"words": "He says that he will come.", "name": "Nora Vik", "address": "nora@mail.example"}
report_comment(reply, Notice("illegal", "illegal_threat", **told, in_good_faith=True, threatens_life=True), now=now)
# What one reader mutes, ignores and objects to; a gate, a video of elsewhere, an answer at hand, a page of one's own.
Role.objects.create(reader=erika, kind="administrator")
following.mute(bo, MuteKind.SOURCE, "lakeside-post")
ignore(bo, ada, is_ignored=True)
object_to(bo, ObjectionKind.OTHER, "You keep what I follow.", now=now)
show_profile(ada.persona, is_shown=True)
SavedAnswer.objects.create(title="Off topic", words="Please stay with the story.")
GateRule.objects.create(scope="article:2", kind="account")
video = Body.objects.get(article_id=1)
video.blocks = [{"kind": "paragraph", "text": "https://youtu.be/dQw4w9WgXcQ"}, *video.blocks]
video.save()
texts = Path(settings.DATA) / "texts"
texts.mkdir(exist_ok=True)
(texts / "purposes.toml").write_text('[[purpose]]\nembed = "youtube"\n', encoding="utf-8")
purge([EVERYTHING])
print(
    json.dumps(
        {
            "story": story.path,
            "article": story.lead.path,
            "shape": ada.persona.shape,
            "top": top.pk,
            "reply": reply.pk,
            "held": held.pk,
            "objection": objection.pk,
            "decision": removal.pk,
            "moderator": session(erika),
            "newcomer": session(newcomer),
            "bo": session(bo),
        }
    )
)
