"""How fast comments pass the guard and are rendered: `python -m bench.comments`, per CPU second.

The comments are made up from a seed: 40 to 600 characters, some with links, in a conversation of fifty others, against
a word list of 2,000 entries and a filter that has learned 1,000 decisions.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime, timedelta

from broadsheet.comments import markup
from broadsheet.comments.guard import Around, Author, Draft, Earlier, Rules, SpamFilter, WordList, judge

FLOOR = 2_000
COMMENTS = 3_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def words(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choices("etaoinshrdlucm", k=chance.randint(2, 9))) for _ in range(count)]


def text(chance: random.Random, vocabulary: list[str]) -> str:
    said = chance.choices(vocabulary, k=chance.randint(8, 110))
    for place in range(9, len(said), 9):
        said[place] += chance.choice((".", ",", "!", "?", ".\n\n"))
    if chance.random() < 0.2:
        said.append(f"https://{said[0].strip('.,!?')}.example/{said[1]}")
    return " ".join(said)


def main() -> int:
    chance = random.Random(7)
    vocabulary = words(chance, 20_000)
    spam = SpamFilter()
    for n in range(1_000):
        spam.learn(text(chance, vocabulary[:9_000] if n % 3 else vocabulary[8_000:]), is_spam=n % 3 == 0)
    rules = Rules(held_words=WordList.of(words(chance, 2_000)))
    earlier = tuple(Earlier(Draft(text(chance, vocabulary), NOW).key, NOW, own=False) for _ in range(50))
    around = Around(Author(approved=3), earlier, tuple(NOW - timedelta(minutes=n) for n in range(50)))
    texts = [text(chance, vocabulary) for _ in range(COMMENTS)]

    start = time.process_time()
    for one in texts:
        judge(Draft(one, NOW), around, rules, spam)
    judged = COMMENTS / (time.process_time() - start)
    start = time.process_time()
    for one in texts:
        markup.to_html(one)
    rendered = COMMENTS / (time.process_time() - start)
    print(f"guard {judged:,.0f} comments per CPU s (floor {FLOOR:,}); Markdown {rendered:,.0f}")
    return 1 if judged < FLOOR else 0


if __name__ == "__main__":
    sys.exit(main())
