"""Which of a page's titles is its headline: each rule from both sides."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.metadata import read_metadata

URL = "https://ledger.example/2026/north-pier"
REBUILT = "Council rebuilds the north pier after the storm"
SEARCH = "North pier Skarn: what the council plans now"


def headline(body, shared="", data="", tab="", alternative=""):
    head = f"<title>{tab}</title><meta property='og:site_name' content='Ledger'>"
    head += f'<meta property="og:title" content="{shared}">' if shared else ""
    if data:
        other = f',"alternativeHeadline":"{alternative}"' if alternative else ""
        head += f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{data}"{other}}}</script>'
    tree = LexborHTMLParser(f"<html lang=en><head>{head}</head><body>{body}</body></html>", scripting=True)
    return read_metadata(tree, URL, read_embedded(tree, URL)).headline


@pytest.mark.parametrize(
    "trail",
    [
        "<ol><li>Local</li><li><h1>{}</h1></li></ol>",
        '<div class="c-breadcrumb"><h1>{}</h1></div>',
        '<nav><a href="/local">Local</a><h1>{}</h1></nav>',
    ],
)
def test_heading_at_the_end_of_a_breadcrumb_is_the_search_title(trail):
    assert headline(trail.format(SEARCH) + f"<h2>{REBUILT}</h2>", shared=REBUILT, data=SEARCH) == REBUILT
    assert headline(trail.format(SEARCH) + f"<h2>{REBUILT}</h2>", shared=SEARCH, data=REBUILT, tab=SEARCH) == REBUILT


def test_heading_in_a_breadcrumb_counts_where_no_other_heading_says_a_title():
    page = f"<ol><li>Local</li><li><h1>{REBUILT}</h1></li></ol><h2>What happens next</h2>"
    assert headline(page, data=REBUILT) == REBUILT


def test_subheading_is_no_headline_though_it_stands_first():
    page = f"<h2>What happens next</h2><h1>{REBUILT}</h1><h2>{SEARCH}</h2>"
    assert headline(page, shared=REBUILT, data=SEARCH) == REBUILT


def test_sharing_title_wins_where_the_page_shows_it_as_a_heading():
    assert headline(f"<h1>{SEARCH}</h1><h2>{REBUILT}</h2>", shared=REBUILT, data=SEARCH, tab=SEARCH) == REBUILT
    assert headline(f"<h1>{SEARCH}</h1><p>{REBUILT}</p>", shared=REBUILT, data=SEARCH, tab=SEARCH) == SEARCH


def test_kicker_in_an_element_of_its_own_is_cut_off():
    page = f'<h1><span class="article__overline">Harbour</span> <span> - </span> <span>{REBUILT}</span></h1>'
    assert headline(page) == REBUILT
    assert headline(page, shared=REBUILT) == REBUILT
    page = f"<h2><span>Harbour</span><span>{REBUILT}</span></h2>"
    assert headline(page, shared=REBUILT, data=SEARCH) == REBUILT


def test_kicker_that_other_titles_have_too_is_part_of_the_headline():
    page = f'<h1><span class="kicker">After the storm:</span> <span>{REBUILT}</span></h1>'
    assert headline(page, shared=f"After the storm: {REBUILT}") == f"After the storm: {REBUILT}"


def test_emphasis_inside_a_heading_is_no_kicker():
    assert headline("<h1><em>North Star</em> sails from the rebuilt pier</h1>") == (
        "North Star sails from the rebuilt pier"
    )


@pytest.mark.parametrize("home", ["/", "https://ledger.example", "https://ledger.example/"])
def test_heading_that_leads_to_the_front_page_is_the_masthead(home):
    page = f'<h1><a href="{home}">Skarn Harbour Watch</a></h1><p>Text of it.</p>'
    assert headline(page, tab=f"{REBUILT} : Skarn Harbour Watch").startswith(REBUILT)


@pytest.mark.parametrize("target", ["#", "#top", "/2026/north-pier"])
def test_heading_that_links_to_the_article_is_its_headline(target):
    assert headline(f'<h1><a href="{target}">{REBUILT}</a></h1>', tab="Skarn Harbour Watch") == REBUILT


def test_sharing_title_that_only_names_the_site_is_none():
    assert headline(f"<h1>{REBUILT}</h1>", shared="Ledger") == REBUILT


def test_heading_wins_over_a_sharing_title_with_a_tail_or_a_section_before_it():
    assert headline(f"<h1>{REBUILT}</h1>", shared=f"{REBUILT} this week") == REBUILT
    assert headline(f"<h1>{REBUILT}</h1>", shared=f"Skarn news: {REBUILT}") == REBUILT


def test_headline_cut_short_in_the_data_is_taken_whole():
    assert headline("<p>Text</p>", shared=REBUILT, data=REBUILT[:30].strip()) == REBUILT
