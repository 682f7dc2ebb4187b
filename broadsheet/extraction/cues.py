"""Phrases that tell what a block is: a wall, consent, a newsletter form, a promo, "read more" and so on.

The phrases live in `phrases/<language>.toml`, one file for each language, with English read beside every other
because publishers mix it in. A block's words are looked up in an index of one telling word per phrase, so that an
ordinary paragraph costs about a microsecond; only on a hit are whole phrases compared. What the phrase is worth
depends on how much of the block it fills, where it stands, and on the structure that the caller passes: a report
about newsletters has the same words but neither the imperative phrases nor the form around them.

Deciding what to leave out is the caller's business; this only answers class and strength.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from operator import add
from typing import NamedTuple

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "ru", "tr", "ar", "zh", "ja")
DENSE = frozenset({"zh", "ja"})
"""Languages written without spaces, whose phrases are found as substrings."""

KINDS = (
    "wall",
    "consent",
    "newsletter",
    "promo",
    "related",
    "read_more",
    "share",
    "author_box",
    "legal",
    "advertisement",
    "comment",
)

HEAD, TAIL = 220, 120
"""Characters at both ends of a block that are looked at first: boilerplate speaks up at once."""
REPORT = 20
"""Words from which a block that speaks neither of "you" nor of "we" reads like a report."""
WHOLE = 1500
"""Characters of a block compared with whole phrases."""

_OPENING = '“„«"'
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]{2,200}[”“»\"]")
_WORDS = re.compile(r"\w+")
_ENDS = ("", ".", ",", ":", "!", "?", "…", "...", ";", ")", "”", '"', "»", "。", "：")
_HAN_OR_KANA = re.compile("[\u2e80-\U0003ffff]")
_AT_START = frozenset({"read_more", "related", "advertisement", "share", "comment"})
"""Kinds whose short phrases are everyday words, telling only at the start of a block or where they fill it."""
_COMMON_WORDS = """the of to a an in on at by for from with and or our your you we this that is are all more most
    here now us it be der die das den dem ein eine sie ihr ihre wir und oder mit von zu zum zur
    für auf im am ist sind le la les de des du un une et ou vous nous nos notre votre pour par
    sur dans en à au aux ce cette est el los las del una y o su tu para por con sin es son al
    lo que il gli i di della e os as um uma do da dos das no na em com het een van voor op te
    je u om wij w z się jest dla і й та на в у з за для що це не и с по что это или bir ve için
    ile bu من على إلى عن هذا في و"""
_COMMON = frozenset(_COMMON_WORDS.split())


_YOU_AND_WE = """you your yours we our us i my me sie ihr ihre ihren ihrem ihnen wir unser unsere unserem unseren uns du
    dein deine vous votre vos nous notre nos te tu tus nuestro nuestra nuestros nuestras usted ti tuo tua tuoi
    nostra nostro nostri vi você seu sua nosso nossa nossos je jouw uw u wij we onze ons jij ty twój twoja
    twoje nasz nasza nasze nas ви вас ваш ваша вашу вашій наш наша нашу наші нас ми вы вам ваше ваши наши мы
    siz size sizin sizi biz bize bizi bizim نحن أنت بريدك"""
_ADDRESSING = frozenset(_YOU_AND_WE.split())


class Cue(NamedTuple):
    """kind: one of KINDS, "" for none. strength: 0 to 1, how surely the block is of that kind."""

    kind: str
    strength: float


NO_CUE = Cue("", 0.0)


class _Phrase(NamedTuple):
    kind: str
    first: str  # padded with blanks, so that whole words match
    rest: str  # what must follow within a few words, "" if nothing
    words: int
    weight: float
    dense: bool  # found as letters, in a text without spaces


class Matcher:
    """The phrases of one language (and English), indexed."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_pair: dict[str, list[_Phrase]] = {}
        for language in languages:
            for phrase, telling in _load(language):
                index = self._by_pair if language in DENSE else self._by_word
                index.setdefault(telling, []).append(phrase)
        self._words = frozenset(w + end for w in self._by_word for end in _ENDS)
        self._plain_pairs = [p for p in self._by_pair if len(p) == 2 and not _HAN_OR_KANA.search(p)]

    def find(self, text: str, *, links: float = 0.0, aside: bool = False) -> Cue:
        """The likeliest kind of a block.

        text: the block's words, white space folded. links: share of its characters inside links, 0 to 1.
        aside: it stands in a form, a dialog, an aside or another place that is not the run of the text.
        """
        low = (text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}").lower()
        quiet = self._words.isdisjoint(low.replace("’", " ").replace("'", " ").replace("-", " ").split())
        if quiet and self._by_pair:
            quiet = not self._pairs_in(low)
        return NO_CUE if quiet else self._weigh(text[:WHOLE], links, aside)

    def _weigh(self, text: str, links: float, aside: bool) -> Cue:
        low = _unquoted(text).lower()
        tokens = _WORDS.findall(low)
        flat = f" {' '.join(tokens)} "
        said = [(p, place) for p in self._candidates(tokens, low) if p.first in (place := low if p.dense else flat)]
        if not said:
            return NO_CUE
        doubt: dict[str, float] = {}
        size = _size(tokens, low)
        for phrase, place in said:
            worth = _worth(phrase, place, size)
            if worth:
                doubt[phrase.kind] = doubt.get(phrase.kind, 1.0) * (1.0 - worth)
        if not doubt:
            return NO_CUE
        kind = min(doubt, key=lambda k: doubt[k])
        strength = 1.0 - doubt[kind]
        if size > REPORT and _ADDRESSING.isdisjoint(tokens):
            strength *= 0.5
        around = max(min(1.0, links), 0.6 if aside else 0.0)
        return Cue(kind, round(strength + (1.0 - strength) * 0.5 * around * min(1.0, 2 * strength), 3))

    def _candidates(self, tokens: list[str], low: str) -> list[_Phrase]:
        words, pairs = self._by_word, self._by_pair
        known = filter(words.__contains__, dict.fromkeys(tokens))
        found = [phrase for word in known for phrase in words[word]]
        if pairs:
            found += [phrase for pair in self._pairs_in(low) for phrase in pairs[pair]]
        return found

    def _pairs_in(self, low: str) -> list[str]:
        """Telling pairs of characters in a text; without Han and kana only the few that need none are looked for."""
        if low.isascii() or _HAN_OR_KANA.search(low) is None:
            return [pair for pair in self._plain_pairs if pair in low]
        return list(filter(self._by_pair.__contains__, dict.fromkeys(map(add, low, low[1:]))))


