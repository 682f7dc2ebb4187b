from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction.article import Article, Block, BlockKind
from broadsheet.gathering.intake import REREAD_UNTIL, join_pages, next_reread

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def page(*texts):
    return Article(blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))


def test_pages_are_joined_without_what_they_repeat():
    joined = join_pages(page("Standing line.", "One."), [page("Standing line.", "Two."), page("Three.")])

    assert [block.text for block in joined.blocks] == ["Standing line.", "One.", "Two.", "Three."]


@given(st.integers(0, 60 * 24 * 6), st.integers(0, 60 * 24 * 6))
def test_rereads_grow_rarer_and_end(shown_min, seen_min):
    now, shown, seen = NOW, NOW - timedelta(minutes=shown_min), NOW - timedelta(minutes=seen_min)
    due = next_reread(shown, seen, seen, now)

    assert due is None or due > now
    if now - shown > REREAD_UNTIL:
        assert due is None


def test_every_article_read_for_the_first_time_is_looked_at_again_within_the_hour():
    assert next_reread(NOW, None, NOW, NOW) == NOW + timedelta(hours=1)
