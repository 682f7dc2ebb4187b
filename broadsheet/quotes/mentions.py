"""Who could be speaking: the phrases of a paragraph that may name a person or body.

Shapes only: runs of capitals with the titles and roles before them, pronouns, determiner phrases, bare roles. Each
comes with what stands around it and with the verb it seems to be the subject of.
"""

from __future__ import annotations

from .tokens import Paragraph
from .words.classes import Cls


class Kind:
    """Shape of a mention, one of KINDS."""

    FULL = 0  # two capitalised words or more: Ada Quill
    SINGLE = 1  # one: Quill
    TITLED = 2  # title or role and name: Sen. Quill, spokesman Ada Quill
    HE = 3
    THEY = 4
    ROLE = 5  # determiner and role: the mayor
    THING = 6  # any other determiner phrase
    BARE = 7  # a role alone: officials
    HIS = 8  # possessive phrase: her lawyer
    OWNER = 9  # a name with a genitive: Quill's
    FIRST = 10  # one capitalised word at the start of a sentence, which may be any word
    WHO = 11  # a relative before a verb of speech
    IT = 12  # a thing that speaks: it said
    QUOTED = 13  # a name in marks of its own: the "Evening Lamp"


class Reach:
    """How the verb after a mention was reached, one of REACHES."""

    NONE = 0
    NEXT = 1
    ASIDE = 2  # over an apposition, a bracket or a relative clause
    PHRASE = 3  # over "of the council"
    FAR = 4


KINDS, REACHES = 14, 5


class Mention:
    """A candidate: tokens `first` to `last` (exclusive) of a paragraph."""

    __slots__ = ("after", "before", "first", "kind", "last", "reach", "subject", "verb", "verb_at")

    def __init__(self, first: int, last: int, kind: int, cls: list[int]) -> None:
        self.first, self.last, self.kind = first, last, kind
        self.before, self.after = cls[first - 1], cls[last]
        self.subject = self.before in _OPENS_CLAUSE
        self.verb, self.verb_at, self.reach = _verb(last, cls)


_OPENS_CLAUSE = frozenset((Cls.EDGE, Cls.STOP, Cls.QUOTE, Cls.COMMA, Cls.THAT, Cls.AND, Cls.WHEN, Cls.COLON, Cls.DASH))
_SPEAKS = (Cls.SAY, Cls.CALL, Cls.TELL, Cls.SAYING)
_VERBS = frozenset((Cls.SAY, Cls.CALL, Cls.TELL, Cls.BE, Cls.DONE))
_SURNAME_LINKS = frozenset(
    (
        "de",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "al",
        "el",
        "la",
        "le",
        "du",
        "da",
        "di",
        "del",
        "dos",
        "ibn",
        "ten",
        "ter",
        "zu",
    )
)
_HEAD = frozenset((Cls.LOW, Cls.ROLE, Cls.NAME, Cls.TITLE, Cls.NUM, Cls.DAY, Cls.SPEECH, Cls.DOING, Cls.OF, Cls.DASH))
_BEFORE_NOUN = frozenset((Cls.DONE, Cls.DET, Cls.ADV))
_SKIP = frozenset((Cls.ADV, Cls.MARK, Cls.NOT))
_INSIDE_PHRASE = frozenset((Cls.LOW, Cls.NAME, Cls.ROLE, Cls.TITLE, Cls.DET, Cls.HIS, Cls.NUM, Cls.OF, Cls.DAY,
                            Cls.PREP, Cls.AND, Cls.DASH, Cls.SPEECH, Cls.WORK, Cls.HE))  # fmt: skip
MAX_ASIDE = 24
MAX_PHRASE = 9


def find_mentions(paragraph: Paragraph, lang: str) -> list[Mention]:
    """The mentions of a paragraph outside its quotations, in order, not overlapping."""
    cls, word = paragraph.cls, paragraph.word
    found: list[Mention] = []
    i, n = 1, len(cls) - 1
    name, title, role, det, his = Cls.NAME, Cls.TITLE, Cls.ROLE, Cls.DET, Cls.HIS
    while i < n:
        c = cls[i]
        if c in (name, title, role):
            j = _name_end(cls, word, i, n)
            kind = _name_kind(paragraph, i, j)
            if kind == Kind.OWNER:  # "Quill's lawyer"
                owned, owned_kind = _phrase(cls, word, j, n, lang)
                if owned > j and owned_kind == Kind.ROLE:
                    j, kind = owned, Kind.HIS
        elif c == Cls.HE:
            j, kind = i + 1, Kind.HE
        elif c == Cls.THEY:
            j, kind = i + 1, Kind.THEY
        elif c in (Cls.WHO, Cls.IT, Cls.THAT) and cls[i + 1] in _VERBS:
            j, kind = i + 1, Kind.IT if c == Cls.IT else Kind.WHO
        elif c == Cls.QUOTE and word[i]:
            j, kind = i + 1, Kind.QUOTED
        elif c in (det, his):
            j, kind = _phrase(cls, word, i, n, lang)
        else:
            i += 1
            continue
        if j > i:
            found.append(Mention(i, j, kind, cls))
            i = j
        else:
            i += 1
    return found


