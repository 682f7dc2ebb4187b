import time

import pytest

from broadsheet.feeds import discover, find_article_links
from broadsheet.text.addresses import AddressError

HOME = "https://www.paper.example/"


def addresses(candidates, *, how=None):
    return [one.address for one in candidates if how is None or one.how == how]


def test_announced_feeds_come_first_and_comments_last():
    page = """<html><head>
      <link rel="alternate" type="application/rss+xml" title="Paper » Comments" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml" title="Paper" href="/feed/">
      <link rel="alternate" type="application/atom+xml" href="https://feeds.paper.example/atom">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
      <link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" href="/rss.css">
      </head><body><a href="/feed/">RSS</a></body></html>"""
    found = discover(page, HOME)
    announced = addresses(found, how="announced")
    assert announced[:2] == ["https://www.paper.example/feed/", "https://feeds.paper.example/atom"]
    assert announced.index("https://www.paper.example/comments/feed/") >= 2
    assert found[0].title == "Paper"
    assert addresses(found).count("https://www.paper.example/feed/") == 1
    assert all("/de/" not in address and ".css" not in address for address in addresses(found))


def test_visible_links_are_found_on_the_same_site_only():
    page = """<a href="/rss/politics.xml">Politics</a><a href="https://other.example/rss.xml">Friends</a>
      <a href="https://feeds.paper.example/world.rss">World</a><a href="/about">About</a>"""
    found = discover(page, HOME)
    assert set(addresses(found, how="linked")) == {
        "https://www.paper.example/rss/politics.xml",
        "https://feeds.paper.example/world.rss",
    }


def test_without_any_sign_the_usual_places_and_robots_remain():
    found = discover("", HOME, robots_sitemaps=("/news-sitemap.xml", "https://www.paper.example/sitemap.xml"))
    assert found[0].address == "https://www.paper.example/news-sitemap.xml"
    assert (found[0].kind, found[0].how) == ("sitemap", "robots")
    assert "https://www.paper.example/feed" in addresses(found, how="usual")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_base_element_and_bytes_in_any_charset():
    page = (
        '<base href="https://cdn.paper.example/x/"><link rel=alternate type=application/rss+xml title="É" href="r.xml">'
    )
    (first, *_) = discover(page.encode("iso-8859-1"), HOME)
    assert (first.address, first.title) == ("https://cdn.paper.example/x/r.xml", "É")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "http://u:p@paper.example/rss", "data:text/xml,x", "http://[x/rss"]
)
def test_unusable_links_are_passed_over(href):
    page = f'<link rel="alternate" type="application/rss+xml" href="{href}"><a href="{href}">RSS</a>'
    assert not addresses(discover(page, HOME), how="announced")


def test_unusable_home_is_an_error():
    with pytest.raises(AddressError):
        discover("", "not an address")


SECTION = """<html><body>
  <nav><a href="/politics/parliament-votes-on-budget-2026-2103991">Parliament votes on the budget today</a></nav>
  <main>
    <article><h2><a href="/2026/03/02/minister-resigns-after-vote">Minister resigns after a long night</a></h2>
      <a href="/2026/03/02/minister-resigns-after-vote"><img src="x.jpg"></a>
      <a href="/author/ana-diaz">Ana Diaz</a></article>
    <a href="/story/8812345"><h3>Harbour town counts the cost of the storm</h3></a>
    <a href="/news/大臣が辞任を発表-123456">大臣が長い夜の後に辞任を発表した</a>
    <a href="/politics">Politics</a> <a href="/tag/budget">Budget</a>
    <a href="/subscribe">Subscribe to the paper now please</a>
    <a href="https://other.example/2026/03/02/a-long-story-elsewhere">A long story told by somebody else</a>
    <a href="/files/report-of-the-commission-2026.pdf">The report of the commission in full</a>
  </main>
  <footer><a href="/2025/01/01/how-we-work-and-why-it-matters">How we work and why it matters</a></footer>
</body></html>"""


def test_articles_of_a_section_page():
    links = find_article_links(SECTION, HOME + "politics")
    assert {link.address.rpartition("/")[2][:8] for link in links if link.score >= 0.5} == {
        "minister",
        "8812345",
        "%E5%A4%A7"[:8],
    }
    best = links[0]
    assert (best.address, best.title) == (
        "https://www.paper.example/2026/03/02/minister-resigns-after-vote",
        "Minister resigns after a long night",
    )


def test_hostile_pages_end_soon():
    began = time.process_time()
    deep = "<div>" * 20_000 + '<a href="/2026/03/02/one-two-three-four">One two three four five</a>'
    many = "".join(f'<a href="/2026/03/02/one-two-three-{n}">One two three four {n}</a>' for n in range(20_000))
    nested = "<a href=/rss>" * 5_000 + "x" * 100_000
    for page in (deep, many, nested, "<" * 300_000):
        discover(page, HOME)
        find_article_links(page, HOME)
    assert time.process_time() - began < 10
