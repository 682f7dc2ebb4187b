"""Leaving a letter: a page with a button for people, the same address for mail programs (RFC 8058).

A link that is opened changes nothing. A link of nobody's gets the same answers as one of somebody's.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.letters.asking import Wish, add_confirmed, consent, names_of
from broadsheet.letters.leaving import leave, tell_why, wipe
from broadsheet.letters.links import Token, leave_path, read_token, settings_path
from broadsheet.letters.models import LeavingReason, Letter, Subscriber
from broadsheet.rights import Output
from broadsheet.site.reader_pages.frame import show
from broadsheet.stories.models import Story

REASONS = (
    (LeavingReason.TOO_MANY, gettext_lazy("Too many mails")),
    (LeavingReason.NOT_INTERESTED, gettext_lazy("Not what I expected")),
    (LeavingReason.NEVER_ASKED, gettext_lazy("I never asked for this")),
    (LeavingReason.OTHER, gettext_lazy("Something else")),
)


@csrf_exempt  # mail programs bring neither cookie nor token; the link itself is the right to leave
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """GET: a button. POST: it is done, with 200 and no redirect, whoever asks and however often."""
    asked = read_token(token) or Token("")
    letter = Letter.objects.filter(pk=asked.letter).first() if asked.letter else None
    story = Story.objects.filter(pk=asked.story).first() if asked.story and letter else None
    subscriber = Subscriber.objects.filter(key=asked.key).first() if asked.key else None
    act = request.POST.get("act", "") if request.method == "POST" else "look"
    if asked.letter and letter is None:
        subscriber = None  # of a letter that is gone nobody needs to be freed
    if act != "look":
        _act(request, act, subscriber, letter, story)
    name = names_of([Wish(letter, story)], now=timezone.now(), output=Output.PAGE)[0] if letter else ""
    known = subscriber is not None and (act != "wipe" or request.POST.get("sure") != "yes")
    return show(
        request,
        "letters/leave.html",
        _("Leave a letter") if letter else _("Leave all letters"),
        act=act,
        name=name,
        is_confirmed=subscriber is None or subscriber.confirmed_at is not None,
        here=f"/letters/leave/{token}",
        all_of_them=leave_path(asked.key) if letter and asked.key else "",
        settings=settings_path(asked.key) if known else "",
        reasons=REASONS,
    )


def _act(
    request: HttpRequest, act: str, subscriber: Subscriber | None, letter: Letter | None, story: Story | None
) -> None:
    if subscriber is None:
        return
    now = timezone.now()
    slug, number = letter.slug if letter else "", story.pk if story else None
    match act:
        case "why":
            words = request.POST.get("words", "")
            tell_why(subscriber.key, slug, request.POST.get("reason", ""), story=number, words=words)
        case "back" if letter is not None:
            wish = Wish(letter, story)
            given = consent(names_of([wish], now=now), page=request.path, way="link")
            add_confirmed(subscriber, [wish], given, now=now)
        case "wipe":
            if request.POST.get("sure") == "yes":
                wipe(subscriber, never_again=request.POST.get("never") == "yes", now=now)
        case _:  # the button, and `List-Unsubscribe=One-Click`
            leave(subscriber.key, slug, story=number, now=now)
