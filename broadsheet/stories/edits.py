"""What an article's versions say differently, as a reader would mark it with a pencil. Pure but for `edits_of`.

Changes of white space, quotation marks and dashes alone are no edits. What only grew, as a live blog does, is told
apart from what was changed. Shown is what the display mode allows: headlines, and texts where all of them are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, Revision
from broadsheet.rights import Mode
from broadsheet.text.diffs import Piece, word_diff

AROUND = 90
"""Characters of unchanged text kept on each side of a change."""
PASSAGES = 6
"""Changed passages shown of one edit; the rest are counted."""
PASSAGE = 900
"""Characters of one passage."""
CONFETTI = 3
"""Characters of unchanged text between two changes that are not worth lifting the pencil for."""
_WORD_START = re.compile(r"(?<=\s)\S|[\u3040-\u30ff\u3400-\u9fff]")
_NUMBER_BEGUN = re.compile(r"\d[\d.,]{0,20}$")
_KINDS = frozenset({"paragraph", "subheading", "list", "quotation", "entry"})


class EditKind(StrEnum):
    CORRECTION = "correction"
    """The publisher says so in the text."""
    HEADLINE = "headline"
    TEXT = "text"
    ADDITION = "addition"
    """Only new passages; nothing that stood there was changed."""


@dataclass(frozen=True, slots=True)
class Span:
    """kind: same, removed, added or gap."""

    kind: str
    text: str


Passage = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """From version `number` of an article to the next.

    headline: what changed in the headline; empty where nothing did. passages: the same for the text, where all of it
    may be shown, else empty. further: passages that are not shown.
    """

    article: Article
    number: int
    at: datetime
    kind: EditKind
    headline: Passage
    passages: tuple[Passage, ...]
    further: int

    @property
    def is_announced(self) -> bool:
        return self.kind is EditKind.CORRECTION

    @property
    def is_silent(self) -> bool:
        """Changed what stood there, without a word about it."""
        return self.kind in {EditKind.HEADLINE, EditKind.TEXT}


def edits_of(displays: Displays, revisions: Sequence[Revision]) -> list[Edit]:
    """The edits that these revisions were, oldest first; boring ones are left out. One query at most.

    revisions: each with its article, one that `displays` was made over; of each article the newest ones without a gap.
    """
    by_article: dict[int, list[Revision]] = {}
    for revision in sorted(revisions, key=lambda revision: revision.number):
        by_article.setdefault(revision.article_id, []).append(revision)
    articles = [rows[0].article for rows in by_article.values()]
    texts = displays.blocks(articles)
    found = [
        edit
        for article in articles
        for edit in article_edits(displays.of(article), by_article[article.pk], texts.get(article.pk, ()))
    ]
    return sorted(found, key=lambda edit: (edit.at, edit.article.pk))


def article_edits(
    shown: Displayed, revisions: Sequence[Revision], blocks: Sequence[Mapping[str, Any]]
) -> Iterator[Edit]:
    """The edits of one article. revisions: by number, without a gap. blocks: its present text, if that may be shown."""
    if not shown.shows_headline:
        return
    is_full = shown.mode is Mode.FULL
    versions = [(row.headline, _text(row.blocks if is_full else ())) for row in revisions]
    versions.append((shown.headline, _text(blocks if is_full else ())))
    for revision, (headline, text), (new_headline, new_text) in zip(revisions, versions, versions[1:], strict=False):
        retitled, rewritten = word_diff(headline, new_headline), word_diff(text, new_text)
        if _says(retitled) or _says(rewritten) or revision.is_announced:
            passages = list(_passages(rewritten))
            yield Edit(
                article=shown.article,
                number=revision.number,
                at=revision.replaced_at,
                kind=_kind(revision, retitled, rewritten),
                headline=_spans(retitled) if _says(retitled) else (),
                passages=tuple(passages[:PASSAGES]),
                further=max(len(passages) - PASSAGES, 0),
            )


def _kind(revision: Revision, headline: Sequence[Piece], text: Sequence[Piece]) -> EditKind:
    if revision.is_announced:
        return EditKind.CORRECTION
    if _says(headline):
        return EditKind.HEADLINE
    grew = all(not piece.removed for piece in text if not piece.boring)
    return EditKind.ADDITION if grew else EditKind.TEXT


def _says(pieces: Iterable[Piece]) -> bool:
    return any(not piece.kept and not piece.boring for piece in pieces)


def _text(blocks: Iterable[Mapping[str, Any]]) -> str:
    return "\n\n".join(str(block.get("text", "")) for block in blocks if block.get("kind") in _KINDS)


def _passages(pieces: Sequence[Piece]) -> Iterator[Passage]:
    """The changes with a little of what stands around them, parted where much is unchanged."""
    current: list[Span] = []
    before = ""
    for piece in _plain(pieces):
        if piece.kept:
            end = _head(piece.kept)
            if current and len(end) == len(piece.kept):
                current.append(Span("same", piece.kept))
            elif current:
                current.append(Span("same", end))
                yield _closed(current, more=end != piece.kept.split("\n\n")[0])
                current = []
            before = piece.kept if not current else ""
            continue
        if not current and before:
            current = list(_tail(before))
        current += [Span(kind, text) for kind, text in (("removed", piece.removed), ("added", piece.added)) if text]
    if current:
        yield _closed(current, more=False)


def _plain(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Boring changes as the text now is, joined with what stands beside them; numbers change as a whole.

    A single short word that two changes have in common is taken into them, so that phrases change and not syllables.
    """
    kept = ""
    last: Piece | None = None
    for piece in pieces:
        if piece.kept or piece.boring:
            kept += piece.kept or piece.added
            continue
        number = _NUMBER_BEGUN.search(kept) if piece.removed[:1].isdigit() and piece.added[:1].isdigit() else None
        if number:
            kept = kept[: number.start()]
            piece = Piece(removed=number[0] + piece.removed, added=number[0] + piece.added)
        if last is not None and len(kept.strip()) <= CONFETTI and "\n" not in kept:
            last = Piece(removed=last.removed + kept + piece.removed, added=last.added + kept + piece.added)
            kept = ""
            continue
        if last is not None:
            yield last
        if kept:
            yield Piece(kept=kept)
            kept = ""
        last = piece
    if last is not None:
        yield last
    if kept:
        yield Piece(kept=kept)


