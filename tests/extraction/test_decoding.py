"""Bytes of any encoding, declared rightly, wrongly or not at all, become the right text."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction.decoding import CHUNK, declared_encoding, decode

PAGES = Path(__file__).parents[1] / "data" / "extraction"

SAMPLES = [
    ("cp1251", "Городской совет проголосовал за перестройку причала, сообщила глава порта."),
    ("koi8-r", "Городской совет проголосовал за перестройку причала, сообщила глава порта."),
    ("cp1251", "Міська рада проголосувала за перебудову причалу, повідомила очільниця порту."),
    ("iso8859-5", "Городской совет проголосовал за перестройку причала, сообщила глава порта."),
    ("gb18030", "港口议会周一投票决定重建北码头，结束了持续近三年的争论，工程将于九月开始。"),
    ("big5", "港口議會週一投票決定重建北碼頭，結束了持續近三年的爭論，工程將於九月開始。"),
    ("euc_jp", "港の議会は月曜日、北の桟橋を建て直すことを決めた。工事は九月に始まるという。"),
    ("cp932", "港の議会は月曜日、北の桟橋を建て直すことを決めた。工事は九月に始まるという。"),
    ("cp949", "항구 의회는 월요일 북쪽 부두를 다시 짓기로 결정했다고 시장이 기자들에게 말했다."),
    ("cp1250", "Rada miasta zagłosowała w poniedziałek za przebudową północnego pomostu, którą odkładała."),
    ("iso8859-2", "Městská rada v pondělí schválila přestavbu severního mola, řekl její předseda."),
    ("cp1252", "Der Rat hat am Montag für den Umbau der Brücke gestimmt, sagte die Bürgermeisterin."),
    ("cp1252", "Le conseil a voté lundi la reconstruction de la jetée, a déclaré la présidente à la presse."),
    ("cp1254", "Belediye meclisi pazartesi günü kuzey iskelesinin yeniden yapılmasına karar verdi."),
    ("cp1256", "صوت مجلس الميناء يوم الاثنين لصالح إعادة بناء الرصيف الشمالي، حسبما قالت رئيسته."),
    ("cp1255", "מועצת הנמל הצביעה ביום שני בעד בנייה מחדש של הרציף הצפוני, אמרה ראש העיר."),
    ("cp1253", "Το συμβούλιο του λιμανιού ψήφισε τη Δευτέρα υπέρ της ανακατασκευής της προβλήτας."),
    ("cp874", "สภาท่าเรือลงมติเมื่อวันจันทร์ให้สร้างท่าเรือทางเหนือขึ้นใหม่"),
]


@pytest.mark.parametrize(("encoding", "text"), SAMPLES, ids=[f"{e}-{i}" for i, (e, _) in enumerate(SAMPLES)])
def test_text_is_found_without_declaration(encoding, text):
    page = f"<html><body><p>{text}</p></body></html>"
    assert decode(page.encode(encoding)).text == page


@pytest.mark.parametrize(("encoding", "text"), SAMPLES, ids=[f"{e}-{i}" for i, (e, _) in enumerate(SAMPLES)])
def test_utf8_wins_over_any_declaration(encoding, text):
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{text}</p></body></html>'
    found = decode(page.encode(), charset="iso-8859-1")
    assert found.text == page
    assert found.encoding == "utf-8"


def test_wrong_declaration_is_overruled_by_the_letters():
    found = decode((PAGES / "wrong_charset.html").read_bytes())
    assert "Городской совет в понедельник" in found.text
    assert (found.encoding, found.declared, found.guessed) == ("cp1251", "cp1252", True)


def test_right_declaration_is_kept_where_letters_leave_it_open():
    page = '<meta charset="iso-8859-2"><p>Zürich, Köln</p>'.encode("iso8859-2")
    assert decode(page).encoding == "iso8859-2"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings_are_seen_by_mark_or_zeros(encoding):
    page = "<html><body><p>Der Rat stimmte für die Brücke. 港口</p></body></html>" * 8
    assert decode(page.encode(encoding)).text == page


def test_escape_sequences_of_japanese_mail_are_read():
    page = "<p>港の議会は決めた</p>"
    assert decode(page.encode("iso2022_jp")).text == page


def test_one_broken_byte_does_not_turn_utf8_into_noise():
    page = "<p>Le conseil a voté la jetée, a déclaré la présidente à la presse.</p>".encode()
    found = decode(page[:30] + b"\xff" + page[30:])
    assert (found.text.count("é"), found.text.count("�")) == (5, 1)


def test_declared_encoding_reads_header_forms():
    assert declared_encoding(b'<?xml version="1.0" encoding="windows-1250"?><html>') == "cp1250"
    assert declared_encoding(b'<meta http-equiv=content-type content="text/html; charset=GBK">') == "gb18030"
    assert declared_encoding(b'<meta charset="base64">') == ""
    assert declared_encoding(b"<p>no word of it</p>") == ""


@given(st.binary(max_size=2000), st.sampled_from([None, "", "utf-8", "koi8-r", "nonsense", "hex", "\x00"]))
def test_any_bytes_become_utf8(data, charset):
    decode(data, charset).utf8.decode("utf-8")


def test_time_grows_linearly():
    piece = "Rada zagłosowała za przebudową. ".encode("cp1250")

    def cost(times):
        start = process_time()
        decode(b"<p>" + piece * times)
        return process_time() - start

    cost(2000)
    assert cost(80_000) < 60 * max(cost(4_000), 0.002)


@pytest.mark.parametrize("shift", range(4))
def test_characters_across_the_pieces_that_are_tested_at_once(shift: int) -> None:
    page = b"x" * shift + "😀".encode() * (CHUNK // 2)
    assert decode(page).utf8 == page
    assert decode(page).encoding == "utf-8"
    assert not decode(page + b"\xf0\x9f").guessed
    assert decode(page + b"\xf0\x9f").utf8 != page + b"\xf0\x9f"


def test_few_foreign_letters_without_a_right_declaration_are_western():
    page = "<html><body><p>The café was naïve about it, they said on Sunday.</p></body></html>"
    assert (
        decode(page.replace("<body>", '<meta charset="utf-8"><body>').encode("cp1252")).text.count("café was naïve")
        == 1
    )
    assert decode(page.encode("cp1252")).text == page
