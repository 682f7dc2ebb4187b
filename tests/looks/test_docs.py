"""The reference is held to the program."""

import re
from dataclasses import fields
from pathlib import Path

from broadsheet.looks import Imprint, read_text
from broadsheet.looks.look import COLORS

DOCS = Path(__file__).parents[2] / "docs"
STYLES = Path(__file__).parents[2] / "broadsheet" / "static" / "css" / "tokens.css"


def test_every_color_is_documented_as_the_style_sheet_has_it():
    told = re.findall(
        r"^\| `(\w+)` \| `(#\w+)` \| `(#\w+)` \|", (DOCS / "reference" / "looks.md").read_text(), re.MULTILINE
    )
    assert {name: (light, dark) for name, light, dark in told} == dict(COLORS)
    styles = dict(re.findall(r"--(\w+): light-dark\((#\w+, #\w+)\);", STYLES.read_text()))
    assert {name: tuple(styles[name].split(", ")) for name in COLORS} == dict(COLORS)


def test_every_key_of_the_imprint_is_documented():
    told = (DOCS / "reference" / "looks.md").read_text()
    assert all(f"`imprint.{one.name}`" in told for one in fields(Imprint))


def test_the_example_is_right(tmp_path):
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"/>')
    text = (DOCS / "how-to" / "make-it-yours.md").read_text()
    example = "\n".join(
        line.removeprefix("   ") for line in text.partition("```toml")[2].partition("```")[0].split("\n")
    )
    looks, problems = read_text(example, tmp_path)
    assert problems == []
    assert looks.imprint.is_complete
