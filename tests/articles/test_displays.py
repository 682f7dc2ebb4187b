from datetime import timedelta

import pytest

from broadsheet.articles.displays import Displays, display_article
from broadsheet.articles.models import ArticleState
from broadsheet.rights import Mode, Output
from broadsheet.sources.models import LedgerLine
from tests.factories import NOW, make_article, make_publisher

pytestmark = pytest.mark.django_db
SECRET = "The whole text stands behind the publisher's leave."


def shown(mode=None, output=Output.PAGE, *, basis="licence", image=False, **more):
    publisher = make_publisher(mode=mode, basis=basis, image=image)
    article = make_article(publisher, blocks=[SECRET], standfirst="A standfirst of the page.", **more)
    return display_article(article, output, now=NOW)


def test_without_a_ledger_line_an_article_is_headline_and_link():
    found = shown()
    assert found.mode is Mode.HEADLINE
    assert found.headline.startswith("Ferry line")
    assert (found.extract, found.standfirst, found.blocks(), found.image) == ("", "", [], False)


def test_mode_link_hides_even_the_headline():
    found = shown("link")
    assert (found.mode, found.headline, found.extract, found.blocks()) == (Mode.LINK, "", "", [])


def test_mode_extract_gives_the_publishers_summary_and_no_text():
    found = shown("extract")
    assert found.extract == "The ferry sails again."
    assert (found.standfirst, found.blocks()) == ("", [])


def test_mode_full_gives_the_text():
    found = shown("full", image=True)
    assert [block["text"] for block in found.blocks()] == [SECRET]
    assert (found.standfirst, found.image) == ("A standfirst of the page.", True)


def test_the_text_is_not_even_read_below_mode_full(django_assert_num_queries):
    found = shown("extract")
    with django_assert_num_queries(0):
        assert found.blocks() == []


def test_a_held_article_is_headline_and_link_whatever_the_ledger_says():
    found = shown("full", state=ArticleState.HELD, image=True)
    assert (found.mode, found.shows_headline) == (Mode.HEADLINE, True)
    assert (found.standfirst, found.extract, found.blocks(), found.image, found.quotations) == ("", "", [], False, 0)
    assert shown("link", state=ArticleState.HELD).mode is Mode.LINK


def test_a_held_article_whose_headline_nobody_told_is_a_link():
    found = shown("full", state=ArticleState.HELD, headline="https://example.org/a/1")
    assert (found.mode, found.headline) == (Mode.LINK, "")


def test_an_announced_article_has_no_text_to_show():
    assert shown("full", state=ArticleState.ANNOUNCED).mode is Mode.EXTRACT


def test_a_removed_article_is_gone():
    found = shown("full", state=ArticleState.REMOVED)
    assert found.gone
    assert (found.mode, found.headline, found.blocks()) == (Mode.NONE, "", [])


def test_signals_lower_what_a_page_shows():
    assert shown("extract", basis="none").mode is Mode.EXTRACT
    assert shown("extract", basis="none", signals={"robots": "nosnippet"}).mode is Mode.HEADLINE


def test_a_line_for_one_article_reaches_no_other():
    publisher = make_publisher(mode="extract")
    taken, other = make_article(publisher), make_article(publisher)
    LedgerLine.objects.create(
        publisher=publisher, article_key=taken.key, mode="none", basis="takedown", evidence="notice 4", noted_at=NOW
    )
    displays = Displays([taken, other], Output.PAGE, now=NOW)
    assert displays.of(taken).gone
    assert displays.of(other).mode is Mode.EXTRACT
    assert [found.article for found in displays.shown([taken, other])] == [other]


def test_a_line_that_ended_grants_nothing():
    publisher = make_publisher()
    LedgerLine.objects.create(
        publisher=publisher, mode="full", basis="licence", evidence="x", until=NOW - timedelta(days=1), noted_at=NOW
    )
    assert display_article(make_article(publisher), Output.PAGE, now=NOW).mode is Mode.HEADLINE


def test_what_may_not_be_passed_on_stays_out_of_feeds():
    publisher = make_publisher()
    LedgerLine.objects.create(
        publisher=publisher, mode="full", basis="licence", evidence="x", onward=False, noted_at=NOW
    )
    article = make_article(publisher)
    assert display_article(article, Output.FEED, now=NOW).mode is Mode.NONE
    assert display_article(article, Output.PAGE, now=NOW).mode is Mode.FULL


def test_a_list_costs_one_query(django_assert_num_queries):
    articles = [make_article() for _ in range(5)]
    with django_assert_num_queries(1):
        displays = Displays(articles, Output.PAGE, now=NOW)
        assert len(displays.shown(articles)) == 5
