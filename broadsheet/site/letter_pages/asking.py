"""Asking for letters and confirming it. The answer to a form is the same whether an address is known or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.letters import tasks
from broadsheet.letters.asking import (
    Consent,
    Wish,
    add_confirmed,
    confirm,
    consent,
    consent_words,
    names_of,
    read_wishes,
)
from broadsheet.letters.links import Token, read_token, settings_path
from broadsheet.letters.models import LetterKind, Proof
from broadsheet.letters.owners import own_subscriber
from broadsheet.letters.queries import open_letters, shelf
from broadsheet.readers.models import Reader
from broadsheet.readers.throttle import take
from broadsheet.rights import Output
from broadsheet.site.api.limits import caller_at
from broadsheet.site.head import Head, chrome
from broadsheet.site.letter_pages.forms import AskForm
from broadsheet.site.letter_pages.offers import Offer, offer
from broadsheet.site.reader_pages.accounts import has_proved_address
from broadsheet.site.reader_pages.frame import show as show_own
from broadsheet.site.reader_pages.frame import too_many
from broadsheet.site.reader_pages.reading import is_own_form
from broadsheet.site.views import moved, show
from broadsheet.stories.models import Story
from broadsheet.stories.queries import story_for_page

ASKS_AN_HOUR = 20
"""Of one network: a family or a school may share it, a machine that types addresses may not."""
ASKS_IN_ALL = 3_000
"""An hour, from everywhere: what many machines together can have us write."""


@dataclass(frozen=True, slots=True)
class LettersPage:
    """The letters and the form. form: as it was filled in; ticked: wishes as written. story: of which it is about."""

    head: Head
    offers: tuple[Offer, ...]
    personal: Offer | None
    form: AskForm
    ticked: frozenset[str]
    consent: str
    story: Story | None = None
    story_name: str = ""
    wish: str = ""


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All letters that can be had, on a page that is the same for everybody."""
    return show(request, "letters/letters.html", _letters_page(AskForm()))


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """Following one story by mail, until it ends."""
    found = story_for_page(pk)
    if found is None:
        raise Http404
    if found.merged_into is not None:
        return moved(f"/letters/stories/{found.merged_into.pk}")
    return show(request, "letters/story.html", _story_page(found, AskForm()))


# Without Django's token: the forms stand on finished pages, which hold nothing of anybody's. What a foreign site could
# do here is to have one mail sent, and not even that in a browser that tells where a form comes from.
@csrf_exempt
@require_POST
def ask(request: HttpRequest) -> HttpResponseBase:
    if not is_own_form(request):
        raise PermissionDenied
    form = AskForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    now = timezone.now()
    hour = timedelta(hours=1)
    if not take("letters asked from", _network(request), most=ASKS_AN_HOUR, span=hour, now=now) or not take(
        "letters asked", "", most=ASKS_IN_ALL, span=hour, now=now
    ):
        return too_many(request)
    wishes = form.wishes
    given = consent(names_of(wishes, now=now, output=Output.PAGE), page=form.cleaned_data["page"])
    address = form.cleaned_data["email"]
    if wishes and isinstance(request.user, Reader) and request.user.email == address:
        return _ask_for(request, request.user, wishes, given)
    tasks.ask(address, [str(wish) for wish in wishes], given)
    return redirect("/letters/asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What everybody is told who pressed the button, whatever came of it."""
    return show_own(
        request, "letters/asked.html", _("Look into your mailbox"), days=settings.ENVIRONMENT.unconfirmed_days
    )


@csrf_exempt  # the link is the proof: it was sent to one mailbox alone
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: HttpRequest, token: str) -> HttpResponseBase:
    """Behind the link of the mail: a button. Programs that open every link confirm nothing."""
    key, pk, _story = read_token(token) or Token("")
    now = timezone.now()
    if request.method == "POST":
        subscriber = confirm(key, pk, now=now)
        if subscriber is not None:
            return redirect(f"{settings_path(subscriber.key)}?told=confirmed")
    proof = Proof.objects.filter(pk=pk, subscriber__key=key).select_related("subscriber").first()
    if proof is None:
        return show_own(request, "letters/expired.html", _("This link is no longer good"), status=410)
    return show_own(
        request,
        "letters/confirm.html",
        _("Confirm your letters"),
        proof=proof,
        names=names_of(read_wishes(proof.letters, only_open=False), now=now, output=Output.PAGE),
        settings=settings_path(key),
    )


def _ask_for(request: HttpRequest, reader: Reader, wishes: list[Wish], given: Consent) -> HttpResponseBase:
    """The account has proved this address: no mail, no second button."""
    if not has_proved_address(reader):
        tasks.ask(reader.email, [str(wish) for wish in wishes], given)
        return redirect("/letters/asked")
    now = timezone.now()
    by_account = Consent(given.text, given.version, given.page, "account")
    add_confirmed(own_subscriber(reader, now=now), wishes, by_account, now=now)
    messages.success(request, _("Saved."))
    return redirect("/my/letters")


def _network(request: HttpRequest) -> str:
    return caller_at(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def _again(request: HttpRequest, form: AskForm) -> HttpResponse:
    """The form with what is wrong said beside it; about a story if it was about one."""
    about = read_wishes(form.asked) if len(form.asked) == 1 else []
    if about and about[0].story is not None:
        context = {"page": _story_page(about[0].story, form)}
        return render(request, "letters/story.html", context, status=422)
    return render(request, "letters/letters.html", {"page": _letters_page(form)}, status=422)


def _letters_page(form: AskForm) -> LettersPage:
    """Three queries."""
    offers = [offer(letter) for letter in open_letters() if letter.kind != LetterKind.STORY]
    everybodys = tuple(one for one in offers if one.kind != LetterKind.PERSONAL)
    ticked = form.asked if form.is_bound else [one.slug for one in everybodys[:1]]
    return LettersPage(
        head=Head(
            title=_("Letters by mail"),
            path="/letters",
            chrome=chrome(),
            now=timezone.now(),
            description=_("The news by mail: which letters there are, when they come, how to get and to leave them."),
            tags=frozenset({"letters"}),
        ),
        offers=everybodys,
        personal=next((one for one in offers if one.kind == LetterKind.PERSONAL), None),
        form=form,
        ticked=frozenset(ticked),
        consent=consent_words(),
    )


def _story_page(found: Story, form: AskForm) -> LettersPage:
    """Raises Http404 where stories are not told by mail."""
    letter = shelf().stories
    if letter is None:
        raise Http404
    now = timezone.now()
    wish = Wish(letter, found)
    return LettersPage(
        head=Head(
            title=_("Follow this story by mail"),
            path=f"/letters/stories/{found.pk}",
            chrome=chrome(),
            now=now,
            robots="noindex",
            tags=frozenset({"letters", found.tag}),
        ),
        offers=(offer(letter),),
        personal=None,
        form=form,
        ticked=frozenset({str(wish)}),
        consent=consent_words(),
        story=found,
        story_name=names_of([wish], now=now, output=Output.PAGE)[0],
        wish=str(wish),
    )
