"""A page becomes an article once, a new revision when it says something new, and nothing when it does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.articles.actions import Outcome, Report, ensure_sections, identify, store_announcement, store_article
from broadsheet.articles.models import Article, ArticleState, Byline, Picture, Revision
from broadsheet.extraction.article import Article as Extracted
from broadsheet.extraction.article import Block, BlockKind, Image, Receipt, Verdict
from broadsheet.finished.models import Purge
from broadsheet.sources.models import Publisher

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ADDRESS = "https://www.tidings.example/politics/2026/bridge?utm_source=feed"


def paragraph(text):
    return Block(BlockKind.PARAGRAPH, text, html=text)


PAGE = Extracted(
    headline="Bridge reopens after nine years",
    authors=("Ada Quill", "Ben Stone"),
    agencies=("Continental Wire",),
    published=NOW - timedelta(hours=2),
    language="en",
    canonical="https://www.tidings.example/politics/2026/bridge",
    image=Image("https://www.tidings.example/bridge.jpg", "The bridge at dusk.", "Photo: C. Lens"),
    blocks=(paragraph("The bridge reopened on Sunday."), paragraph("Nine years had passed.")),
    receipt=Receipt(0.97, Verdict.GOOD),
)


@pytest.fixture
def publisher():
    ensure_sections()
    return Publisher.objects.create(slug="tidings", name="Tidings", home="https://www.tidings.example/", language="en")


def report(publisher, extracted=PAGE, address=ADDRESS, **changes):
    values = {"announced": {}, "signals": {}, "may_keep": True, **changes}
    return Report(publisher=publisher, source=None, address=address, extracted=extracted, **values)


def test_article_is_stored_with_all_that_names_its_makers(publisher):
    stored = store_article(report(publisher), now=NOW)

    article = Article.objects.get()
    assert stored.outcome is Outcome.NEW
    assert article.byline == "Ada Quill, Ben Stone"
    assert article.agencies == "Continental Wire"
    assert article.section.slug == "politics"
    assert article.shown_at == PAGE.published
    assert [b.author.name for b in Byline.objects.select_related("author")] == [
        "Ada Quill",
        "Ben Stone",
        "Continental Wire",
    ]
    picture = Picture.objects.get()
    assert (picture.caption, picture.credit, picture.state) == ("The bridge at dusk.", "Photo: C. Lens", "unwanted")


def test_other_addresses_of_the_page_lead_to_the_same_article(publisher):
    store_article(report(publisher), now=NOW)
    again = store_article(report(publisher, address="http://tidings.example/politics/2026/bridge/"), now=NOW)

    assert again.outcome is Outcome.UNCHANGED
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "canonical", ["https://other.example/story", "https://www.tidings.example/", "", "not an address"]
)
def test_canonical_that_names_another_site_or_the_home_page_does_not_make_identity(publisher, canonical):
    key, _ = identify(report(publisher, replace(PAGE, canonical=canonical)))

    assert key == identify(report(publisher))[0]


def test_changed_text_is_a_revision_and_purges_what_shows_it(publisher):
    article = store_article(report(publisher), now=NOW).article
    Purge.objects.all().delete()
    changed = replace(
        PAGE, blocks=(PAGE.blocks[0], paragraph("Ten years had passed."), paragraph("Correction: ten, not nine."))
    )

    stored = store_article(report(publisher, changed), now=NOW + timedelta(hours=1))

    revision = Revision.objects.get()
    assert stored.outcome is Outcome.REVISED
    assert (revision.number, revision.headline, revision.is_announced) == (1, PAGE.headline, True)
    assert [block["text"] for block in revision.blocks] == [block.text for block in PAGE.blocks]
    article.refresh_from_db()
    assert article.version == 2
    assert set(Purge.objects.values_list("tag", flat=True)) >= {
        article.tag,
        publisher.tag,
        "latest",
        "section:politics",
    }


def test_change_of_punctuation_is_taken_over_without_a_revision(publisher):
    store_article(report(publisher), now=NOW)
    changed = replace(PAGE, headline="Bridge reopens, after nine years")

    assert store_article(report(publisher, changed), now=NOW).outcome is Outcome.UNCHANGED
    assert Article.objects.get().headline == "Bridge reopens, after nine years"
    assert not Revision.objects.exists()


def test_page_that_turned_into_a_wall_does_not_replace_the_article(publisher):
    store_article(report(publisher), now=NOW)
    walled = replace(PAGE, blocks=(paragraph("Join us to read on."),), receipt=Receipt(0.1, Verdict.DOUBTFUL))

    store_article(report(publisher, walled), now=NOW)

    article = Article.objects.get()
    assert article.state == ArticleState.LIVE
    assert len(article.body.blocks) == 2


def test_doubtful_extraction_is_held(publisher):
    store_article(report(publisher, replace(PAGE, receipt=Receipt(0.2, Verdict.DOUBTFUL, ("a fragment",)))), now=NOW)

    assert Article.objects.get().state == ArticleState.HELD


def test_of_a_doubtful_page_the_headline_of_its_source_is_believed(publisher):
    form = replace(PAGE, headline="Before you go on", receipt=Receipt(0.2, Verdict.DOUBTFUL))
    store_article(replace(report(publisher, form), announced={"title": "Harbor opens"}), now=NOW)

    assert Article.objects.get().headline == "Harbor opens"


def test_a_page_and_source_without_headline_leave_the_address_in_its_place(publisher):
    store_article(replace(report(publisher, replace(PAGE, headline="")), announced={}), now=NOW)

    assert not Article.objects.get().has_headline


def test_reserved_text_is_not_kept(publisher):
    store_article(report(publisher, may_keep=False, signals={"tdm-reservation": "1"}), now=NOW)

    article = Article.objects.get()
    assert article.body.blocks == []
    assert article.signals == {"tdm-reservation": "1"}


def test_date_in_the_future_is_shown_as_first_seen(publisher):
    store_article(report(publisher, replace(PAGE, published=NOW + timedelta(days=800))), now=NOW)

    assert Article.objects.get().shown_at == NOW


def test_moved_date_does_not_lift_an_old_article(publisher):
    store_article(report(publisher), now=NOW)
    moved = replace(PAGE, published=NOW, blocks=(*PAGE.blocks, paragraph("One more thing was added.")))

    store_article(report(publisher, moved), now=NOW)

    assert Article.objects.get().shown_at == PAGE.published


def test_taken_down_article_stays_removed_when_it_comes_again(publisher):
    store_article(report(publisher), now=NOW)
    Article.objects.update(state=ArticleState.REMOVED)

    store_article(report(publisher, replace(PAGE, blocks=(paragraph("All new words here."),))), now=NOW)

    assert Article.objects.get().state == ArticleState.REMOVED


def test_announcement_keeps_headline_and_link_only(publisher):
    stored = store_announcement(
        publisher=publisher,
        source=None,
        address="https://www.tidings.example/world/strait",
        announced={"title": "Strait  closed", "summary": "Ships wait.", "published": "2026-11-22T08:00:00+00:00"},
        signals={},
        now=NOW,
    )

    article = stored.article
    assert (article.state, article.headline, article.section.slug) == ("announced", "Strait closed", "world")
    assert not hasattr(article, "body")


def test_page_read_later_completes_its_announcement(publisher):
    announced = {"title": "Bridge reopens", "published": "2026-11-22T08:00:00+00:00"}
    store_announcement(publisher=publisher, source=None, address=ADDRESS, announced=announced, signals={}, now=NOW)

    store_article(report(publisher), now=NOW)

    article = Article.objects.get()
    assert article.state == ArticleState.LIVE
    assert article.headline == PAGE.headline
    assert not Revision.objects.exists()
