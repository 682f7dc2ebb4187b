# ruff: noqa: E501 - markup reads better on one line
"""Captions and credits are fields with their picture, whatever markup or language they come in, and never text."""

import pytest

from broadsheet.extraction import BlockKind, extract
from broadsheet.extraction.credits import is_credit, split_credit

WORDS = (
    "The harbor council of Quellstadt voted on Monday to rebuild the old pier, and the work will begin in September ",
    "Fishing crews had asked for a shorter closure and said that the winter season would be lost for many boats ",
    "The bill is shared by the city and the province, according to the budget that was passed with the plan ",
)
PROSE = "".join(f"<p>{WORDS[n % 3]}in part {n}.</p>" for n in range(6))
CAPTION = "Members of the council raise their hands for the vote."
CREDIT = "Mara Stell/Ledger"


def article_with(inside: str, above: str = ""):
    html = (
        "<!doctype html><html lang=en><head><title>Pier</title><meta property=og:type content=article></head><body>"
        f"<main>{above}<article><h1>Council votes to rebuild the pier</h1>{PROSE}{inside}{PROSE}</article></main></body>"
    )
    return extract(html, "https://ledger.example/2026/03/02/pier")


FORMS = {
    "figcaption": f"<figure><img src=/vote.jpg><figcaption>{CAPTION} Photo: {CREDIT}</figcaption></figure>",
    "credit in its own element": f"<figure><img src=/vote.jpg><figcaption>{CAPTION} <cite>{CREDIT}</cite></figcaption></figure>",
    "credit in its own box": f"<figure><img src=/vote.jpg><figcaption><p>{CAPTION}</p><p class=credit>{CREDIT}</p></figcaption></figure>",
    "unnamed last span": f"<figure><img src=/vote.jpg><figcaption>{CAPTION} <span>{CREDIT}</span></figcaption></figure>",
    "first line": f"<figure><img src=/vote.jpg><figcaption><span>{CREDIT}</span><br>{CAPTION}</figcaption></figure>",
    "caption class": f"<div class=picture><img src=/vote.jpg><div class=caption>{CAPTION} © {CREDIT}</div></div>",
    "compound class": f"<div class=inline-image><img src=/vote.jpg><p class=wp-caption-text>{CAPTION} ({CREDIT})</p></div>",
    "legend": f"<div class=foto><img src=/vote.jpg><span class=legende>{CAPTION}</span> <span class=copyright>{CREDIT}</span></div>",
    "alternative text": f'<div><img src=/vote.jpg alt="{CAPTION}"></div><div><span>{CAPTION}</span></div>',
    "alternative text of a link": f'<a href=/big title="{CAPTION}"><img src=/vote.jpg></a><p>{CAPTION}</p>',
    "small print": f"<img src=/vote.jpg><p><small>{CAPTION} © {CREDIT}</small></p>",
    "paragraphs in an image box": f"<div class=image-widget><img src=/vote.jpg><p>{CAPTION}</p><p>Image: {CREDIT}</p></div>",
    "figure in a share box": f"<figure class=shareable-item><img src=/vote.jpg><figcaption>{CAPTION}</figcaption></figure>",
    "figure in a link": f"<a href=/zoom><figure><img src=/vote.jpg><figcaption>{CAPTION}</figcaption></figure></a>",
    "slide cut at its edge": f"<div class=overflow-hidden><figure><img src=/vote.jpg><figcaption>{CAPTION}</figcaption></figure></div>",
    "lazy picture": f"<figure><img src=data:x data-src=/vote.jpg><figcaption>{CAPTION}</figcaption></figure>",
    "table": f"<table><tr><td><img src=/vote.jpg></td></tr><tr><td class=caption>{CAPTION}</td></tr></table>",
    "amp": f"<figure><amp-img src=/vote.jpg></amp-img><figcaption>{CAPTION}</figcaption></figure>",
}


@pytest.mark.parametrize("form", FORMS)
def test_caption_is_a_field_with_its_picture(form):
    article = article_with(FORMS[form])
    assert CAPTION not in article.text
    assert CAPTION in article.captions
    (image,) = [b.image for b in article.blocks if b.kind is BlockKind.FIGURE]
    assert (image.address, image.caption) == ("https://ledger.example/vote.jpg", CAPTION)
    assert CREDIT not in article.text
    if CREDIT in FORMS[form]:
        assert CREDIT in image.credit
        assert article.credits == (image.credit,)


def test_a_gallery_keeps_each_caption_with_its_picture():
    slides = "".join(
        f"<div class=carousel-slide><figure><img src=/{n}.jpg><figcaption>View {n} of the pier.</figcaption></figure></div>"
        for n in range(9)
    )
    article = article_with(f"<div class=gallery>{slides}</div>")
    shown = [b.image for b in article.blocks if b.kind is BlockKind.FIGURE]
    assert [(i.address[-5:], i.caption) for i in shown] == [(f"{n}.jpg", f"View {n} of the pier.") for n in range(9)]


def test_the_picture_above_the_text_has_its_caption():
    above = f"<h1>Council votes to rebuild the pier</h1><div><figure><img src=/vote.jpg><figcaption>{CAPTION}</figcaption></figure></div>"
    html = f"<html lang=en><body><div>{above}</div><div><div><div><div>{PROSE * 3}</div></div></div></div></body>"
    assert CAPTION in extract(html, "https://ledger.example/a").captions


