"""Phrases that tell what a block is: a wall, consent, a newsletter form, a promo, "read more" and so on.

The phrases live in `phrases/<language>.json`, one file for each language, with English read beside every other
because publishers mix it in. The words of a whole page are looked up at once in an index of one telling word per
phrase; only where it stands are whole phrases compared. What a phrase is worth
depends on how much of the block it fills, where it stands, and on the structure that the caller passes: a report
about newsletters has the same words but neither the imperative phrases nor the form around them.

Deciding what to leave out is the caller's business; this only answers class and strength.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
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

REPORT = 20
"""Words from which a block that speaks neither of "you" nor of "we" reads like a report."""
WHOLE = 1500
"""Characters of a block compared with whole phrases."""

_OPENED = re.compile('[“„«"]').search
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]{2,200}[”“»\"]")
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
    first: str  # padded with blanks, so that whole words match; bare in languages written without spaces
    rest: str  # what must follow within a few words, "" if nothing
    words: int
    weight: float
    signs: frozenset[str]  # in languages written without spaces, its characters


Index = dict[str, list[_Phrase]]
"""The phrases of one language by their telling words; those of languages written without spaces all under ""."""


class Matcher:
    """The phrases of some languages."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._by_word: dict[str, list[tuple[str, _Phrase]]] = {}
        for language in languages:
            if language not in DENSE:
                for word, phrases in _index(language).items():
                    self._by_word.setdefault(word, []).extend([(phrase.first, phrase) for phrase in phrases])
        self._telling = frozenset(self._by_word)
        self._dense = [phrase for language in languages if language in DENSE for phrase in _index(language)[""]]

    def find(self, text: str, *, links: float = 0.0, aside: bool = False) -> Cue:
        """The likeliest kind of a block.

        text: the block's words, white space folded. links: share of its characters inside links, 0 to 1.
        aside: it stands in a form, a dialog, an aside or another place that is not the run of the text.
        """
        return self.find_all([text.replace("\n", " ")], [max(min(1.0, links), 0.6 if aside else 0.0)]).get(0, NO_CUE)

    def find_all(self, texts: Sequence[str], apart: Sequence[float]) -> dict[int, Cue]:
        """The likeliest kinds of many blocks, by their places; those that no phrase speaks of are missing.

        texts: as for `find`. apart: for each how surely its place tells that it is not of the run of the text, such as
        the share of its links.
        """
        if not texts:
            return {}
        low = "\n".join([text[:WHOLE].lower() for text in texts])  # one by one: few are not ASCII, and they take long
        lines = _bare(low).split("\n")
        telling, by_word = self._telling, self._by_word
        said: dict[int, list[_Phrase]] = {}
        words_of: dict[int, list[str]] = {}
        for i, words in enumerate(map(str.split, lines)):
            known: Collection[str] = telling.intersection(words)
            if known:
                line = f" {' '.join(words)} "
                phrases = [phrase for word in known for first, phrase in by_word[word] if first in line]
                if phrases:
                    if len(phrases) > 1 and len(known) > 1:  # in order, as a set has none
                        known = sorted(known, key=words.index)
                        phrases = [phrase for word in known for first, phrase in by_word[word] if first in line]
                    said[i] = phrases
                    words_of[i] = words
        if self._dense:
            self._find_dense(low, said)
        found = (
            (i, _weigh(texts[i], phrases, words_of.get(i) or lines[i].split(), apart[i])) for i, phrases in said.items()
        )
        return {i: cue for i, cue in found if cue is not NO_CUE}

    def _find_dense(self, low: str, said: dict[int, list[_Phrase]]) -> None:
        """Add phrases written without spaces; only those all of whose characters the page has are sought."""
        signs = _ASCII if low.isascii() else frozenset(low)
        starts = list(accumulate([len(line) + 1 for line in low.split("\n")], initial=0))
        for phrase in self._dense:
            if phrase.first[0] in signs and signs >= phrase.signs:
                at = low.find(phrase.first)
                while at >= 0:
                    i = bisect_right(starts, at)
                    said.setdefault(i - 1, []).append(phrase)
                    at = low.find(phrase.first, starts[i])


_ASCII = frozenset(map(chr, range(128)))
_SIGNS = "“”„‘’«»–—…·•،؛؟\u200b\u200f"
_NO_WORD = str.maketrans({sign: " " for sign in map(chr, range(128)) if not (sign.isalnum() or sign in "_\n")})
_NO_BYTE = "".join(map(chr, range(128))).translate(_NO_WORD).encode() + bytes(range(128, 256))


def _bare(text: str) -> str:
    """The text with blanks for everything that is no part of a word; line breaks stay."""
    if text.isascii():
        return text.translate(_NO_WORD)
    for sign in _SIGNS:
        if sign in text:
            text = text.replace(sign, " ")
    return text.encode("utf-8", "replace").translate(_NO_BYTE).decode()


def _weigh(text: str, said: list[_Phrase], tokens: list[str], apart: float) -> Cue:
    """What phrases that stand in a block make of it. tokens: its words, lower case."""
    rest = _unquoted(text)
    low = rest.lower()
    if rest is not text:
        tokens = _bare(low).split()
    line = f" {' '.join(tokens)} "
    size = _size(tokens, low)
    doubt: dict[str, float] = {}
    for phrase in said:
        worth = _worth(phrase, low if phrase.signs else line, size)
        if worth:
            doubt[phrase.kind] = doubt.get(phrase.kind, 1.0) * (1.0 - worth)
    if not doubt:
        return NO_CUE
    kind = min(doubt, key=doubt.__getitem__)
    strength = 1.0 - doubt[kind]
    if size > REPORT and _ADDRESSING.isdisjoint(tokens):
        strength *= 0.5
    return Cue(kind, round(strength + (1.0 - strength) * 0.5 * apart * min(1.0, 2 * strength), 3))


def _unquoted(text: str) -> str:
    """The text without what it quotes: a report may cite a banner. A block that is all quotation stays."""
    if _OPENED(text) is None:
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


@cache
def _index(language: str) -> Index:
    """Phrases of a language by their telling words: the rarest, by length."""
    path = resources.files("broadsheet.extraction") / "phrases" / f"{language}.json"
    index: Index = {}
    for kind, lists in json.loads(path.read_bytes()).items():
        for strength, base in (("strong", 0.0), ("weak", -0.35)):
            for line in lists[strength]:
                if language in DENSE:
                    weight = min(0.9, 0.55 + 0.08 * len(line)) + base
                    low = line.lower()
                    phrase = _Phrase(kind, low, "", max(1, len(line) // 2), weight, frozenset(low))
                    index.setdefault("", []).append(phrase)
                    continue
                first, _, rest = line.partition(" * ")
                words = line.replace("*", " ").split()
                weight = min(0.9, 0.55 + 0.12 * len(words)) + base
                telling = max(words, key=lambda w: (w not in _COMMON, len(w)))
                rest = f" {rest} " if rest else ""
                phrase = _Phrase(kind, f" {first} ", rest, len(words), weight, frozenset())
                index.setdefault(telling, []).append(phrase)
    return index


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
