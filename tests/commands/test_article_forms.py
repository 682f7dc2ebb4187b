import re

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.commands.article_forms import as_html, as_markdown
from broadsheet.extraction import Article, Block, BlockKind, Image

LIST = "<ol><li>First, <em>early</em></li><li>Second</li></ol>"
TABLE = "<table><tr><td>Town</td><td>Votes</td></tr><tr><td>Verrin</td><td>9|4</td></tr></table>"
ARTICLE = Article(
    headline="Rain & *wind*",
    standfirst="It will not stop.",
    language="en",
    blocks=(
        Block(BlockKind.PARAGRAPH, "It rained in the valley.", 'It rained in the <a href="https://x.example/a">valley</a>.'),
        Block(BlockKind.SUBHEADING, "Then more", "Then more", level=3),
        Block(BlockKind.LIST, "First, early\nSecond", LIST),
        Block(BlockKind.QUOTATION, "We are wet.", "We are wet."),
        Block(BlockKind.TABLE, "Town\tVotes\nVerrin\t9|4", TABLE),
        Block(BlockKind.FIGURE, "A dam", image=Image("https://x.example/dam(1).jpg", alt='the "dam"')),
    ),
)  # fmt: skip


def test_markdown_has_a_sign_for_each_block():
    assert as_markdown(ARTICLE).split("\n\n") == [
        "# Rain & \\*wind\\*",
        "It will not stop.",
        "It rained in the [valley](https://x.example/a).",
        "### Then more",
        "1. First, *early*\n2. Second",
        "> We are wet.",
        "| Town | Votes |\n| --- | --- |\n| Verrin | 9\\|4 |",
        "![A dam](https://x.example/dam(1%29.jpg)",
    ]


def test_html_keeps_what_extraction_sanitised():
    page = as_html(ARTICLE)
    assert page.startswith('<article lang="en" dir="ltr">\n<h1>Rain &amp; *wind*</h1>')
    assert LIST in page
    assert TABLE in page
    assert 'alt="the &quot;dam&quot;"' in page
    assert "<figcaption>A dam</figcaption>" in page


@given(st.text(), st.text())
def test_words_never_become_markup(headline, text):
    article = Article(headline=headline, blocks=(Block(BlockKind.FIGURE, text), Block(BlockKind.PARAGRAPH, text)))
    assert set(re.findall(r"<[^>]*>", as_html(article))) <= {
        '<article dir="ltr">', "</article>", "<h1>", "</h1>", "<p>", "</p>", "<figure>", "</figure>",
        "<figcaption>", "</figcaption>",
    }  # fmt: skip
