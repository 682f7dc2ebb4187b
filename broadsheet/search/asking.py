"""From what a reader asks to what the engines are asked and what ranking looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf.locale import LANG_INFO

from broadsheet.prepared import ask, until_written
from broadsheet.search.engines import Clause, rows_in
from broadsheet.search.grammar import Query, Term
from broadsheet.search.prompts import publishers_called
from broadsheet.search.terms import (
    EVERY,
    FIRST_PLACE,
    LAST_PLACE,
    is_single,
    joined,
    language_marks,
    mark,
    place_of,
    stem_language,
    terms,
)
from broadsheet.text.stopwords import STOP_WORDS

MOST_LANGUAGES = 24
"""A word of unknown language is looked up under the stems of this many, those of most articles."""
LONGEST_RUN = 32
OPTIONAL_WEIGHT = 0.3
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """Terms that ranking looks for in an article, as `terms.joined`, by the article's stem language."""

    runs: Mapping[str, str]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What stands beside the query: slugs of a section and a source, a language tag. Empty strings narrow nothing."""

    section: str = ""
    source: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """clauses: for the engine; none if nothing can be found. whole: the query's words in one run. Places: inclusive."""

    clauses: tuple[Clause, ...]
    wishes: tuple[Wish, ...] = ()
    whole: Wish | None = None
    oldest: int = FIRST_PLACE
    newest: int = LAST_PLACE


def question(query: Query, narrowing: Narrowing = Narrowing(), *, in_pieces: bool = False) -> Question:
    """What to look for. in_pieces: words of scripts without spaces may stand in pieces. Four queries at most."""
    languages = _languages(query, narrowing)
    optional = common_words(query.terms, languages)
    wanted = [term for term in query.terms if not term.without]
    required = [
        clause for term in query.terms if term not in optional for clause in _clauses(term, languages, in_pieces)
    ]
    clauses = [*_filters(query, narrowing), *required]
    if wanted and not any(not clause.without for clause in required):
        return Question(())
    if not any(not clause.without for clause in clauses):
        clauses.append(Clause(((EVERY,),)))
    oldest, newest = _places(query)
    return Question(
        clauses=tuple(clauses),
        wishes=tuple(
            Wish(_runs(term.text, languages), OPTIONAL_WEIGHT if term in optional else 1.0) for term in wanted
        ),
        whole=Wish(_runs(" ".join(term.text for term in wanted), languages)) if len(wanted) > 1 else None,
        oldest=oldest,
        newest=newest,
    )


def common_words(words: Sequence[Term], languages: Sequence[str]) -> frozenset[Term]:
    """Those of a query's words that say nothing in the language with most of them: welcome, but not demanded.

    None of them if nothing else were left. Phrases, and words to be without, always count.
    """
    single = [term for term in words if not term.is_phrase and not term.without]
    found: list[Term] = []
    for language in languages:
        common = [term for term in single if term.text.lower() in STOP_WORDS.get(language, ())]
        found = max(found, common, key=len)
    is_left = any(not term.without and term not in found for term in words)
    return frozenset(found) if is_left else frozenset()


def runs_of(term: Term, languages: Sequence[str]) -> tuple[Run, ...]:
    """The term's words under the stems of every language it may be in."""
    return tuple(dict.fromkeys(run for tag in languages if (run := tuple(terms(term.text, tag)[:LONGEST_RUN]))))


def _clauses(term: Term, languages: Sequence[str], in_pieces: bool) -> list[Clause]:
    runs = runs_of(term, languages)
    if not runs:
        return []
    if is_single(term.text):
        return [Clause((*runs, (f"h:{term.text}",)), term.without)]
    if in_pieces and not term.is_phrase and not term.without and len(runs[0]) > 1 and not term.text.isascii():
        # Pairs that touch, and the last one: 海峡开放 is found where both halves stand.
        pieces = list(dict.fromkeys([*runs[0][::2], runs[0][-1]]))
        return [Clause(((piece,),)) for piece in pieces]
    return [Clause(runs, term.without)]


def _runs(text: str, languages: Sequence[str]) -> dict[str, str]:
    return {language: joined(terms(text, language)[:LONGEST_RUN]) for language in languages}


def _languages(query: Query, narrowing: Narrowing) -> list[str]:
    """Stem languages a word may be in: those the reader asks for, else those of the articles, most of them first."""
    asked = [narrowing.language] if narrowing.language else [language_called(name) for name in query.values("lang")]
    if asked:
        return list(dict.fromkeys(map(stem_language, asked)))
    return [*_most_written()] or [""]


@until_written
def _most_written() -> tuple[str, ...]:
    """The languages of the articles, most of them first."""
    rows = ask(
        "SELECT language FROM search_language WHERE articles > 0 ORDER BY articles DESC, language LIMIT %s",
        [MOST_LANGUAGES],
    )
    return tuple(row[0] for row in rows)


def language_called(name: str) -> str:
    """The code of a language by code or name, English or its own; the name itself if nobody calls one so."""
    return _LANGUAGE_NAMES.get(name.lower(), name)


_LANGUAGE_NAMES: dict[str, str] = {"chinese": "zh", "中文": "zh", "norwegian": "no", "norsk": "no"} | {
    name.lower(): code for code, known in LANG_INFO.items() if "-" not in code and "name" in known
    for name in (known["name"], known["name_local"])
}  # fmt: skip


def _filters(query: Query, narrowing: Narrowing) -> list[Clause]:
    asked = [("section", narrowing.section), ("source", narrowing.source), ("lang", narrowing.language)]
    clauses = [Clause(_marks(name, value)) for name, value in asked if value]
    for name in dict.fromkeys(part.name for part in query.filters):
        field = "authors" if name == "by" else ""
        values = query.values(name)
        if values:
            clauses.append(Clause(tuple(found for value in values for found in _marks(name, value)), field=field))
        clauses += [
            Clause(_marks(name, part.value), without=True, field=field)
            for part in query.filters
            if part.name == name and part.without
        ]
    return clauses


_NOTHING: tuple[Run, ...] = (("p:0",),)
"""A mark that no article has."""


def _marks(name: str, value: str) -> tuple[Run, ...]:
    match name:
        case "by":
            return (tuple(terms(value, "")[:LONGEST_RUN]) or _NOTHING[0],)
        case "lang":
            return ((language_marks(language_called(value))[-1],),)
        case "kind":
            return ((mark("k", value),),)
        case "section":
            wished = value.lower()
            rows = rows_in("SELECT id FROM articles_section WHERE slug = %s OR LOWER(name) IN", [wished], wished)
            return tuple((mark("s", row[0]),) for row in rows) or _NOTHING
        case _:
            return tuple((mark("p", publisher),) for publisher in publishers_called(value)) or _NOTHING


def _places(query: Query) -> tuple[int, int]:
    oldest = place_of(query.after) if query.after is not None else FIRST_PLACE
    newest = place_of(query.before) - 1 if query.before is not None else LAST_PLACE
    return oldest, newest
