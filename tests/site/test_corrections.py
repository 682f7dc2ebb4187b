"""An article's edits as its page shows them."""

import pytest

from broadsheet.articles.displays import display_article
from broadsheet.rights import Output
from broadsheet.site.corrections import edits
from tests.factories import NOW, make_article, make_publisher, make_revision

pytestmark = pytest.mark.django_db


def shown(article):
    article.refresh_from_db()
    return display_article(article, Output.PAGE, now=NOW)


def test_headline_comes_before_the_passages():
    article = make_article(make_publisher(mode="full"), headline="Bridge opens", blocks=["It cost 418 million."])
    revision = make_revision(article, "Bridge closes", "It cost 412 million.")

    (edit,) = edits(shown(article), [revision])

    assert [[span.text for span in change if span.kind == "added"] for change in edit.changes] == [["opens"], ["418"]]
    assert not edit.is_announced


def test_what_only_grew_is_not_listed():
    article = make_article(make_publisher(mode="full"), headline="Live", blocks=["One.", "Two."])

    assert edits(shown(article), [make_revision(article, "Live", "One.")]) == []


def test_article_without_revisions_asks_nothing(django_assert_num_queries):
    displayed = shown(make_article(make_publisher(mode="full"), blocks=["One."]))

    with django_assert_num_queries(0):
        assert edits(displayed, []) == []
