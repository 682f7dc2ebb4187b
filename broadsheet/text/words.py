"""Words of any script as comparable terms: the one analyser behind grouping and search.

`analyze` folds case, width and accents, joins numbers, cuts scripts without spaces into overlapping pieces and
reduces words to stems.  It knows nothing of sentences, names or meaning, and never looks at a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import Stemmer

from broadsheet.text.stopwords import STOP_WORDS

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 code to Snowball algorithm; other languages keep their words as they are."""

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2060\ufeff\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
"""Soft hyphens, joiners, Hebrew points, Arabic vowels and stretching: none of them tells words apart."""

_WORD = re.compile(r"\w+(?:[.,]\w+)*")
"""Words, with the points inside numbers and abbreviations; what else hangs together is parted when first met."""

_MARKED = re.compile("[\u0300-\u036f\u0900-\u109f\u1780-\u17ff]")
_MARKED_WORD = re.compile(
    "(?:[^\\W\u0900-\u109f\u1780-\u17ff]|[\u0300-\u036f\u3099\u309a])+(?:[.,][^\\W\u0900-\u109f\u1780-\u17ff]+)*"
    "|[\u0900-\u0963\u0966-\u0dff]+"  # Indic scripts: their vowel signs are not word characters to `re`
    "|[\u0e00-\u0eff]+|[\u1000-\u109f]+|[\u1780-\u17ff]+"  # Thai, Lao, Burmese, Khmer
)
"""The same for scripts with signs on, under and around letters; slower."""

_PART = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u109f\u1780-\u17ff][^\W_]*)*")
_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*")
_ABBREVIATION = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_THOUSANDS = re.compile(r"(?<=\d)[.,\u066c](?=\d{3}(?!\d))")
_HAN = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

_FOLD = str.maketrans(
    dict(
        pair.split(":")
        for pair in [
            "ß:ss",
            "æ:ae",
            "œ:oe",
            "ø:o",
            "ł:l",
            "đ:d",
            "ð:d",
            "þ:th",
            "ı:i",
            "أ:ا",
            "إ:ا",
            "آ:ا",
            "ٱ:ا",
            "ى:ي",
            "ی:ي",
            "ک:ك",
            "ة:ه",
            "ؤ:و",
            "ئ:ي",
            "ך:כ",
            "ם:מ",
            "ן:נ",
            "ף:פ",
            "ץ:צ",
        ]
    )
)
"""Letters that readers type in more than one way and that no normal form joins."""

_CACHED_WORDS = 200_000
_LONGEST_WORD = 64


def analyze(text: str, language: str = "", *, keep_common: bool = False) -> list[str]:
    """Turn text into terms, in order, with repeats.

    language: a tag such as `en` or `pt-BR`; it chooses stemmer and stop words, an unknown one means neither.
    keep_common: keep stop words and single letters, as a search for an exact phrase must.
    Linear in the text; the caller bounds its length.
    """
    return stems(words(text), language, keep_common=keep_common)


def words(text: str) -> list[str]:
    """The words and numbers of a text as written, in lower case, with invisible characters taken out."""
    if text.isascii() or _is_western(text):
        return _WORD.findall(text.lower())
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return (_MARKED_WORD if _MARKED.search(text) else _WORD).findall(text)


def _is_western(text: str) -> bool:
    """Whether nothing must be composed or taken out first; encoding is by far the quickest way to see it."""
    try:
        return b"\xad" not in text.encode("cp1252")
    except UnicodeEncodeError:
        return False


def stems(found: list[str], language: str = "", *, keep_common: bool = False) -> list[str]:
    """What `analyze` does with words that were found already."""
    return " ".join(map(_table(language, keep_common).__getitem__, found)).split()


class _Table(dict[str, str]):
    """Word to its terms joined by spaces ("" for none), worked out once while it stays in use."""

    def __init__(self, language: str, keep_common: bool) -> None:
        super().__init__()
        algorithm = _STEMMERS.get(language)
        self._stem: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord if algorithm else str
        self._common = frozenset() if keep_common else STOP_WORDS.get(language, frozenset())
        self._shortest = 1 if keep_common else 2

    def __missing__(self, word: str) -> str:
        terms = self._terms(word[:_LONGEST_WORD] if not _HAN.search(word) else word)
        if len(self) >= _CACHED_WORDS:
            self.clear()
        if len(word) <= _LONGEST_WORD:
            self[word] = terms
        return terms

    def _terms(self, word: str) -> str:
        if word.isascii() and word.isalpha():
            return "" if word in self._common or len(word) < self._shortest else self._stem(word)
        if _NUMBER.fullmatch(word):
            return _number(word)
        if _ABBREVIATION.fullmatch(word):
            return _fold(word.replace(".", ""))
        if "." in word or "," in word or "_" in word:
            return " ".join(map(self._terms, _PART.findall(word)))
        if _HAN.search(word):
            return _HAN.sub(lambda run: f" {_pieces(run[0], 2)} ", word)
        if _UNSPACED.match(word):
            return _pieces(word, 3)
        if word in self._common or (len(word) < self._shortest and word.isascii()):
            return ""
        return _fold(self._stem(word))


def _number(word: str) -> str:
    """One form for a number: 1,200 and 1.200 are 1200; 3,5 is 3.5; digits of any script are Western ones."""
    plain = _THOUSANDS.sub("", word).replace(",", ".").replace("\u066b", ".")
    return "".join(c if c == "." else str(unicodedata.digit(c, 0)) for c in plain)


def _pieces(run: str, size: int) -> str:
    """Overlapping pieces of a run that is written without spaces."""
    if len(run) <= size:
        return run
    return " ".join(run[i : i + size] for i in range(len(run) - size + 1))


def _fold(word: str) -> str:
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word.translate(_FOLD))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


@cache
def _analyzer(language: str, keep_common: bool) -> _Table:
    return _Table(language, keep_common)


def _table(language: str, keep_common: bool) -> _Table:
    code = language[:2].lower()
    return _analyzer(code if code in _STEMMERS or code in STOP_WORDS else "", keep_common)
