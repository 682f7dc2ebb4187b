"""Whom a pronoun that credits a quotation stands for."""

import pytest

from broadsheet.quotes import find_quotes

QUOTED = '"We have waited long enough for it,"'


def last_name(text, lang="en"):
    return find_quotes(text, lang)[-1].name


@pytest.mark.parametrize(
    ("before", "pronoun", "name"),
    [
        ("Mary Oakes met Peter Stroud on Monday.", "she", "Mary Oakes"),
        ("Mary Oakes met Peter Stroud on Monday.", "he", "Peter Stroud"),
        ("Mr. Oakes met Ms. Stroud on Monday.", "she", "Stroud"),
        ("Peter Oakes sold the farm. Martin Stroud bought it.", "he", "Martin Stroud"),
        ("The farm of Peter Oakes burned down. Martin Stroud saw the smoke.", "he", "Martin Stroud"),
        ("Mary Oakes lives in Georgia.", "she", "Mary Oakes"),
    ],
)
def test_pronoun_goes_to_the_fitting_person(before, pronoun, name):
    assert last_name(f"{before} {QUOTED} {pronoun} said.") == name


def test_nobody_fits_when_only_the_other_gender_is_named():
    text = f"Peter Oakes sold the farm. {QUOTED} she said."
    assert last_name(text) is None


def test_namesakes_stay_apart():
    text = (
        "Mary Oakes and Peter Oakes sold the farm.\n\n"
        f"Mary Oakes spoke first. {QUOTED} she said.\n\nPeter Oakes nodded. {QUOTED} he said."
    )
    assert [q.name for q in find_quotes(text)] == ["Mary Oakes", "Peter Oakes"]


def test_people_inside_quotations_are_not_meant():
    text = f'Peter Oakes spoke. "Tom Barrow will never agree to such a plan," he said. {QUOTED} he added.'
    assert [q.name for q in find_quotes(text)] == ["Peter Oakes", "Peter Oakes"]


def test_german_roles_tell_the_gender():
    text = "Die Forscherin Maren Voss arbeitet mit Jens Kolb. „Es gibt keinen Zweifel daran“, sagte sie."
    assert last_name(text, "de") == "Maren Voss"


def test_relative_pronoun_names_who_stands_before_it():
    text = "The prize went to Ada Quill, who said that “nobody could have known this before”."
    assert last_name(text) == "Ada Quill"
