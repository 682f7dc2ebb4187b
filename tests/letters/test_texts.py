"""Plain text of mails: lines, columns, and Markdown with its links listed."""

from hypothesis import given
from hypothesis import strategies as some

from broadsheet.letters.texts import WIDTH, columns, directed, markdown_text, wrapped


def test_lines_end_before_the_width_and_between_words():
    lines = wrapped("word " * 40).splitlines()
    assert all(len(line) <= WIDTH for line in lines)
    assert " ".join(lines) == ("word " * 40).strip()


def test_an_address_is_never_broken():
    address = "https://news.example.org/" + "a" * 100
    assert address in wrapped(f"Read on at {address} today").splitlines()


def test_wide_letters_count_twice_and_break_anywhere():
    lines = wrapped("语" * 100).splitlines()
    assert [columns(line) for line in lines] == [72, 72, 56]


def test_a_stop_never_begins_a_line():
    lines = wrapped("语" * 36 + "。" + "语" * 3).splitlines()
    assert lines == ["语" * 35, "语。" + "语" * 3]


def test_marks_take_no_room():
    assert columns("e\u0301") == 1


def test_a_line_of_both_directions_begins_where_its_language_does():
    assert directed("The Courier · 5 تقارير", "rtl") == "\u200fThe Courier · 5 تقارير"
    assert directed("منارة · 5 reports", "ltr") == "\u200eمنارة · 5 reports"
    assert directed("The Courier · 5 reports", "rtl") == "The Courier · 5 reports"
    assert columns("\u200fab") == 2


def test_what_stands_before_lines():
    assert wrapped("one two", first="- ", further="  ") == "- one two"
    second = wrapped("word " * 20, first="- ", further="  ").splitlines()[1]
    assert second.startswith("  word")


def test_paragraphs_links_quotations_and_lists():
    told = markdown_text(
        "Good **morning**, [read on](https://a.example/1).\n\n> said *she*\n\n"
        "- one\n- two [there](https://b.example)\n\n3. three\n4. four"
    )
    assert told == (
        "Good morning, read on [1].\n\n> said she\n\n- one\n\n- two there [2]\n\n3. three\n\n4. four\n\n"
        "[1] https://a.example/1\n[2] https://b.example"
    )


def test_an_address_that_says_itself_where_it_leads_is_not_listed():
    assert markdown_text("See https://a.example/1") == "See https://a.example/1"


def test_lines_of_code_stay_as_they_are():
    assert markdown_text("```\na  b\n  c\n```") == "    a  b\n      c"


def test_nothing_is_nothing():
    assert markdown_text("") == ""
    assert wrapped("") == ""


@given(some.text(max_size=400))
def test_no_letter_is_lost_whatever_is_written(text):
    assert "".join(wrapped(text).split()) == "".join(text.split())


@given(some.text(max_size=300))
def test_any_markdown_becomes_text(text):
    assert isinstance(markdown_text(text), str)
