"""Rules kept for a publisher's pages: checked when they are set, read once for each wording, never a reason to fail."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.extraction.rules import MAX_TEXT, RuleError
from broadsheet.sources.actions import set_rules
from broadsheet.sources.models import Entry, EntryState, Publisher
from broadsheet.sources.rules import page_rules, unusable_rules
from tests.factories import make_publisher, make_source

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "   ", "# nothing yet", "drop = []"])
def test_no_rules(text):
    found = page_rules(text)

    assert (found.rules, found.digest, found.problem) == (None, "", "")


def test_comments_and_order_do_not_make_other_rules():
    first = page_rules('drop = [".tip"]  # May\nauthor = ".who"')

    assert first.rules.drop == (".tip",)
    assert first.digest == page_rules('author = ".who"\ndrop = ".tip"').digest
    assert first.digest not in {"", page_rules('author = ".who"').digest}


@pytest.mark.parametrize(
    "text",
    [
        "drop = [", 'drop = "p[["', 'fly = "high"', 'drop = "html"', "#" * (MAX_TEXT + 1), "drop = " + "[" * 19_000,
        f"drop = {['p'] * 51}", "drop = 1979-05-27", "\x00", "date = " + "9" * 10_000,
    ],
)  # fmt: skip
def test_what_was_written_by_hand_never_fails(text):
    found = page_rules(text)

    assert found.rules is None
    assert found.problem


@pytest.mark.django_db
def test_bad_rules_change_nothing():
    publisher = make_publisher()
    set_rules(publisher, 'drop = ".tip"', now=NOW)

    with pytest.raises(RuleError, match="unknown rule 'fly'"):
        set_rules(publisher, 'fly = "high"', now=NOW)

    assert Publisher.objects.get().rules == publisher.rules == 'drop = ".tip"'
    assert unusable_rules() == []


@pytest.mark.django_db
def test_unusable_rules_are_named_with_their_publisher():
    make_publisher("Herald", rules='drop = ".tip"')
    make_publisher("Lantern")
    broken = make_publisher("Tidings", rules='fly = "high"')

    assert [(publisher, problem.split(":")[0]) for publisher, problem in unusable_rules()] == [
        (broken, "unknown rule 'fly'")
    ]


@pytest.mark.django_db
def test_new_rules_look_again_at_what_is_young_and_at_nobody_elses():
    paper, other = make_publisher(), make_publisher()
    source, young, old = make_source(paper), NOW - timedelta(days=1), NOW - timedelta(days=9)
    told = {"source": source, "host": "x", "etag": "e", "announced": {}}
    rows = {
        "watched": {"publisher": paper, "state": "done", "reread_at": NOW + timedelta(hours=3), "first_seen_at": young},
        "settled": {"publisher": paper, "state": "done", "first_seen_at": old},
        "failed": {"publisher": paper, "state": "failed", "attempts": 5, "first_seen_at": young},
        "given-up": {"publisher": paper, "state": "failed", "first_seen_at": old},
        "refused": {"publisher": paper, "state": "refused", "first_seen_at": young},
        "others": {"publisher": other, "state": "done", "reread_at": NOW + timedelta(hours=3), "first_seen_at": young},
    }
    Entry.objects.bulk_create(
        [Entry(key=key, address=f"https://x.example/{key}", **told, **row) for key, row in rows.items()]
    )

    assert set_rules(paper, 'drop = ".tip"', now=NOW) == 2
    assert set_rules(paper, "drop = ['.tip']", now=NOW) == 0

    assert {entry.key for entry in Entry.objects.filter(etag="")} == {"watched"}
    assert [entry.key for entry in Entry.objects.filter(state=EntryState.WAITING, attempts=0)] == ["failed"]


def test_the_field_holds_what_rules_may_be():
    assert Publisher._meta.get_field("rules").max_length == MAX_TEXT