def _head(kept: str) -> str:
    """The first words of unchanged text, not beyond its paragraph; all of it when it is short."""
    paragraph = kept.split("\n\n", 1)[0]
    if len(paragraph) <= 2 * AROUND:
        return paragraph
    starts = [found.start() for found in _WORD_START.finditer(paragraph, 0, AROUND)]
    return paragraph[: starts[-1]].rstrip() if starts else paragraph[:AROUND]


def _tail(kept: str) -> Iterator[Span]:
    paragraph = kept.rsplit("\n\n", 1)[-1]
    if len(paragraph) > AROUND:
        found = _WORD_START.search(paragraph, len(paragraph) - AROUND)
        paragraph = paragraph[found.start() :] if found else paragraph[-AROUND:]
        yield Span("gap", "…")
    if paragraph:
        yield Span("same", paragraph)


def _closed(spans: Sequence[Span], *, more: bool) -> Passage:
    """The spans, cut where the passage becomes too long to read, without white space at its ends."""
    found: list[Span] = []
    room = PASSAGE
    for span in spans:
        if len(span.text) > room:
            found.append(Span(span.kind, span.text[:room].rsplit(" ", 1)[0]))
            more = True
            break
        found.append(span)
        room -= len(span.text)
    if found and not more:
        found[-1] = Span(found[-1].kind, found[-1].text.rstrip())
    return (*found, Span("gap", "…")) if more else tuple(found)


def _spans(pieces: Iterable[Piece]) -> Passage:
    return tuple(
        Span(kind, text)
        for piece in _plain(pieces)
        for kind, text in (("same", piece.kept), ("removed", piece.removed), ("added", piece.added))
        if text
    )
