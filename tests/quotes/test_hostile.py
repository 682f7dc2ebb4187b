"""Bounded time whatever the text: twice the text may take about twice the time."""

import time

import pytest

from broadsheet.quotes import find_quotes

PIECES = [
    '"',
    "“",
    "”",
    "“a ”b",
    '«"„',
    "‘a ",
    '"a b c d e f said Quill ',
    "“A b c d e f,” he said. ",
    "“A b c d e f,” he said.\n\n",
    "“a b c d e f\n",
    "Aa ",
    "Aa. ",
    "the the the ",
    "A.",
    "“A b c d e,\n\n",
    ", said, ",
]


def spent(text):
    begun = time.process_time()
    find_quotes(text)
    return time.process_time() - begun


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_text_only(piece):
    unit = piece + ("“" if "“" not in piece and '"' not in piece else "")
    small = unit * (20_000 // len(unit))
    large = small * 8
    assert spent(large) < 40 * max(spent(small), 0.005)


def test_a_megabyte_of_marks_is_done_in_seconds():
    assert spent('"' * 1_000_000) < 10
    assert spent("“" * 1_000_000) < 10
    assert spent("“" + "he " * 300_000 + "” said") < 10


def test_what_is_beyond_the_limit_is_not_read(monkeypatch):
    monkeypatch.setattr("broadsheet.quotes.find.MAX_CHARACTERS", 20)
    assert find_quotes(" " * 30 + '"This is the wrong plan for us," said Ada Quill.') == []


@pytest.mark.parametrize(
    "text", ["\x00“\x00” said \ud800", "“" * 7 + "a b c d e" + "”" * 7, "\u200b“ ” \u2028“a b c d”", ""]
)
def test_strange_characters_do_no_harm(text):
    for lang in ("en", "de", "fr", "ja", "ar", "xx", "../etc"):
        find_quotes(text, lang)
