"""Countries are named in the language of the page, without a script."""

import json

import pytest
from django.utils import translation

from broadsheet.sample.starter import starter_publishers
from broadsheet.site.countries import FILE, country_name


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Germany"), ("de", "Deutschland"), ("ar", "ألمانيا"), ("zh-hans", "德国"), ("pt", "Germany")],
)
def test_a_country_has_its_name_in_the_language_of_the_page(language, name):
    with translation.override(language):
        assert country_name("DE") == name


def test_a_code_that_nobody_knows_stands_for_itself():
    assert country_name("XE") == "XE"


def test_the_invented_countries_of_the_sample_have_names():
    assert [country_name(code) for code in ("XV", "XI")] == ["Valmora", "Skerry Isles"]


def test_every_language_names_the_same_countries():
    names = json.loads(FILE.read_text(encoding="utf-8"))
    assert len({frozenset(table) for table in names.values()}) == 1


def test_every_country_of_the_starter_list_is_named():
    codes = {publisher.country for publisher in starter_publishers() if publisher.country}
    assert not [code for code in codes if country_name(code) == code]
