"""The interfaces over a real socket: queries reach them, finished answers are kept, validators hold."""

import json
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.xdist_group("served")


def read(site, path, **headers):
    response = site.get(path, {name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status == 200, response.body
    return json.loads(response.body), response


def test_list_is_kept_and_its_query_is_heard(site):
    whole, first = read(site, "/api/v1/articles")
    renders = site.metric("renders_total")
    again, second = read(site, "/api/v1/articles")
    assert site.metric("renders_total") == renders
    one, asked = read(site, "/api/v1/articles?limit=1")

    assert again == whole
    assert second.headers["ETag"] == first.headers["ETag"]
    assert "latest" in first.headers["Surrogate-Key"].split()
    assert [row["id"] for row in one["data"]] == [whole["data"][0]["id"]]
    assert "RateLimit" in asked.headers
    assert "RateLimit" not in second.headers
    following, _ = read(site, one["next"].removeprefix(site.address))
    assert following["data"][0]["id"] == whole["data"][1]["id"]


@pytest.mark.parametrize("path", ["/api/v1/stories", "/api/v1/stories?limit=2", "/api/v1/openapi.json", "/sitemap.xml"])
def test_unchanged_answer_costs_nothing(site, path):
    etag = site.get(path).headers["ETag"]

    again = site.get(path, {"If-None-Match": etag, "Accept-Encoding": "br"})

    assert (again.status, again.body) == (304, b"")


def test_problems_and_methods(site):
    assert json.loads(site.get("/api/v1/articles?cursor=x").body)["status"] == 400
    assert site.get("/api/v1/articles?limit=1", {"Authorization": "Bearer none"}).status == 401
    assert site.get("/api/v1/stories", method="OPTIONS").status == 204
    assert site.get("/api/v1/stories", method="DELETE").status == 405
    head = site.get("/api/v1/stories", method="HEAD")
    assert (head.status, head.body) == (200, b"")


def test_story_can_be_embedded(site):
    stories, _ = read(site, "/api/v1/stories")
    address = stories["data"][0]["url"]
    described, _ = read(site, f"/oembed?url={quote(address, safe='')}&maxwidth=300")
    card = site.get(f"/embed/stories/{stories['data'][0]['id']}")

    assert described["width"] == 300
    assert card.status == 200
    assert "frame-ancestors *" in card.headers["Content-Security-Policy"]
    assert b"<script" not in card.body


@pytest.mark.parametrize(
    "path",
    ["/.well-known/tdmrep.json", "/.well-known/gpc.json", "/.well-known/security.txt", "/rsl.xml", "/sources.opml"],
)
def test_signals_are_served(site, path):
    assert site.get(path).status == 200
