"""A reader writes, edits, deletes. Each act is one transaction; what was acknowledged is on disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from broadsheet.articles.models import Article
from broadsheet.comments import akismet, markup
from broadsheet.comments.answers import tell_answered
from broadsheet.comments.guard import Draft, Finding, Judgement, Verdict
from broadsheet.comments.guarding import House, digest, guard, house
from broadsheet.comments.models import (
    Comment,
    CommentState,
    Opening,
    Persona,
    Sanction,
    SanctionKind,
    Thread,
    Useful,
    Version,
)
from broadsheet.finished.actions import purge
from broadsheet.prepared import Prepared
from broadsheet.readers.accounts import has_role
from broadsheet.readers.models import Reader, RoleKind
from broadsheet.stories.models import Story
from broadsheet.text.identification import identify
from broadsheet.text.scripts import direction_of


class PostingError(Exception):
    """A comment that cannot be taken; `code` names why, the page has the sentence."""

    def __init__(self, code: str, *, until: datetime | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.until = until


class GuardError(PostingError):
    """The guard refused it; `judgement` says why."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__("refused")
        self.judgement = judgement


@dataclass(frozen=True, slots=True)
class Posted:
    """comment: as it stands now. is_new: False when the same form had been sent before."""

    comment: Comment
    is_new: bool

    @property
    def is_held(self) -> bool:
        return self.comment.state == CommentState.HELD


def post_comment(
    writer: Reader,
    story: Story,
    markdown: str,
    *,
    token: str,
    now: datetime,
    answers: Comment | None = None,
    article: Article | None = None,
) -> Posted:
    """Take a comment on a story. Raises GuardError, or PostingError: "no_name", "closed", "banned", "wrong_answer",
    "token_of_another", "for_editors".

    token: of the form; the same token again gives the same comment. answers: what it replies to. article: the report
    that was read.
    """
    is_doubted = akismet.is_on() and _is_doubted_elsewhere(writer, story, markdown, token, now, answers)
    try:
        with transaction.atomic():
            return _post(writer, story, markdown, token, now, answers, article, is_doubted=is_doubted)
    except IntegrityError:
        if known := Comment.objects.filter(token=token).first():
            return _again(known, writer)
        raise


def edit_comment(comment: Comment, writer: Reader, markdown: str, *, now: datetime) -> Comment:
    """Change one's own words while the time for it runs; what stood before is kept. Raises PostingError: "not_yours",
    "too_late", "banned", or GuardError."""
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).select_related("thread__story").get(pk=comment.pk)
        rules = house()
        if comment.author_id != writer.pk or comment.state in (CommentState.REMOVED, CommentState.DELETED):
            raise PostingError("not_yours")
        if now >= comment.posted_at + rules.edit_for:
            raise PostingError("too_late")
        _refuse_banned(writer, now)
        markdown = markup.tidied(markdown).strip()
        if markdown == comment.markdown:
            return comment
        draft = Draft(markdown, now, reply_to=comment.parent_id is not None)
        judgement = _judge_edit(draft, writer, comment, rules)
        Version.objects.create(comment=comment, markdown=comment.markdown, until=now)
        comment.markdown, comment.html, comment.key = markdown, markup.to_html(markdown), digest(draft)
        comment.edited_at = now
        if judgement.verdict is Verdict.HELD and comment.state == CommentState.PUBLISHED:
            comment.held_for = _findings(judgement)
            comment.save(update_fields=["markdown", "html", "key", "edited_at", "held_for"])
            change_state(comment, CommentState.HELD)
        else:
            comment.save(update_fields=["markdown", "html", "key", "edited_at"])
            purge([comment.thread.story.tag])
        return comment


def delete_comment(comment: Comment, writer: Reader) -> None:
    """Take one's own words away; the replies to them stay. Raises PostingError "not_yours"."""
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).select_related("thread__story").get(pk=comment.pk)
        if comment.author_id != writer.pk or comment.state == CommentState.REMOVED:
            raise PostingError("not_yours")
        change_state(comment, CommentState.DELETED)


