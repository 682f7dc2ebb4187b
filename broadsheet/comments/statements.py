"""What people are told about decisions: receipts, letters to notifiers, statements of reasons (Regulation (EU)
2022/2065, arts. 16(4), 16(5), 17). The words are templates in `templates/comments/mail`, the first line the subject.

Mails are written inside the transaction that decides and handed to the queue when it is through; a decision whose mails
were never handed over keeps `told_at` empty and is told by `tell_the_untold`.
"""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from broadsheet.comments.models import Act, Appeal, Decision, Report
from broadsheet.comments.reasons import GROUNDS
from broadsheet.readers.tasks import send_mail

_TELL_WRITER = frozenset({Act.REMOVE, Act.WARN, Act.BAN, Act.RESTORE, Act.LIFT})
_TELL_NOTIFIERS = frozenset({Act.REMOVE, Act.APPROVE, Act.RESTORE})
_TO_BE_TOLD = sorted(_TELL_WRITER | _TELL_NOTIFIERS)


def statement(decision: Decision) -> dict[str, Any]:
    """What a statement of reasons has to name, for mail and page alike."""
    ground = GROUNDS.get(decision.reason)
    return {
        "decision": decision,
        "ground": ground,
        "site": settings.SITE_NAME,
        "address": f"{settings.SITE_URL}/my/comments/decisions/{decision.pk}",
        "excerpt": decision.excerpt,
        "detected_by_software": decision.is_automated,
    }


def send_receipt(report: Report) -> None:
    """Confirm a notice to its sender, if an address was given."""
    if report.address:
        follow = f"{settings.SITE_URL}/comments/reports/{report.receipt}"
        post("receipt", report.address, {"report": report, "address": follow}, report.language)


def tell(decision: Decision, made: Appeal | None = None) -> None:
    """Write to the comment's writer and to those who reported it. made: the appeal whose answer is told."""
    if decision.is_pending or decision.act not in _TO_BE_TOLD:
        return
    said = {**statement(decision), "appeal": made}
    writer = decision.subject
    if decision.act in _TELL_WRITER and writer is not None and writer.email:
        post("appeal_answer" if made else "statement", writer.email, said, writer.language)
    if decision.act in _TELL_NOTIFIERS and made is None:
        for report in decision.reports.exclude(address=""):
            follow = f"{settings.SITE_URL}/comments/reports/{report.receipt}"
            post("outcome", report.address, {**said, "report": report, "address": follow}, report.language)
    transaction.on_commit(lambda: Decision.objects.filter(pk=decision.pk).update(told_at=timezone.now()))


def tell_the_untold(*, now: datetime) -> int:
    """Tell decisions whose mails were lost with their process. Returns how many."""
    lost = Decision.objects.filter(
        told_at=None, is_pending=False, act__in=_TO_BE_TOLD, at__lt=now - timedelta(minutes=10)
    )
    count = 0
    for decision in lost.select_related("subject", "comment"):
        with transaction.atomic():
            tell(decision)
        count += 1
    return count


def post(name: str, to: str, said: dict[str, Any], language: str) -> None:
    """Write a mail of `templates/comments/mail` and hand it to the queue when the transaction is through."""
    with translation.override(language or settings.LANGUAGE_CODE):
        text = html.unescape(render_to_string(f"comments/mail/{name}.txt", {"site": settings.SITE_NAME, **said}))
        subject, _, body = text.strip().partition("\n")
        spoken = translation.get_language() or settings.LANGUAGE_CODE
    transaction.on_commit(lambda: send_mail(to, " ".join(subject.split()), body.strip() + "\n", spoken))
