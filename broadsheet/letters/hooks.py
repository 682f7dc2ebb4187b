"""Hooks: a provider tells what became of a mail. Understood by django-anymail, believed when it proves who it is."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils import timezone

from broadsheet.letters.models import Return
from broadsheet.letters.returns import note_found
from broadsheet.post.answers import meaning_of, read_status
from broadsheet.post.providers import PROVIDERS
from broadsheet.post.reports import BLOCKED, COMPLAINT, HARD, LEAVE, REPLY, SOFT, Found

MOST_BYTES = 2_000_000
_OF_REASON = {
    "invalid": HARD, "bounced": HARD, "timed_out": SOFT, "blocked": BLOCKED, "spam": COMPLAINT, "unsubscribed": LEAVE,
}  # fmt: skip


class RefusedError(Exception):
    """The hook did not prove that it is the provider's."""


def is_open(provider: str) -> bool:
    """Whether hooks of this provider are taken: only where they can prove themselves."""
    known = PROVIDERS.get(provider)
    given = settings.ENVIRONMENT
    return known is not None and bool(given.hooks or (given.hooks_key and known.hook))


def take(provider: str, request: HttpRequest) -> list[Return]:
    """Note every event of one call. Raises RefusedError, and ValueError or KeyError for what is no hook at all."""
    from anymail.exceptions import AnymailError  # noqa: PLC0415  # loaded with the first hook

    view = _view(provider)
    try:
        view.run_validators(request)
        events = list(view.parse_events(request))
    except (AnymailError, SuspiciousOperation) as error:
        raise RefusedError(str(error)) from error
    noted: list[Return] = []
    for event in events:
        for found in read_event(event):
            mark = "\0".join(
                str(part) for part in (provider, event.event_id or event.message_id, event.event_type, event.recipient)
            )
            noted += note_found([found], "hook", mark.encode(), now=timezone.now(), trusted=True)
    return noted


def _view(provider: str) -> Any:
    module = import_module(f"anymail.webhooks.{provider}")
    kinds = [name for name in dir(module) if name.endswith(("TrackingWebhookView", "CombinedWebhookView"))]
    own = [name for name in kinds if name.lower().startswith(provider)]
    return getattr(module, own[0])()


def read_event(event: Any) -> Iterator[Found]:
    """What one event says, if anything that follows from."""
    said = " ".join(str(part) for part in (event.mta_response, event.description) if part)
    kind = _kind(event, said)
    if kind:
        traces = (str(event.message_id or ""), *(str(value) for value in (event.metadata or {}).values()))
        yield Found(kind, event.recipient or "", read_status(said), said[:500], traces)


def _kind(event: Any, said: str) -> str:
    if event.event_type == "complained":
        return COMPLAINT
    if event.event_type == "unsubscribed":
        return LEAVE
    if event.event_type == "autoresponded":
        return REPLY
    if event.event_type not in {"bounced", "rejected", "failed"}:
        return ""
    known = _OF_REASON.get(event.reject_reason or "", "")
    if known in {COMPLAINT, LEAVE, BLOCKED} or event.event_type == "rejected":
        return known or BLOCKED
    if event.mta_response:  # more exact than the provider's own drawer
        return str(meaning_of(0, said))
    return known or SOFT
