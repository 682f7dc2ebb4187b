"""The file of looks: what it can say, and how every mistake is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from broadsheet.looks import Looks, read_looks, read_text
from broadsheet.looks.colors import contrast, read_color
from broadsheet.looks.logos import LARGEST

WHOLE = """
name = "The Skerry Courier"
motto = "News with the tide"
logo = "logo.svg"

[colors]
accent = { light = "#004b87", dark = "#8ecbff" }
hair = "#ccc"

[type]
headlines = "sans"

[[sections]]
slug = "world"
label = "Abroad"

[[sections]]
slug = "sport"
hidden = true

[footer]
words = "Made in Skerry."

[[footer.links]]
label = "Shop"
address = "https://shop.example.org/"

[imprint]
operator = "Skerry Press"
address = "1 Pier Road\\nSkerry"
contact = "desk@example.org"
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"/>'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "logo.svg").write_text(SVG)
    return tmp_path


def problems(text, folder):
    return read_text(text, folder)[1]


def test_without_a_file_nothing_is_changed(tmp_path):
    assert read_looks(tmp_path / "site.toml") == (Looks(), [])


def test_a_whole_file_is_read(folder):
    (folder / "site.toml").write_text(WHOLE)
    looks, found = read_looks(folder / "site.toml")
    assert found == []
    assert looks.name == "The Skerry Courier"
    assert looks.colors == {"accent": ("#004b87", "#8ecbff"), "hair": ("#cccccc", "#cccccc")}
    assert (looks.headlines, looks.text) == ("sans", "serif")
    assert [(one.slug, one.label, one.is_hidden) for one in looks.sections] == [
        ("world", "Abroad", False),
        ("sport", "", True),
    ]
    assert looks.footer.links[0].address == "https://shop.example.org/"
    assert (looks.logo.width, looks.logo.height) == (192, 64)
    assert looks.imprint.is_complete


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = 4", "name is 4; it should be a text between quotation marks."),
        ("nam = 'x'", "nam is not known; did you mean name?"),
        ("name = 'a'\nname = 'b'", "not TOML"),
        ("[colors]\naccent = 'red'", "colors.accent.light is 'red'; it should be a color such as"),
        ("[colors]\npaper = '#777'", "colors.ink on colors.paper has a contrast of"),
        ("[type]\ntext = 'Comic'", 'type.text is \'Comic\'; it should be "serif" or "sans".'),
        ("[[sections]]\nlabel = 'x'", "sections[1].slug is ''"),
        ("[[sections]]\nslug = 'a'\n[[sections]]\nslug = 'a'", "sections[2].slug is 'a'"),
        ("[[sections]]\nslug = 'a'\nhidden = 'yes'", "sections[1].hidden is 'yes'; it should be true or false."),
        ("[[footer.links]]\nlabel = 'x'\naddress = 'javascript:alert(1)'", "footer.links[1].address is"),
        ("[[footer.links]]\nlabel = 'x'\naddress = '//evil.example'", "footer.links[1].address is"),
        ("imprint = 'x'", "imprint is 'x'; it should be a table that begins with [imprint]."),
        ("[imprint]\nvat = 'x'", "imprint.vat is not known"),
        (f"name = '{'x' * 61}'", "at most 60 characters in one line"),
        ("logo = '../secret.svg'", "should be the plain name of an SVG, PNG or WebP file"),
        ("logo = 'none.png'", "cannot be read"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_is_wished(folder, text, told):
    found = problems(text, folder)
    assert len(found) >= 1
    assert told in " ".join(found)


def test_what_is_right_beside_a_mistake_is_read(folder):
    looks, found = read_text("name = 'Right'\nmotto = 3", folder)
    assert looks.name == "Right"
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.svg", b"<svg"),
        ("other.svg", b"<html/>"),
        ("sizeless.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("bomb.svg", b'<!DOCTYPE s [<!ENTITY a "x">]><svg viewBox="0 0 0 9"/>'),
        ("text.png", b"not a picture"),
        ("large.webp", b"x" * (LARGEST + 1)),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused(folder, name, content):
    (folder / name).write_bytes(content)
    assert problems(f"logo = '{name}'", folder)[0].startswith(f"logo: {name}")


def test_a_wide_picture_becomes_a_logo_that_fits(folder):
    Image.new("RGB", (2000, 100)).save(folder / "wide.png")
    looks, found = read_text("logo = 'wide.png'", folder)
    assert found == []
    assert (looks.logo.width, looks.logo.height) == (480, 24)


def test_a_file_that_is_no_text_or_too_long_is_told(tmp_path):
    path = tmp_path / "site.toml"
    path.write_bytes(b"name = '\xff'")
    assert "not UTF-8" in read_looks(path)[1][0]
    path.write_bytes(b"#" * 100_001)
    assert "more than 100,000 bytes" in read_looks(path)[1][0]


@given(st.text())
def test_any_text_is_read_or_told(text):
    from pathlib import Path

    looks, found = read_text(text, Path("/nowhere"))
    assert found or looks == Looks() or looks.name or looks.motto


def test_colors_and_their_contrast():
    assert read_color(" #FFF ") == "#ffffff"
    assert read_color("url(x)") is None
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
