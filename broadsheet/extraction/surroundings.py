"""What the boxes around a piece make of it, by their tags and names: a figure, a list, a form, a place apart.

Bits of a box are its own; `around` has those of the boxes above it too, up to the main one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.names import compounds, groups_of, parts_of

if TYPE_CHECKING:
    from broadsheet.extraction.page import Box

FIGURE, EMBED, QUOTE, LIST, CELLS, FACT, PULL, CAPTIONED, AWAY, HIDDEN, FORM, BESIDE, ASIDE, ASKING, APART, HEADER = (
    1 << i for i in range(16)
)
"""ASKING: a wall, a newsletter's form or consent, whose words the receipt reads. APART: a tag that is never text.
HEADER: `header`, which may be the site's or the article's."""

BY_TAG = {
    "figure": FIGURE, "figcaption": FIGURE | CAPTIONED, "caption": FIGURE | CAPTIONED, "blockquote": QUOTE,
    "li": LIST, "dd": LIST,
    "dt": LIST, "td": CELLS, "th": CELLS, "form": FORM, "nav": AWAY | APART, "footer": AWAY | APART,
    "button": AWAY | APART, "dialog": AWAY | APART, "aside": ASIDE,
    "header": HEADER,
}  # fmt: skip
_BY_GROUP = {
    "caption": CAPTIONED, "fact": FACT, "share": BESIDE, "comment": BESIDE, "newsletter": BESIDE | ASKING,
    "consent": BESIDE | ASKING, "wall": ASKING, "hidden": HIDDEN,
}  # fmt: skip
READ = ASKING | FIGURE | CAPTIONED
"""Boxes read wherever they stand: the receipt tells of walls, and a figure may have a button to share it."""
LEFT_UNSEEN = APART | HEADER
"""Boxes passed by where it is not known in which part of the page the article stands, ..."""
LEFT_ANYWHERE = LEFT_UNSEEN | AWAY
"""... where it is known, ..."""
LEFT_BY_NEWS = LEFT_ANYWHERE | BESIDE | HIDDEN
"""... and on pages of news, whose article holds no comments and no forms."""
_EMBEDS = "tweet instagram tiktok bluesky mastodon telegram imgur threads"
_PULLED = "pullquote pull pullquotes quotebox"
_AWAY_WORDS = "related newsletter comments disqus regwall paywall readmore sharedaddy outbrain taboola"
"""Whole words in names that say the same on every site; their compounds do not."""
_BY_WORD = {
    **dict.fromkeys(_EMBEDS.split(), EMBED),
    **dict.fromkeys(_PULLED.split(), PULL),
    **dict.fromkeys(_AWAY_WORDS.split(), AWAY),
}
EMBEDDING = frozenset({"blockquote", "div", "figure", "section"})
"""Tags whose names may say that they hold a post from elsewhere."""
MOST_NAMES = 20_000
"""Names and words remembered from page to page."""

THEMSELVES = frozenset({"blockquote", "table", "pre"})
"""Quotations and tables are themselves, even inside a figure."""
_SCREENS = frozenset({"sm", "md", "lg", "xl", "2xl", "mobile", "desktop"})
_OVERFLOW = frozenset({"overflow"})

_known: dict[str, int] = {"": 0}
_words: dict[str, int] = {}
known_bits = _known.get


def bits_of(names: str) -> int:
    """What names make of a box; `known_bits` first, it is quicker."""
    parts, bits, find = parts_of(names), 0, _words.get
    if "hidden" in parts:
        parts = _without_partly_hidden(parts)
    for word in parts:
        own = find(word)
        bits |= _learn(word) if own is None else own
    for group in compounds(parts):
        bits |= _BY_GROUP.get(group, 0)
    if len(_known) >= MOST_NAMES:
        _known.clear()
    _known[names] = bits
    return bits


def _learn(word: str) -> int:
    bits = _BY_WORD.get(word, 0)
    for group in groups_of(word):
        bits |= _BY_GROUP.get(group, 0)
    if len(_words) >= MOST_NAMES:
        _words.clear()
    _words[word] = bits
    return bits


def _without_partly_hidden(words: list[str]) -> list[str]:
    """Without "hidden" where it only means that what is too large is cut, or that some screens do not show it."""
    if not _SCREENS.isdisjoint(words):
        return [word for word in words if word != "hidden"]
    return [w for i, w in enumerate(words) if w != "hidden" or not _OVERFLOW.intersection(words[max(0, i - 2) : i])]


def around(box: Box) -> int:
    """Bits of a box and of all above it that are not above the main box too. Of a box that was not settled, and of one
    above the main one, only its tag counts."""
    return box.around if box.kind >= 0 else BY_TAG.get(box.tag, 0) & (FIGURE | QUOTE)


def is_caption(box: Box) -> bool:
    """Whether what stands in a box is a picture's caption."""
    bits = around(box)
    return bool(bits & (CAPTIONED | FIGURE)) and not bits & (AWAY | FORM)


def is_away(box: Box) -> bool:
    """Whether a box is no place for the article's pictures; a figure may be one that can be shared."""
    bits = around(box)
    return bool(bits & (AWAY | FORM)) or (bool(bits & (BESIDE | HIDDEN)) and not bits & FIGURE)
