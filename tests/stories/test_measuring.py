"""Measures of publishers are taken once an hour for all, and counted by the page where nobody took them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.finished.models import Purge
from broadsheet.stories.measuring import FRESH, Measures, copied_by, measures, measures_of, take_measures
from tests.factories import make_article, make_publisher, make_revision, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """A newsroom with two reports, and one that copied one of them behind a wall."""
    herald, post = make_publisher("Herald"), make_publisher("Post")
    first, second = make_article(herald), make_article(herald)
    copy = make_article(post, access="subscription")
    make_story(first, copy, copies={copy: first})
    make_revision(second, "Before", is_announced=True)
    return herald, post


def now():
    return timezone.now() + timedelta(seconds=1)


def test_measures_are_the_same_taken_or_counted(two, django_assert_num_queries):
    herald, post = two
    counted = measures(now=now())
    assert counted[herald.pk] == Measures(reports=2, grouped=1, corrections=1)
    assert counted[post.pk] == Measures(reports=1, walled=1, grouped=1, copies=1)
    assert take_measures(now=now()) == 2
    with django_assert_num_queries(1):
        assert measures(now=now()) == counted
    with django_assert_num_queries(1):
        assert measures_of(post.pk, now=now()) == counted[post.pk]


def test_measures_hold_until_they_are_taken_again(two):
    herald, _post = two
    take_measures(now=now())
    make_article(herald)
    assert measures_of(herald.pk, now=now()).reports == 2
    take_measures(now=now())
    assert measures_of(herald.pk, now=now()).reports == 3


def test_measures_that_nobody_renewed_are_counted_again(two):
    herald, _post = two
    take_measures(now=now())
    make_article(herald)
    later = now() + FRESH
    assert measures_of(herald.pk, now=later).reports == 3
    assert measures(now=later)[herald.pk].reports == 3


def test_a_new_publisher_is_counted_before_it_is_measured(two):
    take_measures(now=now())
    gazette = make_publisher("Gazette")
    assert measures_of(gazette.pk, now=now()) == Measures()
    make_article(gazette)
    assert measures_of(gazette.pk, now=now()).reports == 1


def test_taking_measures_renews_the_page_of_sources(two):
    take_measures(now=now())
    assert Purge.objects.filter(tag="sources").count() == 1


def test_copies_of_old_reports_are_not_looked_for(two):
    herald, post = two
    since = timezone.now() - timedelta(days=30)
    assert copied_by(herald.pk, since=since, limit=3) == [(post, 1)]
    Article.objects.filter(publisher=herald).update(shown_at=since - timedelta(days=8))
    assert copied_by(herald.pk, since=since, limit=3) == []
