"""What a reader will meet, from markup and from the words of the wall, in every language from both sides."""

from pathlib import Path

import pytest

from broadsheet.extraction import Access, extract
from broadsheet.extraction.metadata import access_with_walls

PAGES = Path(__file__).parents[1] / "data" / "extraction"

WALLS = {
    "en": (
        "Create a free account to continue reading this article",
        "Subscribe for £4 a month to continue reading this article",
        "You have 2 free articles left this month. Keep reading",
    ),
    "de": (
        "Jetzt kostenlos registrieren und diesen Artikel weiterlesen",
        "Diesen Artikel mit einem Abo für 4,90 € lesen",
        "Sie haben noch 2 kostenlose Artikel. Weiterlesen",
    ),
    "fr": (
        "Créez un compte gratuit pour lire la suite",
        "Abonnez-vous pour 1 € par mois et lisez la suite de cet article",
        "Il vous reste 2 articles gratuits ce mois-ci. Lire la suite",
    ),
    "es": (
        "Regístrate gratis para seguir leyendo",
        "Suscríbete por 3 € al mes para seguir leyendo",
        "Te quedan 2 artículos gratis este mes para seguir leyendo",
    ),
    "it": (
        "Registrati gratis per continuare a leggere",
        "Abbonati a 2 € al mese per continuare a leggere questo articolo",
        "Hai ancora 2 articoli gratuiti: continua a leggere",
    ),
    "pt": (
        "Cadastre-se grátis para continuar lendo",
        "Assine por R$ 9,90 por mês para continuar lendo esta reportagem",
        "Restam 2 matérias grátis neste mês. Continue lendo",
    ),
    "nl": (
        "Maak een gratis account aan om verder te lezen",
        "Neem een abonnement voor € 4 per maand om verder te lezen",
        "Nog 2 gratis artikelen deze maand. Lees verder",
    ),
    "pl": (
        "Załóż bezpłatne konto, aby czytać dalej",
        "Kup prenumeratę za 9 zł miesięcznie i czytaj dalej",
        "Pozostały 2 z 5 bezpłatnych artykułów. Czytaj dalej",
    ),
    "uk": (
        "Зареєструйтеся безкоштовно, щоб читати далі",
        "Оформіть передплату за 99 грн на місяць, щоб читати далі",
        "У вас залишилося 2 безкоштовні статті. Читати далі",
    ),
    "ru": (
        "Зарегистрируйтесь бесплатно, чтобы продолжить чтение",
        "Оформите подписку за 199 ₽ в месяц, чтобы продолжить чтение",
        "Осталось 2 бесплатные статьи. Читать далее",
    ),
    "tr": (
        "Okumaya devam etmek için ücretsiz üye olun",
        "Okumaya devam etmek için aylık 49 ₺ ile abone olun",
        "Bu ay 2 ücretsiz haber hakkınız kaldı. Okumaya devam edin",
    ),
    "ar": (
        "سجل مجانا لمواصلة القراءة",
        "اشترك الآن لمواصلة القراءة بسعر 5 دولارات شهريا",
        "تبقى لك 2 من المقالات المجانية. متابعة القراءة",
    ),
    "zh": (
        "免费注册后继续阅读",
        "订阅后继续阅读，每月 30 元",
        "本月还可免费阅读，剩余 2 篇，继续阅读",
    ),
    "ja": (
        "無料の会員登録で続きを読めます",
        "この記事は有料会員限定です。月額 980 円で購読",
        "今月はあと 2 本まで無料でこの記事をお読みいただけます",
    ),
}


@pytest.mark.parametrize("language", WALLS)
@pytest.mark.parametrize("declared", [Access.OPEN, Access.SUBSCRIPTION])
def test_wall_says_what_it_asks_for(language, declared):
    account, money, meter = WALLS[language]
    assert access_with_walls(declared, [account]) is Access.REGISTRATION
    assert access_with_walls(declared, [money]) is Access.SUBSCRIPTION
    assert access_with_walls(declared, [meter]) is Access.METERED


@pytest.mark.parametrize(
    "text",
    [
        "Start your free trial to continue reading",
        "Join today: 30 days free, then £4 a month, and continue reading",
        "This article is for subscribers only. Create a free account for our newsletters",
        "Jetzt anmelden: diesen Artikel einen Monat kostenlos testen",
    ],
)
def test_what_is_free_for_a_while_or_for_something_else_is_a_subscription(text):
    assert access_with_walls(Access.SUBSCRIPTION, [text]) is Access.SUBSCRIPTION


@pytest.mark.parametrize("text", ["Log in", "Please enter a valid email address", "Premium", "Anmelden", "Подписка"])
def test_form_that_stands_in_front_of_nothing_is_no_wall(text):
    assert access_with_walls(Access.OPEN, [text]) is Access.OPEN
    assert access_with_walls(Access.METERED, []) is Access.METERED


def test_free_account_is_found_behind_the_first_words_of_a_wall():
    article = extract((PAGES / "registration_wall_long.html").read_bytes(), "https://ledger.example/2026/north-pier")
    wall = next(o for o in article.receipt.omitted if o.kind == "wall")
    assert len(wall.excerpt) <= 120
    assert "free account" not in wall.excerpt
    assert article.access is Access.REGISTRATION


def test_page_without_a_wall_keeps_what_markup_says():
    page = (PAGES / "registration_wall_long.html").read_text("utf-8")
    start = page.index('<div class="gate"')
    open_page = page[:start] + page[page.index("</div>", start) + 6 :]
    assert extract(open_page.encode()).access is Access.SUBSCRIPTION
    assert extract(open_page.replace("false", "true").encode()).access is Access.OPEN


def test_republished_wall_of_another_site_asks_for_an_account():
    assert extract((PAGES / "wall_in_text.html").read_bytes()).access is not Access.SUBSCRIPTION
