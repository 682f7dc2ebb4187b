"""The article of a page that a script would draw: taken from its embedded data where the markup holds none.

Embedded bodies are often cut, doubled or stale, so they are used only where they hold several times what the markup
shows. Their words are words of the page, from inside its scripts.
"""

from __future__ import annotations

from html import escape, unescape

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.article import Block, BlockKind
from broadsheet.extraction.embedded import Embedded, plain
from broadsheet.extraction.state import read_state

LITTLE = 600
"""Characters of markup text from which the markup is trusted."""
ENOUGH = 600
"""Characters that an embedded body needs."""
TIMES = 3
"""How many times as long as the markup's text it must be."""
MAX_PARAGRAPHS = 2_000


def scripted_blocks(tree: LexborHTMLParser, embedded: Embedded, shown: int) -> tuple[Block, ...]:
    """Paragraphs from embedded data, () where the markup's own text (`shown` characters) is to be used."""
    if shown >= LITTLE:
        return ()
    least = max(ENOUGH, TIMES * shown)
    paragraphs: tuple[str, ...] = ()
    if len(embedded.body) >= least:
        paragraphs = _paragraphs(str(embedded.article.get("articleBody") or embedded.article.get("text")))
    elif shown < LITTLE // 2:
        found = read_state(tree)
        paragraphs = found if sum(map(len, found)) >= least else ()
    return tuple(Block(BlockKind.PARAGRAPH, text, escape(text, quote=False)) for text in paragraphs[:MAX_PARAGRAPHS])


def _paragraphs(body: str) -> tuple[str, ...]:
    """An article body cut where it says that paragraphs end."""
    text = unescape(body) if "&lt;" in body else body
    for end in ("</p>", "</div>", "</li>", "<br><br>", "<br /><br />"):
        text = text.replace(end, "\n")
    return tuple(cleaned for line in text.split("\n") if (cleaned := plain(line)))