def _unquoted(text: str) -> str:
    """The text without what it quotes: a report may cite a banner. A block that is all quotation stays."""
    if not any(mark in text for mark in _OPENING):
        return text
    rest = _QUOTED.sub(" ", text)
    return rest if len(rest) * 3 > len(text) else text


def _size(tokens: list[str], low: str) -> float:
    """Length of a block in words; two characters count as a word where no spaces are written."""
    return float(max(len(tokens), len(low) // 9 if low.isascii() else len(low) // 6, 1))


def _worth(phrase: _Phrase, flat: str, size: float) -> float:
    """What finding a phrase is worth in a block of some size: 0 if it is not there."""
    at = flat.find(phrase.first)
    if at < 0:
        return 0.0
    if phrase.rest:
        after = flat.find(phrase.rest, at + len(phrase.first) - 1)
        if not 0 <= after - at - len(phrase.first) <= 48:
            return 0.0
    share = min(1.0, phrase.words / size)
    if phrase.kind in _AT_START and phrase.words < 4:
        fit = max(share, 0.9 if at == 0 and size < 40 else 0.0)
    elif phrase.words == 1:
        fit = share
    else:
        fit = min(1.0, max(share * 1.5, 12.0 / size if size > 12 else 1.0))
    return phrase.weight * fit


def _load(language: str) -> Iterator[tuple[_Phrase, str]]:
    """Phrases of a language, each with its telling word: the rarest, by length; where no blanks are written, the
    first two characters."""
    path = resources.files("broadsheet.extraction") / "phrases" / f"{language}.toml"
    for kind, lists in tomllib.loads(path.read_text("utf-8")).items():
        for strength, base in (("strong", 0.0), ("weak", -0.35)):
            for line in lists[strength]:
                if language in DENSE:
                    weight = min(0.9, 0.55 + 0.08 * len(line)) + base
                    low = line.lower()
                    yield _Phrase(kind, low, "", max(1, len(line) // 2), weight, True), low[:2]
                    continue
                first, _, rest = line.partition(" * ")
                words = line.replace("*", " ").split()
                weight = min(0.9, 0.55 + 0.12 * len(words)) + base
                telling = max(words, key=lambda w: (w not in _COMMON, len(w)))
                rest = f" {rest} " if rest else ""
                yield _Phrase(kind, f" {first} ", rest, len(words), weight, False), telling


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _matcher(language: str) -> Matcher:
    return Matcher(tuple(dict.fromkeys((language, "en"))) if language in LANGUAGES else LANGUAGES)


def matcher(language: str) -> Matcher:
    """The matcher for a page's language (BCP 47; of any unknown language: all phrases of all languages)."""
    language = language.partition("-")[0].lower()
    return _matcher(language if language in LANGUAGES else "")


def find_cue(text: str, language: str = "", *, links: float = 0.0, aside: bool = False) -> Cue:
    """`Matcher.find` for a single block; fetch the matcher once where there are many."""
    return matcher(language).find(text, links=links, aside=aside)
