"""A picture goes with its right, and with it the files that nobody else needs."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article, Picture
from broadsheet.articles.picture_names import files_of
from broadsheet.finished.actions import purge
from broadsheet.finished.models import Purge
from broadsheet.gathering.picture_upkeep import drop_unshown, tidy_pictures
from broadsheet.sources.models import LedgerLine
from tests.factories import make_article, make_picture, make_publisher

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
NAME = "0" * 31 + "{}-1280.webp"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "pictures"


def stored(folder, number, publisher=None, *, size=100, name=None, **more):
    """A kept picture of a new article, with its files."""
    article = make_article(publisher or make_publisher(mode="full", image=True), **more)
    name = name or NAME.format(number)
    folder.mkdir(exist_ok=True)
    for file in files_of(name):
        (folder / file).write_bytes(b"x" * size)
    return make_picture(article, stored=name)


def state(picture):
    picture.refresh_from_db()
    return picture.state


def names(folder):
    return {path.name for path in folder.glob("[!.]*")}


def test_a_takedown_takes_the_picture_and_its_files(folder):
    kept, gone = stored(folder, 1), stored(folder, 2)
    drop_unshown(folder, now=timezone.now())
    Article.objects.filter(pk=gone.article_id).update(state="removed")
    purge([gone.article.tag])
    assert drop_unshown(folder, now=timezone.now()) == 1
    assert (state(gone), gone.stored, state(kept)) == ("unwanted", "", "stored")
    assert names(folder) == set(files_of(kept.stored))
    assert Purge.objects.filter(tag=gone.article.tag).count() == 2


def test_a_new_line_in_the_ledger_takes_them_too(folder):
    picture, other = stored(folder, 1), stored(folder, 2)
    drop_unshown(folder, now=timezone.now())
    LedgerLine.objects.create(
        publisher=picture.article.publisher, mode="full", basis="licence", image=False, evidence="letter of 4 June"
    )
    assert drop_unshown(folder, now=timezone.now()) == 1
    assert (state(picture), state(other)) == ("unwanted", "stored")


def test_a_new_line_in_the_ledger_lets_them_come(folder):
    publisher, now = make_publisher(), timezone.now()
    young, old, gone, other = (
        make_picture(make_article(whose), state="unwanted", stored="")
        for whose in (publisher, publisher, publisher, make_publisher())
    )
    Article.objects.filter(pk=old.article_id).update(first_seen_at=now - timedelta(days=8))
    Article.objects.filter(pk=gone.article_id).update(state="removed")
    LedgerLine.objects.create(
        publisher=publisher, mode="full", basis="licence", image=True, evidence="letter of 4 June"
    )
    assert drop_unshown(folder, now=now) == 0
    assert [state(picture) for picture in (young, old, gone, other)] == ["wanted", "unwanted", "unwanted", "unwanted"]


def test_a_line_that_ends_by_the_clock_is_noticed_by_the_hour(folder):
    now = timezone.now()
    publisher = make_publisher()
    LedgerLine.objects.create(
        publisher=publisher, mode="full", basis="licence", image=True, evidence="for a week", until=now
    )
    picture = stored(folder, 1, publisher)
    assert tidy_pictures(folder, now=now - timedelta(minutes=1), room_bytes=MB) == 0
    assert tidy_pictures(folder, now=now + timedelta(minutes=1), room_bytes=MB) == 1
    assert state(picture) == "unwanted"


def test_files_that_another_article_shows_stay(folder):
    first, second = stored(folder, 1), stored(folder, 1)
    Article.objects.filter(pk=first.article_id).update(state="removed")
    purge([first.article.tag])
    drop_unshown(folder, now=timezone.now())
    assert names(folder) == set(files_of(second.stored))


def test_files_that_nobody_names_go_when_they_are_an_hour_old(folder):
    picture = stored(folder, 1)
    for name, age in (("old.webp", 7200), ("young.webp", 60), ("half.avif.4.part", 7200)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    tidy_pictures(folder, now=timezone.now(), room_bytes=MB)
    assert names(folder) == {*files_of(picture.stored), "young.webp"}


def test_beyond_the_room_the_pictures_of_the_oldest_articles_go(folder):
    pictures = [stored(folder, number, size=1000, minutes_ago=10 * number) for number in range(5)]
    assert tidy_pictures(folder, now=timezone.now(), room_bytes=20_000) == 2
    assert [state(picture) for picture in pictures] == ["stored"] * 3 + ["unwanted"] * 2
    assert sum(path.stat().st_size for path in folder.glob("[!.]*")) == 18_000


def test_nothing_to_do_asks_two_questions(folder, django_assert_num_queries):
    stored(folder, 1)
    drop_unshown(folder, now=timezone.now())
    with django_assert_num_queries(2):
        drop_unshown(folder, now=timezone.now())


def test_what_is_dropped_is_no_longer_named(folder):
    picture = stored(folder, 1)
    Article.objects.filter(pk=picture.article_id).update(state="removed")
    tidy_pictures(folder, now=timezone.now(), room_bytes=MB)
    assert not Picture.objects.exclude(stored="").exists()
    assert names(folder) == set()
