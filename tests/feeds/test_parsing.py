import gzip
import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.feeds import FeedKind, NotAFeed, parse_feed

AT = "https://a.example/feeds/news.xml"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(*items, head=""):
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{head}{"".join(items)}</channel></rss>'


def item(inner="", title="A headline", link="https://a.example/1"):
    return f"<item><title>{title}</title><link>{link}</link>{inner}</item>"


def atom(inner, head=""):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">{head}<entry>{inner}</entry></feed>'


def parse(text, **more):
    return parse_feed(text if isinstance(text, bytes) else text.encode(), AT, **more)


def outcome(body):
    """The feed, or the error that says why there is none; nothing else may come out."""
    try:
        return parse(body)
    except NotAFeed as error:
        return error


def only(text):
    (entry,) = parse(text).entries
    return entry


RSS = rss(
    item(
        '<guid isPermaLink="false">g1</guid><pubDate>Mon, 02 Mar 2026 13:00:00 +0100</pubDate>'
        "<dc:creator>Ana Diaz</dc:creator><dc:creator><![CDATA[Bo Lind]]></dc:creator><category>Politics</category>"
        "<category>Votes</category><description>&lt;p&gt;First &amp;amp; last.&lt;/p&gt;</description>"
        "<content:encoded><![CDATA[<p>All of it</p>]]></content:encoded>"
        "<creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license>"
        '<media:content url="/small.jpg" medium="image" width="100"/>'
        '<media:content url="/big.jpg" type="image/jpeg" width="900"/>'
        "<dc:rights>© 2026 Paper</dc:rights>"
    ),
    head="<title>The Paper</title><link>https://a.example/</link><language>en-gb</language><ttl>15</ttl>"
    '<copyright>All rights reserved</copyright><atom:link rel="hub" href="https://hub.example/"/>'
    '<atom:link rel="self" href="/feeds/news.xml"/><atom:link rel="next" href="?page=2"/>'
    '<atom:link rel="license" href="https://a.example/terms"/>',
)


def test_rss_keeps_all_that_rights_and_readers_need():
    feed = parse(RSS)
    assert (feed.kind, feed.title, feed.home, feed.language) == (
        FeedKind.RSS,
        "The Paper",
        "https://a.example/",
        "en-gb",
    )
    assert (feed.hub, feed.next_page) == ("https://hub.example/", "https://a.example/feeds/news.xml?page=2")
    assert (feed.licence, feed.rights) == ("https://a.example/terms", "All rights reserved")
    assert feed.self_address == AT
    assert feed.least_interval == timedelta(minutes=15)
    assert feed.warnings == ()
    (entry,) = feed.entries
    assert entry.id == "g1"
    assert entry.authors == ("Ana Diaz", "Bo Lind")
    assert entry.published.isoformat() == "2026-03-02T13:00:00+01:00"
    assert entry.summary == "First & last."
    assert entry.content == "<p>All of it</p>"
    assert (entry.section, entry.categories) == ("Politics", ("Politics", "Votes"))
    assert entry.image == "https://a.example/big.jpg"
    assert entry.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert entry.rights == "© 2026 Paper"
    assert entry.language == "en-gb"


def test_atom():
    feed = parse(
        atom(
            '<title type="html">Caf&amp;eacute; &lt;b&gt;opens&lt;/b&gt;</title><id>tag:1</id>'
            '<link rel="enclosure" href="/x.mp3"/><link rel="alternate" type="text/html" href="../1"/>'
            "<published>2026-03-02T12:00:00Z</published><updated>2026-03-02T14:00:00Z</updated>"
            "<author><name>Ana Diaz</name><email>a@a.example</email></author><author><name>Bo Lind</name></author>"
            '<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Body</p></div>'
            "</content>"
            '<rights>CC BY</rights><link rel="license" href="https://cc.example/by"/>'
            '<category term="p" label="Politics"/>',
            head='<title>Le Journal</title><link rel="alternate" href="/"/><link rel="self" href="/feeds/news.xml"/>',
        )
    )
    (entry,) = feed.entries
    assert (feed.kind, feed.title, feed.home, feed.language) == (
        FeedKind.ATOM,
        "Le Journal",
        "https://a.example/",
        "fr",
    )
    assert (entry.title, entry.address, entry.id) == ("Café opens", "https://a.example/1", "tag:1")
    assert entry.authors == ("Ana Diaz", "Bo Lind")
    assert entry.updated - entry.published == timedelta(hours=2)
    assert "<p>Body</p>" in entry.content
    assert (entry.licence, entry.rights, entry.section) == ("https://cc.example/by", "CC BY", "Politics")


