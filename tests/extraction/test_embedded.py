"""JSON-LD as publishers write and break it, and the state of pages that scripts draw."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import parse_json, plain, read_embedded
from broadsheet.extraction.state import read_state

PAGES = Path(__file__).parents[1] / "data" / "extraction"


def tree_of(*scripts):
    return LexborHTMLParser("".join(f'<script type="application/ld+json">{s}</script>' for s in scripts))


def test_broken_graph_is_mended_and_linked():
    found = read_embedded(LexborHTMLParser((PAGES / "broken_json.html").read_bytes()))
    assert found.article["articleSection"] == "Harbour"
    assert found.resolve(found.article["author"])["name"] == "Nora Velt"
    assert found.resolve(found.article["publisher"])["name"] == "The Ardenholm Ledger"


def test_several_values_in_one_script():
    assert parse_json('{"a": 1}{"b": 2}') == [{"a": 1}, {"b": 2}]
    assert parse_json('{"a": 1},\n{"b": 2}') == [{"a": 1}, {"b": 2}]


def test_escaped_quotes_of_templates():
    assert parse_json("{&quot;headline&quot;: &quot;A &amp;amp; B&quot;}") == [{"headline": "A &amp; B"}]


def test_unreadable_json_still_yields_fields():
    (item,) = parse_json(
        '{"@type": "NewsArticle", "headline": "Pier "to be" rebuilt", "datePublished": "2026-03-02", '
        '"author": {"@type": "Person", "name": "Nora Velt"}'
    )
    assert item["datePublished"] == "2026-03-02"
    assert item["author"][0]["name"] == "Nora Velt"


def test_the_article_of_this_page_is_chosen_among_others():
    other = {"@type": "NewsArticle", "headline": "Other", "url": "https://a.example/other"}
    mine = {"@type": "NewsArticle", "headline": "Mine", "url": "https://a.example/mine"}
    found = read_embedded(tree_of(json.dumps([other, mine])), "https://a.example/mine?utm_source=x")
    assert found.article["headline"] == "Mine"


def test_body_is_plain_text():
    found = read_embedded(
        tree_of(json.dumps({"@type": "Article", "articleBody": "<p>Fish &amp; chips</p>\n<p>Two</p>"}))
    )
    assert found.body == "Fish & chips Two"
    assert plain(None) == plain(3) == plain(["x"]) == ""


def test_state_of_a_script_page_is_read_in_order():
    paragraphs = read_state(LexborHTMLParser((PAGES / "script_only.html").read_bytes()))
    assert len(paragraphs) == 4
    assert paragraphs[0].startswith("ARDENHOLM — The harbour council")


def test_state_may_be_assigned_and_marked_up():
    body = "".join(f"<p>{'The council met again and voted. ' * 3}{i}</p>" for i in range(4))
    page = f"<script>window.__PRELOADED_STATE__ = {json.dumps({'story': {'body': body}})};</script>"
    assert len(read_state(LexborHTMLParser(page))) == 4


def test_pages_without_state_give_nothing():
    assert read_state(LexborHTMLParser("<p>Hello</p><script>var a = {};</script>")) == ()


@given(st.text(max_size=300))
def test_any_script_is_borne(text):
    read_embedded(tree_of(text.replace("<", "")))
    parse_json(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda c: (
            st.lists(c, max_size=4)
            | st.dictionaries(
                st.sampled_from(["@type", "@graph", "@id", "author", "headline", "name", "image"]), c, max_size=4
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_borne(value):
    found = read_embedded(tree_of(json.dumps(value).replace("<", "")))
    assert isinstance(found.body, str)


def test_depth_bombs_are_refused():
    assert parse_json("[" * 100_000) == []
    assert parse_json('{"a":' * 100_000) == []


@pytest.mark.parametrize(
    "name", ["window.__STATE_1__", 'window["pageData"]', "var initialState ", "Fusion.globalContent"]
)
def test_state_is_read_from_what_a_script_assigns_to_a_name_that_means_it(name):
    told = "The ferry sailed from the old pier on Monday, said the harbor. " * 5
    script = f'{"x" * 300};{name}={{"article":{{"body":"<p>{told}</p><p>{told}</p>"}}}};'
    assert len(read_state(LexborHTMLParser(f"<script>{script}</script>"))) == 2
    assert read_state(LexborHTMLParser(f"<script>{script.replace(name, 'window.other')}</script>")) == ()
