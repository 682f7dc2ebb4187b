"""The doctor names what is wrong with the file of looks."""

import pytest

from broadsheet.commands.doctor import _looks
from broadsheet.looks import FILE
from tests.factories import make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(tmp_path, settings):
    settings.DATA, settings.SITE_URL = tmp_path, "https://news.example.org"

    def found(text=None):
        if text is not None:
            (tmp_path / FILE).write_text(text)
        return [problem for _name, problem in _looks() if problem]

    return found


def test_a_public_site_without_an_imprint_is_told_so(found, settings):
    assert "[imprint] operator, address and contact" in found()[0]
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert found() == []


def test_mistakes_and_unknown_sections_are_named(found):
    make_section("world")
    whole = '[imprint]\noperator = "a"\naddress = "b"\ncontact = "c"\n'
    assert found(whole + '[[sections]]\nslug = "world"') == []
    assert found(whole + '[[sections]]\nslug = "word"') == ["sections: word is not a section; there are world."]
    assert found(f'nmae = "x"\n{whole}') == ["nmae is not known; did you mean name?"]
