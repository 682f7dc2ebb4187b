"""What is true of a quotation and a mention, as numbers into one list of weights.

Every feature is structural: classes of tokens, order, distance, punctuation. Each is a small table over a few
facts; `_Tables` gives every table its place in the list once, so that scoring is adding up list items.
"""

from __future__ import annotations

from math import prod

from .mentions import KINDS, REACHES, Mention
from .tokens import Paragraph
from .words.classes import CLASSES, Cls

MAX_SENTENCE = 120
"""Tokens looked through for the cue of a sentence, in either direction."""
C, K, V, R = CLASSES, KINDS, 7, REACHES
BEFORE, AFTER, EARLIER, LONG_AGO = 0, 1, 2, 3
D = 4
_VERB = [0] * C
for _i, _c in enumerate((Cls.LOW, Cls.SAY, Cls.CALL, Cls.TELL, Cls.SAYING, Cls.BE, Cls.DONE)):
    _VERB[_c] = _i
_CUE = [0] * C
for _i, _c in enumerate((Cls.LOW, Cls.SAY, Cls.CALL, Cls.TELL, Cls.SAYING, Cls.BY)):
    _CUE[_c] = _i
_GAP = [0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5] + [6] * 8 + [7]
_NEAR = [0, 1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 5]
_WORDS = [0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 10]
_GROUPS = (
    (Cls.LOW, Cls.ADV, Cls.NUM, Cls.NOT, Cls.DAY, Cls.WORK, Cls.MARK, Cls.DASH),
    (Cls.NAME, Cls.TITLE, Cls.ROLE, Cls.HE, Cls.THEY, Cls.DET, Cls.HIS, Cls.OF),
    (Cls.SAY,),
    (Cls.CALL, Cls.TELL),
    (Cls.SAYING, Cls.BY),
    (Cls.BE, Cls.DONE, Cls.DOING, Cls.TO),
    (Cls.THAT, Cls.WHO, Cls.WHEN, Cls.IT),
    (Cls.PREP, Cls.AND, Cls.HIM),
    (Cls.COMMA, Cls.OPEN, Cls.CLOSE),
    (Cls.STOP,),
    (Cls.COLON, Cls.SPEECH),
    (Cls.QUOTE, Cls.EDGE),
)
G = len(_GROUPS) + 1
_GROUP = [0] * C
for _i, _cs in enumerate(_GROUPS, 1):
    for _c in _cs:
        _GROUP[_c] = _i
_SPEECH_SIGNS = frozenset(".!?…")


class _Tables:
    """Gives each table its place in the list of weights."""

    def __init__(self) -> None:
        self.size = 0

    def add(self, *shape: int) -> int:
        """Where a table of this shape begins."""
        start = self.size
        self.size += prod(shape)
        return start


_tables = _Tables()
_KIND = _tables.add(D, K)
_RANK = _tables.add(D, 3, 4)
_QUOTES = _tables.add(D, 3, 3)
_BEFORE = _tables.add(D, C, 2)
_AFTER = _tables.add(D, C, 2)
_VERBS = _tables.add(D, 3, V, R)
_VERB_GAP = _tables.add(D, 3, V, 6)
_CUES = _tables.add(D, 3, 6, 4)
_GAPS = _tables.add(D, 3, 8)
_Q_BEFORE = _tables.add(D, 3, C)
_Q_AFTER = _tables.add(D, 3, C)
_END = _tables.add(D, 3, 3, 4)
_SHAPE = _tables.add(K, V, 6)
_COUNT = _tables.add(D, 3, 3, 2)
_CHAIN = _tables.add(D, 4, 4, 2)
_RIVAL = _tables.add(D, 3, 2, 2)
_SUBJECT = _tables.add(D, 3, 2, V)
_LOWER = _tables.add(D, 3, 2)
_TWO_BEFORE = _tables.add(2, G, G)
_TWO_AFTER = _tables.add(2, G, G)
_SECOND_BEFORE = _tables.add(D, C)
_SECOND_AFTER = _tables.add(D, C)
_THIRD_BEFORE = _tables.add(D, C)
_THIRD_AFTER = _tables.add(D, C)
_BETWEEN = _tables.add(2, 4, 3, 3)
_TAGS = _tables.add(D, 4, 4, 2, 3)
_SPOKE = _tables.add(K, D, 3, 2)
_TURN = _tables.add(D, 4, 4, 4, 4)
_N_WORDS = _tables.add(11)
_N_BEFORE = _tables.add(C, 3)
_N_AFTER = _tables.add(C, 3)
_N_CASE = _tables.add(2, 3, 11)
_N_TITLE = _tables.add(5, 11)
_N_CUE = _tables.add(3, 3, 2)
_N_WORK = _tables.add(2, 2)
_N_ALONE = _tables.add(2, 4)
_N_PERSON = _tables.add(2, 3, 3)
_N_BIAS = _tables.add(1)
SIZE = _tables.size


