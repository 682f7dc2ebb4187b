"""Which of a page's titles is its headline: each rule from both sides."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.metadata import read_metadata

URL = "https://ledger.example/2026/north-pier"
REBUILT = "Council rebuilds the north pier after the storm"
SEARCH = "North pier Skarn: what the council plans now"


def headline(body, shared="", data="", tab="", alternative="", site="Ledger"):
    head = f"<title>{tab}</title>" + (f'<meta property="og:site_name" content="{site}">' if site else "")
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


def test_long_heading_about_something_else_is_what_readers_see():
    curious = "Who pays for so many planks and nails?"
    assert headline(f"<h1>{curious}</h1>", shared=REBUILT, tab=REBUILT) == curious
    assert headline("<h1>Our reports</h1>", shared=REBUILT, tab=REBUILT) == REBUILT


def test_paragraph_in_a_heading_is_no_headline():
    assert headline(f"<h1>{'Learn what happens at the harbor. ' * 8}</h1>", shared=REBUILT, tab=REBUILT) == REBUILT


def test_heading_keeps_the_year_up_to_date():
    pages = ("Guide to the harbor in 2026", "Guide to the harbor in 2025")
    assert headline(f"<h1>{pages[0]}</h1>", shared=pages[1], tab=pages[1]) == pages[0]


def test_one_word_before_the_heading_is_a_label():
    assert headline(f"<h1>{REBUILT}</h1>", shared=f"Local: {REBUILT}", data=f"Local: {REBUILT}") == REBUILT
    longer = f"Mayor wants more: {REBUILT}"
    assert headline(f"<h1>{REBUILT}</h1>", shared=longer, data=longer, tab=longer) == longer


def test_letters_in_an_element_of_their_own_belong_to_their_word():
    assert headline("<h1>Council r<span>ebuilds the north pier</span> after the storm</h1>", tab=REBUILT) == REBUILT
    assert headline(f"<h1><span>Harbor</span>{REBUILT}</h1>", data=REBUILT, tab=REBUILT) == REBUILT


def test_styles_left_in_a_heading_are_no_words():
    assert headline(f"<h1><style>.a{{color:red}}</style><span>{REBUILT}</span></h1>", tab="Reports") == REBUILT


def test_places_for_hyphens_stay_unless_another_title_goes_without():
    soft = REBUILT.replace("rebuilds", "re\u00adbuilds")
    assert headline(f"<h1>{soft}</h1>", shared=soft) == soft
    assert headline(f"<h1>{soft}</h1>", tab=REBUILT) == REBUILT
    assert headline(f"<h1>{soft}</h1>", shared=REBUILT) == REBUILT


@pytest.mark.parametrize(
    "masthead",
    [
        '<h1><a href="https://archive.example/web/20140226054445/http://watch.example/">Harbour Watch</a></h1>',
        '<h1><a href="/?locale=en-GB">Harbour Watch</a></h1>',
        '<a href="/"><h1>Harbour Watch</h1></a>',
    ],
)
def test_masthead_leads_home_in_many_ways(masthead):
    page = f"{masthead}<h2>{REBUILT}</h2><h2>Older reports of the pier</h2>"
    assert headline(page, tab=f"Harbour Watch » Archive » {REBUILT}", site="") == REBUILT


def test_link_to_an_article_by_number_is_no_way_home():
    assert headline(f'<h1><a href="/?p=3289">{REBUILT}</a></h1>', tab="Harbour Watch") == REBUILT


def test_part_of_the_tab_that_stands_in_the_page_is_the_headline():
    page = f"<p>Harbour Watch</p><p>{REBUILT}</p>"
    assert headline(page, tab=f"Harbour Watch - {REBUILT} - Local - News", site="") == REBUILT


def test_headline_in_han_is_told_from_the_site_by_fewer_letters():
    page = "<p>乌尔塔日报</p><p>林登贝投票率升至历史新高</p>"
    assert headline(page, tab="林登贝投票率升至历史新高 | 乌尔塔日报", site="") == "林登贝投票率升至历史新高"


def test_heading_inside_the_article_is_not_its_headline():
    prose = f"<p>{'The council of the harbor met on Monday evening to talk about the pier. ' * 3}</p>"
    inside = "But who pays for so many planks?"
    assert headline(f"<div>{REBUILT}</div>{prose * 2}<h1>{inside}</h1>{prose}", shared=REBUILT) == REBUILT
    assert headline(f"{prose}<h1>{inside}</h1>{prose}", shared=REBUILT) == inside
