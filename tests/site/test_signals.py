"""What the site tells machines about itself: exact where a rule is exact, and nothing about others' work."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article
from broadsheet.feeds import read_opml
from broadsheet.feeds.sitemaps import parse_sitemap
from broadsheet.rights import Output, rsl_for, tdmrep_for
from broadsheet.site import signals, sitemaps
from broadsheet.sources.models import LedgerLine
from broadsheet.stories.models import Story
from tests.factories import NOW, make_article, make_publisher, make_section, make_source, make_story

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
SITE = "https://news.example.org"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE
    settings.SITE_NAME = "The Harbor & Day"


@pytest.fixture
def ours(db):
    return make_publisher("Our Desk", mode="full", basis="own")


def get(path):
    return Client().get(path)


def tree(path):
    response = get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return ET.fromstring(response.content)


def places(path):
    return [element.text for element in tree(path).iter(f"{MAP}loc")]


def written_now(article, **age):
    Article.objects.filter(pk=article.pk).update(shown_at=timezone.now() - timedelta(**age))


# The news sitemap


def test_news_sitemap_is_empty_without_own_work(db):
    make_article(make_publisher(mode="full"))

    root = tree("/sitemaps/news-1.xml")

    assert root.tag == f"{MAP}urlset"
    assert list(root) == []


def test_news_sitemap_holds_own_work_of_two_days(ours):
    new, old = make_article(ours, headline="Kai & <Söhne>", language="de-AT"), make_article(ours)
    others = make_article(make_publisher("Elsewhere", mode="full"))
    sample = make_article(make_publisher("Invented", mode="full", basis="sample", is_sample=True))
    written_now(new, hours=47)
    written_now(old, hours=49)
    for row in (others, sample):
        written_now(row, hours=1)

    (entry,) = tree("/sitemaps/news-1.xml")

    assert entry.find(f"{MAP}loc").text == SITE + new.path
    assert [element.tag.removeprefix(NEWS) for element in entry.find(f"{NEWS}news")] == [
        "publication",
        "publication_date",
        "title",
    ]
    assert entry.find(f".//{NEWS}name").text == "The Harbor & Day"
    assert entry.find(f".//{NEWS}language").text == "de"
    assert entry.find(f".//{NEWS}title").text == "Kai & <Söhne>"
    assert datetime.fromisoformat(entry.find(f".//{NEWS}publication_date").text).tzinfo is not None
    assert get("/sitemaps/news-1.xml").content.count(b"<url>") == 1


def test_news_sitemap_goes_on_in_a_second_file(ours, monkeypatch):
    monkeypatch.setattr(sitemaps, "NEWS_PER_FILE", 2)
    for _ in range(5):
        written_now(make_article(ours), hours=1)

    found = [place for number in (1, 2, 3) for place in places(f"/sitemaps/news-{number}.xml")]

    assert len(set(found)) == 5
    assert get("/sitemaps/news-4.xml").status_code == 404
    assert f"{SITE}/sitemaps/news-3.xml" in places("/sitemap.xml")


def test_news_sitemap_forgets_what_the_ledger_takes_back(ours):
    article = make_article(ours)
    written_now(article, hours=1)
    LedgerLine.objects.create(publisher=ours, article_key=article.key, mode="none", basis="takedown", noted_at=NOW)

    assert places("/sitemaps/news-1.xml") == []


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-US", "en"), ("zh-Hant", "zh-tw"), ("zh-CN", "zh-cn"), ("zh", "zh-cn"), ("und", "en"), ("ast", "ast")],
)
def test_news_language(tag, language):
    assert sitemaps._news_language(tag) == language


# The other sitemaps


def test_sitemaps_hold_pages_of_own_value_alone(ours):
    other = make_publisher(mode="headline")
    told = make_story(make_article(other), make_article(ours))
    single = make_story(make_article(other))
    merged = make_story(make_article(other), make_article(ours), merged_into=told)
    invented = make_story(make_article(other), make_article(ours), is_sample=True)
    make_section("world", "World")

    assert places("/sitemaps/stories-1.xml") == [SITE + told.path]
    assert {single.pk, merged.pk, invented.pk} <= set(Story.objects.values_list("pk", flat=True))
    assert {f"{SITE}/", f"{SITE}/sections/world", SITE + ours.path} <= set(places("/sitemaps/pages.xml"))
    assert len(places("/sitemaps/articles-1.xml")) == 3
    assert places("/sitemaps/topics-1.xml") == []


def test_index_names_files_that_exist(ours, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    for _ in range(3):
        make_story(make_article(ours), make_article(ours))
    parsed = parse_sitemap(get("/sitemap.xml").content, f"{SITE}/sitemap.xml")

    for link in parsed.sitemaps:
        assert get(link.address.removeprefix(SITE)).status_code == 200
    listed = [p for link in parsed.sitemaps if "stories" in link.address for p in places(link.address[len(SITE) :])]
    assert len(listed) == len(set(listed)) == 3


@pytest.mark.parametrize("name", ["stories-0", "stories-99", f"topics-{10**17}", "news-x", "other-1", "pages-1"])
def test_file_that_does_not_exist(db, name):
    assert get(f"/sitemaps/{name}.xml").status_code == 404


def test_odd_characters_stay_well_formed(ours):
    written_now(make_article(ours, headline="Bell \x07 & \ufffe <end>"), hours=1)

    assert next(tree("/sitemaps/news-1.xml").iter(f"{NEWS}title")).text == "Bell  &  <end>"


# Reservations and licences, read back with the reader we use for others


def test_tdmrep_reserves_all_but_our_own_words(db):
    document = get("/.well-known/tdmrep.json").content

    assert tdmrep_for(document, "/articles/4-ferry") == {"tdmrep": "1"}
    assert tdmrep_for(document, "/about") == {"tdmrep": "0"}


def test_item_reservation_follows_the_ledger(ours):
    free = make_publisher("Free", mode="full", basis="open_licence")
    LedgerLine.objects.filter(publisher=free).update(licence="https://creativecommons.org/licenses/by/4.0/")
    rows = [make_article(ours), make_article(free), make_article(make_publisher("Licensed", mode="full"))]
    displays = Displays(rows, Output.PAGE, now=NOW)

    assert [signals.tdm_reservation(displays, row) for row in rows] == ["0", "0", "1"]


def test_rsl_permits_finding_and_asks_for_the_rest(db):
    document = get("/rsl.xml").content

    assert rsl_for(document, "/articles/4-ferry") == {"rsl-refused": "ai-index ai-input ai-train"}
    assert rsl_for(document, "/about") == {}
    assert b"The Harbor &amp; Day" in document


# security.txt, GPC, robots, OPML


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("desk@example.org", "Contact: mailto:desk@example.org"),
        ("mailto:desk@example.org", "Contact: mailto:desk@example.org"),
        ("https://example.org/contact", "Contact: https://example.org/contact"),
        ("", f"Contact: {SITE}/about"),
        ("desk@example.org\nExpires: 1999-01-01T00:00:00Z", f"Contact: {SITE}/about"),
    ],
)
def test_security_txt(db, settings, monkeypatch, contact, line):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "contact", contact)

    lines = get("/.well-known/security.txt").content.decode().splitlines()

    assert lines[0] == line
    fields = dict(found.split(": ", 1) for found in lines)
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=90) < expires - datetime.now(UTC) < timedelta(days=365)


def test_security_txt_is_missing_without_anybody_to_write_to(db, settings):
    settings.SITE_URL = ""

    assert get("/.well-known/security.txt").status_code == 404


def test_gpc_and_robots_lines(db):
    assert json.loads(get("/.well-known/gpc.json").content) == {"gpc": True, "lastUpdate": signals.GPC_SINCE}
    assert signals.robots_lines() == [f"Sitemap: {SITE}/sitemap.xml", f"License: {SITE}/rsl.xml"]


def test_opml_comes_back_as_the_same_subscriptions(db):
    wanted = make_source(make_publisher("Tide & Time"))
    make_source(make_publisher(), kind="page")
    make_source(make_publisher(), state="gone")

    (found,) = read_opml(get("/sources.opml").content)

    assert (found.address, found.title) == (wanted.address, "Tide & Time")


def test_all_of_it_may_be_kept_as_finished_pages(ours):
    story = make_story(make_article(ours), make_article(ours))
    well_known = [f"/.well-known/{name}" for name in ("tdmrep.json", "gpc.json", "security.txt")]
    paths = ["/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/news-1.xml", "/sources.opml", "/rsl.xml", *well_known]

    for path in [*paths, f"/embed/stories/{story.pk}"]:
        response = get(path)
        assert response.keeping.tags, path
        assert "Vary" not in response
        assert not response.cookies
        assert Client().post(path).status_code == 405
