"""What scripts add: keys, theme, sharing, the live river, suggestions. Nothing is stored before a reader's act."""

import json

import pytest

from tests.e2e.test_pages import paths_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
STORED = "JSON.stringify({...localStorage})"


@pytest.fixture(scope="session")
def paths(site):
    return paths_of(site)


def becomes(page, expression, wanted):
    """Whether this is so at last. Asked from outside: our pages let nothing evaluate a string, the browser's own wait
    neither."""
    for _ in range(200):
        if page.evaluate(expression) == wanted:
            return True
        page.wait_for_timeout(50)
    return False


def test_the_theme_is_kept_only_when_a_reader_chooses(look, paths):
    page = look(paths["front"], color_scheme="light")
    assert page.evaluate(STORED) == "{}"
    page.get_by_label("Dark", exact=True).check()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(paper)
    page.reload()
    assert page.evaluate(paper) == dark
    assert json.loads(page.evaluate(STORED)) == {"theme": "dark"}
    page.get_by_label("As your device").check()
    assert page.evaluate(STORED) == "{}"
    assert page.evaluate(paper) != dark


def test_keys_walk_the_headlines_and_can_be_turned_off(look, paths):
    page = look(paths["front"])
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("?")
    page.get_by_label("Use single keys on this site").uncheck()
    page.keyboard.press("Escape")
    assert becomes(page, STORED, '{"keys-off":"1"}')  # a dialog tells of its closing a moment later
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("?")
    page.get_by_label("Use single keys on this site").check()
    page.get_by_role("button", name="Close").click()
    assert becomes(page, STORED, "{}")


def test_a_slash_goes_to_search_and_is_typed_where_one_types(look, paths):
    page = look(paths["front"])
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("/")
    assert page.locator("input[name=q]").input_value() == "/"


def test_the_address_is_copied_and_said_so(look, paths, site):
    page = look(paths["article"], permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    page.locator(".acts [role=status]", has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").endswith(page.evaluate("location.pathname"))


def test_what_scripts_would_do_is_not_offered_without_them(look, paths):
    page = look(paths["article"], java_script_enabled=False)
    assert page.get_by_role("button", name="Copy the address").count() == 0
    assert not page.locator("fieldset.theme").is_visible()
    assert page.get_by_role("link", name="Send by mail").get_attribute("href").startswith("mailto:?subject=")


def test_the_river_says_what_is_new_and_moves_nothing(look, paths, site):
    feed = json.loads(site.get("/latest.json").body)
    fresh = [{**feed["items"][0], "url": f"{site.address}/articles/90{number}"} for number in range(5)]
    page = look("/latest")
    before = page.locator(".river").first.bounding_box()
    page.route("**/latest.json", lambda route: route.fulfill(json={**feed, "items": [*fresh, *feed["items"]]}))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("link", name="5 new reports").wait_for()
    assert page.locator(".river").first.bounding_box() == before
    assert page.title().startswith("(5) ")
    page.route("**/latest.json", lambda route: route.fulfill(json={**feed, "items": fresh[:1]}))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("link", name="1 new report", exact=True).wait_for()


def test_the_river_is_quiet_while_nothing_is_new(look):
    page = look("/latest")
    with page.expect_response("**/latest.json"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert not page.locator(".fresh a").is_visible()


def test_search_suggests_while_one_types(look):
    page = look("/search")
    with page.expect_response("**/search/suggestions?q=pol"):
        page.locator("#q").press_sequentially("pol")
    page.locator('#suggestions option[value="Politics"]').wait_for(state="attached")


def test_the_reading_view_changes_without_a_script(look, paths):
    page = look(paths["reading"], java_script_enabled=False)
    page.get_by_text("Type and paper").click()

    def size():
        return page.locator(".leaf").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")

    usual = size()
    page.get_by_label("Very large").check()
    assert size() > 1.4 * usual


def test_a_problem_is_reported_without_a_script(look, paths):
    page = look(paths["article"], java_script_enabled=False)
    page.get_by_role("link", name="Report a problem").click()
    page.get_by_label("Something is shown wrongly").check()
    page.get_by_label("What is wrong, in your words").fill("The pier is in Skerry.")
    page.get_by_role("button", name="Send the report").click()
    assert "Your report has arrived." in page.locator("main").inner_text()
