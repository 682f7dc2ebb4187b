"""Where quotation marks open and close."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.quotes.marks import find_spans


def quoted(text, lang="en"):
    return [text[s.start : s.end] for s in find_spans(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", 'He said: "we go now" and left.'),
        ("en", "He said: “we go now” and left."),
        ("en", "He said: ‘we go now’ and left."),
        ("de", "Er sagte: „we go now“ und ging."),
        ("de", "Er sagte: »we go now« und ging."),
        ("de", "Er sagte: «we go now» und ging."),
        ("fr", "Il a dit : « we go now » et il partit."),
        ("fr", "Il a dit : «\u00a0we go now\u00a0», puis il partit."),
        ("es", "Dijo: «we go now» y se fue."),
        ("pl", "Powiedział: „we go now” i wyszedł."),
        ("sv", "Han sade: ”we go now” och gick."),
        ("fi", "Hän sanoi: »we go now» ja lähti."),
        ("nl", "Hij zei: ‘we go now’ en ging."),
        ("ja", "彼は「we go now」と言った。"),
        ("zh", "他说：“we go now”。"),
        ("ru", "Он сказал: «we go now» и ушёл."),
        ("ar", "قال: «we go now» ثم غادر."),
    ],
)
def test_marks_of_each_language_are_left_out(lang, text):
    assert quoted(text, lang) == ["we go now"]


@pytest.mark.parametrize(
    ("lang", "text", "outer"),
    [
        ("en", "“He told me ‘no’ and left,” she said.", "He told me ‘no’ and left,"),
        ("en", '"He told me “no” and left," she said.', "He told me “no” and left,"),
        ("de", "„Er sagte ‚nein‘ und ging“, sagte sie.", "Er sagte ‚nein‘ und ging"),
        ("fr", "« Il a dit “non” et il partit », dit-elle.", "Il a dit “non” et il partit"),
        ("ja", "彼女は「彼が『いや』と言った」と述べた。", "彼が『いや』と言った"),
    ],
)
def test_only_the_outermost_quotation_counts(lang, text, outer):
    assert quoted(text, lang) == [outer]


def test_each_paragraph_with_its_own_mark_is_a_quotation():
    text = "She said: “We have waited for this day.\n\n“Now it has come at last.”\n\nShe left."
    assert quoted(text) == ["We have waited for this day.", "Now it has come at last."]


def test_quotation_runs_on_when_the_next_paragraph_only_closes():
    text = "Sie sagte: „Wir haben lange gewartet.\n\nNun ist der Tag da.“ Dann ging sie."
    assert quoted(text, "de") == ["Wir haben lange gewartet.\n\nNun ist der Tag da."]


@pytest.mark.parametrize(
    "text", ['The screen is 27" wide.', "A 6'2\" man.", '<tweet author="somebody else here">', "“”", '""']
)
def test_inches_attributes_and_empty_marks_hold_nothing(text):
    assert quoted(text) == []


def test_apostrophes_do_not_close_single_marks():
    assert quoted("‘It isn’t ours, it’s theirs,’ he said.") == ["It isn’t ours, it’s theirs,"]


def test_straight_single_marks_open_before_a_word_and_close_after_a_stop():
    text = "'It isn't ours, it's the ministers' plan,' said Quill in '98. 'We won't go there.'"
    assert quoted(text) == ["It isn't ours, it's the ministers' plan,", "We won't go there."]


def test_apostrophes_alone_quote_nothing():
    assert quoted("It wasn't the ministers' plan in '98 or '99, and 'twas not theirs.") == []


def test_mark_left_open_does_not_swallow_the_next_quotation():
    assert quoted('"This was never closed. He said "we go now" and left.') == ["we go now"]


@given(st.text(alphabet="ab .,\n\"'“”„«»‘’‚›‹「」", max_size=60), st.sampled_from(["en", "de", "fr", "ja", "sv"]))
def test_spans_are_ordered_apart_and_bare(text, lang):
    spans = find_spans(text, lang)
    for span in spans:
        assert 0 <= span.paragraph <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
    assert all(a.end < b.start for a, b in pairwise(spans))
