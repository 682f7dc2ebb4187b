"""What the walk passes by, and what it never does."""

import gc

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import extract
from broadsheet.extraction.container import find_container
from broadsheet.extraction.page import walk
from broadsheet.extraction.surroundings import LEFT_BY_NEWS, LEFT_UNSEEN

SENTENCE = (
    "The harbor authority of Quellstadt said on Monday that the new ferry would sail from the old pier in spring, "
)
PROSE = "".join(f"<p>{SENTENCE}after {n} years of planning and a vote of the council.</p>" for n in range(12))
LINKS = "".join(f"<li><a href=/{n}>Another report of the week number {n}</a></li>" for n in range(8))


def walked(body: str):
    place = find_container(LexborHTMLParser(f"<body>{body}</body>").body)
    return walk(place.node, LEFT_BY_NEWS if place.around else LEFT_UNSEEN, place.around)


def test_navigation_is_a_glimpse():
    page = walked(f"<main><div><nav><ul>{LINKS * 5}</ul></nav></div><div>{PROSE}</div></main>")
    passed = [piece for piece in page.pieces if piece.passed]
    assert len(passed) == 1
    assert passed[0].text.startswith("Another report of the week number 0")
    assert len(passed[0].text) < 250


def test_scripts_are_no_words_of_a_glimpse():
    page = walked(f"<main><nav><script>var name = 1</script><p>Sections</p></nav><div>{PROSE}</div></main>")
    assert [piece.text for piece in page.pieces if piece.passed] == ["Sections"]


def test_lists_of_links_beside_the_text_are_passed_by_and_those_in_it_are_not():
    page = walked(f"<main><div><ul>{LINKS}</ul></div><div>{PROSE}<ul>{LINKS}</ul></div></main>")
    items = [piece for piece in page.pieces if piece.box.tag == "li"]
    assert len([piece for piece in page.pieces if piece.passed]) == 1
    assert len(items) == 8


def test_a_box_that_holds_the_paragraphs_is_walked_whatever_its_name():
    page = walked(f"<main><div class='comments share'>{PROSE}</div></main>")
    assert sum(piece.box.tag == "p" for piece in page.pieces) == 12
    assert not any(piece.passed for piece in page.pieces)


def test_a_header_with_the_headline_is_walked_and_the_sites_is_not():
    page = walked(f"<header><nav>Home</nav></header><article><header><h1>Ferry</h1></header>{PROSE}</article>")
    assert "Ferry" in [piece.text for piece in page.pieces if not piece.passed]


def test_declared_utf8_that_is_none_is_read_by_its_letters():
    words = "Город Квеллштадт получит новый паром весной, сказала на пресс-конференции управляющая порта. " * 3
    page = (
        f"<html lang=ru><head><meta charset=utf-8></head><body><article>{f'<p>{words}</p>' * 6}</article></body></html>"
    )
    article = extract(page.encode("cp1251"))
    assert "новый паром весной" in article.text
    assert "\ufffd" not in article.text


def test_the_collector_runs_again_afterwards():
    assert gc.isenabled()
    extract(f"<body><article>{PROSE}</article></body>")
    assert gc.isenabled()
    gc.disable()
    try:
        extract(f"<body><article>{PROSE}</article></body>")
        assert not gc.isenabled()
    finally:
        gc.enable()
