"""The brake: an edition that too many complain about, or whose addresses are not there, stops by itself."""

from __future__ import annotations

from datetime import datetime

from broadsheet.letters.models import Delivery, DeliveryState, Edition, ReturnKind
from broadsheet.letters.states import stop
from broadsheet.post.rates import Brake


def check(edition: Edition, brake: Brake, *, now: datetime) -> bool:
    """Stop the edition where its shares are too high; whether it was stopped."""
    own = Delivery.objects.filter(edition=edition)
    reason = brake.reason(
        sent=own.filter(state=DeliveryState.SENT).count(),
        complaints=own.filter(returned=ReturnKind.COMPLAINT).count(),
        hard=own.filter(returned=ReturnKind.HARD).count(),
    )
    return bool(reason) and stop(edition, reason, now=now)
