"""How fast articles are placed, database and all: `python -m bench.placing [COUNT]`, per CPU second, and memory.

The invented articles of `bench.grouping` go through `stories.place_articles` into an empty SQLite database in a folder
of their own: copies, grouping, quotations, topics and the stories retold. One in four is a copy of the one before.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import Any

from bench.grouping import START, articles

COUNT = 5_000
PUBLISHERS = 500
SPEAKERS = ("Ada Quill", "Tom Barrow", "Lena Farrow", "Martin Oakes", "Gwen Tarrant", "Edwin Hale")
ROWS = 2_000


def fill(count: int) -> None:
    """Write the articles, not placed yet."""
    from broadsheet.articles.models import Article, Body
    from broadsheet.sources.models import Publisher

    names = [f"outlet {number}" for number in range(PUBLISHERS)]
    Publisher.objects.bulk_create(
        [Publisher(name=name, slug=name.replace(" ", "-"), home="https://example.org/") for name in names]
    )
    publishers = dict(Publisher.objects.values_list("name", "pk"))
    rng = random.Random(4)
    made: list[tuple[Article, list[str]]] = []
    text: list[str] = []
    for number, doc in enumerate(articles(count, length=400, seed=3)):
        if not text or rng.random() > 0.25:
            text = list(_paragraphs(doc, rng))
        at = datetime.fromisoformat(doc["published"])
        address = f"https://example.org/{number}"
        article = Article(key=f"{number:032x}", address=address, publisher_id=publishers[doc["source"]])
        article.headline, article.language, article.shown_at, article.slug = doc["title"].capitalize(), "en", at, ""
        made.append((article, text))
        if len(made) == ROWS or number == count - 1:
            Article.objects.bulk_create([article for article, _ in made])
            Body.objects.bulk_create([Body(article=one, blocks=_blocks(own), receipt={}) for one, own in made])
            made = []


def _paragraphs(doc: dict[str, Any], rng: random.Random) -> list[str]:
    words, place = doc["text"].split(), doc["title"].split()[-1].capitalize()
    found = []
    for start in range(0, len(words), 50):
        found.append(" ".join(words[start : start + 50]).capitalize() + ".")
        if start % 150 == 0:
            quoted = " ".join(words[start : start + 10]).capitalize()
            found.append(f"“{quoted},” said {rng.choice(SPEAKERS)}, the mayor of {place}.")
    return found


def _blocks(paragraphs: list[str]) -> list[dict[str, str]]:
    return [{"kind": "paragraph", "text": text} for text in paragraphs]


def place(count: int) -> None:
    """Place all of them; a row after every fifth of the way."""
    from broadsheet.stories.actions import place_articles

    done, last, begun = 0, 0, time.process_time()
    while placed := place_articles(now=datetime(START.year, START.month + 1, 28, tzinfo=UTC)).articles:
        done += len(placed)
        if done - last >= count // 5 or done == count:
            spent = time.process_time() - begun
            memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"placed {done:7} articles  {(done - last) / spent:6.0f}/CPU s  {memory_mb:6.0f} MB", flush=True)
            last, begun = done, time.process_time()


def main(count: int = COUNT) -> None:
    """In a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        os.environ |= {"BROADSHEET_DATA": folder, "DJANGO_SETTINGS_MODULE": "broadsheet.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        fill(count)
        place(count)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
