"""A paragraph as classed tokens, each quotation in it being one token.

Words inside quotations are nobody's to attribute by, so they are never read; that is also most of the speed.
"""

from __future__ import annotations

import re
from itertools import accumulate

from .marks import Span
from .words import LANGUAGES
from .words.classes import Cls

MAX_TOKENS = 3000
"""A longer paragraph is cut here: attribution needs no more, and hostile input gets no more."""

MAX_SEEN = 50_000
"""Tokens of a language remembered."""

MAX_TITLE = 40
"""Characters of a quoted name that may itself be a speaker."""

_TOKEN = re.compile(r"[^\W_]+(?:(?:[-’']|(?<![^\W_]{3})\.|(?<=\d)[.,](?=\d))[^\W_]+)*|[^\w\s]")
_SIGNS = {
    ",": Cls.COMMA, ";": Cls.COMMA, "،": Cls.COMMA, ":": Cls.COLON, ".": Cls.STOP, "!": Cls.STOP, "?": Cls.STOP,
    "…": Cls.STOP, "-": Cls.DASH, "–": Cls.DASH, "—": Cls.DASH, "―": Cls.DASH, "(": Cls.OPEN, "[": Cls.OPEN,
    ")": Cls.CLOSE, "]": Cls.CLOSE,
}  # fmt: skip
_COMPOUND = frozenset(("fr", "es"))
_INVERTED = re.compile(r"(.+?)-(?:t-)?(ils?|elles?|on|nous|vous|je)$")
_VERBS = frozenset((Cls.SAY, Cls.CALL, Cls.TELL, Cls.SAYING, Cls.BE, Cls.DONE))
_CLAUSES = frozenset((Cls.WHEN, Cls.WHO, Cls.THAT))
_GENITIVE = ("'s", "’s")
_LOW, _NAME, _NUM, _ADV, _DONE, _DOING = Cls.LOW, Cls.NAME, Cls.NUM, Cls.ADV, Cls.DONE, Cls.DOING
_STOP, _QUOTE, _EDGE, _TITLE, _MARK, _OF = Cls.STOP, Cls.QUOTE, Cls.EDGE, Cls.TITLE, Cls.MARK, Cls.OF


_seen: dict[str, dict[str, tuple[int, str]]] = {}


def _known(lang: str) -> dict[str, tuple[int, str]]:
    """Class and lower case of the tokens of a language that were seen: news repeats its words."""
    known = _seen.setdefault(lang if lang in LANGUAGES else "", {})
    if len(known) > MAX_SEEN:
        known.clear()
    return known


