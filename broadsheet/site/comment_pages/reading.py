"""Reading: a conversation in its orders, one exchange under its own address, the rules, the counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.articles.displays import Displays
from broadsheet.comments import akismet
from broadsheet.comments.counts import Tally, tally
from broadsheet.comments.guarding import House, house
from broadsheet.comments.models import Comment, CommentState, Persona, Version
from broadsheet.comments.queries import Order, Shown, exchange, written_by
from broadsheet.comments.reasons import GROUNDS, Ground
from broadsheet.rights import Output
from broadsheet.site.comment_pages.talk import Talk, talk_of
from broadsheet.site.head import Crumb, Head, absolute, chrome, tags_of
from broadsheet.site.views import moved, show
from broadsheet.stories.models import Story
from broadsheet.stories.queries import story_for_page

SHOWN = CommentState.PUBLISHED
REPLIES = 100
"""Replies on one page of an exchange."""
COUNTED = timedelta(days=365)
"""The time the public counts cover."""


@dataclass(frozen=True, slots=True)
class TalkPage:
    head: Head
    talk: Talk
    headline: str
    language: str
    direction: str
    grounds: dict[str, Ground]


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """One comment at the top with replies. asked: the one whose address it is; versions: what it said before.

    ignored: writers whose words are folded for who reads.
    """

    head: Head
    top: Shown
    asked: int
    story_path: str
    headline: str
    language: str
    direction: str
    next_path: str
    write: str
    versions: tuple[Version, ...]
    grounds: dict[str, Ground]
    ignored: frozenset[int]


@dataclass(frozen=True, slots=True)
class WriterPage:
    """written: each with what its story is called, in which language and direction."""

    head: Head
    persona: Persona
    written: list[tuple[Comment, tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """asks_service: whether a spam service elsewhere is asked too."""

    head: Head
    grounds: dict[str, Ground]
    house: House
    contact: str
    asks_service: bool


@dataclass(frozen=True, slots=True)
class CountsPage:
    head: Head
    tally: Tally
    grounds: dict[str, Ground]
    since: datetime


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The form about a comment; values, problems: by field. receipt: once it was sent."""

    head: Head
    comment: Comment
    grounds: dict[str, Ground]
    values: dict[str, str]
    problems: dict[str, str]
    receipt: str


@require_safe
def conversation(
    request: HttpRequest, pk: int, slug: str = "", order: str = Order.NEWEST, after: str = ""
) -> HttpResponse:
    """A story's whole conversation. Its first pages are kept; what is turned to is made for who turns to it."""
    story = story_of(pk)
    if story.pk != pk or slug != story.slug:
        return moved(f"{story.path}/comments")
    page = conversation_page(story, Order(order), after, path=request.path, now=timezone.now())
    if after:
        return render(request, "comments/conversation.html", {"page": page})
    return show(request, "comments/conversation.html", page)


def conversation_page(
    story: Story, order: Order, after: str, *, path: str, now: datetime, ignored: frozenset[int] = frozenset()
) -> TalkPage:
    """Raises Http404 where no conversation is offered."""
    talk = talk_of(story, now=now, order=order, after=after, ignored=ignored)
    if talk is None:
        raise Http404
    headline, language, direction = named(story, now)
    head = Head(
        title=_("Comments: %(headline)s") % {"headline": headline},
        path=path,
        chrome=chrome(),
        now=now,
        canonical=absolute(talk.path),
        robots="noindex, follow",
        crumbs=(Crumb(headline, story.path, language),),
        feed=talk.path,
        tags=tags_of([story]),
        until=talk.until,
    )
    return TalkPage(head, talk, headline, language, direction, dict(GROUNDS))


@require_safe
def comment(request: HttpRequest, pk: int, start: int = 0) -> HttpResponse:
    """One comment under its own address: the exchange it stands in, itself marked."""
    found = shared_comment(pk)
    if found.parent_id is not None and found.state != CommentState.PUBLISHED:
        return redirect(f"/comments/{found.parent_id}")
    return show(request, "comments/exchange.html", exchange_page(found, start, path=request.path, now=timezone.now()))


