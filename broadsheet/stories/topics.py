"""What an article is about: the persons, places, bodies and things it names, fit to be followed. Pure.

`grouping.find_names` offers runs of capitals, `quotes` those who speak. Here it is decided which of them are topics,
of what kind, and which spellings are one; better none than a silly one. No list of known names is needed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from broadsheet.grouping import Name, NameKind
from broadsheet.grouping.gazetteer import COUNTRIES, PLACES
from broadsheet.grouping.name_words import ORGANIZATION_WORDS
from broadsheet.quotes.words import first_names, table
from broadsheet.quotes.words.classes import Cls
from broadsheet.stories.people import bare_name, name_slug, person_slug
from broadsheet.stories.topic_words import (
    BEFORE_PLACES,
    BODY_WORDS,
    CALENDAR,
    CREDITS,
    IN_PLACES,
    NOUNS_OF_BODIES,
    NOUNS_OF_PLACES,
    PEOPLES,
    PLACE_WORDS,
    PLACES_FIRST,
    SAYING,
    THING_WORDS,
    THINGS_FIRST,
)

TOPICS = 8
"""Of one article."""
OFFERED = 40
"""Names looked at; they come by how often they stand there."""
READ = 20_000
"""Characters of the text that evidence is looked for in."""
NEAR = 24
"""Characters before and after a name that say what it is."""
LONGEST_NAME = 5
"""Words, without particles, from which a run of capitals is a headline and no name."""

LONGEST_HEAD = 60
"""Characters in front of a name that may belong to it."""
LONGEST_ING = 7
"""Letters up to which a word in -ing may well be a name: Beijing, Harding."""

_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"([^\W\d_]+)[ ]$")
_NEXT_WORD = re.compile(r"^(?:['’]s)?,? ([^\W\d_]+)")
_AGE = re.compile(r"^,? \(?\d{2}\)?(?:,| ans| años| Jahre)")
_NO_NAME = re.compile(r"\w{4}[.] |n[’']t\b")
_PEOPLES = ("ian", "ians", "ans", "ican", "icans", "ese", "ish", "ists", "crat", "crats", "cratic")
_INSIDE = r"[^\WA-Z\d_],? "
"""Before a name: the middle of a sentence."""
_HEAD = re.compile(r"((?:[^\W\d_a-z][\w’'-]* ){1,4}(?:for|on)(?: the)? )$")
"""Before a name: the rest of a body's, as in "Centre for Local Government"."""
_OPENERS = frozenset((Cls.PREP, Cls.WHEN, Cls.AND, Cls.ADV, Cls.DET, Cls.THAT, Cls.NUM))
_HEADS = ORGANIZATION_WORDS | {"observatory", "society", "campaign", "initiative", "programme", "program", "panel"}
_ENGLISH, _ROMANCE, _GERMAN = "the a an of and", "à de la le les du des el los las y et", "und der die das von"
_GENERAL = frozenset(f"{_ENGLISH} {_ROMANCE} {_GERMAN}".split())


class TopicKind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A topic of one article. times: how often it is named. is_sure: of its kind, so that others' guesses give way."""

    slug: str
    name: str
    kind: TopicKind
    times: int
    is_sure: bool = False


def choose_topics(
    names: Sequence[Name],
    speakers: Collection[str],
    headline: str,
    text: str,
    *,
    stop: Collection[str] = (),
    places: Collection[str] = (),
    language: str = "",
) -> list[Chosen]:
    """The topics of an article, the most named first, at most `TOPICS`.

    names: as `grouping.find_names` gives them. speakers: full names of those it quotes. stop: slugs that are no topic
    here, such as the publishers' own names. places: slugs known to be places from other articles.
    language: two or three letters; German writes all nouns large, which makes capitals weaker evidence.
    """
    text = text[:READ]
    persons = {slug: speaker for speaker in speakers if (slug := person_slug(speaker))}
    found: dict[str, Chosen] = {}
    weight: dict[str, float] = {}
    lower = _lower_words(text)
    shouts = _is_title_case(headline)
    for name in names[:OFFERED]:
        if shouts:  # "Ann Romney Adds Fire": there, capitals say nothing
            name = replace(name, in_title=False)
        chosen = _choose(name, persons, lower, headline, text, places, language)
        if chosen is None or _is_stopped(chosen, stop):
            continue
        known = found.get(chosen.slug)
        found[chosen.slug] = _joined(known, chosen) if known else chosen
        weight[chosen.slug] = max(weight.get(chosen.slug, 0), chosen.times + 2 * name.in_title + chosen.is_sure)
    for slug, speaker in persons.items():
        if slug not in found and slug not in stop:
            found[slug] = Chosen(slug, speaker, TopicKind.PERSON, max(text.count(speaker), 1), is_sure=True)
            weight[slug] = found[slug].times + 1
    return sorted(found.values(), key=lambda chosen: (-weight[chosen.slug], chosen.slug))[:TOPICS]


