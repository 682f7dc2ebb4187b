"""`python -m tests.search.answers`: what the test queries find in a made-up newspaper, in the database of the settings.

One line of JSON: query -> [total, whether there is more, … the first ten articles with scores]; `test_both_engines`
compares the lines. Queries and words lie in `answers.json`.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import timedelta
from pathlib import Path

ARTICLES = 1_200
_MADE = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
QUERIES: list[str] = _MADE["queries"]
WORDS: dict[str, str] = _MADE["words"]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from broadsheet.search.queries import search
    from tests.search.conftest import NOW

    call_command("migrate", verbosity=0)
    fill(random.Random(5))
    found = {}
    for query in [*QUERIES, *made_up(random.Random(9))]:
        results = search(query, now=NOW)
        ten = [[hit.article_id, round(hit.score, 9)] for hit in results.hits[:10]]
        found[query] = [
            results.total,
            results.is_bounded,
            results.corrected,
            results.suggested,
            results.is_relaxed,
            ten,
        ]
    json.dump(found, sys.stdout)


def made_up(rng: random.Random) -> list[str]:
    """Queries that nobody types: words, quotation marks and the engines' own operators in any order."""
    operators = ["OR", "AND", "NOT", "by:", "source:", "<->", *"\"“”«»'()|&!*^:-<>\\{}+~"]
    parts = [*WORDS["en"].split()[:12], *WORDS["zh"].split()[:3], *operators]
    return ["".join(rng.choices([*parts, " ", " ", " "], k=rng.randint(1, 14))) for _ in range(150)]


def fill(rng: random.Random) -> None:
    """Articles of eight languages, most of them English, over two months; arrival is no order."""
    from broadsheet.articles.actions import ensure_sections
    from broadsheet.articles.models import Article, Body, Section
    from broadsheet.search.actions import index_articles
    from broadsheet.sources.models import Publisher
    from tests.search.conftest import NOW

    ensure_sections()
    sections = list(Section.objects.order_by("pk"))
    papers = [
        Publisher.objects.create(slug=slug, name=name, home=f"https://{slug}.example/")
        for slug, name in (("tidings", "The Tidings"), ("bao", "青屿日报"), ("herald", "Harbor Herald"))
    ]
    languages = ["en"] * 8 + list(WORDS)
    made = []
    for number in range(ARTICLES):
        language = rng.choice(languages)
        words = WORDS[language].split()
        joint = "" if language in {"zh", "th"} else " "
        row = Article.objects.create(
            key=f"{number:032x}",
            address=f"https://x.example/{number}",
            publisher=rng.choice(papers),
            headline=joint.join(rng.choices(words, k=6)).capitalize(),
            byline=rng.choice(("Ada Quill", "Tom Barrow", "")),
            language=language,
            section=rng.choice(sections),
            kind=rng.choice(("news", "news", "opinion")),
            shown_at=NOW - timedelta(minutes=rng.randrange(60 * 24 * 60)),
        )
        text = joint.join(rng.choices(words, k=50))
        made.append(Body(article=row, blocks=[{"kind": "paragraph", "text": text}], receipt={}))
    Body.objects.bulk_create(made)
    for start in range(0, ARTICLES, 300):
        index_articles([body.article_id for body in made[start : start + 300]], now=NOW)
    index_articles([body.article_id for body in made[100:200]], now=NOW)


if __name__ == "__main__":
    main()