def mark_useful(comment: Comment, reader: Reader, *, is_useful: bool) -> int:
    """Say that a comment is useful, or take it back; once each, never one's own. Returns how many say so."""
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).select_related("thread__story").get(pk=comment.pk)
        if comment.author_id == reader.pk or comment.state != CommentState.PUBLISHED:
            return comment.useful
        if is_useful:
            before = Useful.objects.filter(comment=comment, reader=reader).exists()
            Useful.objects.bulk_create([Useful(comment=comment, reader=reader)], ignore_conflicts=True)
            by = 0 if before else 1
        else:
            by = -Useful.objects.filter(comment=comment, reader=reader).delete()[0]
        if by:
            Comment.objects.filter(pk=comment.pk).update(useful=F("useful") + by)
            purge([comment.thread.story.tag])
        return comment.useful + by


def change_state(comment: Comment, state: CommentState) -> None:
    """Move a comment from one state to another with every count that hangs on it. Inside a transaction."""
    before = CommentState(comment.state)
    if before == state:
        return
    shown = (state == CommentState.PUBLISHED) - (before == CommentState.PUBLISHED)
    waiting = (state in _WAITING) - (before in _WAITING)
    Thread.objects.filter(pk=comment.thread_id).update(count=F("count") + shown, waiting=F("waiting") + waiting)
    if comment.parent_id is not None and shown:
        Comment.objects.filter(pk=comment.parent_id).update(replies_count=F("replies_count") + shown)
    approved = (state == CommentState.PUBLISHED and before in (CommentState.HELD, CommentState.REMOVED)) - (
        state == CommentState.REMOVED and before in (CommentState.PUBLISHED, CommentState.HIDDEN)
    )
    refused = (state == CommentState.REMOVED) - (before == CommentState.REMOVED)
    if approved or refused:
        _count_for(comment.author_id, approved, refused)
    comment.state = state
    Comment.objects.filter(pk=comment.pk).update(state=state)
    purge([comment.thread.story.tag])
    if before == CommentState.HELD:
        tell_answered(comment)


def ban_of(writer: Reader, now: datetime) -> Sanction | None:
    """The ban in force, the longest of several."""
    return next(iter(_BANS(writer.pk, now)), None)


_BANS = Prepared(
    lambda writer, now: (
        Sanction.objects.filter(reader=writer, kind=SanctionKind.BAN, lifted_at=None)
        .filter(Q(until=None) | Q(until__gt=now))
        .order_by(F("until").desc(nulls_first=True))[:1]
    )
)


def is_open(thread: Thread, rules: House, now: datetime) -> bool:
    """Whether one may write: offered, not closed by hand, not yet closed by the clock."""
    if not rules.is_offered or thread.opening in (Opening.CLOSED, Opening.OFF):
        return False
    closes = closing(thread, rules)
    return closes is None or closes > now


def closing(thread: Thread, rules: House) -> datetime | None:
    """When the clock closes a conversation: at the day set for it, or by the age of the story's last movement."""
    by_age = thread.story.moved_at + rules.closes_after if rules.closes_after is not None else None
    return min((moment for moment in (thread.closes_at, by_age) if moment is not None), default=None)


def thread_of(story: Story) -> Thread:
    """The conversation of a story, of the one it was merged into if it was. Not saved before it is needed."""
    kept = story.merged_into or story
    return next(iter(_THREAD(kept.pk)), None) or Thread(story=kept)


_THREAD = Prepared(lambda story: Thread.objects.select_related("story").filter(pk=story))


def persona_of(reader: Reader) -> Persona | None:
    """The name a reader writes under. One query."""
    return next(iter(_PERSONA(reader.pk)), None)


_PERSONA = Prepared(lambda reader: Persona.objects.filter(reader=reader))


_SENT = Prepared(lambda token: Comment.objects.filter(token=token))
_WAITING = (CommentState.HELD, CommentState.HIDDEN)