class Place:
    """What is true of one quotation whatever the mention."""

    __slots__ = ("after", "at", "before", "chain", "cues", "end", "lower", "rival", "tag_after", "tag_before")

    def __init__(self, text: str, paragraph: Paragraph, at: int) -> None:
        self.at = at
        start, end = paragraph.beg[at], paragraph.end[at]
        self.before, self.after = paragraph.cls[at - 1], paragraph.cls[at + 1]
        if self.after == Cls.COMMA:
            self.after = paragraph.cls[at + 2] if at + 2 < len(paragraph.cls) else Cls.EDGE
            self.end = 0
        else:
            last = text[end - 1]
            self.end = 0 if last == "," else 1 if last in _SPEECH_SIGNS else 2
        self.lower = text[start].islower()
        self.chain = 0
        self.tag_before, self.tag_after = _tag_before(paragraph.cls, at), _tag_after(paragraph.cls, at)
        self.rival = False
        self.cues = _cues(paragraph, at)


def _cues(paragraph: Paragraph, at: int) -> int:
    """Cues in the quotation's sentence: 2 soon after it, 1 elsewhere, 0 none."""
    cls, stops, sentence = paragraph.cls, paragraph.stops, paragraph.stops[at]
    i, n = at + 1, min(len(cls), at + MAX_SENTENCE)
    while i < n and stops[i] == sentence:
        if _CUE[cls[i]]:
            return 2 if i - at < 8 else 1
        i += 1
    i, n = at - 1, max(0, at - MAX_SENTENCE)
    while i > n and stops[i] == sentence:
        if _CUE[cls[i]]:
            return 1
        i -= 1
    return 0


def is_strong(place: Place, mention: Mention, stops: list[int]) -> bool:
    """The mention has a cue of its own right at the quotation."""
    at = place.at
    if mention.first > at:
        near = mention.first - at < 8 and stops[mention.first] == stops[at]
        return near and (_CUE[mention.before] > 0 or 0 < _VERB[mention.verb] < 4)
    return stops[mention.first] == stops[at] and 0 < _VERB[mention.verb] < 5 and mention.verb_at < at


def of_mention(
    place: Place,
    paragraph: Paragraph,
    mention_cls: list[int],
    mention: Mention,
    direction: int,
    rank: int,
    quotes: int,
    same: int,
    spoke: int,
) -> list[int]:
    """Indices of the weights that hold for this mention as the speaker of this quotation.

    rank: mentions standing nearer on the same side; quotes: quotations between; same: 0 there is no earlier
    speaker, 1 someone else, 2 of the same name, 3 the very mention.
    """
    stops_of, at = paragraph.stops, place.at
    first, last = mention.first, mention.last
    verb, reach = _VERB[mention.verb], mention.reach
    cue = _CUE[mention.before]
    d = direction
    if d == BEFORE:
        stops = stops_of[at] - stops_of[first]
        gap = at - last
        if verb and mention.verb_at > at:
            verb_gap = 5
        else:
            verb_gap = _NEAR[min(11, at - mention.verb_at - 1)] if verb else 0
        cue_gap = min(3, gap)
    elif d == AFTER:
        stops = stops_of[first] - stops_of[at]
        gap = first - at - 1
        verb_gap = _NEAR[min(11, mention.verb_at - last)] if verb else 0
        cue_gap = min(3, max(0, gap - 1))
    else:
        stops = stops_of[-1] - stops_of[first]
        gap = len(stops_of) - last
        verb_gap = cue_gap = 0
    stops = 2 if stops > 2 else stops
    rank = 3 if rank > 3 else rank
    quotes = 2 if quotes > 2 else quotes
    strong = same > 0 and place.cues > 0
    ds = d * 3 + stops
    near = stops > 0
    far = d > AFTER
    second_before = mention_cls[first - 2] if first > 1 else 0
    second_after = mention_cls[last + 1] if last + 1 < len(mention_cls) else 0
    listed = [
        _KIND + d * K + mention.kind,
        _RANK + ds * 4 + rank,
        _QUOTES + ds * 3 + quotes,
        _BEFORE + (d * C + mention.before) * 2 + near,
        _AFTER + (d * C + mention.after) * 2 + near,
        _VERBS + (ds * V + verb) * R + reach,
        _VERB_GAP + (ds * V + verb) * 6 + verb_gap,
        _CUES + (ds * 6 + cue) * 4 + cue_gap,
        _GAPS + ds * 8 + _GAP[gap if gap < 21 else 21],
        _Q_BEFORE + ds * C + place.before,
        _Q_AFTER + ds * C + place.after,
        _END + (ds * 3 + place.end) * 4 + rank,
        _SHAPE + (mention.kind * V + verb) * 6 + cue,
        _COUNT + (ds * 3 + place.cues) * 2 + (verb > 0),
        _CHAIN + ((d * 4 + same) * 4 + place.chain) * 2 + strong,
        _RIVAL + (ds * 2 + place.rival) * 2 + (d < EARLIER and is_strong(place, mention, stops_of)),
        _SUBJECT + (ds * 2 + mention.subject) * V + verb,
        _LOWER + ds * 2 + place.lower,
        _TWO_BEFORE + (far * G + _GROUP[second_before]) * G + _GROUP[mention.before],
        _TWO_AFTER + (far * G + _GROUP[mention.after]) * G + _GROUP[second_after],
        _SECOND_BEFORE + d * C + second_before,
        _SECOND_AFTER + d * C + second_after,
        _THIRD_BEFORE + d * C + (mention_cls[first - 3] if first > 2 else 0),
        _THIRD_AFTER + d * C + (mention_cls[last + 2] if last + 2 < len(mention_cls) else 0),
        _SPOKE + ((mention.kind * D + d) * 3 + spoke) * 2 + (place.tag_after > 0 or place.tag_before > 1),
        _TURN + (((d * 4 + same) * 4 + place.chain) * 4 + place.tag_before) * 4 + place.tag_after,
        _TAGS + (((d * 4 + place.tag_before) * 4 + place.tag_after) * 2 + (gap < 3)) * 3 + stops,
    ]
    if not far:
        low, high = (last, at) if d == BEFORE else (at + 1, first)
        listed.append(_BETWEEN + (d * 12 + _between(paragraph, low, high)) * 3 + place.end)
    return listed


