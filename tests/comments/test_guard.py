"""The guard: each phase on both sides of its line, the verdict of many, rules read and refused."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.guard import (
    PHASES,
    Around,
    Author,
    Draft,
    Earlier,
    Rules,
    RulesError,
    Verdict,
    WordList,
    judge,
)

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
KNOWN = Author(approved=5)


def draft(text: str) -> Draft:
    return Draft(text, NOW)


def reasons(text: str, around: Around | None = None, **rules: object) -> tuple[str, ...]:
    return judge(draft(text), around or Around(author=KNOWN), Rules.from_mapping(rules)).reasons


def ago(**since: float) -> datetime:
    return NOW - timedelta(**since)


def test_a_plain_comment_of_a_known_writer_is_allowed():
    judgement = judge(draft("The bridge was closed in 1998 too."), Around(author=KNOWN), Rules())
    assert judgement.verdict is Verdict.ALLOWED
    assert judgement.findings == ()


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "!!! ...", "\u200b\u200b", "___"])
def test_a_comment_without_words_is_refused(text):
    assert reasons(text) == ("empty",)


def test_length_counts_what_was_written():
    assert reasons("a" * 101, longest=100) == ("too_long",)
    assert reasons("a" * 100, longest=100) == ()
    assert reasons("No", shortest=3) == ("too_short",)
    assert reasons("好", shortest=1) == ()


def test_rates_count_the_writers_own_comments_within_each_time():
    quick = Around(author=Author(approved=5, posted=(ago(seconds=5), ago(seconds=20), ago(seconds=59))))
    assert reasons("A fourth thought", quick) == ("too_many",)
    slower = Around(author=Author(approved=5, posted=(ago(seconds=5), ago(seconds=20), ago(seconds=61))))
    assert reasons("A fourth thought", slower) == ()
    many = Around(author=Author(approved=5, posted=tuple(ago(minutes=2 * n) for n in range(1, 21))))
    assert judge(draft("Again"), many, Rules()).findings[0].values == {"most": 20, "seconds": 3600}


def test_the_same_words_twice_are_refused_and_from_others_held():
    key = draft("Read this before it is gone!").key
    own = Around(author=KNOWN, earlier=(Earlier(key, ago(hours=2), own=True),))
    others = Around(author=KNOWN, earlier=(Earlier(key, ago(hours=2), own=False),))
    assert reasons("READ this, before it is gone", own) == ("said_already",)
    assert reasons("Read this before it is gone", others) == ("said_by_others",)
    old = Around(author=KNOWN, earlier=(Earlier(key, ago(days=3), own=True),))
    assert reasons("Read this before it is gone", old) == ()


def test_thanks_may_be_said_twice():
    key = draft("Thank you!").key
    assert reasons("Thank you!", Around(author=KNOWN, earlier=(Earlier(key, ago(hours=1), own=True),))) == ()


def test_links_are_held_then_refused():
    assert reasons("See https://a.example and http://b.example") == ()
    assert reasons("See https://a.example http://b.example www.c.example") == ("many_links",)
    assert reasons("[x](https://a.example/) " * 11) == ("far_too_many_links",)


def test_words_hold_and_refuse_and_are_named():
    judgement = judge(draft("What a nitwit"), Around(author=KNOWN), Rules(held_words=WordList.of(["nitwit"])))
    assert judgement.verdict is Verdict.HELD
    assert judgement.findings[0].values == {"word": "nitwit"}
    assert reasons("What a nitwit", refused_words=["nitwit"]) == ("refused_word",)


def test_language_is_asked_only_of_texts_long_enough_to_tell():
    german = (
        "Die Brücke wurde schon einmal gesperrt, und damals hat niemand die Anwohner gefragt, was sie davon halten."
    )
    assert reasons(german, languages=["en"]) == ("language",)
    assert reasons(german, languages=["en", "de"]) == ()
    assert reasons("Die Brücke!", languages=["en"]) == ()


def test_new_writers_wait_until_one_comment_stood():
    assert reasons("Hello all", Around(author=Author())) == ("newcomer",)
    assert reasons("Hello all", Around(author=Author(approved=1))) == ()
    assert reasons("Hello all", Around(author=Author(approved=2, refused=3))) == ("often_removed",)
    assert reasons("Hello all", Around(author=Author()), newcomer=0) == ()


def test_a_burst_on_one_story_holds_what_comes_after():
    lately = tuple(ago(seconds=10 * n) for n in range(30))
    assert reasons("Me too, as it happens", Around(author=KNOWN, lately=lately)) == ("burst",)
    assert reasons("Me too, as it happens", Around(author=KNOWN, lately=lately[:29])) == ()


def test_trusted_writers_pass_what_guesses_but_not_what_bounds():
    trusted = Around(author=Author(trusted=True), premoderated=True)
    assert reasons("See https://a.example https://b.example https://c.example", trusted, held_words=["see"]) == ()
    assert reasons("a" * 6000, trusted) == ("too_long",)


def test_every_hold_is_named_and_a_refusal_ends_the_walk():
    around = Around(author=Author(), premoderated=True)
    text = "Nitwit https://a.example https://b.example https://c.example"
    assert reasons(text, around, held_words=["nitwit"]) == ("many_links", "held_word", "premoderated", "newcomer")
    assert reasons(text, around, refused_words=["nitwit"]) == ("many_links", "refused_word")


def test_rules_come_back_as_they_were_stored():
    rules = Rules.from_mapping({"links": 5, "spam": 0.9, "held_words": ["nitwit", "sale*"], "languages": ["en"]})
    assert Rules.from_mapping(rules.to_mapping()) == rules


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"link": 3}, "unknown rule 'link'"),
        ({"links": -1}, "links is -1"),
        ({"links": True}, "links is True"),
        ({"links": "3"}, "links is '3'"),
        ({"spam": 2}, "spam is 2"),
        ({"held_words": "nitwit"}, "held_words is 'nitwit'"),
        ({"held_words": ["a" * 101]}, "at most 100"),
        ({"held_words": ["x*"]}, "three letters or more"),
        ({"held_words": ["..."]}, "no word in it"),
        ({"held_words": ["a"] * 5001}, "at most 5000"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(given, says):
    with pytest.raises(RulesError, match=re.escape(says)):
        Rules.from_mapping(given)


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict(text):
    judgement = judge(draft(text), Around(), Rules(held_words=WordList.of(["nitwit", "sal*", "two words", "天气"])))
    assert judgement.verdict in Verdict
    assert {finding.phase for finding in judgement.findings} <= {phase.name for phase in PHASES}


@pytest.mark.parametrize("piece", ["a ", "a", "@", "!", "http://", "a.", "ー", "天", "1 ", "\u0301", "a*", "'"])
def test_no_text_makes_the_guard_slow(piece):
    rules = Rules(longest=0, held_words=WordList.of([f"word{n}" for n in range(5000)]))
    start = time.process_time()
    judge(draft(piece * (200_000 // len(piece))), Around(author=KNOWN), rules)
    assert time.process_time() - start < 5
