"""The whole way from a page to its article."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import BlockKind, Kind, Verdict, extract
from broadsheet.extraction.rules import Rules

SENTENCE = (
    "The harbor authority of Quellstadt said on Monday that the new ferry would sail from the old pier in spring, "
)
PROSE = "".join(f"<p>{SENTENCE}after {n} years of planning and a vote of the council.</p>" for n in range(8))


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><title>Ferry</title>{head}</head><body>{body}</body></html>"


def test_paragraphs_of_an_article_are_its_text():
    article = extract(page(f"<nav><a href=/>Home</a></nav><article><h1>Ferry to sail</h1>{PROSE}</article>"))
    assert len(article.paragraphs) == 8
    assert article.receipt.verdict is Verdict.GOOD
    assert article.headline == "Ferry to sail"


def test_captions_are_fields_and_never_text():
    figure = (
        "<figure><img src=/pier.jpg width=800><figcaption>The old pier of Quellstadt at dawn.</figcaption></figure>"
    )
    article = extract(page(f"<article><h1>Ferry</h1>{PROSE[:400]}{figure}{PROSE}</article>"), "https://news.example/a")
    assert "at dawn" not in article.text
    assert "The old pier of Quellstadt at dawn." in article.captions
    figures = [b for b in article.blocks if b.kind is BlockKind.FIGURE]
    assert figures[0].image.address == "https://news.example/pier.jpg"


def test_list_items_are_one_block_of_lines():
    article = extract(
        page(
            f"<article><h1>Ferry</h1>{PROSE}<ul><li>It is <b>new</b>.</li><li>It is fast and quiet.</li></ul>{PROSE}</article>"  # noqa: E501
        )
    )
    lists = [b for b in article.blocks if b.kind is BlockKind.LIST]
    assert lists[0].text == "It is new.\nIt is fast and quiet."
    assert lists[0].html == "<ul><li>It is <strong>new</strong>.</li><li>It is fast and quiet.</li></ul>"


def test_subheadings_keep_their_level():
    article = extract(page(f"<article><h1>Ferry</h1>{PROSE}<h3>What comes next</h3>{PROSE}</article>"))
    assert [(b.text, b.level) for b in article.blocks if b.kind is BlockKind.SUBHEADING] == [("What comes next", 3)]


def test_quotations_and_posts_of_others_are_told_apart():
    post = '<blockquote class="twitter-tweet"><p>I will be on the very first boat, whatever the weather brings us.</p></blockquote>'  # noqa: E501
    quote = "<blockquote><p>We have waited for this boat for a very long time, and so have our guests, the mayor said.</p></blockquote>"  # noqa: E501
    article = extract(page(f"<article><h1>Ferry</h1>{PROSE}{quote}{PROSE}{post}{PROSE}</article>"))
    assert "waited for this boat" in article.text
    assert "very first boat" not in article.text


def test_entries_of_a_live_blog_carry_their_times():
    entries = "".join(
        f'<article class="live-entry"><time datetime="2026-03-01T1{n}:00:00Z">1{n}:00</time><div><p>{SENTENCE}part {n}.</p></div></article>'  # noqa: E501
        for n in range(5)
    )
    article = extract(page(f"<main><h1>Ferry live</h1><div class=live-entries>{entries}</div></main>"))
    heads = [b for b in article.blocks if b.kind is BlockKind.ENTRY]
    assert len(heads) == 5
    assert heads[0].time.hour == 10
    assert len(article.paragraphs) == 5
    assert article.kind is Kind.LIVE


def test_lines_broken_twice_are_paragraphs():
    lines = "<br><br>".join(f"{SENTENCE}number {n}." for n in range(6))
    article = extract(page(f"<table><tr><td>{lines}</td></tr></table>"))
    assert len(article.paragraphs) == 6


def test_script_only_pages_use_embedded_text():
    body = "\\n".join(f"{SENTENCE}number {n}." for n in range(8))
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry", "articleBody": "{body}"}}</script>'  # noqa: E501
    article = extract(page("<div id=root></div>", head))
    assert len(article.paragraphs) == 8


def test_rules_drop_and_keep():
    odd = "<aside class=quiz><p>How well do you know the harbor? Take our little quiz about boats and piers now.</p></aside>"  # noqa: E501
    html = page(f"<article><h1>Ferry</h1>{PROSE}{odd}{PROSE}</article>")
    assert "little quiz" in extract(html, rules=Rules(keep=("aside.quiz",))).text
    assert "little quiz" not in extract(html, rules=Rules(drop=("aside.quiz",))).text


@pytest.mark.parametrize(
    "html",
    ["", b"", b"\x00" * 100, "<frameset><frame src=a></frameset>", "%PDF-1.7 \x00\xff", '{"a": 1}', "<", "plain words"],
)
def test_what_is_no_page_is_an_empty_or_doubtful_article(html):
    assert extract(html).receipt.verdict is not Verdict.GOOD


def test_importing_is_light():
    code = "import sys; import broadsheet.extraction; print('django' in sys.modules or 'aiohttp' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


def squeezed(text: str) -> str:
    return "".join(text.split())


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "b",
        "a",
        "li",
        "ul",
        "h2",
        "td",
        "table",
        "blockquote",
        "figure",
        "figcaption",
        "br",
        "em",
        "article",
        "time",
    ]
)
NODES = st.recursive(
    st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r\x0c"), max_size=40).map(
        lambda t: t.replace("&", "").replace("<", "")
    )
    | st.just(SENTENCE),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=5)).map(lambda n: f"<{n[0]}>{''.join(n[1])}</{n[0]}>"),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NODES, max_size=8).map("".join))
@example(PROSE + "<p>a<br>b<b>c</p><p>d</b>e</p>")
def test_every_block_is_text_of_the_page(body):
    html = page(body)
    whole = squeezed(LexborHTMLParser(html).root.text())
    for block in extract(html).blocks:
        if block.kind is BlockKind.FIGURE:
            continue
        for line in block.text.replace("\t", "\n").split("\n"):
            assert squeezed(line) in whole
        assert squeezed(LexborHTMLParser(block.html).root.text()) == squeezed(block.text)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=2000))
def test_no_bytes_crash(data):
    extract(data)
    extract(b"<html><body><p>" + data)


def spent(html: str) -> float:
    begun = time.process_time()
    extract(html)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "unit", [PROSE, "<div>", "<b><p>x", "<a href=x>y</a> ", "<br>", "<li>word", "<table><tr><td>z", "<time>1"]
)
def test_time_grows_with_the_page_and_not_faster(unit):
    small = unit * max(1, 10_000 // len(unit))
    spent(small)
    assert spent(small * 8) < 30 * max(spent(small), 0.02)


def test_hostile_depth_and_size():
    assert spent("<div>" * 200_000 + SENTENCE) < 5
    assert spent(page(PROSE * (20_000_000 // len(PROSE)))) < 30


def test_pictures_with_odd_sources_are_left_out():
    odd = '<img srcset=","><img srcset=" "><img src="http://[bad/x.jpg"><img src="data:image/png;base64,x"><picture></picture>'  # noqa: E501
    article = extract(page(f"<article><h1>Ferry</h1>{PROSE}{odd}{PROSE}</article>"), "https://news.example/a")
    assert [b for b in article.blocks if b.kind is BlockKind.FIGURE] == []


OWN = Path(__file__).parents[1] / "data/extraction"


@pytest.mark.parametrize("name", ["about_cookies", "about_newsletters", "about_subscriptions"])
def test_reports_about_walls_keep_their_paragraphs(name):
    assert len(extract((OWN / f"{name}.html").read_bytes()).paragraphs) == 4


@pytest.mark.parametrize("name", ["comments", "consent", "legal", "newsletter", "promo", "registration_wall", "share"])
def test_what_stands_around_the_text_is_left_out_and_told(name):
    article = extract((OWN / f"{name}.html").read_bytes())
    assert article.paragraphs[0].startswith("ARDENHOLM")
    assert all(p[:8] in ("ARDENHOL", "The work", "Fishing ", "The bill") for p in article.paragraphs)
    assert article.receipt.omitted


def test_a_wall_where_the_text_ends_makes_the_article_doubtful():
    receipt = extract((OWN / "registration_wall.html").read_bytes()).receipt
    assert receipt.verdict is Verdict.DOUBTFUL
    assert "wall" in {o.kind for o in receipt.omitted}
