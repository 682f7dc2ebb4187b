"""Reporting a comment, following one's notice, reading the statement of reasons, objecting."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.comments.models import Appeal, Comment, CommentState, Decision, Report
from broadsheet.comments.moderating import APPEAL_FOR, ModerationError, appeal
from broadsheet.comments.reasons import GROUNDS
from broadsheet.comments.reporting import Notice, ReportError, report_comment
from broadsheet.readers.models import Reader
from broadsheet.site.api.limits import caller_at
from broadsheet.site.comment_pages.forms import ObjectionForm, ReportForm
from broadsheet.site.comment_pages.reading import ReportPage
from broadsheet.site.head import Crumb, Head, chrome, tags_of
from broadsheet.site.notice_views import is_from_here
from broadsheet.site.reader_pages.frame import show as show_personal
from broadsheet.site.views import show


# The form stands in a page that is the same for everybody, so it can hold no token; where it comes from is checked.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form about a comment, without account and script, and what it sends."""
    comment = Comment.objects.select_related("thread__story").filter(pk=pk, state=CommentState.PUBLISHED).first()
    if comment is None:
        raise Http404
    if request.method != "POST":
        return show(request, "comments/report.html", _page(comment, {}, {}))
    if not is_from_here(request):
        return HttpResponseForbidden(_("Please use the form on our own page.") + "\n", content_type="text/plain")
    form = ReportForm(request.POST)
    if form.data.get("website"):  # a machine is told nothing that would help it
        return render(request, "comments/report.html", {"page": _page(comment, {}, {}, receipt="–")})
    problems = {field: str(errors[0]) for field, errors in form.errors.items()}
    status = 422
    if not problems:
        try:
            receipt = _receive(request, comment, form)
            return render(request, "comments/report.html", {"page": _page(comment, {}, {}, receipt=receipt)})
        except ReportError as error:
            problems = _problems(error)
            status = 429 if error.code == "too_many" else 422
    values = {name: str(form.data.get(name, ""))[:4_000] for name in form.fields}
    return render(request, "comments/report.html", {"page": _page(comment, values, problems)}, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a notice, for whoever holds its address; an objection to the decision starts here too."""
    found = Report.objects.select_related("comment__thread__story", "decision__appeal").filter(receipt=key).first()
    if found is None:
        raise Http404
    decision = found.decision
    made = getattr(decision, "appeal", None) if decision else None
    return _objectionable(request, "comments/receipt.html", decision, made, report=found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement of reasons, for the reader it is about and nobody else."""
    found = Decision.objects.select_related("comment__thread__story", "appeal").filter(pk=pk, is_pending=False).first()
    if found is None or not isinstance(request.user, Reader) or found.subject_id != request.user.pk:
        raise Http404
    return _objectionable(request, "comments/decision.html", found, getattr(found, "appeal", None), report=None)


def _objectionable(
    request: HttpRequest, template: str, found: Decision | None, made: Appeal | None, *, report: Report | None
) -> HttpResponse:
    now = timezone.now()
    may_object = found is not None and made is None and now <= found.at + APPEAL_FOR
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST":
        if not is_from_here(request):
            return HttpResponseForbidden(_("Please use the form on our own page.") + "\n", content_type="text/plain")
        if found is not None and may_object and form.is_valid():
            try:
                appeal(found, form.cleaned_data["words"], now=now)
                return redirect(request.path)
            except ModerationError:
                problem = _("There is an objection already, or the time for one is over.")
        else:
            problem = (
                str(next(iter(form.errors.values()))[0]) if form.errors else _("There is nothing to object to yet.")
            )
    response = show_personal(
        request,
        template,
        _("Your notice") if report else _("A decision about your comment"),
        status=422 if problem else 200,
        decision=found,
        ground=GROUNDS.get(found.reason) if found else None,
        appeal=made,
        report=report,
        may_object=may_object,
        problem=problem,
        words=form.data.get("words", ""),
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _receive(request: HttpRequest, comment: Comment, form: ReportForm) -> str:
    caller = caller_at(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))
    secret = f"{settings.SECRET_KEY}{timezone.now():%Y-%m-%d}".encode()[-64:]
    told = form.cleaned_data
    notice = Notice(
        kind=form.kind,
        ground=told["ground"],
        words=told["words"],
        name=told["name"],
        address=told["address"],
        in_good_faith=told["in_good_faith"],
        threatens_life=told["threatens_life"],
        sender=blake2b(caller.encode(), key=secret, digest_size=12).hexdigest(),
        language=translation.get_language() or "",
    )
    asker = getattr(request, "user", None)
    reader = asker if isinstance(asker, Reader) else None
    return report_comment(comment, notice, now=timezone.now(), reader=reader).receipt


def _page(comment: Comment, values: Mapping[str, str], problems: Mapping[str, str], receipt: str = "") -> ReportPage:
    story = comment.thread.story
    head = Head(
        title=_("Report a comment"),
        path=f"{comment.path}/report",
        chrome=chrome(),
        now=timezone.now(),
        robots="noindex, nofollow",
        crumbs=(Crumb(_("Comments"), f"{story.path}/comments"),),
        tags=tags_of([story]),
    )
    return ReportPage(head, comment, dict(GROUNDS), dict(values), dict(problems), receipt)


def _problems(error: ReportError) -> dict[str, str]:
    return {
        "ground": {"ground": _("Choose what is wrong.")},
        "faith": {"in_good_faith": _("The law asks you to say that you believe what you tell us.")},
        "words": {"words": _("Say which words are against the law, and why.")},
        "name": {"name": _("The law asks for your name in this case. It is not shown to the writer.")},
        "address": {"address": _("The law asks for your mail address in this case. We answer there.")},
        "too_many": {"ground": _("Many notices came from you within the last hour. Please send this one later.")},
        "gone": {"ground": _("The comment is gone already.")},
    }[error.code]
