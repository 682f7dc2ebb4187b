"""How fast articles are grouped: `python -m bench.grouping [--window [COUNT]]`, articles per CPU second and memory.

The articles are invented: events of changing size, each told by several outlets in part of a shared vocabulary that
follows Zipf's law, as news does.  Peers in the folder BROADSHEET_PEERS names run on the same articles in the same
run.  `--window` streams a million, or COUNT, through a moving window, with words never seen before in each, to show
that memory stays flat.
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from broadsheet.grouping import Grouper, copies, group
from evals.stories.peers import Grouping, peers

START = datetime(2026, 3, 1, tzinfo=UTC)
PER_DAY = 5_000
_LETTERS = "bdfgklmnprstvz"
_VOCABULARY = 30_000


def _words() -> list[str]:
    rng = random.Random(1)
    return [
        "".join(rng.choice(_LETTERS) + rng.choice("aeiou") for _ in range(rng.randint(2, 5)))
        for _ in range(_VOCABULARY)
    ]


def articles(count: int, length: int = 220, seed: int = 2) -> Iterator[dict[str, Any]]:
    """`count` articles of `length` words in order of time; one event has one to a few dozen of them."""
    rng, words = random.Random(seed), _words()
    weights = list(accumulate(1 / (rank + 20) for rank in range(_VOCABULARY)))
    events: deque[tuple[list[str], list[str]]] = deque(maxlen=400)
    for number in range(count):
        if len(events) < 20 or rng.random() < 0.35:
            own = rng.choices(words[2000:], k=30)
            events.append((own, [w.capitalize() for w in rng.choices(words, k=4)]))
        topic, names = events[int(len(events) * rng.random() ** 0.5)]
        body = rng.choices(words, cum_weights=weights, k=length)
        for place in range(0, length, 5):
            body[place] = rng.choice(topic if rng.random() < 0.7 else names)
        yield {
            "id": str(number),
            "title": " ".join([*rng.sample(topic, 5), *rng.sample(names, 2)]),
            "text": " ".join(body) + f" {rng.randrange(10_000)}.",
            "published": (START + timedelta(days=number / PER_DAY)).isoformat(),
            "source": f"outlet {rng.randrange(500)}",
            "lang": "en",
        }


def timed(function: Grouping, docs: Iterable[dict[str, Any]]) -> float:
    begun = time.process_time()
    deque(function(docs), maxlen=0)
    return time.process_time() - begun


def speed() -> None:
    """Ours and the peers at growing counts."""
    others = peers("baselines")
    for count in (1_000, 5_000, 20_000):
        docs = list(articles(count))
        rows = [(label, timed(function, docs)) for label, function in [("ours", group), *others]]
        for label, spent in rows:
            print(f"group {count:6} {label:12} {count / spent:6.0f} docs/CPU s  {rows[0][1] / spent:5.2f} of our time")
    docs = list(articles(5_000, length=800))
    rows = [(label, timed(function, docs)) for label, function in [("ours", copies), *peers("baselines_neardup")]]
    for label, spent in rows:
        print(f"copies  5000 {label:12} {5000 / spent:6.0f} docs/CPU s  {rows[0][1] / spent:5.2f} of our time")


def window(count: int) -> None:
    """A moving window: rate since the row before, and memory, after every twentieth of the way.

    From the second row on, what the process held at most includes what it takes to measure the grouper.
    """
    grouper, spent = Grouper(), 0.0
    step = max(1, count // 20)
    for number, doc in enumerate(articles(count, length=60), 1):
        doc["text"] += f" Kal{number} Bor{7 * number}."
        before = time.process_time()
        grouper.add(doc)
        spent += time.process_time() - before
        if number % step == 0:
            held, most = _memory_mb()
            print(
                f"{number:8} articles  {step / spent:6.0f}/CPU s  process {held:4.0f} MB, at most {most:4.0f} MB"
                f"  grouper {_size_mb(grouper):6.1f} MB",
                flush=True,
            )
            spent = 0.0


def _memory_mb() -> tuple[float, float]:
    """What the process holds now and the most it ever held; the latter twice where the system does not tell."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return most, most
    return pages * resource.getpagesize() / 2**20, most


def _size_mb(root: object) -> float:
    """What is reached from an object, by its attributes and by what it contains, each thing once.

    Objects that the collector need not follow hold no others; what is shared with tables outside counts as well.
    """
    seen = {id(root)}
    waiting: list[object] = [root]
    total = 0
    while waiting:
        one = waiting.pop()
        total += sys.getsizeof(one)
        for other in gc.get_referents(one):
            if id(other) not in seen and not isinstance(other, type | ModuleType | FunctionType):
                seen.add(id(other))
                waiting.append(other)
    return total / 2**20


if __name__ == "__main__":
    if "--window" in sys.argv:
        window(int(next(iter(sys.argv[sys.argv.index("--window") + 1 :]), 1_000_000)))
    else:
        speed()