def shared_comment(pk: int) -> Comment:
    """A comment that everybody may read, or whose place at least everybody may see. Raises Http404."""
    found = Comment.objects.select_related("thread__story__merged_into", "parent").filter(pk=pk).first()
    if found is None or found.state in (CommentState.HELD, CommentState.HIDDEN) or (not found.name and not found.html):
        raise Http404
    return found


def exchange_page(
    found: Comment, start: int, *, path: str, now: datetime, ignored: frozenset[int] = frozenset()
) -> ExchangePage:
    story = found.thread.story.merged_into or found.thread.story
    top, count = exchange(found, start=start, limit=REPLIES)
    headline, language, direction = named(story, now)
    following = start + REPLIES
    head = Head(
        title=_("A comment on: %(headline)s") % {"headline": headline},
        path=path,
        chrome=chrome(),
        now=now,
        robots="noindex, follow",
        crumbs=(Crumb(headline, story.path, language), Crumb(_("Comments"), f"{story.path}/comments")),
        tags=tags_of([story]),
    )
    return ExchangePage(
        head=head,
        top=top,
        asked=found.pk,
        story_path=story.path,
        headline=headline,
        language=language,
        direction=direction,
        next_path=f"/comments/{top.id}/from/{following}" if following < count else "",
        write=f"/my/comments/write?story={story.pk}&answers=",
        versions=tuple(found.versions.order_by("until")) if found.edited_at and found.state == SHOWN else (),
        grounds=dict(GROUNDS),
        ignored=ignored,
    )


@require_safe
def writer(request: HttpRequest, shape: str) -> HttpResponse:
    """What somebody wrote, who wants it to stand together. Kept nowhere, so it is gone when they want it gone."""
    persona = Persona.objects.filter(shape=shape[:80].replace("\0", ""), has_profile=True).first()
    if persona is None:
        raise Http404
    now = timezone.now()
    head = Head(title=persona.name, path=request.path, chrome=chrome(), now=now, robots="noindex, nofollow")
    written = written_by(persona)
    page = WriterPage(head, persona, [(one, named(one.thread.story, now)) for one in written])
    return render(request, "comments/writer.html", {"page": page})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules and how they are kept (Regulation (EU) 2022/2065, art. 14), made of the settings in force."""
    head = Head(
        title=_("Rules for comments"),
        description=_("One conversation for each story, kept civil by people."),
        path="/comments/rules",
        chrome=chrome(),
        now=timezone.now(),
        tags=frozenset({"comments"}),
    )
    page = RulesPage(head, dict(GROUNDS), house(), str(settings.ENVIRONMENT.contact), akismet.is_on())
    return show(request, "comments/rules.html", page)


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """What was decided about comments within a year, for everybody."""
    now = timezone.now()
    head = Head(title=_("Decisions about comments"), path="/comments/counts", chrome=chrome(), now=now)
    page = CountsPage(head, tally(now - COUNTED, now), dict(GROUNDS), now - COUNTED)
    return show(request, "comments/counts.html", page)


def named(story: Story, now: datetime) -> tuple[str, str, str]:
    """What the pages call a story, within its rights, with language and direction."""
    if story.editors_headline:
        return story.editors_headline, story.language, story.direction
    headline = Displays([story.lead], Output.PAGE, now=now).of(story.lead).headline if story.lead else ""
    if headline and story.lead:
        language = story.lead.language
        return headline, "" if language == "und" else language, story.lead.direction
    return _("A story reported by others"), "", "ltr"


def story_of(pk: int) -> Story:
    """The story, or the one it became part of. Raises Http404."""
    found = story_for_page(pk)
    if found is None:
        raise Http404
    return found.merged_into or found
