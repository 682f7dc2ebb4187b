"""The door for providers' hooks: a POST that proves itself, or nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.letters import hooks


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def hook(request: HttpRequest, provider: str) -> HttpResponse:
    """HEAD: some ask so whether we are there. A wrong answer makes the provider come again, which harms nobody."""
    if not hooks.is_open(provider):
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > hooks.MOST_BYTES:
            return HttpResponse(status=413)
        hooks.take(provider, request)
    except hooks.RefusedError:
        return HttpResponse(status=403)
    except (ValueError, KeyError, TypeError, AttributeError):  # not in the provider's form
        return HttpResponse(status=400)
    return HttpResponse()
