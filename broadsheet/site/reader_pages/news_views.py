"""The pages of My news: with an account, with a list in a link, and for who has neither yet; and their feeds."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from broadsheet.articles.queries import listed, sections
from broadsheet.readers import following
from broadsheet.readers.following import Wishes
from broadsheet.readers.lists import read_list
from broadsheet.readers.models import FollowKind, Reader
from broadsheet.readers.targets import Named, Thing, name_things
from broadsheet.site.cards import article_cards, story_cards
from broadsheet.site.head import absolute
from broadsheet.site.reader_pages.accounts import reader_of
from broadsheet.site.reader_pages.following import COOKIE, device_list
from broadsheet.site.reader_pages.frame import show
from broadsheet.site.reader_pages.my_news import my_feed, my_news, reason_words
from broadsheet.site.syndication import FORMS
from broadsheet.stories.queries import stories_with


@require_safe
def my_page(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    if isinstance(request.user, Reader):
        wishes = following.wishes_of(request.user)
        news = my_news(wishes, now=now)
        title = _("My news")
        return show(request, "readers/my.html", title, news=news, why=reason_words, wishes=wishes, reader=request.user)
    if read_list(request.COOKIES.get(COOKIE, "")):
        return redirect(f"/my/list/{request.COOKIES[COOKIE]}")
    return show(request, "readers/start.html", _("My news"), sections=sections())


@require_safe
def list_page(request: HttpRequest, word: str) -> HttpResponse:
    """My news from a list that has no account."""
    things = _things(word)
    news = my_news(Wishes(tuple(things)), now=timezone.now())
    names = name_things(things)
    return show(
        request,
        "readers/list.html",
        _("My news"),
        news=news,
        why=reason_words,
        follows=[names[thing] for thing in things if thing in names],
        word=word,
        is_kept=bool(device_list(request)),
        has_account=isinstance(request.user, Reader),
        join="/account/join?" + urlencode({"next": f"/my/list/{word}"}),
    )


@require_safe
def list_feed(request: HttpRequest, word: str, form: str) -> HttpResponse:  # noqa: ARG001  # Django's
    path = f"/my/list/{word}"
    return _write(Wishes(tuple(_things(word))), path, path, form)


@require_safe
def private_feed(request: HttpRequest, key: str, form: str) -> HttpResponse:  # noqa: ARG001  # a feed reader has no cookie
    reader = following.reader_with_feed_key(key)
    if reader is None:
        raise Http404
    return _write(following.wishes_of(reader), f"/my/feed/{key}", "/my", form)


def _write(wishes: Wishes, path: str, home: str, form: str) -> HttpResponse:
    kind, write = FORMS[form]
    return HttpResponse(write(my_feed(wishes, path, home, now=timezone.now())), content_type=kind)


@login_required
@require_safe
def opml(request: HttpRequest) -> HttpResponse:
    """What is followed, for another program: the feed of each thing, and the one of all of them."""
    from broadsheet.feeds import Subscription, write_opml  # noqa: PLC0415  # the room's parsers take 8 MB

    reader = reader_of(request)
    names = name_things(following.wishes_of(reader).follows)
    key = following.feed_key(reader)
    rows = [Subscription(absolute(f"/my/feed/{key}.atom"), _("My news"), absolute("/my"), "")]
    rows += [
        Subscription(_feed_of(named), named.name, absolute(named.path), named.language) for named in names.values()
    ]
    response = HttpResponse(write_opml(rows, _("What I follow"), timezone.now()), content_type="text/x-opml")
    response["Content-Disposition"] = 'attachment; filename="follows.opml"'
    return response


def _feed_of(named: Named) -> str:
    if named.thing.kind == FollowKind.SEARCH:
        return absolute("/search.atom?" + urlencode({"q": named.thing.name}))
    return absolute(f"{named.path}.atom")


@login_required
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Kept articles and stories, newest first; what was taken down since is not told any more."""
    now = timezone.now()
    rows = list(reader_of(request).saved.order_by("-since", "-pk")[:200])
    stories = stories_with([int(row.name) for row in rows if row.kind == "story"])
    articles = listed().in_bulk([int(row.name) for row in rows if row.kind == "article"])
    story_by_id = {card.id: card for card in story_cards(stories.values(), now=now, pictured=False)}
    article_by_id = {card.id: card for card in article_cards(list(articles.values()), now=now)}
    cards = [(row.kind, (story_by_id if row.kind == "story" else article_by_id).get(int(row.name))) for row in rows]
    shown = [(kind, card) for kind, card in cards if card is not None]
    return show(request, "readers/saved.html", _("Kept for later"), cards_kept=shown)


@login_required
@require_POST
def mark_read(request: HttpRequest) -> HttpResponseBase:
    wanted = [int(number) for number in request.POST.get("stories", "").split() if number.isdigit()][:100]
    following.mark_read(reader_of(request), wanted)
    return redirect("/my")


def _things(word: str) -> list[Thing]:
    things = read_list(word)
    if not things:
        raise Http404
    return things
