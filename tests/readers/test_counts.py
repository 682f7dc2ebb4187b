"""Audience counts: sums without persons, for editors, and for each publisher its own."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

import tests.factories as make
from broadsheet.readers.accounts import give_role
from broadsheet.readers.counts import by_day, most_opened, publisher_report, record
from broadsheet.readers.models import PageCount, RoleKind
from broadsheet.readers.targets import Thing
from broadsheet.site.audience import Audience, thing_of

pytestmark = pytest.mark.django_db
TODAY = datetime.now(timezone.get_default_timezone()).date()


@pytest.mark.parametrize(
    ("path", "thing"),
    [
        ("/", Thing("front", "")),
        ("/articles/12-harbor", Thing("article", "12")),
        ("/articles/12", Thing("article", "12")),
        ("/read/12", Thing("article", "12")),
        ("/stories/7-ferry.atom", Thing("story", "7")),
        ("/sources/harbor-courier", Thing("source", "harbor-courier")),
        ("/account", None),
        ("/my", None),
        ("/articles/x", None),
        ("/search", None),
    ],
)
def test_things_are_known_by_their_path(path, thing):
    assert thing_of(path) == thing


def test_browsers_count_and_machines_do_not(db):
    article = make.make_article()
    audience = Audience()
    for mode in ("navigate", "navigate", None, "cors", "no-cors"):
        audience.note(article.path, mode, "https://www.elsewhere.example/page?q=private", "news.example")
    audience.note(article.path, "navigate", "https://news.example/", "news.example")
    audience.note("/articles/99999999", "navigate", None, "news.example")

    audience.hand_over(at_once=True)

    counted = sorted(PageCount.objects.values_list("kind", "name", "count"))
    assert counted == [("article", str(article.pk), 3), ("referrer", "elsewhere.example", 2)]


def test_made_up_addresses_and_senders_fill_nothing(db):
    audience = Audience()
    for number in range(6_000):
        audience.note(f"/articles/{number + 1}", "navigate", f"https://{'x' * 300}{number}/", "news.example")

    audience.hand_over(at_once=True)

    assert PageCount.objects.count() == 0


def test_sums_are_added_up_by_day(db):
    story = make.make_story(make.make_article())
    for _ in range(2):
        record({Thing("story", str(story.pk)): 2, Thing("front", ""): 1}, day=TODAY)
    record({Thing("story", str(story.pk)): 5}, day=TODAY - timedelta(days=3))

    assert by_day(since=TODAY - timedelta(days=7)) == {TODAY - timedelta(days=3): 5, TODAY: 6}
    assert most_opened("story", since=TODAY) == [(str(story.pk), 4)]


def test_a_publisher_is_told_what_was_done_with_its_work(db):
    own = make.make_publisher("Harbor Courier", mode="extract")
    first, _second = make.make_article(own), make.make_article(own)
    make.make_article()
    record({Thing("article", str(first.pk)): 4, Thing("source", "harbor-courier"): 1}, day=make.NOW.date())

    found = publisher_report(own, first=date(2026, 11, 1), last=make.NOW.date(), now=make.NOW)

    assert found.modes == {"extract": 2}
    assert found.openings == 5


class TestTheDesk:
    def test_editors_see_the_audience_and_others_see_no_page(self, client, reader):
        record({Thing("front", ""): 3}, day=TODAY)
        assert client.get("/desk/audience").status_code == 302
        client.force_login(reader)
        assert client.get("/desk/audience").status_code == 404

        give_role(reader, RoleKind.EDITOR)

        page = client.get("/desk/audience").content.decode()
        assert "Audience" in page
        assert f'<th scope="row">{TODAY.isoformat()}</th><td>3</td>' in page

    def test_publishers_get_their_own_report_alone(self, client, reader):
        own, _other = make.make_publisher("Harbor Courier"), make.make_publisher("Island Post")
        give_role(reader, RoleKind.PUBLISHER, publisher=own)
        client.force_login(reader)

        report = client.get("/desk/audience/harbor-courier.csv")

        assert "openings of our pages about them" in report.content.decode()
        assert client.get("/desk/audience/island-post.csv").status_code == 404
        assert client.get("/desk/audience").status_code == 404
