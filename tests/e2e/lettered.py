"""Letters for a served site, made in a process of its own: `python -m tests.e2e.lettered` with the site's data.

Prints JSON: keys of subscribers and numbers of what they asked for, and the session keys of a reader and an editor.
"""

import json
from datetime import timedelta

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from broadsheet.letters.keys import new_key  # noqa: E402
from broadsheet.letters.leaving import leave  # noqa: E402
from broadsheet.letters.models import (  # noqa: E402
    Delivery,
    Edition,
    Letter,
    Proof,
    Return,
    Subscriber,
    Subscription,
)
from broadsheet.letters.suppression import suppress  # noqa: E402
from broadsheet.readers.models import Reader, Role  # noqa: E402
from broadsheet.stories.models import Story  # noqa: E402

now = timezone.now()
letters = {letter.slug: letter for letter in Letter.objects.all()}
story = Story.objects.get(pk=1)


def subscriber(address, *slugs, **more):
    made = Subscriber.objects.create(address=address, key=new_key(), **{"confirmed_at": now, **more})
    for slug in slugs:
        about = story if slug == "story" else None
        Subscription.objects.create(subscriber=made, letter=letters[slug], story=about)
    return made


def proof(of, *wishes, **more):
    words = "Morning. You ask for letters by mail."
    return Proof.objects.create(subscriber=of, letters=list(wishes), text=words, version="1", page="/", **more).pk


def session(name, address, role=""):
    made = Reader.objects.create_user(address, name=name, confirmed_at=now)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    if role:
        Role.objects.create(reader=made, kind=role)
    store = SessionStore()
    store[SESSION_KEY] = str(made.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = made.get_session_auth_hash()
    store.create()
    return store.session_key


ada = subscriber("ada@harbor.example", "morning", "week", "story", paused_until=now + timedelta(days=7))
proof(ada, "morning", "week", confirmed_at=now)
waiting = subscriber("bo@harbor.example", confirmed_at=None, asked_at=now)
asked = proof(waiting, "morning", "week", f"story:{story.pk}")
left = subscriber("cy@harbor.example", "morning", "evening")
leave(left.key, "morning", "too_many", words="Two a week would do")
edition = Edition.objects.create(
    letter=letters["morning"], issue=1, state="sent", go_at=now, started_at=now, ended_at=now
)
mail = Delivery.objects.create(edition=edition, subscriber=ada, domain="harbor.example", state="sent", code=250)
Return.objects.create(kind="soft", way="dsn", mark="m", delivery=mail, subscriber=ada, status="4.2.2", detail="Full")
suppress("no@harbor.example", "complaint")
print(
    json.dumps(
        {
            "ada": ada.key,
            "waiting": waiting.key,
            "asked": asked,
            "left": left.key,
            "morning": letters["morning"].pk,
            "story": story.pk,
            "reader": session("Dora", "dora@harbor.example"),
            "editor": session("Erika", "erika@harbor.example", "editor"),
        }
    )
)
