"""What may become a finished page when Django answers, and what readers get when it fails."""

import time
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from broadsheet.finished.actions import purge
from broadsheet.finished.store import Store
from broadsheet.site.finishing import keep
from broadsheet.site.rendering import Incoming, Renderer

pytestmark = pytest.mark.django_db


class Django:
    """Stands in for the whole of Django: answers what the test says, and remembers what it was asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def get_response(self, request):
        self.asked.append(request)
        return self.answer(request)


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "pages.sqlite3", room_bytes=1_000_000, build="a")
    yield made
    made.close()


@pytest.fixture
def renderer(store, tmp_path):
    def make(answer):
        made = Renderer(store, tmp_path / "locks")
        made._anonymous = made._personal = Django(answer)
        return made

    return make


def ask(renderer, path="/a", key="/a", headers=(), **more):
    return renderer.make(Incoming("GET", path, "", "news.example:8000", "http", "192.0.2.1:5", headers), key)


def page(words="Words", status=200, tags=("article:1",), **headers):
    response = HttpResponse(words, status=status, headers=headers)
    return keep(response, tags, now=timezone.now())


def test_a_kept_page_is_not_made_again(renderer, store):
    making = renderer(lambda _request: page())
    first, second = ask(making), ask(making)
    assert first.page.plain == second.page.plain == b"Words"
    assert len(making._personal.asked) == 1
    assert making.renders == 1


def cookie(_request):
    response = page()
    response.set_cookie("who", "you")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        cookie,
        lambda _request: page(Vary="Cookie"),
        lambda _request: page(**{"Cache-Control": "private"}),
        lambda _request: page(status=404),
        lambda _request: page(status=302),
        lambda _request: page(tags=()),
        lambda _request: HttpResponse("nobody said that it may be kept"),
    ],
)
def test_what_is_personal_or_not_marked_is_answered_but_never_kept(renderer, store, answer):
    making = renderer(answer)
    made = ask(making)
    assert made.page is None
    assert made.body
    assert store.totals() == (0, 0)


def test_a_page_whose_matter_changed_while_it_was_made_is_answered_but_not_kept(renderer, store):
    def answer(_request):
        purge(["article:1"])
        return page()

    assert ask(renderer(answer)).page.plain == b"Words"
    assert store.totals() == (0, 0)


def test_an_older_page_is_better_than_an_error(renderer, store):
    answers = [page("Yesterday's words"), HttpResponse("broken", status=500)]
    answers[0].keeping = type(answers[0].keeping)(answers[0].keeping.tags, timezone.now() + timedelta(seconds=0.05))
    making = renderer(lambda _request: answers.pop(0))
    ask(making)
    time.sleep(0.06)
    assert ask(making).page.plain == b"Yesterday's words"
    assert making.failures == 1
    assert ask(renderer(lambda _request: HttpResponse("broken", status=500)), path="/b", key="/b").status == 500


def test_headers_cannot_pass_for_others(renderer):
    making = renderer(lambda _request: HttpResponse("x"))
    ask(making, key=None, headers=(("x-real-name", "a"), ("x_real_name", "b"), ("host", "evil.example")))
    (asked,) = making._personal.asked
    assert asked.headers["X-Real-Name"] == "a"
    assert asked.META["HTTP_HOST"] == "news.example:8000"
    assert asked.META["SERVER_PORT"] == "8000"


def test_foreign_letters_reach_django_whole(renderer):
    making = renderer(lambda _request: HttpResponse("x"))
    ask(making, path="/articles/2-عودة")
    assert making._personal.asked[0].path == "/articles/2-عودة"
