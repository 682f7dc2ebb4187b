"""The readers' site in a real browser: every kind of page, narrow, dark, printed, by keyboard, without scripts."""

import re
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KINDS = (
    "front", "story", "article", "arabic", "section", "latest", "source", "sources", "search", "about", "missing",
    "sections", "topic", "corrections", "how we choose", "author", "archive", "month", "day", "versions", "report",
    "reading", "print", "story reading", "story print", "arabic reading", "imprint", "privacy", "terms",
    "accessibility",
)  # fmt: skip


def paths_of(site):
    """An address of each kind of page of this site."""
    latest = site.get("/latest").body.decode()

    def first(start, page=latest):
        return re.search(rf'href="({start}[^"]*)"', page)[1]

    story, article, arabic = (
        first("/stories/1-", site.get("/").body.decode()),
        first("/articles/1-"),
        first("/articles/2-"),
    )
    archive = site.get("/archive").body.decode()
    month = re.findall(r'href="(/archive/\d+/\d+)"', archive)[-1]
    return {
        "sections": "/sections",
        "topic": first("/topics/", site.get(quote(arabic)).body.decode()),
        "corrections": "/corrections",
        "how we choose": "/how-we-choose",
        "author": "/authors/ilse-brandt",
        "archive": "/archive",
        "month": month,
        "day": re.findall(r'href="(/archive/\d+/\d+/\d+)"', site.get(month).body.decode())[-1],
        "versions": f"{article}/versions",
        "report": f"{story}/report",
        "reading": f"{article}/reading",
        "print": f"{article}/print",
        "arabic reading": f"{arabic}/reading",
        "story reading": f"{story}/reading",
        "story print": f"{story}/print",
        **{name: f"/{name}" for name in ("imprint", "privacy", "terms", "accessibility")},
        "front": "/",
        "story": story,
        "article": article,
        "arabic": arabic,
        "section": "/sections/politics",
        "latest": "/latest",
        "source": first("/sources/northmark"),
        "sources": "/sources",
        "search": "/search?q=ferry",
        "about": "/about",
        "missing": "/nothing-here",
    }


@pytest.fixture(scope="session")
def paths(site):
    return paths_of(site)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "missing"])
def test_a_page_fits_a_narrow_screen_and_stores_nothing(look, paths, kind):
    page = look(paths[kind], width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


@pytest.mark.parametrize("kind", ["front", "story", "article"])
def test_a_page_says_the_same_without_scripts(look, paths, kind):
    # Copying and sharing are offered only where a script can do it.
    told = "main => { main.querySelectorAll('.acts').forEach((acts) => acts.remove()); return main.innerText; }"
    words = look(paths[kind]).locator("main").evaluate(told)
    plain = look(paths[kind], java_script_enabled=False).locator("main").evaluate(told)
    times = re.compile(r"\d{1,2}:\d\d|\d+ min\. ago|this minute|\d+ \w+,")
    assert times.sub("", words).split() == times.sub("", plain).split()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper(look, paths, scheme):
    page = look(paths["article"], color_scheme=scheme)
    ink, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert contrast(ink, paper) > 12
    soft = page.evaluate("getComputedStyle(document.querySelector('.attribution__when')).color")
    assert contrast(soft, paper) > 4.5


def test_the_keyboard_reaches_the_news_first(look, paths):
    page = look(paths["front"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_focus_is_visible_and_never_covered(look, paths):
    page = look(paths["story"])
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # once around
        seen = page.evaluate(
            """() => {
                const focused = document.activeElement, box = focused.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return { outline: getComputedStyle(focused).outlineStyle, free: focused.contains(top) || top === null
                    || top.contains(focused) };
            }"""
        )
        assert seen["outline"] != "none"
        assert seen["free"]


def test_copies_unfold_without_a_script(look, paths):
    page = look(paths["story"], java_script_enabled=False)
    copies = page.locator("details.copies").first
    assert not copies.locator("li").first.is_visible()
    copies.locator("summary").click()
    assert copies.locator("li").first.is_visible()


def test_arabic_runs_from_right_to_left_within_an_english_page(look, paths):
    page = look(paths["arabic"])
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.attribution')).direction") == "ltr"
    assert "asks for registration" in page.locator("main").inner_text()


def test_pictures_take_their_place_before_they_come(look, paths):
    page = look(paths["article"])
    picture = page.locator("main img").first
    assert (picture.get_attribute("width"), picture.get_attribute("height")) == ("1200", "675")
    assert picture.get_attribute("loading") is None
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 0


def test_recent_times_say_how_long_ago_and_keep_the_exact_one(look, paths):
    page = look(paths["latest"])
    recent = page.locator("time[title]").first
    assert re.fullmatch(r"\d{2}:\d{2}", recent.get_attribute("title"))
    assert re.search(r"ago|minute", recent.inner_text())


def test_paper_leaves_out_what_paper_cannot_do(look, paths):
    page = look(paths["article"])
    page.emulate_media(media="print")
    assert not page.locator("nav.sections").is_visible()
    assert not page.locator(".masthead__tools").is_visible()
    assert not page.locator("form, button").filter(visible=True).count()
    assert page.locator(".attribution").is_visible()
    assert "courier" in page.evaluate("getComputedStyle(document.querySelector('.onward a'), '::after').content")


def test_searching_by_keyboard(look, paths):
    page = look("/search")
    page.get_by_label("Words, names or a “phrase”").fill("grain")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=grain*")
    assert page.locator("input[name=q]").input_value() == "grain"


def contrast(one, other):
    """WCAG 2.2's ratio of two colors as browsers write them."""

    def luminance(color):
        parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
