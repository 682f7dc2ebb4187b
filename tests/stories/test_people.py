"""Names of one person meet; names of two do not."""

import pytest

from broadsheet.stories.people import bare_name, merge_names, name_slug, person_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("John R. Healey", "john-healey"),
        ("Joaquín Almirón", "joaquin-almiron"),
        ("Владимир Козлов", "vladimir-kozlov"),
        ("Ursula von der Linden", "ursula-von-der-linden"),
        ("王小明", "王小明"),
        ("约翰·希利", "约翰-希利"),
        ("希利", ""),
        ("白宫", ""),
        ("高森早苗", "高森早苗"),
        ("科尔德罗", ""),
        ("ヨン・ヒーリス", "ヨン-ヒーリス"),
        ("ヒーリス", ""),
        ("김민우", "김민우"),
        ("حمد بن ناصر", "حمد-بن-ناصر"),
        ("ناصر", ""),
        ("Universität Tannberg", ""),
        ("Landgericht Karsund", ""),
        ("L’accord de Sandgate", ""),
        ("Grace Hill", "grace-hill"),
        ("Varga", ""),
        ("Jean-Luc", ""),
        ("", ""),
    ],
)
def test_person_slug_needs_a_full_name(name, slug):
    assert person_slug(name) == slug


def test_name_slug_keeps_scripts_it_cannot_spell():
    assert name_slug("الدوحة") == "الدوحة"


def test_short_names_become_the_one_person_they_fit():
    merged = merge_names({"Varga": 4, "Ilse Varga": 2, "I. Varga": 1, "Ilse Maria Varga": 1, "Minister Ilse Varga": 1})

    assert set(merged.values()) == {"Ilse Varga"}


def test_names_that_fit_two_persons_stay_alone():
    merged = merge_names({"Lund": 3, "Ada Lund": 1, "Petr Lund": 1})

    assert merged == {"Lund": "Lund", "Ada Lund": "Ada Lund", "Petr Lund": "Petr Lund"}


def test_persons_who_share_a_first_name_are_two():
    assert len(set(merge_names({"Ilse Varga": 1, "Ilse Brandt": 1}).values())) == 2


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Substitute Noa Ferrandis", "Noa Ferrandis"),
        ("Oppositionsführer Edric Thorne", "Edric Thorne"),
        ("Defense Secretary John Healey", "John Healey"),
        ("Noa Ferrandis", "Noa Ferrandis"),
        ("Will Henry Smith", "Will Henry Smith"),
    ],
)
def test_functions_are_no_part_of_a_name(name, bare):
    assert bare_name(name) == bare
