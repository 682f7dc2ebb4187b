"""Pages that say what went wrong, and where to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from broadsheet.articles.queries import latest_articles
from broadsheet.site.cards import ArticleCard, article_cards
from broadsheet.site.head import Chrome, Head, chrome

LATEST = 5
_WORD = re.compile(r"[^\W\d_]{2,40}")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """guess: words of the address, to search for. latest: the newest reports."""

    head: Head
    title: str
    words: str
    status: int
    latest: tuple[ArticleCard, ...] = ()
    guess: str = ""


def error_head(title: str, *, now: datetime, around: Chrome | None = None) -> Head:
    """The head of a page that says what went wrong; with `around`, without a query."""
    return Head(title=title, path="", chrome=around or chrome(), now=now, robots="noindex")


def newest(*, now: datetime) -> list[ArticleCard]:
    """Two queries."""
    return article_cards(latest_articles(start=0, limit=LATEST), now=now)


def guess_words(path: str) -> str:
    """What somebody may have looked for at an address that does not exist: the words of its last part."""
    return " ".join(_WORD.findall(path.rstrip("/").rpartition("/")[2][:120])[:8])
