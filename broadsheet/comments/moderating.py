"""Decisions of moderators. Each is one transaction and one line of the log, with its reason, its before and after."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.comments import akismet
from broadsheet.comments.guarding import house, learn
from broadsheet.comments.models import (
    Act,
    Appeal,
    Comment,
    CommentState,
    Decision,
    Opening,
    Persona,
    Report,
    Sanction,
    SanctionKind,
    Thread,
)
from broadsheet.comments.posting import change_state
from broadsheet.comments.reasons import GROUNDS
from broadsheet.comments.statements import tell
from broadsheet.comments.tasks import teach_elsewhere
from broadsheet.finished.actions import purge
from broadsheet.readers.models import Reader, Role, RoleKind
from broadsheet.stories.models import Story

APPEAL_FOR = timedelta(days=183)
"""Six months: Regulation (EU) 2022/2065, art. 20(1)."""

_AFTER = {
    Act.APPROVE: CommentState.PUBLISHED,
    Act.RESTORE: CommentState.PUBLISHED,
    Act.REMOVE: CommentState.REMOVED,
    Act.HIDE: CommentState.HIDDEN,
}
_NEED_REASON = frozenset({Act.REMOVE, Act.WARN, Act.BAN})
_CLOSES_REPORTS = frozenset({Act.APPROVE, Act.RESTORE, Act.REMOVE})


class ModerationError(ValueError):
    """An act that makes no sense or is not this moderator's to do; `code` names why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decide(
    comment: Comment,
    moderator: Reader,
    act: Act,
    *,
    now: datetime,
    reason: str = "",
    facts: str = "",
    until: datetime | None = None,
) -> Decision:
    """Carry out an act and write it down; writer and notifiers are told why. Raises ModerationError: "reason",
    "own_comment", "deleted", "nobody", "moment".

    reason: a key of GROUNDS; needed for removals, warnings and bans. until: end of a ban. Where the house asks for
    four eyes, a removal for law or a ban hides the comment and waits: see `second`.
    """
    if act in _NEED_REASON and reason not in GROUNDS:
        raise ModerationError("reason")
    with transaction.atomic():
        comment = (
            Comment.objects.select_for_update(of=("self",)).select_related("thread__story", "author").get(pk=comment.pk)
        )
        _refuse_nonsense(comment, moderator, act, until, now)
        is_grave = act is Act.BAN or (act is Act.REMOVE and GROUNDS[reason].is_illegal)
        decision = Decision(
            comment=comment,
            subject=comment.author,
            moderator=moderator,
            act=act,
            reason=reason,
            facts=facts.strip()[:4_000],
            before=comment.state,
            after=comment.state,
            excerpt=comment.markdown[:300],
            waited_s=_waited(comment, now),
            is_pending=is_grave and house().needs_two,
            until=until,
            at=now,
        )
        if decision.is_pending:
            if comment.state == CommentState.PUBLISHED:
                change_state(comment, CommentState.HIDDEN)
            decision.after = comment.state
            decision.save()
        else:
            _carry_out(decision, comment)
    return decision


def second(decision: Decision, moderator: Reader, *, agrees: bool, now: datetime) -> Decision:
    """A second moderator's word on a grave act: carried out, or dropped. Raises ModerationError: "settled", "same"."""
    with transaction.atomic():
        decision = (
            Decision.objects.select_for_update(of=("self",))
            .select_related("comment__thread__story")
            .get(pk=decision.pk)
        )
        if not decision.is_pending or decision.comment is None:
            raise ModerationError("settled")
        if decision.moderator_id == moderator.pk:
            raise ModerationError("same")
        decision.is_pending, decision.seconded_by, decision.at = False, moderator, now
        if agrees:
            _carry_out(decision, decision.comment)
        else:
            decision.act, decision.facts = Act.APPROVE, ""
            _carry_out(decision, decision.comment)
    return decision


def decide_all(
    comments: Collection[Comment],
    moderator: Reader,
    act: Act,
    *,
    now: datetime,
    reason: str = "",
    facts: str = "",
    until: datetime | None = None,
) -> tuple[list[Decision], list[ModerationError]]:
    """The same act on many, each for itself. Returns what was decided, and why the rest could not be."""
    done, errors = [], []
    for comment in comments:
        try:
            done.append(decide(comment, moderator, act, now=now, reason=reason, facts=facts, until=until))
        except ModerationError as error:
            errors.append(error)
    return done, errors


def appeal(decision: Decision, words: str, *, now: datetime) -> Appeal:
    """Object to a decision within six months. Raises ModerationError: "late", "words", "appealed", "pending"."""
    if now > decision.at + APPEAL_FOR:
        raise ModerationError("late")
    if not words.strip():
        raise ModerationError("words")
    with transaction.atomic():
        if decision.is_pending:
            raise ModerationError("pending")
        made, is_new = Appeal.objects.get_or_create(
            decision=decision, defaults={"words": words.strip()[:4_000], "made_at": now}
        )
        if not is_new:
            raise ModerationError("appealed")
    return made


