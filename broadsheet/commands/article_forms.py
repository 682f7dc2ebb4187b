"""An extracted article as HTML and as Markdown, for `broadsheet extract`: its words in reading order, nothing added."""

from __future__ import annotations

import re
from html import escape

from broadsheet.extraction import Article, Block, BlockKind
from broadsheet.extraction.inline import markdown_of

_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)


def as_html(article: Article) -> str:
    """One `article` element. The inline markup of its blocks was sanitised by extraction."""
    language = f' lang="{escape(article.language)}"' if article.language != "und" else ""
    lines = [f'<article{language} dir="{escape(article.direction)}">']
    if article.headline:
        lines.append(f"<h1>{escape(article.headline, quote=False)}</h1>")
    if article.standfirst:
        lines.append(f"<p>{escape(article.standfirst, quote=False)}</p>")
    lines += [_block_html(block) for block in article.blocks]
    return "\n".join([*lines, "</article>"])


def as_markdown(article: Article) -> str:
    """Blocks parted by blank lines; what Markdown has no sign for leaves its words."""
    parts = [f"# {_plain(article.headline)}"] if article.headline else []
    if article.standfirst:
        parts.append(_plain(article.standfirst))
    parts += [_block_markdown(block) for block in article.blocks]
    return "\n\n".join(part for part in parts if part)


def _block_html(block: Block) -> str:
    words = block.html or escape(block.text, quote=False)
    match block.kind:
        case BlockKind.SUBHEADING:
            return f"<h{block.level or 2}>{words}</h{block.level or 2}>"
        case BlockKind.LIST | BlockKind.TABLE:
            return words
        case BlockKind.QUOTATION | BlockKind.PULL_QUOTE:
            return f"<blockquote><p>{words}</p></blockquote>"
        case BlockKind.FIGURE:
            return f"<figure>{_picture(block)}{_caption(block)}</figure>"
        case BlockKind.ENTRY:
            at = f'<time datetime="{block.time.isoformat()}"></time> ' if block.time else ""
            return f"<h2>{at}{words}</h2>"
        case BlockKind.FACT_BOX:
            return f"<aside><p>{words}</p></aside>"
    return f"<p>{words}</p>"


def _picture(block: Block) -> str:
    if block.image is None:
        return ""
    return f'<img src="{escape(block.image.address)}" alt="{escape(block.image.alt)}">'


def _caption(block: Block) -> str:
    return f"<figcaption>{escape(block.text, quote=False)}</figcaption>" if block.text else ""


def _block_markdown(block: Block) -> str:
    words = markdown_of(block.html) if block.html else _plain(block.text)
    match block.kind:
        case BlockKind.SUBHEADING:
            return f"{'#' * (block.level or 2)} {words}"
        case BlockKind.ENTRY:
            return f"## {words}"
        case BlockKind.LIST:
            is_ordered = block.html.startswith("<ol>")
            items = enumerate(_ITEM.findall(block.html), 1)
            return "\n".join(f"{f'{number}.' if is_ordered else '-'} {markdown_of(item)}" for number, item in items)
        case BlockKind.TABLE:
            return _table(block.html)
        case BlockKind.QUOTATION | BlockKind.PULL_QUOTE:
            return f"> {words}"
        case BlockKind.FIGURE:
            caption = _plain(block.text)
            address = block.image.address.replace(")", "%29") if block.image else ""
            return f"![{caption}]({address})" if address else caption
    return words


def _table(html: str) -> str:
    rows = [[markdown_of(cell).replace("|", "\\|") for cell in _CELL.findall(row)] for row in _ROW.findall(html)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if rows:
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Words that are no markup, with the signs Markdown would read escaped."""
    return markdown_of(escape(text, quote=False))
