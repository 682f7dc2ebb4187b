"""The people an article names: every mention of each, with title, gender and what stands around it.

One scan over the capitals of the text outside quotations. Two names are one person when they share the last word and
no first name speaks against it; the fullest is shown. Whom a pronoun means is left to `pronouns`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from .marks import Span
from .tokens import shape
from .words import first_names, gendered, not_people, table
from .words.classes import Cls

FEMALE, MALE, UNKNOWN = 1, -1, 0
MAX_WORD = 36
"""Characters looked at before a name for the words there."""

MAX_APPOSITION = 80
"""Characters of "the mayor of Harrow Vale" after a name."""
MENTIONS_FOR_ROLE = 4
REMEMBERED = 30_000
"""Runs of capitals whose parts are remembered: names recur, within an article and between them."""
LONGEST_FIRST = 6
"""Letters up to which the first of three German words may well be a first name."""

_APPOSITION = re.compile(rf", ((?:[^,.;:!?()\n\"“”«»„]|(?<=\b\w)\.(?= )){{3,{MAX_APPOSITION}}})(?=[,.;])")
_SIGN = re.compile(r"[,.;:!?()\n\"“”«»„]")
_ELISION = re.compile(r"^[ld]['’]")
HONORIFICS = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "herr", "frau", "m", "mme", "mlle", "monsieur", "madame", "sr", "sra",
     "srta", "señor", "señora", "don", "doña")
)  # fmt: skip
"""Titles that say nothing of what somebody does."""
MAX_ROLE_WORDS = 4
"""Words from the article to the role: "the Social Democrats' deputy leader"."""
_OF_SOMETHING = re.compile(r" [^,.;:!?()\n\"“”«»„]+, ")
_TELLS_WHICH = frozenset((Cls.LOW, Cls.ROLE))
_UPPER = "[^\\W\\d_a-zß-öø-ÿ]"
_NAME_WORD = f"(?:(?:{_UPPER}\\.)+(?= )|{_UPPER}[\\w’'-]*)"
_LINK = "(?:(?:de|van|von|der|den|bin|al|del|da|la|di|du|dos|zu|ten|ter) ){0,2}"
_RUN = re.compile(f"(?<!\\w){_NAME_WORD}(?:(?:(?<!\\w{{4}})\\.)? {_LINK}{_NAME_WORD})*")
_OF_BODY = re.compile(f" of (the )?({_NAME_WORD}(?:(?: (?:for|of|and)(?: the)?)? {_NAME_WORD}){{0,6}})(?![\\w’'])")
_OF_NAMES = frozenset((Cls.NAME, Cls.TITLE, Cls.ROLE))
_LEADING = frozenset((Cls.TITLE, Cls.ROLE))
_OPENS_ROLE = frozenset((Cls.DET, Cls.HIS, Cls.ROLE, Cls.TITLE, Cls.NAME, Cls.NUM))
_CLAUSE = frozenset((Cls.HE, Cls.THEY, Cls.IT, Cls.SAY, Cls.BE, Cls.WHO, Cls.WHEN))
_SUBJECT_OF = frozenset((Cls.SAY, Cls.CALL, Cls.TELL, Cls.BE, Cls.DONE))
_NEXT_WORD = re.compile(r"[ ,]{0,2}(\w+)")
_SENTENCE_END = re.compile(r"[.!?]\W{0,3}\s(?=\W{0,2}[^\Wa-z])|\n")
_SENTENCE_STARTS = ("", "\n", ".", "!", "?", ":")
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_GENITIVE = ("'s", "’s")
_GERMAN_ROLES = (
    "sprecher", "leiter", "meister", "chef", "minister", "präsident", "direktor", "führer", "vorsitzender",
    "vorsitzende", "anwalt", "richter", "forscher", "experte", "trainer", "lehrer", "arzt", "inhaber", "besitzer",
    "gründer", "sekretär", "beauftragter", "beauftragte", "kommissar", "ingenieur", "bauer", "händler", "historiker",
    "biologe", "physiker", "chemiker", "soziologe", "politologe", "psychologe", "ökonom", "gin", "phin",
)  # fmt: skip
_GERMAN_FEMININE = ("erin", "orin", "istin", "ärin", "entin", "antin", "ogin", "etin", "ätin")


class Person:
    """Someone the article names, or something that may be someone: see `is_likely`."""

    __slots__ = ("acts", "count", "gender", "is_sought", "name", "role")

    def __init__(self, name: str) -> None:
        self.name = name
        self.role: str | None = None
        self.is_sought = False
        self.gender = UNKNOWN
        self.count = self.acts = 0

    @property
    def is_likely(self) -> bool:
        """Whether anything says that this is a person: two words, a title, a first name, a verb of its own."""
        return " " in self.name or bool(self.role or self.gender or self.acts)


class Named:
    """A mention: its characters, its sentence, and whether it is a subject, owns something, follows a preposition."""

    __slots__ = ("end", "owner", "person", "preposed", "sentence", "start", "subject")

    def __init__(
        self, start: int, end: int, person: Person, sentence: int, *, subject: bool, owner: bool, preposed: bool
    ) -> None:
        self.start, self.end, self.person, self.sentence = start, end, person, sentence
        self.subject, self.owner, self.preposed = subject, owner, preposed


class People:
    """Who is named where in one text."""

    def __init__(self, text: str, lang: str, spans: list[Span]) -> None:
        self.text = text
        self.mentions: list[Named] = []
        self._lang, self._words = lang, table(lang)
        self._by_last: dict[str, list[Person]] = {}
        self._sentence_ends = [found.start() for found in _SENTENCE_END.finditer(text)]
        at = 0
        for span in spans:
            self._scan(at, span.start)
            at = span.end
        self._scan(at, len(text))

    def of(self, phrase: str) -> Person | None:
        """The person a phrase names; None for a phrase without a name."""
        for found in _RUN.finditer(phrase):
            named = split_name(found[0], self._lang)[1]
            if named:
                return self._known(_without_genitive(named))
        return None

    def just_before(self, at: int) -> Person | None:
        """The person named right before this character, for "Ada Quill, who said"."""
        index = bisect_left(self.mentions, at, key=lambda mention: mention.start) - 1
        if index < 0 or at - self.mentions[index].start > MAX_APPOSITION:
            return None
        return self.mentions[index].person

    def at(self, start: int) -> Person | None:
        """Whose name covers this character."""
        index = bisect_left(self.mentions, start + 1, key=lambda mention: mention.start) - 1
        return self.mentions[index].person if index >= 0 and start < self.mentions[index].end else None

    def beside(self, start: int, end: int) -> Person | None:
        """Whom a phrase names at its end or after its comma: "the lawyer Ada Quill", "his lawyer, Ada Quill"."""
        index = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        for mention in self.mentions[index : index + 3]:
            between = self.text[end : mention.start]
            if mention.end == end or between == ", ":
                return mention.person
            if (
                len(between) < MAX_APPOSITION
                and _OF_SOMETHING.fullmatch(between)
                and self._opens_with_preposition(between)
            ):
                return mention.person
        return None

    def _opens_with_preposition(self, phrase: str) -> bool:
        return self._words.get(phrase.split(None, 1)[0].lower()) in (Cls.PREP, Cls.DET)  # "del", "du"

    def role(self, person: Person) -> str | None:
        """The title of a person, or what stands beside one of the first mentions: "the mayor of Harrow Vale"."""
        if not person.is_sought and (person.role is None or person.role.lower().rstrip(".") in HONORIFICS):
            person.is_sought = True
            mine = (mention for mention in self.mentions if mention.person is person)
            beside = (self._beside(mention) for mention in islice(mine, MENTIONS_FOR_ROLE))
            person.role = next((role for role in beside if role), None)
        return person.role

    def _beside(self, mention: Named) -> str | None:
        """An apposition, before or after, or the body somebody is from."""
        after = _APPOSITION.match(self.text, mention.end)
        if after and self._names_role(after[1]):
            return after[1]
        start = mention.start
        if self.text[start - 2 : start] == ", " and self.text[mention.end : mention.end + 1] == ",":
            return self._last_role(_SIGN.split(self.text[max(0, start - MAX_APPOSITION) : start - 2])[-1])
        body = _OF_BODY.match(self.text, mention.end) if self._lang == "en" else None
        return body[0].strip() if body and self._is_body(body) else None

    def _last_role(self, phrase: str) -> str | None:
        """The noun phrase with a role that ends a run of words: "… second tour le maire d'Almirón"."""
        parts = phrase.split()
        known = [self._words.get(_ELISION.sub("", part.lower()), Cls.NAME) for part in parts]
        roles = [i for i, cls in enumerate(known) if cls in _LEADING]
        at = roles[-1] if roles else -1
        for i in reversed(roles):  # "la portavoz del sindicato"
            at = i if at - i < MAX_ROLE_WORDS else at
        opening = next((i for i in range(at, max(-1, at - MAX_ROLE_WORDS), -1) if known[i] == Cls.DET), -1)
        if at < 0 or opening < 0 or not _CLAUSE.isdisjoint(known[opening:]):
            return None
        return " ".join(parts[opening:])

    def _is_body(self, found: re.Match[str]) -> bool:
        """Whether "of the Reform Union" says where somebody is from, not whom the words are about."""
        last = _last_word(found[2])
        return last in not_people() or (bool(found[1]) and " " in found[2] and last not in self._by_last)

    def _names_role(self, phrase: str) -> bool:
        words = [word.lower() for word in phrase.split()[:8]]
        known = [self._words.get(word, Cls.NAME) for word in words]
        if known[0] not in _OPENS_ROLE or not _CLAUSE.isdisjoint(known):
            return False
        return not _LEADING.isdisjoint(known) or (
            self._lang == "de" and any(w.endswith(_GERMAN_FEMININE) for w in words)
        )

    def sentence_at(self, at: int) -> int:
        """How many sentences have ended before this character."""
        return bisect_left(self._sentence_ends, at)

    def _known(self, named: str) -> Person | None:
        """The person of this name so far: of a surname alone the one named most."""
        namesakes = self._by_last.get(_last_word(named), [])
        first = _first_word(named)
        fitting = [p for p in namesakes if " " not in named or " " not in p.name or _first_word(p.name) == first]
        return max(fitting, key=lambda p: p.count, default=None)

    def _scan(self, start: int, end: int) -> None:
        lang, take = self._lang, self._take
        for found in _RUN.finditer(self.text, start, end):
            run = _run(found[0], lang)
            if run.named:
                take(run, found.start())

    def _take(self, run: _Run, at: int) -> None:
        role, named, offset, length = run
        end = at + length
        before = self.text[max(0, at - MAX_WORD) : at]
        previous = before.rstrip(" ")[-1:]
        starts = previous in _SENTENCE_STARTS
        plain = _without_genitive(named)
        word = "" if starts else before.rstrip().rsplit(" ", 1)[-1].lower()
        known_word = self._words.get(word)
        acts = known_word == Cls.SAY or self._acts(end)  # "sagte Ada Quill"
        person = self._known(plain)
        if person is None:
            if not self._may_be_person(plain, role, starts, acts):
                return
            person = Person(plain)
            self._by_last.setdefault(_last_word(plain), []).append(person)
        elif (_has_first_name(plain), len(plain)) > (_has_first_name(person.name), len(person.name)):
            person.name = plain
        person.count += 1
        aside = previous == "," and self.text[end : end + 1] == ","  # "His mother, Ada, left"
        self._learn(person, plain, role or (self._role_before(before) if known_word == Cls.ROLE else ""))
        preposed = known_word == Cls.PREP
        sentence = self.sentence_at(at + offset)
        if preposed and acts:  # "Bishop Quill of the diocese of Harrow said"
            acts = False
            self._let_head_act(at, sentence)
        person.acts += acts
        self.mentions.append(
            Named(
                at + offset,
                end,
                person,
                sentence,
                subject=starts or aside or acts,
                owner=plain is not named,
                preposed=preposed,
            )
        )

    def _role_before(self, before: str) -> str:
        """The role at the end of these words, with the word that says which: "prime minister", "police chief"."""
        *_, which, role = (
            ["", *before.rstrip().rsplit(" ", 2)[-2:]] if " " in before.strip() else ["", "", before.strip()]
        )
        plain = which.isalpha() and which.islower() and len(which) > 2
        known = self._words.get(which, shape(which, self._lang)) if plain else Cls.EDGE
        return f"{which} {role}" if known in _TELLS_WHICH and self._lang == "en" else role

    def _let_head_act(self, at: int, sentence: int) -> None:
        for mention in reversed(self.mentions[-3:]):
            if mention.sentence != sentence or at - mention.end > MAX_APPOSITION:
                break
            if not mention.preposed:
                mention.subject = True
                mention.person.acts += 1
                break

    def _may_be_person(self, named: str, role: str, starts: bool, acts: bool) -> bool:
        last = _last_word(named)
        if last in not_people() or named.lower() in not_people() or (named.isupper() and len(named) < 6):
            return False
        if role or _has_first_name(named):
            return True
        if self._lang == "de":  # every noun is capitalised there
            return " " in named and acts
        return " " in named or not starts or (acts and last not in self._words)

    def _acts(self, end: int) -> bool:
        """Whether a verb follows."""
        following = _NEXT_WORD.match(self.text, end)
        return following is not None and self._words.get(following[1], shape(following[1], self._lang)) in _SUBJECT_OF

    def _learn(self, person: Person, named: str, role: str) -> None:
        """Keep the longest title, and what title and first name say of gender."""
        if len(role) > len(person.role or ""):
            person.role = role
        if person.gender:
            return
        female, male = gendered(self._lang)
        for word in role.lower().replace(".", "").split():
            if word in female or (self._lang == "de" and word.endswith(_GERMAN_FEMININE)):
                person.gender = FEMALE
            elif word in male:
                person.gender = MALE
        if not person.gender:
            first = _first_word(named)
            female, male = first_names()
            person.gender = FEMALE if first in female else MALE if first in male else UNKNOWN


class _Run(NamedTuple):
    """A run of capitals: title, name, where in it the name begins, and its length up to the end of its sentence."""

    role: str
    named: str
    offset: int
    length: int


@lru_cache(REMEMBERED)
def _run(run: str, lang: str) -> _Run:
    if run[0].islower():  # as letters beyond Latin-1 may be
        return _Run("", "", 0, len(run))
    first = _first_sentence(run, table(lang))
    if lang == "de":
        first = _without_origin(first)
    return _Run(*split_name(first, lang), len(first))


@lru_cache(REMEMBERED)
def split_name(run: str, lang: str) -> tuple[str, str, int]:
    """A run of capitals as title, name, and where the name begins; the name is empty when there is none."""
    words = table(lang)
    parts = run.split(" ")
    lead = 0
    while lead < len(parts) and words.get(parts[lead].rstrip(".").lower(), Cls.NAME) not in _OF_NAMES:
        lead += 1
    first = lead
    for at in range(len(parts) - 2, lead - 1, -1):  # "U.K. Defense Secretary John Healey"
        if words.get(parts[at].rstrip(".").lower()) in _LEADING:
            first = at + 1
            break
    for at in range(first + 1, min(first + 4, len(parts) - 1)):  # "Goalkeeper Sam Dexter"
        if _has_first_name(parts[at]) and not _has_first_name(parts[first]):
            first = at
            break
    if first < len(parts) - 2 and parts[first].endswith(_GERMAN_ROLES) and len(parts[first]) > LONGEST_FIRST:
        first += 1  # "Bühnenmeister Odilo Harbeck"
    if first < len(parts) - 1 and parts[first].endswith(_GERMAN_FEMININE):  # "Firmeninhaberin Maren Voss"
        first += 1
    last = parts[-1].lower() if first < len(parts) else ""
    if not last or words.get(last, Cls.NAME) != Cls.NAME or last.isdigit():
        return "", "", 0
    role = " ".join(parts[lead:first])
    if role and parts[first].islower():  # "Bürgermeisterin von Altwied"
        return "", "", 0
    return role, " ".join(parts[first:]), sum(map(len, parts[:first])) + first


def _first_sentence(run: str, words: dict[str, int]) -> str:
    """The run up to a full stop that is neither a title's nor an initial's."""
    dot = run.find(". ")
    if dot < 2 or not run[dot - 2].isalpha() or words.get(run[:dot].rsplit(" ", 1)[-1].lower()) == Cls.TITLE:
        return run
    return run[:dot]


def _without_origin(run: str) -> str:
    """The run before "von der Universität Tannberg", where that is a full name; "Ursel von der Tann" stays whole."""
    named, _, _ = run.partition(" von ")
    words = named.split(" ")
    known = len(words) - words[0].lower().endswith((*_GERMAN_ROLES, *_GERMAN_FEMININE))
    return named if known > 1 else run


def _without_genitive(named: str) -> str:
    return named[:-2] if named.endswith(_GENITIVE) else named


def _last_word(named: str) -> str:
    return named.rsplit(" ", 1)[-1].lower()


@lru_cache(4096)
def _first_word(named: str) -> str:
    """The first word of a name, or the first half of a double one, without its accents."""
    first = named.lower().split(" ", 1)[0].split("-")[0]
    return first if first.isascii() else normalize("NFD", first).translate(_ACCENTS)


@lru_cache(4096)
def _has_first_name(named: str) -> bool:
    first = _first_word(named)
    return any(first in listed for listed in first_names())
