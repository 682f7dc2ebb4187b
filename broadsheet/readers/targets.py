"""Things that can be followed, muted or kept: found by the name their page has, told by name and address again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet

from broadsheet.articles.models import Article, Author, Section, Topic
from broadsheet.readers.models import FollowKind
from broadsheet.sources.models import Publisher
from broadsheet.stories.models import Story

LONGEST_SEARCH = 200
_NUMBERED = frozenset({FollowKind.STORY, "article"})
_WORDS_ASIDE = ("section", "source", "lang")
"""Fields beside the words of a search, which its words can say too."""


class Thing(NamedTuple):
    """What can be followed. name: a slug, a story's or article's number, the words of a search.

    A tuple, because millions of them are made and looked up for digests.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as readers know it. path: of its page. feed: address of its public feed without an ending, or empty."""

    thing: Thing
    name: str
    path: str
    feed: str = ""
    language: str = ""


def find_thing(kind: str, name: str) -> Named | None:
    """The thing of that kind whose page has that name; None when there is none. name: of a search its query string."""
    if kind == FollowKind.SEARCH:
        words = search_words(name)
        return _search(words) if words else None
    if kind in (FollowKind.STORY, "article"):
        if not (name.isascii() and name.isdigit() and len(name) < 18):
            return None
        if kind == FollowKind.STORY:
            story = Story.objects.select_related("merged_into").filter(pk=int(name)).first()
            return _NAMES[kind](story.merged_into or story) if story else None
        article = Article.objects.filter(pk=int(name)).first()
        return _NAMES[kind](article) if article else None
    rows = _ROWS.get(kind)
    row = rows().filter(slug=name[:200]).first() if rows else None
    return _NAMES[kind](row) if row is not None else None


def search_words(query: str) -> str:
    """A search's query string as words that find the same: `q=ferry&section=world` is `ferry section:world`."""
    fields = dict(parse_qsl(query[:2_000], max_num_fields=20)) if "=" in query else {"q": query}
    words = [fields.get("q", ""), *(f"{name}:{fields[name]}" for name in _WORDS_ASIDE if fields.get(name))]
    return " ".join(" ".join(words).split())[:LONGEST_SEARCH]


def name_things(things: Iterable[Thing]) -> Mapping[Thing, Named]:
    """Those of the things that still exist. One query for each kind among them."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    found: dict[Thing, Named] = {}
    for thing in things:
        if thing.kind == FollowKind.SEARCH:
            found[thing] = _search(thing.name)
        elif thing.kind in _ROWS:
            wanted[thing.kind].add(thing.name)
    for kind, names in wanted.items():
        by = "pk__in" if kind in _NUMBERED else "slug__in"
        for row in _ROWS[kind]().filter(**{by: names}):
            named = _NAMES[kind](row)
            found[named.thing] = named
    return found


def existing(things: Collection[Thing]) -> list[Thing]:
    """Those of the things that exist, in their order."""
    named = name_things(things)
    return [thing for thing in things if thing in named]


def _search(words: str) -> Named:
    address = "/search?" + urlencode({"q": words})
    return Named(Thing(FollowKind.SEARCH, words), words, address, "")


def _story(row: Story) -> Named:
    return Named(Thing(FollowKind.STORY, str(row.pk)), row.headline, row.path, row.path, row.language)


def _publisher(row: Publisher) -> Named:
    return Named(Thing(FollowKind.SOURCE, row.slug), row.name, row.path, row.path, row.language)


_ROWS: Mapping[str, Callable[[], QuerySet[Any, Any]]] = {
    FollowKind.TOPIC: Topic.objects.all,
    FollowKind.SECTION: Section.objects.all,
    FollowKind.SOURCE: Publisher.objects.all,
    FollowKind.AUTHOR: Author.objects.all,
    FollowKind.STORY: Story.objects.all,
    "article": Article.objects.all,
}
_NAMES: Mapping[str, Callable[..., Named]] = {
    FollowKind.TOPIC: lambda row: Named(Thing(FollowKind.TOPIC, row.slug), row.name, row.path, row.path),
    FollowKind.SECTION: lambda row: Named(Thing(FollowKind.SECTION, row.slug), row.name, row.path, row.path),
    FollowKind.SOURCE: _publisher,
    FollowKind.AUTHOR: lambda row: Named(Thing(FollowKind.AUTHOR, row.slug), row.name, f"/authors/{row.slug}"),
    FollowKind.STORY: _story,
    "article": lambda row: Named(Thing("article", str(row.pk)), row.headline, row.path, "", row.language),
}
