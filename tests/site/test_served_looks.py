"""The operator saves the file of looks, and the served site, finished pages and all, follows."""

import re
import time

from broadsheet.looks import FILE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"/>'
PATIENCE_S = 10
"""Generous: a busy machine looks late. What matters is that nobody restarts anything."""


def wait_for(site, path, words):
    deadline = time.monotonic() + PATIENCE_S
    while words not in (page := site.get(path).body.decode()):
        assert time.monotonic() < deadline, page[:2000]
        time.sleep(0.1)
    return page


def test_finished_pages_follow_the_file_of_looks(site):
    for _kept in range(2):
        assert "Broadsheet</title>" in site.get("/about").body.decode()
    (site.data / "logo.svg").write_text(SVG)
    (site.data / FILE).write_text('name = "Skerry Courier"\nlogo = "logo.svg"\n[colors]\naccent = "#00406b"\n'
                                  '[colors.ink]\nlight = "#000"\n')  # fmt: skip
    # A dark blue cannot be read on dark paper: a mistake, so nothing changes yet.
    time.sleep(1.5)
    assert "Broadsheet</title>" in site.get("/about").body.decode()

    (site.data / FILE).write_text(
        'name = "Skerry Courier"\nlogo = "logo.svg"\n[colors]\naccent = { light = "#00406b" }\n'
    )
    page = wait_for(site, "/about", "Skerry Courier</title>")
    style = site.get(re.search(r'rel="stylesheet" href="([^"]+)"', page)[1])
    assert style.status == 200
    assert b"--accent:light-dark(#00406b,#f0917c)" in style.body
    logo = site.get(re.search(r'class="masthead__logo" src="([^"]+)"', page)[1])
    assert logo.body == SVG.encode()
    assert "immutable" in logo.getheader("Cache-Control")

    (site.data / FILE).unlink()
    wait_for(site, "/about", "Broadsheet</title>")


def test_sorted_sources_are_finished_pages_and_nonsense_is_not(site):
    plain = site.get("/sources").getheader("ETag")
    assert site.get("/sources?sort=nonsense&x=1").getheader("ETag") == plain
    assert site.get("/sources?sort=copies").getheader("ETag") not in (plain, None)
    assert site.get("/sources?sort=copies&x=1").getheader("ETag") == site.get("/sources?sort=copies").getheader("ETag")
