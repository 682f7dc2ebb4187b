# ruff: noqa: E501 - markup reads better on one line
"""Pages that mean harm, or are no pages: an answer in time that grows with their size and not faster."""

import time
import tracemalloc
from importlib import import_module
from pathlib import Path

import pytest

from broadsheet.extraction import Verdict, extract
from broadsheet.extraction.credits import is_credit, split_credit
from broadsheet.extraction.cues import matcher
from broadsheet.extraction.damage import compare, find_damage
from broadsheet.extraction.decoding import decode
from broadsheet.extraction.inline import absolute, markdown_of
from broadsheet.extraction.metadata import headings
from broadsheet.extraction.render import blocks_to_html, blocks_to_markdown

OWN = Path(__file__).parents[1] / "data/extraction"
ADDRESS = "https://ledger.example/2026/03/02/pier"
SENTENCE = "The harbor authority of Quellstadt said on Monday that the new ferry would sail from the old pier. "
GROWTH = 5.0
"""What doubling a page may at most multiply its time by; noise of a busy machine included, a square would be 16 over
two doublings, and two doublings are asked for."""
FLOOR = 0.05
"""Seconds below which a time is not compared."""


def spent(work, value):
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        work(value)
        best = min(best, time.process_time() - begun)
    return best


def assert_linear(work, make, size):
    """The time for four times the size is at most GROWTH times as much again as four times."""
    small, large = spent(work, make(size)), spent(work, make(4 * size))
    assert large < GROWTH * 4 * max(small, FLOOR)


