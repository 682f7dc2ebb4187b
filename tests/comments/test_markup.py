"""Comments' Markdown: what is offered works, what is not stays as typed, nothing hostile gets through."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.comments import markup


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>"),
        ("**bold** *soft* ~~gone~~ `code`", "<p><strong>bold</strong> <em>soft</em> <s>gone</s> <code>code</code></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("# no heading", "<p># no heading</p>"),
        ("<b>no html</b>", "<p>&lt;b&gt;no html&lt;/b&gt;</p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
    ],
)
def test_the_subset(written, html):
    assert markup.to_html(written) == html


def test_links_carry_their_rel_and_nothing_else():
    html = markup.to_html('[here](https://a.example/x?y=1&z=2 "title") and https://b.example.')
    assert re.findall(r"<a [^>]*>", html) == [
        '<a href="https://a.example/x?y=1&amp;z=2" rel="ugc nofollow noopener">',
        '<a href="https://b.example" rel="ugc nofollow noopener">',
    ]


@pytest.mark.parametrize(
    "written",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:msgbox(1))",
        "<javascript:alert(1)>",
        "![x](https://a.example/p.png)",
        "<img src=x onerror=alert(1)>",
        "[x]( \tjavascript:alert(1))",
        '[x](https://a.example/" onmouseover="alert(1))',
        "<svg/onload=alert(1)>",
        "[a](<javascript:alert(1)>)",
        "`<script>alert(1)</script>`",
    ],
)
def test_hostile_markup_is_text(written):
    tree = LexborHTMLParser(markup.to_html(written))
    assert tree.css_first("script, img, svg, iframe, style") is None
    for node in tree.css("*"):
        assert not any(name.startswith("on") for name in node.attributes)
        assert not (node.attributes.get("href") or "https:").lower().startswith(("javascript", "data", "vbscript"))


@given(st.text(alphabet="ab<>[]()*_`~!#&;:/\\\n \"'=-@.1\u202e", max_size=200))
def test_any_text_gives_only_the_allowed_elements(written):
    tree = LexborHTMLParser(markup.to_html(written))
    allowed = {"p", "br", "em", "strong", "s", "a", "blockquote", "ul", "ol", "li", "code", "pre"}
    assert {node.tag for node in tree.css("body *")} <= allowed
    for node in tree.css("body *"):
        assert set(node.attributes) <= {"href", "rel", "start"}


def test_text_keeps_the_words_and_the_paragraphs():
    assert (
        markup.to_text("**One** [two](https://a.example)\nthree\n\n> four\n\n```\nfive\n```")
        == "One two\nthree\n\nfour\n\nfive"
    )


def test_direction_marks_cannot_turn_the_page():
    assert "\u202e" not in markup.to_html("abc \u202edef")
    assert "العربية" in markup.to_html("العربية")


def test_deep_quotations_end_on_the_last_level():
    html = markup.to_html("> " * 60 + "words")
    assert html.count("<blockquote>") == markup.DEEPEST
    assert "words" in html


def test_mentions_are_names_after_an_at():
    assert markup.mentions("@anna and @Bob.K, not mail@host.example nor x@y; `@code` @anna") == ["anna", "Bob.K"]


def test_a_quoted_reply_names_and_repeats_the_words():
    assert markup.to_text(markup.quoted("**Yes** it is\nso", "An*na")) == "An*na\n\nYes it is\nso"


@pytest.mark.parametrize(
    "piece", ["[", "*a ", "_a*", "`a", "<", "](", "![", "www.", "a@a.", "&a", ">", "- ", "~~a", "http:", "("]
)
def test_time_grows_with_the_text(piece):
    start = time.process_time()
    markup.to_html(piece * (markup.LONGEST // len(piece)))
    assert time.process_time() - start < 10
