"""Following, announcing and remembering polls: each can be done twice, nothing is lost, nothing grows without end."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.fetching.schedule import Outcome, next_poll
from broadsheet.sources.actions import (
    ENTRIES_PER_POLL,
    Announcement,
    PublisherFacts,
    add_publisher,
    announce,
    finish_entry,
    follow,
    poll_state,
    postpone_entry,
    prune_fetch_log,
    record_poll,
)
from broadsheet.sources.models import (
    Entry,
    EntryState,
    FetchLog,
    LedgerLine,
    Publisher,
    Source,
    SourceKind,
    SourceState,
)
from broadsheet.text.addresses import AddressError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FACTS = PublisherFacts(
    name="The Tidings",
    home="https://www.tidings.example/",
    country="us",
    ledger=({"mode": "headline", "basis": "none"},),
)


@pytest.fixture
def source():
    publisher, _ = add_publisher(FACTS, now=NOW)
    return follow(publisher, "https://www.tidings.example/feed.xml", kind=SourceKind.FEED, now=NOW)[0]


def announcement(number, **details):
    return Announcement(f"https://www.tidings.example/{number}", {"title": f"Title {number}", **details})


def test_publisher_is_added_once_with_its_ledger():
    first, is_new = add_publisher(FACTS, now=NOW)
    again, is_new_again = add_publisher(FACTS, now=NOW)

    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert (first.slug, first.country) == ("the-tidings", "US")
    assert LedgerLine.objects.get().mode == "headline"


def test_publishers_of_one_name_get_addresses_of_their_own():
    add_publisher(FACTS, now=NOW)
    other, _ = add_publisher(PublisherFacts(name="The Tidings", home="https://tidings.example.net/"), now=NOW)

    assert other.slug == "the-tidings-2"


def test_source_is_followed_once_however_it_is_spelled(source):
    again, is_new = follow(
        source.publisher, "HTTPS://WWW.tidings.example:443/feed.xml#top", kind=SourceKind.FEED, now=NOW
    )

    assert (again, is_new) == (source, False)
    with pytest.raises(AddressError):
        follow(source.publisher, "ftp://x.example/", kind=SourceKind.FEED, now=NOW)


def test_pages_are_announced_once_and_waited_for(source):
    assert announce(source, [announcement(1), announcement(2), announcement(1)], now=NOW) == 2
    assert announce(source, [announcement(2), announcement(3)], now=NOW) == 1
    assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.WAITING}
    assert Entry.objects.count() == 3


def test_tracking_parameters_do_not_make_a_new_page(source):
    announce(source, [announcement(1)], now=NOW)
    tracked = Announcement("https://www.tidings.example/1?utm_source=rss", {"title": "Title 1"})

    assert announce(source, [tracked], now=NOW) == 0


def test_page_told_in_other_words_is_read_again(source):
    announce(source, [announcement(1)], now=NOW)
    finish_entry(Entry.objects.get(), EntryState.DONE, now=NOW)

    announce(source, [announcement(1, updated="2026-11-22T10:00:00+00:00")], now=NOW + timedelta(hours=1))

    assert Entry.objects.get().state == EntryState.WAITING


def test_feed_that_touches_all_its_dates_is_not_believed(source):
    entries = [announcement(number) for number in range(30)]
    announce(source, entries, now=NOW)
    for entry in Entry.objects.all():
        finish_entry(entry, EntryState.DONE, now=NOW)

    touched = [announcement(number, updated="2026-11-22T10:00:00+00:00") for number in range(30)]
    announce(source, touched, now=NOW)

    assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.DONE}


def test_giant_feed_brings_its_newest_entries_only(source):
    entries = [
        Announcement(f"https://www.tidings.example/{n}", {"title": str(n)}, NOW - timedelta(minutes=n))
        for n in reversed(range(ENTRIES_PER_POLL * 3))
    ]

    assert announce(source, entries, now=NOW) == ENTRIES_PER_POLL
    assert Entry.objects.filter(address="https://www.tidings.example/0").exists()


def test_unusable_addresses_are_passed_over(source):
    bad = [Announcement("javascript:alert(1)", {}), Announcement("http://[::1", {}), announcement(1)]

    assert announce(source, bad, now=NOW) == 1


def test_failure_is_kept_in_words_and_success_clears_it(source):
    failed = Outcome.unreadable("no-feed-html", "The address answers with a web page.")
    record_poll(source, next_poll(poll_state(source), failed, NOW), validators=("", ""), now=NOW)
    source.refresh_from_db()
    assert (source.failures, source.problem) == (1, "The address answers with a web page.")
    assert source.next_poll_at > NOW

    record_poll(source, next_poll(poll_state(source), Outcome(new_entries=2), NOW), validators=('"e"', ""), now=NOW)
    source.refresh_from_db()
    assert (source.failures, source.problem, source.etag) == (0, "", '"e"')


def test_source_that_is_gone_is_not_asked_again(source):
    plan = next_poll(poll_state(source), Outcome(cause="http-410", ended=True, sentence="Gone."), NOW)
    record_poll(source, plan, validators=("", ""), now=NOW)

    assert Source.objects.get().state == SourceState.GONE


def test_permanent_move_is_believed_after_repeated_sight(source):
    moved = Outcome(moved_to="https://www.tidings.example/new.xml")
    for _ in range(3):
        source.refresh_from_db()
        record_poll(source, next_poll(poll_state(source), moved, NOW), validators=("", ""), now=NOW)

    source.refresh_from_db()
    assert source.address == "https://www.tidings.example/new.xml"


def test_move_onto_another_source_leaves_both(source):
    follow(source.publisher, "https://www.tidings.example/new.xml", kind=SourceKind.FEED, now=NOW)
    for _ in range(4):
        source.refresh_from_db()
        moved = Outcome(moved_to="https://www.tidings.example/new.xml")
        record_poll(source, next_poll(poll_state(source), moved, NOW), validators=("", ""), now=NOW)

    assert Source.objects.count() == 2


def test_failed_reread_is_put_off_without_losing_what_is_held(source):
    announce(source, [announcement(1)], now=NOW)
    entry = Entry.objects.get()
    finish_entry(entry, EntryState.DONE, now=NOW, article_key="a" * 32, reread_at=NOW)

    postpone_entry(entry, NOW + timedelta(minutes=5), "The server is overloaded.")

    entry.refresh_from_db()
    assert (entry.state, entry.article_key) == (EntryState.DONE, "a" * 32)
    assert entry.reread_at == NOW + timedelta(minutes=5)


def test_old_requests_are_forgotten(source):
    for days in (1, 40):
        FetchLog.objects.create(
            publisher=source.publisher, address="x", purpose="feed", at=NOW - timedelta(days=days), outcome="ok"
        )

    assert prune_fetch_log(now=NOW, keep=timedelta(days=30)) == 1
    assert Publisher.objects.exists()
