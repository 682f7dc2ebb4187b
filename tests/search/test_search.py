"""What readers type finds what they mean, in every script, and nothing they type breaks the search."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from broadsheet.articles.actions import ensure_sections
from broadsheet.articles.models import Article, ArticleState, Body, Section
from broadsheet.search.actions import index_articles
from broadsheet.search.grammar import QueryError, parse_query
from broadsheet.search.queries import mark, search
from broadsheet.sources.models import Publisher

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def articles(db):
    ensure_sections()
    tidings = Publisher.objects.create(slug="tidings", name="The Tidings", home="https://tidings.example/")
    bao = Publisher.objects.create(slug="bao", name="青屿日报", home="https://bao.example/")
    rows = [
        (tidings, "en", "Ministers agree on a fishing treaty", "Boats of both countries may fish again.", "world", 1),
        (tidings, "en", "Old fishing treaty remembered", "A minister looks back on the treaty.", "culture", 200),
        (tidings, "de", "Müller übernimmt das Straßenamt", "Die Straßen werden gebaut.", "politics", 2),
        (bao, "zh", "海峡重新开放", "两国代表签署协议。", "world", 3),
        (tidings, "ar", "إعادة فتح المضيق", "وقّع الوزراء الاتفاقية.", "world", 4),
    ]
    made = []
    for number, (publisher, language, headline, text, section, days) in enumerate(rows):
        row = Article.objects.create(
            key=f"{number:032x}",
            address=f"{publisher.home}{number}",
            publisher=publisher,
            headline=headline,
            language=language,
            byline="Ada Quill" if number == 0 else "",
            section=Section.objects.get(slug=section),
            shown_at=NOW - timedelta(days=days),
        )
        Body.objects.create(article=row, blocks=[{"kind": "paragraph", "text": text}], receipt={})
        made.append(row)
    index_articles([row.pk for row in made], now=NOW)
    return made


def found(query, **filters):
    return [hit.article_id for hit in search(query, now=NOW, **filters).hits]


def test_other_forms_of_a_word_are_found_and_the_newer_article_first(articles):
    assert found("treaties") == [articles[0].pk, articles[1].pk]


def test_body_is_searched_too(articles):
    assert found("boats") == [articles[0].pk]


def test_accents_and_sharp_s_do_not_matter(articles):
    assert found("muller") == found("Müller") == [articles[2].pk]
    assert found("strasse") == [articles[2].pk]


def test_two_chinese_characters_find_their_article(articles):
    assert found("海峡") == [articles[3].pk]


def test_arabic_without_its_vowel_signs(articles):
    assert found("وقع") == [articles[4].pk]


def test_phrase_minus_and_filters(articles):
    assert found('"fishing treaty"') == [articles[0].pk, articles[1].pk]
    assert found('"treaty fishing"') == []
    assert found("treaty -old") == [articles[0].pk]
    assert found("treaty section:culture") == [articles[1].pk]
    assert found("treaty before:2026-10-01") == [articles[1].pk]
    assert found("treaty after:2026-11") == [articles[0].pk]
    assert found("source:bao") == [articles[3].pk]
    assert found("by:quill treaty") == [articles[0].pk]
    assert found("treaty", language="de") == []


def test_taken_down_article_is_not_found(articles):
    articles[0].state = ArticleState.REMOVED
    articles[0].save()
    index_articles([articles[0].pk], now=NOW)

    assert found("boats") == []


def test_changed_article_is_found_by_its_new_words_only(articles):
    articles[0].headline = "Ministers quarrel"
    articles[0].save()
    index_articles([articles[0].pk], now=NOW)

    assert found("quarrel") == [articles[0].pk]
    assert found("agree") == []


def test_wrong_date_is_explained(articles):
    assert "2026-11-22" in search("treaty after:yesterday", now=NOW).problem
    with pytest.raises(QueryError):
        parse_query("after:13.13.2020")


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.text(max_size=200) | st.text(alphabet="\"-:*()^{}ANDORNOTEAR \x00'%_\\", max_size=60))
def test_no_query_breaks_the_search(articles, query):
    search(query, now=NOW)


def test_long_query_and_far_page(articles):
    assert search("treaty " * 3_000, now=NOW).total == 2
    assert search("treaty", now=NOW, page=99).page == 1


HOSTILE = [
    '"' * 500,
    "a AND b OR NOT NEAR(c d, 3)",
    "a:b:c ^x* {headline}:y",
    "'); DROP TABLE search_fts --",
    "a & b | !c <-> d:*",
    "\\" * 400,
    "x" * 10_000,
    "海" * 10_000,
    "a.b." * 2_500,
    "-" * 10_000,
    "\x00\x1b\u202e\ud800 treaty",
    "\u0301" * 900,
    "source:% by:_ section:' lang:\" kind:*",
    "after:\x00",
    "ー" * 300,
    "ﷺ" * 500,
    "١٬٠٠٠ " * 99,
    "by:-- by:''",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_have_answers(articles, query):
    search(query, now=NOW)
    search(query, now=NOW, section=query, source=query, language=query, page=-(10**9), folded=True)
    mark("The treaties of Rome \ud800", query, "en")


def test_marks_stand_on_the_words_that_match():
    assert mark("The treaties of Rome", "treaty", "en") == [("The ", False), ("treaties", True), (" of Rome", False)]


@given(st.text(max_size=120), st.text(max_size=40))
def test_marking_loses_no_character(text, query):
    assert "".join(piece for piece, _ in mark(text, query, "en")) == text
