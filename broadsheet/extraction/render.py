"""An article's blocks as one piece of HTML or Markdown, for exports and the command line.

Both are made from each block's own sanitised inline markup; nothing is added but the form.
"""

from __future__ import annotations

from html import escape

from broadsheet.extraction.article import Block, BlockKind
from broadsheet.extraction.inline import markdown_of

_AROUND = {
    BlockKind.PARAGRAPH: ("<p>", "</p>"),
    BlockKind.QUOTATION: ("<blockquote><p>", "</p></blockquote>"),
    BlockKind.PULL_QUOTE: ('<aside class="pull-quote"><p>', "</p></aside>"),
    BlockKind.FACT_BOX: ("<aside><p>", "</p></aside>"),
    BlockKind.EMBED: ("<blockquote><p>", "</p></blockquote>"),
}


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
        return "\n".join(f"{f'{n}.' if ordered else '-'} {markdown_of(item)}" for n, item in enumerate(items, 1))
    if block.kind is BlockKind.TABLE:
        rows = [line.replace("|", "\\|").split("\t") for line in block.text.split("\n")]
        width = max(map(len, rows))
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
    if block.kind is BlockKind.FIGURE and block.image is not None:
        picture = f"![{markdown_of(escape(block.image.alt))}]({block.image.address.replace(')', '%29')})"
        return f"{picture}\n\n*{markdown_of(escape(block.text))}*" if block.text else picture
    if block.kind in (BlockKind.QUOTATION, BlockKind.EMBED, BlockKind.PULL_QUOTE, BlockKind.FACT_BOX):
        return f"> {markdown_of(block.html)}"
    if block.kind is BlockKind.ENTRY:
        return f"**{markdown_of(block.html)}**"
    return markdown_of(block.html)
