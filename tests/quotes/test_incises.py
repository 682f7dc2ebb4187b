"""Credits inside the marks part a quotation in two, and what only looks like one does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.quotes import find_quotes


def said(text, lang):
    return [(text[quote.start : quote.end], quote.speaker) for quote in find_quotes(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "first", "second", "speaker"),
    [
        (
            "fr",
            "« Le pont ne présente aucun danger, assure l'ingénieur Paul Castaing. Il fermera pourtant au printemps. »",
            "Le pont ne présente aucun danger,",
            "Il fermera pourtant au printemps.",
            "Paul Castaing",
        ),
        (
            "fr",
            "« Nous ne savions rien du contrat, soutient Ada Quill, ancienne élue, et nous le prouverons. »",
            "Nous ne savions rien du contrat,",
            "et nous le prouverons.",
            "Ada Quill",
        ),
        (
            "es",
            "«El puente no presenta peligro alguno —asegura Pablo Castán—. Pero habrá que cerrarlo en primavera».",
            "El puente no presenta peligro alguno",
            "Pero habrá que cerrarlo en primavera",
            "Pablo Castán",
        ),
    ],
)
def test_a_credit_inside_the_marks_is_no_part_of_the_quotation(lang, text, first, second, speaker):
    assert said(text, lang) == [(first, speaker), (second, speaker)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "« Nous partirons demain, c'est promis, et rien ne change », a déclaré Ada Quill lundi."),
        ("fr", "« Le juge, explique que tout est prêt », a déclaré Ada Quill lundi."),
        ("es", "«El puente —el más viejo del valle— seguirá abierto», dijo Ada Quill."),
        ("en", "“The bridge, said Ada Quill, is safe for everybody who walks,” Tom Barrow said."),
    ],
)
def test_other_asides_stay_in_it(lang, text):
    assert len(said(text, lang)) == 1


@given(st.text(alphabet="ab, .!?—»«’ditQ", max_size=120), st.sampled_from(["fr", "es"]))
def test_parts_are_in_order_and_never_overlap(text, lang):
    end = 0
    for quote in find_quotes(text, lang):
        assert end <= quote.start < quote.end <= len(text)
        end = quote.end