def test_the_lead_picture_takes_the_words_it_has_where_it_is_shown():
    html = (
        '<html lang=en><head><meta property="og:image" content="https://img.example/share/5481207-vote.jpg"></head><body>'
        f"<article><h1>Vote</h1><img src=/img/5481207-vote-640w.jpg alt=x><p class=caption>{CAPTION} ({CREDIT})</p>"
        f"{PROSE}</article></body>"
    )
    image = extract(html, "https://ledger.example/a").image
    assert (image.caption, image.credit) == (CAPTION, CREDIT)


KEPT = {
    "paragraph behind a picture": f"<img src=/vote.jpg><p>{CAPTION}</p>",
    "product in a card": "<div class=product><img src=/a.jpg alt=Kettle><h3>Kettle One</h3><p>Kettle One boils a liter in two minutes and keeps it warm.</p></div>",
    "picture and text in a box": f"<div class=media-block><img src=/vote.jpg><p>{CAPTION} {WORDS[0]}</p></div>",
    "quotation in a figure": f"<figure class=quote><img src=/face.jpg><blockquote><p>{CAPTION}</p></blockquote></figure>",
}


@pytest.mark.parametrize("form", KEPT)
def test_text_beside_a_picture_stays_text(form):
    wanted = "boils a liter" if "Kettle" in KEPT[form] else CAPTION
    assert wanted in article_with(KEPT[form]).text


@pytest.mark.parametrize("line", ["By Nora Velt", "2 March 2026, 14:10", "Nora Velt, reporter 02.03.2026, 14:10"])
def test_bylines_in_a_figure_are_no_captions(line):
    figure = f"<figure><img src=/vote.jpg><div>{line}</div><figcaption>{CAPTION}</figcaption></figure>"
    assert article_with(figure).captions == (CAPTION,)


SPLITS = [
    ("The pier at low tide on Sunday. Photo: Jonas Field/Ledger", "The pier at low tide on Sunday.", "Jonas Field"),
    ("Members raise their hands (Photo by Mara Stell)", "Members raise their hands (Photo by Mara Stell)", ""),
    ("The ferry will use one lane only. © Mara Stell", "The ferry will use one lane only.", "Mara Stell"),
    ("A guard at the quay. (Mara Stell/The Ledger)", "A guard at the quay.", "Mara Stell/The Ledger"),
    ("A guard at the quay. AFP/Mara Stell", "A guard at the quay.", "AFP/Mara Stell"),
    ("Die Fähre am Kai. Foto: Mara Stell/dpa", "Die Fähre am Kai.", "Mara Stell/dpa"),
    ("Le bac à quai. Crédit : Mara Stell", "Le bac à quai.", "Mara Stell"),
    ("El barco en el muelle. Fotografía: Mara Stell", "El barco en el muelle.", "Mara Stell"),
    ("Il traghetto al molo. Fonte: Mara Stell", "Il traghetto al molo.", "Mara Stell"),
    ("O barco no cais. Crédito: Mara Stell", "O barco no cais.", "Mara Stell"),
    ("De boot aan de kade. Beeld: Mara Stell", "De boot aan de kade.", "Mara Stell"),
    ("Prom przy nabrzeżu. Fot. Mara Stell", "Prom przy nabrzeżu. Fot. Mara Stell", ""),
    ("Prom przy nabrzeżu. Zdjęcie: Mara Stell", "Prom przy nabrzeżu.", "Mara Stell"),
    ("Пором біля причалу. Фото: Мара Стель", "Пором біля причалу.", "Мара Стель"),
    ("Паром у причала. Источник: Мара Стель", "Паром у причала.", "Мара Стель"),
    ("Vapur iskelede. Fotoğraf: Mara Stell", "Vapur iskelede.", "Mara Stell"),
    ("العبارة عند الرصيف. تصوير: مارا ستيل", "العبارة عند الرصيف.", "مارا ستيل"),
    ("渡轮停靠码头。图：马拉", "渡轮停靠码头。", "马拉"),
    ("渡轮停靠码头。（马拉 摄）", "渡轮停靠码头。", "马拉 摄"),
    ("岸壁のフェリー＝２日、港で（佐藤撮影）", "岸壁のフェリー＝２日、港で", "佐藤撮影"),
    ("岸壁のフェリー＝ＡＰ", "岸壁のフェリー", "ＡＰ"),
    ("The court (left) and the council hall.", "The court (left) and the council hall.", ""),
    ("At 12:30 he left the hall.", "At 12:30 he left the hall.", ""),
]


@pytest.mark.parametrize(("text", "caption", "credit"), SPLITS)
def test_credit_is_told_from_the_caption(text, caption, credit):
    found = split_credit(text)
    assert found[0] == caption
    assert credit in found[1]
    assert bool(found[1]) == bool(credit)
    assert all(part in text for part in found)


@pytest.mark.parametrize(
    "text", ["Photo: Mara Stell", "© Ledger", "AFP", "(Foto: Reuters)", "写真：共同", "Getty Images / Stell"]
)
def test_a_bare_credit_is_one(text):
    assert is_credit(text)
    assert split_credit(text)[0] == ""


def test_long_captions_take_linear_time():
    split_credit("Photo : " * 50_000)
    split_credit("(" * 100_000 + "/")
    split_credit(" / a" * 50_000)
