"""When to ask again: pure decisions from what was seen, for feeds and for article pages.

A feed's interval follows how often it brings something: shorter after news, longer after nothing, between ten minutes
and a day, jittered so that a thousand feeds added in one minute drift apart. Errors back off and keep their cause.
Nothing here asks, stores or knows a clock: `now` and the random number come in.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadsheet.fetching.errors import FetchError, HostResting, StatusError
from broadsheet.fetching.messages import Response

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
FIRST = timedelta(minutes=30)
JITTER = 0.1
"""Share of the interval by which a poll may come earlier or later."""
MOVES_BEFORE_BELIEF = 3
"""Polls in a row that must end at the same permanent address before the stored one changes."""
MANY_FAILURES = 10
"""Failures in a row after which a source counts as ill; it is still asked once a day."""
PAGE_TRIES = 5
_FASTER, _SLOWER = 0.6, 1.35
_STOPS = frozenset({401, 403, 410})


@dataclass(frozen=True, slots=True)
class PollState:
    """What is remembered of a source between polls; store it as it is.

    interval: the undisturbed one, unjittered. failures: in a row. moved_to, moves: permanent address last seen and how
    many polls in a row. cause, sentence: of the last failure, empty when well. polled_at: last attempt, UTC.
    """

    interval: timedelta = FIRST
    failures: int = 0
    moved_to: str = ""
    moves: int = 0
    cause: str = ""
    sentence: str = ""
    polled_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a poll went. Make it with `answered` or `failed`.

    new_entries: entries not seen before; 0 for 304 and for a body that brought nothing.
    """

    new_entries: int = 0
    moved_to: str = ""
    cause: str = ""
    sentence: str = ""
    permanent: bool = False
    ended: bool = False
    stopped: bool = False
    waits: bool = False
    retry_after: timedelta | None = None
    least: timedelta | None = None

    @classmethod
    def answered(cls, response: Response, new_entries: int, *, least: timedelta | None = None) -> Outcome:
        """least: interval the feed itself asks for at least (`ttl`, `Cache-Control: max-age`), if it does."""
        return cls(new_entries=new_entries, moved_to=response.permanent_address, least=least)

    @classmethod
    def failed(cls, error: FetchError) -> Outcome:
        status = error.status if isinstance(error, StatusError) else 0
        return cls(
            cause=error.cause,
            sentence=error.sentence,
            permanent=error.permanent,
            ended=status == 410,
            stopped=status in _STOPS,
            waits=isinstance(error, HostResting),
            retry_after=error.retry_after,
        )

    @classmethod
    def unreadable(cls, cause: str, sentence: str) -> Outcome:
        """The fetch went well but the body is no feed."""
        return cls(cause=cause, sentence=sentence)


@dataclass(frozen=True, slots=True)
class PollPlan:
    """What to do next.

    due: when to poll, None when the source has ended and the operator decides. address: the new address to store, else
    empty. state: to store. ill: show it in the health view. note: for the log, with the cause.
    """

    state: PollState
    due: datetime | None
    address: str = ""
    ill: bool = False
    note: str = ""

    @property
    def ended(self) -> bool:
        return self.due is None


def next_poll(state: PollState, outcome: Outcome, now: datetime, *, chance: float | None = None) -> PollPlan:
    """Plan the next poll of a source.

    chance: in [0, 1), decides the jitter; drawn when not given.
    """
    chance = random.random() if chance is None else chance
    state = replace(state, polled_at=now)
    if outcome.waits:
        # The host is resting from something else; that says nothing about this source.
        due = now + max(outcome.retry_after or SHORTEST, timedelta(seconds=1))
        return PollPlan(state, due, note="waits for its host")
    if outcome.cause:
        return _after_failure(state, outcome, now, chance)
    return _after_answer(state, outcome, now, chance)


def _after_answer(state: PollState, outcome: Outcome, now: datetime, chance: float) -> PollPlan:
    factor = _FASTER if outcome.new_entries else _SLOWER
    interval = min(max(state.interval * factor, SHORTEST), LONGEST)
    moves = state.moves + 1 if outcome.moved_to and outcome.moved_to == state.moved_to else int(bool(outcome.moved_to))
    believed = moves >= MOVES_BEFORE_BELIEF
    state = replace(
        state,
        interval=interval,
        failures=0,
        cause="",
        sentence="",
        changed_at=state.polled_at if outcome.new_entries else state.changed_at,
        moved_to="" if believed else outcome.moved_to,
        moves=0 if believed else moves,
    )
    wait = max(interval, min(outcome.least or SHORTEST, LONGEST))
    note = f"{outcome.new_entries} new" if outcome.new_entries else "nothing new"
    return PollPlan(state, now + _jittered(wait, chance), address=outcome.moved_to if believed else "", note=note)


def _after_failure(state: PollState, outcome: Outcome, now: datetime, chance: float) -> PollPlan:
    failures = state.failures + 1
    state = replace(state, failures=failures, cause=outcome.cause, sentence=outcome.sentence)
    if outcome.ended:
        return PollPlan(state, None, ill=True, note=f"ended: {outcome.cause}")
    # Doubling from the shortest interval, but never sooner than a healthy source of this pace would be asked.
    wait = min(max(SHORTEST * 2 ** min(failures - 1, 8), min(state.interval, timedelta(hours=1))), LONGEST)
    if outcome.permanent or outcome.stopped:
        wait = max(wait, min(timedelta(hours=6) * failures, LONGEST))
    due = now + _jittered(wait, chance)
    if outcome.retry_after is not None:
        due = max(due, now + min(outcome.retry_after, timedelta(days=7)))
    ill = outcome.permanent or outcome.stopped or failures >= MANY_FAILURES
    return PollPlan(state, due, ill=ill, note=f"failed {failures} in a row: {outcome.cause}")


def _jittered(wait: timedelta, chance: float) -> timedelta:
    spread = wait * (1 + JITTER * (2 * chance - 1))
    return min(max(spread, SHORTEST), LONGEST)


@dataclass(frozen=True, slots=True)
class TryPlan:
    """For an article page: due None means do not ask again."""

    due: datetime | None
    note: str

    @property
    def ended(self) -> bool:
        return self.due is None


def next_try(tries: int, error: FetchError, now: datetime, *, chance: float | None = None) -> TryPlan:
    """Plan another attempt within one gather, at an article page or at a feed that failed for a moment.

    tries: attempts made so far, the failed one included. Retry-After moves the attempt, never shortens the wait.
    """
    if error.permanent:
        return TryPlan(None, f"given up: {error.cause}")
    if tries >= PAGE_TRIES:
        return TryPlan(None, f"given up after {tries} tries: {error.cause}")
    chance = random.random() if chance is None else chance
    # 2 s, 8 s, 32 s, 128 s: a burst of errors passes within one gather, an outage waits for the next.
    wait = timedelta(seconds=2 * 4 ** (tries - 1) * (1 + JITTER * chance))
    if error.retry_after is not None:
        wait = max(wait, error.retry_after)
    return TryPlan(now + wait, f"try {tries + 1} after {error.cause}")
