"""The hub is told of the feeds that changed, once, and again when it did not hear."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import pytest
from huey.api import Huey
from huey.storage import SqliteStorage

from broadsheet.articles.models import Mention, Topic
from broadsheet.finished.actions import purge
from broadsheet.gathering.websub import HubError, changed_lists, tell_hub
from broadsheet.stories.models import Story
from tests.factories import make_article, make_publisher, make_section, make_story

SITE = "https://news.example.org"


@pytest.fixture
def hub():
    """A hub on loopback. `told` holds the forms it got; `status` is what it answers."""

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.server.told.append(parse_qsl(body))
            self.send_response(self.server.status)
            self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hub)
    server.told, server.status = [], 204
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def queue(tmp_path, settings, monkeypatch, hub, db):
    settings.SITE_URL = SITE
    values = vars(settings.ENVIRONMENT)
    monkeypatch.setitem(values, "websub_hub", f"http://127.0.0.1:{hub.server_port}/")
    monkeypatch.setitem(values, "allow_networks", (f"127.0.0.1:{hub.server_port}",))
    made = Huey("test", storage_class=SqliteStorage, filename=str(tmp_path / "queue.sqlite3"))
    yield made
    made.storage.close()


def feeds(form):
    assert form[0] == ("hub.mode", "publish")
    return [value for name, value in form if name == "hub.url"]


def test_changed_feeds_are_told_once(queue, hub):
    purge(["front"])
    assert tell_hub(queue) == 0, "what was before the first look is not told"
    story = make_story(make_article(make_publisher("Quay", mode="headline")))
    purge(["latest", story.tag, "section:world"])

    assert tell_hub(queue) == 9
    assert tell_hub(queue) == 0
    (form,) = hub.told
    paths = ["/latest", "/sections/world", story.path]
    assert feeds(form) == [f"{SITE}{path}.{end}" for path in paths for end in ("atom", "rss", "json")]


def test_hub_that_does_not_take_it_is_told_again(queue, hub):
    tell_hub(queue)
    purge(["front"])
    hub.status = 503
    with pytest.raises(HubError, match="503"):
        tell_hub(queue)
    hub.status = 302
    with pytest.raises(HubError, match="302"):
        tell_hub(queue)
    hub.status = 202

    assert tell_hub(queue) == 3
    assert len(hub.told) == 3


def test_hub_on_a_network_that_is_not_allowed_is_not_asked(queue, hub, settings, monkeypatch):
    tell_hub(queue)
    purge(["front"])
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "allow_networks", ())

    with pytest.raises(HubError):
        tell_hub(queue)

    assert hub.told == []


def test_nothing_is_told_without_a_hub_or_an_address(queue, hub, settings, monkeypatch):
    tell_hub(queue)
    purge(["front"])
    settings.SITE_URL = ""
    assert tell_hub(queue) == 0
    settings.SITE_URL = SITE
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "websub_hub", "")
    assert tell_hub(queue) == 0
    assert hub.told == []


def test_lists_of_each_kind(db):
    publisher = make_publisher("Quay", mode="headline")
    article = make_article(publisher, section=make_section("world"))
    topic = Topic.objects.create(slug="skerries", name="Skerries", kind="place")
    Mention.objects.create(article=article, topic=topic, shown_at=article.shown_at)
    story = make_story(article)
    merged = Story.objects.create(
        key="m", headline="x", first_at=story.first_at, moved_at=story.moved_at, merged_into=story
    )
    tags = {"front", article.tag, publisher.tag, "section:world", story.tag, merged.tag, "sources", "story:x", "topic"}

    assert changed_lists(tags) == ["/index", "/sections/world", publisher.path, story.path, topic.path]
    assert changed_lists({"all", article.tag}) == ["/index", "/latest"]
    assert changed_lists(set()) == []


def test_many_feeds_go_in_several_requests(queue, hub):
    tell_hub(queue)
    purge([f"section:s{number}" for number in range(50)])

    assert tell_hub(queue) == 150
    assert [len(feeds(form)) for form in hub.told] == [60, 60, 30]
