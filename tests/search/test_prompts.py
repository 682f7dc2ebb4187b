"""A few letters bring up whom and what a reader may mean."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from broadsheet.articles.models import Mention, Topic
from broadsheet.search.actions import index_articles
from broadsheet.search.queries import suggest
from tests.search.conftest import NOW


@pytest.fixture
def named(library):
    for name, slug, kind, times in [
        ("Ada Quill", "ada-quill", "person", 3),
        ("Adrian Oakes", "adrian-oakes", "person", 1),
        ("Müllheim", "mullheim", "place", 2),
        ("青屿岛", "青屿岛", "place", 1),
    ]:
        topic = Topic.objects.create(slug=slug, name=name, kind=kind)
        for number in range(times):
            row = library.article(f"News {number} of {slug}")
            Mention.objects.create(article_id=row, topic=topic, shown_at=NOW)
            index_articles([row], now=NOW, count_again=True)
    return library


def labels(prefix, limit=8):
    return [found.label for found in suggest(prefix, limit)]


def test_the_most_frequent_first_by_any_word_of_the_name(named):
    assert labels("ad") == ["Ada Quill", "Adrian Oakes"]
    assert labels("adr") == ["Adrian Oakes"]
    assert labels("QUI") == labels("ada q") == ["Ada Quill"]


def test_accents_do_not_matter_and_han_needs_one_character(named):
    assert labels("mull") == labels("Müll") == ["Müllheim"]
    assert "青屿岛" in labels("青")


def test_sources_by_name_and_host_and_sections(named):
    assert labels("tidi") == ["The Tidings"]
    assert labels("tidings.ex") == ["The Tidings"]
    assert ("section", "/sections/world") in [(found.kind, found.path) for found in suggest("wor")]


def test_limit_and_nothing(named):
    assert len(suggest("ad", 1)) == 1
    assert suggest("") == suggest(" \x00 ") == suggest("zzzz") == []


def test_what_is_gone_is_not_suggested(named):
    Topic.objects.filter(slug="ada-quill").delete()

    assert labels("ada") == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_no_prefix_breaks_it(named, prefix):
    suggest(prefix)
