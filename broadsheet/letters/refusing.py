"""Whether letters may leave at all: a postal address stands in them, and our domain vouches for them.

Checked when an edition begins; until nothing is missing it waits, composed and scheduled. A domain that cannot be
asked, because the network is away for a moment, does not hold up the morning's edition once letters have left before.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings

from broadsheet.letters.models import Edition, EditionState
from broadsheet.letters.tokens import sender_address
from broadsheet.post.message import AddressError

if TYPE_CHECKING:
    from broadsheet.letters.authentication import Finding

KEPT_S, ILL_S = 900.0, 50.0
"""How long findings are kept, when all is well and when it is not."""


def refusal() -> str:
    """Why no letter may leave, as a code of `reasons.STOPPED`; empty: they may."""
    if problem := refusal_of_settings():
        return problem
    if not settings.ENVIRONMENT.email_url or settings.ENVIRONMENT.mail_checks == "report":
        return ""
    found = _kept.findings()
    if any(finding.problem and finding.is_grave and not finding.is_unknown for finding in found):
        return "unauthenticated"
    if any(finding.is_unknown and finding.is_grave for finding in found) and not _has_sent():
        return "unchecked"
    return ""


STOPPED_BY_SETTINGS = {
    "postal": "letters need a postal address, and none is sent without. Set BROADSHEET_POSTAL_ADDRESS.",
    "site": "the links of letters, those to leave above all, lead nowhere without it. Set BROADSHEET_SITE_URL.",
    "sender": "BROADSHEET_LETTERS_FROM is no sender; it should be a mail address, or Name <address>.",
}


def refusal_of_settings() -> str:
    """The same, as far as our own settings tell."""
    if not settings.ENVIRONMENT.postal_address:
        return "postal"
    if not settings.SITE_URL:
        return "site"
    try:
        sender_address()
    except AddressError:
        return "sender"
    return ""


def _has_sent() -> bool:
    return Edition.objects.filter(state=EditionState.SENT, deliveries__code__gte=200, deliveries__code__lt=300).exists()


class _Kept:
    """The last findings."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: list[Finding] = []
        self._until = float("-inf")

    def findings(self) -> list[Finding]:
        from broadsheet.letters.authentication import findings  # noqa: PLC0415 - DNS and keys: not for who serves pages

        with self._lock:
            if time.monotonic() > self._until:
                self._found = list(findings())
                is_well = not any(finding.problem or finding.is_unknown for finding in self._found if finding.is_grave)
                self._until = time.monotonic() + (KEPT_S if is_well else ILL_S)
            return self._found

    def forget(self) -> None:
        self._until = float("-inf")


_kept = _Kept()
forget = _kept.forget
