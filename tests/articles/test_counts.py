"""How many articles a newsroom has: without those that were taken down, and without reading those that stand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.articles.models import Article
from broadsheet.articles.queries import article_count, article_counts
from tests.factories import make_article, make_publisher

pytestmark = pytest.mark.django_db


def test_removed_articles_do_not_count():
    papers = [make_publisher() for _ in range(3)]
    articles = [make_article(papers[0]) for _ in range(3)] + [make_article(papers[1])]
    Article.objects.filter(pk__in=[articles[0].pk, articles[3].pk]).update(state="removed")

    assert article_counts() == {papers[0].pk: 2, papers[1].pk: 0}
    assert [article_count(paper) for paper in papers] == [2, 0, 0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are SQLite's")
def test_counting_reads_no_article_that_stands():
    paper = make_publisher()
    with CaptureQueriesContext(connection) as asked:
        article_counts()
        article_count(paper)
    assert len(asked) == 4
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            (plan,) = [row[3] for row in cursor.fetchall() if "articles_article" in row[3]]
        assert "COVERING INDEX" in plan or "article_removed" in plan, (query["sql"], plan)
