"""What grouping remembers, kept in the process and rebuilt from the database whenever another process has moved on."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from broadsheet.articles.models import Article, ArticleState, Body
from broadsheet.grouping import CopyFinder, CopySettings, Grouper, Settings
from broadsheet.rights import LedgerEntry, Output
from broadsheet.sources.ledger import as_entries, decide_here
from broadsheet.sources.models import LedgerLine
from broadsheet.stories.models import Membership, StoryChange
from broadsheet.text.words import stems, words

REMEMBERED = 2 * Settings().memory
"""Newest members of the stream read back after a restart: two windows of grouping, because weights depend on what was
alive when an article came, so the older half is only counted."""
CHUNK = 200
ANNOUNCED_SHARE = 0.5
"""Part of the announced words that a doubtful page must have for its text to be taken for the report's."""
COMPARED = 20_000
"""Characters of a doubtful page in which they are looked for."""
CLOSING = frozenset(("close", "reopen"))
"""Acts after which the memory is rebuilt: articles of closed stories are not in it."""


@dataclass
class Memory:
    """The state after `sequence` members of the stream and the editors' acts up to `act`."""

    sequence: int = 0
    act: int = 0
    grouper: Grouper = field(default_factory=Grouper)
    copies: CopyFinder = field(default_factory=CopyFinder)


_memory: Memory | None = None
lock = threading.Lock()
"""Held while the memory is used: one process places one batch at a time."""


def recall(sequence: int, now: datetime) -> Memory:
    """The memory as it was after `sequence` members: this process's if it is still right or only editors have been at
    work since, else rebuilt. Call it where the stream is held."""
    global _memory  # noqa: PLW0603  # a cache of the database, checked against it on every use
    if _memory is None or not _catch_up(_memory, sequence):
        _memory = _rebuild(sequence, now)
    return _memory


def forget() -> None:
    """Drop what this process remembers; the database knows better."""
    global _memory  # noqa: PLW0603
    _memory = None


def as_document(article: Article, text: str) -> dict[str, Any]:
    """An article as `grouping` reads it. Its id is its key, which is the same in every run over the same pages."""
    return {
        "id": article.key,
        "title": article.headline,
        "text": text,
        "published": article.shown_at,
        "source": str(article.publisher_id),
        "publisher": article.publisher.name,
        "lang": article.language,
        "url": article.address,
        "canonical": article.canonical,
        "authors": [name for name in (article.byline, article.agencies) if name],
    }


def as_copied(document: dict[str, Any], body: Body | None) -> dict[str, Any]:
    """The document as copies are sought in it: the page's own words, be they the opening before a wall alone.

    A summary is its feed's, so it is nobody's copy and has none.
    """
    return {**document, "text": stored_text(body)}


def stored_text(body: Body | None) -> str:
    """The text of the page as it is kept."""
    kinds = {"paragraph", "subheading", "list", "quotation"}
    return "\n\n".join(block["text"] for block in body.blocks if block["kind"] in kinds) if body is not None else ""


def readable_text(article: Article, body: Body | None) -> str:
    """The text quotations and topics are taken from: the stored blocks, else what the source announced."""
    return (stored_text(body) if article.state == ArticleState.LIVE else "") or article.summary


def compared_text(article: Article, body: Body | None) -> str:
    """The text grouping compares: as `readable_text`, and a held page's own where it has the words that were announced.

    Such a page ends at a wall, or it is not sure what on it is the report.  A consent page, a list of links or another
    report has other words; then the announcement alone is compared.
    """
    text = stored_text(body) if article.state == ArticleState.HELD else ""
    return text if text and _has_announced(article, text) else readable_text(article, body)


def _has_announced(article: Article, text: str) -> bool:
    announced = _terms(f"{article.headline} {article.summary}", article.language)
    shared = announced & _terms(text[:COMPARED], article.language)
    return len(shared) >= ANNOUNCED_SHARE * max(1, len(announced))


def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(words(text), language.partition("-")[0]))


def ledgers(publishers: Sequence[int] | None = None) -> Mapping[int, tuple[LedgerEntry, ...]]:
    """What was agreed with these publishers, or with all; those with whom nothing was are missing. One query."""
    found = LedgerLine.objects.filter(article_key="")
    lines: dict[int, list[LedgerLine]] = {}
    for line in found if publishers is None else found.filter(publisher__in=publishers):
        lines.setdefault(line.publisher_id, []).append(line)
    return {publisher: as_entries(of_one) for publisher, of_one in lines.items()}


def may_read(article: Article, agreed: Mapping[int, tuple[LedgerEntry, ...]], now: datetime) -> bool:
    """Whether the text of the page may be compared and searched for quotations; else only what was announced may."""
    return decide_here(agreed.get(article.publisher_id, ()), article.signals, Output.MINING, now).may_keep


def _catch_up(memory: Memory, sequence: int) -> bool:
    """Learn what editors did since; False where another process has placed articles, or a story was closed."""
    if memory.sequence == sequence:
        return True
    if memory.sequence > sequence or Membership.objects.filter(sequence__gt=memory.sequence).exists():
        return False
    acts = list(StoryChange.objects.filter(pk__gt=memory.act).exclude(actor="").order_by("pk"))
    if any(act.kind in CLOSING for act in acts):
        return False
    stories = {pk for act in acts for pk in (act.story_id, act.from_story_id)}
    placed = Membership.objects.filter(story__in=stories - {None}, is_fixed=True)
    memory.grouper.fix(dict(placed.values_list("article__key", "story__key")))
    memory.sequence = sequence
    memory.act = max((act.pk for act in acts), default=memory.act)
    return True


def _rebuild(sequence: int, now: datetime) -> Memory:
    newest = StoryChange.objects.exclude(actor="").aggregate(newest=Max("pk"))["newest"]
    memory = Memory(sequence, newest or 0)
    recent = sequence - CopySettings().memory
    memory.grouper.restore(document for _, document in _documents(sequence, now) if not document["is_closed"])
    memory.copies.restore(as_copied(document, body) for body, document in _documents(sequence, now, after=recent))
    return memory


def _documents(sequence: int, now: datetime, *, after: int = 0) -> Iterator[tuple[Body | None, dict[str, Any]]]:
    members = (
        Membership.objects.filter(sequence__lte=sequence, sequence__gt=max(after, sequence - REMEMBERED))
        .select_related("article__publisher", "story", "original", "article__body")
        .order_by("sequence")
    )
    agreed = ledgers()
    for member in members.iterator(chunk_size=CHUNK):
        article = member.article
        body = getattr(article, "body", None) if may_read(article, agreed, now) else None
        document = as_document(article, compared_text(article, body))
        document["story"], document["fixed"] = member.story.key, member.is_fixed
        document["is_closed"] = member.story.is_closed
        if member.original is not None:
            document["original"] = member.original.key
        yield body, document
