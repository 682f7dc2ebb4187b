"""Every address of the readers' site: what it shows, what it never shows, how many queries it takes."""

import re

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article, ArticleState, Mention, Topic
from broadsheet.site.finishing import keeping_of
from broadsheet.stories.models import Story
from tests.factories import (
    make_article,
    make_picture,
    make_publisher,
    make_quotation,
    make_revision,
    make_section,
    make_source,
    make_story,
)

pytestmark = pytest.mark.django_db
SECRET = "Nobody may read this sentence here."


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def get(client):
    def get(path, status=200):
        response = client.get(path)
        assert response.status_code == status, path
        return response

    return get


@pytest.fixture
def told():
    """A story with three own reports and a copy, in a section."""
    section = make_section("politics", "Politics")
    first = make_article(make_publisher("Northmark Wire", mode="full", image=True), section=section, blocks=[SECRET])
    second = make_article(make_publisher("Skerry Times"), section=section, minutes_ago=20)
    third = make_article(
        make_publisher("منارة سهيل", language="ar"),
        section=section,
        minutes_ago=10,
        headline="عودة العبارة",
        language="ar",
        direction="rtl",
    )
    copy = make_article(make_publisher("Lakeside Post"), section=section, minutes_ago=5)
    make_quotation(first)
    make_picture(first)
    return make_story(first, second, third, copy, copies={copy: first})


def test_an_empty_site_says_so(get):
    assert "Nothing has come in yet" in text_of(get("/"))
    for path in ("/latest", "/sections", "/sources", "/corrections", "/about", "/how-we-choose", "/search"):
        get(path)


def test_front_shows_the_story_with_its_counts_and_ends(get, told):
    words = text_of(get("/"))
    assert told.headline in words
    assert "3 independent reports" in words
    assert "4 outlets" in words
    assert "That is the front page." in words


def test_front_tells_each_change_of_a_section_it_has_written_before(get):
    """The blocks of sections are kept as written: whatever they show must make them anew."""
    section = make_section("politics", "Politics")
    papers = [make_publisher(f"Paper {number}", mode="full") for number in range(12)]
    stories = [make_story(make_article(paper, section=section), weight=20 - n) for n, paper in enumerate(papers)]
    shown = stories[8]  # below the lead and the seconds: in the block of its section

    def block():
        found = re.search(r'<section class="block".*?</section>', get("/").content.decode(), re.DOTALL)
        return re.sub(r"\s+", " ", found[0])

    first = block()
    assert shown.headline in first
    assert block() == first
    changes = (
        lambda: Article.objects.filter(pk=shown.lead_id).update(headline="Another headline"),
        lambda: Story.objects.filter(pk=shown.pk).update(outlets=7, independents=5),
        lambda: type(section).objects.filter(pk=section.pk).update(name="Affairs"),
        lambda: type(papers[9]).objects.filter(pk=papers[9].pk).update(name="Renamed & Sons"),
        lambda: Story.objects.filter(pk=shown.pk).update(weight=0),
    )
    for change, told in zip(
        changes, ("Another headline", "5 independent", "Affairs", "Renamed &amp; Sons", ""), strict=True
    ):
        before = block()
        assert not told or told not in before
        change()
        assert block() != before
        assert told in block()


def test_front_orders_by_weight(get):
    light, heavy = (make_story(make_article(headline=name), weight=weight) for name, weight in (("L", 1), ("H", 9)))
    page = get("/").content.decode()
    assert page.index(heavy.lead.path) < page.index(light.lead.path)


def test_story_folds_copies_under_their_original(get, told):
    page = get(told.path).content.decode()
    assert "and one reprint of Northmark Wire" in text_of(get(told.path))
    assert "<details" in page
    assert "We sail on Monday" in page
    assert "Ada Lund" in page


def test_story_and_article_mark_language_and_direction(get, told):
    page = get(told.path).content.decode()
    assert 'lang="ar" dir="rtl"><a href="/articles/' in page
    third = Article.objects.get(language="ar")
    assert '<h1 class="report__headline" lang="ar" dir="rtl">عودة العبارة</h1>' in get(third.path).content.decode()


def test_article_in_full_has_its_attribution_above_the_text(get, told):
    page = get(told.lead.path).content.decode()
    attribution, text = page.index("Northmark Wire</bdi></a>"), page.index(SECRET)
    assert attribution < text < page.rindex(f'href="{told.lead.address}"')
    assert f'<link rel="canonical" href="{told.lead.address}">' in page
    assert '<meta name="robots" content="noindex, follow">' in page