def answer_appeal(made: Appeal, moderator: Reader, *, is_upheld: bool, answer: str, now: datetime) -> Appeal:
    """Settle an objection; by another moderator than the first wherever there is one. What an upheld one objected to
    is undone. Raises ModerationError: "settled", "same", "words"."""
    if not answer.strip():
        raise ModerationError("words")
    with transaction.atomic():
        made = (
            Appeal.objects.select_for_update(of=("self",))
            .select_related("decision__comment__thread__story")
            .get(pk=made.pk)
        )
        decision = made.decision
        if made.answered_at is not None:
            raise ModerationError("settled")
        if moderator.pk in (decision.moderator_id, decision.seconded_by_id) and _others(moderator):
            raise ModerationError("same")
        made.answered_by, made.answer, made.is_upheld, made.answered_at = (
            moderator,
            answer.strip()[:4_000],
            is_upheld,
            now,
        )
        made.save()
        if is_upheld:
            _undo(decision, moderator, now)
        tell(decision, made)
    return made


def set_thread(
    story: Story, *, opening: Opening, closes_at: datetime | None = None, is_questions: bool | None = None
) -> Thread:
    """How a story's conversation is held. What is not said stays."""
    with transaction.atomic():
        thread, _ = Thread.objects.get_or_create(story=story)
        thread.opening, thread.closes_at = opening, closes_at
        if is_questions is not None:
            thread.is_questions = is_questions
        thread.save(update_fields=["opening", "closes_at", "is_questions"])
        purge([story.tag])
    return thread


def trust(persona: Persona, *, is_trusted: bool) -> None:
    """Free a writer from the phases of the guard that guess; or no longer."""
    Persona.objects.filter(pk=persona.pk).update(is_trusted=is_trusted)


def _refuse_nonsense(comment: Comment, moderator: Reader, act: Act, until: datetime | None, now: datetime) -> None:
    if comment.author_id == moderator.pk and act not in (Act.FEATURE, Act.UNFEATURE):
        raise ModerationError("own_comment")
    if comment.state == CommentState.DELETED and act in _AFTER:
        raise ModerationError("deleted")
    if act in (Act.WARN, Act.BAN, Act.LIFT) and comment.author is None:
        raise ModerationError("nobody")
    if act is Act.BAN and until is not None and until <= now:
        raise ModerationError("moment")


def _carry_out(decision: Decision, comment: Comment) -> None:
    act = Act(decision.act)
    if state := _AFTER.get(act):
        change_state(comment, state)
    if act in _CLOSES_REPORTS:
        learn(
            comment,
            "spam" if act is Act.REMOVE and decision.reason == "spam" else "wanted" if act is not Act.REMOVE else "",
        )
    if act in (Act.FEATURE, Act.UNFEATURE):
        Comment.objects.filter(pk=comment.pk).update(featured_at=decision.at if act is Act.FEATURE else None)
        purge([comment.thread.story.tag])
    decision.after = comment.state
    decision.save()
    if akismet.is_on() and (lesson := akismet.lesson_of(decision, comment)):
        transaction.on_commit(lambda: teach_elsewhere(comment.pk, lesson))
    if act in _CLOSES_REPORTS:
        Report.objects.filter(comment=comment, decision=None).update(decision=decision)
    if act is Act.LIFT:
        Sanction.objects.filter(reader=decision.subject, kind=SanctionKind.BAN, lifted_at=None).update(
            lifted_at=decision.at
        )
    elif act in (Act.WARN, Act.BAN) and decision.subject is not None:
        kind = SanctionKind.BAN if act is Act.BAN else SanctionKind.WARNING
        Sanction.objects.create(
            reader=decision.subject, kind=kind, decision=decision, since=decision.at, until=decision.until
        )
    tell(decision)


def _undo(decision: Decision, moderator: Reader, now: datetime) -> None:
    """The other way round, as a decision of its own."""
    comment = decision.comment
    other = {Act.REMOVE: Act.RESTORE, Act.HIDE: Act.RESTORE, Act.APPROVE: Act.HIDE, Act.BAN: Act.LIFT}.get(
        Act(decision.act)
    )
    if comment is None or other is None or comment.state == CommentState.DELETED:
        return
    undone = Decision(
        comment=comment, subject=decision.subject, moderator=moderator, act=other, before=comment.state, at=now
    )
    undone.excerpt = comment.markdown[:300]
    _carry_out(undone, comment)


def _waited(comment: Comment, now: datetime) -> int | None:
    """Seconds since somebody should have looked: since it was held, or since the first open report."""
    first = comment.reports.filter(decision=None).order_by("received_at").values_list("received_at", flat=True).first()
    since = comment.posted_at if comment.state == CommentState.HELD else first
    return max(0, int((now - since).total_seconds())) if since else None


def _others(moderator: Reader) -> bool:
    kinds = [RoleKind.MODERATOR, RoleKind.EDITOR, RoleKind.ADMINISTRATOR]
    return Role.objects.filter(kind__in=kinds, reader__is_active=True).exclude(reader=moderator).exists()
