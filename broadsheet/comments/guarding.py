"""The guard's memory in the database: rules in force, what is told about a writer, what the spam filter has learned."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

from django.db import connection

from broadsheet.comments.guard import Around, Author, Draft, Earlier, Judgement, Rules, SpamFilter, judge
from broadsheet.comments.guard.spam import TOTAL, features, lesson
from broadsheet.comments.models import Comment, CommentState, FeatureCount, GuardSettings, Opening, Persona, Thread
from broadsheet.prepared import Prepared
from broadsheet.readers.models import Reader

RECENT = 200
"""Comments of a story and of a writer that are looked back on."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class House:
    """The settings in force, read once for an act."""

    rules: Rules
    edit_for: timedelta
    closes_after: timedelta | None
    needs_two: bool
    is_offered: bool


def house() -> House:
    row = next(iter(_NEWEST()), None) or GuardSettings()
    return _read(json.dumps(row.rules), row.edit_minutes, row.closes_after_days, row.needs_two, row.is_offered)


_NEWEST = Prepared(lambda: GuardSettings.objects.order_by("-pk")[:1])


@lru_cache(maxsize=8)
def _read(rules: str, edit_minutes: int, closes_after_days: int, needs_two: bool, is_offered: bool) -> House:
    """Found again by what it says: long word lists are folded once."""
    return House(
        rules=Rules.from_mapping(json.loads(rules)),
        edit_for=timedelta(minutes=edit_minutes),
        closes_after=timedelta(days=closes_after_days) if closes_after_days else None,
        needs_two=needs_two,
        is_offered=is_offered,
    )


def set_house(rules: Rules, *, actor: str, now: datetime, **settings: int | bool) -> None:
    """Put rules in force. Earlier ones stay as rows, for the record of who changed what."""
    GuardSettings.objects.create(rules=rules.to_mapping(), set_by=actor[:150], at=now, **settings)


def digest(draft: Draft) -> str:
    """The words alone, as a key of fixed size."""
    return blake2b(draft.key.encode(), digest_size=16).hexdigest()


def guard(draft: Draft, writer: Reader, persona: Persona, thread: Thread, house: House) -> Judgement:
    """The guard's judgement with what the database knows around the draft: four queries, whatever the conversation."""
    return judge(draft, _around(draft, writer, persona, thread), house.rules, remembered_filter(features(draft.text)))


def dry_run(rules: Rules, *, last: int = 1_000) -> list[tuple[Comment, Judgement]]:
    """What these rules would have said to the last comments, newest first. Rates and bursts are left out,
    for they hang on the moment, and the filter, which has learned from these very comments since."""
    quiet = Rules.from_mapping({**rules.to_mapping(), "per_minute": 0, "per_hour": 0, "per_day": 0, "burst": 0})
    found = Comment.objects.exclude(state=CommentState.DELETED).select_related("author__persona").order_by("-pk")[:last]
    answers = []
    for comment in found:
        persona = getattr(comment.author, "persona", None)
        author = Author(persona.approved, persona.refused, persona.is_trusted) if persona else Author()
        draft = Draft(comment.markdown, comment.posted_at, reply_to=comment.parent_id is not None)
        answers.append((comment, judge(draft, Around(author=author, language=comment.language), quiet)))
    return answers


def remembered_filter(found: Iterable[str]) -> SpamFilter:
    """The filter as far as these features go."""
    return SpamFilter({feature: (spam, wanted) for feature, spam, wanted in _LEARNED(sorted({TOTAL, *found}))})


_LEARNED = Prepared(
    lambda found: FeatureCount.objects.filter(feature__in=found).values_list("feature", "spam", "wanted")
)


def learn(comment: Comment, kind: str) -> None:
    """Have the filter learn that a comment is "spam" or "wanted", or forget it (""); what it knew of it before is
    taken back first, so that a decision reversed leaves no trace. Call it inside the transaction that decides."""
    if comment.learned == kind:
        return
    added = lesson(comment.markdown, before=comment.learned, after=kind)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO comments_featurecount (feature, spam, wanted) VALUES (%s, %s, %s) "
            "ON CONFLICT (feature) DO UPDATE SET spam = comments_featurecount.spam + %s, "
            "wanted = comments_featurecount.wanted + %s",
            [(one, max(0, added.spam), max(0, added.wanted), added.spam, added.wanted) for one in added.features],
        )
    comment.learned = kind
    Comment.objects.filter(pk=comment.pk).update(learned=kind)


def _around(draft: Draft, writer: Reader, persona: Persona, thread: Thread) -> Around:
    since = draft.at - DAY
    key = digest(draft)
    own = _OWN(writer.pk, since)
    repeated = _SAME(thread.pk, key)
    return Around(
        author=Author(
            approved=persona.approved,
            refused=persona.refused,
            trusted=persona.is_trusted,
            posted=tuple(at for _, at in own),
        ),
        earlier=(
            *(Earlier(draft.key, at, own=author == writer.pk) for at, author in repeated),
            *(Earlier(draft.key, at, own=True) for seen, at in own if seen == key),
        ),
        lately=tuple(row[0] for row in _LATELY(thread.pk, since)),
        premoderated=thread.opening == Opening.PREMODERATED,
        language=thread.story.language,
    )


_OWN = Prepared(
    lambda writer, since: (
        Comment.objects.filter(author=writer, posted_at__gt=since)
        .order_by("-posted_at")
        .values_list("key", "posted_at")[:RECENT]
    )
)
_SAME = Prepared(
    lambda thread, key: (
        Comment.objects.filter(thread=thread, key=key).order_by("-posted_at").values_list("posted_at", "author_id")[:10]
    )
)
_LATELY = Prepared(
    lambda thread, since: (
        Comment.objects.filter(thread=thread, posted_at__gt=since)
        .order_by("-posted_at")
        .values_list("posted_at")[:RECENT]
    )
)
