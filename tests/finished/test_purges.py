from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.finished.actions import prune_purges, purge
from broadsheet.finished.models import Purge
from broadsheet.finished.purges import Position, has_lost, is_touched, matches, read_position, read_purges

pytestmark = pytest.mark.django_db


def test_what_changed_is_told_once():
    start = read_position()
    purge(["article:1", "front"])
    news = read_purges(start)
    assert news.tags == {"article:1", "front"}
    assert read_purges(news.position).tags == frozenset()


def test_a_page_begun_before_a_change_is_touched_by_it():
    begun = read_position()
    purge(["article:1"])
    assert is_touched({"article:1", "front"}, begun)
    assert not is_touched({"article:10"}, begun)
    assert not is_touched({"article:1"}, read_position())


@pytest.mark.parametrize(
    ("purged", "tags", "reached"),
    [
        ("article:1", {"article:1"}, True),
        ("article:1", {"article:11"}, False),
        ("article:1", {"article:*"}, True),
        ("front", {"front"}, True),
        ("all", {"anything"}, True),
        ("story:1", {"article:*"}, False),
    ],
)
def test_matches(purged, tags, reached):
    assert matches(purged, tags) is reached


def test_rows_pruned_unseen_are_noticed():
    purge(["a"])
    position = read_position()
    purge(["b"])
    purge(["c"])
    assert not has_lost(position)
    Purge.objects.filter(tag="b").delete()
    Purge.objects.filter(tag="a").delete()
    assert has_lost(position)


def test_a_database_put_back_to_an_earlier_state_is_noticed():
    purge(["a"])
    ahead = Position(read_position().last + 100)
    assert read_purges(ahead).is_lost


def test_old_rows_are_pruned():
    purge(["a"])
    Purge.objects.update(at=datetime(2026, 1, 1, tzinfo=UTC))
    purge(["b"])
    assert prune_purges(now=datetime.now(UTC), keep=timedelta(days=1)) == 1
    assert [row.tag for row in Purge.objects.all()] == ["b"]
