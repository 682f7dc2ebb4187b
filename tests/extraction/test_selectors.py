"""Selectors find what the parser itself finds, in time that does not grow with depth; the rest is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction import selectors
from broadsheet.extraction.selectors import MAX_STEPS, around, outermost, read_selector, select

PAGE = LexborHTMLParser(
    '<div class=a id=q><p title=":has(i) > b">1</p>'
    '<section><h3 class="r md:x">x</h3><p>2</p></section><p class="x y">3</p>'
    "<!-- between --> text <i>4</i></div><div><p>5</p><div class=a><p>6</p></div></div>"
)


def texts(selector, page=PAGE):
    return [node.text() for node in select(page, selector)]


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("h3 + p", ["2"]),
        ("p + i", ["4"]),
        ("p ~ i", ["4"]),
        (".a > p", ["1", "3", "6"]),
        ("div div p", ["6"]),
        ("section:has(.r) > p", ["2"]),
        ("div:not(.a) > p:first-child", ["5"]),
        ("p:is(.x, .y).y", ["3"]),
        (r".md\:x", ["x"]),
        ('p[title=":has(i) > b"]', ["1"]),
        ("#q>section>h3.r", ["x"]),
    ],
)
def test_each_way_from_one_element_to_another(selector, found):
    assert texts(selector) == found


def test_of_alternatives_the_first_is_preferred():
    assert texts("i, .x, p.y") == ["4", "3"]


MARKUP = st.recursive(
    st.sampled_from(["<p>t</p>", "<p class=x></p>", "word", "<!-- c -->", "<b class=y>b</b>"]),
    lambda inner: st.builds(
        "<{0} class={1}>{2}</{0}>".format,
        st.sampled_from(["div", "section"]),
        st.sampled_from("xy"),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=20,
)
ELEMENTS = st.sampled_from(
    ["p", "div", "*", ".x", ".y", "section.x", "p:first-child", ":not(.x)", "div:has(p)", ":empty"]
)


@given(
    st.lists(MARKUP, max_size=4).map("".join),
    st.lists(st.tuples(ELEMENTS, st.sampled_from([" ", " > ", " + ", " ~ ", ", "])), min_size=1, max_size=5),
)
def test_the_parser_agrees(markup, steps):
    selector = "".join(element + combinator for element, combinator in steps).rstrip(" >+~,")
    page = LexborHTMLParser(f"<body>{markup}</body>")

    assert {node.mem_id for node in select(page, selector)} == {node.mem_id for node in page.css(selector)}


@pytest.mark.parametrize(
    "selector",
    [
        "", " ", "p[[", "p)", "p{}", "\\", "[a=b", "p::before", ":hover", "p:nth-child(2)", "p:nth-last-of-type(2)",
        "p|a", ", a", "a,", "a,,b", "> p", "p >", "p > > a", ":has()", ":has(> a)", ":has(a b)", ":has(:has(a))",
        ":not(a b)", ":not(:not(a))", "p/**/a", ":first-childish", '[a="',
        "a " * (MAX_STEPS + 1), "a," * MAX_STEPS + "a",
    ],
)  # fmt: skip
def test_what_cannot_be_matched_in_time_or_at_all_is_refused(selector):
    with pytest.raises(ValueError):  # its message is the place, which may be all of it
        read_selector(selector)


ELSEWHERE = "<section><h6>h</h6></section>"
DEEP = ELSEWHERE + "<div>" * 300 + "<p>a</p>" * 2_000
WIDE = ELSEWHERE + "<p>a</p>" * 5_000 + "<!-- c -->" * 5_000 + "<p>a</p>"


@pytest.mark.parametrize("markup", [DEEP, WIDE], ids=["deep", "wide"])
@pytest.mark.parametrize("selector", ["h6 p", "h6 ~ p", "h6 + p", "div * * p", "p ~ p ~ p", "p:has(i)", ":has(p)"])
def test_a_step_is_taken_once_for_each_element(monkeypatch, markup, selector):
    page = LexborHTMLParser(f"<body>{markup}")
    taken = []
    for name in ("_parent", "_before"):
        real = getattr(selectors, name)
        monkeypatch.setattr(selectors, name, lambda node, real=real: taken.append(1) or real(node))

    select(page, selector)

    steps = len(read_selector(selector)[0])
    assert len(taken) <= 2 * steps * len(page.css("*"))


def test_elements_around_and_outermost():
    inner = PAGE.css("h3, section, i")

    assert [node.tag for node in outermost(inner)] == ["section", "i"]
    assert {node.tag for node in PAGE.css("*") if node.mem_id in around(inner)} == {"html", "body", "div", "section"}
