"""Moderating comments: queues, one comment with all around it, bulk acts, objections, rules with a dry run, counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.comments import queries
from broadsheet.comments.counts import COLUMNS, per_day, statements, tally
from broadsheet.comments.guard import Rules, RulesError, Verdict
from broadsheet.comments.guarding import dry_run, set_house
from broadsheet.comments.models import (
    Act,
    Appeal,
    Comment,
    Decision,
    GuardSettings,
    Opening,
    Persona,
    SavedAnswer,
)
from broadsheet.comments.moderating import (
    ModerationError,
    answer_appeal,
    decide_all,
    second,
    set_thread,
    trust,
)
from broadsheet.comments.reasons import GROUNDS, explain
from broadsheet.desk.forms import ActForm, AnswerForm, RulesForm, ThreadForm
from broadsheet.desk.frame import actor, desk, moderators
from broadsheet.desk.plots import day_plot
from broadsheet.stories.models import Story

PAGE = 50
"""Comments of a queue that are shown at once; the rest comes when these are done."""
PLOTTED = timedelta(days=30)
QUEUES = ("held", "reported", "second", "appeals", "recent")


@dataclass(frozen=True, slots=True)
class Line:
    """One comment in a queue: why it is there, in words, and who has told us about it."""

    comment: Comment
    why: tuple[str, ...]
    reports: tuple[Any, ...] = ()
    persona: Persona | None = None


@moderators
@require_safe
def queue(request: HttpRequest, name: str = "held") -> HttpResponse:
    """The work that waits, in five queues."""
    lines: Sequence[Line] = ()
    appeals: Sequence[Appeal] = ()
    pending: Sequence[Decision] = ()
    if name == "held":
        lines = [line_of(comment) for comment in queries.held()[:PAGE]]
    elif name == "recent":
        lines = [line_of(comment) for comment in queries.recent()[:PAGE]]
    elif name == "reported":
        lines = _reported()
    elif name == "appeals":
        appeals = list(queries.open_appeals()[:PAGE])
    else:
        pending = list(queries.pending()[:PAGE])
    return desk(
        request,
        "comments.html",
        _("Comments"),
        name=name,
        entries=lines,
        appeals=appeals,
        pending=pending,
        waiting={
            "held": queries.held().count(),
            "reported": queries.reported().count(),
            "second": queries.pending().count(),
            "appeals": queries.open_appeals().count(),
            "recent": 0,
        },
        queues=QUEUES,
        grounds=GROUNDS,
        saved=SavedAnswer.objects.order_by("title"),
    )


@moderators
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """One act on all that are ticked, each with its own line in the log."""
    form = ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_back(request))
    told = form.cleaned_data
    comments = list(Comment.objects.filter(pk__in=told["comments"][:PAGE]))
    if not comments:
        messages.error(request, _("Tick the comments first."))
        return redirect(_back(request))
    now = timezone.now()
    wished = Act(told["act"])
    until = now + timedelta(days=told["days"]) if wished is Act.BAN and told["days"] else None
    done, errors = decide_all(
        comments, actor(request), wished, now=now, reason=told["reason"], facts=form.letter, until=until
    )
    if done:
        words = ngettext("%(count)d comment: %(act)s.", "%(count)d comments: %(act)s.", len(done))
        messages.success(request, words % {"count": len(done), "act": wished.label})
    for sentence in dict.fromkeys(map(problem, errors)):
        messages.error(request, sentence)
    return redirect(_back(request))


@moderators
@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment with the exchange it stands in, its notices and decisions, and its writer's past."""
    found = (
        Comment.objects.select_related("thread__story", "author__persona", "parent", "answers").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    comments, decisions = queries.history(found.author) if found.author else ([], [])
    top = found.parent or found
    return desk(
        request,
        "comment.html",
        _("A comment"),
        line=line_of(found, tuple(found.reports.filter(decision=None))),
        top=top,
        around=Comment.objects.filter(parent=top).order_by("posted_at", "pk")[:100],
        past=comments,
        decisions=decisions,
        own=found.decisions.select_related("moderator", "seconded_by").order_by("-at"),
        versions=found.versions.order_by("until"),
        grounds=GROUNDS,
        saved=SavedAnswer.objects.order_by("title"),
        openings=Opening,
    )


@moderators
@require_POST
def trusted(request: HttpRequest, pk: int) -> HttpResponse:
    """Free the writer of a comment from holds, or no longer."""
    persona = Persona.objects.filter(reader__comments=pk).first()
    if persona is None:
        raise Http404
    trust(persona, is_trusted=request.POST.get("trusted") == "yes")
    return redirect(f"/desk/comments/{pk}")


@moderators
@require_POST
def thread(request: HttpRequest, story: int) -> HttpResponse:
    """How the conversation of one story is held."""
    found = Story.objects.filter(pk=story).first()
    if found is None:
        raise Http404
    form = ThreadForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        set_thread(
            found, opening=Opening(told["opening"]), closes_at=told["closes_at"], is_questions=told["is_questions"]
        )
        messages.success(request, _("Saved."))
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect(_back(request))


@moderators
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """An objection with the decision it is about, and the answer to it."""
    made = (
        Appeal.objects.select_related("decision__comment__thread__story", "decision__moderator").filter(pk=pk).first()
    )
    if made is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    problems = ""
    if request.method == "POST" and form.is_valid():
        try:
            answer_appeal(
                made,
                actor(request),
                is_upheld=form.cleaned_data["upheld"] == "yes",
                answer=form.cleaned_data["answer"],
                now=timezone.now(),
            )
        except ModerationError as error:
            problems = problem(error)
        else:
            messages.success(request, _("Answered; the letter is on its way."))
            return redirect("/desk/comments/appeals")
    elif request.method == "POST":
        problems = str(next(iter(form.errors.values()))[0])
    return desk(
        request,
        "objection.html",
        _("An objection"),
        status=422 if problems else 200,
        made=made,
        form=form,
        problem=problems,
        ground=GROUNDS.get(made.decision.reason),
    )


@moderators
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """A second moderator's word on a grave act."""
    found = Decision.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        second(found, actor(request), agrees=request.POST.get("agrees") == "yes", now=timezone.now())
    except ModerationError as error:
        messages.error(request, problem(error))
    else:
        messages.success(request, _("Done."))
    return redirect("/desk/comments/second")


@moderators
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The guard's rules; a change can be tried on the last thousand comments before it is put in force."""
    row = GuardSettings.objects.order_by("-pk").first() or GuardSettings()
    form = RulesForm(request.POST if request.method == "POST" else None, initial=RulesForm.values_of(row))
    problems = ""
    tried: list[tuple[Comment, list[str]]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            wished = Rules.from_mapping(form.rules())
        except RulesError as error:
            problems = str(error)
        else:
            if "try" in request.POST:
                tried = [
                    (past, [explain(finding.reason, finding.values) for finding in judgement.findings])
                    for past, judgement in dry_run(wished)
                    if judgement.verdict is not Verdict.ALLOWED
                ]
            else:
                set_house(wished, actor=str(actor(request)), now=timezone.now(), **form.settings())
                messages.success(request, _("The rules are in force."))
                return redirect("/desk/comments/rules")
    elif request.method == "POST":
        problems = "; ".join(f"{name}: {errors[0]}" for name, errors in form.errors.items())
    past = GuardSettings.objects.order_by("-pk")[:20]
    return desk(
        request,
        "rules.html",
        _("Rules for comments"),
        status=422 if problems else 200,
        form=form,
        problem=problems,
        tried=tried,
        past=past,
    )


@moderators
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Thirty days of moderation: time to decision, backlog, shares, as numbers and a plot."""
    now = timezone.now()
    since = now - PLOTTED
    numbers = per_day(since, now)
    return desk(
        request,
        "counts.html",
        _("Comments in numbers"),
        tally=tally(since, now),
        numbers=numbers,
        plot=day_plot(numbers, since.date(), now.date()),
        grounds=GROUNDS,
        acts=Act,
    )


@moderators
@require_safe
def export(_request: HttpRequest) -> HttpResponse:
    """A year of statements of reasons in the columns of the transparency database."""
    now = timezone.now()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(statements(now - timedelta(days=365), now))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="statements-of-reasons.csv"'
    return response


def line_of(comment: Comment, reports: tuple[Any, ...] = ()) -> Line:
    why = tuple(explain(finding["reason"], finding["values"]) for finding in comment.held_for)
    return Line(comment, why, reports, getattr(comment.author, "persona", None))


def problem(error: ModerationError) -> str:
    return {
        "reason": _("Say why: removals, warnings and bans need a reason."),
        "own_comment": _("Nobody decides about their own words."),
        "deleted": _("Its writer has deleted it."),
        "nobody": _("Its writer has no account any more."),
        "moment": _("That moment has passed; choose one to come."),
        "settled": _("Somebody was quicker: it is settled."),
        "same": _("Another moderator has to do this."),
        "words": _("Say why in a few words; the letter consists of them."),
    }.get(error.code, _("That cannot be done."))


def _reported() -> list[Line]:
    """Each comment once, with all open notices about it."""
    notices = list(queries.reported()[: 4 * PAGE])
    grouped: dict[int, list[Any]] = {}
    for notice in notices:
        grouped.setdefault(notice.comment_id, []).append(notice)
    return [line_of(rows[0].comment, tuple(rows)) for rows in list(grouped.values())[:PAGE]]


def _back(request: HttpRequest) -> str:
    """Where the form stood: a page of the desk, or its first."""
    wished = request.POST.get("back", "")
    return wished if wished.startswith("/desk/") and "\\" not in wished else "/desk/comments"
