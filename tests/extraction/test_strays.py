"""Lines that are no prose are left out, and their like in real prose stay."""

from broadsheet.extraction import extract

SENTENCE = (
    "The harbor authority of Quellstadt said on Monday that the new ferry would sail from the old pier in spring, "
)
PROSE = "".join(f"<p>{SENTENCE}after {n} years of planning and a vote of the council.</p>" for n in range(8))


def text_of(body: str) -> str:
    return extract(f"<html lang=en><body><main><article><h1>Ferry</h1>{body}</article></main></body></html>").text


def test_rules_of_signs_are_no_text():
    assert "___" not in text_of(f"<div>{PROSE}<p>___</p>{PROSE.replace('old', 'new')}</div>")


def test_templates_never_filled_in_are_left_out():
    text = text_of(
        f"<div>{PROSE}<p>{{{{first_name}}}} may read on, and so may everybody in the whole town.</p>{PROSE}</div>"
    )
    assert "may read on" not in text


def test_promos_that_begin_alike_are_left_out():
    promos = ["the quarrel over the pier", "how the bridge was built", "what the council paid for it"]
    rows = "".join(
        f"<p>NOW ON OUR SITE | <a href=/{n}>{words} last year</a></p>{PROSE}" for n, words in enumerate(promos)
    )
    text = text_of(f"<div>{PROSE}{rows}</div>")
    assert "NOW ON OUR SITE" not in text
    assert "vote of the council" in text


def test_a_line_that_leads_nowhere_ends_no_article():
    assert not text_of(f"<div>{PROSE}<p>Our other reports of the week:</p></div>").endswith(":")
    assert "He said:" in text_of(f"<div>{PROSE}<p>He said:</p>{PROSE}</div>")


def test_a_note_behind_the_text_is_left_out_and_a_second_half_is_not():
    note = "<section><p>Every comment is read by the editors before it is shown on this page to others.</p></section>"
    half = f"<div class=second>{PROSE.replace('spring', 'autumn')}</div>"
    assert "Every comment" not in text_of(f"<div class=first>{PROSE}</div>{note}")
    assert "autumn" in text_of(f"<div class=first>{PROSE}</div>{half}")


def test_hidden_dialogs_behind_the_text_are_left_out():
    words = "Write the address of your account here, and we send a link to it at once."
    dialog = f"<section class=is-hidden><p>{words}</p></section>"
    assert "address of your account" not in text_of(f"<div>{PROSE}</div>{dialog}")


def test_far_behind_the_text_more_than_a_note_is_left_out():
    far = "".join(f"<p>{SENTENCE}says another report of the same week, number {n}.</p>" for n in range(2))
    page = f"<section><div><div><div>{PROSE}</div></div></div></section><section><div>{far}</div></section>"
    assert "another report" not in text_of(page)


def test_a_line_that_announces_what_is_marked_otherwise_takes_it_along():
    cards = "".join(f"<div class=card><p>{SENTENCE}by car {n}.</p></div>" for n in range(2))
    assert "by car" not in text_of(f"<div>{PROSE}<p>You might also like</p>{cards}</div>")
    assert "by car" in text_of(f"<div>{PROSE}<p>You might also like</p><p>{SENTENCE}by car.</p></div>")


def test_a_text_that_stands_twice_is_kept_once_and_a_refrain_stays():
    years = "".join(f"<p>{SENTENCE}after {n} years of planning.</p>" for n in range(8))
    twice = text_of(f"<div class=wide>{years}</div><div class=narrow>{years}</div>")
    assert twice.count("after 3 years") == twice.count("after 7 years") == 1
    refrain = "<p>The council says nothing.</p><p>The mayor says nothing.</p><p>The port says nothing.</p>"
    assert text_of(f"<div>{years}{refrain}{years.replace('pier', 'quay')}{refrain}</div>").count("mayor says") == 2
