"""What stands around the text is left out and told by class, in fourteen languages; reports about the same are text."""

import tomllib
from html import escape
from pathlib import Path

import pytest

from broadsheet.extraction import extract
from broadsheet.extraction.cues import LANGUAGES

BLOCKS = tomllib.loads((Path(__file__).parents[1] / "data/extraction/blocks.toml").read_text("utf-8"))
FORMS = {
    "wall": '<div class="b1"><p>{}</p><form action="/x"><input name="mail"></form></div>',
    "consent": '<div class="b2"><p>{}</p><button>OK</button></div>',
    "newsletter": '<div class="b3"><p>{}</p><form action="/x"><input name="mail"></form></div>',
    "promo": '<p class="b4"><a href="/x">{}</a></p>',
    "related": '<p class="b5"><a href="/2026/pier">{}</a></p>',
    "share": '<ul class="b6"><li><a href="/x">{}</a></li></ul>',
    "author_box": '<div class="b7"><p>{}</p></div>',
    "legal": '<p class="b8">{}</p>',
    "advertisement": '<div class="b9">{}</div>',
    "comment": '<div class="b10"><h3>{}</h3></div>',
}
INSIDE = ("related", "advertisement", "newsletter", "promo")
"""Classes that stand between paragraphs as well as behind the last."""
NEWS = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Pier"}</script>'


def paragraphs(lines):
    return [f"<p>{escape(line)}</p>" for line in lines]


def page(language, body):
    return f"<!doctype html><html lang={language}><head>{NEWS}</head><body><main><article><h1>Pier</h1>{body}</article></main></body></html>"  # noqa: E501


def test_every_language_has_its_blocks():
    assert set(BLOCKS) == set(LANGUAGES)
    assert all(set(FORMS) < set(blocks) for blocks in BLOCKS.values())


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_behind_the_text_is_told_by_class(language, kind):
    text, other = BLOCKS[language]["text"], BLOCKS[language][kind]
    article = extract(page(language, "".join(paragraphs(text)) + FORMS[kind].format(escape(other))))
    assert article.paragraphs == tuple(text)
    assert kind in {o.kind for o in article.receipt.omitted if o.excerpt[:20] in other}


@pytest.mark.parametrize("kind", INSIDE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_between_paragraphs_is_left_out(language, kind):
    text, other = BLOCKS[language]["text"], BLOCKS[language][kind]
    lines = paragraphs(text)
    lines.insert(2, FORMS[kind].format(escape(other)))
    assert extract(page(language, "".join(lines))).paragraphs == tuple(text)


@pytest.mark.parametrize("number", range(3), ids=("subscriptions", "cookies", "newsletters"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_about_the_same_things_are_text(language, number):
    text = list(BLOCKS[language]["text"])
    text.insert(1, BLOCKS[language]["about"][number])
    assert extract(page(language, "".join(paragraphs(text)))).paragraphs == tuple(text)


def related_list(language):
    lines = [*BLOCKS[language]["about"], *BLOCKS[language]["text"]]
    items = "".join(
        f'<li><a href="/{n}">{escape(line[:40])}</a><p>{escape(line)}</p></li>' for n, line in enumerate(lines)
    )
    heading = BLOCKS[language]["related"].replace("：", ":").partition(":")[0].strip()
    return f'<section class="more"><h3>{escape(heading)}</h3><ul>{items}</ul></section>'


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar", "zh", "ja"])
def test_a_metered_text_is_not_filled_up_with_what_follows_its_wall(language):
    text = BLOCKS[language]["text"][:2]
    wall = f'<div class="regwall"><p>{escape(BLOCKS[language]["wall"])}</p><a href="/x">OK</a></div>'
    article = extract(page(language, "".join(paragraphs(text)) + wall + related_list(language)))
    assert article.paragraphs == tuple(text)


def test_a_short_text_in_a_table_of_layout_is_paragraphs():
    text = BLOCKS["en"]["text"][:3]
    cells = "<td>" + "<a href=/x>Item</a><br>" * 9 + "</td><td>" + "<br><br>".join(text) + "</td>"
    html = f"<html lang=en><body><h1>Pier</h1><table><tr>{cells}</tr></table></body></html>"
    assert extract(html).paragraphs == tuple(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_box_is_left_out_of_any_page(language):
    box = f'<div class="cookie-banner"><p>{escape(BLOCKS[language]["consent"])}</p></div>'
    text = BLOCKS[language]["text"]
    html = (
        f"<html lang={language}><body><div id=content><h1>Pier</h1>{''.join(paragraphs(text))}{box}</div></body></html>"
    )
    assert extract(html).paragraphs == tuple(text)
