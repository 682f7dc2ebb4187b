"""Structured data says what the page says, is complete by the rules of search engines, and claims no other's work."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from broadsheet.articles.displays import Displays
from broadsheet.rights import Output
from broadsheet.site.head import Crumb
from broadsheet.site.structured import Correction, article_data, as_script, breadcrumb_data, oembed_link, story_data
from tests.factories import NOW, make_article, make_publisher, make_story

SITE = "https://news.example.org"
URL = {"type": "string", "pattern": "^https?://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
LIST_ITEM = {
    "type": "object",
    "required": ["@type", "position", "url"],
    "additionalProperties": False,
    "properties": {"@type": {"const": "ListItem"}, "position": {"type": "integer", "minimum": 1}, "url": URL,
                   "name": {"type": "string", "minLength": 1}},
}  # fmt: skip
COLLECTION = {
    "type": "object",
    "required": ["@context", "@type", "url", "name", "datePublished", "dateModified", "isBasedOn", "mainEntity"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "CollectionPage"},
        "url": URL,
        "name": {"type": "string", "minLength": 1},
        "datePublished": MOMENT,
        "dateModified": MOMENT,
        "isBasedOn": {"type": "array", "items": URL},
        "publisher": False,
        "author": False,
        "mainEntity": {
            "type": "object",
            "required": ["@type", "numberOfItems", "itemListElement"],
            "properties": {"@type": {"const": "ItemList"}, "itemListElement": {"type": "array", "items": LIST_ITEM}},
        },
    },
}
NEWS_ARTICLE = {
    "type": "object",
    "required": ["@context", "@type", "headline", "datePublished", "dateModified", "author", "image", "publisher"],
    "properties": {
        "@type": {"const": "NewsArticle"},
        "headline": {"type": "string", "minLength": 1},
        "datePublished": MOMENT,
        "dateModified": MOMENT,
        "image": {"type": "array", "items": URL, "minItems": 1},
        "author": {"type": "array", "items": {"type": "object", "required": ["@type", "name", "url"]}},
        "publisher": {"type": "object", "required": ["@type", "name", "url"]},
    },
}
CRUMBS = {
    "type": "object",
    "required": ["@context", "@type", "itemListElement"],
    "properties": {
        "itemListElement": {"type": "array", "minItems": 2, "items": {"required": ["@type", "position", "name"]}}
    },
}


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


def valid(schema, data):
    Draft202012Validator(schema).validate(json.loads(json.dumps(data)))
    return data


def test_story_names_reports_at_their_publishers(db):
    rows = [make_article(make_publisher(mode=mode)) for mode in ("full", "headline", "link")]
    story = make_story(*rows)
    displays = Displays(rows, Output.PAGE, now=NOW)

    data = valid(COLLECTION, story_data(story, rows, displays, headline="Ferry reopens", language="en"))

    items = data["mainEntity"]["itemListElement"]
    assert [item["url"] for item in items] == [row.address for row in rows]
    assert [item.get("name") for item in items] == [rows[0].headline, rows[1].headline, None]
    assert "NewsArticle" not in json.dumps(data)
    assert rows[0].publisher.name not in json.dumps(data)


def test_own_article_is_complete(db):
    ours = make_publisher("Our Desk", mode="full", basis="own")
    article = make_article(ours)
    displays = Displays([article], Output.PAGE, now=NOW)

    data = article_data(
        article,
        displays,
        authors=[("Ilse Brandt", "/authors/ilse-brandt")],
        images=["/pictures/a.webp"],
        corrections=[Correction("Nine days, not ten.", NOW)],
        is_gated=True,
    )

    valid(NEWS_ARTICLE, data)
    assert data["publisher"]["name"] == "Our Desk"
    assert datetime.fromisoformat(data["datePublished"]) == article.shown_at
    assert data["isAccessibleForFree"] is False
    assert data["hasPart"]["cssSelector"] == ".gated"
    assert data["correction"][0]["text"] == "Nine days, not ten."


@pytest.mark.parametrize("basis", ["licence", "open_licence", "permission", "none", "sample"])
def test_no_article_of_others_is_claimed(db, basis):
    article = make_article(make_publisher(mode="full", basis=basis))

    assert article_data(article, Displays([article], Output.PAGE, now=NOW)) is None


def test_breadcrumbs_lead_from_the_front_page_to_this_one():
    data = valid(CRUMBS, breadcrumb_data([Crumb("Politics", "/sections/politics")], "Ferry reopens"))

    items = data["itemListElement"]
    assert [item["position"] for item in items] == [1, 2, 3]
    assert [item.get("item") for item in items] == [f"{SITE}/", f"{SITE}/sections/politics", None]


@given(st.text())
def test_script_holds_any_words_and_ends_only_at_its_end(words):
    script = as_script({"name": words + "</script><!--<script>"})

    inner = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inner
    assert json.loads(inner)["name"] == words + "</script><!--<script>"


def test_no_data_is_no_script():
    assert as_script(None) == ""
    assert (
        oembed_link("/stories/4-ferry")
        == f"{SITE}/oembed?url=https%3A%2F%2Fnews.example.org%2Fstories%2F4-ferry&format=json"
    )
