"""Operators' rules are checked when read and find what they name."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import Verdict, extract
from broadsheet.extraction.rules import MAX_TEXT, RuleError, Rules, idle_rules

PAGE = LexborHTMLParser(
    '<h2 class="t"> Council  votes </h2><span class="w">By Nora Velt and Tobias Brandt</span>'
    '<p class="d" title="x">2 March 2026, 14:10</p><time datetime="2026-03-02T14:10:00+01:00">then</time>'
)


def test_rules_read_headline_authors_and_date():
    rules = Rules.from_toml('headline = "h2.t"\nauthor = "span.w"\ndate = "p.d"\ndrop = ["aside", ".ad"]')
    assert rules.find_headline(PAGE) == "Council votes"
    assert rules.find_authors(PAGE) == ("Nora Velt", "Tobias Brandt")
    assert rules.find_date(PAGE).isoformat() == "2026-03-02T14:10:00+00:00"
    assert rules.drop == ("aside", ".ad")


def test_machine_written_date_is_preferred():
    assert Rules(date="time").find_date(PAGE).isoformat() == "2026-03-02T14:10:00+01:00"


@pytest.mark.parametrize("words", ["Words: Nora Velt", "By Nora Velt", "Nora Velt, Staff Reporter", "Tekst: Nora Velt"])
def test_an_author_is_found_behind_words_that_nobody_knows(words):
    assert Rules(author="p").find_authors(LexborHTMLParser(f"<p>{words}</p>")) == ("Nora Velt",)


def test_a_date_without_zone_has_that_of_the_page():
    head = '<meta property="article:published_time" content="2026-03-01T08:00:00+05:00">'
    html = ARTICLE.replace("<body", f"<head>{head}</head><body").replace(
        "<h1>", "<p class=d>2 March 2026, 14:10</p><h1>"
    )

    assert extract(html, rules=Rules(date=".d")).published.isoformat() == "2026-03-02T14:10:00+05:00"


def test_empty_rules_find_nothing():
    assert (Rules().find_headline(PAGE), Rules().find_authors(PAGE), Rules().find_date(PAGE)) == ("", (), None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"authors": "p"}, "unknown rule 'authors'"),
        ({"drop": 3}, "rule 'drop' is int"),
        ({"drop": ["p", 1]}, "rule 'drop' is list"),
        ({"author": ["p"]}, "rule 'author' is list"),
        ({"date": " "}, "rule 'date' is empty"),
        ({"keep": "p[["}, "rule 'keep' is no CSS selector that rules know: 'p[[', at '[['"),
        ({"drop": "p::before"}, "rule 'drop' is no CSS selector"),
        (
            {"drop": "p:nth-child(2)"},
            "rule 'drop' is no CSS selector that rules know: 'p:nth-child(2)', at ':nth-child",
        ),
        ({"drop": "div " * 21}, "rule 'drop' is no CSS selector"),
        ({"drop": "p\ud800"}, "rule 'drop' is no CSS selector"),
        ({"drop": "body"}, "rule 'drop' names the whole page: 'body'"),
        ({"drop": "aside, *"}, "rule 'drop' names the whole page"),
        ({"keep": "html"}, "rule 'keep' names the whole page"),
        ({"headline": ":not(p)"}, "rule 'headline' names the whole page"),
        ({"keep": ["p"] * 51}, "rule 'keep' has 51 selectors"),
        ({"headline": "p" * 301}, "rule 'headline' has 301 characters"),
    ],
)
def test_a_bad_rule_is_an_error_that_names_it(given, message):
    with pytest.raises(RuleError, match="^" + re.escape(message)):
        Rules.from_mapping(given)


@pytest.mark.parametrize(
    "text", ["drop = [", "drop = " + "[" * 15_000, "date = " + "9" * 6_000, 'drop = "p"\ndrop = "q"', "drop = 'a\x00b'"]
)
def test_bad_toml_is_an_error(text):
    with pytest.raises(RuleError, match="not valid TOML"):
        Rules.from_toml(text)


def test_endless_toml_is_an_error():
    with pytest.raises(RuleError, match="at most"):
        Rules.from_toml("#" * (MAX_TEXT + 1))


PROSE = "".join(
    f"<p>The harbor authority of Quellstadt said that the new ferry would sail in spring, after {n} years.</p>"
    for n in range(8)
)
QUIZ = (
    "<div class='text quiz'><div><p>How well do you know the harbor? Take our quiz about all its boats.</p></div></div>"
)
ARTICLE = (
    "<html class=js lang=en><body class=story><article><h1>Ferry</h1>"
    f"{PROSE}{QUIZ}{PROSE[:300]}</article></body></html>"
)


def test_what_is_dropped_and_kept_is_dropped():
    assert "quiz" in extract(ARTICLE, rules=Rules(keep=("div.quiz",))).text
    assert "quiz" not in extract(ARTICLE, rules=Rules(keep=("div.quiz", "div.quiz p"), drop=(".quiz",))).text
    assert "quiz" not in extract(ARTICLE, rules=Rules(keep=("div.quiz",), drop=("div", ".quiz div", ".quiz p"))).text


def test_what_is_dropped_from_a_sentence_leaves_no_sentence_that_nobody_wrote():
    told = "The mayor said she would <b>never <i class=x>again</i> leave</b> the council of Quellstadt to its rivals."
    html = ARTICLE.replace("<h1>Ferry</h1>", f"<h1>Ferry</h1><p>{told}</p>")

    texts = [block.text for block in extract(html, rules=Rules(drop=(".x",))).blocks[:2]]

    assert texts == ["The mayor said she would never", "leave the council of Quellstadt to its rivals."]


def test_what_is_dropped_at_the_end_of_a_sentence_leaves_it_whole():
    html = ARTICLE.replace("</p>", "<a class=x>Share</a></p>")

    assert extract(html, rules=Rules(drop=(".x", ".quiz"))) == extract(ARTICLE, rules=Rules(drop=(".quiz",)))


@pytest.mark.parametrize("selector", ["html.js", ".story", "[lang]", ".js > *"])
@pytest.mark.parametrize("name", ["drop", "keep"])
def test_the_whole_page_is_never_meant(name, selector):
    rules = Rules.from_mapping({name: [selector]})

    assert extract(ARTICLE, rules=rules) == extract(ARTICLE)


def test_rules_that_match_nothing_change_nothing():
    rules = Rules(keep=(".steps",), drop=(".sponsor",), author=".writer", date=".stamp", headline="h2.title")

    assert extract(ARTICLE, rules=rules) == extract(ARTICLE)


def test_keeping_one_box_brings_no_other():
    odd = "<div class=promo><p>Join our club of sailors today and save a third on every ticket, all year.</p></div>"
    html = ARTICLE.replace("<article>", odd + "<article>").replace(
        "</article>", "</article><nav class=more><p>We kept this.</p></nav>"
    )

    before, after = extract(html), extract(html, rules=Rules(keep=("nav.more",)))

    assert "We kept this." not in before.text
    assert after.text == before.text + "\n\nWe kept this."


def test_all_can_be_dropped():
    article = extract(ARTICLE, rules=Rules(drop=("article",)))

    assert article.receipt.verdict is Verdict.EMPTY


def test_idle_rules_say_why():
    rules = Rules(
        drop=(".quiz", ".sponsor"), keep=(".quiz p", ".steps", "article"), author="h1", date="h1", headline="h2.title"
    )

    assert idle_rules(rules, ARTICLE.encode()) == (
        "headline = 'h2.title' matches nothing",
        "date = 'h1' matches elements without date; the first holds 'Ferry'",
        "drop = '.sponsor' matches nothing",
        "keep = '.quiz p' matches only what is dropped",
        "keep = '.steps' matches nothing",
    )