@pytest.mark.parametrize("mode", ["link", "headline", "extract"])
def test_no_page_leaks_text_below_mode_full(get, mode):
    publisher = make_publisher(mode=mode)
    article = make_article(publisher, blocks=[SECRET], standfirst=SECRET, section=make_section())
    make_revision(article, "Old headline", f"Older: {SECRET}")
    other = make_article(make_publisher(), section=article.section)
    story = make_story(article, other)
    for path in (article.path, story.path, "/", "/latest", publisher.path, "/sections/politics", "/latest.atom"):
        assert SECRET not in get(path).content.decode()


def test_mode_link_names_the_publisher_and_links_there(get):
    article = make_article(make_publisher("Quiet Gazette", mode="link"), headline="Unseen headline")
    page = get(article.path).content.decode()
    assert "Unseen headline" not in page
    assert "A report by Quiet Gazette" in page
    assert f'href="{article.address}"' in page
    latest = get("/latest").content.decode()
    assert "Unseen headline" not in latest
    assert f'href="{article.address}" rel="noopener"' in latest


def test_no_feed_tells_a_headline_that_may_not_be_told(get):
    article = make_article(make_publisher(mode="link"), headline="Unseen headline")
    story = make_story(article, make_article())
    for path in (f"{story.path}.atom", "/index.rss", "/latest.json"):
        assert "Unseen headline" not in get(path).content.decode()


def test_a_held_article_is_headline_and_link_only(get):
    article = make_article(make_publisher(mode="full"), blocks=[SECRET], state=ArticleState.HELD)
    page = get(article.path).content.decode()
    assert SECRET not in page
    assert article.headline in text_of(get(article.path))


def test_a_picture_without_a_right_is_not_shown(get):
    article = make_article(make_publisher(mode="full"), blocks=["Text."])
    make_picture(article)
    assert "/pictures/" not in get(article.path).content.decode()


def test_a_wall_is_told_before_the_click(get):
    article = make_article(access="subscription")
    assert "for subscribers" in text_of(get(article.path))
    assert "subscribers only" in text_of(get("/latest"))


def test_a_removed_article_is_gone_everywhere(get):
    article = make_article(headline="Taken away", state=ArticleState.REMOVED)
    response = get(article.path, status=410)
    assert "Taken away" not in response.content.decode()
    assert "gone" in text_of(response)
    assert keeping_of(response).tags == {article.tag}
    assert "Taken away" not in get("/latest").content.decode()


def test_slugs_that_changed_redirect(client, told):
    for thing in (told, told.lead):
        response = client.get(f"{thing.path}-once")
        assert (response.status_code, response["Location"]) == (301, thing.path)


def test_a_merged_story_redirects(client, told):
    old = Story.objects.create(
        key="old", slug="old", headline="Old", first_at=told.first_at, moved_at=told.moved_at, merged_into=told
    )
    response = client.get(old.path)
    assert (response.status_code, response["Location"]) == (301, told.path)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/stories/999-x",
        "/articles/999",
        "/articles/0",
        "/articles/99999999999999999999999",
        "/sections/none",
        "/topics/none",
        "/sources/none",
        "/latest?page=0",
        "/latest?page=41",
        "/latest?page=a",
        "/latest?page=%00",
    ],
)
def test_what_is_not_there_is_a_page_of_the_same_quality(get, path):
    response = get(path, status=404)
    assert "There is no such page" in text_of(response)
    assert keeping_of(response) is None


def test_edits_are_shown_as_differences(get):
    article = make_article(make_publisher(mode="full"), blocks=["The line is 1,140 kilometers long."])
    make_revision(article, article.headline, "The line is 1,410 kilometers long.", is_announced=True)
    page = get(article.path).content.decode()
    assert "<del>1,410</del>" in page
    assert "<ins>1,140</ins>" in page
    assert article.headline in get("/corrections").content.decode()


def test_related_stories_say_why(get, told):
    topic = Topic.objects.create(slug="ada-lund", name="Ada Lund", kind="person")
    other = make_story(make_article(headline="Another ferry", section=told.section))
    for article in (told.lead, other.lead):
        Mention.objects.create(article=article, topic=topic, shown_at=article.shown_at)
    assert "Same person, within a day: Ada Lund" in text_of(get(told.path))
    assert "Another ferry" in get(topic.path).content.decode()


