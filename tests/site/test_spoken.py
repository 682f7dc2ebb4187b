"""Words of templates are put in when a template is compiled, in the language that is spoken when it is asked for."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from jinja2 import DictLoader, FunctionLoader
from markupsafe import Markup, escape

from broadsheet.site import spoken
from broadsheet.site.spoken import Speaking, Whole, Words
from broadsheet.site.templating import environment


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


PLURAL = "{% trans count=n %}{{ count }} outlet{% pluralize %}{{ count }} outlets{% endtrans %}"
TAG = '{% include "part" %}'
PARTS = {
    "break at its end": "<p>{{ word }}</p>\n",
    "tag at its end": "{% if word %}\n<p>{{ word }}</p>\n{% endif %}\n",
    "tag in its only line": "{% if word %}{{ word }}{% endif %}",
    "a value at its end": "- {{ word }}\n\n",
    "a loop and a name of its own": "{% set word = 'own' %}{% for word in [1, 2] %}{{ word }}{% endfor %}{{ word }}",
    "another part": '<i>\n{% include "inner" %}\n</i>\n',
    "what is not there": '{% include "nothing" ignore missing %}x',
    "nothing": "",
}
PAGES = (
    f"<div>\n{TAG}\n</div>\n",
    f"<div>\n{TAG}\n\n\n</div>",
    f"<p>{TAG}</p>",
    f"{{% if word %}}{TAG}{{% endif %}}\n\nend",
    f"{{% for word in 'ab' %}}\n  {TAG}\n{{% endfor %}}\n{{{{ word }}}}",
    f"{{% with word = 'with' %}}{TAG}{{% endwith %}}",
    f"{TAG}{TAG}",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
def test_a_part_in_the_place_of_its_tag_prints_what_an_included_one_does(page, part):
    def show(*extensions):
        templates = DictLoader({"page": page, "part": part, "inner": "{{ word }}\n"})
        made = Speaking(
            loader=templates,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=[*extensions, Words],
        )
        return made.get_template("page").render(word="<w>")

    assert show(Whole) == show()


def test_a_part_with_blocks_stays_apart_from_the_template_that_extends_the_page():
    made = Speaking(
        loader=DictLoader(
            {
                "part": "{% block foot %}part{% endblock %}",
                "base": '{% block main %}{% endblock %} {% include "part" %}',
                "page": "{% extends 'base' %}{% block foot %}page{% endblock %}{% block main %}main{% endblock %}",
            }
        ),
        auto_reload=False,
        extensions=[Whole],
    )
    assert made.get_template("page").render() == "main part"


def test_while_templates_are_written_parts_are_read_anew():
    parts = {"page": TAG, "part": "first"}
    made = Speaking(loader=FunctionLoader(lambda name: (parts[name], name, lambda: False)), extensions=[Whole])
    assert made.get_template("page").render() == "first"
    parts["part"] = "second"
    assert made.get_template("page").render() == "second"


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_plurals_of_a_page_are_those_of_its_language_and_escape_their_values(language):
    made = environment(loader=DictLoader({"page": PLURAL}))

    def show(name, **values):
        with translation.override(language):
            return made.get_template(name).render(values)

    with translation.override(language):
        wanted = [
            translation.ngettext("%(count)s outlet", "%(count)s outlets", n) % {"count": n} for n in (0, 1, 2, 3, 11)
        ]
    assert [show("page", n=n) for n in (0, 1, 2, 3, 11)] == wanted


NAMED = "{% trans count=2, names=names %}{{ names }} shortens it{% pluralize %}{{ names }} shorten it{% endtrans %}"


def test_a_value_is_escaped_by_what_it_is_and_where_it_stands():
    made = environment(
        loader=DictLoader({"page": NAMED, "mail": f"{{% autoescape false %}}{NAMED}{{% endautoescape %}}"})
    )

    def show(name, names):
        return made.get_template(name).render(names=names).partition(" ")[0]

    for _again in range(2):
        assert show("page", "A&B") == "A&amp;B"
        assert show("page", Markup("A&B")) == "A&B"
        assert show("mail", "A&B") == "A&B"
