"""Conversations and their desk in a real browser: standards, narrow screens, keyboard, no scripts, right to left."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.e2e.test_standards import violations
from tests.site.running import ROOT, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPEN = {
    "story": "{story}",
    "conversation": "{story}/comments",
    "exchange": "/comments/{reply}",
    "report": "/comments/{top}/report",
    "rules": "/comments/rules",
    "counts": "/comments/counts",
}
OWN = {
    "write": "/my/comments/write?story=1&answers={top}",
    "name": "/my/comments/name",
    "mine": "/my/comments",
    "edit": "/my/comments/{held}/edit",
    "delete": "/my/comments/{held}/delete",
    "about": "/my/comments/{top}/about",
}
DESK = {
    "held": "/desk/comments",
    "reported": "/desk/comments/reported",
    "recent": "/desk/comments/recent",
    "appeals": "/desk/comments/appeals",
    "comment": "/desk/comments/{top}",
    "objection": "/desk/comments/objections/{objection}",
    "desk rules": "/desk/comments/rules",
    "desk counts": "/desk/comments/counts",
}


@pytest.fixture(scope="session")
def talking(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("talking")).start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def told(talking):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    environ |= {"BROADSHEET_DATA": str(talking.data), "BROADSHEET_SECRET_KEY": "only-for-tests-" * 4}
    environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.settings"
    made = subprocess.run(
        [sys.executable, "-m", "tests.e2e.talked"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def visit(look, talking, told):
    """visit(path, who=None, ...) -> the page as that reader sees it."""

    def go(path, who=None, **equipment):
        page = look("/about", at=talking, **equipment)
        if who:
            page.context.add_cookies([{"name": "reader", "value": told[who], "url": talking.address}])
        page.goto(talking.address + path.format(**told))
        return page

    return go


def everybody():
    yield from ((path, None) for path in OPEN.values())
    yield from ((path, "newcomer") for path in OWN.values())
    yield ("/my/comments/decisions/{decision}", "bo")
    yield from ((path, "moderator") for path in DESK.values())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, axe, scheme):
    found = {}
    for path, who in everybody():
        page = visit(path, who, color_scheme=scheme, width=390 if scheme == "dark" else 1200)
        found[path] = violations(axe, page)
        page.context.close()
    assert {path: those for path, those in found.items() if those} == {}


def test_pages_fit_narrow_screens_in_both_directions(visit):
    for path, who in everybody():
        page = visit(path, who, width=320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.context.close()


def test_reading_stores_nothing(visit):
    for path in OPEN.values():
        page = visit(path)
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        page.context.close()


def test_html_is_valid(visit):
    parsing = pytest.importorskip("tinyhtml5.parser")
    for path, who in everybody():
        page = visit(path, who, java_script_enabled=False)
        html = page.request.get(page.url).text()
        parser = parsing.HTMLParser()
        parser.parse(html)
        assert parser.errors == [], path
        ids = re.findall(r'\bid="([^"]*)"', html)
        assert len(ids) == len(set(ids)), path
        page.context.close()


def test_a_comment_is_written_without_a_script(visit, talking):
    page = visit("/my/comments/write?story=1", "bo", java_script_enabled=False, width=390)
    page.fill("#words", "A remark *without* a script")
    page.click("text=Look at it first")
    assert page.locator("em").inner_text() == "without"
    page.click("button.button:has-text('Send')")
    assert page.url.startswith(f"{talking.address}/comments/")
    assert page.locator(".comment__words em").first.inner_text() == "without"


def test_the_queue_is_worked_by_keyboard(visit):
    page = visit("/desk/comments", "moderator")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('[data-line]')")
    page.keyboard.press("x")
    assert page.locator("input[name=comments]:checked").count() == 1
    page.keyboard.press("a")
    page.wait_for_selector(".outcome")
    assert "let stand" in page.locator(".outcome").inner_text()
    assert page.locator("[data-line]").count() == 0
