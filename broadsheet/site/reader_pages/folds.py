"""Pages for everybody as one reader wants them: what is muted and whom they ignore is folded away, never lost.

Finished pages know nobody. A browser whose reader mutes or ignores anything holds a cookie that says just that, and is
sent on from a story, a conversation, a search or a list (`folded_lists`) to the page of its own.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from broadsheet.comments.personas import ignored_by
from broadsheet.comments.queries import Order
from broadsheet.readers.following import mutes_of
from broadsheet.readers.models import Reader
from broadsheet.site.comment_pages.reading import conversation_page, exchange_page, shared_comment, story_of
from broadsheet.site.requests import query_words
from broadsheet.site.search import read_asked, search_page
from broadsheet.site.story import story_page

COOKIE = "folds"


def remember(response: HttpResponseBase, reader: Reader) -> HttpResponseBase:
    """Have the browser ask for its own pages, or no longer, as the reader's lists stand now."""
    if reader.mutes.exists() or reader.ignores.exists():
        age, secure = settings.SESSION_COOKIE_AGE, settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, "1", max_age=age, httponly=True, samesite="Lax", secure=secure)
    else:
        forget(response)
    return response


def forget(response: HttpResponseBase) -> HttpResponseBase:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not isinstance(request.user, Reader):
        return forget(redirect(f"/stories/{pk}"))
    page = story_page(story_of(pk), now=timezone.now(), mutes=mutes_of(request.user), ignored=ignored_by(request.user))
    return render(request, "story.html", {"page": page})


@require_safe
def conversation(request: HttpRequest, pk: int, order: str = Order.NEWEST, after: str = "") -> HttpResponseBase:
    if not isinstance(request.user, Reader):
        return forget(redirect(f"/stories/{pk}/comments"))
    page = conversation_page(
        story_of(pk), Order(order), after, path=request.path, now=timezone.now(), ignored=ignored_by(request.user)
    )
    return render(request, "comments/conversation.html", {"page": page})


@require_safe
def comment(request: HttpRequest, pk: int, start: int = 0) -> HttpResponseBase:
    if not isinstance(request.user, Reader):
        return forget(redirect(f"/comments/{pk}"))
    ignored = ignored_by(request.user)
    page = exchange_page(shared_comment(pk), start, path=request.path, now=timezone.now(), ignored=ignored)
    return render(request, "comments/exchange.html", {"page": page})


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    words = request.META.get("QUERY_STRING", "")
    if not isinstance(request.user, Reader):
        return forget(redirect("/search" + (f"?{words}" if words else "")))
    page = search_page(read_asked(query_words(words)), now=timezone.now(), mutes=mutes_of(request.user))
    return render(request, "search.html", {"page": page})