def test_rdf_with_items_beside_the_channel():
    feed = parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Blatt</title><link>https://a.example/</link>'
        '<dc:language>de</dc:language></channel><item rdf:about="https://a.example/1"><title>Eins</title>'
        "<dc:date>2026-03-02T12:00:00+01:00</dc:date><dc:creator>Ana Diaz</dc:creator></item></rdf:RDF>"
    )
    (entry,) = feed.entries
    assert (feed.kind, feed.language, entry.address, entry.title) == (FeedKind.RDF, "de", "https://a.example/1", "Eins")
    assert entry.published.utcoffset() == timedelta(hours=1)


def test_json_feed():
    feed = parse(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Paper",
                "home_page_url": "/",
                "language": "en",
                "next_url": "?p=2",
                "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
                "items": [
                    {
                        "id": 7,
                        "url": "/1",
                        "title": "One &amp; two",
                        "content_html": "<p>x</p>",
                        "summary": "S",
                        "date_published": "2026-03-02T12:00:00Z",
                        "authors": [{"name": "Ana Diaz"}, {"name": "Bo Lind"}],
                        "tags": ["Politics"],
                        "image": "/i.jpg",
                    },
                    {"id": "no address"},
                    "nonsense",
                    {
                        "id": "https://a.example/3",
                        "date_published": [],
                        "authors": "x",
                        "tags": {"a": 1},
                        "title": None,
                    },
                ],
            }
        )
    )
    first, second = feed.entries
    assert (feed.kind, feed.hub, feed.next_page) == (FeedKind.JSON, "https://hub.example/", f"{AT}?p=2")
    assert (first.id, first.address, first.title) == ("7", "https://a.example/1", "One & two")
    assert (first.authors, first.section) == (("Ana Diaz", "Bo Lind"), "Politics")
    assert second.address == "https://a.example/3"
    assert feed.warnings == ("2 entries without a usable link left out",)


def test_list_of_news_sitemap_is_read_as_a_feed():
    feed = parse(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://a.example/1</loc><news:news><news:publication><news:name>Paper</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>2026-03-02T12:00:00Z</news:publication_date>"
        "<news:title>One &amp; two</news:title></news:news></url></urlset>"
    )
    (entry,) = feed.entries
    assert (feed.kind, entry.title, entry.language) == (FeedKind.SITEMAP, "One & two", "en")
    assert entry.published == datetime(2026, 3, 2, 12, tzinfo=UTC)


# Titles, links, people


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Plain", "Plain"),
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("<![CDATA[A & B]]>", "A & B"),
        ("<![CDATA[A &amp; B]]>", "A & B"),
        ("<![CDATA[<em>So</em> it is]]>", "So it is"),
        ("&lt;em&gt;So&lt;/em&gt; it is", "So it is"),
        ("Profit &lt; loss, 3 &gt; 2", "Profit < loss, 3 > 2"),
        ("  Two\n lines ", "Two lines"),
        ("&#8220;Quoted&#x201D;", "“Quoted”"),
    ],
)
def test_titles_are_plain_words(written, read):
    assert only(rss(item(title=written))).title == read


@pytest.mark.parametrize(
    ("inner", "address"),
    [
        ("<link>https://a.example/1</link>", "https://a.example/1"),
        ("<link>\n  https://a.example/1\n</link>", "https://a.example/1"),
        ("<link>/1?a=1&amp;b=2</link>", "https://a.example/1?a=1&b=2"),
        ("<link>1</link>", "https://a.example/feeds/1"),
        ("<link><![CDATA[https://a.example/1?a=1&b=2]]></link>", "https://a.example/1?a=1&b=2"),
        ("<link/><guid>https://a.example/2</guid>", "https://a.example/2"),
        ('<atom:link href="https://a.example/3"/>', "https://a.example/3"),
        (
            "<link>https://count.example/x</link><feedburner:origLink>https://a.example/4</feedburner:origLink>",
            "https://a.example/4",
        ),
    ],
)
def test_address_of_an_entry(inner, address):
    assert only(rss(f"<item><title>T</title>{inner}</item>")).address == address


