"""Taking in what readers report. The only place of the open site that writes."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.articles.models import Article, ArticleState
from broadsheet.articles.queries import article_for_page
from broadsheet.notices.actions import NoticeLimitError, receive_notice
from broadsheet.notices.models import NoticeKind
from broadsheet.site.api.limits import caller_at
from broadsheet.site.notices import NoticeForm, notice_page
from broadsheet.site.views import moved, show
from broadsheet.stories.models import Story
from broadsheet.stories.queries import story_for_page


# The form stands in a page that is the same for everybody, so it can hold no token; where it comes from is checked.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, pk: int, slug: str = "") -> HttpResponse:
    """The form about an article or a story, and what it sends."""
    thing = _find(kind, pk)
    if request.method == "POST":
        return _receive(request, thing)
    if slug != thing.slug:
        return moved(f"{thing.path}/report")
    return show(request, "report.html", notice_page(thing, now=timezone.now()))


def _receive(request: HttpRequest, thing: Article | Story) -> HttpResponse:
    now = timezone.now()
    if not is_from_here(request):
        return HttpResponseForbidden(_("Please use the form on our own page.") + "\n", content_type="text/plain")
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return render(request, "report.html", {"page": notice_page(thing, now=now, form=form)}, status=422)
    told = form.cleaned_data
    if told["website"]:  # a machine is told nothing that would help it
        return render(request, "report.html", {"page": notice_page(thing, now=now, reference="–")})
    caller = caller_at(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))
    try:
        notice = receive_notice(
            thing,
            kind=NoticeKind(told["kind"]),
            words=told["words"],
            contact=told["contact"],
            caller=caller,
            now=now,
        )
    except NoticeLimitError:
        page = notice_page(thing, now=now, form=form, too_many=True)
        response = render(request, "report.html", {"page": page}, status=429)
        response["Retry-After"] = "3600"
        return response
    return render(request, "report.html", {"page": notice_page(thing, now=now, reference=notice.reference)})


def _find(kind: str, pk: int) -> Article | Story:
    found: Article | Story | None = article_for_page(pk) if kind == "articles" else story_for_page(pk)
    if isinstance(found, Story) and found.merged_into is not None:
        found = found.merged_into
    if found is None or (isinstance(found, Article) and found.state == ArticleState.REMOVED):
        raise Http404
    return found


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form of our own was sent, as far as the browser says: another site's page must not send one."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "")
    return origin in {"", "null"} or urlsplit(origin).netloc == request.get_host()
