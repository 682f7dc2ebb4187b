"""A conversation for a served site, made in a process of its own: `python -m tests.e2e.talked` with the site's data.

Prints JSON: the story's path, numbers of comments, and the session keys of a newcomer and a moderator.
"""

import json
import secrets
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from broadsheet.comments.guard import Rules  # noqa: E402
from broadsheet.comments.guarding import set_house  # noqa: E402
from broadsheet.comments.models import Act, Persona  # noqa: E402
from broadsheet.comments.moderating import appeal, decide  # noqa: E402
from broadsheet.comments.personas import take_name  # noqa: E402
from broadsheet.comments.posting import post_comment  # noqa: E402
from broadsheet.comments.reporting import Notice, report_comment  # noqa: E402
from broadsheet.readers.models import Reader, Role  # noqa: E402
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
print(
    json.dumps(
        {
            "story": story.path,
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