@pytest.mark.parametrize(
    "inner",
    [
        "<link>javascript:alert(1)</link>",
        "<link>https://u:p@a.example/</link>",
        "<link/>",
        "<guid>42</guid>",
        '<guid isPermaLink="false">https://a.example/2</guid>',
        "<link>data:text/html,x</link>",
    ],
)
def test_entries_without_usable_address_are_left_out_and_told(inner):
    feed = parse(rss(f"<item><title>T</title>{inner}</item>", item()))
    assert [entry.address for entry in feed.entries] == ["https://a.example/1"]
    assert feed.warnings == ("1 entries without a usable link left out",)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("<author>desk@a.example (Ana Diaz)</author>", ("Ana Diaz",)),
        ("<author>Ana Diaz &lt;ana@a.example&gt;</author>", ("Ana Diaz",)),
        ("<author>desk@a.example</author>", ()),
        ("<dc:creator>Ana Diaz; Bo Lind</dc:creator>", ("Ana Diaz", "Bo Lind")),
        ("<dc:creator>Ana Diaz</dc:creator><dc:creator>Ana Diaz</dc:creator>", ("Ana Diaz",)),
    ],
)
def test_authors_are_names(written, names):
    assert only(rss(item(written))).authors == names


def test_same_address_twice_is_one_entry_and_shared_ids_are_many():
    items = [item("<guid>item</guid>", link=f"https://a.example/{n}") for n in (1, 2, 2)]
    assert [entry.address for entry in parse(rss(*items)).entries] == ["https://a.example/1", "https://a.example/2"]


# Broken in ways that can be mended


@pytest.mark.parametrize(
    "text",
    [
        "\n\n<br />Warning: bad header in x.php on line 3<br />\n" + RSS,
        "<!-- a long comment -->\n" + RSS,
        "\ufeff" + RSS,
        RSS.replace("</title>", " &nbsp;</title>", 1),
        RSS.replace("<ttl>15</ttl>", "<ttl>15</ttl><description>R & D <br> of <b>it</description>"),
        RSS.replace("A headline", "A headline\x08\x0b\x1f"),
        RSS.removesuffix("</channel></rss>"),
        RSS.replace("</channel>", ""),
        RSS.replace("</link>", ""),
        RSS.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        RSS.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>'),
        RSS.replace(
            '<?xml version="1.0"?>', "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://x/rss.dtd'>"
        ),
    ],
)
def test_broken_feeds_are_read(text):
    entry = only(text)
    assert (entry.title, entry.address) == ("A headline", "https://a.example/1")
    assert entry.authors == ("Ana Diaz", "Bo Lind")


def test_truncated_feed_gives_its_whole_entries():
    text = rss(*(item(link=f"https://a.example/{n}") for n in range(5)))
    feed = parse(text[: text.rindex("<link>") + 9])
    assert len(feed.entries) >= 4


@pytest.mark.parametrize(
    ("declared", "header", "encoded"),
    [
        ("utf-8", "", "utf-8"),
        ("iso-8859-1", "", "utf-8"),
        ("utf-8", "application/rss+xml; charset=iso-8859-1", "utf-8"),
        ("iso-8859-1", "", "iso-8859-1"),
        ("utf-8", "application/rss+xml; charset=utf-8", "cp1252"),
        ("windows-1252", "", "cp1252"),
        ("utf-16", "", "utf-16"),
        ("utf-8", "", "utf-8-sig"),
        ("nonsense", "text/xml; charset=nonsense", "utf-8"),
    ],
)
def test_charset_by_evidence(declared, header, encoded):
    text = rss(item(title="Élections à Orléans")).replace('"1.0"?>', f'"1.0" encoding="{declared}"?>', 1)
    assert parse(text.encode(encoded), content_type=header).entries[0].title == "Élections à Orléans"


