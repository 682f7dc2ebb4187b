"""How sure the receipt is: what else a page holds is a doubt, unless it is known what that is."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import Verdict
from broadsheet.extraction.measuring import measure
from broadsheet.extraction.page import walk
from broadsheet.extraction.receipt import make_receipt
from broadsheet.extraction.roles import Choice, Role

SENTENCE = "The harbor authority of Quellstadt said that the new ferry would sail from the old pier in the spring of "
TEXT = "".join(f"<p>{SENTENCE}{year}.</p>" for year in range(2030, 2034))


@pytest.fixture
def receipt():
    """The receipt of a short text beside which four other pieces were left out in some role, likely as not."""

    def make(other: str, role: Role = Role.OUT):
        page = walk(LexborHTMLParser(f"<div>{TEXT}</div><ul>{f'<li>{other}' * 4}</ul>").body)
        measure(page)
        choice = Choice(page, [4.0] * 4 + [0.5] * 4)
        choice.roles = [Role.PARAGRAPH] * 4 + [role] * 4
        choice.kept = [0, 1, 2, 3]
        return make_receipt(choice, (), complete=False)

    return make


def test_what_may_be_text_and_was_left_out_is_a_doubt(receipt):
    found = receipt(f"{SENTENCE}2040.")
    assert found.verdict is Verdict.DOUBTFUL
    assert any("unsure" in reason for reason in found.reasons)


@pytest.mark.parametrize("end", ["…", "...", "[…]"])
def test_words_that_break_off_announce_another_report_and_are_no_doubt(receipt, end):
    assert receipt(f"{SENTENCE}2040, it{end}").verdict is Verdict.GOOD


def test_captions_are_no_doubt(receipt):
    assert receipt(f"{SENTENCE}2040.", Role.CAPTION).verdict is Verdict.GOOD


def test_a_text_that_breaks_off_itself_is_as_sure_as_its_pieces():
    page = walk(LexborHTMLParser(f"<div>{f'<p>{SENTENCE}2040, it…</p>' * 4}</div>").body)
    measure(page)
    choice = Choice(page, [-1.0] * 4)
    choice.roles, choice.kept = [Role.PARAGRAPH] * 4, [0, 1, 2, 3]
    assert make_receipt(choice, (), complete=False).verdict is Verdict.DOUBTFUL
