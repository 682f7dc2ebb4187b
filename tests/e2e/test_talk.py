"""Conversations and their desk in a real browser: standards, narrow screens, keyboard, no scripts, right to left."""

import re

import pytest

from tests.e2e.test_standards import violations
from tests.site.running import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPEN = {
    "story": "{story}",
    "conversation": "{story}/comments",
    "exchange": "/comments/{reply}",
    "report": "/comments/{top}/report",
    "rules": "/comments/rules",
    "counts": "/comments/counts",
    "writer": "/comments/by/{shape}",
    "embed": "{article}",
    "player": "/player/1/0",
    "consent": "/consent",
}
OWN = {
    "write": "/my/comments/write?story=1&answers={top}",
    "name": "/my/comments/name",
    "mine": "/my/comments",
    "edit": "/my/comments/{held}/edit",
    "delete": "/my/comments/{held}/delete",
    "about": "/my/comments/{top}/about",
}
FOLDED = {
    "story": "/my/stories/1",
    "conversation": "/my/stories/1/comments",
    "exchange": "/my/exchanges/{top}",
    "search": "/my/search?q=ferry",
    "front": "/my/front",
    "latest": "/my/latest",
    "data": "/my/data",
    "gate": "/read/2",
    "incentive": "/account/incentive",
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
    "answers": "/desk/comments/answers",
    "gate": "/desk/gate",
    "objections": "/desk/objections",
}


@pytest.fixture(scope="session")
def peopled(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("talking")).start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def told(peopled):
    return peopled.run("-m", "tests.e2e.talked")


def everybody():
    yield from ((path, None) for path in OPEN.values())
    yield from ((path, "newcomer") for path in OWN.values())
    yield ("/my/comments/decisions/{decision}", "bo")
    yield from ((path, "bo") for path in FOLDED.values())
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


def test_a_comment_is_written_without_a_script(visit, peopled):
    page = visit("/my/comments/write?story=1", "bo", java_script_enabled=False, width=390)
    page.fill("#words", "A remark *without* a script")
    page.click("text=Look at it first")
    assert page.locator("em").inner_text() == "without"
    page.click("button.button:has-text('Send')")
    assert page.url.startswith(f"{peopled.address}/comments/")
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


def test_who_mutes_and_ignores_is_sent_to_pages_of_their_own(visit, peopled, told):
    page = visit("/my/follows", "bo", java_script_enabled=False, width=390)
    page.fill("#words", "football")
    page.click("button:has-text('Mute')")
    page.goto(peopled.address + told["story"])
    assert page.url == f"{peopled.address}/my/stories/1"
    assert page.locator("summary:has-text('you have muted')").count() == 1
    assert not page.locator("details a:has-text('Lakeside Post')").first.is_visible()
    page.goto(f"{peopled.address}{told['story']}/comments")
    assert not page.locator("text=What none of the reports mention").last.is_visible()
    page.locator("summary:has-text('you ignore')").first.click()
    assert page.locator("details[open]").count() >= 1


def test_a_video_is_loaded_by_a_press_and_not_before(browser, peopled, told):
    for scripts in (True, False):
        context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=scripts)
        asked = []
        context.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="<p>the player</p>"))
        page = context.new_page()
        page.on("request", lambda one, asked=asked: asked.append(one.url))
        page.goto(peopled.address + told["article"])
        page.click("text=Load it from YouTube")
        elsewhere = [url for url in asked if not url.startswith(peopled.address)]
        assert elsewhere == []
        assert context.cookies() == []
        page.click("text=Load it this once")
        page.frame_locator("iframe").locator("text=the player").wait_for()
        elsewhere = [url for url in asked if not url.startswith(peopled.address)]
        assert elsewhere == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
        context.close()


def test_a_rule_of_the_gate_is_tried_on_a_phone(visit):
    page = visit("/desk/gate", "moderator", java_script_enabled=False, width=390)
    page.select_option("#scope", "source")
    page.fill("#name", "northmark-wire")
    page.click("button:has-text('Try first')")
    assert page.locator("[role=status]:has-text('What it would do')").is_visible()
    assert page.input_value("#name") == "northmark-wire"
