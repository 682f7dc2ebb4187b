"""A spam service elsewhere: off as it comes, asked last and least, and without harm when it fails."""

import logging
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django.test import Client

from broadsheet.comments import akismet, tasks
from broadsheet.comments.guard import Rules, WordList
from broadsheet.comments.guarding import set_house
from broadsheet.comments.models import Act, CommentState
from broadsheet.comments.moderating import decide
from broadsheet.comments.posting import GuardError, post_comment
from broadsheet.environment import SettingError, read_environment
from tests.factories import NOW


class Service:
    """says: its answer to every question; None hangs up. heard: what it was told."""

    def __init__(self):
        self.says, self.status, self.heard = "false", 200, []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told = {name: values[0] for name, values in parse_qs(body).items()}
                service.heard.append((self.path, told))
                if service.says is None:
                    self.close_connection = True
                    return
                said = service.says.encode()
                self.send_response(service.status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server.server_address[1]

    def paths(self):
        return [path for path, _told in self.heard]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def environment(settings, **values):
    before = settings.ENVIRONMENT
    settings.ENVIRONMENT = read_environment({f"BROADSHEET_{name}": value for name, value in values.items()})
    yield
    settings.ENVIRONMENT = before


@pytest.fixture
def service(settings, db):
    made = Service()
    address = f"http://k3y@127.0.0.1:{made.port}/filter"
    with environment(settings, AKISMET=address, ALLOW_NETWORKS=f"127.0.0.1:{made.port}"):
        yield made
    made.stop()


def test_as_it_comes_nobody_is_asked(story, writer, say):
    assert not akismet.is_on()
    assert say(writer(), "An ordinary remark").state == CommentState.PUBLISHED
    assert "sends nothing to anybody else" in Client().get("/comments/rules").content.decode()


def test_what_it_lets_pass_is_published_and_it_learns_little(story, writer, say, service):
    bo = writer("Bo Tarrant")
    assert say(bo, "An ordinary remark").state == CommentState.PUBLISHED

    ((path, told),) = service.heard
    assert path == "/filter/1.1/comment-check"
    assert (told["api_key"], told["comment_content"], told["comment_author"]) == (
        "k3y",
        "An ordinary remark",
        "Bo Tarrant",
    )
    assert told["comment_type"] == "comment"
    assert told["user_ip"] == "0.0.0.0"
    assert bo.email not in str(told)


def test_what_it_calls_spam_waits_for_an_editor_with_the_reason(story, writer, say, service):
    service.says = "true"
    held = say(writer(), "Best watches in town")

    assert held.state == CommentState.HELD
    assert [finding["reason"] for finding in held.held_for] == ["spam_elsewhere"]


@pytest.mark.parametrize(
    ("says", "status"), [(None, 200), ("invalid", 200), ("true", 500), ("", 200), ("x" * 9_999, 200)]
)
def test_a_service_that_fails_changes_nothing(story, writer, say, service, says, status, caplog):
    service.says, service.status = says, status
    with caplog.at_level(logging.ERROR):
        assert say(writer(), "An ordinary remark").state == CommentState.PUBLISHED
    assert not caplog.records


def test_a_service_that_is_gone_changes_nothing(story, writer, say, service):
    service.stop()
    assert say(writer(), "An ordinary remark").state == CommentState.PUBLISHED
    service.server = Service().server


def test_it_is_not_told_what_is_held_or_refused_anyway_or_of_whom_we_trust(story, writer, say, service):
    set_house(Rules(refused_words=WordList.of(["watches"])), actor="test", now=NOW, closes_after_days=0)
    say(writer("New Here", known=False), "My first remark")
    say(writer("Old Hand", trusted=True), "A trusted remark")
    with pytest.raises(GuardError):
        say(writer("Cy Lund"), "Best watches in town")

    assert service.heard == []


def test_a_form_sent_twice_asks_once(story, writer, service):
    bo = writer()
    for _ in range(2):
        post_comment(bo, story, "An ordinary remark", token="t" * 20, now=NOW)

    assert len(service.heard) == 1


class TestTeaching:
    @pytest.fixture
    def taught(self, monkeypatch, django_capture_on_commit_callbacks):
        """taught(comment, act, ...) -> what the workers were handed."""
        handed = []
        monkeypatch.setattr("broadsheet.comments.moderating.teach_elsewhere", lambda *told: handed.append(told))

        def act(comment, moderator, wished, **more):
            with django_capture_on_commit_callbacks(execute=True):
                decide(comment, moderator, wished, now=NOW, **more)
            return handed

        return act

    def test_what_it_missed(self, story, writer, say, moderator, service, taught):
        comment = say(writer(), "Best watches in town")
        assert taught(comment, moderator(), Act.REMOVE, reason="spam") == [(comment.pk, "spam")]

        tasks.teach_elsewhere.call_local(comment.pk, "spam")
        assert service.paths()[-1] == "/filter/1.1/submit-spam"

    def test_what_it_wrongly_doubted(self, story, writer, say, moderator, service, taught):
        service.says = "true"
        comment = say(writer(), "A fair question")
        assert taught(comment, moderator(), Act.APPROVE) == [(comment.pk, "ham")]

        tasks.teach_elsewhere.call_local(comment.pk, "ham")
        assert service.paths()[-1] == "/filter/1.1/submit-ham"

    def test_other_decisions_are_none_of_its_business(self, story, writer, say, moderator, service, taught):
        comment = say(writer(), "You are all fools")
        assert taught(comment, moderator(), Act.REMOVE, reason="insult") == []


def test_the_pages_say_so(story, service):
    assert "spam service elsewhere" in Client().get("/comments/rules").content.decode()
    assert "spam service elsewhere" in Client().get("/privacy").content.decode()


@pytest.mark.parametrize("value", ["https://rest.akismet.com", "ftp://k@x.example", "k3y", "https://k@x.example?a=b"])
def test_a_setting_that_names_no_service_stops_the_start_and_shows_no_key(value):
    with pytest.raises(SettingError, match="AKISMET is a value that is not shown"):
        read_environment({"BROADSHEET_AKISMET": value})
