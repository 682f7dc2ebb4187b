"""Notices about comments: taken from anybody, receipted, and followed to their decision."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.comments.guarding import house
from broadsheet.comments.models import Act, Comment, CommentState, Decision, Report, ReportKind
from broadsheet.comments.posting import change_state
from broadsheet.comments.reasons import GROUNDS
from broadsheet.comments.statements import send_receipt
from broadsheet.readers.models import Reader
from broadsheet.readers.throttle import take

LONGEST_WORDS = 4_000
PER_HOUR = 10
"""Notices of one sender: enough for somebody who reads a bad thread to its end."""


class ReportError(ValueError):
    """A notice that lacks something; `code` is "ground", "faith", "name", "address", "words", "too_many" or "gone"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Notice:
    """What the form says. sender: a digest of where it came from, for counting; never an address."""

    kind: str
    ground: str
    words: str = ""
    name: str = ""
    address: str = ""
    in_good_faith: bool = False
    threatens_life: bool = False
    sender: str = ""
    language: str = ""


def report_comment(comment: Comment, notice: Notice, *, now: datetime, reader: Reader | None = None) -> Report:
    """Keep a notice and send its receipt. Enough of them from different people hide the comment until a moderator has
    looked, unless one has looked before. Raises ReportError."""
    _check(notice)
    if not take("report", notice.sender or str(reader and reader.pk), most=PER_HOUR, span=timedelta(hours=1), now=now):
        raise ReportError("too_many")
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).select_related("thread__story").get(pk=comment.pk)
        if comment.state in (CommentState.REMOVED, CommentState.DELETED):
            raise ReportError("gone")
        report = Report.objects.create(
            comment=comment,
            kind=notice.kind,
            ground=notice.ground,
            words=notice.words[:LONGEST_WORDS],
            name=" ".join(notice.name.split())[:100],
            address=notice.address[:254],
            in_good_faith=notice.in_good_faith,
            threatens_life=notice.threatens_life,
            reader=reader,
            sender=notice.sender[:32],
            language=notice.language,
            receipt=secrets.token_urlsafe(24),
            received_at=now,
        )
        if comment.state == CommentState.PUBLISHED and _is_enough(comment):
            _hide(comment, now)
        send_receipt(report)
    return report


def _check(notice: Notice) -> None:
    ground = GROUNDS.get(notice.ground)
    if ground is None or ground.is_illegal != (notice.kind == ReportKind.ILLEGAL):
        raise ReportError("ground")
    if notice.kind == ReportKind.ILLEGAL:
        if not notice.in_good_faith:
            raise ReportError("faith")
        if not notice.words.strip():
            raise ReportError("words")
        if ground.asks_name and not notice.name.strip():
            raise ReportError("name")
        if ground.asks_name and not notice.address.strip():
            raise ReportError("address")


def _is_enough(comment: Comment) -> bool:
    """Whether so many different people objected that nobody should read on before an editor has."""
    needed = house().rules.reports
    if not needed or comment.decisions.filter(act__in=[Act.APPROVE, Act.RESTORE], is_pending=False).exists():
        return False
    pairs = Report.objects.filter(comment=comment, decision=None).values_list("reader_id", "sender")
    return len({reader or sender for reader, sender in pairs}) >= needed


def _hide(comment: Comment, now: datetime) -> None:
    before = comment.state
    change_state(comment, CommentState.HIDDEN)
    Decision.objects.create(
        comment=comment,
        subject=comment.author,
        act=Act.HIDE,
        reason="reported",
        is_automated=True,
        before=before,
        after=comment.state,
        excerpt=comment.markdown[:300],
        at=now,
    )
