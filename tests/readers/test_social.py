"""Logging in with an account elsewhere: off as it comes; where it is on, nobody is asked before a button is pressed."""

import html
import re
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest
from django.test import Client

from broadsheet.environment import SettingError, read_environment
from tests.readers.oidc import Provider
from tests.site.running import Site


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


class Browser:
    """Cookies, forms, and no redirect followed that is not asked for."""

    def __init__(self, site):
        self.site = site
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies), Stay)

    def get(self, path):
        return self._ask(Request(self._address(path)))

    def press(self, page, action, **fields):
        """Send the form of a page that leads to this address, with what is hidden in it."""
        form = re.search(rf'<form[^>]* action="{re.escape(html.escape(action))}".*?</form>', page, re.DOTALL)[0]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        told = {name: html.unescape(value) for name, value in hidden.items()} | fields
        return self._ask(Request(self._address(action), urlencode(told).encode(), {"Sec-Fetch-Site": "same-origin"}))

    def _address(self, path):
        return path if path.startswith("http") else self.site.address + path

    def _ask(self, request):
        try:
            answer = self._opener.open(request, timeout=20)
        except HTTPError as error:
            answer = error
        answer.text = answer.read().decode()
        return answer


@pytest.fixture(scope="module")
def provider():
    made = Provider()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def site(provider, tmp_path_factory):
    login = f"{provider.issuer.replace('://', '://site:s3cret@')}?name=Harbor+Login"
    networks = f"127.0.0.1:{provider.port}"
    made = Site(tmp_path_factory.mktemp("social"), LOGINS=login, ALLOW_NETWORKS=networks).start()
    yield made
    made.stop()


@pytest.fixture
def slug(provider):
    return f"127-0-0-1-{provider.port}-realm"


@pytest.fixture(autouse=True)
def quiet(provider):
    provider.calls.clear()
    provider.broken = False


@pytest.fixture
def nora(site, provider, slug):
    """Somebody who has joined with the account elsewhere, in whichever test comes first."""
    with site.database() as database:
        known = database.execute("SELECT 1 FROM socialaccount_socialaccount WHERE uid = '4711'").fetchone()
    if known is None:
        browser = Browser(site)
        come_back(browser, provider, slug)
        form = browser.get("/account/social/join").text
        browser.press(form, "/account/social/join", email="nora@harbor.example", terms="yes")


def start(browser, slug, page="/account/login", more=""):
    """Press the button: where it leads to."""
    answer = browser.press(browser.get(page).text, f"/account/social/{slug}/login{more}")
    assert answer.status == 200
    return html.unescape(re.search(r'class="button" href="([^"]+)"', answer.text)[1]), answer


def come_back(browser, provider, slug, page="/account/login", more=""):
    onward, _answer = start(browser, slug, page, more)
    return browser.get(provider.authorize(onward))


def count(site, table):
    with site.database() as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.mark.django_db
def test_as_it_comes_there_is_none():
    assert "/account/social/" not in Client().get("/account/login").content.decode()
    assert Client().post("/account/social/x/login").status_code == 404


def test_looking_at_the_page_asks_nobody(site, provider, slug):
    page = Browser(site).get("/account/login").text

    assert "Log in with Harbor Login" in page
    assert provider.issuer not in page
    assert provider.calls == []
    assert Browser(site).get(f"/account/social/{slug}/login").status == 405
    assert provider.calls == []


def test_who_comes_agrees_to_the_terms_and_is_in(site, provider, slug):
    browser = Browser(site)
    onward, answer = start(browser, slug)
    assert onward.startswith(f"{provider.issuer}/authorize?")
    assert answer.headers["Refresh"] == f"0; url={onward}"
    back = browser.get(provider.authorize(onward))
    assert back.headers["Location"] == "/account/social/join"

    form = browser.get("/account/social/join").text
    assert 'value="nora@harbor.example"' in form
    refused = browser.press(form, "/account/social/join", email="nora@harbor.example")
    assert "Please tick the box" in refused.text
    done = browser.press(form, "/account/social/join", email="nora@harbor.example", terms="yes")
    assert done.headers["Location"] == "/my"
    assert "nora@harbor.example" in browser.get("/account").text

    with site.database() as database:
        (kept,) = database.execute("SELECT uid, extra_data FROM socialaccount_socialaccount").fetchall()
        agreed = database.execute("SELECT document FROM readers_agreement ORDER BY document").fetchall()
    assert kept == ("4711", "{}")
    assert agreed == [("privacy",), ("terms",)]
    assert count(site, "socialaccount_socialtoken") == 0


@pytest.mark.usefixtures("nora")
def test_the_next_time_it_is_one_step(site, provider, slug):
    browser = Browser(site)

    assert come_back(browser, provider, slug).headers["Location"] == "/my"
    assert "Disconnect" in browser.get("/account").text
    assert "accounts_elsewhere" in browser.get("/my/data.json").text


