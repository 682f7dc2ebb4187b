"""What the class and id of an element, and of those around it, call it.

Plain substring tests on lower-case labels: a regular expression with as many alternatives costs forty times as much.
"""

from __future__ import annotations

from collections.abc import Collection

from selectolax.lexbor import LexborNode

APART = (
    "comment", "related", "sidebar", "recommend", "most-", "most_", "mostread", "teaser", "footer", "popular",
    "trending", "next-", "more-from", "newsletter", "promo",
)  # fmt: skip
"""Places around an article that hold names, dates and pictures of other articles."""

NO_BYLINE = (
    "comment", "related", "teaser", "promo", "footer", "sidebar", "recommend", "avatar", "image", "photo", "social",
    "popular", "most", "newsletter", "tutor", "autorenliste", "biograph", "description", "follow",
)  # fmt: skip
"""Labels of elements that are marked as an author's but are no byline."""

NO_PICTURE = (
    "logo", "avatar", "author", "byline", "icon", "related", "teaser", "promo", "sidebar", "comment", "newsletter",
    "advert", "social", "share", "footer", "nav", "menu", "banner", "profile", "recommend", "most-read", "mostread",
    "widget", "sponsor",
)  # fmt: skip
"""Labels of pictures, and of places for them, that are not the article's."""

_OUTSIDE = frozenset(("aside", "nav", "footer", "noscript"))
_WITHIN = frozenset(("article", "main", "body"))


def label_of(node: LexborNode) -> str:
    """Class and id, lower case."""
    given = node.attributes
    return f"{given.get('class') or ''} {given.get('id') or ''}".lower()


def says(label: str, words: tuple[str, ...]) -> bool:
    """Whether a lower-case label contains one of the words."""
    for word in words:  # noqa: SIM110 - a third of the time of any()
        if word in label:
            return True
    return False


def stands_apart(node: LexborNode, around: Collection[int], words: tuple[str, ...] = APART, levels: int = 8) -> bool:
    """Whether an element stands in a box, list or section that is not the article's own.

    around: `mem_id` of the boxes that hold the headline, the article's own whatever their names say ("with-sidebar").
    """
    parent = node.parent
    for _ in range(levels):
        if parent is None:
            return False
        tag = parent.tag
        if tag in _WITHIN or parent.mem_id in around:
            return False
        if tag in _OUTSIDE:
            return True
        given = parent.attributes
        if ("class" in given or "id" in given) and says(
            f"{given.get('class') or ''} {given.get('id') or ''}".lower(), words
        ):
            return True
        parent = parent.parent
    return False
