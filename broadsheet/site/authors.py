"""The page of an author: what is signed with the name, newest first, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.articles.archive import signed_by
from broadsheet.articles.models import Author
from broadsheet.site.cards import FoldedCard, article_cards
from broadsheet.site.following import follow_path
from broadsheet.site.head import Crumb, Head, absolute, chrome
from broadsheet.site.lists import ARTICLES, Day, Pager, by_day, numbered, pager
from broadsheet.sources.models import Publisher


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """publishers: who prints the articles of this page, each once, in their order."""

    head: Head
    author: Author
    kind: str
    publishers: tuple[Publisher, ...]
    days: tuple[Day, ...]
    pager: Pager
    follow: str
    folded: tuple[FoldedCard, ...] = ()


def author_page(author: Author, *, number: int, now: datetime) -> AuthorPage | None:
    """None when nothing signed with the name may be shown with it. Four queries."""
    path = author_path(author)
    rows = signed_by(author, start=(number - 1) * ARTICLES, limit=ARTICLES + 1)
    # A byline is part of the headline's right: what may only be linked to names nobody.
    cards = [card for card in article_cards(rows[:ARTICLES], now=now) if not card.is_link]
    if not cards:
        return None
    publishers = {card.publisher.pk: card.publisher for card in cards}
    return AuthorPage(
        head=Head(
            title=author.name,
            path=numbered(path, number),
            chrome=chrome(),
            now=now,
            description=_("Reports signed by %(name)s.") % {"name": author.name},
            canonical=absolute(numbered(path, number)),
            robots="index, follow" if number == 1 else "noindex, follow",
            crumbs=(Crumb(_("Sources"), "/sources"),),
            feed=path,
            tags=frozenset({*(one.tag for one in publishers.values()), *(card.tag for card in cards)}),
        ),
        author=author,
        kind=_("News agency") if author.is_agency else _("Author"),
        publishers=tuple(publishers.values()),
        days=by_day(cards),
        pager=pager(path, number, has_more=len(rows) > ARTICLES),
        follow=follow_path("author", author.slug),
    )


def author_path(author: Author) -> str:
    return f"/authors/{author.slug}"