@pytest.mark.usefixtures("nora")
def test_an_address_that_has_an_account_is_not_taken_over(site, provider, slug):
    """A stranger at the provider who claims the address of somebody here."""
    browser, before = Browser(site), provider.person
    held = (count(site, "socialaccount_socialaccount"), count(site, "readers_reader"))
    provider.person = {**before, "sub": "666"}
    try:
        come_back(browser, provider, slug)
        form = browser.get("/account/social/join").text
        done = browser.press(form, "/account/social/join", email="nora@harbor.example", terms="yes")
    finally:
        provider.person = before

    assert done.headers["Location"] == "/account/confirm"
    assert browser.get("/account").headers["Location"].startswith("/account/login")
    assert (count(site, "socialaccount_socialaccount"), count(site, "readers_reader")) == held


def test_an_address_the_provider_did_not_prove_is_proved_here(site, provider, slug):
    browser, before = Browser(site), provider.person
    provider.person = {"sub": "12", "email": "olaf@harbor.example", "email_verified": False}
    try:
        come_back(browser, provider, slug)
        form = browser.get("/account/social/join").text
        done = browser.press(form, "/account/social/join", email="olaf@harbor.example", terms="yes")
    finally:
        provider.person = before

    assert done.headers["Location"] == "/account/confirm"
    assert browser.get("/account").headers["Location"].startswith("/account/login")


@pytest.mark.parametrize("change", ["state=forged", "code=forged", "error=access_denied"])
def test_a_forged_or_refused_return_logs_nobody_in(site, provider, slug, change):
    browser = Browser(site)
    onward, _answer = start(browser, slug)
    name, _, value = change.partition("=")
    back = re.sub(rf"([?&]){name}=[^&]*", rf"\1{name}={value}", provider.authorize(onward))
    if name == "error":
        back = re.sub(r"code=[^&]*", change, back)
    answer = browser.get(back)

    assert urlsplit(answer.headers["Location"]).path in ("/account/login", "/account/social/cancelled")
    assert browser.get("/account").headers["Location"].startswith("/account/login")
    assert browser.get("/account/login").status == 200


def test_a_return_in_another_browser_logs_nobody_in(site, provider, slug):
    onward, _answer = start(Browser(site), slug)
    other = Browser(site)
    other.get("/account/login")
    other.get(provider.authorize(onward))

    assert other.get("/account").headers["Location"].startswith("/account/login")


def test_a_provider_that_fails_is_told_and_the_mail_stays(site, provider, slug):
    provider.broken = True
    browser = Browser(site)
    answer = browser.press(browser.get("/account/login").text, f"/account/social/{slug}/login")

    assert answer.headers["Location"] == "/account/login"
    page = browser.get("/account/login").text
    assert "did not work" in page
    assert "Send me a code" in page


def test_another_site_cannot_press_the_button(site, provider, slug):
    page = Browser(site).get("/account/login").text
    assert Browser(site).press(page, f"/account/social/{slug}/login").status == 403
    assert provider.calls == []


@pytest.mark.usefixtures("nora")
def test_it_is_disconnected_and_the_mail_stays(site, provider, slug):
    browser = Browser(site)
    come_back(browser, provider, slug)
    page = browser.get("/account").text
    action = re.search(r'action="(/account/social/\d+/disconnect)"', page)[1]
    assert Browser(site).get(action).status in (302, 405)

    before = count(site, "socialaccount_socialaccount")

    assert browser.press(page, action).headers["Location"] == "/account"
    assert count(site, "socialaccount_socialaccount") == before - 1

    connected = come_back(browser, provider, slug, "/account", "?process=connect&next=/account")
    assert connected.headers["Location"] == "/account"
    assert count(site, "socialaccount_socialaccount") == before


@pytest.mark.parametrize(
    "value",
    [
        "https://issuer.example",
        "https://client@issuer.example",
        "ftp://a:b@issuer.example",
        "https://a:b@issuer.example?name=",
        "https://a:b@issuer.example?scope=all",
        "https://a:b@issuer.example https://c:d@issuer.example",
        "nonsense",
    ],
)
def test_what_names_no_provider_stops_the_start_and_shows_no_secret(value):
    with pytest.raises(SettingError, match="LOGINS is a value that is not shown"):
        read_environment({"BROADSHEET_LOGINS": value})


def test_several_providers_with_names():
    value = "https://a:b%40c@one.example/realm/x?name=One https://d:e@two.example"
    first, second = read_environment({"BROADSHEET_LOGINS": value}).logins
    assert list(first.values()) == ["one-example-realm-x", "One", "https://one.example/realm/x", "a", "b@c"]
    assert (second["slug"], second["name"]) == ("two-example", "two.example")
