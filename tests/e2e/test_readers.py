"""Readers' pages in a real browser: on a phone, without scripts, in Arabic, with a passkey, with a fresh profile."""

import os
import re
import subprocess
import sys
import time

import pytest

from broadsheet.queue import make_queue
from tests.site.running import Site

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
TEXT = "The ferry sails again after nine days."


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A site whose one full text is metered."""
    made = Site(tmp_path_factory.mktemp("readers")).start()
    command(made, "gate", "source:northmark-wire", "metered")
    yield made
    made.stop()


def command(site, *words):
    call = [sys.executable, "-m", "broadsheet.cli", "readers", *words, "--data", str(site.data)]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    subprocess.run(call, check=True, env=environ, capture_output=True)
    site.settle()


@pytest.fixture
def phone(browser, home):
    """Open a browser of its own; every page of it is looked at for what a phone cannot show."""
    contexts, complaints = [], []

    def open_browser(*, site=home, scripts=False, **equipment):
        context = browser.new_context(viewport=PHONE, java_script_enabled=scripts, **equipment)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(site.address) else complaints.append(asked.url))
        page.set_default_timeout(10_000)
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert complaints == []


def mailed_code(site, address):
    """The newest code that was handed to the queue for an address; no worker runs here."""
    queue = make_queue(f"sqlite:///{site.data / 'queue.sqlite3'}")
    for _ in range(40):
        messages = [queue.serializer.deserialize(found) for found in queue.storage.enqueued_items()]
        texts = [one.args[2] for one in messages if one.name.endswith("send_mail") and one.args[0] == address]
        codes = [code for text in texts for code in re.findall(r"^ {4}([A-Z]{4}-[A-Z]{4})$", text, re.MULTILINE)]
        if codes:
            return codes[-1]
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address}")


def join(page, site, address):
    page.goto(f"{site.address}/account/join")
    time.sleep(1.2)  # who fills in a form in less is asked to press the button again
    page.get_by_label("Mail address").fill(address)
    page.get_by_label(re.compile("I am 16")).check()
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("Code").fill(mailed_code(site, address).lower().replace("-", " "))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/my")


def fits(page):
    """Nothing is wider than the phone, and every control is large enough to be hit."""
    small = page.locator("main button, main input:not([type=hidden])").all()
    boxes = [box for one in small if (box := one.bounding_box()) and box["width"] > 2]
    return all(
        box["x"] >= -1 and box["x"] + box["width"] <= PHONE["width"] + 1 and box["height"] >= 24 for box in boxes
    )


def test_a_fresh_browser_keeps_nothing(phone, home):
    page = phone(scripts=True)
    for path in ("/", "/latest", "/search?q=ferry", "/about", "/help", "/privacy", "/consent"):
        page.goto(home.address + path)
    page.goto(home.address + "/")
    page.get_by_role("main").get_by_role("link").first.click()

    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0


def test_the_whole_way_without_a_script(phone, home):
    """Join, follow, read, keep, see one's data, and leave."""
    page = phone()
    join(page, home, "ada@harbor.example")
    page.goto(f"{home.address}/follow?kind=section&name=politics")
    page.get_by_role("button", name="Follow").click()
    assert page.get_by_role("link", name="Politics").count()
    assert fits(page)
    page.goto(f"{home.address}/my")
    assert page.get_by_text("Because you follow Politics").count()
    assert fits(page)
    page.goto(f"{home.address}/account")
    assert page.get_by_text("this device").count()
    assert fits(page)
    page.goto(f"{home.address}/my/data")
    assert fits(page)
    page.get_by_label(re.compile("Erase my account")).check()
    page.get_by_role("button", name="Erase my account").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your account is erased"
    page.goto(f"{home.address}/account")
    assert "/account/login" in page.url


def test_errors_are_told_beside_the_field_and_on_top(phone, home):
    page = phone()
    page.goto(f"{home.address}/account/join")
    assert page.get_by_role("alert").count() == 0
    page.get_by_label("Mail address").fill("ada@harbor")
    page.get_by_role("button", name="Send me the code").click()

    assert "This is not a mail address" in page.get_by_role("alert").inner_text()
    field = page.get_by_label("Mail address")
    assert field.get_attribute("aria-invalid") == "true"
    told = page.locator(f"#{field.get_attribute('aria-describedby').split()[0]}").inner_text()
    assert "name@example.org" in told
    assert fits(page)


def article_of(page, home):
    page.goto(f"{home.address}/sources/northmark-wire")
    page.get_by_role("main").get_by_role("link", name=re.compile("Ferry line")).first.click()


def test_the_gate_opens_by_a_button_once_for_each_text(phone, home):
    page = phone()
    article_of(page, home)
    assert TEXT not in page.content()
    assert page.locator("article .gate").count() == 0
    assert fits(page)
    address = page.url
    page.get_by_role("button", name="Read it now").click()
    assert TEXT in page.get_by_role("article").first.inner_text()

    other = page.context.new_page()
    other.goto(address)
    assert TEXT in other.content(), "a second tab, at the article's own address"
    page.go_back()
    page.reload()
    assert TEXT in page.content()
    assert "4 free texts left" in page.content()


def test_a_browser_without_cookies_reads_too(phone, home):
    page = phone()
    page.route("**/*", lambda route: route.continue_(headers={**route.request.headers, "cookie": ""}))
    article_of(page, home)
    page.get_by_role("button", name="Read it now").click()

    assert TEXT in page.content()
    assert "pass=" in page.url


def test_following_without_an_account_is_a_link(phone, home):
    page = phone()
    page.goto(f"{home.address}/follow?kind=section&name=politics")
    page.get_by_role("button", name="Follow without an account").click()

    assert "/my/list/" in page.url
    assert page.get_by_text("Because you follow Politics").count()
    assert "follows" not in {cookie["name"] for cookie in page.context.cookies()}
    assert fits(page)
    page.get_by_role("button", name="Remember it on this device").click()
    assert "follows" in {cookie["name"] for cookie in page.context.cookies()}


def test_the_opt_out_signal_changes_the_first_answer(phone, home):
    plain, signalled = phone(), phone(extra_http_headers={"Sec-GPC": "1"})
    for page in (plain, signalled, plain):
        page.goto(f"{home.address}/about")

    assert plain.get_by_text("Opt-out signal honored").count() == 0
    assert signalled.get_by_text("Opt-out signal honored").count() == 1


def test_a_passkey_logs_in(browser, home):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    site = home.address.replace("127.0.0.1", "localhost")  # a passkey is for a name, not for a number
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    authenticator = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**authenticator, **ready}})
    named = type("Named", (), {"address": site, "data": home.data})
    join(page, named, "pia@harbor.example")
    page.goto(f"{site}/account/passkeys/add")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/account")
    assert page.get_by_role("link", name="Remove").count() == 1
    page.goto(f"{site}/account/logout")
    page.get_by_role("button", name="Log out").click()

    page.goto(f"{site}/account/login")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/my")

    page.goto(f"{site}/account")
    assert page.get_by_text("pia@harbor.example").count()
    context.close()


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    os.environ["SERVED_LANGUAGE"] = "ar"
    try:
        made = Site(tmp_path_factory.mktemp("arabic")).start()
    finally:
        del os.environ["SERVED_LANGUAGE"]
    yield made
    made.stop()


def test_pages_run_from_the_right_in_arabic(phone, arabic):
    page = phone(site=arabic)
    for path in ("/account/join", "/account/login", "/my", "/help", "/consent", "/follow?kind=section&name=politics"):
        page.goto(arabic.address + path)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert fits(page), path
