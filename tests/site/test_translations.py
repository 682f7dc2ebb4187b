"""The interface in every language it is offered in: complete, plural-correct, up to date, and used."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

pytest.importorskip("babel")
_found = importlib.util.spec_from_file_location(
    "messages", Path(__file__).resolve().parents[2] / "deploy" / "messages.py"
)
messages = importlib.util.module_from_spec(_found)
_found.loader.exec_module(messages)

LANGUAGES = ["ar", "de", "es", "fr", "zh_Hans"]
_PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def key(message):
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


@pytest.fixture(scope="module")
def words():
    return {key(message) for message in messages.template() if message.id}


def test_these_are_the_languages():
    assert messages.languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated_and_none_is_left_over(language, words):
    catalog = messages.read(language)
    found = {key(message) for message in catalog if message.id}
    assert sorted(map(str, words - found)) == [], "run `make messages`, then translate"
    assert sorted(map(str, found - words)) == [], "run `make messages`"
    for message in catalog:
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else [message.string]
            assert all(string.strip() for string in strings), key(message)
            assert not message.fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_plurals_are_kept(language):
    catalog = messages.read(language)
    for message in catalog:
        if not message.id:
            continue
        is_plural = not isinstance(message.id, str)
        wanted = set(_PLACE.findall(message.id[1] if is_plural else message.id))
        strings = message.string if is_plural else [message.string]
        assert not is_plural or len(strings) == catalog.num_plurals, key(message)
        for string in strings:
            assert set(_PLACE.findall(string)) <= wanted, (key(message), string)
        assert set(_PLACE.findall(strings[-1])) == wanted, (key(message), strings[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_brings_markup(language):
    for message in messages.read(language):
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else [message.string]
            ours = "<" in (message.id if isinstance(message.id, str) else message.id[1])
            assert ours or not any("<" in string for string in strings), key(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    folder = messages.LOCALE / language / "LC_MESSAGES"
    assert (folder / "django.mo").read_bytes() == messages.compiled(messages.read(language)), "run `make messages`"
    assert (folder / "django.po").read_bytes() == messages.written(messages.read(language)), "run `make messages`"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "tag", "direction"), [("de", "de", "ltr"), ("ar", "ar", "rtl"), ("zh_Hans", "zh-hans", "ltr")]
)
def test_pages_are_in_the_language_of_the_site(client, language, tag, direction):
    with translation.override(tag):
        page = client.get("/how-we-choose").content.decode()
        assert f'dir="{direction}"' in page
        catalog = {message.id: message.string for message in messages.read(language) if isinstance(message.id, str)}
        assert catalog["How we choose"] in page
        assert catalog["Skip to the news"] in page


def test_the_languages_can_be_chosen_by_their_tags():
    for language in LANGUAGES:
        with translation.override(language.replace("_", "-").lower()):
            assert translation.gettext("Search") != "Search"
    assert settings.LOCALE_PATHS
