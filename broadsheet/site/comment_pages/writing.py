"""Writing: for readers with an account and a name. Nothing typed is lost: an error shows the form as it was filled."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.comments import markup
from broadsheet.comments.guarding import house
from broadsheet.comments.models import Comment, CommentState, Decision, Persona
from broadsheet.comments.personas import NameRefusedError, ignore, show_profile, take_name
from broadsheet.comments.posting import (
    GuardError,
    PostingError,
    ban_of,
    delete_comment,
    edit_comment,
    is_open,
    mark_useful,
    persona_of,
    post_comment,
    thread_of,
)
from broadsheet.comments.queries import own_waiting
from broadsheet.comments.reasons import explain
from broadsheet.prepared import Prepared
from broadsheet.readers.models import Reader
from broadsheet.site.comment_pages.forms import CommentForm, NameForm
from broadsheet.site.comment_pages.reading import named
from broadsheet.site.reader_pages import folds
from broadsheet.site.reader_pages.frame import show
from broadsheet.stories.models import Story


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form for a comment: send, or look at it first."""
    story, answers = _asked(request.GET)
    reader = _reader(request)
    persona = persona_of(reader)
    if persona is None:
        return redirect(f"/my/comments/name?next={quote(request.get_full_path(), safe='')}")
    now = timezone.now()
    form = CommentForm(request.POST if request.method == "POST" else None)
    problems: list[str] = []
    status = 200
    if request.method == "POST" and "preview" not in request.POST:
        try:
            return _post(request, reader, story, answers, form)
        except PostingError as error:
            problems, status = say_problems(error), 422
    words = form.data.get(
        "words", markup.quoted(answers.markdown, answers.name) if answers and "quote" in request.GET else ""
    )
    headline, language, direction = named(story, now)
    return show(
        request,
        "comments/write.html",
        _("Write a comment"),
        status=status,
        story=story,
        headline=headline,
        language=language,
        direction=direction,
        answers=answers,
        persona=persona,
        words=words,
        preview=markup.to_html(words) if request.method == "POST" else "",
        token=form.data.get("token") or secrets.token_urlsafe(24),
        problems=problems,
        is_open=is_open(thread_of(story), house(), now),
        ban=ban_of(reader, now),
        longest=house().rules.longest,
        waiting=own_waiting(story, reader),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Choose the name to write under, and whether answers are mailed."""
    reader = _reader(request)
    persona = persona_of(reader)
    initial = {
        "name": persona.name if persona else reader.name,
        "mails_replies": bool(persona and persona.mails_replies),
        "has_profile": bool(persona and persona.has_profile),
    }
    form = NameForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_name(reader, form.cleaned_data["name"], now=timezone.now())
        except NameRefusedError as error:
            form.add_error("name", _name_problem(error.code))
        else:
            Persona.objects.filter(pk=taken.pk).update(mails_replies=form.cleaned_data["mails_replies"])
            show_profile(taken, is_shown=form.cleaned_data["has_profile"])
            messages.success(request, _("You write as %(name)s from now on.") % {"name": form.cleaned_data["name"]})
            return redirect(_safe(request.POST.get("next", "")) or "/my/comments")
    status = 422 if request.method == "POST" else 200
    onward = _safe(request.POST.get("next", request.GET.get("next", "")))
    return show(request, "comments/name.html", _("Your name here"), status=status, form=form, onward=onward)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What a reader wrote, what became of it, and what was decided about it."""
    reader = _reader(request)
    now = timezone.now()
    comments = Comment.objects.filter(author=reader).select_related("thread__story").order_by("-posted_at")[:100]
    decisions = Decision.objects.filter(subject=reader, is_pending=False).select_related("appeal").order_by("-at")[:50]
    return show(
        request,
        "comments/mine.html",
        _("Your comments"),
        persona=persona_of(reader),
        comments=[(comment, held_reasons(comment)) for comment in comments],
        decisions=decisions,
        ban=ban_of(reader, now),
        editable=now - house().edit_for,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own(request, pk)
    problems: list[str] = []
    words = request.POST.get("words", comment.markdown)[: markup.LONGEST]
    if request.method == "POST" and "preview" not in request.POST:
        try:
            edited = edit_comment(comment, _reader(request), words, now=timezone.now())
        except PostingError as error:
            problems = say_problems(error)
        else:
            return _return_to(request, edited)
    return show(
        request,
        "comments/edit.html",
        _("Change your comment"),
        status=422 if problems else 200,
        comment=comment,
        words=words,
        preview=markup.to_html(words) if request.method == "POST" else "",
        problems=problems,
        until=comment.posted_at + house().edit_for,
        longest=house().rules.longest,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own(request, pk)
    if request.method == "POST":
        try:
            delete_comment(comment, _reader(request))
        except PostingError as error:
            messages.error(request, say_problems(error)[0])
        else:
            messages.success(request, _("Your comment is deleted."))
        return redirect("/my/comments")
    return show(request, "comments/delete.html", _("Delete your comment"), comment=comment)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """A button behind a link: pages for everybody hold no forms of one reader."""
    comment = Comment.objects.select_related("thread__story").filter(pk=pk, state=CommentState.PUBLISHED).first()
    if comment is None:
        raise Http404
    reader = _reader(request)
    if request.method == "POST":
        mark_useful(comment, reader, is_useful=request.POST.get("useful") == "yes")
        return redirect(comment.path)
    is_marked = comment.marks.filter(reader=reader).exists()
    is_ignored = reader.ignores.filter(ignored=comment.author_id).exists() if comment.author_id else False
    return show(
        request,
        "comments/useful.html",
        _("About this comment"),
        comment=comment,
        is_marked=is_marked,
        is_ignored=is_ignored,
        is_own=comment.author_id == reader.pk,
    )


@login_required
@require_POST
def ignore_writer(request: HttpRequest, pk: int) -> HttpResponseBase:
    comment = Comment.objects.select_related("author").filter(pk=pk).first()
    if comment is None or comment.author is None:
        raise Http404
    ignore(_reader(request), comment.author, is_ignored=request.POST.get("ignored") == "yes")
    return folds.remember(redirect(f"/my/comments/{pk}/about"), _reader(request))


def say_problems(error: PostingError) -> list[str]:
    """The sentences for what stopped a comment."""
    if isinstance(error, GuardError):
        return [explain(finding.reason, finding.values) for finding in error.judgement.findings]
    if error.code == "banned" and error.until is not None:
        return [
            _("You may not write until %(until)s. You were told why by mail.") % {"until": f"{error.until:%Y-%m-%d}"}
        ]
    return [
        {
            "closed": _("This conversation is closed. Copy your words before you leave."),
            "banned": _("You may not write here for the time being. You were told why by mail."),
            "wrong_answer": _("The comment you answer is gone. Your words are still here."),
            "for_editors": _("Here readers ask and editors answer. Ask a question of your own."),
            "token_of_another": _("This form was opened by somebody else. Please send it once more."),
            "too_late": _("The time for changes is over. Write another comment, or delete this one."),
            "not_yours": _("This comment cannot be changed by you."),
        }.get(error.code, _("That did not work. Please try again."))
    ]


def held_reasons(comment: Comment) -> list[str]:
    """Why a comment waits, for its writer and the desk; nothing once it does not."""
    if comment.state not in (CommentState.HELD, CommentState.HIDDEN):
        return []
    return [explain(finding["reason"], finding["values"]) for finding in comment.held_for]


def _post(
    request: HttpRequest, reader: Reader, story: Story, answers: Comment | None, form: CommentForm
) -> HttpResponse:
    if not form.is_valid():
        raise PostingError("form")
    posted = post_comment(
        reader, story, form.cleaned_data["words"], token=form.cleaned_data["token"], now=timezone.now(), answers=answers
    )
    return _return_to(request, posted.comment)


def _return_to(request: HttpRequest, comment: Comment) -> HttpResponse:
    if comment.state == CommentState.PUBLISHED:
        return redirect(comment.path)
    why = " ".join(held_reasons(comment))
    messages.info(request, _("Thank you. An editor looks at your comment before it appears. %(why)s") % {"why": why})
    return redirect("/my/comments")


def _asked(query: Mapping[str, Any]) -> tuple[Story, Comment | None]:
    number, answers = str(query.get("story", "")), str(query.get("answers", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    story = next(iter(_STORY(int(number))), None)
    if story is None:
        raise Http404
    answered = None
    if answers.isascii() and answers.isdigit() and len(answers) < 19:
        published = Comment.objects.filter(state=CommentState.PUBLISHED).select_related("thread__story", "parent")
        answered = published.filter(pk=int(answers)).first()
    return story.merged_into or story, answered


_STORY = Prepared(lambda story: Story.objects.select_related("merged_into", "lead__publisher").filter(pk=story))


def _own(request: HttpRequest, pk: int) -> Comment:
    """A comment of the reader's own; anybody else's does not exist here."""
    found = Comment.objects.select_related("thread__story").filter(pk=pk, author=_reader(request)).first()
    if found is None or found.state == CommentState.DELETED:
        raise Http404
    return found


def _reader(request: HttpRequest) -> Reader:
    assert isinstance(request.user, Reader)  # login_required stands before it
    return request.user


def _name_problem(code: str) -> str:
    return {
        "short": _("Two letters at least."),
        "long": _("Forty letters at most."),
        "letters": _("Letters, digits, spaces, hyphens, points and apostrophes only."),
        "mixed": _("Please keep to one alphabet: mixed ones are used to pass for somebody else."),
        "official": _("This name would look like one of ours."),
        "taken": _("Somebody has this name, or one that looks like it."),
    }[code]


def _safe(address: str) -> str:
    """A path of ours to go on to; nothing for what leads elsewhere."""
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
