"""Kind and section of an article: declared, shown to readers, or only in the address, each from both sides."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.article import Kind
from broadsheet.extraction.embedded import read_embedded
from broadsheet.extraction.metadata import read_metadata

URL = "https://ledger.example/2026/north-pier"


def read(body, head="", url=URL):
    tree = LexborHTMLParser(f"<html lang=en><head>{head}</head><body>{body}</body></html>", scripting=True)
    return read_metadata(tree, url, read_embedded(tree, url))


def ld(text):
    return f'<script type="application/ld+json">{text}</script>'


def kicker(word):
    return f'<header><p class="k">{word}</p><h1>The pier should be rebuilt before autumn</h1></header><p>Text.</p>'


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Opinion", Kind.OPINION), ("Kommentar", Kind.OPINION), ("Tribune", Kind.OPINION), ("Opinión", Kind.OPINION),
        ("Editoriale", Kind.OPINION), ("Opinião", Kind.OPINION), ("Opinie", Kind.OPINION), ("Felieton", Kind.OPINION),
        ("Думка", Kind.OPINION), ("Мнение", Kind.OPINION), ("Köşe yazısı", Kind.OPINION), ("رأي", Kind.OPINION),
        ("社论", Kind.OPINION), ("社説", Kind.OPINION),
        ("Interview", Kind.INTERVIEW), ("Entrevista", Kind.INTERVIEW), ("Інтерв'ю", Kind.INTERVIEW),
        ("Live", Kind.LIVE), ("EN DIRECT", Kind.LIVE), ("+++ Liveticker +++", Kind.LIVE), ("Canlı", Kind.LIVE),
        ("Bildergalerie", Kind.GALLERY), ("In pictures", Kind.GALLERY), ("組圖", Kind.GALLERY),
        ("Vidéo", Kind.VIDEO), ("فيديو", Kind.VIDEO), ("Podcast", Kind.AUDIO), ("ポッドキャスト", Kind.AUDIO),
        ("Pressemitteilung", Kind.PRESS_RELEASE), ("Comunicado de prensa", Kind.PRESS_RELEASE),
        ("Politics", Kind.NEWS), ("Live music", Kind.NEWS), ("Video games", Kind.NEWS), ("Exclusive", Kind.NEWS),
    ],
)  # fmt: skip
def test_line_above_the_headline_says_the_kind(word, kind):
    assert read(kicker(word)).kind is kind


def test_kicker_inside_the_heading_says_the_kind():
    page = '<h1><span class="kicker">Comment</span> <span>Rebuild the pier before autumn</span></h1>'
    assert read(page).kind is Kind.OPINION


def test_menu_and_text_say_nothing_about_the_kind():
    page = "<nav><a>Opinion</a><a>Video</a></nav><div><ul><li>Live</li></ul></div>"
    page += "<main><h1>The pier is rebuilt</h1><p>Video</p><p>Interview</p></main>"
    assert read(page).kind is Kind.NEWS


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Comment: The pier should be rebuilt before autumn", Kind.OPINION),
        ("Video: Waves break over the north pier", Kind.VIDEO),
        ("Storm in Skarn – live: Waves break over the pier", Kind.NEWS),
        ("Live: Waves break over the north pier", Kind.LIVE),
        ("Video of the storm: who filmed the waves?", Kind.NEWS),
        ("Mayor: Comment on the pier was a mistake", Kind.NEWS),
    ],
)
def test_words_before_a_colon_say_the_kind(headline, kind):
    assert read(f"<h1>{headline}</h1>").kind is kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ('<meta property="og:type" content="video.other">', Kind.VIDEO),
        ('<meta property="og:type" content="article">', Kind.NEWS),
        ('<meta property="article:opinion" content="true">', Kind.OPINION),
        ('<meta property="article:opinion" content="false">', Kind.NEWS),
        ('<meta property="article:section" content="Opinion">', Kind.OPINION),
        (ld('{"@type":"LiveBlogPosting","headline":"x"}'), Kind.LIVE),
        (ld('[{"@type":"NewsArticle","headline":"x"},{"@type":"LiveBlogPosting","headline":"x"}]'), Kind.LIVE),
        (ld('[{"@type":"NewsArticle","headline":"x"},{"@type":"VideoObject","name":"x"}]'), Kind.NEWS),
    ],
)
def test_declared_kind(head, kind):
    assert read("<h1>The pier is rebuilt</h1>", head).kind is kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/opinion/pier", Kind.OPINION), ("/kommentar/pier", Kind.OPINION), ("/video/pier", Kind.VIDEO),
        ("/podcast/pier", Kind.AUDIO), ("/presse/pressemitteilungen/pier", Kind.PRESS_RELEASE),
        ("/politics/opinion", Kind.NEWS), ("/politics/opinion-polls/pier", Kind.NEWS), ("/live-music/pier", Kind.NEWS),
    ],
)  # fmt: skip
def test_address_says_the_kind_only_where_nothing_else_does(path, kind):
    url = f"https://ledger.example{path}"
    assert read("<h1>The pier is rebuilt</h1>", url=url).kind is kind
    assert read(kicker("Interview"), url=url).kind is Kind.INTERVIEW


CRUMBS = (
    '{{"@type":"BreadcrumbList","itemListElement":['
    '{{"@type":"ListItem","position":1,"item":{{"@id":"https://ledger.example/","name":"{}"}}}},'
    '{{"@type":"ListItem","position":2,"name":"Harbour","item":"https://ledger.example/local/harbour"}},'
    '{{"@type":"ListItem","position":3,"name":"The pier is rebuilt"}}]}}'
)


def test_section_is_the_first_step_of_the_breadcrumb_where_nothing_else_names_it():
    page = "<h1>The pier is rebuilt</h1>"
    assert read(page, ld(CRUMBS.format("Home"))).section == "Harbour"
    assert (
        read(page, ld(CRUMBS.format("Home")) + '<meta property="article:section" content="Local">').section == "Local"
    )
    only = '{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"The pier is rebuilt"}]}'
    assert read(page, ld(only)).section == ""
    assert read(page, ld('{"@type":"BreadcrumbList","itemListElement":{"name":[1]}}')).section == ""
