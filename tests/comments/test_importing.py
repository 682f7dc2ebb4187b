"""Conversations of other systems: read whole, hostile files refused with their reason."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments import markup
from broadsheet.comments.importing import CommentsFileError, read_comments, recognize
from broadsheet.comments.importing.comment import State
from broadsheet.comments.importing.markdown import from_html

DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
  <category dsq:id="1"><forum>x</forum></category>
  <thread dsq:id="7"><id>wp-7</id><link>https://old.example/bridge</link><title>The bridge</title>
    <createdAt>2019-01-01T08:00:00Z</createdAt><author><name>Ed</name></author></thread>
  <post dsq:id="71"><id/><message><![CDATA[<p>First <b>words</b> &amp; <a href="https://a.example/x">a link</a></p>]]>
    </message>
    <createdAt>2019-01-02T10:11:12Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
    <author><email>ada@mail.example</email><name>Ada</name></author><thread dsq:id="7"/></post>
  <post dsq:id="72"><message><![CDATA[<p>An answer</p>]]></message><createdAt>2019-01-03T10:11:12Z</createdAt>
    <isDeleted>false</isDeleted><isSpam>true</isSpam><author><name>Bo</name></author>
    <thread dsq:id="7"/><parent dsq:id="71"/></post>
</disqus>
"""
WORDPRESS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
  <item><title>The bridge</title><link>https://old.example/bridge</link><wp:post_id>7</wp:post_id>
    <wp:comment><wp:comment_id>71</wp:comment_id><wp:comment_author><![CDATA[Ada]]></wp:comment_author>
      <wp:comment_author_email>ada@mail.example</wp:comment_author_email>
      <wp:comment_date_gmt>2019-01-02 10:11:12</wp:comment_date_gmt>
      <wp:comment_content><![CDATA[One line
and <em>another</em>]]></wp:comment_content>
      <wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type>
      <wp:comment_parent>0</wp:comment_parent></wp:comment>
    <wp:comment><wp:comment_id>72</wp:comment_id><wp:comment_author>Pinger</wp:comment_author>
      <wp:comment_date_gmt>2019-01-02 10:11:12</wp:comment_date_gmt><wp:comment_content>ping</wp:comment_content>
      <wp:comment_type>pingback</wp:comment_type></wp:comment>
    <wp:comment><wp:comment_id>73</wp:comment_id><wp:comment_author>Bo</wp:comment_author>
      <wp:comment_date_gmt>2019-01-03 10:11:12</wp:comment_date_gmt><wp:comment_content>No</wp:comment_content>
      <wp:comment_approved>0</wp:comment_approved><wp:comment_parent>71</wp:comment_parent></wp:comment>
  </item></channel></rss>
"""
REMARK = [
    {"version": 1, "users": [], "posts": []},
    {
        "id": "a1",
        "pid": "",
        "text": "<p>First</p>",
        "orig": "**First**",
        "user": {"name": "Ada", "id": "x"},
        "locator": {"site": "s", "url": "https://old.example/bridge"},
        "score": 4,
        "time": "2019-01-02T10:11:12.5Z",
        "title": "The bridge",
    },
    {
        "id": "a2",
        "pid": "a1",
        "text": "<p>An <i>answer</i></p>",
        "user": {"name": "Bo"},
        "locator": {"url": "https://old.example/bridge"},
        "time": "2019-01-03T10:11:12Z",
        "delete": True,
    },
]


@pytest.fixture
def file(tmp_path):
    def make(content: str | bytes, name: str = "comments"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def remark_lines():
    return "\n".join(json.dumps(line) for line in REMARK)


def isso_file(path):
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
            CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT,
              modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR,
              website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB, notification INTEGER);
            INSERT INTO threads VALUES (1, '/bridge', 'The bridge');
            INSERT INTO comments VALUES (1, 1, NULL, 1546423872.5, NULL, 1, '127.0.0.1', 'First *words*', 'Ada',
              'ada@mail.example', NULL, 5, 1, x'00', 0);
            INSERT INTO comments VALUES (1, 2, 1, 1546510272.0, NULL, 2, '127.0.0.1', 'Waiting', NULL, NULL, NULL,
              0, 0, x'00', 0);
            """
        )
    return path