class Paragraph:
    """Parallel lists over the tokens of one paragraph, an EDGE token at either end.

    cls: Cls of each token; beg, end: its characters in the text; word: the word in lower case, "" for signs;
    quotes: token index of each quotation, in order; stops, verbs, clauses: how many sentences have ended, and how many
    verbs and openings of clauses have stood, before each token.
    """

    __slots__ = ("beg", "clauses", "cls", "end", "quotes", "stops", "verbs", "word")

    def __init__(self, text: str, start: int, end: int, spans: list[Span], words: dict[str, int], lang: str) -> None:
        self.cls: list[int] = [_EDGE]
        self.beg: list[int] = [start]
        self.end: list[int] = [start]
        self.word: list[str] = [""]
        self.quotes: list[int] = []
        at = start
        for span in spans:
            self._read(text, at, span.start - 1, words, lang)
            self.quotes.append(len(self.cls))
            self._add(_QUOTE, span.start, span.end, _title(text, span))
            at = span.end + 1
        self._read(text, at, end, words, lang)
        self._add(_EDGE, end, end, "")
        if lang in _COMPOUND:
            self._join_compounds()
        self._count_stops(text)

    def _add(self, cls: int, start: int, end: int, word: str) -> None:
        self.cls.append(cls)
        self.beg.append(start)
        self.end.append(end)
        self.word.append(word)

    def _read(self, text: str, start: int, end: int, words: dict[str, int], lang: str) -> None:
        clss, begs, ends, lows = self.cls, self.beg, self.end, self.word
        known = _known(lang)
        for found in _TOKEN.finditer(text, start, max(start, end)):
            token = found[0]
            pair = known.get(token)
            if pair is None:
                pair = self._take(found.start(), found.end(), token, words, lang)
                if pair is None:
                    continue
                known[token] = pair
            cls, low = pair
            clss.append(cls)
            begs.append(found.start())
            ends.append(found.end())
            lows.append(low)
            if len(clss) > MAX_TOKENS:
                break

    def _take(self, start: int, end: int, token: str, words: dict[str, int], lang: str) -> tuple[int, str] | None:
        """Class a token that is seen for the first time; None for one that is two, which are then added."""
        if not token[0].isalnum():
            return _SIGNS.get(token, _MARK), ""
        low = token.lower()
        cls = words.get(low)
        if cls is None:
            if token[0].isdigit():
                cls = _LOW if "-" in low and not low[-1].isdigit() else _NUM  # "the 43-year-old"
            elif lang == "fr" and (parted := _INVERTED.match(low)):
                self._inverted(start, parted, words)
                return None
            elif token == low:
                cls = shape(low, lang)
            elif low[-2:] in _GENITIVE:
                self._add(_NAME, start, end - 2, low[:-2])
                self._add(_OF, end - 2, end, "'s")
                return None
            else:
                cls = _NAME
        return cls, low

    def _join_compounds(self) -> None:
        """Let "a déclaré" and "ha dicho" count as the one verb they are."""
        cls = self.cls
        for i in range(2, len(cls)):
            if cls[i] == Cls.SAYING and cls[i - 1] == Cls.BE:
                cls[i - 1], cls[i] = _ADV, Cls.SAY

    def _inverted(self, start: int, parted: re.Match[str], words: dict[str, int]) -> None:
        """French "a-t-elle déclaré", "dit-il": a verb and its pronoun."""
        verb, pronoun = parted[1], parted[2]
        middle = start + len(parted[0]) - len(pronoun)
        self._add(Cls.SAY, start, start + len(verb), verb)  # after a quotation the turn itself says that it is speech
        self._add(words[pronoun], middle, middle + len(pronoun), pronoun)

    def _count_stops(self, text: str) -> None:
        """Count sentence ends, after "." but not after "Mr." or "J.", and after quotations that end one."""
        cls, word, count = self.cls, self.word, 0
        self.stops = stops = [0] * len(cls)
        self.verbs = list(accumulate([c in _VERBS for c in cls], initial=0))
        self.clauses = list(accumulate([c in _CLAUSES for c in cls], initial=0))
        for i in range(1, len(cls) - 1):
            stops[i] = count
            kind = cls[i]
            if kind == _STOP:
                abbreviated = text[self.beg[i]] == "." and (
                    cls[i - 1] == _TITLE or len(word[i - 1]) == 1 or "." in word[i - 1]
                )
                if abbreviated or (not _starts_sentence(text, self.beg[i + 1]) and cls[i + 1] != _EDGE):
                    cls[i] = _MARK
                else:
                    count += 1
            elif kind == _QUOTE and text[self.end[i] - 1] in ".!?…" and _starts_sentence(text, self.beg[i + 1]):
                following = cls[i + 1]
                if following != _QUOTE or not self.end[i] + 4 > self.beg[i + 1]:
                    count += 1
        stops[-1] = count


def _title(text: str, span: Span) -> str:
    """The last word in lower case of a quoted name such as "The Evening Lamp"; "" for anything else."""
    if span.end - span.start > MAX_TITLE or text[span.end - 1] in ".,!?":
        return ""
    words = text[span.start : span.end].split()
    return words[-1].lower() if len(words) < 4 and words[0][0].isupper() and words[-1][0].isupper() else ""


def _starts_sentence(text: str, at: int) -> bool:
    return not text[at : at + 1].islower()


def shape(low: str, lang: str) -> int:
    """The class of an unlisted word in lower case, by its ending."""
    if lang == "en":
        if low.endswith("ly"):
            return _ADV
        if low.endswith("ed"):
            return _DONE
        if low.endswith("ing"):
            return _DOING
    return _LOW
