from hypothesis import given
from hypothesis import strategies as st

from broadsheet.articles.revisions import Change, announces_correction, digest, judge_change
from broadsheet.articles.sections import find_section

texts = st.lists(st.text(max_size=60), max_size=6)


@given(st.text(max_size=80), texts)
def test_equal_versions_are_no_change_and_have_one_digest(headline, blocks):
    assert judge_change((headline, blocks), (headline, list(blocks))) is Change.NONE
    assert digest(headline, blocks) == digest(headline, list(blocks))


@given(texts, texts)
def test_digest_tells_where_blocks_are_cut(first, second):
    assert (digest("", first) == digest("", second)) == (first == second)


def test_spaces_quotes_and_case_are_boring():
    assert judge_change(("Rain", ["“No,” he said."]), ("RAIN", ['"No", he  said'])) is Change.BORING


def test_a_new_word_is_a_revision():
    assert judge_change(("Rain", ["Nine dead."]), ("Rain", ["Ten dead."])) is Change.REVISION


def test_correction_notes_are_seen_in_several_languages():
    for note in (
        "Correction: the date was wrong.",
        "Korrektur: Das Datum war falsch.",
        "تصحيح: التاريخ",
        "更正：日期有误。",
    ):
        assert announces_correction(["Old."], ["Old.", note]), note
    assert not announces_correction(["Correction: old news."], ["Correction: old news.", "More rain."])


def test_sections_by_name_then_by_address():
    assert find_section("World News", "https://x.example/a") == "world"
    assert find_section("", "https://x.example/politik/2026/text") == "politics"
    assert find_section("体育", "https://x.example/a") == "sport"
    assert find_section("Crossword", "https://x.example/fun/a", "culture") == "culture"
