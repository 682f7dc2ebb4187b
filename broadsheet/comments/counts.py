"""What the moderation of a time came to: for the desk's plots, the public page and the transparency export."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from broadsheet.comments.models import Act, Appeal, Comment, CommentState, Decision, Report
from broadsheet.comments.reasons import GROUNDS

COLUMNS = (
    "decision_visibility", "decision_account", "end_date_account_restriction", "decision_ground",
    "illegal_content_legal_ground", "illegal_content_explanation", "incompatible_content_ground",
    "incompatible_content_explanation", "category", "content_type", "content_date", "application_date",
    "decision_facts", "source_type", "automated_detection", "automated_decision", "puid",
)  # fmt: skip
"""Of a statement of reasons in the Commission's database, those that apply to comments. No personal data is in them."""


@dataclass(frozen=True, slots=True)
class Tally:
    """posted: comments written. held_share: of them, held by the guard. by_act, by_reason: decisions. median_wait_s:
    from hold or first notice to decision, None when none. upheld: appeals found right, of those answered."""

    posted: int
    held_share: float
    notices: int
    by_act: dict[str, int]
    by_reason: dict[str, int]
    median_wait_s: int | None
    appeals: int
    answered: int
    upheld: int
    backlog: int


def tally(since: datetime, until: datetime) -> Tally:
    comments = Comment.objects.filter(posted_at__gte=since, posted_at__lt=until)
    posted = comments.count()
    held = comments.exclude(held_for=[]).count()
    decisions = _decided(since, until)
    waits = [wait for wait in decisions.values_list("waited_s", flat=True) if wait is not None]
    appeals = Appeal.objects.filter(made_at__gte=since, made_at__lt=until)
    return Tally(
        posted=posted,
        held_share=held / posted if posted else 0.0,
        notices=Report.objects.filter(received_at__gte=since, received_at__lt=until).count(),
        by_act=dict(Counter(decisions.values_list("act", flat=True))),
        by_reason=dict(Counter(decisions.filter(act=Act.REMOVE).values_list("reason", flat=True))),
        median_wait_s=round(statistics.median(waits)) if waits else None,
        appeals=appeals.count(),
        answered=appeals.exclude(answered_at=None).count(),
        upheld=appeals.filter(is_upheld=True).count(),
        backlog=Comment.objects.filter(state__in=[CommentState.HELD, CommentState.HIDDEN]).count(),
    )


def per_day(since: datetime, until: datetime) -> dict[date, tuple[int, int]]:
    """Day to (comments written, decisions made)."""
    comments = Comment.objects.filter(posted_at__gte=since, posted_at__lt=until)
    written = comments.annotate(day=TruncDate("posted_at")).values_list("day").annotate(Count("pk"))
    decided = _decided(since, until).annotate(day=TruncDate("at")).values_list("day").annotate(Count("pk"))
    found: dict[date, list[int]] = {}
    for place, rows in enumerate((written, decided)):
        for day, count in rows:
            found.setdefault(day, [0, 0])[place] = count
    return {day: (pair[0], pair[1]) for day, pair in sorted(found.items())}


def statements(since: datetime, until: datetime) -> Iterator[tuple[str, ...]]:
    """Statements of reasons of a time as rows under COLUMNS, oldest first."""
    grave = _decided(since, until).filter(act__in=[Act.REMOVE, Act.HIDE, Act.BAN]).select_related("comment")
    for decision in grave.order_by("at").iterator():
        ground = GROUNDS.get(decision.reason)
        rule = str(ground.title) if ground else ""
        is_illegal = ground is not None and ground.is_illegal
        is_ban = decision.act == Act.BAN
        yield (
            ""
            if is_ban
            else "DECISION_VISIBILITY_CONTENT_REMOVED"
            if decision.act == Act.REMOVE
            else "DECISION_VISIBILITY_CONTENT_DISABLED",
            "DECISION_ACCOUNT_SUSPENDED" if is_ban else "",
            f"{decision.until:%Y-%m-%d}" if is_ban and decision.until else "",
            "DECISION_GROUND_ILLEGAL_CONTENT" if is_illegal else "DECISION_GROUND_INCOMPATIBLE_CONTENT",
            rule if is_illegal else "",
            rule if is_illegal else "",
            "" if is_illegal else rule,
            "" if is_illegal else str(ground.rule) if ground else "",
            f"STATEMENT_CATEGORY_{ground.category}" if ground else "STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE",
            "CONTENT_TYPE_TEXT",
            f"{decision.comment.posted_at:%Y-%m-%d}" if decision.comment else "",
            f"{decision.at:%Y-%m-%d}",
            rule,
            "SOURCE_ARTICLE_16" if decision.reports.exists() else "SOURCE_VOLUNTARY",
            "Yes" if decision.is_automated else "No",
            "AUTOMATED_DECISION_FULLY" if decision.is_automated else "AUTOMATED_DECISION_NOT_AUTOMATED",
            f"comment-{decision.pk}",
        )


def _decided(since: datetime, until: datetime) -> QuerySet[Decision]:
    return Decision.objects.filter(at__gte=since, at__lt=until, is_pending=False)
