from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetching import (
    AddressRefused,
    HostResting,
    Outcome,
    PollState,
    StatusError,
    TooSlow,
    next_poll,
    next_try,
)
from broadsheet.fetching.schedule import LONGEST, MANY_FAILURES, PAGE_TRIES, SHORTEST

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
A = "https://a.example/feed"


def status(code, retry_after=None):
    return StatusError(A, code, "No.", headers={}, retry_after=retry_after)


def polls(outcomes, state=None):
    """Plans after each outcome, each poll made when the last plan said."""
    now, plans = NOW, []
    for outcome in outcomes:
        plan = next_poll(state or PollState(), outcome, now, chance=0.5)
        state, now = plan.state, plan.due or now
        plans.append(plan)
    return plans


def test_busy_feed_is_asked_more_often_down_to_ten_minutes():
    plans = polls([Outcome(new_entries=3)] * 8)
    intervals = [plan.state.interval for plan in plans]
    assert intervals == sorted(intervals, reverse=True)
    assert intervals[-1] == SHORTEST


def test_quiet_feed_is_asked_less_often_up_to_a_day():
    plans = polls([Outcome()] * 30)
    assert plans[-1].state.interval == LONGEST
    assert plans[0].state.interval < timedelta(hours=1)


@given(
    st.lists(
        st.builds(
            Outcome,
            new_entries=st.integers(0, 50),
            cause=st.sampled_from(["", "", "http-503", "slow"]),
            permanent=st.booleans(),
            retry_after=st.none() | st.timedeltas(timedelta(), timedelta(days=3)),
            least=st.none() | st.timedeltas(timedelta(), timedelta(days=400)),
        ),
        max_size=30,
    ),
    st.floats(0, 0.999),
)
def test_any_history_stays_between_ten_minutes_and_a_day(outcomes, chance):
    state, now = PollState(), NOW
    for outcome in outcomes:
        plan = next_poll(state, outcome, now, chance=chance)
        asked = outcome.retry_after if outcome.cause and outcome.retry_after else timedelta()
        assert now + SHORTEST <= plan.due <= now + max(LONGEST, asked)
        assert plan.due >= now + asked
        state, now = plan.state, plan.due


def test_jitter_spreads_polls():
    early, late = (next_poll(PollState(), Outcome(), NOW, chance=chance).due for chance in (0.0, 0.99))
    assert timedelta(minutes=5) < late - early < timedelta(minutes=20)


def test_feed_may_ask_for_a_longer_interval():
    plan = next_poll(PollState(), Outcome(new_entries=5, least=timedelta(hours=6)), NOW, chance=0.5)
    assert plan.due == NOW + timedelta(hours=6)


def test_gone_ends_the_subscription_and_says_why():
    plan = next_poll(PollState(), Outcome.failed(status(410)), NOW)
    assert plan.ended
    assert plan.ill
    assert plan.state.cause == "http-410"


@pytest.mark.parametrize("code", [401, 403, 404])
def test_refusals_are_shown_and_asked_again_rarely(code):
    plan = next_poll(PollState(), Outcome.failed(status(code)), NOW, chance=0.5)
    assert plan.ill
    assert not plan.ended
    assert plan.due >= NOW + timedelta(hours=5)


def test_passing_errors_back_off_and_are_forgotten_after_success():
    plans = polls([Outcome.failed(TooSlow(A, "slow"))] * MANY_FAILURES + [Outcome(new_entries=1)])
    waits = [plan.due - (plans[n - 1].due if n else NOW) for n, plan in enumerate(plans[:-1])]
    assert waits == sorted(waits)
    assert not plans[0].ill
    assert plans[-2].ill
    assert (plans[-1].state.failures, plans[-1].state.cause) == (0, "")


def test_retry_after_is_obeyed_to_the_minute():
    plan = next_poll(PollState(), Outcome.failed(status(503, timedelta(hours=30))), NOW, chance=0.5)
    assert plan.due == NOW + timedelta(hours=30)


def test_resting_host_says_nothing_about_the_source():
    before = PollState(failures=2, cause="slow")
    plan = next_poll(before, Outcome.failed(HostResting(A, "rest", retry_after=timedelta(minutes=3))), NOW)
    assert plan.due == NOW + timedelta(minutes=3)
    assert (plan.state.failures, plan.state.cause) == (2, "slow")


def test_permanent_move_is_believed_after_three_sights():
    moved = Outcome(moved_to="https://b.example/feed")
    plans = polls([moved, moved, moved])
    assert [plan.address for plan in plans] == ["", "", "https://b.example/feed"]


def test_move_that_changes_its_mind_is_not_believed():
    one, other = Outcome(moved_to="https://b.example/"), Outcome(moved_to="https://c.example/")
    assert not any(plan.address for plan in polls([one, one, other, other, Outcome(), one, one]))


def test_page_is_tried_a_few_times_with_growing_pauses():
    dues = [next_try(n, status(503), NOW, chance=0).due for n in range(1, PAGE_TRIES)]
    assert dues == sorted(dues)
    assert dues[0] == NOW + timedelta(seconds=2)
    assert next_try(PAGE_TRIES, status(503), NOW).ended


def test_page_that_is_gone_is_not_tried_again():
    assert next_try(1, status(404), NOW).ended
    assert next_try(1, AddressRefused(A, "private"), NOW).ended


def test_page_waits_as_long_as_it_is_told():
    assert next_try(1, status(429, timedelta(minutes=10)), NOW).due == NOW + timedelta(minutes=10)
