from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.grouping import weight
from broadsheet.stories.telling import rank

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ages = st.integers(0, 24 * 14 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
stories = st.tuples(st.integers(1, 40), ages, ages).map(lambda s: (s[0], min(s[1], s[2]), max(s[1], s[2])))


@given(stories, stories)
def test_rank_orders_stories_as_their_weight_does(first, second):
    weights = [weight(*story, NOW).value for story in (first, second)]
    ranks = [rank(float(story[0]), *story[1:]) for story in (first, second)]

    if abs(weights[0] - weights[1]) > 1e-9 * max(weights):
        assert (ranks[0] > ranks[1]) == (weights[0] > weights[1])
