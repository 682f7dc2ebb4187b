"""Several hosts on one database, each with pages of its own: what one changes, all throw away."""

import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from broadsheet.finished.actions import purge
from broadsheet.finished.page import finish
from broadsheet.finished.purges import is_touched, read_position
from broadsheet.finished.store import Store
from broadsheet.finished.watch import Watch

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = 60


class Host:
    def __init__(self, folder):
        self.store = Store(folder / "pages.sqlite3", room_bytes=10_000_000, build="a")
        self.watch = Watch(self.store, lambda: "", period_s=0.05)

    def keep(self, number):
        until = datetime.now(UTC) + timedelta(hours=1)
        page = finish(200, {}, b"words", tags=[f"article:{number}"], until=until)
        return self.store.put(f"/{number}", page, is_stale=lambda: False)

    def held(self):
        return {number for number in range(PAGES) if self.store.get(f"/{number}", now=0) is not None}


@pytest.fixture
def hosts(tmp_path):
    purge(["start"])  # numbers go on from test to test: to a host that knows none, rows would seem to be lost
    made = [Host(tmp_path / name) for name in ("one", "two", "three")]
    for host in made:
        host.watch.look()
        for number in range(PAGES):
            host.keep(number)
    yield made
    for host in made:
        host.watch.stop()
        host.store.close()


def in_thread(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_for(check, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_change_on_one_host_reaches_the_pages_of_all_and_no_other_page(hosts):
    for host in hosts:
        host.watch.start()
    purge(["article:7"])
    wait_for(lambda: all(7 not in host.held() for host in hosts))
    assert all(host.held() == set(range(PAGES)) - {7} for host in hosts)


def test_what_many_write_at_once_is_missed_by_nobody(hosts):
    for host in hosts:
        host.watch.start()

    def write(first):
        for number in range(first, PAGES, 4):
            with transaction.atomic():
                purge([f"article:{number}"])

    for thread in [in_thread(lambda first=first: write(first)) for first in range(4)]:
        thread.join()
    wait_for(lambda: not any(host.held() for host in hosts))


def test_a_change_that_is_taken_back_removes_nothing(hosts):
    with transaction.atomic():
        purge(["article:7"])
        transaction.set_rollback(True)
    for host in hosts:
        host.watch.look()
        assert host.held() == set(range(PAGES))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_writer_that_commits_after_a_later_one_is_not_missed(hosts):
    begun, may_end = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            purge(["article:1"])
            begun.set()
            may_end.wait(10)

    thread = in_thread(slow)
    begun.wait(10)
    position = read_position()
    purge(["article:2"])
    for host in hosts:
        host.watch.look()
        assert host.held() == set(range(PAGES)) - {2}
    may_end.set()
    thread.join()
    assert is_touched({"article:1"}, position)
    for host in hosts:
        host.watch.look()
        assert host.held() == set(range(PAGES)) - {1, 2}


def test_a_host_that_was_away_throws_away_what_changed_meanwhile(hosts, tmp_path):
    away = hosts[0]
    away.watch.look()
    away.store.close()
    purge(["article:3"])
    with ExitStack() as stack:
        back = Host(tmp_path / "one")
        stack.callback(back.store.close)
        back.watch.look()
        assert back.held() == set(range(PAGES)) - {3}


def test_a_host_that_hears_nothing_trusts_nothing(hosts, monkeypatch):
    host = hosts[0]
    assert host.watch.is_awake
    monkeypatch.setattr("broadsheet.finished.watch.PATIENCE_S", 0.0)
    assert not host.watch.is_awake
