"""How sure the receipt is: what else a page holds is a doubt, unless it is known what that is."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import Verdict, extract
from broadsheet.extraction.cues import Cue
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


@pytest.mark.parametrize(
    ("words", "is_free", "verdict"),
    [
        ("Sign up", True, Verdict.GOOD),  # for a letter, to comment: it says nothing of the text
        ("Anmelden", True, Verdict.GOOD),
        ("Sign up to continue reading", True, Verdict.DOUBTFUL),
        ("登录后阅读全文", True, Verdict.DOUBTFUL),
        ("Already a member? Sign in with your address and the password of your account.", True, Verdict.DOUBTFUL),
        ("Sign up", False, Verdict.DOUBTFUL),
    ],
)
def test_a_wall_is_a_doubt_where_it_may_stand_in_front_of_the_text(words, is_free, verdict):
    page = walk(LexborHTMLParser(f"<div>{TEXT}</div><aside><p>{words}</p></aside>").body)
    measure(page)
    page.pieces[4].cue = Cue("wall", 0.9)
    choice = Choice(page, [4.0] * 4 + [-9.0])
    choice.roles, choice.kept = [Role.PARAGRAPH] * 4 + [Role.OUT], [0, 1, 2, 3]
    assert make_receipt(choice, (), complete=False, is_free=is_free).verdict is verdict


def test_a_button_in_a_box_for_letters_is_part_of_it():
    box = '<aside class="newsletter"><h3>The Morning Letter</h3><form><button>Sign up</button></form></aside>'
    article = extract(f"<main>{box}<article><h1>The new ferry of Quellstadt</h1>{TEXT}</article></main>")
    assert article.receipt.verdict is Verdict.GOOD
    assert {o.kind for o in article.receipt.omitted if "Sign up" in o.excerpt} == {"newsletter"}
