"""Corrections that publishers announced, and edits that they did not, as readable differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Revision
from broadsheet.site.cards import ArticleCard, article_card
from broadsheet.stories import edits as told
from broadsheet.stories.edits import Passage, article_edits


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed from one version of an article to the next. kind: of `stories.edits.EditKind`.

    changes: the headline's, then those of the text; further: changed passages that are not shown.
    """

    article: ArticleCard
    number: int
    at: datetime
    kind: str
    is_announced: bool
    changes: tuple[Passage, ...]
    further: int


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    article: ArticleCard
    at: datetime


def correction_card(revision: Revision, displays: Displays) -> CorrectionCard | None:
    shown = displays.of(revision.article)
    if not shown.shows_headline:
        return None
    return CorrectionCard(article_card(shown), revision.replaced_at)


def edits(shown: Displayed, revisions: Sequence[Revision]) -> list[Edit]:
    """The article's corrections and silent edits, oldest first, as far as its words may be shown.

    revisions: all of them, by number. One query where the text may be shown and there are revisions, else none.
    """
    if not revisions:
        return []
    found = article_edits(shown, revisions, shown.blocks())
    return [edit_view(edit, article_card(shown)) for edit in found if edit.is_announced or edit.is_silent]


def edit_view(edit: told.Edit, card: ArticleCard) -> Edit:
    return Edit(
        article=card,
        number=edit.number,
        at=edit.at,
        kind=str(edit.kind),
        is_announced=edit.is_announced,
        changes=(*([edit.headline] if edit.headline else []), *edit.passages),
        further=edit.further,
    )
