"""An article's blocks as one piece of HTML or Markdown, for exports and the command line.

Both are made from each block's own sanitised inline markup; nothing is added but the form.
"""

from __future__ import annotations

import re
from html import escape

from broadsheet.extraction.article import Block, BlockKind
from broadsheet.extraction.inline import markdown_address, markdown_of

_AROUND = {
    BlockKind.PARAGRAPH: ("<p>", "</p>"),
    BlockKind.QUOTATION: ("<blockquote><p>", "</p></blockquote>"),
    BlockKind.PULL_QUOTE: ('<aside class="pull-quote"><p>', "</p></aside>"),
    BlockKind.FACT_BOX: ("<aside><p>", "</p></aside>"),
    BlockKind.EMBED: ("<blockquote><p>", "</p></blockquote>"),
}

_MARKER = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|=+|-{3,}|~{3,})")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def blocks_to_html(blocks: tuple[Block, ...]) -> str:
    """All blocks as sanitised HTML, one element a line."""
    return "\n".join(_html(block) for block in blocks)


def _html(block: Block) -> str:
    if block.kind is BlockKind.SUBHEADING:
        return f"<h{block.level}>{block.html}</h{block.level}>"
    if block.kind is BlockKind.FIGURE:
        caption = f"<figcaption>{escape(block.text, quote=False)}</figcaption>" if block.text else ""
        return f"<figure>{block.html}{caption}</figure>"
    if block.kind is BlockKind.ENTRY:
        stamp = f' datetime="{block.time.isoformat()}"' if block.time is not None else ""
        return f"<p><time{stamp}>{block.html}</time></p>"
    before, after = _AROUND.get(block.kind, ("", ""))
    return f"{before}{block.html}{after}"


def blocks_to_markdown(blocks: tuple[Block, ...]) -> str:
    """All blocks as Markdown, with blank lines between."""
    return "\n\n".join(_markdown(block) for block in blocks)


def _markdown(block: Block) -> str:
    if block.kind is BlockKind.SUBHEADING:
        return f"{'#' * block.level} {markdown_of(block.html)}"
    if block.kind is BlockKind.LIST:
        ordered = block.html.startswith("<ol>")
        items = block.html[4:-5].removeprefix("<li>").removesuffix("</li>").split("</li><li>")
        return "\n".join(
            f"{f'{n}.' if ordered else '-'} {_as_text(markdown_of(item))}" for n, item in enumerate(items, 1)
        )
    if block.kind is BlockKind.TABLE:
        lines = [line.split("\t") for line in block.text.split("\n")]
        rows = [[markdown_of(escape(cell, quote=False)).replace("|", "\\|") for cell in line] for line in lines]
        width = max(map(len, rows))
        head, *others = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return "\n".join([head, "|" + " --- |" * width, *others])
    if block.kind is BlockKind.FIGURE and block.image is not None:
        picture = f"![{markdown_of(escape(block.image.alt))}]({markdown_address(block.image.address)})"
        return f"{picture}\n\n*{markdown_of(escape(block.text))}*" if block.text else picture
    if block.kind in (BlockKind.QUOTATION, BlockKind.EMBED, BlockKind.PULL_QUOTE, BlockKind.FACT_BOX):
        return f"> {_as_text(markdown_of(block.html))}"
    if block.kind is BlockKind.ENTRY:
        return f"**{markdown_of(block.html)}**"
    return _as_text(markdown_of(block.html))


def _as_text(line: str) -> str:
    """A line whose first signs would make it a heading, a list or the like, with these escaped."""
    return _NUMBERED.sub(r"\1\\\2", line) if line[:1].isdigit() else _MARKER.sub(r"\\\g<0>", line)
