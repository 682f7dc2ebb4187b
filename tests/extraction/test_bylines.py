"""Where authors are looked for: near the headline first, in the whole page only where nobody is declared."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.metadata import read_metadata
from broadsheet.extraction.metadata.near import MAX_ELEMENTS, Near

URL = "https://ledger.example/2026/north-pier"
TEXT = "<p>" + "The harbour council voted on Monday to rebuild the north pier before the autumn storms. " * 3 + "</p>"
PAPER = '{"@type":"NewsArticle","headline":"Pier is rebuilt","author":{"@type":"Organization","name":"Skarn Ledger"}}'


def authors(body, data="", url=URL, lang="en"):
    head = f'<script type="application/ld+json">{data}</script>' if data else ""
    tree = LexborHTMLParser(f"<html lang={lang}><head>{head}</head><body>{body}</body></html>", scripting=True)
    return read_metadata(tree, url, read_embedded(tree, url)).authors


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By Ann Oak</p>',
        "<p>By Ann Oak</p>",
        '<a href="/authors/ann-oak" rel="author">Ann Oak</a>',
        "<p>Ann Oak</p><p>2 March 2026</p>",
        '<span itemprop="author"><span itemprop="name">Ann Oak</span></span>',
    ],
)
def test_byline_near_the_headline_beats_a_declared_paper(byline):
    assert authors(f"<h1>Pier is rebuilt</h1>{byline}{TEXT}", PAPER) == ("Ann Oak",)


def test_byline_above_the_headline_is_found():
    assert authors(f'<div class="author">Ann Oak</div><h1>Pier is rebuilt</h1>{TEXT}', PAPER) == ("Ann Oak",)


def test_names_far_from_the_headline_do_not_beat_a_declared_paper():
    more = f'<div class="cards"><p class="author">By Tom Fir</p>{TEXT}</div>'
    assert authors(f"<h1>Pier is rebuilt</h1>{TEXT * 3}{more}", PAPER) == ("Skarn Ledger",)


def test_whole_page_is_searched_where_nobody_is_declared():
    more = '<div class="cards"><p class="author">By Ann Oak</p></div>'
    assert authors(f"<h1>Pier is rebuilt</h1>{TEXT * 3}{more}") == ("Ann Oak",)


def test_signature_under_the_text_names_the_author():
    assert authors(f"<h1>Pier is rebuilt</h1><div>{TEXT * 3}<p><strong>Ann Oak</strong></p></div>", PAPER) == (
        "Ann Oak",
    )


def test_name_under_a_picture_or_beside_a_player_is_no_author():
    figure = '<figure><img src="a.jpg"><figcaption><span class="byline">Tom Fir</span></figcaption></figure>'
    assert authors(f"<h1>Pier is rebuilt</h1>{figure}{TEXT}", PAPER) == ("Skarn Ledger",)
    assert authors(f'<h1>Pier is rebuilt</h1>{figure}<p class="byline">Ann Oak</p>{TEXT}', PAPER) == ("Ann Oak",)


def test_site_of_one_person_is_not_given_to_a_name_in_its_text():
    data = '{"@type":"BlogPosting","headline":"Pier is rebuilt","author":{"@type":"Person","name":"Ann Oak"}}'
    page = f'<h1>Pier is rebuilt</h1>{TEXT * 3}<p class="quote-author">Tom Fir</p>'
    assert authors(page, data, "https://annoak.example/pier") == ("Ann Oak",)


def test_paper_that_calls_itself_a_person_gives_way_to_a_byline():
    data = '{"@type":"NewsArticle","headline":"Pier","author":{"@type":"Person","name":"Skarn Times"}}'
    assert authors(f'<h1>Pier is rebuilt</h1><p class="byline">By Ann Oak</p>{TEXT}', data) == ("Ann Oak",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("（责编：林雪、赵海）", ("林雪", "赵海")),
        ("记者 莱拉·罗帕", ("莱拉·罗帕",)),
        ("about the pier. But they", ()),
        ("By Rust. But what they", ()),
        ("By Dr. Ann Oak", ("Dr. Ann Oak",)),
        ("By Prof. Ann Oak and Ben Elm", ("Prof. Ann Oak", "Ben Elm")),
    ],
)
def test_line_ends_where_the_name_ends(line, names):
    assert authors(f"<h1>Pier is rebuilt</h1><p>{line}</p>{TEXT}") == names


def test_what_is_near_has_an_end():
    tree = LexborHTMLParser("<h1>Pier</h1>" + '<i class="author">Ann Oak</i>' * 5_000)
    assert len(Near(tree.css_first("h1")).elements) <= MAX_ELEMENTS
    deep = LexborHTMLParser("<div>" * 300 + "<h1>Pier</h1>" + "</div>" * 300 + "<p>By Ann Oak</p>")
    assert Near(deep.css_first("h1")).lines == ["By Ann Oak"]
    assert Near(None).lines == Near(None).elements == []


def test_boxes_that_hold_the_headline_are_the_articles_own():
    page = f'<div class="withSidebar"><div><h1>Pier is rebuilt</h1><p class="byline">Ann Oak</p></div>{TEXT}</div>'
    assert authors(page) == ("Ann Oak",)
    beside = f'<div><h1>Pier is rebuilt</h1></div>{TEXT}<div class="sidebar"><p class="byline">Tom Fir</p></div>'
    assert authors(beside, PAPER) == ("Skarn Ledger",)


@pytest.mark.parametrize("line", ["02.03.2026 - Ann Oak", "2. März 2026 | Ann Oak", "Ann Oak · 02.03.2026"])
def test_name_beside_the_day_in_one_line_needs_no_other_mark(line):
    assert authors(f"<h1>Der Steg wird neu gebaut</h1><p>{line}</p>{TEXT}") == ("Ann Oak",)


@pytest.mark.parametrize("line", ["New Skarn, 02.03.2026", "02.03.2026 - skarn harbour"])
def test_place_beside_the_day_is_no_name(line):
    assert authors(f"<h1>Der Steg wird neu gebaut</h1><p>{line}</p>{TEXT}") == ()


def test_single_name_that_links_to_an_author_is_one():
    page = f'<h1>Pier is rebuilt</h1><p>by <a href="/author/amanda/">Amanda</a></p>{TEXT}<p class="c">By Tom Fir</p>'
    assert authors(page) == ("Amanda",)


@pytest.mark.parametrize("words", ["page.head.extra.author", "Written By", "Recent Posts", "Former Harbor Consultant"])
def test_words_of_templates_and_roles_are_no_names(words):
    assert authors(f'<h1>Pier is rebuilt</h1><p class="author">{words}</p>{TEXT}') == ()
