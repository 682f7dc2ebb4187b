"""Names as readers misspell them: a table of the names that articles hold, and the nearest one to a word.

A slip is a letter too many, too few, a wrong one, or two changed about (Damerau 1964). All words one slip away are few
enough to be looked up. For two slips, candidates are those that share the word's first or last third: bounded reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from broadsheet.search.engines import rows_in

SHORTEST, LONGEST = 4, 24
"""Letters of a word that is corrected."""
TWO_SLIPS_FROM = 8
"""Letters from which a word may hold two slips."""
READ = 1_000
"""Names looked at in each of the reads for two slips."""

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяєђјљњћџґ",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءپچژگ",
)
"""As folding leaves them, without accents and final forms."""


def count_names(counts: Mapping[str, int]) -> None:
    """Add to the number of articles that hold each name."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_name(term, reversed, length, articles) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (term) DO UPDATE SET articles = search_name.articles + excluded.articles",
            [(term, term[::-1], len(term), times) for term, times in sorted(counts.items())],
        )


def nearest_name(word: str) -> str | None:
    """The name that a folded word most likely means, other than the word itself: nearest first, then most frequent.

    None if the word is no name's neighbor. Three queries at most.
    """
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return None
    found = _known(one_slip_away(word))
    if not found and len(word) >= TWO_SLIPS_FROM:
        found = {term: times for term, times in _sharing_a_third(word).items() if slips_between(word, term, 2) == 2}
    return min(found, key=lambda term: (-found[term], term), default=None)


def one_slip_away(word: str) -> set[str]:
    """Every word that one slip makes of this one. Pure."""
    alphabet = next((letters for letters in _ALPHABETS if word[:1] in letters), "".join(sorted(set(word))))
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    made = {start + end[1:] for start, end in cuts if end}
    made.update(start + end[1] + end[0] + end[2:] for start, end in cuts if len(end) > 1)
    for start, end in cuts:
        made.update(start + letter + end for letter in alphabet)
        if end:
            made.update(start + letter + end[1:] for letter in alphabet)
    return made - {word}


def slips_between(word: str, other: str, most: int) -> int:
    """How many slips lead from one to the other; some larger number if they are more than `most`. Pure.

    Optimal string alignment, row by row, left as soon as all of a row is above `most`.
    """
    if abs(len(word) - len(other)) > most or len(set(word) ^ set(other)) > 2 * most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        last, row, before_last = row, [i], before
        for j, there in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == there:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]


def _known(words: Iterable[str]) -> dict[str, int]:
    return dict(rows_in("SELECT term, articles FROM search_name WHERE articles > 0 AND term IN", words))


def _sharing_a_third(word: str) -> dict[str, int]:
    third = max(len(word) // 3, 3)
    found: dict[str, int] = {}
    for column, start in (("term", word[:third]), ("reversed", word[::-1][:third])):
        sql = (
            f"SELECT term, articles FROM search_name WHERE {column} >= %s AND {column} < %s"
            f" AND length BETWEEN %s AND %s AND articles > 0 LIMIT {READ}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [start, start + "\U0010ffff", len(word) - 2, len(word) + 2])
            found.update(cursor.fetchall())
    return found