@pytest.mark.parametrize(
    ("charset", "title"), [("windows-1251", "Выборы"), ("gb18030", "选举"), ("shift_jis", "選挙です")]
)
def test_declared_charset_of_other_scripts(charset, title):
    text = rss(item(title=title)).replace('"1.0"?>', f'"1.0" encoding="{charset}"?>', 1)
    assert parse(text.encode(charset)).entries[0].title == title


def test_packed_file_is_unpacked():
    assert parse(gzip.compress(RSS.encode())).entries[0].title == "A headline"


# Hostile


def test_entity_bomb_does_not_go_off():
    levels = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY b0 "bomb">{levels}]>'
    feed = parse(doctype + rss(item(title="Calm &b9; here")))
    assert feed.entries[0].title == "Calm here"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/evil.dtd"> %p;]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1/evil.dtd">',
    ],
)
def test_external_entities_are_not_followed(doctype):
    assert parse(doctype + rss(item(title="Calm &x; here"))).entries[0].title == "Calm here"


@pytest.mark.parametrize(
    "body",
    [
        RSS.encode()[:60] + b"<a>" * 300_000,
        RSS.encode()[:60] + b"<item>" * 100_000,
        RSS.encode()[:60] + b"<![CDATA[" * 100_000,
        RSS.encode()[:60] + b"<!--" * 200_000,
        RSS.encode()[:60] + b"&" * 500_000,
        RSS.encode()[:60] + b"<" * 500_000,
        RSS.encode()[:60] + b"<b " * 200_000,
        b"<!DOCTYPE x [" + b"]" * 200_000 + RSS.encode(),
        b"<?xml " * 100_000,
        b"{" * 500_000,
        b'{"items":' + b"[" * 200_000,
        rss(item("<description>" + "&lt;script&gt;" * 50_000 + "</description>")).encode(),
        rss(item("<description>" + "&lt;b " * 50_000 + "</description>")).encode(),
        rss(*(item(f'<a:b{n} xmlns:a="u{n}"/>') for n in range(5000))).encode(),
    ],
)
def test_hostile_bodies_end_soon(body):
    began = time.process_time()
    outcome(body)
    assert time.process_time() - began < 6


def test_giant_feed_is_cut_after_a_thousand_entries():
    feed = parse(
        rss(
            *(
                item("<description>" + "words " * 40 + "</description>", link=f"https://a.example/{n}")
                for n in range(8000)
            )
        )
    )
    assert len(feed.entries) == 1000
    assert "cut after 1000 entries" in feed.warnings


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"<!doctype html><html><title>Paper</title><body>x</body></html>", "html"),
        (b"\n<html lang=en><head><link rel=alternate type='application/rss+xml' href=/rss></head>", "html"),
        (b"<!doctype html><html><body><pre>" + RSS.encode() + b"</pre></body></html>", "html"),
        (b"just words", "text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "xml"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "binary"),
        (b'{"error": "no"}', "json"),
        (b"<opml version='2.0'><body/></opml>", "opml"),
        (b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>", "sitemap-index"),
        (b"x" * 33_000_000, "size"),
    ],
)
def test_what_is_no_feed_is_named(body, found):
    with pytest.raises(NotAFeed) as caught:
        parse(body)
    assert caught.value.found == found
    assert caught.value.cause == f"no-feed-{found}"
    assert caught.value.sentence.endswith(".")
    assert AT in str(caught.value)


def test_feed_without_entries_is_a_feed():
    assert parse(rss(head="<title>Quiet</title>")).entries == ()


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_named(body):
    for dressed in (body, b"<rss><channel><item>" + body, RSS.encode()[:400] + body + RSS.encode()[400:]):
        feed = outcome(dressed)
        assert isinstance(feed, NotAFeed) or all(re.match("https?://", entry.address) for entry in feed.entries)


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=20), max_size=3))
def test_what_a_careful_writer_wrote_is_read(title, authors):
    from xml.sax.saxutils import escape

    title, authors = (
        "".join(c for c in title if c.isprintable()),
        ["".join(c for c in a if c.isalnum()) for a in authors],
    )
    inner = "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in authors)
    entry = only(rss(item(inner, title=escape(escape(title)))))
    assert entry.title == " ".join(title.split()) or "<" in title or "&" in title
    assert entry.authors == tuple(dict.fromkeys(a for a in authors if a))
