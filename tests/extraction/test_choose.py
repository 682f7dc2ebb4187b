"""What else is on the page decides about pieces that score near the bar."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import choose as room
from broadsheet.extraction import extract
from broadsheet.extraction.cues import matcher
from broadsheet.extraction.features import Context, score_pieces
from broadsheet.extraction.page import walk
from broadsheet.extraction.roles import TEXT

SENTENCE = "The harbor authority of Quellstadt said that the new ferry would sail from the old pier in the spring of "
PROSE = "".join(f"<p>{SENTENCE}{year}.</p>" for year in range(2030, 2036))


@pytest.fixture
def kept(monkeypatch):
    """Texts kept of a body in which pieces score as told by their first word, and 4 otherwise."""

    def keep(body: str, scores: dict[str, float]) -> list[str]:
        def score(*given):
            score_pieces(*given)
            return [scores.get(piece.text.split()[0], 4.0) for piece in given[0].pieces]

        monkeypatch.setattr(room, "score_pieces", score)
        page = walk(LexborHTMLParser(body).body)
        choice = room.choose(page, Context(news=True, cues=matcher("en")))
        return [page.pieces[i].text for i, role in enumerate(choice.roles) if role in TEXT]

    return keep


def test_a_paragraph_below_the_bar_is_taken_where_the_text_is_marked_like_it(kept):
    unsure = f"<p>Unsure: {SENTENCE}2040.</p>"
    assert any(t.startswith("Unsure") for t in kept(f"<div class=part>{PROSE}{unsure}{PROSE}</div>", {"Unsure:": -1.5}))
    elsewhere = f"<div class=part>{PROSE}<div class=other>{unsure}</div>{PROSE}</div>"
    assert not any(t.startswith("Unsure") for t in kept(elsewhere, {"Unsure:": -1.5}))
    assert not any(t.startswith("Unsure") for t in kept(f"<div>{PROSE}{unsure}{PROSE}</div>", {"Unsure:": -2.5}))


def test_short_lines_below_the_bar_are_taken_between_text_and_left_at_its_end(kept):
    lines = "<p>Northport</p><p>Quellstadt</p>"
    scores = {"Northport": -0.5, "Quellstadt": -0.8}
    assert "Quellstadt" in kept(f"<div>{PROSE}{lines}{PROSE}</div>", scores)
    assert "Quellstadt" not in kept(f"<div>{PROSE}{lines}</div>", scores)
    assert "Northport" not in kept(f"<div>{PROSE}{lines}{PROSE}</div>", scores | {"Quellstadt": -1.5})


def test_a_table_that_is_the_article_is_its_text_and_one_beside_it_is_not():
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferries"}</script>'
    rows = "".join(f"<tr><td>Ferry {n}</td><td>{n * 40} seats</td><td>Northport</td></tr>" for n in range(1, 40))

    def text_of(body: str) -> str:
        page = f"<html lang=en><head>{head}</head><body><article><h1>Ferries</h1>{body}</article></body></html>"
        return extract(page).text

    assert "Ferry 17\t680 seats" in text_of(f"<div><p>{SENTENCE}2030.</p><table>{rows}</table></div>")
    assert "Ferry 17" not in text_of(f"<div>{PROSE * 3}<table>{rows}</table>{PROSE * 3}</div>")


def test_a_last_line_of_links_is_left_out_and_a_source_is_not(kept):
    topics = "<p>Filed: <a href=/1>Quellstadt Harbor</a>, <a href=/2>Ferries and Piers</a></p>"
    source = "<p>See: <a href=https://council.example/vote>https://council.example/vote</a></p>"
    assert "Filed:" not in " ".join(kept(f"<div>{PROSE}{topics}</div>", {}))
    assert "See:" in " ".join(kept(f"<div>{PROSE}{source}</div>", {}))
    assert "Filed:" in " ".join(kept(f"<div>{PROSE}{topics}{PROSE}</div>", {}))


def test_what_asks_in_part_is_left_out_where_much_of_it_is_a_link(kept):
    appeal = "Reader, please support our work with a gift: we are a small paper, and every gift counts. "
    linked = f'<div class=block>{appeal}<a href="/x">{appeal}</a></div>'
    assert not any(t.startswith("Reader") for t in kept(f"<div>{PROSE}{linked}{PROSE}</div>", {}))
    assert any(t.startswith("Reader") for t in kept(f"<div>{PROSE}<p>{appeal}{appeal}</p>{PROSE}</div>", {}))