def _name_end(cls: list[int], word: list[str], i: int, n: int) -> int:
    name, title, role = Cls.NAME, Cls.TITLE, Cls.ROLE
    j = i + 1
    while j < n:
        c = cls[j]
        if c in (name, title, role) or (
            c == Cls.MARK and (cls[j - 1] == title or len(word[j - 1]) == 1 or "." in word[j - 1])
        ):
            j += 1
        elif word[j] in _SURNAME_LINKS and cls[j + 1] == name and cls[j - 1] == name:
            j += 2
        else:
            break
    while j > i + 1 and cls[j - 1] == Cls.MARK and len(word[j - 2]) == 1:
        j -= 1
    return j


def _name_kind(paragraph: Paragraph, i: int, j: int) -> int:
    cls = paragraph.cls
    if cls[j] == Cls.OF:
        return Kind.OWNER
    names = lead = 0
    for k in range(i, j):
        if cls[k] == Cls.NAME:
            names += 1
        elif cls[k] == Cls.TITLE or cls[k] == Cls.ROLE:
            lead += 1
    if not names:
        return Kind.BARE
    if lead:
        return Kind.TITLED
    if names > 1:
        return Kind.FULL
    starts = i == 1 or cls[i - 1] == Cls.STOP
    return Kind.FIRST if starts else Kind.SINGLE


def _phrase(cls: list[int], word: list[str], i: int, n: int, lang: str) -> tuple[int, int]:
    j, role, noun = i + 1, False, False
    his = cls[i] == Cls.HIS
    while j < n and j - i < 9:
        c = cls[j]
        if c == Cls.ROLE or c == Cls.TITLE:
            role = noun = True
        elif lang == "de" and noun and c == Cls.LOW:
            break
        elif lang == "de" and c == Cls.LOW:
            pass
        elif c in _HEAD:
            noun = noun or c == Cls.LOW or c == Cls.NAME or c == Cls.SPEECH
        elif (noun or c not in _BEFORE_NOUN) and not (
            c == Cls.MARK and len(word[j - 1]) <= 3 and cls[j + 1] == Cls.NAME
        ):
            break
        j += 1
    while j > i + 1 and cls[j - 1] in (Cls.OF, Cls.DASH, Cls.NUM, Cls.MARK, Cls.ADV, Cls.DONE):
        j -= 1
    if not noun:
        return i, Kind.THING
    if his:
        return j, Kind.HIS
    return j, Kind.ROLE if role else Kind.THING


def _verb(last: int, cls: list[int]) -> tuple[int, int, int]:
    """Class and token of the verb a mention that ends here may be the subject of, and its Reach."""
    j, n = last, len(cls) - 1
    reach = Reach.NEXT
    c = cls[j]
    if c == Cls.COMMA or c == Cls.OPEN or c == Cls.DASH or c == Cls.WHO:
        closing = c if c != Cls.OPEN else Cls.CLOSE
        if c == Cls.WHO:
            closing = Cls.COMMA
        k, limit = j + 1, min(n, j + MAX_ASIDE)
        while k < limit and cls[k] != closing and cls[k] != Cls.STOP and cls[k] != Cls.QUOTE:
            k += 1
        # one more comma: "Quill, mayor of Harrow, Vale, said"
        if k < limit and cls[k] == closing:
            j, reach = k + 1, Reach.ASIDE
            if cls[j] not in _VERBS and cls[j] not in _SKIP and closing == Cls.COMMA:
                k = j
                while k < limit and cls[k] != closing and cls[k] != Cls.STOP and cls[k] != Cls.QUOTE:
                    k += 1
                if k < limit and cls[k] == closing and cls[k + 1] in _VERBS:
                    j = k + 1
    elif c == Cls.PREP:
        k, limit = j + 1, min(n, j + MAX_PHRASE)
        while k < limit and cls[k] in _INSIDE_PHRASE:
            k += 1
        j, reach = k, Reach.PHRASE
        if cls[j] == Cls.COMMA:
            k, limit = j + 1, min(n, j + MAX_ASIDE)
            while k < limit and cls[k] != Cls.COMMA and cls[k] != Cls.STOP and cls[k] != Cls.QUOTE:
                k += 1
            if k < limit and cls[k] == Cls.COMMA:
                j = k + 1
    while j < n and cls[j] in _SKIP:
        j += 1
    first = cls[j]
    if first == Cls.BE:  # "has said", "was quoted as saying"
        k = j + 1
        while k < n and cls[k] in (Cls.ADV, Cls.BE, Cls.NOT):
            k += 1
        if cls[k] in _SPEAKS:
            first, j = cls[k], k
    if first in _VERBS or first == Cls.SAYING:
        return first, j, reach
    return Cls.LOW, -1, Reach.NONE
