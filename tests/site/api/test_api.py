"""Every answer is what the OpenAPI document says, obeys rights, and pages without gap or repetition."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from broadsheet.articles.models import Article
from broadsheet.search.actions import index_articles
from broadsheet.site.api import answers, views
from broadsheet.site.api.limits import Limits
from broadsheet.site.api.openapi import OPERATIONS, document
from broadsheet.sources.models import LedgerLine
from tests.factories import (
    NOW,
    make_article,
    make_picture,
    make_publisher,
    make_quotation,
    make_section,
    make_source,
    make_story,
)

SECRET = "Nobody outside this text may read these words."


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    monkeypatch.setattr(answers, "LIMITS", Limits(clock=lambda: 0.0))


@pytest.fixture
def news(db):
    """A story of four reports, one in each mode, and a source beside it."""
    section = make_section()
    modes = ("full", "extract", "headline", "link")
    publishers = {mode: make_publisher(f"Paper {mode}", mode=mode, image=True) for mode in modes}
    rows = {
        mode: make_article(
            publisher, blocks=[SECRET, "Second."], section=section, standfirst="Stand first.", minutes_ago=number + 1
        )
        for number, (mode, publisher) in enumerate(publishers.items())
    }
    for row in rows.values():
        make_picture(row)
        for number in range(8):
            quotation = make_quotation(row, text=f"Words {number} of {row.pk}")
            type(quotation).objects.filter(pk=quotation.pk).update(rank=number, person="ada-lund")
    make_source(publishers["full"])
    story = make_story(*rows.values(), copies={rows["extract"]: rows["full"]})
    index_articles([row.pk for row in rows.values()], now=NOW)
    return {**rows, "story": story}


def get(path, **headers):
    return Client().get(path if path.startswith("/") else f"/api/v1/{path}", headers=headers)


def ask(path):
    response = get(path)
    assert response.status_code == 200, response.content
    return response.json()


def follow(path):
    pages = []
    while path:
        found = ask(path)
        pages.append(found["data"])
        path = found["next"]
    return pages


# The document and the answers


def test_document_is_valid_openapi(db):
    response = get("openapi.json")

    validate(response.json())
    assert response.json() == json.loads(json.dumps(document()))
    assert response["Content-Type"].startswith("application/vnd.oai.openapi+json")


def test_every_answer_is_what_the_document_says(news):
    schemas = {"components": document()["components"]}
    slug = news["full"].publisher.slug
    paths = {
        "/stories": ["stories", "stories?order=weight&limit=1", "stories?section=politics", "stories?language=de"],
        "/stories/{id}": [f"stories/{news['story'].pk}"],
        "/articles": ["articles", f"articles?source={slug}", f"articles?story={news['story'].pk}&limit=1"],
        "/articles/{id}": [f"articles/{news[mode].pk}" for mode in ("full", "extract", "headline", "link")],
        "/quotations": ["quotations", "quotations?person=ada-lund", f"quotations?article={news['full'].pk}"],
        "/sources": ["sources"],
        "/sources/{slug}": [f"sources/{slug}"],
        "/search": ["search?q=ferry", "search?q=nothingofthesort"],
    }
    assert set(paths) == {operation.path for operation in OPERATIONS}
    for operation in OPERATIONS:
        name = operation.shape.__name__
        validator = Draft202012Validator({"$ref": f"#/components/schemas/{name}", **schemas})
        for path in paths[operation.path]:
            validator.validate(ask(path))


def test_every_list_shows_something(news):
    assert len(ask("stories")["data"]) == 1
    assert len(ask("articles")["data"]) == 4
    assert len(ask("search?q=ferry")["data"]) == 4
    assert len(ask("sources")["data"]) == 4
    assert len(ask("quotations")["data"]) == 8 + 5 + 5
    assert ask(f"stories/{news['story'].pk}")["articles"][0]["mode"] == "link"


# Rights


def test_words_reach_the_api_only_as_far_as_the_mode_allows(news):
    found = {mode: ask(f"articles/{news[mode].pk}") for mode in ("full", "extract", "headline", "link")}

    assert [block["text"] for block in found["full"]["blocks"]] == [SECRET, "Second."]
    assert found["full"]["standfirst"] == "Stand first."
    assert found["full"]["pictures"]
    assert found["extract"]["extract"] == "The ferry sails again."
    assert found["headline"]["headline"]
    assert found["headline"]["extract"] is None
    assert (found["link"]["headline"], found["link"]["byline"], found["link"]["pictures"]) == (None, None, [])
    for mode in ("extract", "headline", "link"):
        assert found[mode]["mode"] == mode
        assert found[mode]["blocks"] == []
        assert found[mode]["standfirst"] is None


def test_no_answer_leaks_what_a_mode_hides(news):
    article = news["headline"]
    Article.objects.filter(pk=article.pk).update(summary=SECRET, standfirst=SECRET)
    Article.objects.filter(pk=news["link"].pk).update(headline=f"Hidden: {SECRET}", slug="hidden-nobody")
    pages = ["stories", f"stories/{news['story'].pk}", "articles", "quotations", "search?q=ferry", "sources"]

    for path in [*pages, f"articles/{article.pk}", f"articles/{news['link'].pk}"]:
        assert SECRET.encode() not in get(path).content, path
        assert b"hidden-nobody" not in get(path).content, path


def test_what_may_not_be_passed_on_is_nowhere_in_the_api(news):
    LedgerLine.objects.filter(publisher=news["full"].publisher).update(onward=False)

    assert get(f"articles/{news['full'].pk}").status_code == 404
    assert ask("stories")["data"] == []
    for path in ("articles", "search?q=ferry", f"stories/{news['story'].pk}"):
        assert news["full"].headline.encode() not in get(path).content
    assert news["full"].pk not in [row["article"] for row in ask("quotations")["data"]]


def test_takedown_answers_gone(news):
    LedgerLine.objects.create(
        publisher=news["full"].publisher, article_key=news["full"].key, mode="none", basis="takedown", noted_at=NOW
    )

    response = get(f"articles/{news['full'].pk}")

    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert news["full"].tag in response.keeping.tags


def test_quotations_of_a_report_never_add_up_to_more_than_allowed(news):
    by_pages = [row["id"] for page in follow("quotations?limit=1") for row in page]
    extract = {row["id"] for row in ask(f"quotations?article={news['extract'].pk}")["data"]}
    in_story = {row["id"] for row in ask(f"stories/{news['story'].pk}")["quotations"]}

    assert len(extract) == 5
    assert len(by_pages) == len(set(by_pages)) == 18
    assert extract < set(by_pages) == in_story


# Paging


def test_pages_join_without_gap_or_repetition_while_news_comes_in(db):
    publisher = make_publisher(mode="headline")
    rows = [make_article(publisher, minutes_ago=number // 3) for number in range(11)]
    wanted = [row.pk for row in sorted(rows, key=lambda row: (row.shown_at, row.pk), reverse=True)]

    first = ask("articles?limit=4")
    make_article(publisher, minutes_ago=-5)
    rest = [row["id"] for page in follow(first["next"]) for row in page]

    assert [row["id"] for row in first["data"]] + rest == wanted
    assert get("articles?limit=4")["Link"].endswith('rel="next"')


@pytest.mark.parametrize("order", ["moved", "weight"])
def test_stories_page_in_either_order(db, order):
    publisher = make_publisher(mode="headline")
    stories = [make_story(make_article(publisher, minutes_ago=n), weight=n / 3) for n in range(7)]
    wanted = [story.pk for story in (stories if order == "moved" else stories[::-1])]

    assert [row["id"] for page in follow(f"stories?order={order}&limit=3") for row in page] == wanted


def test_narrowed_lists_go_on_where_they_stopped_looking(db, monkeypatch):
    monkeypatch.setattr(views, "LOOKED_AT", 4)
    publisher = make_publisher(mode="headline")
    rows = [make_article(publisher, minutes_ago=n, language="fr" if n in {0, 5, 9} else "en") for n in range(11)]
    for row in rows:
        make_story(row)

    for name in ("articles", "stories"):
        pages = follow(f"{name}?language=fr&limit=2")
        assert [len(page) for page in pages] == [1, 1, 1]
    assert [row["id"] for page in follow("articles?language=fr") for row in page] == [rows[n].pk for n in (0, 5, 9)]
    assert sum(map(len, follow("stories?order=weight&language=fr"))) == 3
    assert follow("articles?language=xx") == [[], [], []]


def test_search_pages_hold_every_hit_once(db):
    publisher = make_publisher(mode="headline")
    rows = [make_article(publisher, minutes_ago=number) for number in range(45)]
    index_articles([row.pk for row in rows], now=NOW)

    pages = follow("search?q=ferry")

    assert [len(page) for page in pages] == [20, 20, 5]
    assert {row["id"] for page in pages for row in page} == {row.pk for row in rows}


def _cursor(*values):
    return urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x",
        "cursor=é",
        f"cursor={'A' * 5000}",
        f"cursor={_cursor('moved', 1, 2)}",
        f"cursor={_cursor('articles', 1)}",
        f"cursor={_cursor('articles', 10**30, 2)}",
        f"cursor={_cursor('articles', -5, 2)}",
        f"cursor={_cursor('articles', 2**61, 2)}",
        f"cursor={_cursor('articles', True, 2)}",
        f"cursor={_cursor('articles', '1', 2)}",
        f"cursor={_cursor('articles', [1], {})}",
        f"cursor={'W1tb' * 40}",
        "limit=0",
        "limit=-1",
        "limit=1e3",
        "limit=99999999999999999999999",
        "story=x",
        "nonsense=1",
        f"section={'x' * 300}",
    ],
)
def test_nonsense_is_answered_with_a_sentence(db, query):
    response = get(f"articles?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].endswith((".", "limit, section, source, story."))


def test_large_limits_and_odd_words_are_bounded(news):
    assert len(ask("articles?limit=1000000")["data"]) == 4
    assert ask("articles?section=%27%3B--%00")["data"] == []
    assert get("search").status_code == 400
    assert get("search?q=after:nonsense").status_code == 400


# Manners


def test_validators_and_caches(news):
    plain, asked = get("stories"), get("stories?limit=5")

    assert {"front", news["story"].tag, news["full"].tag} <= plain.keeping.tags
    assert news["story"].tag in asked["Surrogate-Key"].split()
    assert not hasattr(asked, "keeping")
    assert "RateLimit" not in plain
    again = get("stories?limit=5", if_none_match=asked["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert get("stories?limit=6", if_none_match='"else"').status_code == 200


def test_an_answer_that_is_kept_says_nothing_of_who_asked(news):
    first = Client(REMOTE_ADDR="192.0.2.1").get("/api/v1/articles")
    second = Client(REMOTE_ADDR="192.0.2.9").get(
        "/api/v1/articles", headers={"cookie": "a=b", "user-agent": "x", "accept-language": "de"}
    )

    assert first.content == second.content
    assert dict(first.items()) == dict(second.items())
    assert "Set-Cookie" not in first
    assert "Vary" not in first


def test_other_addresses_and_methods(news):
    assert get("nothing").status_code == 404
    assert get("stories/999999").json()["status"] == 404
    assert get("sources/nobody").status_code == 404
    assert Client().post("/api/v1/stories").status_code == 405
    options = Client().options("/api/v1/stories")
    assert (options.status_code, options["Access-Control-Allow-Origin"]) == (204, "*")
    assert Client().head("/api/v1/stories").status_code == 200
    assert get("")["Access-Control-Allow-Origin"] == "*"


def test_merged_story_leads_to_the_one_that_tells_it(news):
    other = make_story(make_article(make_publisher(mode="headline")), merged_into=news["story"])

    response = get(f"stories/{other.pk}")

    assert response.status_code == 308
    assert response["Location"].endswith(f"/api/v1/stories/{news['story'].pk}")


def test_address_is_limited_and_a_key_lifts_the_limit(news, settings, monkeypatch):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "api_keys", (("desk", "k" * 20),))
    for _ in range(60):
        assert get("articles?limit=1").status_code == 200

    refused = get("articles?limit=1")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1
    assert get("articles").status_code == 200
    assert get("articles?limit=1", authorization=f"Bearer {'k' * 20}").status_code == 200
    wrong = get("articles?limit=1", authorization="Bearer wrong")
    assert (wrong.status_code, wrong["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


def test_number_of_queries_does_not_grow_with_the_list(db, django_assert_max_num_queries):
    def fill(count):
        for _ in range(count):
            article = make_article(make_publisher(mode="full"), blocks=["Text."])
            make_quotation(article)
            make_story(article)

    fill(2)
    with django_assert_max_num_queries(9):
        for path in ("stories", "articles"):
            get(path)
    fill(12)
    for path in ("stories", "articles", "quotations", "sources"):
        with django_assert_max_num_queries(6):
            assert len(ask(path)["data"]) == 14


def test_times_are_rfc_3339_in_utc(news):
    assert ask(f"articles/{news['full'].pk}")["published_at"].endswith("Z")
    assert timezone.now() - NOW < timedelta(days=10_000)


def test_addresses_are_ascii_whatever_the_headline_is_written_in(db):
    article = make_article(make_publisher(mode="full"), slug="利里奥-café")
    assert ask(f"articles/{article.pk}")["url"].endswith("-%E5%88%A9%E9%87%8C%E5%A5%A5-caf%C3%A9")
