"""Clean inline markup and Markdown."""

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.inline import clean_html, markdown_of
from broadsheet.extraction.page import walk


def html_of(markup: str) -> str:
    piece = walk(LexborHTMLParser(f"<p>{markup}</p>").body).pieces[0]
    return clean_html(piece.text, piece.parts, piece.marks, "https://news.example/a/")


def test_meaning_is_kept_and_decoration_is_not():
    assert (
        html_of('A <b class=x>bold</b> <font color=red>red</font> <i style="x">word</i>')
        == "A <strong>bold</strong> red <em>word</em>"
    )


def test_links_are_absolute_and_lead_only_to_the_web():
    assert html_of('<a href="b?x=1&y=2" onclick=go()>b</a>') == '<a href="https://news.example/a/b?x=1&amp;y=2">b</a>'
    assert html_of('<a href="javascript:alert(1)">b</a> <a href=" data:text/html,x">c</a>') == "b c"


def test_text_is_escaped():
    assert html_of("1 &lt; 2 &amp; <code>&lt;b&gt;</code>") == "1 &lt; 2 &amp; <code>&lt;b&gt;</code>"


def test_markdown_of_links_and_emphasis():
    assert (
        markdown_of('A <strong>b</strong> <a href="https://x.example/(1)">c*d</a>')
        == "A **b** [c\\*d](https://x.example/%281%29)"
    )
