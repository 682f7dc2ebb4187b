"""Tags, names, direction, and which language a text is in. All sentences are our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.languages import clean_tag, direction, identify, language_name, own_name, primary, script_of


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("EN_us.UTF-8", "en-US"),
        ("de-de", "de-DE"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("zh-cmn-hans", "zh-Hans"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("sh", "sr-Latn"),
        ("deu", "de"),
        ("ger-AT", "de-AT"),
        ("sl-rozaj-biske", "sl"),
        ("en-US-x-twain", "en-US"),
        ("und", "und"),
        ("", "und"),
        (None, "und"),
        ("x-default", "und"),
        ("Deutsch", "und"),
        ("en us", "und"),
        ("<script>", "und"),
    ],
)
def test_tags_become_regular(text, tag):
    assert clean_tag(text) == tag


@given(st.text())
def test_cleaning_a_clean_tag_changes_nothing(text):
    tag = clean_tag(text)
    assert clean_tag(tag) == tag


def test_names_in_english_and_their_own():
    assert (language_name("de-AT"), own_name("de-AT")) == ("German", "Deutsch")
    assert (language_name("zh-TW"), own_name("zh-CN"), own_name("zh")) == ("Chinese (traditional)", "简体中文", "中文")
    assert language_name("tlh") == "tlh"
    assert primary("pt-BR") == "pt"


def test_direction_by_tag_and_by_letters():
    assert (direction("ar"), direction("he-IL"), direction("en"), direction("und")) == ("rtl", "rtl", "ltr", "ltr")
    assert (direction("az-Arab"), direction("ku-Latn"), direction("ckb")) == ("rtl", "ltr", "rtl")
    assert direction("en", "قالت الوزيرة إن BBC و CNN على حق في ذلك") == "rtl"
    assert direction("ar", "The minister said نعم and left") == "ltr"
    assert direction("ar", "2026") == "rtl"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Headline", "Latn"),
        ("Заголовок", "Cyrl"),
        ("見出しを読む", "Jpan"),
        ("新闻标题", "Hani"),
        ("APPLE 发布新款 IPHONE 手机", "Hani"),
        ("뉴스 제목", "Kore"),
        ("ข่าววันนี้", "Thai"),
        ("समाचार", "Deva"),
        ("123 – !", "Zyyy"),
        ("", "Zyyy"),
    ],
)
def test_scripts(text, script):
    assert script_of(text) == script


SENTENCES = {
    "en": "The council said on Monday that the bridge will be closed for two weeks because of repairs.",
    "de": "Der Rat teilte am Montag mit, dass die Brücke wegen Bauarbeiten zwei Wochen lang gesperrt wird.",
    "fr": "Le conseil a annoncé lundi que le pont serait fermé pendant deux semaines pour des travaux.",
    "es": "El ayuntamiento informó el lunes de que el puente estará cerrado dos semanas por las obras.",
    "it": "Il consiglio ha annunciato lunedì che il ponte sarà chiuso per due settimane per i lavori.",
    "pt": "A câmara anunciou na segunda-feira que a ponte ficará fechada duas semanas para obras.",
    "nl": "De raad heeft maandag gezegd dat de brug twee weken dicht is vanwege werkzaamheden aan het wegdek.",
    "sv": "Rådet meddelade på måndagen att bron ska vara stängd i två veckor på grund av arbeten.",
    "da": "Rådet oplyste mandag, at broen bliver lukket i to uger på grund af arbejde, og at der ikke er nogen omvej.",
    "nb": "Rådet opplyste mandag at broen blir stengt i to uker på grunn av arbeid, og at det ikke er noen omvei.",
    "fi": "Neuvosto kertoi maanantaina, että silta on suljettu kahden viikon ajan korjausten vuoksi.",
    "pl": "Rada poinformowała w poniedziałek, że most będzie zamknięty przez dwa tygodnie z powodu prac.",
    "cs": "Rada v pondělí oznámila, že most bude kvůli opravám na dva týdny uzavřen pro všechny.",
    "hu": "A tanács hétfőn közölte, hogy a híd két hétig zárva lesz a felújítás miatt.",
    "ro": "Consiliul a anunțat luni că podul va fi închis două săptămâni pentru lucrări de reparație.",
    "tr": "Belediye pazartesi günü köprünün onarım için iki hafta boyunca kapalı olacağını söyledi.",
    "vi": "Hội đồng cho biết hôm thứ Hai rằng cây cầu sẽ bị đóng trong hai tuần để sửa chữa.",
    "id": "Dewan mengatakan pada hari Senin bahwa jembatan itu akan ditutup selama dua minggu untuk perbaikan.",
    "ru": "Совет сообщил в понедельник, что мост будет закрыт на две недели из-за ремонта.",
    "uk": "Рада повідомила в понеділок, що міст буде закрито на два тижні через ремонт.",
    "bg": "Съветът съобщи в понеделник, че мостът ще бъде затворен за две седмици заради ремонт.",
    "el": "Το συμβούλιο ανακοίνωσε τη Δευτέρα ότι η γέφυρα θα κλείσει για δύο εβδομάδες.",
    "ar": "أعلن المجلس يوم الاثنين أن الجسر سيغلق لمدة أسبوعين بسبب أعمال الصيانة.",
    "fa": "شورا روز دوشنبه اعلام کرد که این پل برای تعمیرات به مدت دو هفته بسته می‌شود.",
    "ur": "کونسل نے پیر کو کہا کہ پل مرمت کے لیے دو ہفتے تک بند رہے گا۔",
    "he": "המועצה הודיעה ביום שני כי הגשר ייסגר לשבועיים בשל עבודות.",
    "hi": "परिषद ने सोमवार को कहा कि मरम्मत के लिए पुल दो सप्ताह तक बंद रहेगा।",
    "zh": "市议会周一表示，这座桥将因维修关闭两周。",
    "ja": "市議会は月曜日、橋が修理のため二週間閉鎖されると発表した。",
    "ko": "시의회는 월요일 다리가 수리를 위해 2주 동안 폐쇄된다고 밝혔다.",
    "th": "สภาเมืองกล่าวเมื่อวันจันทร์ว่าสะพานจะปิดสองสัปดาห์",
}


@pytest.mark.parametrize(("tag", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_one_sentence_is_enough(tag, sentence):
    assert identify(sentence) == tag


def test_hint_keeps_its_region_and_settles_twins_and_short_texts():
    assert identify(SENTENCES["en"], "en-GB") == "en-GB"
    assert identify(SENTENCES["nb"], "nn") == "nn"
    assert identify(SENTENCES["id"], "ms") == "ms"
    assert identify("Merkel", "de") == "de"
    assert identify("2026", "fr") == "fr"
    assert identify(SENTENCES["zh"], "zh-Hant-TW") == "zh-Hant-TW"


def test_a_sentence_overrules_a_wrong_hint():
    assert identify(SENTENCES["de"], "en") == "de"
    assert identify(SENTENCES["ar"], "en-US") == "ar"


def test_nothing_said_is_unknown():
    assert identify("") == "und"
    assert identify("Xyz") == "und"
    assert identify("!!! 12") == "und"


@given(st.text(), st.text(max_size=12))
def test_identify_never_fails(text, hint):
    assert clean_tag(identify(text, hint)) == identify(text, hint)
