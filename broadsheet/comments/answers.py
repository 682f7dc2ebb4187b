"""Telling readers that they were answered or named: only who asked for it, once for each comment, never by a mute."""

from __future__ import annotations

from broadsheet.comments import markup
from broadsheet.comments.lookalikes import skeleton
from broadsheet.comments.models import Comment, CommentState, Ignore, Persona
from broadsheet.comments.statements import post
from broadsheet.readers.models import ObjectionKind
from broadsheet.readers.objections import objecting

MOST_NAMED = 5
"""People told of one comment that names them."""


def tell_answered(comment: Comment) -> int:
    """Write to whom a published comment answers and to whom it names. Call it inside the transaction that publishes it.
    Returns how many were written to."""
    if comment.state != CommentState.PUBLISHED:
        return 0
    shapes = [skeleton(name) for name in markup.mentions(comment.markdown)[:MOST_NAMED]]
    wanted = Persona.objects.filter(mails_replies=True).exclude(reader=comment.author_id).select_related("reader")
    wanted = wanted.exclude(reader__in=objecting(ObjectionKind.MAIL).values("reader"))
    told = list(wanted.filter(shape__in=shapes)) if shapes else []
    if comment.answers is not None and comment.answers.author_id is not None:
        told += wanted.filter(reader=comment.answers.author_id)
    by_reader = {persona.pk: persona.reader for persona in told if persona.reader.is_active}
    muted = Ignore.objects.filter(reader__in=by_reader, ignored=comment.author_id).values_list("reader", flat=True)
    for pk in set(by_reader) - set(muted):
        reader = by_reader[pk]
        post("answer", reader.email, {"comment": comment, "words": markup.to_text(comment.markdown)}, reader.language)
    return len(set(by_reader) - set(muted))
