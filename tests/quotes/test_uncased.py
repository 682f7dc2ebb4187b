"""Speakers of scripts without capitals: role and name are parted, and later mentions go to the same person."""

import time

import pytest

from broadsheet.quotes import find_quotes


def credited(text, lang):
    return [(quote.name, quote.role) for quote in find_quotes(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "name", "role"),
    [
        ("zh", "国防部长约恩·希利斯在下议院讲话时表示：“我们将继续支持盟友。”", "约恩·希利斯", "国防部长"),
        ("zh", "对此，外交部发言人王小芸3日在记者会上表示，“我们表示严重关切。”", "王小芸", "外交部发言人"),
        ("zh", "发现者索尔维格·伊藤说：“我们等了整整一个星期。”", "索尔维格·伊藤", "发现者"),
        ("zh", "绿色党的约纳斯·登洛伦说：“政府只是在临时应付。”", "约纳斯·登洛伦", "绿色党"),
        ("zh", "“政府只是在临时应付，”自由党领导人伊内丝·特里洛说。", "伊内丝·特里洛", "自由党领导人"),
        ("ar", "وأكد وزير الدفاع البريطاني يون هيليس، أمس، أن «القوات ستبقى».", "يون هيليس", "وزير الدفاع البريطاني"),
        ("ar", "وصرح المتحدث باسم الخارجية، ماجد النوري: «سنتفاوض».", "ماجد النوري", "المتحدث باسم الخارجية"),
        ("ar", "وقال رئيس الحكومة توماس فيرو: «هذه خطوة انتظرها الناس».", "توماس فيرو", "رئيس الحكومة"),
        ("ar", "«لن نتراجع عن هذا القرار»، قالت كلارا نيسشا من رابطة العمل.", "كلارا نيسشا", None),
        ("ja", "高森早苗首相は会見で「圧力に屈することは決してありません」と述べた。", "高森早苗", "首相"),
        ("ja", "ヨン・ヒーリス国防相は「圧力に屈することは決してありません」と語った。", "ヨン・ヒーリス", "国防相"),
        ("ja", "市長の田中氏は「圧力に屈することは決してありません」と述べた。", "田中", "市長"),
        ("ko", "욘 힐리스 영국 국방장관은 “압력에 굴복하지 않을 것입니다”라고 말했다.", "욘 힐리스", "영국 국방장관"),
        ("ko", "김민우 대변인은 “압력에 굴복하지 않을 것입니다”라고 밝혔다.", "김민우", "대변인"),
        ("he", 'אמר שר הביטחון יון הילס: "לא ניכנע ללחץ בשום מקרה".', "יון הילס", "שר הביטחון"),
        ("fa", "یون هیلیس وزیر دفاع بریتانیا گفت: «ما هرگز تسلیم نخواهیم شد».", "یون هیلیس", "وزیر دفاع بریتانیا"),
    ],
)  # fmt: skip
def test_role_and_name_are_parted(lang, text, name, role):
    assert credited(text, lang) == [(name, role)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "白宫表示：“总统将在下周发表讲话。”"),
        ("zh", "一名不愿透露姓名的官员告诉记者：“情况比预想的要糟糕。”"),
        ("ar", "وقال مصدر أمني: «تم قصف الموقع بعد إنذار السكان»."),
        ("ar", "قالت وزارة الصحة: «سجلنا أربعين حالة جديدة»."),
        ("ar", "وقال خبير عسكري: «تم قصف الموقع بعد إنذار السكان»."),
        ("ja", "関係者は「圧力に屈することは決してありません」と述べた。"),
    ],
)
def test_bodies_and_sources_have_no_name(lang, text):
    (quote,) = find_quotes(text, lang)
    assert quote.speaker
    assert quote.name is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "总理克拉拉·库索登说：“政府只是在临时应付。”库索登还说：“我们不同意，也不会同意。”"),
        ("zh", "总理克拉拉·库索登说：“政府只是在临时应付。”她还说：“我们不同意，也不会同意。”"),
        ("ar", "وقالت رئيسة الحكومة كلارا نيسشا: «هذه خطوة مهمة». وقالت نيسشا: «لن نتراجع عن ذلك»."),
        ("ar", "وقالت رئيسة الحكومة كلارا نيسشا: «هذه خطوة مهمة». وأضافت: «لن نتراجع عن ذلك»."),
    ],
)
def test_short_names_pronouns_and_bare_verbs_go_to_who_was_named(lang, text):
    first, second = find_quotes(text, lang)
    assert (second.name, second.role) == (first.name, first.role)
    assert text[second.speaker_start : second.speaker_end]


def test_a_pronoun_goes_to_who_spoke_without_marks_before():
    text = "港务局局长方海生表示，首批船只预计两周内抵港。“码头工人已经排好了班，”他说。"
    assert credited(text, "zh") == [("方海生", "港务局局长")]
    text = "وتقول خبيرة المناخ ريم العوسجي إن الأمطار تغير موعدها. وأضافت: «صارت تهطل دفعة واحدة»."
    assert credited(text, "ar") == [("ريم العوسجي", "خبيرة المناخ")]


def test_a_role_that_no_list_has_is_parted_from_a_full_name():
    assert credited("东屿船主陈伯年说：“谁来都好，鱼汛不等人。”", "zh") == [("陈伯年", "东屿船主")]


def test_a_pronoun_without_anybody_before_it_is_nobody():
    assert credited("他说：“政府只是在临时应付，我们不会接受这样的安排。”", "zh") == [(None, None)]


@pytest.mark.parametrize("lang", ["zh", "ar", "ja", "ko", "he", "fa"])
def test_hostile_texts_take_bounded_time(lang):
    texts = [
        "قال " * 40 + "«" + "ا" * 40 + "» ",
        "王" * 120 + "说：“" + "王" * 40 + "”",
        "가나 " * 40 + "은 “" + "가" * 40 + "”라고 말",
    ]
    started = time.process_time()
    for text in texts:
        find_quotes(text * 200, lang)
    assert time.process_time() - started < 20
