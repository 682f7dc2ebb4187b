"""Editions in a real browser: the composer by keyboard and without scripts, previews, the archive, mails on a phone."""

import pytest

from tests.e2e.test_standards import RULES, violations
from tests.site.running import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PUBLIC = ("/letters/morning", "/letters/morning/1")
DESK = ("/desk/editions", "/desk/editions/{draft}", "/desk/editions/{draft}/preview", "/desk/editions/{sent}")
MAILS = (
    "/desk/editions/{draft}/mail/light",
    "/desk/editions/{draft}/mail/dark",
    "/desk/editions/{draft}/mail/light/ar",
)
MAKE = """
import json
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from broadsheet.letters.models import Edition, Item, Letter
from broadsheet.stories.models import Story
from tests.e2e.lettered import session
now = timezone.now()
morning = Letter.objects.get(slug="morning")
words = "Good **morning**, [read on](https://example.org/a).\\n\\n> Said *she*\\n\\n- one\\n- two"
found = {}
for issue, state in ((1, "sent"), (2, "draft")):
    made, _ = Edition.objects.update_or_create(
        letter=morning, issue=issue, defaults={"state": state, "started_at": now, "introduction": words, "until": now}
    )
    Item.objects.filter(edition=made).delete()
    for place, story in enumerate(Story.objects.order_by("pk")[:4]):
        Item.objects.create(edition=made, position=place, story=story)
    Item.objects.create(edition=made, position=9, kind="words", headline="From the desk", words="More *tomorrow*.")
    found[state] = made.pk
print(json.dumps({**found, "editor": session("Frida", "frida@harbor.example", "editor")}))
"""


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("editions")).start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def told(peopled):
    return peopled.run("-c", MAKE)


def items(page):
    return page.locator(".composer__item h3").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, axe, scheme):
    found = {}
    for path in (*PUBLIC, *DESK):
        page = visit(path, "editor", color_scheme=scheme, width=390 if scheme == "dark" else 1200)
        found[path] = violations(axe, page)
        page.context.close()
    assert {path: those for path, those in found.items() if those} == {}


@pytest.mark.parametrize("path", MAILS)
def test_a_mail_can_be_read_by_everybody(visit, axe, path):
    """By the success criteria alone: landmarks are the mail program's."""
    page = visit(path, "editor", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    rules = {"runOnly": [rule for rule in RULES["runOnly"] if rule != "best-practice"]}
    found = axe.run(page, options=rules).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []


def test_pages_fit_narrow_screens_in_both_directions(visit):
    for path in (*PUBLIC, *DESK):
        page = visit(path, "editor", width=320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.context.close()


@pytest.mark.parametrize("path", [*PUBLIC, *DESK, *MAILS])
def test_html_is_valid(visit, path):
    parsing = pytest.importorskip("tinyhtml5.parser")
    page = visit(path, "editor", java_script_enabled=False)
    parser = parsing.HTMLParser()
    parser.parse(page.request.get(page.url).text())
    assert parser.errors == []


def test_an_item_is_moved_with_one_key_pressed_again_and_nothing_typed_is_lost(visit):
    page = visit("/desk/editions/{draft}", "editor", java_script_enabled=False)
    first, second, third = items(page)[:3]
    page.fill("#subject", "Typed before")
    up = page.locator("[data-up]").nth(2)
    name = up.get_attribute("id")
    up.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert items(page)[:3] == [first, third, second]
    assert page.input_value("#subject") == "Typed before"
    assert page.evaluate("document.activeElement.id") == name
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert items(page)[:3] == [third, first, second]


def test_alt_and_arrows_move_the_item_one_stands_in(visit):
    page = visit("/desk/editions/{draft}", "editor")
    before = items(page)
    page.locator("[data-item]").nth(0).focus()
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowDown")
    assert items(page)[:2] == [before[1], before[0]]


def test_the_preview_shows_the_mail_in_frames(visit):
    page = visit("/desk/editions/{draft}/preview", "editor")
    frame = page.frame_locator("iframe").nth(1)
    assert "From the desk" in frame.locator("body").inner_text()
    assert frame.locator("body").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(31, 29, 23)"
