"""Pages that would cost a parser far more than their size are made harmless; all others are left as they are."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.depth import shallow

OWN = Path(__file__).parents[1] / "data/extraction"


def nodes(data: bytes) -> int:
    return len(LexborHTMLParser(data).css("*"))


def test_pages_are_left_as_they_are():
    for path in OWN.glob("*.html"):
        assert shallow(path.read_bytes()) is not None
        assert shallow(path.read_bytes()) == path.read_bytes()
    plain = b"<p>word <b>bold</b> <br>" * 20_000
    assert shallow(plain) is plain


@pytest.mark.parametrize("unit", [b"<div>", b"<ul><li>", b"<table><tr><td>", b"<x-y>"])
def test_depth_is_cut_and_words_stay(unit):
    page = unit * 3_000 + b"words" + b"<p>more"
    cut = shallow(page)
    assert cut.count(unit[: unit.index(b">") + 1]) <= 400
    assert b"words" in cut
    assert b"more" in cut


def test_depth_that_is_closed_again_is_cut():
    cut = shallow(b"<div>" * 8_000 + b"deep" + b"</div>" * 8_000 + b"<p>after</p>")
    assert cut.count(b"<div>") == cut.count(b"</div>") == 400
    assert b"after" in cut


def test_formatting_that_never_ends_makes_no_giant_tree():
    page = b"<p>" + b"".join(b"<font a=%d>" % n for n in range(1_000)) + b"<p>x" * 4_000
    assert nodes(shallow(page)) < 1_000_000
    assert shallow(page).count(b"<p>") == 4_001
