# ruff: noqa: E501 - markup reads better on one line
"""Every word that leaves the room stood in the page, whatever its block; nothing that could run leaves with it."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import TEXT_KINDS, BlockKind, extract
from broadsheet.extraction.inline import markdown_of
from broadsheet.extraction.render import blocks_to_html, blocks_to_markdown
from broadsheet.extraction.rules import Rules

WORDS = [
    "The harbor authority said on Monday that the new ferry would sail from the old pier in spring.",
    "Fishing crews had asked for a shorter closure, and the council followed the advice of its engineers.",
    "قال مجلس الميناء يوم الاثنين إن العمل سيبدأ في سبتمبر ويستمر أربعة عشر شهرا.",
    "港务委员会周一投票决定重建北码头，工程将于九月开始。",
    "Photo: Mara Stell/Ledger",
    "1 < 2 & 3 > 2 *stars* _lines_ [x](y) `code` | pipe # no heading",
    "10:05",
    "Read also: the quarrel over the pier",
]
TEXTS = st.sampled_from(WORDS) | st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30
)
INLINE = st.sampled_from(
    ["b", "i", "a href=/x", "a href='javascript:x'", "span class=credit", "small", "time datetime=2026", "q", "u"]
)
RUNS = st.recursive(
    TEXTS.map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.tuples(INLINE, st.lists(inner, max_size=3)).map(
        lambda n: f"<{n[0]}>{''.join(n[1])}</{n[0].split()[0]}>"
    ),
    max_leaves=4,
)
FORMS = st.sampled_from(
    [
        "<p>{0}</p>",
        "<h2>{0}</h2>",
        "<ul><li>{0}</li><li>{1}</li></ul>",
        "<ol><li><p>{0}</p><p>{1}</p></li></ol>",
        "<blockquote><p>{0}</p></blockquote>",
        "<blockquote class=pullquote>{0}</blockquote>",
        "<aside class=factbox><h3>{0}</h3><p>{1}</p></aside>",
        "<table><tr><th>{0}</th><td>{1}</td></tr><tr><td>{1}</td><td>{0}</td></tr></table>",
        "<figure><img src=/a.jpg alt=x><figcaption>{0} <cite>{1}</cite></figcaption></figure>",
        "<figure><img src=/b.jpg><figcaption><span>{0}</span><br>{1}</figcaption></figure>",
        "<div class=image><img src=/c.jpg><p class=caption>{0}</p><p class=credit>{1}</p></div>",
        "<img src=/d.jpg alt='{0}'><p><small>{0} © {1}</small></p>",
        "<div class=live><article><time datetime=2026-03-02T10:05:00Z>10:05</time><p>{0}</p></article></div>",
        "<blockquote class=twitter-tweet><p>{0}</p></blockquote>",
        "{0}<br><br>{1}",
    ]
)
BLOCKS = st.tuples(FORMS, RUNS, RUNS).map(lambda n: n[0].format(n[1], n[2]))
LIVE = "".join(
    f"<article class=entry><time datetime=2026-03-02T1{n}:00:00Z>1{n}:00</time><p>{WORDS[0]} Part {n}.</p></article>"
    for n in range(4)
)


def squeezed(text):
    return "".join(text.split())


def page(body):
    return f"<!doctype html><html lang=en><head><title>Ferry</title></head><body><article><h1>Ferry</h1>{body}</article></body></html>"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCKS, min_size=1, max_size=12).map("".join))
@example(f"<div class=live-entries>{LIVE}</div>")
@example("<figure><img src=/a.jpg><figcaption>a <cite>b</cite> c</figcaption></figure>" + f"<p>{WORDS[0]}</p>" * 6)
def test_blocks_captions_and_credits_are_text_of_the_page(body):
    html = page(body)
    whole = squeezed(LexborHTMLParser(html).root.text())
    article = extract(html, "https://ledger.example/a")
    for caption in (*article.captions, *article.credits):
        assert squeezed(caption) in whole
    for block in article.blocks:
        for line in block.text.replace("\t", "\n").split("\n"):
            assert squeezed(line) in whole
        if block.kind is BlockKind.FIGURE:
            assert block.text == block.image.caption
        else:
            assert squeezed(LexborHTMLParser(block.html).root.text()) == squeezed(block.text)
    assert_nothing_runs(article)


ALLOWED = re.compile(
    r"(?:[^<>]|</?(?:p|h[2-6]|ul|ol|li|table|tr|td|figure|figcaption|aside|blockquote|strong|em|code|sub|sup|q|cite|mark|s|kbd"
    r'|samp|var|abbr)>|<aside class="pull-quote">|<time(?: datetime="[0-9T:.+-]+")?>|</time>|<a href="https?://[^"<>\s]*">|</a>'
    r'|<img src="(?:https?:/)?/[^"<>]*" alt="[^"<>]*">)*'
)


def assert_nothing_runs(article):
    assert ALLOWED.fullmatch(blocks_to_html(article.blocks))
    assert all(b.image is None or b.image.address.startswith(("https://", "http://", "/")) for b in article.blocks)


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//evil.example\" onmouseover=\"x'>x</a>",
    "<a href='https://a.example/\"><script>x</script>'>x</a>",
    "<a href=https://a.example/ onclick=alert(1) style=position:fixed>x</a>",
    "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<b onmouseover=alert(1)>x</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<img src='x\" onerror=\"alert(1)' alt='\"><script>alert(1)</script>'>",
    "<img src='javascript:alert(1)' alt=x>",
    "<picture><source srcset='javascript:alert(1)'><img srcset='data:image/svg+xml,<svg onload=x>'></picture>",
    "<figure><img src=/x.jpg alt='a\" onload=\"x'><figcaption><img src=x onerror=alert(1)>seen at dawn</figcaption></figure>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<form action=javascript:alert(1)><button formaction=javascript:x>x</button></form>",
    "<time datetime='\"><script>x</script>'>10:00</time>",
    "<base href='javascript:alert(1)//'><a href=x>x</a>",
    "<p>\u202e<a href=https://a.example/\u202egnp.exe>x</a>",
    "<plaintext><script>alert(1)</script>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_leaves_the_room(attack):
    prose = "".join(f"<p>{WORDS[0]} Part {n}.</p>" for n in range(5))
    for body in (prose + attack + prose, prose + f"<p>{WORDS[1]} {attack} {WORDS[1]}</p>" + prose):
        assert_nothing_runs(extract(page(body), "https://ledger.example/a"))


def test_markdown_escapes_what_would_be_markup():
    text = "1 &lt; 2 *a* _b_ [c](d) `e` \\ &lt;script&gt;"
    assert markdown_of(text) == r"1 \< 2 \*a\* \_b\_ \[c\](d) \`e\` \\ \<script\>"


@pytest.mark.parametrize(
    "line", ["# heading", "1. item", "- item", "+ item", "> quote", "1) item", "=== x", "--- x", "~~~ x"]
)
def test_markdown_of_a_paragraph_is_a_paragraph(line):
    prose = "".join(f"<p>{WORDS[0]} Part {n}.</p>" for n in range(5))
    article = extract(page(f"{prose}<p>{line} {WORDS[1]}</p>{prose}"))
    (found,) = [p for p in blocks_to_markdown(article.blocks).split("\n\n") if WORDS[1] in p]
    assert found.startswith("\\") or re.match(r"\d+\\[.)]", found)


def test_addresses_in_markdown_keep_their_brackets_closed():
    html = '<a href="https://a.example/(x) y&quot;&gt;">b</a>'
    assert re.fullmatch(r"\[b\]\(\S+\)", markdown_of(html))


def test_text_from_right_to_left_is_kept_as_it_stands():
    text = "قال \u2067Ferry 12\u2069 إن العمل سيبدأ في سبتمبر، وفق \u200fالمجلس."
    prose = f"<p>{WORDS[2]}</p>" * 3
    html = (
        f"<html lang=ar dir=rtl><body><article><h1>x</h1>{prose}<p>{text} {WORDS[2]}</p>{prose}</article></body></html>"
    )
    article = extract(html)
    assert f"{text} {WORDS[2]}" in article.paragraphs
    assert article.direction == "rtl"
    assert unescape(blocks_to_html(article.blocks)).count(text) == 1


SELECTORS = st.lists(
    st.sampled_from(["b", "i, u", "a", "q", "p > *", "span.credit", "small", "li", "p:first-child", "aside h3", "br"]),
    max_size=3,
).map(tuple)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCKS, min_size=1, max_size=12).map("".join), SELECTORS, SELECTORS)
@example(f"<p>She would <b>never</b> leave. {WORDS[0]}</p>" * 6, ("b",), ())
def test_no_rule_makes_words_stand_in_a_row_that_did_not(body, drop, keep):
    html = page(body)
    whole = squeezed(LexborHTMLParser(html).root.text())
    for block in extract(html, rules=Rules(drop=drop, keep=keep)).blocks:
        if block.kind in TEXT_KINDS:
            assert all(squeezed(line) in whole for line in block.text.split("\n"))
