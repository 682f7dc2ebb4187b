"""Topics are what an article is about: of the right kind, in one spelling, and never silly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.grouping import find_names
from broadsheet.stories.topics import TOPICS, choose_topics


def topics(headline, text, *, speakers=(), language="en", **more):
    found = choose_topics(find_names(headline, text, language), speakers, headline, text, language=language, **more)
    return {topic.slug: str(topic.kind) for topic in found}


LAW = (
    "The Coastal Rail Act passed on Saturday. Deputies in Port Garrow cheered. In Port Garrow the harbor closed. "
    "The Coastal Rail Act costs 62 billion. Wilhelmina Pask voted yes. Pask said the Constitutional Court would agree. "
    "The Constitutional Court was silent, and so was the Commonwealth Party, for the Commonwealth Party lost."
)


def test_kinds_come_from_what_stands_around_a_name():
    assert topics("Coastal Rail Act passes", LAW) == {
        "coastal-rail-act": "subject",
        "port-garrow": "place",
        "wilhelmina-pask": "person",
        "constitutional-court": "organization",
        "commonwealth-party": "organization",
    }


def test_speaker_is_a_person_whatever_stands_in_front():
    text = "Substitute Noa Ferrandis struck twice. “They told me to be a nuisance,” Ferrandis said. Ferrandis smiled."

    assert topics("Substitute Noa Ferrandis wins it", text, speakers=["Noa Ferrandis"]) == {"noa-ferrandis": "person"}


def test_beginnings_of_headlines_are_no_names():
    text = "Gestern kamen elf Vorhänge an. Der erste Nachtzug fuhr. Ein erster Nachtzug, elf Vorhänge."

    assert topics("Elf Vorhänge für den Nachtzug", text, language="de") == {}


def test_german_nouns_are_no_names():
    text = "Gestern brannte in der Stadt Karsund ein Lager der Firma Conradt. Die Stadt Karsund und die Firma Conradt "
    text += "schweigen. Der Düsseldorfer Konzern wartet, sagte ein Düsseldorfer Konzern."

    assert topics("Brand in Karsund", text, language="de") == {"karsund": "place", "conradt": "organization"}


@pytest.mark.parametrize(
    "text", ["马伦海峡时隔十六个月重新开放，粮价应声下跌。" * 3, "أوبرا سوفيني تعود إلى المسرح في سوفيني. " * 3]
)
def test_scripts_without_capitals_give_no_clauses(text):
    assert topics(text[:20], text) == {}


def test_bodies_keep_their_whole_name_and_openers_are_none_of_it():
    text = "A study by the Centre for Local Government came out. Neighbouring Viriroia asked the Centre for Local "
    text += (
        "Government. Between Martoshan and Neszu nothing ran. Between Martoshan and Ulm nothing. Neighbouring Viriroia "
    )
    text += "waits."

    assert topics("Study divides councils", text) == {"centre-for-local-government": "organization"}


def test_publishers_credits_and_days_are_no_topics():
    text = "The Harbor Courier was told so in Getty Images on Monday. The Harbor Courier asked. Getty Images said. " * 2

    assert topics("Harbor Courier asks Getty Images", text, stop={"the-harbor-courier"}) == {}


def test_spellings_meet_in_one_slug():
    slugs = [
        topics("Joaquín Almirón habla", "El alcalde Joaquín Almirón dijo. Almirón dijo más.", language="es"),
        topics("Joaquin Almiron speaks", "The mayor, Joaquin Almiron said so. Almiron said more."),
        topics("Joaquin R. Almiron speaks", "The mayor, Joaquin R. Almiron said so. Almiron said more."),
    ]

    assert slugs == [{"joaquin-almiron": "person"}] * 3


def test_place_known_elsewhere_is_a_place_here():
    text = "Suhail signed the accord. Nobody in the capital had expected Suhail to do it."

    assert "suhail" not in topics("Suhail signs", text)
    assert topics("Suhail signs", text, places={"suhail"}) == {"suhail": "place"}


def test_shouting_is_the_same_name():
    text = "PORT GARROW (Wire) - The harbor of Port Garrow is closed. Ships wait off Port Garrow."

    assert topics("Harbor of Port Garrow closed", text) == {"port-garrow": "place"}


def test_headline_in_title_case_proves_no_name():
    text = "Powerful Earthquake Strikes Nepal. The powerful quake was felt in Delhi, where it rained."

    assert "powerful-earthquake-strikes-nepal" not in topics("Powerful Earthquake Strikes Nepal Again Today", text)


def test_hostile_text_is_bounded():
    text = " ".join(f"Ada{number} Lund{number} said" for number in range(60_000))

    assert len(topics("Ada1 Lund1", text)) <= TOPICS


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gives_topics_with_slugs(text, speakers):
    assert all(slug and "/" not in slug for slug in topics(text[:50], text, speakers=speakers))