def _post(
    writer: Reader,
    story: Story,
    markdown: str,
    token: str,
    now: datetime,
    answers: Comment | None,
    article: Article | None,
    *,
    is_doubted: bool,
) -> Posted:
    if known := next(iter(_SENT(token)), None):
        return _again(known, writer)
    persona = persona_of(writer)
    if persona is None:
        raise PostingError("no_name")
    _refuse_banned(writer, now)
    rules, thread = house(), thread_of(story)
    if not is_open(thread, rules, now):
        raise PostingError("closed")
    Thread.objects.bulk_create([Thread(story=thread.story)], ignore_conflicts=True)
    if answers is not None and not _may_answer(answers, thread):
        raise PostingError("wrong_answer")
    if answers is not None and thread.is_questions and not has_role(writer, RoleKind.EDITOR, RoleKind.MODERATOR):
        raise PostingError("for_editors")
    markdown = markup.tidied(markdown).strip()
    draft = Draft(markdown, now, reply_to=answers is not None)
    judgement = guard(draft, writer, persona, thread, rules)
    if judgement.verdict is Verdict.REFUSED:
        raise GuardError(judgement)
    if is_doubted:
        judgement = Judgement(Verdict.HELD, (*judgement.findings, _DOUBT), judgement.spam)
    is_held = judgement.verdict is Verdict.HELD
    comment = Comment.objects.create(
        thread=thread,
        parent=(answers.parent or answers) if answers else None,
        answers=answers,
        article=article,
        author=writer,
        name=persona.name,
        state=CommentState.HELD if is_held else CommentState.PUBLISHED,
        markdown=markdown,
        html=markup.to_html(markdown),
        language=identify(markdown, thread.story.language),
        direction=direction_of(markdown),
        key=digest(draft),
        token=token,
        posted_at=now,
        held_for=_findings(judgement),
        spam=judgement.spam,
    )
    if is_held:
        Thread.objects.filter(pk=thread.pk).update(waiting=F("waiting") + 1)
    else:
        Thread.objects.filter(pk=thread.pk).update(count=F("count") + 1, last_at=now)
        _count_for(writer.pk, 1, 0)
        if comment.parent_id is not None:
            Comment.objects.filter(pk=comment.parent_id).update(replies_count=F("replies_count") + 1)
        purge([thread.story.tag])
        tell_answered(comment)
    return Posted(comment, is_new=True)


_DOUBT = Finding(Verdict.HELD, akismet.PHASE, "spam_elsewhere", {})


def _is_doubted_elsewhere(
    writer: Reader, story: Story, markdown: str, token: str, now: datetime, answers: Comment | None
) -> bool:
    """What the spam service says of a comment that we would let through; asked before the transaction begins."""
    persona = persona_of(writer)
    if persona is None or persona.is_trusted or Comment.objects.filter(token=token).exists():
        return False
    thread, rules = thread_of(story), house()
    if not is_open(thread, rules, now) or ban_of(writer, now):
        return False
    words = markup.tidied(markdown).strip()
    draft = Draft(words, now, reply_to=answers is not None)
    if guard(draft, writer, persona, thread, rules).verdict is not Verdict.ALLOWED:
        return False
    return akismet.calls_it_spam(words, persona.name, thread.story.path, is_reply=answers is not None)


def _count_for(writer: int | None, approved: int, refused: int) -> None:
    """Keep a writer's standing; it never falls below nothing, whatever was imported or erased."""
    if writer is None:
        return
    Persona.objects.filter(reader_id=writer).update(
        approved=Greatest(F("approved") + approved, 0), refused=Greatest(F("refused") + refused, 0)
    )


def _again(known: Comment, writer: Reader) -> Posted:
    if known.author_id != writer.pk:
        raise PostingError("token_of_another")
    return Posted(known, is_new=False)


def _may_answer(answers: Comment, thread: Thread) -> bool:
    """A comment of this conversation, or of one whose story became part of this one, that everybody can read."""
    place = answers.thread.story
    return answers.state == CommentState.PUBLISHED and thread.pk in (place.pk, place.merged_into_id)


def _refuse_banned(writer: Reader, now: datetime) -> None:
    if ban := ban_of(writer, now):
        raise PostingError("banned", until=ban.until)


def _judge_edit(draft: Draft, writer: Reader, comment: Comment, rules: House) -> Judgement:
    """The guard's word on an edit. It must not count as another comment or as said already."""
    persona = persona_of(writer) or Persona(reader=writer)
    judgement = guard(draft, writer, persona, comment.thread, rules)
    findings = tuple(f for f in judgement.findings if f.phase not in ("rate", "duplicate", "newcomer", "burst"))
    worst = max((f.verdict for f in findings), key=list(Verdict).index, default=Verdict.ALLOWED)
    judgement = Judgement(worst, findings, judgement.spam)
    if worst is Verdict.REFUSED:
        raise GuardError(judgement)
    return judgement


def _findings(judgement: Judgement) -> list[dict[str, object]]:
    return [{"phase": f.phase, "reason": f.reason, "values": dict(f.values)} for f in judgement.findings]
