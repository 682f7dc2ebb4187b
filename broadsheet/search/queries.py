"""Reads of the search room: a reader's words to a page of articles, best first.

What of an article may be shown, and so what may be marked in it, is decided by who shows it; this room only names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from broadsheet.articles.models import Article, ArticleState
from broadsheet.prepared import Prepared
from broadsheet.search.asking import Narrowing, Question, question
from broadsheet.search.engines import CONSIDERED, Match
from broadsheet.search.folding import Group, fold
from broadsheet.search.grammar import Query, QueryError, Term, clean, parse_query
from broadsheet.search.marking import mark
from broadsheet.search.names import nearest_name
from broadsheet.search.prompts import Suggestion, suggest
from broadsheet.search.ranking import rank
from broadsheet.search.terms import terms
from broadsheet.search.windows import find_newest

PER_PAGE = 20
HARDLY_ANY = 3
"""Fewer matches than this make us look whether a word is misspelled."""
Order = Literal["best", "newest"]


@dataclass(frozen=True, slots=True)
class Hit:
    """story, others: its id and its further matches, best first; None and empty unless stories are folded."""

    article_id: int
    score: float
    story: int | None = None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits.

    total: matching articles, `engines.CONSIDERED` at most; is_bounded: there are more, older ones ("more than 600").
    pages: as many as there are; where stories are folded the ones after the next are not counted.
    problem: a sentence for the reader when the query cannot be understood, else None.
    corrected: the query whose hits these are, when nothing was found for the reader's own ("Showing results for …;
    search instead for …", with `exact`). suggested: one that finds more, when hardly anything was found.
    is_relaxed: words of a script without spaces were found in pieces only.
    is_cut: the search would have taken long, and older articles were left unread.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 0
    is_bounded: bool = False
    problem: str | None = None
    corrected: str = ""
    suggested: str = ""
    is_relaxed: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    asked: Question
    matches: Sequence[Match] = ()
    is_cut: bool = False
    corrected: str = ""
    suggested: str = ""
    is_relaxed: bool = False


def search(
    query: str,
    *,
    now: datetime,
    section: str | None = None,
    source: str | None = None,
    language: str | None = None,
    page: int = 1,
    folded: bool = False,
    order: Order = "best",
    exact: bool = False,
) -> Results:
    """Find articles. section, source: slugs; language: a tag; they narrow what the query itself says.

    folded: matches of one story stand under the best of them. order: newest is for feeds. exact: the query as it is
    spelled. An empty query finds nothing. Reads a bounded number of matches; few queries, more only when hardly
    anything is found.
    """
    try:
        wished = parse_query(query, now)
    except QueryError as error:
        return Results(problem=str(error))
    if wished.is_empty:
        return Results()
    answer = _answer(wished, _narrowing(section, source, language), exact=exact)
    matches = answer.matches[:CONSIDERED]
    results = _results(matches, answer.asked, now, page, folded=folded, order=order)
    shown = [hit.article_id for hit in results.hits]
    # The index follows the articles; what was taken down or deleted a moment ago is not found in any case.
    if len(_standing(shown)) < len(shown):
        standing = _standing([match[1] for match in matches])
        matches = [match for match in matches if match[1] in standing]
        results = _results(matches, answer.asked, now, page, folded=folded, order=order)
    return replace(
        results,
        total=len(matches),
        is_bounded=len(answer.matches) > CONSIDERED,
        corrected=answer.corrected,
        suggested=answer.suggested,
        is_relaxed=answer.is_relaxed,
        is_cut=answer.is_cut,
    )


def _narrowing(*values: str | None) -> Narrowing:
    return Narrowing(*(clean(value or "") for value in values))


def _answer(wished: Query, narrowing: Narrowing, *, exact: bool) -> _Answer:
    asked = question(wished, narrowing)
    answer = _found(asked)
    if len(answer.matches) >= HARDLY_ANY or answer.is_cut or exact:
        return answer
    if not answer.matches:
        relaxed = question(wished, narrowing, in_pieces=True)
        if relaxed.clauses != asked.clauses and (found := _found(relaxed)).matches:
            return replace(found, is_relaxed=True)
    spelled = _spelled(wished, narrowing)
    if spelled is None:
        return answer
    better = _found(question(spelled, narrowing))
    if len(better.matches) <= len(answer.matches):
        return answer
    if answer.matches:
        return replace(answer, suggested=spelled.text)
    return replace(better, corrected=spelled.text)


def _found(asked: Question, limit: int = 0) -> _Answer:
    if not asked.clauses:
        return _Answer(asked)
    return _Answer(asked, *find_newest(asked.clauses, asked.oldest, asked.newest, limit or CONSIDERED + 1))


def _spelled(wished: Query, narrowing: Narrowing) -> Query | None:
    """The query with names in place of words that hardly any article holds; None if there are no such."""
    words: dict[Term, str] = {}
    for term in wished.terms:
        folded = terms(term.text, "")
        if term.without or term.is_phrase or len(folded) != 1:
            continue
        alone = question(Query(terms=(term,)), Narrowing(language=narrowing.language))
        if len(_found(alone, HARDLY_ANY).matches) < HARDLY_ANY and (name := nearest_name(folded[0])):
            words[term] = name
    return parse_query(wished.replaced(words)) if words else None


def _results(
    matches: Sequence[Match], asked: Question, now: datetime, page: int, *, folded: bool, order: Order
) -> Results:
    """A page of the matches; the last one there is for a page beyond."""
    found = rank(matches, asked, now)
    if order == "newest":
        found.sort(key=lambda ranked: -ranked[1])
    if folded:
        groups, has_more = fold(found, max(page, 1) * PER_PAGE)
    else:
        groups, has_more = [Group(None, [ranked]) for ranked in found], False
    pages = -(-len(groups) // PER_PAGE) + has_more
    page = min(max(page, 1), max(pages, 1))
    hits = [_hit(group) for group in groups[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return Results(hits=tuple(hits), page=page, pages=pages)


def _hit(group: Group) -> Hit:
    (score, _place, best), *others = group.matches
    return Hit(best, score, group.story, tuple(article for _score, _place, article in others))


def _standing(articles: Sequence[int]) -> set[int]:
    """Those of the articles that are there and were not taken down. One query."""
    return set(_STANDING(sorted(articles)))


_STANDING = Prepared(
    lambda articles: (
        Article.objects.filter(pk__in=articles).exclude(state=ArticleState.REMOVED).values_list("pk", flat=True)
    )
)


__all__ = ["Hit", "Order", "Results", "Suggestion", "mark", "search", "suggest"]
