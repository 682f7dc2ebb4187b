import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.finished.page import finish
from broadsheet.finished.purges import Position
from broadsheet.finished.store import Store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MB = 1024 * 1024


def page(text="page", tags=("article:1",), until=NOW + timedelta(hours=1)):
    return finish(200, {"content-type": "text/html"}, text.encode(), tags=tags, until=until)


def put(store, key, **more):
    return store.put(key, page(key, **more), is_stale=lambda: False)


def get(store, key, now=NOW):
    return store.get(key, now=now.timestamp())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "pages" / "pages.sqlite3"


@pytest.fixture
def store(path):
    with_store = Store(path, room_bytes=MB, build="a")
    yield with_store
    with_store.close()


def reopened(path, build="a", **more):
    return Store(path, room_bytes=MB, build=build, **more)


def test_a_page_is_found_under_its_key_until_its_time_is_over(store):
    put(store, "/")
    assert get(store, "/").plain == b"/"
    assert get(store, "/latest") is None
    assert get(store, "/", now=NOW + timedelta(hours=2)) is None
    assert store.stale("/").plain == b"/"


def test_drop_removes_exactly_the_pages_that_show_the_thing(store):
    put(store, "/", tags=("front", "article:1"))
    put(store, "/a", tags=("article:1",))
    put(store, "/b", tags=("article:10",))
    store.drop(["article:1"])
    assert [get(store, key) is not None for key in ("/", "/a", "/b")] == [False, False, True]


def test_a_page_that_depends_on_every_thing_of_a_kind_goes_with_any_of_them(store):
    put(store, "/topics/ferry", tags=("topic:ferry", "article:*"))
    store.drop(["story:4"])
    assert get(store, "/topics/ferry") is not None
    store.drop(["article:77"])
    assert get(store, "/topics/ferry") is None


def test_all_means_every_page(store):
    put(store, "/a")
    put(store, "/b", tags=("front",))
    store.drop(["all"])
    assert store.totals() == (0, 0)
    assert get(store, "/a") is None


def test_a_page_that_became_stale_while_it_was_made_is_not_kept(store):
    assert not store.put("/", page(), is_stale=lambda: True)
    assert get(store, "/") is None


def test_pages_survive_a_restart_and_so_do_their_tags(store, path):
    put(store, "/a", tags=("article:1", "front"))
    store.close()
    again = reopened(path)
    assert get(again, "/a").tags == {"article:1", "front"}
    again.drop(["front"])
    assert get(again, "/a") is None
    again.close()


def test_pages_of_another_build_are_dropped(store, path):
    put(store, "/a")
    store.close()
    again = reopened(path, build="b")
    assert get(again, "/a") is None
    again.close()


def test_two_processes_share_the_file(store, path):
    other = reopened(path)
    put(store, "/a")
    assert get(other, "/a").plain == b"/a"
    other.close()


def test_the_file_stays_within_its_room(path):
    store = Store(path, room_bytes=20_000, build="a")
    for number in range(100):
        put(store, f"/{number}")
    pages, size = store.totals()
    assert size <= 20_000
    assert 10 < pages < 100
    assert get(store, "/99") is not None
    assert get(store, "/0") is None
    store.close()


def test_memory_stays_within_its_room_and_the_rest_is_read_from_disk(path):
    store = reopened(path, memory_bytes=3_000)
    for number in range(50):
        put(store, f"/{number}")
    assert len(store._memory) < 6
    assert get(store, "/0").plain == b"/0"
    store.close()


def test_a_page_larger_than_the_room_is_not_kept(path):
    store = Store(path, room_bytes=500, build="a")
    assert not put(store, "/a")
    store.close()


def test_a_damaged_file_is_thrown_away(store, path):
    put(store, "/a")
    store.close()
    path.write_bytes(b"no database at all" * 1000)
    again = reopened(path)
    assert get(again, "/a") is None
    assert put(again, "/a")
    again.close()


def test_the_reader_of_purges_finds_its_place_again(store, path):
    store.drop(["front"], position=Position(7, frozenset({9, 8})))
    store.close()
    again = reopened(path)
    assert again.position() == Position(7, frozenset({8, 9}))
    again.close()


def test_replacing_a_page_counts_it_once_and_forgets_its_old_tags(store, path):
    put(store, "/a", tags=("article:1",))
    put(store, "/a", tags=("article:2",))
    assert store.totals()[0] == 1
    store.drop(["article:1"])
    assert get(store, "/a") is not None
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT tag FROM page_tag").fetchall() == [("article:2",)]
    file.close()
