"""From an article to what the index holds of it: a document of terms, and the names that stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.articles.models import Article, ArticleState, Body, Mention
from broadsheet.rights import Mode, Output
from broadsheet.search.engines import SEPARATOR, Document
from broadsheet.search.terms import EVERY, joined, language_marks, mark, single_marks, stem_language, subjects, terms
from broadsheet.sources.ledger import as_entries, decide_here
from broadsheet.sources.models import LedgerLine

BODY_CHARACTERS, BODY_TERMS = 30_000, 12_000
"""Of one article that are searched; a tsvector counts to 16,383."""
LEAD_TERMS = 25
NAMES_CHARACTERS, MOST_NAMES = 3_000, 60

_CAPITALIZED = re.compile(r"(?<=[\w,;)] )[^\W\d_a-z]\w{3,30}")
"""Inside a sentence. Scripts without capitals match too: their words are few among those of a headline's length."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one article brings into the index. names: single folded words; topics: ids."""

    document: Document
    names: frozenset[str]
    topics: tuple[int, ...]
    publisher: int


def entries_of(articles: Sequence[Article], now: datetime) -> list[Entry]:
    """Those of the articles that may be found, with as much of each as may be searched. Their places are not chosen.

    articles: with their publishers, none of them removed. Three queries.
    """
    bodies = Body.objects.in_bulk([article.pk for article in articles])
    ledgers: dict[int, list[LedgerLine]] = {article.publisher_id: [] for article in articles}
    for line in LedgerLine.objects.filter(publisher__in=ledgers, article_key=""):
        ledgers[line.publisher_id].append(line)
    topics: dict[int, list[tuple[int, str]]] = {article.pk: [] for article in articles}
    named = Mention.objects.filter(article__in=topics).values_list("article_id", "topic_id", "topic__name")
    for article_id, topic, name in named:
        topics[article_id].append((topic, name))
    found = []
    for article in articles:
        ledger = as_entries(ledgers[article.publisher_id])
        shown = decide_here(ledger, article.signals, Output.SEARCH, now)
        readable = decide_here(ledger, article.signals, Output.MINING, now).may_keep
        body = bodies.get(article.pk)
        if shown.mode > Mode.NONE:
            searched = body if readable and article.state == ArticleState.LIVE else None
            found.append(entry_of(article, searched, topics[article.pk]))
    return found


def entry_of(article: Article, body: Body | None, topics: Sequence[tuple[int, str]]) -> Entry:
    text = _text(article, body)
    names = " ".join([article.byline, article.publisher.name, *(name for _topic, name in topics)])
    capitalized = _CAPITALIZED.findall(f"a {article.headline}. {text[:NAMES_CHARACTERS]}")
    words = terms(f"{names} {' '.join(capitalized)}", "")
    return Entry(
        document=_document(article, text),
        names=frozenset([word for word in dict.fromkeys(words) if word.isalpha() and len(word) > 3][:MOST_NAMES]),
        topics=tuple(topic for topic, _name in topics),
        publisher=article.publisher_id,
    )


def _text(article: Article, body: Body | None) -> str:
    texts = [block["text"] for block in body.blocks if block.get("text")] if body is not None else []
    opening = dict.fromkeys([article.standfirst, article.summary])
    return "\n".join([*(text for text in opening if text and text not in texts), *texts])[:BODY_CHARACTERS]


def _document(article: Article, text: str) -> Document:
    language = article.language
    headline, body = terms(article.headline, language), terms(text, language)[:BODY_TERMS]
    authors, publisher = terms(article.byline, ""), terms(article.publisher.name, "")
    parts = [headline, authors, body[:LEAD_TERMS], subjects(body, language), publisher]
    return Document(
        place=0,
        article=article.pk,
        language=stem_language(language),
        fields=SEPARATOR.join(map(joined, parts)),
        headline=" ".join(headline),
        authors=" ".join(authors),
        publisher=" ".join(publisher),
        body=" ".join(body),
        marks=" ".join(_marks(article)),
    )


def _marks(article: Article) -> list[str]:
    marks = [EVERY, mark("p", article.publisher_id), mark("k", article.kind), *language_marks(article.language)]
    if article.section_id is not None:
        marks.append(mark("s", article.section_id))
    return [*marks, *single_marks(article.headline)]
