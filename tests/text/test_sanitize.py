"""Foreign HTML: nothing runs, nothing leads astray, no word is damaged."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.text.sanitize import clean_inline, clean_summary, plain

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='  JaVaScRiPt:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<style>@import 'x'</style>",
    "<b style='position:fixed' class=modal id=top onclick=x>x</b>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=/login><input name=password></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<span lang='en\" onclick=\"x'>x</span>",
    "<!--><img src=x onerror=alert(1)>-->",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("clean", [clean_inline, clean_summary])
def test_attacks_come_out_dead(attack, clean):
    tree = LexborHTMLParser(clean(attack))
    for node in tree.body.css("*"):
        assert node.tag in ("body", "a", "b", "span", "p")
        assert set(node.attributes) <= {"rel", "lang", "href"}
        assert not (node.attributes.get("href") or "").strip().lower().startswith(("java", "data"))
        assert '"' not in (node.attributes.get("lang") or "")


def test_inline_markup_stays_and_links_become_absolute():
    html = "Mr <em>Lund</em> <a href='/a?b=1&c' onclick=x>said</a> <span lang=ar dir=rtl>نعم</span>"
    assert clean_inline(html, "https://paper.example/news/1") == (
        'Mr <em>Lund</em> <a href="https://paper.example/a?b=1&amp;c" rel="noopener">said</a> '
        '<span lang="ar" dir="rtl">نعم</span>'
    )


def test_relative_links_without_a_base_lose_their_address():
    assert clean_inline("<a href='/login'>x</a>") == '<a rel="noopener">x</a>'
    assert clean_inline("<a href='//evil.example/'>x</a>") == '<a rel="noopener">x</a>'


def test_summaries_keep_paragraphs_that_inline_drops():
    assert clean_summary("<p>One</p><ul><li>two</li></ul>") == "<p>One</p><ul><li>two</li></ul>"
    assert clean_inline("<p>One</p>") == "One"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("re<b>main</b>ed", "remained"),
        ("<main>he re<em>main</em>ed</main>", "he remained"),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<td>One</td><td>two</td>", "One two"),
        ("<table><tr><td>One</td><td>two</td></tr><tr><td>three</td></tr></table>", "One two\nthree"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("AT&amp;T &lt;b&gt; &eacute;&#8217;&nbsp;x", "AT&T <b> é’ x"),
        ("A &amp;amp; B", "A &amp; B"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("a<script>var b = '<p>';</script>c<style>p{}</style>d", "acd"),
        ("a<!-- b -->c", "ac"),
        ("no   markup\n here", "no markup\nhere"),
        ("<p>un\nbroken\n line</p>", "un broken line"),
        ("<h2>Head</h2>text", "Head\ntext"),
        ("co­op", "co­op"),
        ("", ""),
        ("&nbsp;", ""),
        ("<p>漢字<b>かな</b>交じり</p>", "漢字かな交じり"),
    ],
)
def test_plain_keeps_words_whole(html, text):
    assert plain(html) == text


WORDS = st.lists(st.text(st.characters(categories=("Ll", "Lo", "Lu"), max_codepoint=0x2FFF), min_size=1), min_size=1)


@given(WORDS, st.sampled_from(["b", "em", "a", "span", "main-word"]))
def test_inline_tags_never_break_a_word(words, tag):
    html = " ".join(f"{word[0]}<{tag}>{word[1:]}</{tag}>" for word in words)
    assert plain(html) == " ".join(words)


@given(WORDS, st.sampled_from(["p", "div", "li", "h2", "td", "tr", "blockquote", "section"]))
def test_blocks_never_glue_words(words, tag):
    assert plain("".join(f"<{tag}>{word}</{tag}>" for word in words)).split() == words


@given(st.text())
def test_clean_is_idempotent_and_plain_never_fails(html):
    once = clean_summary(html, "https://paper.example/")
    assert clean_summary(once, "https://paper.example/") == once
    plain(html)


@pytest.mark.parametrize("html", ["<b>" * 100_000, "<p>" * 300_000, "<" * 500_000, "&" * 500_000, "<td " * 200_000])
def test_hostile_sizes_take_linear_time(html):
    start = time.process_time()
    plain(html)
    clean_inline(html)
    assert time.process_time() - start < 5
