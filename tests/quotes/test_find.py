"""Quotations and their speakers in small invented articles."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.quotes import find_quotes
from broadsheet.quotes.words import LANGUAGES


def said(text, lang="en"):
    return [(text[q.start : q.end], q.speaker) for q in find_quotes(text, lang)]


def speakers(text, lang="en"):
    return [q.speaker for q in find_quotes(text, lang)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"This is the wrong plan at the wrong time," said Ada Quill.', "Ada Quill"),
        ('"This is the wrong plan at the wrong time," Quill said on Monday.', "Quill"),
        ('Ada Quill said: "This is the wrong plan at the wrong time."', "Ada Quill"),
        ('"This is the wrong plan," said Ada Quill, the mayor, "at the wrong time for us."', "Ada Quill"),
        ('According to Ada Quill, "this is the wrong plan at the wrong time."', "Ada Quill"),
        ("“This is the wrong plan at the wrong time,” one official said.", "one official"),
        ("“This is the wrong plan at the wrong time,” critics said.", "critics"),
        ("“This is the wrong plan,” Ada Quill, who leads the council, told reporters.", "Ada Quill"),
        ("Ada Quill called it “the wrong plan at the wrong time” on Monday.", "Ada Quill"),
    ],
)
def test_speaker_stands_before_after_or_between(text, speaker):
    assert speakers(text)[0] == speaker


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("de", "„Wir werden dem Druck nicht nachgeben“, sagte Paul Durand am Montag.", "Paul Durand"),
        ("de", "»Wir werden dem Druck nicht nachgeben«, so der Sprecher der Firma.", "der Sprecher"),
        ("de", "Laut Paul Durand ist das „ein schwerer Schlag für die ganze Stadt“.", "Paul Durand"),
        ("fr", "« Nous ne céderons pas à la pression », a déclaré Paul Durand lundi à Lyon.", "Paul Durand"),
        ("fr", "Selon Paul Durand, « la situation ne peut plus durer ainsi ».", "Paul Durand"),
        ("fr", "Anne Petit dirige l'école. « La situation ne peut plus durer ainsi », dit-elle.", "Anne Petit"),
        ("es", "«No vamos a ceder ante la presión», dijo Pablo Ruiz este lunes en Madrid.", "Pablo Ruiz"),
        ("es", 'El portavoz del Gobierno señaló que "la medida entrará en vigor en marzo".', "El portavoz"),
        ("it", "«Non cederemo alla pressione di nessuno», ha detto Paolo Verri lunedì.", "Paolo Verri"),
        ("zh", "市长王明说：“我们不会在压力面前让步，这是原则问题。”", "市长王明"),
        ("ja", "市長の田中氏は「圧力に屈することは決してありません」と述べた。", "市長の田中氏"),
        ("ar", "وقال الوزير أحمد صالح: «لن نتراجع عن هذا القرار مهما حدث».", "الوزير أحمد صالح"),
    ],
)
def test_other_languages_have_speakers_too(lang, text, speaker):
    assert speakers(text, lang) == [speaker]


def test_language_without_words_keeps_spans_without_a_speaker():
    text = "「この街の未来を決めるのは私たち自身であり、他の誰でもない」。"
    (quote,) = find_quotes(text, "ja")
    assert text[quote.start : quote.end] == "この街の未来を決めるのは私たち自身であり、他の誰でもない"
    assert (quote.speaker, quote.speaker_start, quote.speaker_end) == (None, None, None)


def test_slice_is_the_quotation_without_its_marks():
    text = 'Ada Quill said: "This is the wrong plan." Then she left.'
    assert said(text) == [("This is the wrong plan.", "Ada Quill")]


def test_title_and_role_are_kept_with_the_name():
    text = '"We cannot wait for another year to act," U.K. Defense Secretary Tom Harrow said on Monday.'
    (quote,) = find_quotes(text)
    assert quote.speaker == "U.K. Defense Secretary Tom Harrow"
    assert (quote.name, quote.role) == ("Tom Harrow", "U.K. Defense Secretary")


def test_surname_has_the_full_name_and_role_from_elsewhere():
    text = 'Ada Quill, the mayor of Harrow Vale, spoke.\n\n"We have waited long enough for it," Quill said.'
    (quote,) = find_quotes(text)
    assert (quote.speaker, quote.name, quote.role) == ("Quill", "Ada Quill", "the mayor of Harrow Vale")


def test_pronoun_shows_the_name_and_keeps_its_own_place():
    text = 'Ada Quill opened the bridge.\n\n"We have waited long enough for it," she said.'
    (quote,) = find_quotes(text)
    assert quote.speaker == quote.name == "Ada Quill"
    assert text[quote.speaker_start : quote.speaker_end] == "she"
    assert quote.cue == "said"


def test_second_half_of_a_statement_continues_with_its_speaker():
    text = '"We have waited long enough for it," said Ada Quill. "Now the bridge is open to all."'
    first, second = find_quotes(text)
    assert first.speaker_start == second.speaker_start
    assert (first.kind, second.kind) == ("direct", "continued")


def test_paragraphs_that_go_on_belong_to_the_same_speaker():
    text = "Ada Quill said: “We have waited for this day.\n\n“Now it has come and nobody will take it away.”"
    assert speakers(text) == ["Ada Quill", "Ada Quill"]


def test_name_after_a_dash_signs_the_quotation():
    text = "“I am ashamed of what we did to them.” — Ada Quill\n\n“He never asked us anything.” ― Tom Barrow, 31"
    assert speakers(text) == ["Ada Quill", "Tom Barrow"]


@pytest.mark.parametrize(
    "text",
    [
        'The film "A Long Day in the Valley" opens on Friday.',
        "Her novel “The Last Winter of the Baker” won a prize.",
        "It was a so-called “bridge to nowhere” for years.",
        "The “experts” were wrong about the rain.",
        "Der Film „Die langen Nächte im Tal“ läuft am Mittwoch an.",
    ],
)
def test_titles_and_scare_quotes_are_nobodys(text):
    assert find_quotes(text, "de" if text.startswith("Der") else "en") == []


def test_text_without_marks_has_no_quotations():
    assert find_quotes("Ada Quill said that this is the wrong plan.") == []


def test_region_in_the_language_tag_makes_no_difference():
    text = "„Wir werden dem Druck nicht nachgeben“, sagte Paul Durand am Montag."
    assert find_quotes(text, "de-AT") == find_quotes(text, "DE") == find_quotes(text, "de")


def test_quote_reads_as_a_mapping():
    (quote,) = find_quotes('"This is the wrong plan at the wrong time," said Ada Quill.')
    assert json.loads(json.dumps(dict(quote)))["speaker"] == "Ada Quill"
    assert quote.get("speaker_start") == quote["speaker_start"]
    assert quote.get("nothing", 1) == 1
    with pytest.raises(KeyError):
        quote["nothing"]


WORDS = st.sampled_from(
    [
        *'"“”„«»‘’,.:',
        "\n",
        "\n\n",
        "said",
        "Quill",
        "she",
        "he",
        "Ada",
        "the",
        "mayor",
        "not",
        "plan",
        "sagte",
        "er,",
        "dit-il",
    ]
)


@given(st.lists(WORDS, max_size=60).map(" ".join), st.sampled_from([*LANGUAGES, "ja", "ar", "ru", ""]))
def test_every_quotation_has_its_exact_place(text, lang):
    last = -1
    for quote in find_quotes(text, lang):
        assert last < quote.start < quote.end <= len(text)
        assert text[quote.start : quote.end].strip() == text[quote.start : quote.end]
        if quote.speaker is not None:
            assert 0 <= quote.speaker_start < quote.speaker_end <= len(text)
        assert 0 <= quote.confidence <= 1
        last = quote.end


@pytest.mark.parametrize(
    ("credit", "role"),
    [
        ("said Tom Barrow of the Reform Union.", "of the Reform Union"),
        ("said Tom Barrow of the Centre for Local Government.", "of the Centre for Local Government"),
        ("said Tom Barrow of the flood.", None),
        ("said Tom Barrow of Ada Quill. Ada Quill left.", None),
        ("police chief Tom Barrow said.", "police chief"),
        ("his lawyer Tom Barrow said.", "lawyer"),
        ("said Tom Barrow, the mayor of Harrow Vale.", "the mayor of Harrow Vale"),
        ("said the mayor of Harrow Vale, Tom Barrow, on Monday.", "the mayor of Harrow Vale"),
        ("said Dr. Tom Barrow, a lawyer for the town.", "a lawyer for the town"),
        ("said Dr. Tom Barrow.", None),
    ],
)
def test_the_role_is_what_the_article_says_beside_the_name(credit, role):
    (quote,) = find_quotes(f"“Nobody can wait another year for this bridge,” {credit}")
    assert (quote.name, quote.role) == ("Tom Barrow", role)


def test_a_spanish_verb_without_a_subject_goes_on_with_who_was_named_before():
    text = "Tomás Baluarte compareció después. «He llamado a la presidenta», dijo, y su sede dejó de silbar."
    (quote,) = find_quotes(text, "es")
    assert quote.name == "Tomás Baluarte"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("„Das muss so sein und bleibt so“, sagt Bühnenmeister Odilo Harbeck.", "Odilo Harbeck", "Bühnenmeister"),
        ("„Diese Rechnung stimmt nicht mehr“, sagte die Hydrologin Wala Senft.", "Wala Senft", "Hydrologin"),
        (
            "„Diese Rechnung stimmt nicht“, sagte die Hydrologin Wala Senft von der Universität.",
            "Wala Senft",
            "Hydrologin",
        ),
        ("„Diese Rechnung stimmt nicht mehr“, sagte Ursel von der Tann am Montag.", "Ursel von der Tann", None),
        ("„Wir bleiben heute alle hier“, sagte Odilo Harbeck am Montag.", "Odilo Harbeck", None),
    ],
)
def test_german_roles_are_no_part_of_the_name(text, name, role):
    (quote,) = find_quotes(text, "de")
    assert (quote.name, quote.role) == (name, role)
