"""Operators' rules are checked when read and find what they name."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.rules import RuleError, Rules

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
        ({"keep": "p[["}, "rule 'keep' is no CSS selector"),
        ({"keep": ["p"] * 51}, "rule 'keep' has 51 selectors"),
        ({"headline": "p" * 301}, "rule 'headline' has 301 characters"),
    ],
)
def test_a_bad_rule_is_an_error_that_names_it(given, message):
    with pytest.raises(RuleError, match="^" + message.replace("[", r"\[")):
        Rules.from_mapping(given)


def test_bad_toml_is_an_error():
    with pytest.raises(RuleError, match="not valid TOML"):
        Rules.from_toml("drop = [")
