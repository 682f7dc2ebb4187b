"""All versions of an article: what each changed, as far as its words may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article
from broadsheet.articles.queries import revisions_of
from broadsheet.rights import Mode, Output
from broadsheet.site.cards import ArticleCard, article_card
from broadsheet.site.corrections import Edit, edit_view
from broadsheet.site.head import Crumb, Head, chrome, tags_of
from broadsheet.stories.edits import article_edits


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the article. edit: how it differs from the one before; None for the first and for trifles."""

    number: int
    at: datetime
    edit: Edit | None


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """versions: the newest first. shows_text: whether changes of the text may be shown, or of the headline alone."""

    head: Head
    article: Article
    card: ArticleCard
    versions: tuple[Version, ...]
    shows_text: bool


def versions_page(article: Article, *, now: datetime) -> VersionsPage:
    """Seven queries at most."""
    displays = Displays([article], Output.PAGE, now=now)
    shown = displays.of(article)
    card = article_card(shown)
    revisions = revisions_of([article.pk]).get(article.pk, []) if article.version > 1 else []
    edits = {edit.number + 1: edit_view(edit, card) for edit in article_edits(shown, revisions, shown.blocks())}
    first = revisions[0].seen_at if revisions else article.first_seen_at
    begun = [(revisions[0].number if revisions else article.version, first)]
    begun += [(revision.number + 1, revision.replaced_at) for revision in revisions]
    name = shown.headline or _("A report by %(publisher)s") % {"publisher": article.publisher.name}
    return VersionsPage(
        head=Head(
            title=_("Versions of “%(headline)s”") % {"headline": name},
            path=f"{article.path}/versions",
            chrome=chrome(),
            now=now,
            robots="noindex, follow",
            crumbs=(
                Crumb(article.publisher.name, article.publisher.path, card.publisher.language),
                Crumb(name, article.path, card.language),
            ),
            tags=tags_of([article]),
        ),
        article=article,
        card=card,
        versions=tuple(Version(number, at, edits.get(number)) for number, at in reversed(begun)),
        shows_text=shown.mode is Mode.FULL,
    )
