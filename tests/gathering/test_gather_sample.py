"""The whole way of a report, on the sample edition served over HTTP: nothing is missing, doubled or damaged."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command

from broadsheet.articles.actions import ensure_sections
from broadsheet.articles.models import Article, ArticleState, Picture, PictureState, Revision
from broadsheet.finished.models import Purge
from broadsheet.gathering.run import fetch_pictures, gather
from broadsheet.gathering.sample import install_sample, leave_when_real_news_is_here, remove_sample
from broadsheet.sample.server import SampleServer
from broadsheet.search.queries import search
from broadsheet.sources.models import Entry, Publisher, Source
from broadsheet.stories.models import Membership, Quotation, Story

pytestmark = pytest.mark.xdist_group("sample")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@contextmanager
def _following(edition_server):
    """The sample served, followed and allowed; nobody else."""
    edition_server.start()
    opened = tuple(f"{host}:{port}" for host, port in edition_server.endpoints)
    before = vars(settings.ENVIRONMENT)["allow_networks"]
    vars(settings.ENVIRONMENT)["allow_networks"] = opened
    ensure_sections()
    install_sample(edition_server.edition, edition_server.addresses, edition_server.feeds, now=NOW)
    try:
        yield edition_server
    finally:
        vars(settings.ENVIRONMENT)["allow_networks"] = before
        edition_server.stop()


@pytest.fixture(scope="module")
def gathered(django_db_setup, django_db_blocker):
    """The sample gathered once, for tests that only read."""
    with django_db_blocker.unblock():
        with _following(SampleServer(NOW)) as server:
            gather(patience=timedelta(seconds=5))
            yield server
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def served(transactional_db):
    """The sample followed and not yet gathered, for tests that write."""
    with _following(SampleServer(NOW)) as server:
        yield server


def test_every_article_arrives_once_and_word_for_word(gathered):
    truth = {expected.address: expected for expected in gathered.truth()}
    articles = {article.address: article for article in Article.objects.all()}

    assert set(articles) == set(truth)
    for address, expected in truth.items():
        article = articles[address]
        assert article.headline == " ".join(expected.headline.split())
        texts = [
            b["text"] for b in article.body.blocks if b["kind"] in {"paragraph", "subheading", "list", "quotation"}
        ]
        assert texts == list(expected.paragraphs), address


def test_walls_are_told_and_not_taken_for_text(gathered):
    walled = {expected.address for expected in gathered.truth() if expected.walled}

    assert walled
    assert set(Article.objects.exclude(access="open").values_list("address", flat=True)) == walled
    assert set(Article.objects.exclude(state="live").values_list("address", flat=True)) == walled


def test_copies_are_folded_under_their_original(gathered):
    expected = {e.address: e.copy_of for e in gathered.truth() if e.copy_of}
    found = {
        member.article.address: member.original.address
        for member in Membership.objects.exclude(original=None).select_related("article", "original")
    }

    assert found == expected


def test_stories_hold_what_belongs_together(gathered):
    """Pairs of one language: nearly none wrongly together, two thirds that belong together found."""
    stories = dict(Membership.objects.values_list("article__address", "story"))
    truth = gathered.truth()
    pairs = [(a, b) for a in truth for b in truth if a.address < b.address and a.language == b.language]
    belong = {(a.address, b.address) for a, b in pairs if a.story == b.story}
    found = {(a.address, b.address) for a, b in pairs if stories[a.address] == stories[b.address]}

    assert len(found & belong) >= 0.65 * len(belong), sorted(belong - found)
    assert len(found - belong) <= 0.03 * len(found), sorted(found - belong)


def test_each_story_counts_its_outlets(gathered):
    for story in Story.objects.filter(merged_into=None):
        members = Membership.objects.filter(story=story)
        assert story.articles_count == members.count()
        assert story.outlets == members.values("article__publisher").distinct().count()
        assert story.lead_id in members.values_list("article", flat=True)


def test_quotations_stand_in_their_article(gathered):
    assert Quotation.objects.exclude(speaker="").count() > 40
    for quotation in Quotation.objects.select_related("article__body"):
        kinds = {"paragraph", "subheading", "list", "quotation"}
        text = "\n\n".join(b["text"] for b in quotation.article.body.blocks if b["kind"] in kinds)
        assert text[quotation.start : quotation.end] == quotation.text


def test_pictures_are_kept_in_our_own_folder(gathered):
    kept = Picture.objects.filter(state="stored")

    assert kept.count() >= 10
    assert all((settings.DATA / "pictures" / picture.stored).is_file() for picture in kept)
    assert all(picture.caption and picture.credit for picture in kept)


def test_pictures_hold_up_no_news(served):
    gather(patience=timedelta(seconds=2), pictures=False)

    assert Story.objects.exists()
    wanted = Picture.objects.filter(state=PictureState.WANTED)
    wanted.exclude(pk=wanted.earliest("pk").pk).delete()  # packing one shows it
    assert fetch_pictures() == 1
    assert not wanted.exists()


def test_second_gather_changes_nothing(gathered):
    before = list(Article.objects.order_by("pk").values())

    gather(forced=True, patience=timedelta(seconds=5))

    assert list(Article.objects.order_by("pk").values()) == before
    assert not Entry.objects.exclude(state="done").exists()


def test_chinese_and_arabic_articles_are_found_and_directed(gathered):
    arabic = Article.objects.filter(language__startswith="ar").first()
    chinese = Article.objects.filter(language__startswith="zh").first()

    assert arabic.direction == "rtl"
    assert chinese is not None
    hits = search(chinese.headline[:2], now=NOW)
    assert chinese.pk in [hit.article_id for hit in hits.hits]


# These write: each has an edition of its own.


def test_correction_becomes_a_revision(served):
    gather(patience=timedelta(seconds=5), pictures=False)
    served.tick()
    gather(forced=True, patience=timedelta(seconds=5), pictures=False)
    corrected = next(expected for expected in served.truth() if expected.version == 2)

    revision = Revision.objects.get()
    assert revision.article.address == corrected.address
    assert revision.article.version == 2
    assert revision.is_announced
    assert Purge.objects.filter(tag=revision.article.tag).exists()


def test_sample_leaves_without_a_trace(served):
    gather(patience=timedelta(seconds=5), pictures=False)

    remove_sample(now=NOW)

    for model in (Article, Publisher, Source, Entry, Story, Membership, Quotation, Picture):
        assert not model.objects.exists(), model
    assert search("the", now=NOW).total == 0


def test_sample_stays_until_real_news_is_here(gathered):
    assert not leave_when_real_news_is_here(now=NOW)
    assert Publisher.objects.filter(is_sample=True).exists()


def test_page_that_may_not_be_read_is_kept_as_headline_and_link(served, monkeypatch):
    from broadsheet.fetching.errors import RobotsRefused
    from broadsheet.gathering.authorities import Reservations

    async def refuse(self, address, now):
        raise RobotsRefused(address, "robots.txt forbids this address", by_rule=True)

    monkeypatch.setattr(Reservations, "about", refuse)
    gather(patience=timedelta(seconds=2))

    assert set(Article.objects.values_list("state", flat=True)) == {ArticleState.ANNOUNCED}
    assert Entry.objects.filter(state="refused").count() == Entry.objects.count()
