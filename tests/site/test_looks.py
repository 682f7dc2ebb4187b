"""What the operator writes into the file of looks stands on every page a moment later."""

import re

import pytest

from broadsheet.looks import FILE
from broadsheet.site.assets import assets
from broadsheet.site.dress import dressed_asset, looks_digest
from tests.factories import make_article, make_section
from tests.site.test_views import text_of

pytestmark = pytest.mark.django_db
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"/>'


@pytest.fixture
def wear(tmp_path, settings):
    settings.DATA = tmp_path

    def wear(text):
        (tmp_path / FILE).write_text(text)

    return wear


def style_of(page):
    path = re.search(r'rel="stylesheet" href="([^"]+)"', page)[1]
    asset = dressed_asset(path) or next(one for one in assets().values() if one.path == path)
    return asset.plain.decode()


def test_without_a_file_pages_look_as_ever(client, wear):
    page = client.get("/").content.decode()
    assert "Broadsheet" in page
    assert assets()["site.css"].path in page


def test_name_motto_footer_and_imprint_are_the_operators(client, wear):
    wear(
        'name = "The Skerry Courier"\nmotto = "With the tide"\n[footer]\nwords = "Made in Skerry."\n'
        '[[footer.links]]\nlabel = "Shop"\naddress = "https://shop.example.org/"\n'
        '[imprint]\noperator = "Skerry Press"\naddress = "1 Pier Road\\nSkerry"\ncontact = "desk@example.org"\n'
    )
    front = client.get("/").content.decode()
    assert "<title>The Skerry Courier</title>" in front
    assert "With the tide" in front
    assert "Made in Skerry." in front
    assert 'href="https://shop.example.org/" rel="noopener"' in front
    assert "<title>The Skerry Courier: Front page</title>" in client.get("/index.rss").content.decode()
    imprint = client.get("/imprint").content.decode()
    assert "<bdi>1 Pier Road</bdi><br><bdi>Skerry</bdi>" in imprint
    assert "has not completed" not in imprint


def test_sections_stand_in_the_operators_order_under_its_labels(client, wear):
    for place, (slug, name) in enumerate((("world", "World"), ("politics", "Politics"), ("sport", "Sport"))):
        make_section(slug, name, place)
    make_article(section=make_section("politics"))
    wear('[[sections]]\nslug = "politics"\nlabel = "The State"\n[[sections]]\nslug = "sport"\nhidden = true\n')
    navigation = text_of(client.get("/sections")).partition("Sections")[2]
    assert navigation.index("The State") < navigation.index("World")
    assert "Sport" not in navigation
    assert "The State" in text_of(client.get("/sections/politics"))
    assert client.get("/sections/sport").status_code == 200


def test_colors_and_faces_come_with_the_style_sheet_and_nothing_inline(client, wear):
    wear('[colors]\naccent = { light = "#004b87", dark = "#8ecbff" }\nhair = "#ccc"\n[type]\nheadlines = "sans"\n')
    page = client.get("/").content.decode()
    style = style_of(page)
    assert style.startswith(assets()["site.css"].plain.decode())
    assert "--accent:light-dark(#004b87,#8ecbff)" in style
    assert "--face-headline:var(--sans)" in style
    assert "<style" not in page


def test_a_logo_is_served_as_a_picture_that_runs_nothing(client, wear, tmp_path):
    from broadsheet.site.replies import from_asset

    (tmp_path / "logo.svg").write_text(SVG)
    wear('name = "Courier"\nlogo = "logo.svg"')
    path = re.search(r'<img class="masthead__logo" src="([^"]+)" width="192" height="64" alt="Courier">',
                     client.get("/").content.decode())[1]  # fmt: skip
    reply = from_asset(dressed_asset(path), None)
    assert reply.body == SVG.encode()
    assert dict(reply.headers)["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in dict(reply.headers)["content-security-policy"]
    assert dressed_asset("/static/logo.0000.svg") is None


def test_a_change_of_file_or_logo_is_noticed(wear, tmp_path):
    seen = {looks_digest()}
    wear('name = "One"')
    seen.add(looks_digest())
    (tmp_path / "logo.svg").write_text(SVG)
    wear('name = "One"\nlogo = "logo.svg"')
    seen.add(looks_digest())
    (tmp_path / "logo.svg").write_text(SVG.replace("300", "3000"))
    seen.add(looks_digest())
    assert len(seen) == 4


def test_a_file_with_a_mistake_changes_nothing(client, wear):
    wear('name = "Good"')
    assert "Good" in client.get("/").content.decode()
    wear('name = "Better"\nnonsense = 1')
    assert "Better" not in client.get("/").content.decode()
    assert "Good" in client.get("/").content.decode()
