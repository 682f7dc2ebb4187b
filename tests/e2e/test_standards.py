"""Every kind of page by the standards: axe's rules for WCAG 2.2 AA in light, dark and right to left, and valid HTML."""

import gzip
import re
from itertools import pairwise
from urllib.parse import quote

import pytest

from tests.e2e.test_pages import KINDS, paths_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LARGEST = 25_000
"""Bytes of HTML, style and script that a first visit brings."""
SCRIPTS = 5_000


@pytest.fixture(scope="session")
def paths(site):
    return paths_of(site)


def violations(axe, page):
    found = axe.run(page, options=RULES).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(look, paths, axe, scheme):
    found = {}
    for kind in KINDS:
        if kind == "missing":
            continue  # the browser itself complains of its status; its parts are those of other pages
        page = look(paths[kind], color_scheme=scheme, width=390 if scheme == "dark" else 1350)
        found[kind] = violations(axe, page)
        page.context.close()
    assert {kind: those for kind, those in found.items() if those} == {}


def test_axe_finds_nothing_from_right_to_left(look, paths, axe):
    found = {}
    for kind in ("front", "story", "arabic", "sources", "month", "report", "arabic reading"):
        page = look(paths[kind])
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
        found[kind] = violations(axe, page)
        page.context.close()
    assert {kind: those for kind, those in found.items() if those} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing_in_any_component(look, workshop, axe, scheme, direction):
    page = look("/-/components", at=workshop, color_scheme=scheme)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    assert violations(axe, page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_valid_html(site, paths, kind):
    parsing = pytest.importorskip("tinyhtml5.parser")
    html = site.get(quote(paths[kind], safe="/?=&%")).body.decode()
    parser = parsing.HTMLParser()
    parser.parse(html)
    assert parser.errors == []
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby", "list"):
        for value in re.findall(rf'\b{name}="([^"]*)"', html):
            assert set(value.split()) <= set(ids), (name, value)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html.split("<dialog")[0])]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), levels


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_visit_is_light(site, paths, kind):
    html = site.get(quote(paths[kind], safe="/?=&%")).body
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html.decode()))
    bodies = {path: site.get(path).body for path in files}
    packed = {path: len(gzip.compress(body, 9)) for path, body in bodies.items()}
    assert len(files) == 2
    assert len(gzip.compress(html, 9)) + sum(packed.values()) <= LARGEST
    assert sum(size for path, size in packed.items() if path.endswith(".js")) < SCRIPTS


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_holds_twice_as_large_text(look, paths, kind):
    if kind == "missing":
        pytest.skip("the browser complains of its status")
    page = look(paths[kind], width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "missing"])
def test_the_keyboard_reaches_everything_and_focus_is_seen(look, paths, kind):
    page = look(paths[kind])
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter((one) => one.checkVisibility() && one.tabIndex >= 0 && !(one.type === 'radio')).length"""
    )
    reached = 0
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const one = document.activeElement;
                return one === document.body ? null : getComputedStyle(one).outlineStyle; }"""
        )
        if seen is None:
            break
        assert seen != "none"
        reached += 1
    assert reached >= wanted


def test_forced_colors_keep_drawings_and_buttons(look, paths):
    page = look(paths["story"], forced_colors="active")
    fill = "getComputedStyle(document.querySelector('.spread__own, .course__own')).fill"
    assert page.evaluate(fill) != page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_nothing_moves_for_those_who_want_no_motion(look, paths):
    page = look(paths["front"], reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll('*')].filter((one) => {
        const style = getComputedStyle(one);
        return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0; }).length"""
    assert page.evaluate(moving) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
