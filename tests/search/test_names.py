"""A slip in a name finds what was meant, and says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.names import count_names, nearest_name, one_slip_away, slips_between
from broadsheet.search.queries import search
from tests.search.conftest import NOW

LETTERS = st.text(alphabet="abcdef", min_size=1, max_size=8)


@pytest.mark.parametrize("slip", ["vrga", "avrga", "vagra", "vargaa", "barga", "varg"])
def test_one_slip_is_forgiven(db, slip):
    count_names({"varga": 3, "harlow": 9})

    assert nearest_name(slip) == "varga"


def test_two_slips_in_a_long_name(db):
    count_names({"petrakisova": 1})

    assert nearest_name("petrakizowa") == "petrakisova"
    assert nearest_name("bedrakisova") == "petrakisova"
    assert nearest_name("pxtraxisoxa") is None


def test_other_scripts(db):
    count_names({"петракис": 1, "القاهره": 1})

    assert nearest_name("петраксис") == "петракис"
    assert nearest_name("القهره") == "القاهره"


def test_of_two_names_as_near_the_more_frequent_one(db):
    count_names({"marlow": 2, "harlow": 9})

    assert nearest_name("tarlow") == "harlow"


@pytest.mark.parametrize("word", ["", "var", "x" * 25, "v4rga", "va rga", "%", "_arga"])
def test_what_is_no_name_has_no_neighbor(db, word):
    count_names({"varga": 3})

    assert nearest_name(word) is None


def test_nothing_found_shows_the_likely_name_and_says_so(library):
    row = library.article("Ministers meet Ilse Varga", "Talks with Varga last all night.")

    found = search("ilse vagra", now=NOW)

    assert [hit.article_id for hit in found.hits] == [row]
    assert found.corrected == "ilse varga"
    assert search("ilse vagra", now=NOW, exact=True).hits == ()


def test_hardly_anything_found_suggests_the_likely_name(library):
    rows = [library.article(f"Day {day} of the talks with Varga") for day in range(5)]
    rare = library.article("A river called the Vagra")

    found = search("vagra", now=NOW)

    assert [hit.article_id for hit in found.hits] == [rare]
    assert (found.corrected, found.suggested) == ("", "varga")
    assert len(search("varga", now=NOW).hits) == len(rows)


def test_word_that_is_known_is_left_alone(library):
    for day in range(3):
        library.article(f"Vagra floods again, day {day}")
    library.article("Ministers meet Ilse Varga")

    found = search("vagra unheardof", now=NOW)

    assert (found.total, found.corrected, found.suggested) == (0, "", "")


@given(LETTERS, LETTERS)
def test_a_word_is_one_slip_away_exactly_if_it_is_made(one, other):
    assert (other in one_slip_away(one)) == (slips_between(one, other, 2) == 1)


@given(LETTERS, LETTERS)
def test_slips_count_the_same_both_ways(one, other):
    assert min(slips_between(one, other, 3), 4) == min(slips_between(other, one, 3), 4)
