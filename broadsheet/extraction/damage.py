"""Words that a naive tool broke by deleting a piece of text wherever it stood, such as "reed" for "remained".

A tag stripper that deletes "main" or "st" as if they were tags leaves words that no one writes. Two questions are
answered apart: what was broken when the undamaged text is known (exactly), and what probably was when it is not.
Without the original the signs are: the piece, common in any text of that length, stands nowhere any more; several
words of the text become words again when that one piece is put back; and the broken forms are strange to the text
itself. Words are known from the rest of the page and from a short list of common words for each piece
(`phrases/damage.toml`). Nothing is repaired here; the receipt reports it. Both answers take linear time.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from broadsheet.extraction.article import Damage

MAX_WORDS = 20_000
MIN_WORDS = 20
"""Shorter texts give no evidence of what is missing."""
MAX_PIECE = 8
MAX_LETTERS = 60
"""Letters of a word that is compared: longer runs are no words."""
LISTED = 12
"""Broken words that are listed for one piece."""

RATES = {"st": 0.0055, "li": 0.0035, "tr": 0.0025, "em": 0.0014, "th": 0.012}
"""How often these pieces stand in a text, for each letter: of English, German, French, Spanish, Italian, Portuguese,
Dutch, Polish, Swedish, Danish and Czech prose the least; of English alone for "th"."""
MISSED = 3.0
"""How often a piece should have stood in a text for its absence to be a sign: about one text in twenty has none by
chance, and those hold no broken words."""

_WORD = re.compile(r"[^\W\d_]+")


def compare(damaged: str, original: str) -> tuple[Damage, ...]:
    """What a damaged text lost against its original, when both are known.

    A word that the original lacks is matched with an original word that becomes it by losing one run of letters. A
    piece lost by two different words, or by one that is an element's name, is reported.
    """
    known, present = set(_words(original)), set(_words(damaged))
    broken, lost = present - known, known - present
    cures: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for whole in sorted(word for word in lost if len(word) <= MAX_LETTERS):
        for word, piece in _shorter(whole):
            if word in broken:
                cures[piece].append((word, whole))
    names = _common_words()
    good = {p: c for p, c in cures.items() if len({w for w, _ in c}) > 1 or (p in names and len(p) > 1)}
    return _report(_without_overlap(good, least=1), certain=True)


def find_damage(text: str, vocabulary: Iterable[str] = ()) -> tuple[Damage, ...]:
    """What probably was deleted from a text whose original is not at hand; () where the text gives no evidence.

    vocabulary: other texts of the page (headline, description, captions) that help to know its words.
    """
    # Of the two broken words that are asked for, one stands between blanks in any damaged text; most texts have none,
    # which splitting tells for a third of what finding all words costs, and letters of ASCII are soon made small.
    if _seen_broken().isdisjoint(text.encode("utf-8", "replace").lower().split()):
        return ()
    found_words = _WORD.findall(text.lower())[:MAX_WORDS]
    if len(found_words) < MIN_WORDS or len(_every_broken_word() & set(found_words)) < 2:
        return ()
    words = Counter(found_words)
    other = {w for piece in vocabulary for w in _words(piece)}
    letters = sum(map(len, found_words))
    cures: dict[str, list[tuple[str, str]]] = {}
    for piece, by_broken in _broken_words().items():
        if piece in text:
            continue
        found = [(w, by_broken[w]) for w in words.keys() & by_broken.keys() if w not in other]
        mine = {whole.replace(piece, "", 1): whole for whole in other if piece in whole}
        found += [(w, mine[w]) for w in words.keys() & mine.keys() if (w, mine[w]) not in found and w not in other]
        if _convincing(piece, found, words, letters):
            cures[piece] = found
    return _report(_without_overlap(cures, least=2), certain=False)


def _convincing(piece: str, found: list[tuple[str, str]], words: Counter[str], letters: int) -> bool:
    """Enough different broken words that the text hardly uses otherwise; more of them for the shortest pieces, because
    what is left of a short word is often a word itself, unless the piece is so common that its absence speaks too."""
    if letters * RATES.get(piece, 0.0) >= MISSED:
        return len(found) > 1 and any(len(word) > 2 for word, _ in found)
    strange = [word for word, _ in found if words[word] <= 3 and len(word) > 1]
    return len(strange) >= (4 if len(piece) < 3 else 2) and any(len(word) > 2 for word in strange)


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)[:MAX_WORDS]]


def _shorter(whole: str) -> Iterator[tuple[str, str]]:
    """Every (word, piece) where the word is the whole without one run of at most eight letters."""
    for start in range(len(whole)):
        for end in range(start + 1, min(len(whole), start + MAX_PIECE) + 1):
            word = whole[:start] + whole[end:]
            if word:
                yield word, whole[start:end]


@cache
def _common_words() -> dict[str, list[str]]:
    path = resources.files("broadsheet.extraction") / "phrases" / "damage.toml"
    return {piece: list(words) for piece, words in tomllib.loads(path.read_text("utf-8")).items()}


@cache
def _broken_words() -> dict[str, dict[str, str]]:
    """For each piece, what its common words look like without it -> the word. Words of another meaning that are
    commoner than the damage are left out."""
    everyday = {w for words in _common_words().values() for w in words} | _EVERYDAY
    return {
        piece: {
            broken: whole
            for whole in reversed(words)
            if piece in whole and (broken := whole.replace(piece, "")) and broken not in everyday
        }
        for piece, words in _common_words().items()
    }


@cache
def _every_broken_word() -> frozenset[str]:
    return frozenset(word for by_broken in _broken_words().values() for word in by_broken)


@cache
def _seen_broken() -> frozenset[bytes]:
    """The same in UTF-8, with letters beyond ASCII large or small as they may stand."""
    forms = [form for word in _every_broken_word() for form in (word, word.capitalize(), word.upper())]
    return frozenset(form.encode().lower() for form in forms)


_EVERYDAY_WORDS = """a an the of to in is it on at by be or as so no us we he me my do go up if am i s t d e y o u la le
les de des du un une et ou el los las en es al lo il di da der die das den dem ein im am er sie es ist war und was to
its his her has had have was were are you your our out off own one two per pro con ex era bin ich bei mit von zum zur
red read real res ser son sin sur sus per mes men man may say see set sea sun sold able or ore are age ant and end up
ring ink lack hat ate eat ever ed ing er es ly s ers ned ment ms"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
"""What may be left of a broken word and is a word, or a scrap that dehyphenation leaves."""


def _without_overlap(cures: dict[str, list[tuple[str, str]]], least: int) -> dict[str, list[tuple[str, str]]]:
    """Each broken word goes to the piece that cures most; pieces left with fewer words than `least` are dropped."""
    taken: set[str] = set()
    kept = {}
    for piece, found in sorted(cures.items(), key=lambda item: (-len(item[1]), -len(item[0]), item[0])):
        mine = [(word, whole) for word, whole in sorted(found) if word not in taken]
        if len(mine) >= least:
            kept[piece] = mine
            taken |= {word for word, _ in mine}
    return kept


def _report(cures: dict[str, list[tuple[str, str]]], *, certain: bool) -> tuple[Damage, ...]:
    ordered = sorted(cures.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Damage(piece, tuple(dict.fromkeys(found))[:LISTED], certain) for piece, found in ordered)