def test_the_sample_is_labeled_on_every_page(get, told):
    make_publisher(is_sample=True)
    label = "Sample edition: invented publishers, people and places"
    for path in ("/", told.path, told.lead.path, "/latest", "/sources", "/search", "/about"):
        assert label in get(path).content.decode()
    assert label in get("/nothing", status=404).content.decode()


@pytest.mark.parametrize(
    ("address", "robots"), [("https://news.example", "noindex, follow"), ("http://127.0.0.1:8000", "index, follow")]
)
def test_search_engines_are_not_sent_to_invented_stories(get, settings, told, address, robots):
    settings.SITE_URL = address
    Story.objects.update(is_sample=True)
    assert f'<meta name="robots" content="{robots}">' in get(told.path).content.decode()
    assert '<meta name="robots" content="noindex, follow">' in get(told.lead.path).content.decode()


def test_source_page_shows_what_is_measured(get, told):
    publisher = Article.objects.get(publisher__name="Lakeside Post").publisher
    Article.objects.update(shown_at=timezone.now())
    make_source(publisher, problem="The feed answers with status 503.", cause="http-503", failures=3)
    words = text_of(get(publisher.path))
    assert "100 % (1 of 1)" in words
    assert "status 503" in words
    assert "1 address fails" in text_of(get("/sources"))


def test_search_marks_what_matches(get, told):
    from broadsheet.search.actions import index_articles

    index_articles([told.lead.pk], now=timezone.now())
    page = get("/search?q=ferry").content.decode()
    assert "<mark>Ferry</mark>" in page
    assert keeping_of(get("/search?q=ferry")) is None


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00%22((", "q=" + "a" * 9000, "q=%F0%9F%98%80", "page=x&q=a&section=%27"]
)
def test_search_takes_anything(get, query):
    get(f"/search?{query}")


def test_pages_say_what_they_show(get, told):
    kept = keeping_of(get(told.path)).tags
    assert {told.tag, told.lead.tag} <= kept
    assert {"front", "latest", told.tag} <= keeping_of(get("/")).tags
    assert {"latest", told.lead.tag} <= keeping_of(get("/latest")).tags
    assert {"section:politics", told.tag} <= keeping_of(get("/sections/politics")).tags
    others = {f"article:{pk}" for pk in Article.objects.values_list("pk", flat=True)}
    assert len(others & keeping_of(get(told.lead.path)).tags) >= 3


def test_every_page_forbids_what_it_does_not_use(get, told):
    for path in ("/", told.path, "/latest.atom", "/robots.txt"):
        response = get(path)
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert not response.cookies


def test_pages_hold_nothing_inline_and_nothing_foreign(get, told):
    for path in ("/", told.path, told.lead.path, "/sources", "/search"):
        page = get(path).content.decode()
        assert " style=" not in page
        assert not re.search(r"<script(?! type=\"(?:module\" src=\"/static/|application/ld\+json\">))", page)
        assert not re.search(r'(src|srcset)="(?!/)', page)


def test_words_of_publishers_are_never_markup(get):
    article = make_article(
        make_publisher("<b>Bold</b> & Sons", mode="extract"),
        headline="<script>alert(1)</script>",
        summary='"><img src=x>',
        byline="<i>x</i>",
        address='https://x.example/"><script>',
    )
    for path in (article.path, "/latest", "/", "/sources"):
        page = get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
        assert "<b>Bold" not in page


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_nothing_here_takes_writes(client, verb):
    assert getattr(client, verb)("/").status_code == 405


def test_queries_do_not_grow_with_what_is_shown(client, told, django_assert_num_queries):
    budgets = {
        "/": 13,
        "/latest": 6,
        "/sections/politics": 8,
        "/sources": 9,
        "/sources?sort=copies": 9,
        "/how-we-choose": 15,
        "/corrections": 5,
        told.path: 22,
        told.lead.path: 18,
        told.lead.publisher.path: 18,
        "/latest.atom": 3,
        "/index.rss": 3,
        f"{told.path}.json": 6,
    }
    for _grown in range(2):
        for path, budget in budgets.items():
            with django_assert_num_queries(budget, exact=False):
                assert client.get(path).status_code == 200
        for number in range(3):
            publisher = make_publisher(mode="extract")
            more = [make_article(publisher, section=told.section, minutes_ago=number) for _ in range(2)]
            make_story(*more, weight=number)
            make_source(publisher)
