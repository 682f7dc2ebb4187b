"""Words broken by naive tools are found without the original, and exactly with it; sound text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction.damage import compare, find_damage

SOUND = (
    "Officials remained tight-lipped on Tuesday about the fate of the five remaining miners, as crews worked to "
    "maintain the pumps. The company, which has remained silent since Friday, said that it would mainly rely on its "
    "own engineers. The governor asked for patience and said that the families would be told first about any change."
)


def test_damage_is_found_without_the_original():
    (found,) = find_damage(SOUND.replace("main", ""))
    assert found.missing == "main"
    assert not found.certain
    assert {("reed", "remained"), ("reing", "remaining")} <= set(found.words)


def test_damage_is_exact_with_the_original():
    (found,) = compare(SOUND.replace("main", ""), SOUND)
    assert (found.missing, found.certain) == ("main", True)
    assert dict(found.words) == {"reed": "remained", "reing": "remaining", "tain": "maintain", "ly": "mainly"}


def test_any_lost_run_of_letters_is_found_with_the_original():
    (found,) = compare("Laest from the sreets of Skarn", "Latest from the streets of Skarn")
    assert found.missing == "t"
    assert set(found.words) == {("laest", "latest"), ("sreets", "streets")}


def test_sound_text_has_no_damage():
    assert find_damage(SOUND) == ()
    assert compare(SOUND, SOUND) == ()
    assert find_damage("The reed grew by the river. " * 30) == ()


def test_headline_helps_to_know_words():
    text = (
        "The chair of the board has resigned. " * 5
        + "A spokesman for the Kesvale works said the Kesvale quarry was shut."
    )
    assert find_damage(text) == ()


def test_an_edited_word_is_not_damage():
    assert compare("The mayor spoke on Monday", "The mayor spoke on Tuesday") == ()


@given(st.text(max_size=600), st.text(max_size=600))
def test_any_text_is_borne(one, other):
    find_damage(one, [other])
    compare(one, other)


def test_long_texts_take_linear_time():
    assert isinstance(find_damage(SOUND * 400), tuple)
    assert isinstance(compare(SOUND * 200, " ".join(f"word{i}remain" for i in range(8000))), tuple)


LONG = {
    "en": "The first student to start the story said it must still be the strongest system in the history of the "
    "street, and almost all of the states just started their study in August, as the minister had suggested. ",
    "de": "Erst nach der ersten Sitzung stellte der Minister fest, dass die meisten Städte selbst bestimmen müssten, "
    "was gestern noch als strittig galt; die Stadt steht am stärksten da, und meist ist das ein Fortschritt. ",
    "fr": "Le ministre reste prudent: l'histoire de cette industrie est triste, et il existe encore des questions sur "
    "le système, dont la gestion reste distincte; le premier trimestre a été juste, mais la justice insiste. ",
    "es": "El ministro está en Madrid hasta el domingo, y los estudios muestran que la industria está lista para la "
    "gestión de este sistema; estas cuestiones existen desde la historia del estado, y la justicia insiste. ",
}


@pytest.mark.parametrize("language", LONG)
def test_a_common_piece_that_stands_nowhere_is_missed(language):
    text = LONG[language] * 6
    assert find_damage(text) == ()
    (found,) = [d for d in find_damage(text.replace("st", "")) if d.missing == "st"]
    assert len(found.words) > 1


@pytest.mark.parametrize("piece", ["main", "form", "div"])
def test_names_of_elements_are_missed(piece):
    text = (
        "The division remained divided over the information, and individual members of the platform maintained that "
        "the remaining performance was transformed by a diverse formation; they mainly informed each individual of it."
    )
    assert piece in [d.missing for d in find_damage(text.replace(piece, ""))]
