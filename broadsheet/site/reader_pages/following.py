"""Following, muting and keeping: a page with a button for each, before an account exists and with one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from broadsheet.readers import following
from broadsheet.readers.lists import MOST, read_list, write_list
from broadsheet.readers.models import FollowKind, MuteKind, Reader
from broadsheet.readers.targets import Named, Thing, existing, find_thing, name_things
from broadsheet.site.reader_pages import folds
from broadsheet.site.reader_pages.accounts import reader_of
from broadsheet.site.reader_pages.frame import show

COOKIE = "follows"
COOKIE_S = 365 * 24 * 3600
GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def follow(request: HttpRequest) -> HttpResponseBase:
    """`/follow?kind=topic&name=ferries`: what is followed, and the button. Without an account the list is a link."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("kind") not in FollowKind.values:
        raise Http404
    named = _thing(asked["kind"], asked.get("name", ""))
    reader = request.user if isinstance(request.user, Reader) else None
    if request.method != "POST":
        is_followed = following.is_followed(reader, named.thing) if reader else named.thing in device_list(request)
        here = "/follow?" + urlencode({"kind": asked["kind"], "name": asked["name"]})
        context: dict[str, Any] = {"named": named, "is_followed": is_followed, "reader": reader, "asked": asked}
        join = "/account/join?" + urlencode({"next": here})
        login = "/account/login?" + urlencode({"next": here})
        return show(request, "readers/follow.html", _("Follow"), join=join, login=login, **context)
    if reader is not None:
        if asked.get("act") == "unfollow":
            following.unfollow(reader, named.thing)
            messages.success(request, _("You no longer follow it."))
        else:
            following.follow(reader, [named.thing])
            messages.success(request, _("You follow it now."))
        return redirect("/my/follows")
    things = read_list(asked.get("list", "")) or device_list(request)
    if asked.get("act") == "unfollow":
        things = [thing for thing in things if thing != named.thing]
    elif len(things) < MOST:
        things = [*things, named.thing]
    return to_list(request, things)


def to_list(request: HttpRequest, things: list[Thing]) -> HttpResponseBase:
    """The page of a list without an account; the device keeps it only where it was told to before."""
    word = write_list(things)
    response = redirect(f"/my/list/{word}")
    if COOKIE in request.COOKIES:
        remember(response, word)
    return response


def remember(response: HttpResponseBase, word: str) -> None:
    response.set_cookie(
        COOKIE, word, max_age=COOKIE_S, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def device_list(request: HttpRequest) -> list[Thing]:
    return read_list(request.COOKIES.get(COOKIE, ""))


@login_required
@require_http_methods(GET_OR_POST)
def follows(request: HttpRequest) -> HttpResponseBase:
    """Everything that shapes My news, each with a button that ends it."""
    reader = reader_of(request)
    if request.method == "POST":
        _change(request, reader)
        return folds.remember(redirect("/my/follows"), reader)
    wishes = following.wishes_of(reader)
    mutes = list(reader.mutes.order_by("kind", "pk"))
    names = name_things([*wishes.follows, *(Thing(mute.kind, mute.name) for mute in mutes)])
    return show(
        request,
        "readers/follows.html",
        _("What I follow"),
        follows=[names[thing] for thing in wishes.follows if thing in names],
        mutes=[(mute, names.get(Thing(mute.kind, mute.name))) for mute in mutes],
        feed=f"/my/feed/{following.feed_key(reader)}",
        reader=reader,
    )


def _change(request: HttpRequest, reader: Reader) -> None:
    asked = request.POST
    match asked.get("act", ""):
        case "unfollow":
            following.unfollow(reader, Thing(asked.get("kind", ""), asked.get("name", "")))
        case "unmute":
            following.unmute(reader, _number(asked.get("name", "")))
        case "mute":
            if not following.mute(reader, MuteKind.WORD, asked.get("words", "")):
                messages.error(request, _("Please type a word or a few words to mute."))
        case "feed":
            following.renew_feed_key(reader)
            messages.success(request, _("The old address of your feed no longer works."))
        case "read":
            following.keep_read_state(reader, asked.get("wanted") == "yes")


@login_required
@require_http_methods(GET_OR_POST)
def mute(request: HttpRequest) -> HttpResponseBase:
    """`/mute?kind=source&name=harbor-courier`."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("kind") not in (MuteKind.SOURCE, MuteKind.TOPIC):
        raise Http404
    named = _thing(asked["kind"], asked.get("name", ""))
    if request.method == "POST":
        following.mute(reader_of(request), MuteKind(asked["kind"]), named.thing.name)
        messages.success(request, _("Muted. It is left out of your news, your feed and your digests, and folded away."))
        return folds.remember(redirect("/my/follows"), reader_of(request))
    return show(request, "readers/mute.html", _("Mute"), named=named, asked=asked)


@login_required
@require_http_methods(GET_OR_POST)
def save(request: HttpRequest) -> HttpResponseBase:
    """`/save?kind=article&name=12`."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("kind") not in ("article", "story"):
        raise Http404
    named = _thing(asked["kind"], asked.get("name", ""))
    if request.method == "POST":
        reader = reader_of(request)
        if asked.get("act") == "unsave":
            following.unsave(reader, named.thing)
        elif not following.save(reader, named.thing):
            messages.error(request, _("Your list is full."))
        return redirect("/my/saved")
    return show(request, "readers/save.html", _("Keep for later"), named=named, asked=asked)


@require_POST
def keep_list(request: HttpRequest) -> HttpResponseBase:
    """What to do with a list that has no account: keep it on this device, forget it there, or move it into one."""
    things = existing(read_list(request.POST.get("list", "")))
    word = write_list(things)
    response: HttpResponseBase = redirect(f"/my/list/{word}")
    match request.POST.get("act", ""):
        case "device":
            remember(response, word)
        case "forget":
            response.delete_cookie(COOKIE, samesite="Lax")
        case "account" if isinstance(request.user, Reader):
            following.follow(request.user, things)
            messages.success(request, _("Your account follows these now."))
            response = redirect("/my")
            response.delete_cookie(COOKIE, samesite="Lax")
        case "account":
            response = redirect("/account/join?" + urlencode({"next": f"/my/list/{word}"}))
    return response


def _thing(kind: str, name: str) -> Named:
    named = find_thing(kind, name)
    if named is None:
        raise Http404
    return named


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0
