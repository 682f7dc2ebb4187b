"""What grouping remembers, kept in the process and rebuilt from the database whenever another process has moved on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from broadsheet.articles.models import Article, ArticleState, Body
from broadsheet.grouping import CopyFinder, Grouper, Settings
from broadsheet.stories.models import Membership

REMEMBERED = 2 * Settings().memory
"""Newest members of the stream read back after a restart: two windows of grouping, because weights depend on what was
alive when an article came, so the older half is only counted."""
CHUNK = 200


@dataclass
class Memory:
    """The state after `sequence` members of the stream."""

    sequence: int = 0
    grouper: Grouper = field(default_factory=Grouper)
    copies: CopyFinder = field(default_factory=CopyFinder)


_memory: Memory | None = None
lock = threading.Lock()
"""Held while the memory is used: one process places one batch at a time."""


def recall(sequence: int) -> Memory:
    """The memory as it was after `sequence` members, from this process if it is still right, else rebuilt."""
    global _memory  # noqa: PLW0603  # a cache of the database, checked against it on every use
    if _memory is None or _memory.sequence != sequence:
        _memory = _rebuild(sequence)
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
    """The text grouping and quotations may read: the stored blocks, else what the source announced."""
    return (stored_text(body) if article.state == ArticleState.LIVE else "") or article.summary


def _rebuild(sequence: int) -> Memory:
    memory = Memory(sequence)
    documents = list(_documents(sequence))
    memory.copies.restore(as_copied(document, body) for body, document in documents)
    memory.grouper.restore([document for _, document in documents if not document["is_closed"]])
    return memory


def _documents(sequence: int) -> Iterator[tuple[Body | None, dict[str, Any]]]:
    members = (
        Membership.objects.filter(sequence__lte=sequence, sequence__gt=sequence - REMEMBERED)
        .select_related("article__publisher", "story", "original", "article__body")
        .order_by("sequence")
    )
    for member in members.iterator(chunk_size=CHUNK):
        article = member.article
        body = getattr(article, "body", None)
        document = as_document(article, readable_text(article, body))
        document["story"], document["fixed"] = member.story.key, member.is_fixed
        document["is_closed"] = member.story.is_closed
        if member.original is not None:
            document["original"] = member.original.key
        yield body, document
