"""Names of persons: which of them mean the same one, and by which word of an address they are found. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from broadsheet.grouping.gazetteer import COUNTRIES
from broadsheet.grouping.name_words import ORGANIZATION_WORDS, TITLES
from broadsheet.quotes.titled import KOREAN_NAME, is_han_name
from broadsheet.quotes.words import first_names
from broadsheet.stories.topic_words import (
    BODY_ENDINGS,
    BODY_WORDS,
    FUNCTION_ENDINGS,
    FUNCTIONS,
    NOUNS_OF_BODIES,
    PLACE_WORDS,
    THING_WORDS,
)
from broadsheet.text.slugs import ascii_slug
from broadsheet.text.slugs import slug as own_slug

LONGEST = 120
"""Characters of a person's or topic's slug."""
_HAN = re.compile(r"[\u3400-\u9fff々·]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_GAP = re.compile(r"[\s·・]+")
_JAPANESE = (4, 5)
"""Signs of most full Japanese names; shorter ones may be a surname."""
_SOUNDS = frozenset("尔爾德罗羅斯特克维維夫布格拉卡尼亚亞诺諾莱萊利贝貝伊伯巴瓦奥奧埃达達姆米托萨薩蒂塔帕朗齐洛鲁魯")
"""Signs that Chinese spells foreign names with: four of them are a foreign surname."""


@lru_cache(16_384)
def name_slug(name: str) -> str:
    """The name as a word of an address: without accents, Cyrillic and Greek in Latin letters, else as it is written."""
    return ascii_slug(name, LONGEST) or own_slug(name, LONGEST)


def person_slug(name: str) -> str:
    """The same for one person however the name is set: without initials in the middle.

    Empty without a full name and for bodies that speak ("Universität Tannberg"). In scripts without capitals the name
    must have been parted from its title before, as `quotes` does; there, a surname alone is told by its length.
    """
    if name and not name[0].islower() and not name[0].isupper():
        return own_slug(name, LONGEST) if _is_uncased_name(name) else ""
    if len(name.split()) < 2 or not name[0].isupper() or _is_body(name.split()):
        return ""
    words = name_slug(name).split("-")
    if len(words) < 2:
        return ""
    return "-".join([words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]])


def _is_uncased_name(name: str) -> bool:
    """Han: with a dot between its parts, or as Chinese and Japanese names are; else two letters' runs at least."""
    if _HAN.fullmatch(name):
        foreign = sum(sign in _SOUNDS for sign in name)
        return is_han_name(name) or (len(name) in _JAPANESE and 2 * foreign < len(name))
    return len(_GAP.split(name)) > 1 or (len(name) == KOREAN_NAME and bool(_HANGUL.fullmatch(name)))


def _is_body(words: list[str]) -> bool:
    """Whether the first or last word says that this is no person; "Grace Hill" is one for her first name."""
    first = name_slug(words[0]).split("-")[0]
    if any(first in names for names in first_names()):
        return False
    if words[0].lower().endswith(BODY_ENDINGS) or " ".join(words) in COUNTRIES:
        return True
    ends = {word.lower().rpartition("’")[2] for word in (words[0], words[-1])}
    return bool(ends & (ORGANIZATION_WORDS | BODY_WORDS | NOUNS_OF_BODIES | THING_WORDS | PLACE_WORDS))


def bare_name(name: str) -> str:
    """The name without what stands in front: "Russian President Vladimir Putin" is Vladimir Putin."""
    words = name.split()
    for place in range(len(words) - 3, -1, -1):
        if _is_function(words[place]):
            return " ".join(words[place + 1 :])
    return name.strip()


def _is_function(word: str) -> bool:
    small = word.lower().rstrip(".")
    if small.endswith(("’s", "'s")):
        return True  # "Tax Reform’s Grover Norquist"
    return small in TITLES or small in FUNCTIONS or small.endswith(FUNCTION_ENDINGS)


def merge_names(names: Mapping[str, int]) -> dict[str, str]:
    """Each of these names, with how often it stands there, and the fullest name of whom it means.

    All of them come from reports of one event, so that "Varga" is Ilse Varga when she is the only one of that name,
    and "I. Varga" and "Ilse Maria Varga" are her too. Names that fit two persons stay by themselves.
    """
    spelled = {name: tuple(name_slug(bare_name(name)).split("-")) for name in names}
    found: dict[tuple[str, ...], list[str]] = {}
    for name, words in spelled.items():
        found.setdefault(words, []).append(name)
    full = [words for words in found if len(words) > 1]
    weight = {words: sum(names[name] for name in found[words]) for words in found}
    # The longest first, so that each name looks for its person among fuller ones only.
    person: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words in sorted(found, key=lambda words: (-len(words), -len("".join(words)), words)):
        fuller = {person[other] for other in full if other in person and _may_mean(words, other)}
        person[words] = fuller.pop() if len(fuller) == 1 else words
    best: dict[tuple[str, ...], str] = {}
    for words in sorted(found, key=lambda words: (-min(len(words), 2), -weight[words], words)):
        best.setdefault(person[words], max(found[words], key=lambda name: (names[name], name)))
    return {name: bare_name(best[person[words]]) for name, words in spelled.items()}


def _may_mean(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name may stand for a fuller one: by its last word, with an initial, without what stands between."""
    if len(short) == 1:
        return short[0] == full[-1]
    if short in (full[: len(short)], full[-len(short) :]):
        return True  # "Ilse Varga Ruiz"; "Minister Ilse Varga"
    first = short[0] == full[0] or (len(short[0]) == 1 and full[0].startswith(short[0]))
    return first and short[-1] == full[-1] and set(short[1:-1]) <= {*full, *(word[0] for word in full)}
