"""A story's card on other sites shows what may leave the site, runs nothing and loads nothing."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from broadsheet.site.embeds import story_at
from broadsheet.sources.models import LedgerLine
from tests.factories import make_article, make_publisher, make_story

SITE = "https://news.example.org"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def story(db):
    lead = make_article(make_publisher("Pier", mode="extract"), headline='Ferry "Lund" & <b>co</b>')
    return make_story(lead, make_article(make_publisher("Quay", mode="headline")))


def get(path):
    return Client().get(path)


def ask(address, **words):
    more = "".join(f"&{name}={value}" for name, value in words.items())
    return get(f"/oembed?url={quote(address, safe='')}{more}")


def test_card_runs_nothing_and_loads_nothing(story):
    response = get(f"/embed/stories/{story.pk}")
    page = response.content.decode()

    assert "<script" not in page
    assert not re.search(r"<(?:img|link|iframe)|url\(|@import| on\w+=|style=", page)
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = response["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert policy.endswith("frame-ancestors *")
    assert response["X-Frame-Options"] != "DENY"
    assert "Ferry &#34;Lund&#34; &amp; &lt;b&gt;co&lt;/b&gt;" in page
    assert f"{SITE}{story.path}" in page
    assert "The ferry sails again." in page


def test_card_shows_only_what_may_leave_the_site(story):
    LedgerLine.objects.filter(publisher=story.lead.publisher).update(onward=False)

    assert get(f"/embed/stories/{story.pk}").status_code == 404
    assert ask(f"{SITE}{story.path}").status_code == 404


def test_card_of_a_merged_story_is_that_of_its_successor(story):
    merged = make_story(make_article(make_publisher(mode="headline")), merged_into=story)

    response = get(f"/embed/stories/{merged.pk}")

    assert f"{SITE}{story.path}" in response.content.decode()
    assert {story.tag, merged.tag} <= response.keeping.tags
    assert get("/embed/stories/999999").status_code == 404


def test_oembed_in_both_forms(story):
    found = ask(f"{SITE}{story.path}", maxwidth=300, maxheight=9999).json()
    tree = ET.fromstring(ask(f"{SITE}{story.path}", format="xml").content)

    assert (found["version"], found["type"], found["width"], found["height"]) == ("1.0", "rich", 300, 220)
    assert found["html"].startswith(f'<iframe src="{SITE}/embed/stories/{story.pk}"')
    assert "&lt;b&gt;" in found["html"]
    assert "sandbox=" in found["html"]
    assert tree.find("title").text == found["title"] == 'Ferry "Lund" & <b>co</b>'
    assert ask(f"{SITE}{story.path}", format="yaml").status_code == 501


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "https://elsewhere.example/stories/1", f"{SITE}/articles/1", f"{SITE}/stories/0",
     f"{SITE}/stories/1/../../x", "http://[::1", f"{SITE}@evil.example/stories/1", f"{SITE}/stories/{'9' * 40}"],
)  # fmt: skip
def test_addresses_that_are_no_story_of_ours(db, address):
    assert story_at(address) is None
    assert ask(address).status_code == 404


def test_addresses_of_stories():
    assert story_at(f"{SITE}/stories/41-ferry") == 41
    assert story_at(f"{SITE}/stories/41-%E6%B8%A1?utm=1#x") == 41
    assert story_at("/stories/41") == 41


@pytest.mark.parametrize("value", ["0", "-1", "x", "99999999999", "1e3"])
def test_odd_sizes_are_kept_in_bounds(story, value):
    found = json.loads(ask(f"{SITE}{story.path}", maxwidth=value).content)

    assert 220 <= found["width"] <= 480