PAGES = {
    "nested": lambda n: b"<div>" * n + b"words",
    "nested and closed": lambda n: b"<div>" * n + b"words" + b"</div>" * n,
    "lists": lambda n: b"<ul><li>" * n,
    "tables": lambda n: b"<table><tr><td>" * n,
    "unclosed formatting": lambda n: b"<p>" + b"".join(b"<font a=%d>" % i for i in range(n // 20)) + b"<p>x" * n,
    "attributes": lambda n: b"<p " + b" ".join(b"a%d=1" % i for i in range(n)) + b">words",
    "classes": lambda n: b'<p class="' + b"caption-image-x " * n + b'">words',
    "different classes": lambda n: b"".join(b"<div class=a%d-b%d>word</div>" % (i, i) for i in range(n // 4)),
    "paragraphs": lambda n: b"<p>a" * n,
    "links": lambda n: b"<a href=/x>y</a> " * n,
    "breaks": lambda n: b"a<br>" * n,
    "pictures": lambda n: b"<img src=/a.jpg alt=words>" * n,
    "figures": lambda n: b"<figure><img src=/a.jpg><figcaption>Photo: (a/b)</figcaption></figure>" * (n // 8),
    "captions": lambda n: b"<figure><img src=/a.jpg><figcaption>" + b"Foto: (a/b " * n + b"</figcaption></figure>",
    "times": lambda n: b"<time datetime=2026-03-02>10:00</time><p>word</p>" * (n // 4),
    "headings": lambda n: b"<h1>a</h1>" * n,
    "boxes in a heading": lambda n: b"<article><h1>" + b"<ul><li>" * (n // 8) + b"Ferry line to the Skerries reopens</h1><p>word",
    "metas": lambda n: b'<meta property="og:title" content="x">' * (n // 2),
    "entities": lambda n: b"<p>" + b"&amp" * n,
    "json-ld": lambda n: b'<script type="application/ld+json">{"@graph":[' + b'{"@type":"NewsArticle"},' * (n // 2) + b"{}]}</script>",
    "broken json-ld": lambda n: b'<script type="application/ld+json">' + b'{"a":[' * n + b"</script>",
    "state": lambda n: b"<script>window.__STATE__=" + b'{"text":"<p>x",' * n + b"</script>",
    "comments": lambda n: b"<!--" * n,
    "quotation marks": lambda n: "<p>“„«".encode() * n,
    "spaces": lambda n: b"<p>" + b" \n\t" * n,
    "foreign bytes": lambda n: b"<p>" + b"\xe4\xf6\xfc " * n,
    "bylines": lambda n: b"<p class=byline>By Nora Velt, Tobias Brandt and</p>" * (n // 4),
    "parts of a title": lambda n: b"<title>" + b"a | b - " * n + b"</title><p>a</p>" * (n // 4),
    "parts of a heading": lambda n: b"<h1>" + b"<span>harbor</span>" * n + b"</h1>",
    "headings behind prose": lambda n: b'<meta property="og:title" content="x">' + (b"<p>" + b"word " * 40 + b"</p><h1>other words of it</h1>") * (n // 16),
    "names that are none": lambda n: b"".join(b"<p>By Harbor%d Times</p>" % i for i in range(n // 4)) + b"<p>" + b"xharborx " * n,
    "signatures": lambda n: b"<p><b>Harbor Times</b></p>" * (n // 4),
    "times in scripts": lambda n: b"<script>var a = [" + b'"published":"2026-99-99","20' * n + b"</script>",
    "pages of this article": lambda n: b"".join(b"<a href=/2026/03/02/pier?page=%d>next</a>" % i for i in range(n // 4)),
    "one word": lambda n: b"<p>" + b"x" * (8 * n),
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_time_grows_with_the_page(kind):
    assert_linear(lambda data: extract(data, ADDRESS), PAGES[kind], 10_000)


PATTERNS = {
    "credits": lambda text: (split_credit(text), is_credit(text)),
    "cues": lambda text: matcher("en").find(text),
    "cues of every language": lambda text: matcher("und").find(text),
    "damage": find_damage,
    "comparison": lambda text: compare(text, text[1:]),
    "addresses": lambda text: absolute(ADDRESS, text),
    "markdown": markdown_of,
    "decoding": lambda text: decode(text.encode("cp1252", "replace")),
}
BOMBS = {
    "spaces": " ", "brackets": "(", "slashes": "/ ", "labels": "Photo: ", "signs": "© ", "letters": "a", "digits": "1.",
    "quotes": "“", "tags": "<a href=", "commas": ", ", "by": "By A B and ", "kana": "写真：", "walls": "subscribe to read ",
    "dots": ". . ", "entities": "&lt;", "dashes": "- ", "high": "éÃ", "dates": "2026-03-02T", "reed": "reed reing ",
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_of_ours_explodes(name, bomb):
    assert_linear(PATTERNS[name], lambda n: BOMBS[bomb] * (n // len(BOMBS[bomb])), 8_000)


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_pattern_explodes_wherever_it_stands(bomb):
    def page(n):
        text = BOMBS[bomb] * (n // len(BOMBS[bomb]))
        return (
            f'<html lang="en"><head><title>{text}</title><meta name=author content="{text}"><meta name=date content="{text}">'
            f'<meta property="og:image" content="{text}"></head><body><article><h1>{text}</h1><p class=byline>{text}</p>'
            f"<time datetime='{text}'>{text}</time><p>{text}</p><figure><img src='{text}' srcset='{text}' alt='{text}'>"
            f"<figcaption>{text}</figcaption></figure><p>© {text}</p><a rel=license href='{text}'>{text}</a></article>"
        )

    assert_linear(lambda html: extract(html, ADDRESS), page, 5_000)


NO_PAGES = {
    "nothing": b"",
    "a feed": b'<?xml version="1.0"?><rss version="2.0"><channel><title>Ledger</title><item><title>Pier</title><link>/a</link><description>The pier.</description></item></channel></rss>',
    "an atom feed": b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Pier</title><content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>',
    "a pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Length 10>>stream\nBT (words) Tj ET\nendstream\n%%EOF" * 50,
    "json": b'{"title":"Pier","body":"The harbor authority said on Monday."}',
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "a gzip stream": b"\x1f\x8b\x08" + bytes(range(255, 0, -1)) * 40,
    "frames": b"<html><frameset cols=20,80><frame src=menu.html><frame src=main.html></frameset></html>",
    "no body": b"<html><head><title>Pier</title></head></html>",
    "only scripts": b"<html><body><script>document.write('x')</script><div id=root></div></body></html>",
    "zeros": bytes(5_000),
    "a sitemap": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>',
}


@pytest.mark.parametrize("kind", NO_PAGES)
def test_what_is_no_page_is_never_a_good_article(kind):
    assert extract(NO_PAGES[kind], ADDRESS).receipt.verdict is not Verdict.GOOD


@pytest.mark.parametrize("name", ["captions", "live_blog", "tables", "broken_json", "rtl", "script_only"])
def test_a_page_cut_at_any_byte_is_borne(name):
    data = (OWN / f"{name}.html").read_bytes()
    for end in range(0, len(data), 7):
        extract(data[:end], ADDRESS)


ENCODINGS = "utf-8 utf-16 utf-16-le utf-32 cp1252 cp1251 cp1253 cp1254 cp1255 cp1256 koi8-r shift_jis euc_jp gb18030 big5 euc_kr iso2022_jp utf-7 hz"  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS.split())
@pytest.mark.parametrize("name", ["rtl", "chinese", "captions"])
def test_a_page_in_one_encoding_that_declares_another_is_borne(name, encoding):
    text = (OWN / f"{name}.html").read_text("utf-8")
    for declared in ("utf-8", "iso-8859-1", "shift_jis", "utf-16", "x-none"):
        article = extract(text.replace('charset="utf-8"', f'charset="{declared}"').encode(encoding, "replace"), ADDRESS)
        blocks_to_markdown(article.blocks)
        blocks_to_html(article.blocks)


def test_memory_stays_near_the_size_of_the_page():
    page = (
        f"<html lang=en><body><article><h1>Pier</h1>{f'<p>{SENTENCE * 3}</p>' * 6_500}</article></body></html>".encode()
    )
    assert len(page) > 1_900_000
    tracemalloc.start()
    extract(page, ADDRESS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * len(page)


def test_a_million_paragraphs_and_a_hundred_thousand_attributes_are_read_in_time():
    begun = time.process_time()
    extract(b"<p>a" * 1_000_000)
    extract(PAGES["attributes"](100_000))
    assert time.process_time() - begun < 40


def test_headings_that_never_end_are_not_read_whole_again_and_again(monkeypatch):
    lengths = []
    key = headings.key
    monkeypatch.setattr(headings, "key", lambda text: (lengths.append(len(text)), key(text))[1])
    page = f"<title>The pier opens - Ledger</title>{'<h1><a href=/>x</a>' * 20}<b>{{</b>{f'<p>{SENTENCE}</p>' * 500}"
    extract(page.encode(), ADDRESS)
    assert 0 < max(lengths) <= headings.LONGEST


@pytest.mark.parametrize(("repeats", "readings"), [(1, 1), (1_000, 2)])
def test_short_pages_that_are_not_the_utf8_they_declare_are_read_once(monkeypatch, repeats, readings):
    module = import_module("broadsheet.extraction.extract")
    read, pages = module._read, []
    monkeypatch.setattr(module, "_read", lambda data, *rest: (pages.append(data), read(data, *rest))[1])
    text = "Die Fähre über den Fluß fährt künftig öfter, sagte die Behörde am Montag in Größenau. " * 4
    body = f"<meta charset=utf-8><h1>Fähre fährt öfter</h1>{f'<p>{text}</p>' * repeats}"
    assert "Fähre" in extract(body.encode("cp1252"), ADDRESS).headline
    assert len(pages) == readings
