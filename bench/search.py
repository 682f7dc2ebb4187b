"""What a search costs: `python -m bench.search [articles]`, CPU milliseconds of a call, FTS5 without bounds beside it.

The articles are invented from a seed, with word frequencies as in a language (Zipf), in a database that is thrown away
afterwards. Timed is `search()` as pages call it, and for the peer the same words asked of the same FTS5 table with its
own ranking over all matches, which is what a plain FTS5 search does. Set-up is not timed.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.search.terms import place_of

if TYPE_CHECKING:
    from broadsheet.search.documents import Entry

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ARTICLES, POOL, BATCH, PUBLISHERS, STORIES_OF = 50_000, 4_000, 5_000, 500, 3
VOCABULARY, BODY_WORDS, NAMES = 40_000, 120, 4_000
SYLLABLES = ("ba", "der", "fo", "gim", "hu", "kal", "len", "mor", "ni", "pas", "ros", "sti", "tu", "vel", "wen", "zor")
IDEOGRAMS = [chr(0x4E00 + 7 * i) for i in range(1_500)]
ROUNDS = 4


class World:
    """Invented words and names, the frequent ones first, and articles made of them."""

    def __init__(self, seed: int = 7) -> None:
        self.rng = random.Random(seed)
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            made["".join(self.rng.choices(SYLLABLES, k=self.rng.choice((2, 3, 3, 4))))] = None
        self.words = list(made)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self.names = ["".join(self.rng.choices(SYLLABLES, k=3)).title() + "ek" for _ in range(NAMES)]
        self.name_weights = list(accumulate(1 / (rank + 3) for rank in range(NAMES)))
        self.signs = list(accumulate(1 / (rank + 3) for rank in range(len(IDEOGRAMS))))

    def headline(self, language: str) -> str:
        return self._text(language, 9) + " " + self.rng.choices(self.names, cum_weights=self.name_weights)[0]

    def body(self, language: str) -> str:
        return self._text(language, BODY_WORDS)

    def _text(self, language: str, length: int) -> str:
        if language == "zh":
            return "".join(self.rng.choices(IDEOGRAMS, cum_weights=self.signs, k=length * 2))
        return " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=length))


def queries(world: World) -> dict[str, list[str]]:
    """What is asked, by kind."""
    pick, words = random.Random(11), world.words
    common, middle, rare = words[:60], words[300:3_000], words[20_000:]
    signs = IDEOGRAMS
    names = [name for name in world.names[:800] if len(name) > 7]
    return {
        "common word": pick.sample(common, 20),
        "two common words": [" ".join(pick.sample(common, 2)) for _ in range(20)],
        "middling words": [" ".join(pick.sample(middle, 2)) for _ in range(20)],
        "rare word": pick.sample(rare, 20),
        "phrase": [f'"{words[i]} {words[j]}"' for i, j in [pick.sample(range(40), 2) for _ in range(20)]],
        "Chinese pair": [signs[pick.randrange(40)] + signs[pick.randrange(40)] for _ in range(20)],
        "common, rare source": [f"{word} source:paper-{PUBLISHERS - i}" for i, word in enumerate(common[:10])],
        "common, other language": [f"{word} lang:zh" for word in pick.sample(common, 10)],
        "common, section": [f"{word} section:culture" for word in pick.sample(common, 10)],
        "common, old month": [f"{word} after:2026-09 before:2026-10" for word in pick.sample(common, 10)],
        "source alone": [f"source:paper-{pick.randrange(1, PUBLISHERS)}" for _ in range(10)],
        "common -common": [f"{one} -{other}" for one, other in [pick.sample(common, 2) for _ in range(10)]],
        "misspelled name": [name[:3] + name[4] + name[3] + name[5:] for name in pick.sample(names, 10)],
    }  # fmt: skip


def fill(world: World, count: int) -> None:
    """Articles over a year, the newest last, most of them from a few sources; a third Chinese, in stories of three.

    Texts are drawn from a few thousand, so that making them up does not take longer than everything else.
    """
    from django.db import connection, transaction

    from broadsheet.articles.actions import ensure_sections
    from broadsheet.articles.models import Section
    from broadsheet.sources.models import Publisher

    ensure_sections()
    sections = list(Section.objects.values_list("pk", flat=True))
    culture = Section.objects.get(slug="culture").pk
    papers = Publisher.objects.bulk_create(
        Publisher(slug=f"paper-{i}", name=f"Paper {i}", home=f"https://p{i}.example") for i in range(1, PUBLISHERS + 1)
    )
    pool = texts(world, papers[0])
    often = list(accumulate(1 / (rank + 1) for rank in range(PUBLISHERS)))
    rng, pace = random.Random(3), timedelta(days=365) / count
    for start in range(1, count + 1, BATCH):
        numbers = range(start, min(start + BATCH, count + 1))
        with transaction.atomic():
            make_rows(papers[0].pk, numbers)
            entries = []
            for number in numbers:
                paper = rng.choices(papers, cum_weights=often)[0].pk
                section = culture if number % 50 == 0 else rng.choice(sections)
                place = place_of(NOW - timedelta(days=365) + number * pace, number)
                entries.append(filed(rng.choice(pool), number, place, paper, section))
            store(entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def texts(world: World, paper: Any) -> list[Entry]:
    """What is written in articles, as the index takes it."""
    from broadsheet.articles.models import Article, Body
    from broadsheet.search import documents

    made = []
    for number in range(POOL):
        language = "zh" if number % 3 == 2 else "en"
        author = world.rng.choices(world.names, cum_weights=world.name_weights)[0]
        row = Article(publisher=paper, headline=world.headline(language), byline=author, language=language)
        body = Body(blocks=[{"text": world.body(language)}])
        made.append(documents.entry_of(row, body, []))
    return made


def filed(entry: Entry, number: int, place: int, paper: int, section: int) -> Entry:
    """The text as an article of its own."""
    marks = f"{entry.document.marks} p:{paper} s:{section}"
    return replace(entry, publisher=paper, document=replace(entry.document, article=number, place=place, marks=marks))


def make_rows(paper: int, numbers: range) -> None:
    """The articles themselves and their stories, as far as a search looks at them."""
    from broadsheet.articles.models import Article
    from broadsheet.stories.models import Membership, Story

    first = numbers[0]
    row = Article(key="k", address="https://x.example", publisher_id=paper, headline="x", language="en", shown_at=NOW)
    copied(row, {"id": "n.value", "key": "n.value"}, numbers)
    story = Story(key="k", headline="x", first_at=NOW, moved_at=NOW)
    copied(story, {"id": "n.value", "key": "n.value"}, range(first, numbers[-1] + 1, STORIES_OF))
    own = f"{first} + (n.value - {first}) / {STORIES_OF} * {STORIES_OF}"
    copied(Membership(), {"article_id": "n.value", "sequence": "n.value", "story_id": own}, numbers)


def copied(row: Any, own: dict[str, str], numbers: range) -> None:
    """The row once for each number n, some of its columns worked out from it."""
    from django.db import connection

    fields = list(row._meta.concrete_fields)  # noqa: SLF001  # Django's documented interface
    columns = ", ".join(field.column for field in fields)
    values = ", ".join(own.get(field.column, "%s") for field in fields)
    constants = [
        field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields if field.column not in own
    ]
    sql = f"INSERT INTO {row._meta.db_table} ({columns}) SELECT {values} FROM json_each(%s) n"  # noqa: SLF001  # the same
    with connection.cursor() as cursor:
        cursor.execute(sql, [*constants, json.dumps(list(numbers))])


def store(entries: list[Entry]) -> None:
    """As `index_articles` does once it has read what each article may show."""
    from broadsheet.search import actions

    actions.put_entries(entries)
    actions.count_entries(entries)


def peer(query: str) -> None:
    """The words alone, asked of FTS5 with its own ranking over all matches."""
    from django.db import connection

    from broadsheet.search.asking import question
    from broadsheet.search.engines import _fts5
    from broadsheet.search.grammar import parse_query

    clauses = question(parse_query(query, NOW)).clauses
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY bm25(search_fts) LIMIT 20",
            [_fts5(clauses)],
        )
        cursor.fetchall()


def ours(query: str) -> None:
    from broadsheet.search.queries import search

    search(query, now=NOW, folded=True)


def times(call: Callable[[str], None], asked: Sequence[str], rounds: int) -> list[float]:
    """CPU milliseconds of each call, in order of size."""
    found = []
    for _ in range(rounds):
        for query in asked:
            begun = time.process_time()
            call(query)
            found.append((time.process_time() - begun) * 1_000)
    return sorted(found)


def rows(world: World) -> Iterator[tuple[str, list[float], list[float]]]:
    for kind, asked in queries(world).items():
        for query in asked:
            ours(query)
        yield kind, times(ours, asked, ROUNDS), times(peer, asked, 1)


def line(kind: str, mine: Sequence[float], theirs: Sequence[float]) -> str:
    return f"{kind:24}{at(mine, 0.5):10.2f}{at(mine, 0.99):8.2f}{at(theirs, 0.5):12.2f}{at(theirs, 0.99):8.2f}"


def at(found: Sequence[float], share: float) -> float:
    return found[min(len(found) - 1, int(len(found) * share))]


def main(arguments: Sequence[str]) -> int:
    """Print a row for each kind of query, and all of them together."""
    count = int(arguments[0]) if arguments else ARTICLES
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        os.environ.update(BROADSHEET_DATA=folder, DJANGO_SETTINGS_MODULE="broadsheet.settings")
        os.environ.pop("BROADSHEET_DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        world, begun = World(), time.process_time()
        fill(world, count)
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        print(f"{count:,} articles, {size:,.0f} MB, filled in {time.process_time() - begun:.0f} CPU s", flush=True)
        print(f"{'CPU ms':24}{'ours p50':>10}{'p99':>8}{'FTS5 p50':>12}{'p99':>8}")
        gc.collect()
        gc.freeze()  # what setting up left behind is not walked through while searches are timed
        everything: tuple[list[float], list[float]] = [], []
        for kind, mine, theirs in rows(world):
            print(line(kind, mine, theirs), flush=True)
            everything[0].extend(mine)
            everything[1].extend(theirs)
        print(line("all", *map(sorted, everything)))
        connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
