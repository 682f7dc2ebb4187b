"""Blocks as HTML and Markdown."""

from datetime import UTC, datetime

from broadsheet.extraction import Block, BlockKind, Image
from broadsheet.extraction.render import blocks_to_html, blocks_to_markdown

BLOCKS = (
    Block(BlockKind.ENTRY, "10:00", "10:00", time=datetime(2026, 3, 1, 10, tzinfo=UTC)),
    Block(BlockKind.PARAGRAPH, "It is new.", "It is <strong>new</strong>."),
    Block(BlockKind.SUBHEADING, "Next", "Next", 3),
    Block(BlockKind.LIST, "a\nb", "<ol><li>a</li><li><em>b</em></li></ol>"),
    Block(BlockKind.TABLE, "x\ty\n1\t2", "<table><tr><td>x</td><td>y</td></tr><tr><td>1</td><td>2</td></tr></table>"),
    Block(BlockKind.FIGURE, "Pier", '<img src="https://a.example/p.jpg" alt="p">', image=Image("https://a.example/p.jpg", "Pier", alt="p")),  # noqa: E501
)  # fmt: skip


def test_html_gives_every_block_its_element():
    assert blocks_to_html(BLOCKS).split("\n") == [
        '<p><time datetime="2026-03-01T10:00:00+00:00">10:00</time></p>',
        "<p>It is <strong>new</strong>.</p>",
        "<h3>Next</h3>",
        "<ol><li>a</li><li><em>b</em></li></ol>",
        "<table><tr><td>x</td><td>y</td></tr><tr><td>1</td><td>2</td></tr></table>",
        '<figure><img src="https://a.example/p.jpg" alt="p"><figcaption>Pier</figcaption></figure>',
    ]


def test_markdown_gives_every_block_its_form():
    assert blocks_to_markdown(BLOCKS) == (
        "**10:00**\n\nIt is **new**.\n\n### Next\n\n1. a\n2. *b*\n\n"
        "| x | y |\n| --- | --- |\n| 1 | 2 |\n\n![p](https://a.example/p.jpg)\n\n*Pier*"
    )
