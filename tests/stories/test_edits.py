"""Edits read as a pencil would mark them, within what the rights allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.articles.displays import Displays
from broadsheet.rights import Output
from broadsheet.stories.edits import EditKind, _passages, edits_of
from broadsheet.text.diffs import word_diff
from tests.factories import NOW, make_article, make_publisher, make_revision

pytestmark = pytest.mark.django_db
LONG = "Much else stands here that nobody has touched in any way, and it goes on for a while without an end. " * 4


def edits(article, *revisions):
    for revision in revisions:
        revision.article = article
    article.refresh_from_db()
    return edits_of(Displays([article], Output.PAGE, now=NOW), revisions)


def changed(passage):
    return [(span.kind, span.text) for span in passage if span.kind in {"removed", "added"}]


def full(headline="Bridge reopens", *blocks):
    return make_article(make_publisher(mode="full"), headline=headline, blocks=blocks)


def test_headline_is_marked_word_by_word():
    article = make_article(headline="Minister resigns over bridge costs")

    (edit,) = edits(article, make_revision(article, "Minister quits over bridge costs"))

    assert edit.kind is EditKind.HEADLINE
    assert edit.is_silent
    assert changed(edit.headline) == [("removed", "quits"), ("added", "resigns")]
    assert edit.passages == ()


def test_text_is_compared_only_where_all_of_it_may_be_shown():
    for article in (
        make_article(headline="Same", blocks=["It cost 418 million."]),
        full("Same", "It cost 418 million."),
    ):
        found = edits(article, make_revision(article, "Same", "It cost 412 million."))
        shown = [changed(passage) for edit in found for passage in edit.passages]
        assert shown in ([], [[("removed", "412"), ("added", "418")]])
    assert shown


def test_numbers_change_as_a_whole():
    article = full("Same", "The line of 1,140 kilometers was approved.")

    (edit,) = edits(article, make_revision(article, "Same", "The line of 1,410 kilometers was approved."))

    assert changed(edit.passages[0]) == [("removed", "1,410"), ("added", "1,140")]


def test_boring_changes_are_no_edit():
    article = full("Bridge “reopens”", "It is open - at last.")

    assert edits(article, make_revision(article, 'Bridge "reopens"', "It is open – at last!")) == []


def test_new_passages_alone_are_an_addition():
    article = full("Live: the flood", "The river rose.", "At noon the dam held.")

    (edit,) = edits(article, make_revision(article, "Live: the flood", "The river rose."))

    assert edit.kind is EditKind.ADDITION
    assert not edit.is_silent


def test_announced_correction_is_told_even_where_its_words_are_not():
    article = make_article(headline="Same")

    (edit,) = edits(article, make_revision(article, "Same", is_announced=True))

    assert (edit.kind, edit.headline, edit.passages) == (EditKind.CORRECTION, (), ())


def test_distant_changes_are_passages_of_their_own_with_words_around():
    article = full("Same", f"It cost 418 million. {LONG}It opened on Monday.")

    (edit,) = edits(article, make_revision(article, "Same", f"It cost 412 million. {LONG}It opened on Sunday."))

    assert [changed(passage) for passage in edit.passages] == [
        [("removed", "412"), ("added", "418")],
        [("removed", "Sunday"), ("added", "Monday")],
    ]
    assert edit.passages[1][0].kind == "gap"
    assert all(sum(len(span.text) for span in passage) < 400 for passage in edit.passages)


def test_each_version_is_compared_with_the_next():
    article = make_article(headline="Three ships sail")

    found = edits(
        article,
        make_revision(article, "One ship sails", minutes_ago=30),
        make_revision(article, "Two ships sail", minutes_ago=20),
    )

    assert [changed(edit.headline) for edit in found] == [
        [("removed", "One ship sails"), ("added", "Two ships sail")],
        [("removed", "Two"), ("added", "Three")],
    ]


def test_linked_articles_tell_nothing():
    article = make_article(make_publisher(mode="link"), headline="New words")

    assert edits(article, make_revision(article, "Old words", is_announced=True)) == []


def test_rewritten_megabyte_stays_bounded():
    article = full("Same", *(f"Paragraph {number} says something new {number}." for number in range(8000)))

    (edit,) = edits(article, make_revision(article, "Same", *(f"Old words {number}." for number in range(8000))))

    assert len(edit.passages) <= 6
    assert sum(len(span.text) for passage in edit.passages for span in passage) < 7000


def test_scripts_without_blanks_are_compared_by_character():
    article = full("Same", "海峡明天重新开放给所有的商船")

    (edit,) = edits(article, make_revision(article, "Same", "海峡今天重新开放给所有的商船"))

    assert changed(edit.passages[0]) == [("removed", "今"), ("added", "明")]


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_is_shown_that_neither_version_says(before, after):
    for passage in _passages(word_diff(before, after)):
        for span in passage:
            assert span.kind == "gap" or span.text in before or span.text in after
