"""Words of many scripts become comparable terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.words import analyze, words


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("The mayors’ plans", "en", ["mayor", "plan"]),
        ("Trump's U.S. plan", "en", ["trump", "us", "plan"]),
        ("1,200.50 and 1.200.000 or 3,5", "en", ["1200.50", "1200000", "3.5"]),
        ("Straße, Häuser", "de", ["strass", "haus"]),
        ("L’État d'urgence", "fr", ["etat", "urgenc"]),
        ("東京都で会議", "ja", ["東京", "京都", "都で", "で会", "会議"]),
        ("iPhone15発売", "ja", ["iphone15", "発売"]),
        ("السَّلام", "ar", ["سلام"]),
        ("שָׁלוֹם", "he", ["שלומ"]),
        ("भारत सरकार", "hi", ["भारत", "सरकार"]),
        ("กรุงเทพ", "th", ["กรุ", "รุง", "ุงเ", "งเท", "เทพ"]),
        ("٣٤٥", "ar", ["345"]),
        ("naïve café", "", ["naive", "cafe"]),
        ("", "en", []),
    ],
)
def test_analyze_gives_terms(text, language, terms):
    assert analyze(text, language) == terms


def test_analyze_is_the_same_for_composed_and_decomposed_text():
    assert analyze("Cafe\u0301 zu\u0308rich", "de") == analyze("Café zürich", "de")


def test_analyze_keeps_common_words_when_asked():
    assert analyze("to be or not to be", "en") == []
    assert analyze("to be or not to be", "en", keep_common=True) == ["to", "be", "or", "not", "to", "be"]


def test_analyze_takes_the_main_language_of_a_tag():
    assert analyze("houses", "en-GB") == analyze("houses", "EN") == ["hous"]


def test_words_stand_as_written_but_for_case():
    assert words("Caf\u00ade Rio-Bravo, 1,200!") == ["cafe", "rio", "bravo", "1,200"]


def test_a_word_without_end_is_cut():
    assert [len(t) for t in analyze("a" * 1_000_000, "en")] == [64]


@given(st.text(), st.sampled_from(["en", "de", "ar", "ja", "th", ""]))
def test_any_text_gives_terms_without_spaces(text, language):
    terms = analyze(text, language)
    assert all(term and not any(c.isspace() for c in term) for term in terms)
    assert terms == analyze(text, language)
