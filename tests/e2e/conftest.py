import shutil

import pytest

from tests.prepare import BROWSERS
from tests.site.running import Site

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")  # while it runs no other test of this process could run a loop of its own
def browser():
    if CHROMIUM is None:
        pytest.skip("MISSING: Chromium; `apt-get install chromium-headless-shell` brings it. No page was looked at.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("site")).start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """A site while debugging: it shows its components."""
    made = Site(tmp_path_factory.mktemp("workshop"), DEBUG="True").start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def look(browser, site):
    """Open a page as a reader with this equipment. Fails when the page complains or asks anybody else for anything."""
    contexts, complaints = [], []

    def open_page(path, *, width=1350, at=site, **equipment):
        context = browser.new_context(viewport={"width": width, "height": 900}, **equipment)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith(at.address) else complaints.append(request.url)
        )
        page.goto(at.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def visit(look, peopled, told):
    """visit(path, who=None, ...) -> the page as that reader sees it.

    peopled, told: of the module that asks: a site, and what was made there, with the session keys of readers.
    """

    def go(path, who=None, **equipment):
        page = look("/about", at=peopled, **equipment)
        if who:
            page.context.add_cookies([{"name": "reader", "value": told[who], "url": peopled.address}])
        page.goto(peopled.address + path.format(**told))
        return page

    return go
