"""Everything a subscriber can choose, take along and erase: by the link in every letter, and from the account."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.environment import LANGUAGES
from broadsheet.letters.asking import Wish, consent, live, names_of, read_wishes
from broadsheet.letters.audience import Choice, is_suppressed
from broadsheet.letters.choosing import PAUSES, choose, held, pause, zones
from broadsheet.letters.leaving import leave, wipe
from broadsheet.letters.links import read_token, settings_path
from broadsheet.letters.models import LetterKind, Subscriber
from broadsheet.letters.owners import own_subscriber, subscriber_of
from broadsheet.letters.queries import open_letters
from broadsheet.readers.accounts import note_act
from broadsheet.readers.models import Reader
from broadsheet.rights import Output
from broadsheet.site.letter_pages.forms import read_choices
from broadsheet.site.letter_pages.offers import day_choices, offer
from broadsheet.site.reader_pages.accounts import has_proved_address, reader_of
from broadsheet.site.reader_pages.frame import show
from broadsheet.text.languages import own_name

MINE = "/my/letters"


@csrf_exempt  # the secret in the address is the right to choose; no cookie takes part in it
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, key: str) -> HttpResponseBase:
    subscriber = _with_key(key)
    here = settings_path(key)
    if request.method != "POST":
        return _page(request, subscriber, here)
    return _act(request, subscriber, here, way="link")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_account(request: HttpRequest) -> HttpResponseBase:
    """The same for who is logged in, with the letters that need an account."""
    reader = reader_of(request)
    is_proved = has_proved_address(reader)
    if request.method != "POST":
        return _page(request, subscriber_of(reader) if is_proved else None, MINE, reader=reader, is_proved=is_proved)
    if not is_proved:
        return redirect("/account")
    return _act(request, own_subscriber(reader, now=timezone.now()), MINE, way="account")


@require_safe
def export(_request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is kept of a subscriber, as a file."""
    subscriber = _with_key(key)
    if subscriber.reader_id is not None:
        note_act("exported", subscriber.reader_id, detail="letters")
    text = json.dumps(held(subscriber, now=timezone.now()), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-letters.json"'
    return response


def _with_key(key: str) -> Subscriber:
    asked = read_token(key)
    found = Subscriber.objects.filter(key=asked.key, confirmed_at__isnull=False).first() if asked else None
    if found is None:
        raise Http404
    return found


def _act(request: HttpRequest, subscriber: Subscriber, here: str, *, way: str) -> HttpResponseBase:
    now = timezone.now()
    told = "saved"
    match request.POST.get("act", ""):
        case "pause":
            days = request.POST.get("days", "")
            pause(subscriber, int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0, now=now)
        case "resume":
            pause(subscriber, 0, now=now)
        case "leave":
            leave(subscriber.key, now=now)
            told = "left"
        case "wipe" if request.POST.get("sure") == "yes":
            wipe(subscriber, never_again=request.POST.get("never") == "yes", now=now)
            return show(request, "letters/wiped.html", _("Your address is erased"))
        case "choose":
            choices = read_choices(request.POST)
            new = read_wishes(sorted(choices.wanted - choices.shown))
            given = consent(names_of(new, now=now, output=Output.PAGE), page=_shown_path(here), way=way)
            choose(subscriber, choices, given, now=now)
        case _:
            told = "nothing"
    return redirect(f"{here}?told={told}")


def _shown_path(here: str) -> str:
    """Where the form stood, without the secret."""
    return here if here == MINE else "/letters/settings"


def _page(
    request: HttpRequest,
    subscriber: Subscriber | None,
    here: str,
    *,
    reader: Reader | None = None,
    is_proved: bool = True,
) -> HttpResponse:
    now = timezone.now()
    rows = list(live(subscriber).select_related("letter", "story")) if subscriber and subscriber.confirmed_at else []
    by_letter = {row.letter_id: row for row in rows if row.story_id is None}
    letters = {letter.pk: letter for letter in open_letters() if letter.kind != LetterKind.STORY}
    letters |= {row.letter_id: row.letter for row in rows if row.story_id is None}
    stories = [Wish(row.letter, row.story) for row in rows if row.story is not None]
    has_account = reader is not None or (subscriber is not None and subscriber.reader_id is not None)
    offered = [letter for _pk, letter in sorted(letters.items()) if has_account or letter.kind != LetterKind.PERSONAL]
    zone = subscriber.zone if subscriber else ""
    offers = [
        (offer(letter), had, day_choices(letter, Choice(hour=had.hour if had else None, zone=zone), now))
        for letter in offered
        for had in [by_letter.get(letter.pk)]
    ]
    is_paused = subscriber is not None and subscriber.paused_until is not None and subscriber.paused_until > now
    return show(
        request,
        "letters/settings.html",
        _("Your letters"),
        subscriber=subscriber,
        address=reader.email if reader else subscriber.address if subscriber else "",
        offers=offers,
        stories=list(zip(stories, names_of(stories, now=now, output=Output.PAGE), strict=True)),
        here=here,
        is_own=reader is not None,
        is_proved=is_proved,
        is_paused=is_paused,
        is_suppressed=subscriber is not None and is_suppressed(subscriber.address, now),
        told=request.GET.get("told", ""),
        pauses=PAUSES,
        zones=zones(),
        languages=[(tag, own_name(tag)) for tag in LANGUAGES],
    )
