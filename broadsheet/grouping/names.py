"""Names an article mentions: people, places and organizations.

No model is needed and none is used: a run of capitalized words is a candidate; what stands beside it says what it is.
Languages written without capitals yield only names of the gazetteer.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from broadsheet.grouping.gazetteer import COUNTRIES, PLACES
from broadsheet.grouping.name_words import NOT_NAMES, ORGANIZATION_WORDS, PARTICLES, PLACE_CUES, TITLES

MAX_TEXT = 20_000
MAX_NAMES = 60


class NameKind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """One name and what it seems to be."""

    name: str
    """The longest form in the article, without title."""
    kind: NameKind
    count: int
    role: str = ""
    """Title or office that stood before it, as written."""
    in_title: bool = False


_WORD = r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Lt|Col|Sgt|Capt|St|Rev|[A-Z])\.|[^\W\d_a-zß-öø-ÿ][\w’'\-]*)"
"""A word with a capital; only abbreviated titles and initials keep their point."""

_LINK = (
    r"(?: (?:of the|of|de la|de los|de|del|della|di|da|do|dos|du|van der|van|von der|von|zu|al|bin|ibn|el|ter"
    r"|den|la|le))?"
)
_RUN = re.compile(rf"{_WORD}(?:{_LINK} {_WORD}){{0,6}}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…\n\"“„«‘»]\s*)$")
_INSIDE = re.compile(r"(?<=[a-zà-ÿ,;] )([^\W\d_a-z][\w’'\-]+)")
_POSSESSIVE = re.compile(r"['’]s?$")


def find_names(title: str, text: str, language: str = "") -> list[Name]:
    """Names by how often they occur, at most `MAX_NAMES`; the text is read up to `MAX_TEXT` characters."""
    found: dict[str, Counter[NameKind]] = {}
    counts: Counter[str] = Counter()
    roles: dict[str, str] = {}
    titled: set[str] = set()
    known_inside = _capitalized_inside(text[:MAX_TEXT])
    for part, is_title in ((title[:500], True), (text[:MAX_TEXT], False)):
        for match in _RUN.finditer(part):
            before = part[max(0, match.start() - 24) : match.start()]
            name, role = _clean(
                match[0], opens=bool(_SENTENCE_START.search(before)) or is_title, inside=known_inside, language=language
            )
            if not name:
                continue
            counts[name] += 1
            if is_title:
                titled.add(name)
            if role:
                roles.setdefault(name, role)
            found.setdefault(name, Counter())[_kind(name, role, before)] += 1
    return _together(found, counts, roles, titled)[:MAX_NAMES]


def _capitalized_inside(text: str) -> frozenset[str]:
    """Words that carry a capital elsewhere than at the opening of a sentence."""
    runs = (run.split(" ")[1:] for run in _RUN.findall(text))
    return frozenset(_INSIDE.findall(text)) | frozenset(_POSSESSIVE.sub("", w) for run in runs for w in run)


def _clean(run: str, *, opens: bool, inside: frozenset[str], language: str) -> tuple[str, str]:
    """Take titles and words that only open a sentence off a run of capitals; returns (name, role)."""
    words = [_POSSESSIVE.sub("", w) for w in run.split(" ")]
    if opens:
        while words and (words[0].lower() in NOT_NAMES or (len(words) == 1 and words[0] not in inside)):
            words.pop(0)
    else:
        while words and words[0].lower() in NOT_NAMES:
            words.pop(0)
    role: list[str] = []
    while words and words[0].lower().rstrip(".") in TITLES:
        role.append(words.pop(0))
    while words and (words[-1].lower() in NOT_NAMES or words[-1].lower() in PARTICLES):
        words.pop()
    name = _shortened(" ".join(words).strip("-’'"))
    if len(name) < 2 or (language == "de" and len(words) == 1 and name not in PLACES and not role):
        return "", ""
    return name, " ".join(role)


def _shortened(name: str) -> str:
    """Keep "Bank of Varnholt" whole, but of "Krug of Varnholt" only Krug."""
    head, of, _ = name.partition(" of ")
    return name if not of or head.rsplit(" ", 1)[-1].lower() in ORGANIZATION_WORDS else head


def _kind(name: str, role: str, before: str) -> NameKind:
    words = name.split(" ")
    if name in COUNTRIES or name in PLACES:
        return NameKind.PLACE
    if any(w.lower() in ORGANIZATION_WORDS for w in words) or (name.isupper() and len(name) > 1):
        return NameKind.ORGANIZATION
    if role:
        return NameKind.PERSON
    if len(words) == 1 and before.rstrip().rsplit(" ", 1)[-1].lower() in PLACE_CUES:
        return NameKind.PLACE
    if (
        2 <= len(words) <= 4
        and " of " not in name
        and not before.rstrip().lower().endswith(" the")
        and before.strip().lower() != "the"
    ):
        return NameKind.PERSON
    return NameKind.OTHER


def _together(
    found: dict[str, Counter[NameKind]], counts: Counter[str], roles: dict[str, str], titled: set[str]
) -> list[Name]:
    """Join short forms ("Healey") with the one long form they end ("John Healey")."""
    by_last: dict[str, list[str]] = {}
    for name in found:
        if " " in name:
            by_last.setdefault(name.rsplit(" ", 1)[1], []).append(name)
    kinds = {name: max(c, key=lambda k: (c[k], k != NameKind.OTHER)) for name, c in found.items()}
    for name in [n for n in found if " " not in n]:
        longer = [n for n in by_last.get(name, ()) if kinds[n] is NameKind.PERSON]
        if len(longer) == 1:
            counts[longer[0]] += counts.pop(name)
            if name in titled:
                titled.add(longer[0])
            if name in roles:
                roles.setdefault(longer[0], roles[name])
    names = [Name(n, kinds[n], c, roles.get(n, ""), n in titled) for n, c in counts.items()]
    return sorted(names, key=lambda n: (-n.count - 2 * n.in_title, n.name))