def _between(paragraph: Paragraph, low: int, high: int) -> int:
    """Verbs (up to three) and openings of clauses (up to two) among the tokens from low to high, as one number."""
    verbs = paragraph.verbs[high] - paragraph.verbs[low]
    clauses = paragraph.clauses[high] - paragraph.clauses[low]
    return (3 if verbs > 3 else verbs) * 3 + (2 if clauses > 2 else clauses)


def _tag_before(cls: list[int], at: int) -> int:
    """How the words before announce the quotation: 0 not, 1 cue among the last five, 2 colon, 3 cue next to it."""
    i = at - 1
    if cls[i] == Cls.COLON:
        return 2
    while i > 0 and at - i < 6 and cls[i] != Cls.QUOTE and cls[i] != Cls.STOP:
        if _CUE[cls[i]]:
            return 3 if at - i < 3 else 1
        i -= 1
    return 0


def _tag_after(cls: list[int], at: int) -> int:
    """How the words after the quotation credit it: 0 not, 1 a cue in the next six tokens, 2 two on, 3 at once."""
    i, n = at + 1, len(cls)
    while i < n and i - at < 7 and cls[i] != Cls.QUOTE and cls[i] != Cls.STOP:
        if _CUE[cls[i]]:
            return 3 if i - at < 2 else 2 if i - at < 4 else 1
        i += 1
    return 0


def of_nobody(text: str, paragraph: Paragraph, place: Place) -> list[int]:
    """Indices of the weights for "nobody's quotation": a title, irony, a sign."""
    at = place.at
    start, end = paragraph.beg[at], paragraph.end[at]
    quoted = text[start:end]
    words = quoted.split()
    count = _WORDS[min(len(words), 20)]
    capitals = sum(1 for w in words if w[0].isupper())
    title = min(4, capitals * 5 // (len(words) + 1)) if len(words) < 20 else 0
    cls = paragraph.cls
    work = any(c == Cls.WORK for c in cls[max(0, at - 4) : at])
    work_after = any(c == Cls.WORK for c in cls[at + 1 : at + 3])
    person = 2 if quoted[:2] in ("I ", "We", "Ic", "Wi") else 1 if " " in quoted and _first_person(words) else 0
    return [
        _N_WORDS + count,
        _N_BEFORE + place.before * 3 + place.end,
        _N_AFTER + place.after * 3 + place.end,
        _N_CASE + (place.lower * 3 + place.end) * 11 + count,
        _N_TITLE + title * 11 + count,
        _N_CUE + (place.cues * 3 + min(2, place.chain)) * 2 + place.rival,
        _N_WORK + work * 2 + work_after,
        _N_ALONE + (len(cls) == 3) * 4 + place.chain,
        _N_PERSON + ((place.end > 1) * 3 + person) * 3 + min(2, place.cues),
        _N_BIAS,
    ]


_FIRST_PERSON = frozenset(
    ("i", "we", "our", "my", "us", "me", "you", "i'm", "we're", "i’m", "we’re",
     "ich", "wir", "uns", "unser", "unsere", "mein", "meine", "mich", "mir", "je", "nous",
     "notre", "nos", "vous", "yo", "nosotros", "nuestro", "nuestra", "mi", "noi", "io")
)  # fmt: skip


def _first_person(words: list[str]) -> bool:
    return not _FIRST_PERSON.isdisjoint([w.lower() for w in words[:40]])