def test_disqus(file):
    first, second = read_comments(file(DISQUS))
    assert (first.id, first.parent, first.page, first.title) == ("71", "", "https://old.example/bridge", "The bridge")
    assert (first.name, first.mail, first.state) == ("Ada", "ada@mail.example", State.APPROVED)
    assert first.markdown == "First **words** & [a link](https://a.example/x)"
    assert first.at == datetime(2019, 1, 2, 10, 11, 12, tzinfo=UTC)
    assert (second.parent, second.state, second.page) == ("71", State.SPAM, first.page)


def test_wordpress_without_pingbacks(file):
    first, second = read_comments(file(WORDPRESS))
    assert first.markdown == "One line\nand *another*"
    assert (first.at, first.parent) == (datetime(2019, 1, 2, 10, 11, 12, tzinfo=UTC), "")
    assert (second.id, second.parent, second.state) == ("73", "71", State.WAITING)


def test_isso(tmp_path):
    first, second = read_comments(isso_file(tmp_path / "comments.db"))
    assert (first.page, first.markdown, first.score) == ("/bridge", "First *words*", 4)
    assert (second.parent, second.state, second.name) == ("1", State.WAITING, "")


def test_remark42_plain_and_packed(file):
    for content in (remark_lines().encode(), gzip.compress(remark_lines().encode())):
        first, second = read_comments(file(content))
        assert (first.markdown, first.score, first.page) == ("**First**", 4, "https://old.example/bridge")
        assert (second.markdown, second.parent, second.state) == ("An *answer*", "a1", State.DELETED)


def test_formats_are_recognised(file, tmp_path):
    assert recognize(file(DISQUS)) == "disqus"
    assert recognize(file(gzip.compress(DISQUS.encode()))) == "disqus"
    assert recognize(file(WORDPRESS)) == "wordpress"
    assert recognize(file(remark_lines())) == "remark42"
    assert recognize(isso_file(tmp_path / "db")) == "isso"
    assert recognize(file("hello")) == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no format known"),
        (b"hello", "no format known"),
        (DISQUS[:700].encode(), "not readable as disqus"),
        (DISQUS.replace("2019-01-02T10:11:12Z", "someday").encode(), "comment 71 has no readable time"),
        (b'{"version":1}\n[1]\n', "line 2: expected one comment"),
        (b'{"version":1}\n{"id": \n', "line 2: no JSON"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "not readable as isso"),
        (gzip.compress(DISQUS.encode(), mtime=0)[:-20], "not readable"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(file, content, says):
    with pytest.raises(CommentsFileError, match=says):
        list(read_comments(file(content)))


def test_entities_are_not_expanded_and_nothing_is_fetched(file):
    entities = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'
    bomb = DISQUS.replace("<disqus ", f"<!DOCTYPE x [{entities}]>\n<disqus ")
    bomb = bomb.replace("An answer", "]]>&b;&c;<![CDATA[")
    words = "".join(comment.markdown for comment in read_comments(file(bomb)))
    assert "aaaaaaaaaa" not in words
    assert "root:" not in words


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain", "plain"),
        ("a<br>b", "a\nb"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<blockquote><p>said</p></blockquote>me", "> said\n\nme"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("2 * 3 * 4 and [x]", r"2 \* 3 \* 4 and \[x\]"),
        ('<a href="https://a.example/long">https://a.example/lo…</a>', "https://a.example/long"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ("<script>alert(1)</script><b></b>x", "x"),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert from_html(html) == markdown


@given(st.text(max_size=150))
def test_any_html_becomes_text_that_renders_safely(html):
    assert "<script" not in markup.to_html(from_html(html)).lower()


def test_deep_html_is_read_in_time():
    assert from_html("<div>" * 10_000 + "words").strip() == "words"
