"""Words of templates are put in when a template is compiled, in the language that is spoken when it is asked for."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from jinja2 import DictLoader
from markupsafe import Markup, escape

from broadsheet.site import spoken
from broadsheet.site.spoken import Speaking, Words


@pytest.fixture
def printed(monkeypatch):
    words = {
        "Latest": "Das <i>Neueste</i>",
        "A report by %(name)s": "%(name)s & ein Bericht, zu 100%%",
        "%(who)s told %(whom)s": "%(whom)s heard it from %(who)s",
        "Stray": "%(nobody)s",
    }
    asked = []

    def found(word):
        asked.append(word)
        return words.get(word, word) if translation.get_language() == "de" else word

    monkeypatch.setattr(translation, "gettext", found)
    monkeypatch.setattr(translation, "pgettext", lambda context, word: f"{context}: {word}")

    def make(**templates):
        made = Speaking(loader=DictLoader(templates), autoescape=True, extensions=[Words])
        made.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)

        def show(page, language="de", **values):
            with translation.override(language):
                return made.get_template(page).render(values)

        return show

    make.asked = asked
    return make


def test_each_language_has_its_own_words(printed):
    show = printed(page="{% trans %}Latest{% endtrans %}")
    assert show("page") == "Das <i>Neueste</i>"
    assert show("page", "en") == "Latest"
    assert show("page") == "Das <i>Neueste</i>"


def test_a_word_is_looked_up_once_however_often_it_is_printed(printed):
    show = printed(page="{% trans %}Latest{% endtrans %}")
    for _ in range(3):
        show("page")
    assert printed.asked.count("Latest") == 1


def test_values_stand_where_the_language_wants_them_and_are_escaped(printed):
    show = printed(
        page="{% trans %}A report by {{ name }}{% endtrans %}",
        two="{% trans who=first, whom=second %}{{ who }} told {{ whom }}{% endtrans %}",
    )
    assert show("page", name="<b>Ledger</b>") == "&lt;b&gt;Ledger&lt;/b&gt; & ein Bericht, zu 100%"
    assert show("two", first="A", second="B") == "B heard it from A"


def test_percent_signs_of_the_template_are_left_alone(printed):
    assert printed(page="{% trans %}100 %{% endtrans %}")("page") == "100 %"


def test_contexts_are_told_apart(printed):
    assert printed(page="{% trans 'date' %}May{% endtrans %}")("page") == "date: May"


def test_included_and_imported_templates_speak_the_same_language(printed):
    show = printed(
        part="{% trans %}Latest{% endtrans %}",
        macros="{% macro name() %}{% trans %}Latest{% endtrans %}{% endmacro %}",
        page="{% import 'macros' as macros %}{% include 'part' %}|{{ macros.name() }}",
    )
    assert show("page", "en") == "Latest|Latest"
    assert show("page") == "Das <i>Neueste</i>|Das <i>Neueste</i>"


def test_plurals_hang_on_the_number(printed):
    show = printed(page="{% trans count=n %}{{ count }} report{% pluralize %}{{ count }} reports{% endtrans %}")
    assert [show("page", "en", n=n) for n in (1, 2)] == ["1 report", "2 reports"]


def test_a_translation_with_an_unknown_place_is_no_template(printed):
    with pytest.raises(KeyError, match="nobody"):
        printed(page="{% trans %}Stray{% endtrans %}")("page")


class Marked:
    def __html__(self):
        return "<i>marked</i>"


@pytest.mark.parametrize(
    "value", ["<b> & 'quoted' \"twice\"", Markup("<b>bold</b>"), Marked(), 7, None, gettext_lazy("<Latest>"), "é<"]
)
def test_a_printed_value_is_escaped_as_ever(value):
    assert spoken.printed(value) == str(escape(value))


def test_what_macros_and_sets_hold_is_escaped_once(printed):
    show = printed(
        page="{% macro bold(word) %}<b>{{ word }}</b>{% endmacro %}{% set said %}{{ bold(name) }}!{% endset %}"
        "{{ said }} {{ name ~ said }} {{ [name, said]|join(' ') }}"
    )
    bold = "<b>a&lt;b</b>"
    assert show("page", name="a<b") == f"{bold}! a&lt;b{bold}! a&lt;b {bold}!"
