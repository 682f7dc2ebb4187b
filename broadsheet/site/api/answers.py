"""Answers and problems as they leave: JSON bytes with their validators, and what caches may do with them.

An address without a query answers everybody with the same bytes: it is kept as a finished page. What has a query is
made for one request, under the limits of who asks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b, sha256
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from broadsheet.site.api.limits import PER_MINUTE, PER_MINUTE_WITH_KEY, Limits, Share, caller_at
from broadsheet.site.api.schema import as_plain
from broadsheet.site.api.shapes import Problem
from broadsheet.site.finishing import keep
from broadsheet.site.replies import REVALIDATE, SHARED
from broadsheet.site.requests import is_known

OPEN_TO_ALL: Mapping[str, str] = {
    # Nothing personal is in an answer, so any page anywhere may read it.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
ALLOWED = "GET, HEAD, OPTIONS"
_TITLES = {
    308: "Moved",
    400: "Bad request",
    401: "Unknown key",
    404: "Not found",
    405: "Method not allowed",
    410: "Gone",
    429: "Too many requests",
}
LIMITS = Limits()


class ApiError(Exception):
    """The answer is a problem; detail is a sentence for the person who reads it.

    tags: of a problem that is kept. location: where it is answered instead.
    """

    def __init__(self, status: int, detail: str, *, tags: Iterable[str] = (), location: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.tags, self.location = status, detail, frozenset(tags), location


@dataclass(frozen=True, slots=True)
class Answer:
    """value: a shape, or a plain document. tags: the things it shows."""

    value: Any
    tags: frozenset[str]
    kind: str = "application/json"


def endpoint(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """A view that reads and returns an Answer or raises ApiError, with all that the API has in common."""

    @wraps(view)
    def respond(request: HttpRequest, **words: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _options()
        try:
            if request.method not in ("GET", "HEAD"):
                raise ApiError(405, f"This interface is for reading: {ALLOWED}.")
            share = _admit(request)
        except ApiError as error:
            return _problem(error)
        if share is not None and not share.granted:
            return _shared(_problem(ApiError(429, f"Try again in {share.wait_s} s, or ask for a key.")), share)
        try:
            response = _answer(request, view(request, **words))
        except ApiError as error:
            response = _problem(error)
        return _shared(response, share) if share is not None else response

    return respond


def _answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    body = json.dumps(as_plain(answer.value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    validators = {
        "ETag": etag,
        "Cache-Control": REVALIDATE,
        "Surrogate-Control": SHARED,
        "Surrogate-Key": " ".join(sorted(answer.tags)),
        **OPEN_TO_ALL,
    }
    if request.META.get("QUERY_STRING") and is_known(etag[3:-1], request.headers.get("If-None-Match")):
        return HttpResponse(status=304, headers=validators)
    response = HttpResponse(body, content_type=answer.kind, headers=validators)
    following = getattr(answer.value, "next", None)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    if not request.META.get("QUERY_STRING"):
        keep(response, answer.tags, now=timezone.now())
    return response


def _problem(error: ApiError) -> HttpResponse:
    shape = Problem(type="about:blank", title=_TITLES[error.status], status=error.status, detail=error.detail)
    body = json.dumps(as_plain(shape), ensure_ascii=False)
    response = HttpResponse(body, content_type="application/problem+json", status=error.status, headers=OPEN_TO_ALL)
    if error.tags:
        return keep(response, error.tags, now=timezone.now())
    response["Cache-Control"] = "no-store"
    if error.location:
        response["Location"] = error.location
    if error.status == 405:
        response["Allow"] = ALLOWED
    if error.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def _options() -> HttpResponse:
    asked = {"Access-Control-Allow-Methods": ALLOWED, "Access-Control-Allow-Headers": "Authorization, If-None-Match"}
    return HttpResponse(status=204, headers={**OPEN_TO_ALL, **asked, "Access-Control-Max-Age": "86400"})


def _admit(request: HttpRequest) -> Share | None:
    """The caller's share; None for what is the same for everybody. Raises ApiError for a key that is none of ours."""
    name = _key_holder(request)
    if not request.META.get("QUERY_STRING"):
        return None
    if name:
        return LIMITS.take(f"key:{name}", PER_MINUTE_WITH_KEY)
    caller = caller_at(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))
    return LIMITS.take(caller, PER_MINUTE)


def _key_holder(request: HttpRequest) -> str:
    """Whose key comes with the request; empty without one."""
    kind, _separator, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return ""
    # Digests, so that the time taken tells nothing about a key.
    seen = sha256(key.strip().encode("utf-8", "replace")).digest()
    for name, known in settings.ENVIRONMENT.api_keys:
        if compare_digest(seen, sha256(known.encode()).digest()):
            return str(name)
    raise ApiError(401, "This key is not known here. Without one you are welcome too.")


def _shared(response: HttpResponse, share: Share) -> HttpResponse:
    """What is left of the caller's share, in the fields of the RateLimit draft."""
    response["RateLimit"] = f'"default";r={share.left};t={share.wait_s or 60}'
    if not share.granted:
        response["Retry-After"] = str(share.wait_s)
    return response
