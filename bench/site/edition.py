"""A newspaper of any size, invented from a seed: publishers, articles, stories, names, quotations, index.

It is written as a gather would leave it, but straight into the tables: a million articles take minutes. Texts are drawn
from a few thousand. Sizes of stories, shares of copies and of what may be shown are made up to look like a news site's:
three in five stories have one report, a fifth of the publishers lets all be shown, two fifths an extract.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any
from zlib import crc32

from bench.search import World
from broadsheet.search.terms import place_of

PUBLISHERS, TOPICS, POOL = 400, 5_000, 3_000
PARAGRAPHS, PARAGRAPH_WORDS, SENTENCE_WORDS = 5, 60, 15
OPEN_STORIES = 40
SIZES = ((0.60, 1, 1), (0.25, 2, 4), (0.12, 5, 15), (0.03, 16, 60))
"""Share of the stories, least and most reports."""
COPIES, QUOTED, REVISED, PICTURED = 0.2, 0.4, 0.04, 0.5
MENTIONS = 3
BATCH = 5_000
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Text:
    """One of the texts that articles are made of. entries: index entries without and with the body."""

    headline: str
    summary: str
    language: str
    blocks: Any
    earlier: Any
    quotation: tuple[int, int, str]
    entries: tuple[Any, Any]


@dataclass(slots=True, eq=False)
class OpenStory:
    """A story that still takes reports."""

    number: int
    size: int
    text: Text
    section: int
    members: list[tuple[int, int, datetime, bool]]


def fill(count: int, *, now: datetime, seed: int = 7) -> None:
    """Write `count` articles over the year before `now`, the newest last, into the empty database of the settings."""
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-262144")
    edition = Edition(seed, now, count)
    for start in range(1, count + 1, BATCH):
        with transaction.atomic():
            edition.write(range(start, min(start + BATCH, count + 1)))
    with transaction.atomic():
        edition.close_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()


class Edition:
    def __init__(self, seed: int, now: datetime, count: int) -> None:
        from broadsheet.articles.actions import ensure_sections
        from broadsheet.articles.models import Section

        ensure_sections()
        self.rng = random.Random(seed)
        self.now, self.pace, self.stories = now, YEAR / count, 0
        self.start = now - YEAR
        self.sections = list(Section.objects.values_list("pk", flat=True))
        self.publishers = _publishers()
        self.often = list(accumulate(1 / (rank + 5) for rank in range(PUBLISHERS)))
        world = World(seed)
        self.names = [f"{name} {world.names[-1 - place]}" for place, name in enumerate(world.names[:TOPICS])]
        self.topics = _topics(self.names)
        self.topic_weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.topics))))
        self.texts = [_text(world, self.publishers[0], place) for place in range(POOL)]
        self.open: list[OpenStory] = []
        self.full: list[OpenStory] = []

    def write(self, numbers: range) -> None:
        """The articles with these numbers, and all that hangs on them."""
        from broadsheet.articles import models as articles
        from broadsheet.search import actions as index
        from broadsheet.stories import models as stories

        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
        entries = [self._article(number, rows) for number in numbers]
        _insert(articles.Article, rows["article"], _ARTICLE)
        _insert(articles.Body, rows["body"], {"receipt": {}})
        _insert(articles.Picture, rows["picture"], _PICTURE)
        _insert(articles.Revision, rows["revision"], {"headline": "Said before", "standfirst": ""})
        _insert(articles.Mention, rows["mention"], {"times": 2})
        _insert(stories.Story, rows["story"], {"first_at": self.now, "moved_at": self.now, "headline": ""})
        _insert(stories.Membership, rows["membership"], {"joined_at": self.now})
        _insert(stories.Quotation, rows["quotation"], {"role": "the minister"})
        self._close(self.full)
        self.full = []
        index.put_entries(entries)
        index.count_entries(entries)

    def close_all(self) -> None:
        self._close([story for story in self.open if story.members])
        self.open = []

    def _article(self, number: int, rows: dict[str, list[tuple[Any, ...]]]) -> Any:
        rng = self.rng
        at = self.start + number * self.pace
        story = self._story(rows)
        place = rng.choices(range(PUBLISHERS), cum_weights=self.often)[0]
        publisher = self.publishers[place]
        own = [member for member in story.members if not member[3]]
        is_copy = bool(own) and rng.random() < COPIES
        original = own[0][0] if is_copy else None
        text = story.text if is_copy or not story.members else rng.choice(self.texts)
        topics = {rng.choices(self.topics, cum_weights=self.topic_weights)[0] for _ in range(MENTIONS)}
        is_revised = rng.random() < REVISED
        slug = text.headline.lower().replace(" ", "-")[:80]
        address = f"https://p{place}.example/news/{number}"
        rows["article"].append(
            (number, f"{number:032x}", address, publisher, slug, text.headline, text.summary, text.language,
             story.section, at, at, at, at, 2 if is_revised else 1)
        )  # fmt: skip
        if place % 5 == 0:
            rows["body"].append((number, text.blocks))
            if rng.random() < PICTURED:
                rows["picture"].append((number, 0, f"{address}.jpg", f"{number % 64:04x}.webp"))
        if is_revised:
            rows["revision"].append((number, 1, text.earlier, at, at, rng.random() < 0.5))
        rows["mention"] += [(number, topic, at) for topic in topics]
        rows["membership"].append((number, story.number, number, original))
        if rng.random() < QUOTED and place % 5 == 0:
            start, end, words = text.quotation
            person = rng.randrange(len(self.names) // 10)
            slug = self.names[person].lower().replace(" ", "-")
            rows["quotation"].append(
                (number, start, end, words, self.names[person], slug, at, f"{crc32(words.encode()):x}")
            )
        story.members.append((number, place, at, is_copy))
        if len(story.members) == story.size:
            self.full.append(story)
            self.open.remove(story)
        entry = text.entries[place % 5 == 0]
        marks = f"{entry.document.marks} p:{publisher} s:{story.section}"
        own_document = replace(entry.document, article=number, place=place_of(at, number), marks=marks)
        return replace(entry, publisher=publisher, topics=tuple(topics), document=own_document)

    def _story(self, rows: dict[str, list[tuple[Any, ...]]]) -> OpenStory:
        if len(self.open) < OPEN_STORIES:
            self.stories += 1
            least, most = next((low, high) for share, low, high in _shares() if self.rng.random() < share)
            story = OpenStory(
                self.stories,
                self.rng.randint(least, most),
                self.rng.choice(self.texts),
                self.rng.choice(self.sections),
                [],
            )
            self.open.append(story)
            slug = story.text.headline.lower().replace(" ", "-")[:80]
            rows["story"].append((story.number, f"story{story.number}", slug, story.text.language, story.section))
            return story
        return self.rng.choice(self.open)

    def _close(self, stories: Sequence[OpenStory]) -> None:
        """Write what only the last report tells: lead, times, counts, weight."""
        from django.db import connection

        adapt = connection.ops.adapt_datetimefield_value
        values = []
        for story in stories:
            own = [member for member in story.members if not member[3]]
            first, moved = story.members[0], own[-1][2]
            independents = len({member[1] for member in own})
            weight = independents - (self.now - moved) / timedelta(hours=6)
            outlets = len({member[1] for member in story.members})
            counts = (len(story.members), outlets, independents, weight)
            values.append((first[0], story.text.headline, adapt(first[2]), adapt(moved), *counts, story.number))
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE stories_story SET lead_id = %s, headline = %s, first_at = %s, moved_at = %s,"
                " articles_count = %s, outlets = %s, independents = %s, weight = %s WHERE id = %s",
                values,
            )


_COLUMNS = {
    "article": ("id", "key", "address", "publisher_id", "slug", "headline", "summary", "language", "section_id",
                "published_at", "first_seen_at", "shown_at", "grouped_at", "version"),
    "body": ("article_id", "blocks"),
    "picture": ("article_id", "position", "address", "stored"),
    "revision": ("article_id", "number", "blocks", "seen_at", "replaced_at", "is_announced"),
    "mention": ("article_id", "topic_id", "shown_at"),
    "membership": ("article_id", "story_id", "sequence", "original_id"),
    "story": ("id", "key", "slug", "language", "section_id"),
    "quotation": ("article_id", "start", "end", "text", "name", "person", "shown_at", "same_key"),
}  # fmt: skip
_ARTICLE = {"byline": "Ilse Brandt", "updated_at": None, "direction": "ltr", "state": "live", "kind": "news"}
_PICTURE = {"caption": "The ferry at its pier", "credit": "Jon Vik", "alt": "A ferry", "width": 1200, "height": 675,
            "state": "stored"}  # fmt: skip


def _shares() -> Iterator[tuple[float, int, int]]:
    """Each share as a part of what the ones before it leave over."""
    left = 1.0
    for share, least, most in SIZES:
        yield share / left + 1e-9, least, most
        left -= share


def _insert(model: Any, rows: Sequence[tuple[Any, ...]], constant: dict[str, Any]) -> None:
    """Rows of a model, the named columns from `rows`, the others from a row with these values and the defaults."""
    from django.db import connection

    names = _COLUMNS[model.__name__.lower()]
    template = model(**constant)
    others = [field for field in model._meta.concrete_fields if field.column not in names and not field.primary_key]  # noqa: SLF001  # documented, in spite of its name
    columns = ", ".join(f'"{name}"' for name in [*names, *(field.column for field in others)])
    fixed = [field.get_db_prep_save(field.pre_save(template, True), connection) for field in others]
    adapt = connection.ops.adapt_datetimefield_value
    values = ([*(adapt(value) if isinstance(value, datetime) else value for value in row), *fixed] for row in rows)
    marks = ", ".join(["%s"] * (len(names) + len(others)))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", values)  # noqa: SLF001  # the same


def _publishers() -> list[int]:
    from broadsheet.sources.models import LedgerLine, Publisher

    made = Publisher.objects.bulk_create(
        Publisher(
            slug=f"paper-{place}", name=f"Paper {place}", home=f"https://p{place}.example", language="en", country="XV"
        )
        for place in range(PUBLISHERS)
    )
    modes = {0: "full", 1: "extract", 3: "extract"}
    LedgerLine.objects.bulk_create(
        LedgerLine(publisher=row, mode=modes[place % 5], basis="licence", evidence="made up", image=place % 5 == 0)
        for place, row in enumerate(made)
        if place % 5 in modes
    )
    return [row.pk for row in made]


def _topics(names: Iterable[str]) -> list[int]:
    from broadsheet.articles.models import Topic

    kinds = ("person", "place", "organization", "subject")
    made = Topic.objects.bulk_create(
        Topic(slug=name.lower().replace(" ", "-"), name=name, kind=kinds[place % 4])
        for place, name in enumerate(dict.fromkeys(names))
    )
    return [row.pk for row in made]


def _text(world: World, publisher: int, place: int) -> Text:
    from broadsheet.articles.fields import PackedJSONField
    from broadsheet.articles.models import Article, Body
    from broadsheet.search import documents
    from broadsheet.sources.models import Publisher

    language = "zh" if place % 8 == 7 else "en"
    paragraphs = [_paragraph(world, language) for _ in range(PARAGRAPHS)]
    summary = _paragraph(world, language)[:200]
    blocks = [{"kind": "paragraph", "text": text, "html": text} for text in paragraphs]
    text = "\n\n".join(paragraphs)
    row = Article(
        publisher=Publisher(pk=publisher, name="Paper"),
        headline=world.headline(language),
        summary=summary,
        byline="Ilse Brandt",
        language=language,
    )
    packed = PackedJSONField()
    changed = [{**blocks[0], "text": blocks[0]["text"][30:], "html": blocks[0]["text"][30:]}, *blocks[1:]]
    return Text(
        headline=row.headline,
        summary=summary,
        language=language,
        blocks=packed.get_prep_value(blocks),
        earlier=packed.get_prep_value(changed),
        quotation=(40, 120, text[40:120]),
        entries=(documents.entry_of(row, None, []), documents.entry_of(row, Body(blocks=blocks), [])),
    )


def _paragraph(world: World, language: str) -> str:
    if language == "zh":
        return "。".join(world.body("zh")[:30] for _ in range(PARAGRAPH_WORDS // SENTENCE_WORDS)) + "。"
    words = world.body("en").split()[:PARAGRAPH_WORDS]
    starts = range(0, len(words), SENTENCE_WORDS)
    return " ".join(" ".join(words[at : at + SENTENCE_WORDS]).capitalize() + "." for at in starts)