def _choose(
    name: Name,
    persons: Mapping[str, str],
    lower: Collection[str],
    headline: str,
    text: str,
    places: Collection[str],
    language: str,
) -> Chosen | None:
    name = _with_head(name, text)
    words = (name.name if name.kind is NameKind.ORGANIZATION else bare_name(name.name)).split(" ")
    if re.search(_INSIDE + re.escape(name.name), text) is None:
        words = _trimmed(words, lower, language)
    said = _said_by_noun(words)
    words = words[1:] if said else words
    bare = " ".join(words)
    if not bare or not bare[0].isupper() or not _is_name(bare, words):
        return None  # scripts without capitals: a run of them is a clause, not a name
    speaker = _speaker(words, persons)
    if speaker:
        return Chosen(person_slug(speaker), speaker, TopicKind.PERSON, name.count, is_sure=True)
    if bare not in text or (name.count < 2 and not (name.in_title and bare in text)):
        return None
    evidence = _Evidence.of(bare, headline + "\n" + text)
    if _is_plural(words[-1], text) or (len(words) == 1 and words[0].lower() in lower):
        return None
    known = name_slug(bare) in places and not evidence.person
    if language == "de":
        evidence = replace(evidence, inside=0, surname_alone=0)
    kind = said or (TopicKind.PLACE if known else _kind(name, words, evidence))
    if kind is None:
        return None
    sure = kind is TopicKind.PERSON and bool(name.role)
    slug = person_slug(bare) if kind is TopicKind.PERSON else name_slug(bare)
    return Chosen(slug or name_slug(bare), bare, kind, max(name.count, 1), is_sure=sure)


def _said_by_noun(words: Sequence[str]) -> TopicKind | None:
    """What a noun in front says of a name: "Stadt Nürnberg", "Firma Conradty"."""
    first = words[0].lower() if len(words) > 1 else ""
    return TopicKind.PLACE if first in NOUNS_OF_PLACES else TopicKind.ORGANIZATION if first in NOUNS_OF_BODIES else None


def _with_head(name: Name, text: str) -> Name:
    """The whole name of a body where the run of capitals is only its end."""
    at = text.find(name.name)
    found = _HEAD.search(text[max(0, at - LONGEST_HEAD) : at]) if at > 0 else None
    if found is None or not any(word.lower() in _HEADS for word in found[1].split()):
        return name
    whole = found[1] + name.name
    if 2 * text.count(whole) < text.count(name.name):
        return name
    return replace(name, name=whole, kind=NameKind.ORGANIZATION)


def _trimmed(words: list[str], lower: Collection[str], language: str) -> list[str]:
    """Without words in front that the text also writes small or that are a function: they began a sentence."""
    known = table(language)
    while words and (words[0].lower() in lower or _is_opener(words[0].lower(), known, language)):
        words = words[1:]
    while words and words[-1].lower() in _GENERAL:
        words = words[:-1]
    return words


def _is_opener(word: str, known: Mapping[str, int], language: str) -> bool:
    """Whether a word can only have begun a sentence: "Between Ulbel", "Neighbouring Ulbel"."""
    is_participle = language == "en" and len(word) > LONGEST_ING and word.endswith("ing")
    return word in _GENERAL or known.get(word) in _OPENERS or is_participle


