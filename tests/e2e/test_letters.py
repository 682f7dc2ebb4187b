"""Letters in a real browser: asking, confirming, choosing and leaving on a phone without scripts, also in Arabic; the
desk; every kind of page by the standards."""

import re

import pytest

from tests.e2e.test_standards import violations
from tests.site.running import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = 360
OPEN = {
    "letters": "/letters",
    "story": "/letters/stories/{story}",
    "asked": "/letters/asked",
    "confirm": "/letters/confirm/{waiting}.{asked}",
    "settings": "/letters/settings/{ada}",
    "leave": "/letters/leave/{ada}.{morning}",
    "leave all": "/letters/leave/{ada}",
    "never asked": "/letters/leave/{waiting}",
}
OWN = {"account": "/my/letters"}
DESK = {
    "letters": "/desk/letters",
    "new": "/desk/letters/new",
    "letter": "/desk/letters/of/morning",
    "why": "/desk/letters/why",
    "lists": "/desk/letters/lists",
    "post": "/desk/post",
    "returns": "/desk/post/returns/unknown",
}


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("letters")).start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("arabic-letters"), LANGUAGE="ar")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SERVED_LANGUAGE", "ar")
        made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def told(peopled):
    return peopled.run("-m", "tests.e2e.lettered")


WORK = """
import django
django.setup()
import broadsheet.letters.tasks
from broadsheet.queue import queue
said = []
while (task := queue.dequeue()) is not None:
    if task.name.endswith("send_mail"):
        said.append(task.args[2])
    else:
        queue.execute(task)
import json
print(json.dumps(said))
"""


def mails(site):
    """Do what waits in the site's queue; the texts of the mails that came of it. No worker runs here."""
    return site.run("-c", WORK)


class TestAudience:
    """Asking, confirming, choosing, leaving, and their desk."""

    def everybody(self):
        yield from ((path, None) for path in OPEN.values())
        yield from ((path, "reader") for path in OWN.values())
        yield from ((path, "editor") for path in DESK.values())

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(self, visit, axe, scheme):
        found = {}
        for path, who in self.everybody():
            page = visit(path, who, color_scheme=scheme, width=390 if scheme == "dark" else 1200)
            found[path] = violations(axe, page)
            page.context.close()
        assert {path: those for path, those in found.items() if those} == {}

    def test_pages_fit_narrow_screens_in_both_directions(self, visit):
        for path, who in self.everybody():
            page = visit(path, who, width=320)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            page.evaluate("document.documentElement.dir = 'rtl'")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            page.context.close()

    def test_html_is_valid(self, visit):
        parsing = pytest.importorskip("tinyhtml5.parser")
        for path, who in self.everybody():
            page = visit(path, who, java_script_enabled=False)
            html = page.request.get(page.url).text()
            parser = parsing.HTMLParser()
            parser.parse(html)
            assert parser.errors == [], path
            ids = re.findall(r'\bid="([^"]*)"', html)
            assert len(ids) == len(set(ids)), path
            for name in ("for", "aria-labelledby", "aria-describedby"):
                for value in re.findall(rf'\b{name}="([^"]*)"', html):
                    assert set(value.split()) <= set(ids), (path, name, value)
            page.context.close()

    def test_opening_every_link_of_every_page_leaves_everything_as_it_was(self, visit, peopled, told):
        def rows():
            with peopled.database() as database:
                return [
                    database.execute(f"select * from letters_{table} order by id").fetchall()
                    for table in ("subscriber", "subscription", "proof", "suppression")
                ]

        before = rows()
        page = visit("/letters")
        for path in OPEN.values():
            page.goto(peopled.address + path.format(**told))
            links = page.eval_on_selector_all("a[href^='/letters']", "found => found.map(one => one.href)")
            for link in links:
                assert page.request.get(link).ok
                assert page.request.head(link).ok
        assert rows() == before
        assert page.context.cookies() == []

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_a_phone_without_scripts_asks_confirms_chooses_and_leaves(self, look, peopled, arabic, language):
        site = arabic if language == "ar" else peopled
        page = look("/", at=site, width=PHONE, java_script_enabled=False)
        page.fill("#letter-to", f"phone-{language}@harbor.example")
        page.click(".colophon__letter button")
        assert page.url == f"{site.address}/letters/asked"
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        (text,) = mails(site)
        page.goto(site.address + re.search(r"/letters/confirm/\S+", text)[0])
        page.click("main button")
        assert "/letters/settings/" in page.url
        assert page.locator("[role=status]").count() == 1
        assert page.locator("input[name=letter]:checked").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        page.check("input[name=letter][value=week]")
        page.select_option("#hour-1", "7")
        page.select_option("#zone", "Asia/Riyadh")
        page.click("button[value=choose]")
        assert page.locator("input[name=letter]:checked").count() == 2
        assert page.input_value("#hour-1") == "7"
        assert page.input_value("#zone") == "Asia/Riyadh"
        page.click("button[value=pause]")
        page.click("button[value=resume]")
        page.click("button[value=leave]")
        assert page.locator("input[name=letter]:checked").count() == 0
        page.check("#sure")
        page.click("button[value=wipe]")
        assert page.locator("h1").count() == 1
        with site.database() as database:
            left = database.execute("select count(*) from letters_subscriber where address like 'phone-%'").fetchone()
        assert left == (0,)
        assert page.context.cookies() == []

    def test_leaving_takes_one_press_and_a_slip_another(self, visit):
        page = visit("/letters/leave/{left}", width=PHONE, java_script_enabled=False)
        page.click("button[value=leave]")
        assert "You have left" in page.locator("h1").inner_text()
        page.check("input[value=other]")
        page.fill("#words", "Nothing personal")
        page.click("button[value=why]")
        assert "Thank you" in page.locator("h1").inner_text()

    def test_a_slip_in_the_address_is_asked_about(self, browser, peopled):
        context = browser.new_context(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
        page = context.new_page()  # the browser itself remarks on the status of such an answer
        page.goto(f"{peopled.address}/letters")
        page.fill("#email", "ada@gmial.com")
        page.click("form[action='/letters/ask'] .button >> nth=0")
        assert "ada@gmail.com" in page.locator("#email-error").inner_text()
        assert page.input_value("#email") == "ada@gmial.com"
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        context.close()

    def test_an_editor_learns_why_and_brings_a_list_in(self, visit, tmp_path):
        page = visit("/desk/letters/why", "editor", java_script_enabled=False)
        page.fill("#email", "ada@harbor.example")
        page.click("form[action='/desk/letters/why'] button")
        assert "takes a break" in page.locator("main").inner_text()
        page.click("main >> text=Lists of subscribers")
        path = tmp_path / "list.csv"
        path.write_text("address,letters,consent,consented_at\nnew@harbor.example,morning,Form,2024-05-03\nx,,,\n")
        page.set_input_files("#file", str(path))
        page.click("button[value=try]")
        assert "What would happen" in page.locator("main").inner_text()
        page.set_input_files("#file", str(path))
        page.click("button[value=bring]")
        assert "What happened" in page.locator("main").inner_text()
