"""The search page says what it did with a reader's words."""

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.search.actions import index_articles
from broadsheet.site.templating import lang
from tests.factories import make_article, make_publisher, make_story


@pytest.fixture
def page(client, db):
    publisher = make_publisher("Lakeside Post", mode="extract")
    rows = [make_article(publisher, headline=f"Varga opens bridge {number}") for number in range(3)]
    make_story(*rows)
    index_articles([row.pk for row in rows], now=timezone.now())
    return lambda path: client.get(path).content.decode()


def test_misspelled_name_is_said_and_can_be_searched_as_typed(page):
    found = page("/search?q=vagra")

    assert "Showing results for <b>varga</b>" in found
    assert 'href="/search?q=vagra&amp;exact=1"' in found
    assert "<mark>Varga</mark>" in found
    assert "Varga opens" not in page("/search?q=vagra&exact=1")


def test_reports_of_one_story_are_folded(page):
    found = page("/search?q=bridge")

    assert found.count('<article class="hit">') == 1
    assert "and 2 more reports of this story" in found


def test_feed_holds_all_of_them_newest_first(page):
    feed = page("/search.atom?q=bridge")

    places = [feed.index(row.headline) for row in Article.objects.order_by("-shown_at", "-pk")]
    assert places == sorted(places)


def test_what_was_typed_is_text(page):
    assert "<script" not in page("/search?q=vagra+%3Cscript%3Ebridge").split("<main")[1].split("</main>")[0]


def test_choices_hold_one_as_chosen_and_no_markup_of_a_publisher(page):
    publisher = make_publisher("Bold")
    publisher.name = '<b>Bold</b> & "Sons"'
    publisher.save()

    for _again in range(2):
        found = page("/search?q=bridge&source=bold&time=1w")
        assert '<option value="bold" selected>&lt;b&gt;Bold&lt;/b&gt; &amp; &#34;Sons&#34;</option>' in found
        assert '<option value="1w" selected>' in found
        assert found.count(" selected>") == 5
        assert page("/search?q=bridge&source=%22%3E%3Cscript%3E").count(" selected>") == 4


def test_language_of_a_report_is_printed_as_an_attribute_whatever_it_holds():
    class Item:
        language, direction = '"><script>', "rtl"

    assert lang(Item()) == ' lang="&#34;&gt;&lt;script&gt;" dir="rtl"'
