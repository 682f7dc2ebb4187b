"""What publishers can answer instead of news: each source and page is named with what is wrong, the rest kept."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.commands.test_bad_input import broadsheet

pytestmark = pytest.mark.xdist_group("commands")

SAID = "<p>The council said on Monday that the old dam would hold for another year, as the café’s owner had hoped.</p>"
PAGE = (
    f"<html lang=en><head><title>Dam holds</title></head><body><article><h1>Dam holds</h1>{SAID * 6}</article></body>"
)
ITEM = "<item><title>{0}</title><link>http://{1}/{0}</link></item>"
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{}</channel></rss>'


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        items = "".join(ITEM.format(name, self.headers["Host"]) for name in ("huge", "charset", "hollow"))
        body = {
            "/page.xml": PAGE.encode(),
            "/empty.xml": FEED.format("").encode(),
            "/nothing.xml": b"",
            "/binary.xml": bytes(range(256)) * 50,
            "/good.xml": FEED.format(items).encode(),
            "/huge": PAGE.encode() + b"x" * 50_000_000,
            "/charset": PAGE.encode("windows-1252"),
            "/hollow": b"<html><body><nav><a href=/>Home</a></nav></body></html>",
        }.get(self.path)
        kind = "application/rss+xml" if self.path.endswith(".xml") else "text/html; charset=utf-8"
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        with contextlib.suppress(OSError):  # hung up on, as is right for the huge one
            self.wfile.write(body or b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def host():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_each_is_named_and_the_rest_is_gathered(host, tmp_path):
    opened = {"data": tmp_path, "BROADSHEET_ALLOW_NETWORKS": host}
    names = ("page", "empty", "nothing", "binary", "missing", "good")
    assert broadsheet("sources", "add", *(f"http://{host}/{name}.xml" for name in names), **opened).returncode == 0

    done = broadsheet("gather", "--json", **opened)

    found = json.loads(done.stdout)
    problems = dict(problem.removeprefix(f"http://{host}/").split(": ", 1) for problem in found["problems"])
    assert done.returncode == 0
    assert set(problems) == {"page.xml", "nothing.xml", "binary.xml", "missing.xml", "huge", "hollow"}
    assert "This is a web page, not a feed" in problems["page.xml"]
    assert "larger than" in problems["huge"]
    assert all(sentence.endswith(".") for sentence in problems.values())
    rows = [json.loads(line) for line in broadsheet("export", "articles", **opened).stdout.splitlines()]
    assert [row["title"] for row in rows] == ["Dam holds"]
    assert "the old dam would hold" in rows[0]["paragraphs"][0]
    assert "\ufffd" not in rows[0]["paragraphs"][0]


def test_a_gather_in_which_no_source_answers_has_failed(host, tmp_path):
    opened = {"data": tmp_path, "BROADSHEET_ALLOW_NETWORKS": host}
    broadsheet("sources", "add", f"http://{host}/nothing.xml", **opened)
    assert broadsheet("gather", **opened).returncode == 1
