"""The addresses of the API: what is asked, the rows, the shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.articles.queries import article_count, article_counts, edit_counts
from broadsheet.search.queries import search as find
from broadsheet.site.api.answers import Answer, ApiError, endpoint
from broadsheet.site.api.asking import CURSOR, LIMIT_WORD, Asked, Parameter, read_asked
from broadsheet.site.api.resources import (
    Articles,
    listed_articles,
    quotation_items,
    quotations_by_article,
    source_full,
    source_item,
    story_full,
    story_item,
    with_stories,
)
from broadsheet.site.api.shapes import ArticleList, QuotationList, SearchList, SourceList, StoryList
from broadsheet.site.head import absolute, tags_of
from broadsheet.sources.models import Publisher
from broadsheet.sources.queries import NO_SOURCES, publishers_by_name, source_counts, sources_of
from broadsheet.stories.models import Membership, Quotation, Story
from broadsheet.stories.queries import copy_counts, members_of, told

ROOT = "/api/v1"
Rows = QuerySet[Any, Any]
MEMBERS = 200
"""Articles of a story that its answer names."""
LOOKED_AT = 5_000
"""Rows among which a page of a narrowed list is looked for; then `next` goes on behind them."""
MEASURED = timedelta(days=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_LATEST_MOMENT = 253_402_300_799_000_000  # the last second that a datetime can hold

SECTION = Parameter("section", "Slug of a section.")
SOURCE = Parameter("source", "Slug of a newsroom.")
LANGUAGE = Parameter("language", "Language tag; `zh` finds `zh-TW` too.")
STORY = Parameter("story", "Number of a story.", is_number=True)
STORIES = (
    Parameter("order", "moved: newest change first. weight: as on the front page.", choices=("moved", "weight")),
    SECTION,
    LANGUAGE,
    LIMIT_WORD,
    CURSOR,
)
ARTICLES = (SECTION, SOURCE, LANGUAGE, STORY, LIMIT_WORD, CURSOR)
QUOTATIONS = (
    STORY,
    Parameter("article", "Number of an article.", is_number=True),
    Parameter("person", "Slug of a person."),
    LIMIT_WORD,
    CURSOR,
)
QUERY = Parameter("q", 'Words, "phrases", -without, source: by: section: lang: after: before:', is_required=True)
SEARCH = (QUERY, SECTION, SOURCE, LANGUAGE, CURSOR)
LISTS: Mapping[str, tuple[Parameter, ...]] = {
    "stories": STORIES,
    "articles": ARTICLES,
    "quotations": QUOTATIONS,
    "search": SEARCH,
}


@endpoint
def entrance(_request: HttpRequest) -> Answer:
    """What there is."""
    names = ("stories", "articles", "quotations", "sources", "search", "openapi.json")
    return Answer({name.partition(".")[0]: absolute(f"{ROOT}/{name}") for name in names}, frozenset({"api"}))


@endpoint
def stories(request: HttpRequest) -> Answer:
    asked = _asked(request, "stories")
    wanted = _in_language(asked)
    if section := asked.get("section"):
        wanted &= Q(section__slug=section)
    if asked.get("order") == "weight":
        page, following = _by_weight(asked, wanted)
    else:
        page, following = _by_time(told(), "moved", "moved_at", asked, wanted)
    leads = Articles(_leads(page), now=timezone.now())
    items = (story_item(story, leads) for story in page)
    value = StoryList(data=tuple(item for item in items if item is not None), next=following)
    return Answer(value, tags_of([*page, *leads.rows]) | {"front"})


@endpoint
def story(_request: HttpRequest, pk: int) -> Answer:
    found = Story.objects.select_related("section", "merged_into").filter(pk=pk).first()
    if found is None:
        raise ApiError(404, f"There is no story {pk}.")
    if found.merged_into_id is not None:
        there = absolute(f"{ROOT}/stories/{found.merged_into_id}")
        raise ApiError(308, f"Story {pk} is told as story {found.merged_into_id} now.", location=there)
    members = Articles(members_of(found, MEMBERS), now=timezone.now())
    told_as = story_full(found, members, quotations_by_article(row.pk for row in members.rows))
    if told_as is None:
        raise ApiError(404, f"There is nothing about story {pk} that may be told here.")
    return Answer(told_as, tags_of([found, *members.rows]))


@endpoint
def articles(request: HttpRequest) -> Answer:
    asked = _asked(request, "articles")
    rows, wanted = listed_articles(), _in_language(asked)
    if (number := asked.number("story")) is not None:
        rows = rows.filter(membership__story=number)
    if source := asked.get("source"):
        rows = rows.filter(publisher__slug=source)
    if section := asked.get("section"):
        wanted &= Q(section__slug=section)
    found, following = _by_time(rows, "articles", "shown_at", asked, wanted)
    page = Articles(found, now=timezone.now())
    return Answer(ArticleList(data=page.items(), next=following), tags_of(page.rows) | {"latest"})


@endpoint
def article(_request: HttpRequest, pk: int) -> Answer:
    found = with_stories(Article.objects.all()).filter(pk=pk).first()
    if found is None:
        raise ApiError(404, f"There is no article {pk}.")
    one = Articles([found], now=timezone.now())
    shown = one.shown(found)
    if shown.gone:
        raise ApiError(410, f"Article {pk} was taken down.", tags=[found.tag])
    full = one.full(shown) if shown.mode != "none" else None
    if full is None:
        raise ApiError(404, f"Article {pk} may not be passed on by this interface.")
    return Answer(full, tags_of([found]) | ({f"story:{full.story}"} if full.story else set()))


@endpoint
def quotations(request: HttpRequest) -> Answer:
    """Article by article, newest first: a page is made of whole articles, so limits per article hold on every page."""
    asked = _asked(request, "quotations")
    ids = list(_quoted(asked, asked.after("quotations", int))[: asked.limit + 1])
    rows = listed_articles().filter(pk__in=ids[: asked.limit]).order_by("-pk")
    page = Articles(rows, now=timezone.now())
    items = quotation_items(page, quotations_by_article(row.pk for row in page.rows))
    if person := asked.get("person"):
        items = tuple(item for item in items if item.person == person)
    following = asked.following("quotations", ids[asked.limit - 1]) if len(ids) > asked.limit else None
    return Answer(QuotationList(data=items, next=following), tags_of(page.rows) | {"latest", "front"})


@endpoint
def sources(request: HttpRequest) -> Answer:
    read_asked(request.path, request.META.get("QUERY_STRING", ""), ())
    counts, numbers = source_counts(), article_counts()
    items = tuple(
        source_item(row, counts.get(row.pk, NO_SOURCES), numbers.get(row.pk, 0)) for row in publishers_by_name()
    )
    return Answer(SourceList(data=items, next=None), frozenset({"sources", "publisher:*"}))


@endpoint
def source(_request: HttpRequest, slug: str) -> Answer:
    found = Publisher.objects.filter(slug=slug).first()
    if found is None:
        raise ApiError(404, f"There is no newsroom “{slug[:80]}”.")
    since = timezone.now() - MEASURED
    value = source_full(
        found,
        source_counts().get(found.pk, NO_SOURCES),
        article_count(found),
        sources_of(found),
        copies=copy_counts(found.pk, since=since),
        edits=edit_counts(found.pk, since=since),
    )
    return Answer(value, tags_of([found]))


@endpoint
def search(request: HttpRequest) -> Answer:
    asked = _asked(request, "search")
    place = asked.after("search", int, int)
    # Later pages are ranked as of the first one's moment, so that growing older changes no order.
    now = _moment(place[0]) if place else timezone.now()
    number = int(place[1]) if place else 1
    found = find(
        asked.get("q"),
        now=now,
        section=asked.get("section") or None,
        source=asked.get("source") or None,
        language=asked.get("language") or None,
        page=number,
        exact=True,
    )
    if found.problem:
        raise ApiError(400, found.problem)
    ids = [hit.article_id for hit in found.hits] if number <= max(found.pages, 1) else []
    rows = listed_articles().in_bulk(ids)
    page = Articles((rows[pk] for pk in ids if pk in rows), now=timezone.now())
    value = SearchList(
        data=page.hits(),
        next=asked.following("search", _micros(now), number + 1) if number < found.pages else None,
        total=found.total,
        is_bounded=found.is_bounded,
    )
    return Answer(value, tags_of(page.rows) | {"latest"})


@endpoint
def nowhere(_request: HttpRequest, rest: str = "") -> Answer:
    """Any other address below the root."""
    raise ApiError(404, f"There is no “{rest[:80]}” here; {ROOT}/openapi.json tells what there is.")


def _asked(request: HttpRequest, name: str) -> Asked:
    return read_asked(f"{ROOT}/{name}", request.META.get("QUERY_STRING", ""), LISTS[name])


def _in_language(asked: Asked) -> Q:
    tag = asked.get("language")
    return Q(language__iexact=tag) | Q(language__istartswith=f"{tag}-") if tag else Q()


def _by_weight(asked: Asked, wanted: Q) -> tuple[list[Story], str | None]:
    """A page of stories by weight, and the address of the next."""
    rows = _after(told(), "weight", asked.after("weight", float, int))
    found, edge = _window(rows, "weight", wanted, asked.limit)
    return found, asked.following("weight", *edge) if edge else None


def _by_time(rows: Rows, name: str, field: str, asked: Asked, wanted: Q) -> tuple[list[Any], str | None]:
    """A page of rows by falling time, and the address of the next."""
    place = asked.after(name, int, int)
    rows = _after(rows, field, (_moment(place[0]), place[1]) if place else None)
    found, edge = _window(rows, field, wanted, asked.limit)
    return found, asked.following(name, _micros(edge[0]), edge[1]) if edge else None


def _window(rows: Rows, field: str, wanted: Q, limit: int) -> tuple[list[Any], tuple[Any, int] | None]:
    """The next rows that are wanted, and the place to go on from, if any.

    What no index knows is looked for among the next `LOOKED_AT` rows only, so that a wish that nothing fulfils costs
    no more than one that everything does.
    """
    edge = None
    if wanted:
        edge = next(iter(rows.values_list(field, "pk")[LOOKED_AT - 1 : LOOKED_AT]), None)
        if edge is not None:
            rows = rows.filter(Q(**{f"{field}__gt": edge[0]}) | Q(**{field: edge[0], "pk__gte": edge[1]}))
    found = list(rows.filter(wanted)[: limit + 1])
    if len(found) > limit:
        edge = (getattr(found[limit - 1], field), found[limit - 1].pk)
    return found[:limit], edge


def _after(rows: Rows, name: str, place: tuple[object, ...] | None) -> Rows:
    """The rows after a place, by a falling value and then by falling number."""
    if place is not None:
        value, pk = place
        # The first condition says nothing new, but an index can begin at it.
        rows = rows.filter(Q(**{f"{name}__lte": value}), Q(**{f"{name}__lt": value}) | Q(**{name: value, "pk__lt": pk}))
    return rows.order_by(f"-{name}", "-pk")


def _leads(rows: list[Story]) -> list[Article]:
    """The lead articles of stories, each with its membership. One query."""
    leads = [row.lead for row in rows if row.lead is not None]
    memberships = Membership.objects.in_bulk([lead.pk for lead in leads])
    for lead in leads:
        if lead.pk in memberships:
            lead.membership = memberships[lead.pk]
    return leads


def _quoted(asked: Asked, place: tuple[int | float, ...] | None) -> Rows:
    """Numbers of articles with quotations, falling."""
    rows = Quotation.objects.all()
    if place is not None:
        rows = rows.filter(article__lt=place[0])
    if (pk := asked.number("article")) is not None:
        rows = rows.filter(article=pk)
    if (pk := asked.number("story")) is not None:
        rows = rows.filter(article__in=Membership.objects.filter(story=pk).values("article"))
    if person := asked.get("person"):
        rows = rows.filter(person=person)
    return rows.order_by("-article").values_list("article", flat=True).distinct()


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICRO


def _moment(micros: float) -> datetime:
    if not 0 <= micros <= _LATEST_MOMENT:
        raise ApiError(400, "The cursor is not one of this list; follow `next` as it is given.")
    return _EPOCH + timedelta(microseconds=int(micros))
