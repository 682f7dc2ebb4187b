"""Authors, archive, views for reading and print, versions, policies, suggestions: what they show and never show."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article, ArticleState, Author, Byline
from broadsheet.site.finishing import keeping_of
from tests.factories import (
    NOW,
    make_article,
    make_picture,
    make_publisher,
    make_quotation,
    make_revision,
    make_section,
    make_source,
    make_story,
)
from tests.site.test_views import SECRET, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client):
    def get(path, status=200):
        response = client.get(path)
        assert response.status_code == status, path
        return response

    return get


def sign(article, name="Ilse Brandt", slug="ilse-brandt", position=0, **more):
    author, _ = Author.objects.get_or_create(slug=slug, defaults={"name": name, **more})
    Byline.objects.create(article=article, author=author, position=position)
    return author


# Authors


def test_an_author_page_lists_what_is_signed_and_where(get):
    wire, times = make_publisher("Northmark Wire"), make_publisher("Skerry Times")
    for publisher in (wire, times):
        sign(make_article(publisher, headline=f"Told by {publisher.name}"))
    make_article(headline="Signed by nobody")
    words = text_of(get("/authors/ilse-brandt"))
    assert "Told by Northmark Wire" in words
    assert "Told by Skerry Times" in words
    assert "may be two people" in words
    assert "Signed by nobody" not in words
    assert {wire.tag, times.tag} <= keeping_of(get("/authors/ilse-brandt")).tags


def test_a_byline_that_may_not_be_told_is_not_told_by_the_authors_page(get):
    article = make_article(make_publisher(mode="link"), headline="Unseen headline")
    sign(article)
    get("/authors/ilse-brandt", status=404)
    get("/authors/ilse-brandt.atom", status=404)
    sign(make_article(headline="Seen headline"))
    for path in ("/authors/ilse-brandt", "/authors/ilse-brandt.json"):
        page = get(path).content.decode()
        assert "Seen headline" in page
        assert "Unseen headline" not in page


def test_an_article_links_its_authors_and_keeps_the_byline_as_it_is(get):
    article = make_article(byline="Ilse Brandt, Jon Vik", agencies="Northmark Wire")
    sign(article)
    sign(article, "Northmark Wire", "northmark-wire", 1, is_agency=True)
    page = get(article.path).content.decode()
    assert '<a href="/authors/ilse-brandt" rel="author"><bdi lang="en">Ilse Brandt</bdi></a>, <bdi' in page
    assert 'href="/authors/northmark-wire"' in page
    assert "News agency" in text_of(get("/authors/northmark-wire"))


# Archive


def test_the_archive_leads_from_months_to_days_to_reports(get):
    make_article(headline="Of today")
    make_article(headline="Of last month", minutes_ago=60 * 24 * 30)
    assert 'href="/archive/2026/11"' in get("/archive").content.decode()
    month = get("/archive/2026/11").content.decode()
    assert 'href="/archive/2026/11/22"' in month
    assert 'href="/archive/2026/11/21"' not in month
    assert 'href="/archive/2026/10" rel="prev"' in month
    day = get("/archive/2026/11/22").content.decode()
    assert "Of today" in day
    assert "Of last month" not in day
    assert 'href="/archive/2026/10/23" rel="prev"' in day
    assert "Of last month" in get("/archive/2026/10/23.rss").content.decode()


def test_a_day_begins_at_midnight_of_the_sites_zone(get, settings):
    from broadsheet.site import templating

    settings.TIME_ZONE = "Asia/Tokyo"
    templating._zone.cache_clear()
    try:
        article = make_article(headline="Late in Tokyo")
        Article.objects.filter(pk=article.pk).update(shown_at=NOW.replace(hour=15, minute=30))
        assert "Late in Tokyo" in get("/archive/2026/11/23").content.decode()
        get("/archive/2026/11/22", status=404)
    finally:
        templating._zone.cache_clear()


def test_a_days_largest_stories_stand_first(get):
    make_story(make_article(headline="Large"), make_article())
    make_story(make_article(headline="Single"))
    words = text_of(get("/archive/2026/11/22"))
    head, _, rest = words.partition("Everything, newest first")
    assert "Large" in head
    assert "Single" not in head
    assert "Single" in rest


@pytest.mark.parametrize(
    "path",
    [
        "/archive/2026/13",
        "/archive/2026/02/30",
        "/archive/1999/01",
        "/archive/0001/01/01",
        "/archive/2026/11/23",
        "/archive/2026/11/22?page=9",
        "/archive/99999/01",
        "/archive/2026/2/3",
    ],
)
def test_days_that_hold_nothing_are_not_there(get, path):
    make_article()
    get(path, status=404)


# Views for reading and print


@pytest.fixture
def full():
    section = make_section()
    article = make_article(
        make_publisher("Northmark Wire", mode="full", image=True), section=section, blocks=[SECRET], words=900
    )
    make_picture(article)
    make_quotation(article)
    other = make_article(make_publisher("منارة سهيل", language="ar"), language="ar", direction="rtl", section=section)
    return make_story(article, other)


@pytest.mark.parametrize("view", ["reading", "print"])
def test_the_views_show_the_same_text_with_its_source_and_nothing_beside_it(get, full, view):
    page = get(f"{full.lead.path}/{view}").content.decode()
    assert SECRET in page
    assert "Northmark Wire" in page
    assert f'href="{full.lead.address}"' in page
    assert '<meta name="robots" content="noindex, follow">' in page
    assert f'<link rel="canonical" href="{full.lead.address}">' in page
    assert "The same story elsewhere" not in page
    assert full.lead.tag in keeping_of(get(f"{full.lead.path}/{view}")).tags
    story = text_of(get(f"{full.path}/{view}"))
    assert "We sail on Monday" in story
    assert full.lead.address in story


def test_the_reading_view_says_how_long_it_takes(get, full):
    assert "about 4 minutes" in text_of(get(f"{full.lead.path}/reading"))


@pytest.mark.parametrize("mode", ["link", "headline", "extract"])
def test_no_view_leaks_text_below_mode_full(get, mode):
    publisher = make_publisher(mode=mode)
    article = make_article(publisher, blocks=[SECRET], standfirst=SECRET, section=make_section(), headline="Headline X")
    sign(article)
    make_revision(article, "Old headline", f"Older: {SECRET}")
    story = make_story(article, make_article(make_publisher()))
    paths = [f"{article.path}/{view}" for view in ("reading", "print", "versions", "report")]
    paths += [f"{story.path}/{view}" for view in ("reading", "print", "report")]
    for path in [*paths, "/archive/2026/11/22", publisher.path, "/archive/2026/11/22.atom"]:
        page = get(path).content.decode()
        assert SECRET not in page
        if mode == "link":
            assert "Headline X" not in page, path


@pytest.mark.parametrize("view", ["reading", "print", "versions"])
def test_views_of_what_was_taken_down_are_gone(get, view):
    article = make_article(headline="Taken away", state=ArticleState.REMOVED)
    assert "Taken away" not in get(f"{article.path}/{view}", status=410).content.decode()
    get(f"{article.path}/report", status=404)


def test_views_follow_a_slug_that_changed(client, full):
    for thing, view in ((full, "reading"), (full.lead, "versions"), (full.lead, "report")):
        response = client.get(f"{thing.path}-once/{view}")
        assert (response.status_code, response["Location"]) == (301, f"{thing.path}/{view}")
    assert client.get(f"{full.path}/versions").status_code == 404


# Versions


def test_versions_show_what_each_changed_the_newest_first(get):
    article = make_article(make_publisher(mode="full"), headline="Third", blocks=["The line is 1,140 long."])
    make_revision(article, "First", "The line is 1,410 long.", minutes_ago=20)
    make_revision(article, "Second", "The line is 1,410 long.", minutes_ago=10)
    page = get(f"{article.path}/versions").content.decode()
    assert page.index('id="v3"') < page.index('id="v2"') < page.index('id="v1"')
    assert "<del>1,410</del>" in page
    assert "<del>First</del>" in page
    assert "As we first saw it." in page
    assert "3 versions seen" in text_of(get(f"{article.path}/versions"))


def test_an_article_that_never_changed_has_one_version(get):
    article = make_article(make_publisher(mode="full"), blocks=["Text."])
    assert "1 version seen" in text_of(get(f"{article.path}/versions"))


# Sources


def test_sources_can_be_sorted_by_what_is_measured(get):
    section = make_section()
    busy, copying = make_publisher("Busy Herald"), make_publisher("Copying Post", owner="Zed")
    for number in range(3):
        make_article(busy, section=section, minutes_ago=number)
    original, copy = make_article(busy), make_article(copying, access="subscription")
    make_story(original, copy, copies={copy: original})
    Article.objects.update(shown_at=timezone.now())

    def order(sort):
        page = get(f"/sources{sort}").content.decode()
        return page.index("Busy Herald") < page.index("Copying Post")

    assert order("")
    assert order("?sort=reports")
    assert not order("?sort=copies")
    assert not order("?sort=walls")
    assert not order("?sort=owner")
    assert order("?sort=nonsense")
    assert 'aria-sort="descending">Copies' in get("/sources?sort=copies").content.decode()


def test_a_source_page_says_whom_it_copies_and_who_copies_it(get):
    wire, post = make_publisher("Northmark Wire"), make_publisher("Lakeside Post")
    original, copy = make_article(wire, section=make_section()), make_article(post, access="registration")
    make_story(original, copy, copies={copy: original})
    Article.objects.update(shown_at=timezone.now() - timedelta(minutes=5))
    words = text_of(get(post.path))
    assert "Whose reports it takes over" in words
    assert "Behind a wall 100 % (1 of 1)" in words
    assert "Who takes over its reports" in text_of(get(wire.path))
    assert 'href="/sections/politics"' in get(wire.path).content.decode()


# Search


def test_search_narrows_by_kind_time_and_the_rest(get):
    from broadsheet.search.actions import index_articles

    now = timezone.now()
    news, opinion = make_article(headline="Ferry news"), make_article(headline="Ferry opinion", kind="opinion")
    Article.objects.update(shown_at=now)
    old = make_article(headline="Ferry of old", minutes_ago=60 * 24 * 90)
    index_articles([news.pk, opinion.pk, old.pk], now=now)

    def found(query):
        page = get(f"/search?{query}").content.decode()
        return {article.pk for article in (news, opinion, old) if article.path in page}

    assert found("q=ferry") == {news.pk, opinion.pk, old.pk}
    assert found("q=ferry&kind=opinion") == {opinion.pk}
    assert found("q=ferry&time=1d") == {news.pk, opinion.pk}
    assert found("kind=opinion") == {opinion.pk}
    assert found(f"source={news.publisher.slug}") == {news.pk}
    assert found("q=ferry&time=nonsense&kind=%27") == {news.pk, opinion.pk, old.pk}
    page = get("/search?q=ferry&kind=opinion").content.decode()
    assert '<option value="opinion" selected>' in page
    assert "/search.atom?q=ferry&amp;kind=opinion" in page
    assert news.headline not in get("/search.atom?q=ferry&kind=opinion").content.decode()


def test_suggestions_are_what_opensearch_asks_for(get):
    make_section("politics", "Politics")
    response = get("/search/suggestions?q=pol")
    assert response["Content-Type"] == "application/x-suggestions+json"
    asked, names, kinds, addresses = json.loads(response.content)
    assert (asked, names, kinds) == ("pol", ["Politics"], ["Section"])
    assert addresses[0].endswith("/sections/politics")
    assert b"{searchTerms}" in get("/opensearch.xml").content


# Policies and errors


def test_policies_say_what_this_site_keeps(get):
    words = text_of(get("/privacy"))
    assert "A problem you report" in words
    assert "180 days after it was decided" in words
    for path in ("/imprint", "/terms", "/accessibility"):
        assert "Report a problem" in text_of(get(path)) or path == "/imprint"
    assert "has not completed its imprint" in text_of(get("/imprint"))


def test_what_is_not_there_leads_on(get):
    make_article(headline="The newest of all")
    page = get("/news/2024/ferry-line-reopens.html", status=404).content.decode()
    assert 'value="ferry line reopens html"' in page
    assert "The newest of all" in page


def test_components_are_shown_only_while_debugging(get, settings):
    get("/-/components", status=404)
    settings.DEBUG = True
    page = get("/-/components").content.decode()
    for part in ("story--lead", "river__item", "edit__text", "problems", "onward", 'dir="rtl"'):
        assert part in page


# Queries


def test_queries_do_not_grow_with_what_is_shown(client, full, django_assert_num_queries):
    sign(full.lead)
    make_revision(full.lead, "Before")
    budgets = {
        "/authors/ilse-brandt": 7,
        "/authors/ilse-brandt.atom": 4,
        "/archive": 5,
        "/archive/2026/11": 6,
        "/archive/2026/11/22": 11,
        "/archive/2026/11/22.rss": 3,
        f"{full.lead.path}/reading": 20,
        f"{full.lead.path}/versions": 10,
        f"{full.lead.path}/report": 6,
        f"{full.path}/print": 23,
        "/privacy": 4,
        "/search?q=ferry": 17,
        "/search/suggestions?q=fer": 4,
        "/nothing": 6,
    }
    for _grown in range(2):
        for path, budget in budgets.items():
            with django_assert_num_queries(budget, exact=False):
                assert client.get(path).status_code == (404 if path == "/nothing" else 200), path
        for number in range(3):
            publisher = make_publisher(mode="extract")
            more = [make_article(publisher, section=full.section, minutes_ago=number) for _ in range(2)]
            for article in more:
                sign(article)
            make_story(*more, weight=number)
            make_source(publisher)
