from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.finished.actions import purge
from broadsheet.finished.models import Purge
from broadsheet.finished.page import finish
from broadsheet.finished.store import Store
from broadsheet.finished.watch import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "pages.sqlite3"


@pytest.fixture
def store(path):
    made = Store(path, room_bytes=1_000_000, build="a")
    yield made
    made.close()


def keep(store, key, *tags):
    until = datetime.now(UTC) + timedelta(hours=1)
    store.put(key, finish(200, {}, key.encode(), tags=tags, until=until), is_stale=lambda: False)


def holds(store, key):
    return store.get(key, now=0) is not None


def test_a_look_removes_what_was_purged_since_the_last(store):
    watch = Watch(store, lambda: "")
    watch.look()
    keep(store, "/a", "article:1")
    keep(store, "/b", "article:2")
    purge(["article:1"])
    watch.look()
    assert (holds(store, "/a"), holds(store, "/b")) == (False, True)
    assert watch.is_awake


def test_what_was_purged_while_no_process_ran_is_removed_at_the_next_start(store):
    Watch(store, lambda: "").look()
    keep(store, "/a", "article:1")
    keep(store, "/b", "article:2")
    purge(["front"])
    Watch(store, lambda: "").look()  # a process that saw one purge and ended
    purge(["article:1"])
    Watch(store, lambda: "").look()
    assert (holds(store, "/a"), holds(store, "/b")) == (False, True)


def test_everything_goes_when_rows_were_pruned_unseen(store):
    watch = Watch(store, lambda: "")
    watch.look()
    keep(store, "/a", "article:1")
    purge(["front"])
    watch.look()
    purge(["x"])
    purge(["y"])
    Purge.objects.filter(tag="x").delete()
    Watch(store, lambda: "").look()
    watch.look()
    assert not holds(store, "/a")


def test_everything_goes_when_what_stands_around_every_page_changes(store):
    around = ["politics"]
    watch = Watch(store, lambda: around[0])
    watch.look()
    keep(store, "/a", "article:1")
    for _ in range(4):
        watch.look()
    assert holds(store, "/a")
    around[0] = "politics, world"
    for _ in range(4):
        watch.look()
    assert not holds(store, "/a")


def test_a_watch_that_never_looked_is_not_trusted(store):
    assert not Watch(store, lambda: "").is_awake