def _speaker(words: Sequence[str], persons: Mapping[str, str]) -> str:
    """The one quoted whose name this is, with or without what stands before it or the first name."""
    mine = tuple(name_slug(" ".join(words)).split("-"))
    found = []
    for speaker in persons.values():
        theirs = tuple(name_slug(speaker).split("-"))
        if mine == theirs or (len(theirs) > 1 and mine[-len(theirs) :] == theirs):
            return speaker
        if mine == theirs[-len(mine) :]:
            found.append(speaker)
    return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How often a name stands in the text, and how often as persons or places do."""

    times: int
    person: int
    place: int
    inside: int
    """Times in the middle of a sentence, where only names are written large."""
    surname_alone: int

    @classmethod
    def of(cls, name: str, text: str) -> _Evidence:
        places = BEFORE_PLACES if " " in name else IN_PLACES
        times = person = place = inside = 0
        end = at = 0
        while (at := text.find(name, end)) >= 0:
            end = at + len(name)
            if text[end : end + 1].isalpha() or (at and text[at - 1].isalpha()):
                continue
            times += 1
            before, after = _LAST_WORD.search(text[max(0, at - NEAR) : at]), text[end : end + NEAR]
            following = _NEXT_WORD.match(after)
            place += before is not None and before[1] in places
            inside += before is not None and before[1].islower()
            person += _AGE.match(after) is not None or (following is not None and following[1] in SAYING)
        last = name.rsplit(" ", 1)[-1]
        alone = len(re.findall(rf"(?<![\w-]){re.escape(last)}(?![\w-])", text)) - times if last != name else 0
        return cls(times, person, place, inside, max(alone, 0))


def _kind(name: Name, words: Sequence[str], evidence: _Evidence) -> TopicKind | None:
    """What the name seems to be; None when nothing says so and it is no more than a few capitals."""
    if " ".join(words) in COUNTRIES or " ".join(words) in PLACES:
        return TopicKind.PLACE
    if len(words) == 1:
        return _kind_of_word(name, words[0], evidence)
    first, last = words[0].lower(), words[-1].lower()
    known_first = any(name_slug(words[0]).split("-")[0] in names for names in first_names())
    if last in THING_WORDS or first in THINGS_FIRST:
        return TopicKind.SUBJECT
    if (name.kind is NameKind.ORGANIZATION and not known_first) or {first, last} & BODY_WORDS:
        return TopicKind.ORGANIZATION
    if not known_first and ({first, last} & PLACE_WORDS or first in PLACES_FIRST):
        return TopicKind.PLACE
    person = evidence.person + 2 * bool(name.role) + 2 * known_first
    if evidence.inside or person or name.in_title:
        person += evidence.surname_alone
    if person > evidence.place:
        return TopicKind.PERSON
    if evidence.place:
        return TopicKind.PLACE
    return TopicKind.SUBJECT if evidence.inside > 1 else None


def _kind_of_word(name: Name, word: str, evidence: _Evidence) -> TopicKind | None:
    """A single word is a place or a body, or nothing: surnames alone are nobody for sure."""
    if word.lower() in ORGANIZATION_WORDS:
        return None  # "Congress" is another one in every country
    if word.isupper():
        return TopicKind.ORGANIZATION if len(word) > 2 and evidence.inside and not name.role else None
    often = evidence.place > 1 or (evidence.place and evidence.times < 4)
    if often and evidence.place * 4 >= evidence.times and not evidence.person and not word.endswith(_PEOPLES):
        return TopicKind.PLACE
    return None


def _is_name(bare: str, words: Sequence[str]) -> bool:
    """Whether this can be one name: no headline, no two sentences, no rest of an abbreviation ("U.S. Senate")."""
    content = [word for word in words if word.lower() not in _GENERAL]
    rest = len(words) == 2 and len(words[0]) == 2 and words[0].endswith(".")
    fits = len(bare) > 1 and len(content) < LONGEST_NAME and not rest
    return fits and words[-1].lower() not in PEOPLES and not _NO_NAME.search(bare)


def _is_plural(word: str, text: str) -> bool:
    """Whether the text has the word without its "s" as well: "Republicans" are no name where a "Republican" stands."""
    return len(word) > 4 and word.endswith("s") and re.search(rf"\b{re.escape(word[:-1])}\b", text) is not None


def _is_title_case(headline: str) -> bool:
    """Whether a headline writes nearly all its longer words large."""
    long = [word for word in _WORD.findall(headline) if len(word) > 3]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.8 * len(long)


def _is_stopped(chosen: Chosen, stop: Collection[str]) -> bool:
    slug = chosen.slug
    return not slug or slug in stop or f"the-{slug}" in stop or slug in CREDITS or slug in CALENDAR or slug.isdigit()


def _joined(known: Chosen, other: Chosen) -> Chosen:
    """Two spellings of one topic: the surer kind, the name that is not all capitals."""
    best = known if (known.is_sure, not known.name.isupper()) >= (other.is_sure, not other.name.isupper()) else other
    return replace(best, times=known.times + other.times)


def _lower_words(text: str) -> frozenset[str]:
    """The words that the text writes small somewhere."""
    return frozenset(word for word in _WORD.findall(text[:READ]) if word.islower())
