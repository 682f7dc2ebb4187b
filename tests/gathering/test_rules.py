"""An operator's rules on the whole way of a report: for the pages of one source, from now on, never its doing."""

import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from broadsheet.articles.models import Article, ArticleState, Revision
from broadsheet.fetching.messages import Response, Validators
from broadsheet.finished.models import Purge
from broadsheet.gathering.intake import due_entries, read_page
from broadsheet.gathering.run import gather
from broadsheet.sources.actions import PublisherFacts, add_publisher, follow, set_rules
from broadsheet.sources.models import Entry, EntryState, Publisher, SourceKind

NOW = datetime.now(UTC)
PROSE = "".join(
    f"<p>The council of Quellstadt said on Monday that the old dam would hold {n} more years, as its keeper hoped.</p>"
    for n in range(2, 9)
)
BOX = "<div class='text tip'><p>Our editors recommend the great dam quiz, which has waited for you since May.</p></div>"
DROP_BOX = 'drop = ".tip"  # since the relaunch of May'


def page(*parts, head=""):
    text = "".join(parts)
    return f"<html lang=en><head><title>Dam</title>{head}</head><body><article><h1>Dam holds</h1>{text}</article>"


class Paper(BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.server.pages.get(self.path, "").encode()
        tag = f'"{sha256(body).hexdigest()[:12]}"'
        status = 404 if not body else 304 if self.headers["If-None-Match"] == tag else 200
        self.server.asked.append((self.path, status))
        self.send_response(status)
        self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed.xml" else "text/html")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body) if status == 200 else 0))
        self.end_headers()
        self.wfile.write(body if status == 200 else b"")

    def log_message(self, *_):
        pass


class Papers:
    """Two papers, each with a feed that announces /dam, and a site that follows both."""

    def __init__(self):
        self.servers = {name: ThreadingHTTPServer(("127.0.0.1", 0), Paper) for name in ("Tidings", "Herald")}
        self.threads = [threading.Thread(target=server.serve_forever) for server in self.servers.values()]
        self.publishers = {}
        for thread in self.threads:
            thread.start()
        for name, server in self.servers.items():
            host = f"http://127.0.0.1:{server.server_port}"
            item = f"<item><title>Dam holds</title><link>{host}/dam</link></item>"
            server.pages = {
                "/feed.xml": f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{item}</channel></rss>',
                "/dam": page(PROSE, BOX),
            }
            server.asked = []
            line = {"mode": "full", "basis": "licence"}
            self.publishers[name], _ = add_publisher(PublisherFacts(name, host, ledger=(line,)), now=NOW)
            follow(self.publishers[name], f"{host}/feed.xml", kind=SourceKind.FEED, now=NOW)

    def stop(self):
        for server in self.servers.values():
            server.shutdown()
            server.server_close()
        for thread in self.threads:
            thread.join()

    def publish(self, name, path, html):
        self.servers[name].pages[path] = html

    def rule(self, name, text):
        return set_rules(Publisher.objects.get(name=name), text, now=datetime.now(UTC))

    def text(self, name):
        article = Article.objects.select_related("body").get(publisher__name=name)
        return "\n".join(block["text"] for block in article.body.blocks)


@pytest.fixture
def papers(transactional_db):
    papers = Papers()
    before = vars(settings.ENVIRONMENT)["allow_networks"]
    ports = [server.server_port for server in papers.servers.values()]
    vars(settings.ENVIRONMENT)["allow_networks"] = tuple(f"127.0.0.1:{port}" for port in ports)
    yield papers
    vars(settings.ENVIRONMENT)["allow_networks"] = before
    papers.stop()


def run(**more):
    return gather(patience=timedelta(0), **more)


def test_rules_are_for_the_pages_of_their_own_source(papers):
    papers.rule("Tidings", DROP_BOX)

    run()

    assert "quiz" not in papers.text("Tidings")
    assert "keeper" in papers.text("Tidings")
    assert "quiz" in papers.text("Herald")


def test_what_changes_by_new_rules_is_no_edit_of_the_publisher(papers):
    run()
    assert "quiz" in papers.text("Tidings")
    Purge.objects.all().delete()

    assert papers.rule("Tidings", DROP_BOX) == 1
    run(forced=True)

    article = Article.objects.get(publisher__name="Tidings")
    assert papers.servers["Tidings"].asked[-1] == ("/dam", 200)
    assert papers.servers["Herald"].asked[-1] == ("/dam", 304)
    assert "quiz" not in papers.text("Tidings")
    assert (article.version, Revision.objects.count()) == (1, 0)
    assert Purge.objects.filter(tag=article.tag).exists()


def test_edits_of_the_publisher_are_seen_under_rules(papers):
    papers.rule("Tidings", DROP_BOX)
    run()
    papers.publish("Tidings", "/dam", page(PROSE.replace("hold", "break"), BOX))

    run(forced=True)

    assert Article.objects.get(publisher__name="Tidings").version == 2
    assert Revision.objects.count() == 1
    assert all("quiz" not in block["text"] for block in Revision.objects.get().blocks)


def test_edits_are_seen_after_rules_that_changed_nothing(papers):
    papers.publish("Tidings", "/dam", page(PROSE))
    run()
    papers.rule("Tidings", DROP_BOX)
    run(forced=True)
    papers.publish("Tidings", "/dam", page(PROSE.replace("hold", "break")))

    run(forced=True)

    assert Revision.objects.count() == 1


def test_authors_by_new_rules_take_the_place_of_the_old(papers):
    papers.publish("Tidings", "/dam", page("<div class=who>Nora Velt</div>", PROSE))
    run()
    papers.rule("Tidings", 'author = ".who"')

    run(forced=True)

    assert Article.objects.get(publisher__name="Tidings").byline == "Nora Velt"


def test_rules_taken_away_bring_back_what_they_dropped(papers):
    papers.rule("Tidings", DROP_BOX)
    run()
    assert papers.rule("Tidings", "") == 1

    run(forced=True)

    assert "quiz" in papers.text("Tidings")
    assert Revision.objects.count() == 0


def test_other_words_around_the_same_rules_read_nothing_again(papers):
    papers.rule("Tidings", DROP_BOX)
    run()

    assert papers.rule("Tidings", 'drop = [".tip"]') == 0
    run(forced=True)

    assert papers.servers["Tidings"].asked[-1] == ("/dam", 304)


def test_a_page_without_an_article_is_tried_again_under_new_rules(papers):
    papers.rule("Tidings", 'drop = "article"')
    run()
    assert Entry.objects.get(publisher__name="Tidings").state == EntryState.FAILED

    assert papers.rule("Tidings", DROP_BOX) == 1
    run()

    assert Article.objects.get(publisher__name="Tidings").state == ArticleState.LIVE


def test_further_pages_are_read_by_the_same_rules(papers):
    papers.publish("Tidings", "/dam", page(PROSE, head="<link rel=next href='/dam?page=2'>"))
    papers.publish("Tidings", "/dam?page=2", page(PROSE.replace("Monday", "Tuesday"), BOX))
    papers.rule("Tidings", DROP_BOX)

    run()

    assert "Tuesday" in papers.text("Tidings")
    assert "quiz" not in papers.text("Tidings")


@pytest.mark.parametrize("text", ["drop = [", 'drop = "html"'])
def test_rules_broken_by_hand_stop_nothing_and_are_told_once(papers, text):
    Publisher.objects.filter(name="Tidings").update(rules=text)

    summary = run()

    home = Publisher.objects.get(name="Tidings").home
    assert [problem for problem in summary.problems if problem.startswith(home)] == summary.problems
    assert len(summary.problems) == 1
    assert summary.problems[0].endswith("Its pages are read without rules.")
    assert summary.new == 2
    assert "quiz" in papers.text("Tidings")


def test_rules_cost_no_query_for_a_page(papers, django_assert_num_queries):
    papers.rule("Tidings", DROP_BOX)
    run()
    Entry.objects.update(state=EntryState.WAITING, next_try_at=NOW)
    entry = due_entries(Entry.objects.get(publisher__name="Tidings").host, datetime.now(UTC), 5)[0]
    body = page(PROSE, BOX).encode()
    response = Response(200, entry.address, (), {}, body, Validators(), NOW, 0.1)

    with django_assert_num_queries(0):
        reading = read_page(entry, response, {})

    assert "quiz" not in reading.extracted.text
