"""Editions of letters at the desk: what is being made, the composer, previews as readers will see it, a test by mail.

The composer is one form: whichever button is pressed, what was typed is kept first.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.desk.frame import actor, desk, for_roles
from broadsheet.desk.post import STOPPED
from broadsheet.environment import LANGUAGES
from broadsheet.letters import composing, tasks
from broadsheet.letters.archive import PUBLIC
from broadsheet.letters.composing import ComposingError, Written
from broadsheet.letters.hindrances import EMPTY, NOBODY, SAMPLE, hindrances
from broadsheet.letters.models import Edition, EditionState, Letter
from broadsheet.letters.previewing import DARK, LIGHT, preview
from broadsheet.letters.refusing import refusal_of_settings
from broadsheet.letters.selecting import stories_since
from broadsheet.letters.starting import told as letter_words
from broadsheet.letters.telling import tell_corrections, tell_stories
from broadsheet.readers.models import Reader, RoleKind
from broadsheet.readers.throttle import take
from broadsheet.rights import Output
from broadsheet.site.middleware import SECURITY_HEADERS
from broadsheet.stories.models import Story

PAST = 40
"""Editions that went or were dropped that the list shows."""
OFFERED = 15
"""Stories that the composer offers to add."""
TESTS_AN_HOUR = 20
STATES = {
    EditionState.DRAFT: gettext_lazy("Draft"),
    EditionState.SCHEDULED: gettext_lazy("Scheduled"),
    EditionState.SENDING: gettext_lazy("Being sent"),
    EditionState.SENT: gettext_lazy("Sent"),
    EditionState.STOPPED: gettext_lazy("Stopped"),
    EditionState.DROPPED: gettext_lazy("Dropped"),
}
PROBLEMS = {
    "begun": gettext_lazy("It is being sent, was sent or was dropped: nothing of it can be changed any more."),
    "empty": gettext_lazy("There is nothing in it to send."),
    "full": gettext_lazy("There is no room for more."),
    "far": gettext_lazy("That is too far ahead."),
    "time": gettext_lazy("Say when, as a day and a time."),
    "story": gettext_lazy("There is no such story."),
    "tests": gettext_lazy("Those were many tests; please wait a while."),
}
HINDRANCES = {
    NOBODY: gettext_lazy("No edition is made by itself: nobody gets a letter yet."),
    EMPTY: gettext_lazy("There is nothing to tell: no story has come in yet."),
    SAMPLE: gettext_lazy(
        "There is nothing to tell: all stories here are invented ones of the sample, which no letter tells. "
        "Real ones come with the first gathering from the network."
    ),
}
FRAMED = SECURITY_HEADERS["Content-Security-Policy"] + "; frame-src 'self'"
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
_STORY = re.compile(r"(?:.*/stories/)?([1-9][0-9]{0,17})(?:-.*)?")
_STEPS = {"up": -1, "down": 1, "first": -composing.MOST_ITEMS}
editors = for_roles(RoleKind.EDITOR)


@editors
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """What is being made, and what became of the last ones."""
    rows = Edition.objects.select_related("letter", "story", "editor").annotate(stories=Count("items"))
    waiting = rows.filter(state__in=[*composing.OPEN, EditionState.SENDING, EditionState.STOPPED])
    past = rows.filter(state__in=[EditionState.SENT, EditionState.DROPPED])
    return desk(
        request,
        "editions.html",
        _("Editions"),
        waiting=waiting.order_by("go_at", "-pk")[:PAST],
        past=past.order_by("-until", "-pk")[:PAST],
        letters=Letter.objects.order_by("pk"),
        missing=[*filter(None, [_missing()]), *(HINDRANCES[code] for code in hindrances())],
        letter_words=letter_words,
        states=STATES,
        stopped=STOPPED,
        public=PUBLIC,
    )


@editors
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    letter = Letter.objects.filter(slug=request.POST.get("letter", "")[:60]).first()
    if letter is None:
        raise Http404
    return redirect(f"/desk/editions/{composing.start(letter, actor(request), now=timezone.now()).pk}")


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """The composer."""
    found = _edition(pk)
    if request.method != "POST":
        return _composer(request, found)
    act, _separator, number = request.POST.get("act", "save").partition(":")
    item = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    try:
        _keep(request, found)
        after = _act(request, found, act, item)
    except ComposingError as error:
        messages.error(request, str(PROBLEMS[str(error)]))
        return redirect(f"/desk/editions/{pk}")
    return redirect(f"/desk/editions/{pk}{after}")


@editors
@require_safe
def previews(request: HttpRequest, pk: int, language: str = "") -> HttpResponse:
    """The mail on a phone and on a desk, in light and in dark, and as plain text."""
    found = _edition(pk)
    mail = preview(found, actor(request), language=language, now=timezone.now())
    response = desk(
        request,
        "preview.html",
        _("Preview"),
        edition=found,
        mail=mail,
        language=language,
        languages=("", *LANGUAGES),
        themes=(LIGHT, DARK),
        size=len(mail.html.encode()) if mail else 0,
    )
    response["Content-Security-Policy"] = FRAMED
    return response


@editors
@require_safe
def mail(request: HttpRequest, pk: int, theme: str, language: str = "") -> HttpResponse:
    """The HTML of the mail by itself, for the frames of the preview."""
    found = preview(_edition(pk), actor(request), language=language, theme=theme, now=timezone.now())
    response = HttpResponse(found.html if found else "")
    response["Content-Security-Policy"] = MAIL_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _edition(pk: int) -> Edition:
    found = Edition.objects.select_related("letter", "story").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _composer(request: HttpRequest, found: Edition) -> HttpResponse:
    now = timezone.now()
    items = list(found.items.select_related("story").order_by("position", "pk"))
    numbers = [item.story_id for item in items if item.story_id]
    offered = []
    if found.state in composing.OPEN and found.letter.kind in PUBLIC:
        room = OFFERED + len(numbers)
        since = found.since or found.until
        fresh = stories_since(found.letter, since, now, besides=found, room=room, with_sample=True)
        offered = [story for story in fresh if story.pk not in numbers][:OFFERED]
    wanted = [(number, None) for number in [*numbers, *(one.pk for one in offered)]]
    told = tell_stories(wanted, output=Output.LETTER, now=now)
    corrections = tell_corrections([item.correction for item in items if item.correction], Output.LETTER, now)
    return desk(
        request,
        "edition.html",
        letter_words(found.letter.name),
        edition=found,
        items=items,
        told={story: one for (story, _article), one in told.items()},
        corrections={number: one.headline for number, one in corrections.items()},
        offered=offered,
        is_open=found.state in composing.OPEN,
        is_public=found.letter.kind in PUBLIC,
        missing=list(dict.fromkeys(filter(None, [_missing(), _waits_for(found)]))),
        go_at=_local(found.go_at) if found.go_at else "",
        states=STATES,
        stopped=STOPPED,
        longest=composing,
    )


def _waits_for(found: Edition) -> str:
    return str(STOPPED.get(found.stopped_because, found.stopped_because))


def _missing() -> str:
    """What our settings lack before anything can be sent, told before an editor tries."""
    return str(STOPPED.get(refusal_of_settings(), ""))


def _keep(request: HttpRequest, found: Edition) -> None:
    """What was typed, whichever button came after it."""
    told = request.POST
    items = {
        item: Written(told.get(f"headline-{item}", ""), told.get(f"words-{item}", ""))
        for item in found.items.values_list("pk", flat=True)
        if f"words-{item}" in told
    }
    composing.write(found, actor(request), told.get("subject", ""), told.get("introduction", ""), items)


def _act(request: HttpRequest, found: Edition, act: str, item: int) -> str:
    """Do it; returns what the address to go on at ends in. Raises ComposingError."""
    editor, now, words, after = actor(request), timezone.now(), "", ""
    match act:
        case "up" | "down" | "first":
            composing.move(found, editor, item, _STEPS[act])
            after = f"#{act}-{item}"
        case "out":
            composing.take_out(found, editor, item)
            after = "#items"
        case "words":
            after = f"#headline-{composing.add_words(found, editor)}"
        case "add":
            composing.add_story(found, editor, _story(item, request.POST.get("story", "")))
            after = "#add"
        case "fill":
            composing.fill_again(found, editor, now=now)
            after = "#items"
        case "schedule":
            composing.schedule(found, editor, _moment(request.POST.get("at", "")), now=now)
            words = _("It is scheduled.")
        case "send":
            composing.schedule(found, editor, now, now=now)
            words = _("It goes out now.")
        case "hold":
            composing.hold(found, editor)
            words = _("It is a draft again.")
        case "drop":
            composing.drop(found, editor)
            words = _("It is dropped.")
        case "preview":
            after = "/preview"
        case "test":
            words = _send_test(found, editor)
        case _:
            words = _("Saved.")
    if words:
        messages.success(request, words)
    return after


def _send_test(found: Edition, editor: Reader) -> str:
    if not take("letters tested by", str(editor.pk), most=TESTS_AN_HOUR, span=timedelta(hours=1)):
        raise ComposingError("tests")
    tasks.send_test(found.pk, editor.pk)
    return _("A test is on its way to %(address)s.") % {"address": editor.email}


def _story(number: int, written: str) -> Story:
    """By its number, or by the address of its page."""
    address = _STORY.fullmatch(written.strip()[:300])
    number = number or (int(address[1]) if address else 0)
    story = Story.objects.select_related("merged_into").filter(pk=number).first()
    if story is None:
        raise ComposingError("story")
    return story.merged_into or story


def _moment(written: str) -> datetime:
    """A day and a time in the newsroom's zone, as browsers write it. Raises ComposingError."""
    try:
        at = datetime.fromisoformat(written[:16])
    except ValueError:
        raise ComposingError("time") from None
    return at.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def _local(at: datetime) -> str:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%dT%H:%M")
