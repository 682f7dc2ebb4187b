"""Copies are found, know their original and say what was done to it."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.grouping import CopyFinder, CopySettings, Kind, copies
from tests.grouping.world import report

_R = random.Random(4)
_SOUNDS = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
_LEXICON = ["".join(_R.choice(_SOUNDS) for _ in range(_R.randint(2, 4))) for _ in range(900)]


def text(seed, sentences=24, words=14):
    """Prose of invented words: no two seeds share phrases."""
    r = random.Random(seed)
    return "\n\n".join(" ".join(r.choice(_LEXICON) for _ in range(words)).capitalize() + "." for _ in range(sentences))


ORIGINAL = text(1)


def doc(ident, body=ORIGINAL, title="Bridge", published="2026-03-01T12:00:00Z", source="Alder Post", **more):
    return {"id": ident, "title": title, "text": body, "published": published, "source": source, "lang": "en", **more}


def only(docs):
    finder = CopyFinder()
    *_, last = [finder.add(d) for d in docs]
    (answer,) = last
    return answer


def damaged(body, share, seed=2):
    """Letters lost inside words, as bad extraction does: "reed" for "remained"."""
    r = random.Random(seed)
    return " ".join(w[:2] + w[-2:] if len(w) > 5 and r.random() < share else w for w in body.split(" "))


def test_an_exact_copy_is_found_and_an_own_text_is_not():
    answers = dict(copies([doc("1"), doc("2", source="Birch Echo"), doc("3", text(9))]))
    assert answers == {"1": "1", "2": "1", "3": "3"}


@pytest.mark.parametrize(
    ("body", "kind", "kept", "own"),
    [
        (ORIGINAL, Kind.EXACT, 1.0, 0.0),
        (ORIGINAL[: len(ORIGINAL) // 2], Kind.CUT, 0.5, 0.0),
        (ORIGINAL + "\n\n" + text(7, sentences=12), Kind.EXTENDED, 1.0, 0.33),
        (damaged(ORIGINAL, 0.25), Kind.EDITED, 0.64, 0.36),
        (
            "\n\n".join(reversed([ORIGINAL[: len(ORIGINAL) // 2], ORIGINAL[len(ORIGINAL) // 2 :]])),
            Kind.EDITED,
            1.0,
            0.0,
        ),
    ],
)
def test_an_answer_says_what_was_done(body, kind, kept, own):
    answer = only([doc("1"), doc("2", body, source="Birch Echo")])
    assert (answer.original, answer.kind) == ("1", kind)
    assert answer.share_kept == pytest.approx(kept, abs=0.12)
    assert answer.share_own == pytest.approx(own, abs=0.12)


def test_signs_case_and_soft_hyphens_make_no_difference():
    dressed = ORIGINAL.upper().replace(" ", " \u2014 ", 3).replace("A", "A\u00ad", 5)
    assert only([doc("1"), doc("2", dressed, source="Birch Echo")]).kind is Kind.EXACT


def test_a_copy_with_a_line_in_another_script_is_found():
    answer = only(
        [doc("1"), doc("2", "\u041f\u0435\u0440\u0435\u0432\u043e\u0434\n\n" + ORIGINAL, source="Birch Echo")]
    )
    assert (answer.original, answer.kind, answer.share_kept) == ("1", Kind.EDITED, 1.0)


def test_a_text_merged_from_two_is_a_copy_of_the_one_it_has_more_of():
    other, half = text(5), len(ORIGINAL) // 2
    merged = ORIGINAL + "\n\n" + other[:half]
    answer = only([doc("1"), doc("2", other, source="Cedar Wire"), doc("3", merged, source="Birch Echo")])
    assert (answer.original, answer.kind) == ("1", Kind.EXTENDED)


def test_a_new_headline_is_noticed():
    assert only([doc("1"), doc("2", title="Another", source="Birch Echo")]).retitled


def test_other_figures_make_another_report():
    form = "The council of {0} sold {1} houses for {2} crowns on Monday. Nobody spoke against it, the clerk wrote."
    docs = [
        doc("1", form.format("Varnholt", 17, 4100)),
        doc("2", form.format("Osterby", 23, 5200), source="Birch Echo"),
    ]
    assert dict(copies(docs)) == {"1": "1", "2": "2"}


def test_the_same_sentences_in_another_order_are_another_report():
    sentences = ORIGINAL.split("\n\n")
    random.Random(1).shuffle(sentences)
    half = "\n\n".join(sentences[:14]) + "\n\n" + text(8, sentences=12)
    assert dict(copies([doc("1"), doc("2", half, source="Birch Echo")]))["2"] == "2"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"url": "https://a.test/1", "canonical": "https://b.test/2"}, {"url": "https://b.test/2"}, "canonical"),
        ({"authors": ["Birch Echo"]}, {}, "credit"),
        ({"body": f"OSTERBY (Birch Echo) - {ORIGINAL}"}, {}, "credit"),
        ({}, {"published": "2026-03-01T10:00:00Z"}, "time"),
    ],
)
def test_an_original_that_arrives_late_is_recognized(first, second, reason):
    answer = only([doc("1", **first), doc("2", source="Birch Echo", **second)])
    assert (answer.id, answer.original, answer.reason) == ("1", "2", reason)


def test_a_short_text_must_be_the_same_and_an_empty_one_never_is():
    docs = [doc("1", "No comment."), doc("2", "No comment."), doc("3", "No comments."), doc("4", ""), doc("5", "")]
    assert dict(copies(docs)) == {"1": "1", "2": "1", "3": "3", "4": "4", "5": "5"}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 60))
def test_a_restored_finder_goes_on_as_if_it_had_never_stopped(seed, cut):
    r = random.Random(seed)
    docs = [doc(str(k), text(r.randrange(25)), published=f"2026-03-01T{r.randrange(24):02}:00:00Z") for k in range(80)]
    finder, original = CopyFinder(), dict(copies(docs[:cut]))
    for d in docs[:cut]:
        finder.add(d)
    again = CopyFinder()
    again.restore(d | {"original": original[d["id"]]} for d in docs[:cut])
    assert [again.add(d) for d in docs[cut:]] == [finder.add(d) for d in docs[cut:]]


def test_memory_is_bounded():
    finder = CopyFinder(CopySettings(memory=20))
    for k in range(60):
        finder.add(doc(str(k), text(k)))
    assert len(finder._known) == 20
    held = [held if isinstance(held, tuple) else (held,) for held in finder._keys.values()]
    assert set().union(*held) <= set(range(40, 60))


def cpu(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_giant_text_and_a_thousand_copies_take_bounded_time():
    finder = CopyFinder()
    assert cpu(lambda: finder.add(doc("1", "word after word " * 330_000))) < 1
    flood = [doc(str(k), published=f"2026-03-{1 + k % 28:02}T00:00:00Z") for k in range(2000)]
    assert cpu(lambda: list(copies(flood))) < 10


def test_reports_of_one_event_are_no_copies():
    docs = [report(n, k, k) for n in range(40) for k in range(3)]
    assert all(i == original for i, original in copies(docs))


def test_a_text_whose_script_parts_no_words_is_recognized_when_it_is_cut():
    signs = [chr(0x4E00 + 7 * k) for k in range(600)]
    r = random.Random(8)
    sentences = ["".join(r.choice(signs) for _ in range(24)) + "。" for _ in range(12)]
    other = ["".join(r.choice(signs) for _ in range(24)) + "。" for _ in range(12)]
    whole = doc("1", "".join(sentences), lang="zh")
    answers = dict(copies([whole, doc("2", "".join(sentences[:8]), source="B"), doc("3", "".join(other), source="C")]))
    assert answers == {"1": "1", "2": "1", "3": "3"}
