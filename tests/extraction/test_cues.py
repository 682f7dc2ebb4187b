"""Phrases tell what a block is, and reports with the same words are left alone."""

import json
from importlib import resources
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.cues import KINDS, LANGUAGES, NO_CUE, find_cue, matcher

PAGES = Path(__file__).parents[1] / "data" / "extraction"

SURE = [
    ("en", "wall", "Join The Kesteren Courier for access to this content"),
    (
        "en",
        "wall",
        "Plus special access to select articles and other premium content with your account - free of charge.",
    ),
    (
        "en",
        "wall",
        "By entering your email and pushing continue, you are agreeing to our Terms of Use and Privacy Policy.",
    ),
    ("en", "wall", "Please enter a valid email address."),
    ("en", "wall", "Having trouble? Click here."),
    ("en", "newsletter", "Sign up for our daily newsletter and get the day’s news in your inbox."),
    ("en", "consent", "We and our 311 partners store and/or access information on a device."),
    ("en", "author_box", "Nora Velt is a reporter covering the harbour for the Ledger. Follow her on Mastodon."),
    ("en", "advertisement", "Story continues below advertisement"),
    ("en", "comment", "Log in to comment"),
    ("en", "read_more", "READ MORE: The quarrel over the pier, explained"),
    ("de", "read_more", "Lesen Sie auch: Der Streit um die Brücke"),
    ("de", "wall", "Um diesen Artikel weiterzulesen, registrieren Sie sich jetzt kostenlos."),
    ("fr", "wall", "La suite est réservée aux abonnés. Déjà abonné ? Connectez-vous."),
    ("es", "newsletter", "Suscríbete a nuestra newsletter y recibe las noticias en tu correo."),
    ("it", "read_more", "Leggi anche: la lite sul molo"),
    ("pt", "advertisement", "Continua após a publicidade"),
    ("nl", "advertisement", "Tekst gaat verder onder de advertentie"),
    ("pl", "wall", "Zaloguj się, aby czytać dalej. Masz już konto?"),
    ("uk", "newsletter", "Підписуйтесь на наш телеграм канал"),
    ("ru", "related", "Читайте также: спор о причале"),
    ("tr", "consent", "Sitemizde çerezler kullanılmaktadır. Çerez politikası için tıklayın."),
    ("ar", "read_more", "اقرأ أيضا: قصة الخلاف"),
    ("zh", "advertisement", "广告（请继续阅读本文）"),
    ("zh", "legal", "版权所有，未经授权不得转载"),
    ("ja", "wall", "続きを読むには会員登録が必要です"),
]


@pytest.mark.parametrize(("language", "kind", "text"), SURE)
def test_phrase_is_known_and_strong(language, kind, text):
    cue = find_cue(text, language)
    assert cue.kind == kind or {cue.kind, kind} == {"related", "read_more"}
    assert cue.strength > 0.5


@pytest.mark.parametrize("page", ["about_newsletters", "about_cookies", "about_subscriptions"])
def test_reports_about_the_same_things_stay_weak(page):
    tree = LexborHTMLParser((PAGES / f"{page}.html").read_bytes())
    paragraphs = [" ".join(n.text().split()) for n in tree.css("article > p") if len(n.text()) > 80]
    assert len(paragraphs) == 4
    for text in paragraphs:
        assert find_cue(text, "en").strength < 0.45, text


def test_a_verb_that_is_also_a_button_is_weak_alone():
    assert find_cue("شارك 61 في المئة من الناخبين في كويلشتات بعد 55 في المئة في المرة السابقة.", "ar").strength < 0.45
    assert find_cue("شارك المقال", "ar").strength > 0.5


def test_structure_makes_a_cue_stronger_and_makes_none_of_nothing():
    text = "The newsletter costs nothing"
    assert find_cue(text, "en", links=1.0).strength > find_cue(text, "en").strength
    assert find_cue(text, "en", aside=True).strength > find_cue(text, "en").strength
    assert find_cue("The harbour council voted on Monday.", "en", links=1.0, aside=True) == NO_CUE


def test_every_language_has_every_kind():
    for language in LANGUAGES:
        path = resources.files("broadsheet.extraction") / "phrases" / f"{language}.json"
        assert set(json.loads(path.read_bytes())) == set(KINDS)


@pytest.mark.parametrize("language", ["ja"])
def test_phrases_of_one_character_are_found(language):
    assert find_cue("→", language).kind == "read_more"


def test_unknown_language_reads_all():
    assert find_cue("Lesen Sie auch: Der Streit", "xx").kind in ("related", "read_more")


@given(st.text(max_size=400), st.sampled_from([*LANGUAGES, "", "xx"]))
def test_any_text_gives_a_kind_and_a_strength(text, language):
    cue = find_cue(text, language, links=0.5)
    assert cue.kind in ("", *KINDS)
    assert 0.0 <= cue.strength <= 1.0


def test_ordinary_paragraphs_are_cheap():
    find = matcher("en").find
    text = "The mayor said on Monday that the bridge would be repaired by the end of the year."
    find(text)
    start = process_time()
    for _ in range(5000):
        find(text)
    assert (process_time() - start) / 5000 < 200e-6  # about 8 microseconds on a quiet machine
