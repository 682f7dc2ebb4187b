import shutil

import pytest

from tests.site.running import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
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
        pytest.skip("MISSING: Chromium; `apt-get install chromium` brings it. No page was looked at in a browser.")
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
