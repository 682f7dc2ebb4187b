"""Whom "he" or "she" means: the best fitting of the people named shortly before.

A mention fits by being near, the subject of its sentence, the last to have spoken, often named, and not of the other
gender. The weights are set by hand; `evals/quotes` measures them on a checked set.
"""

from __future__ import annotations

from bisect import bisect_left
from math import log

from .people import FEMALE, MALE, UNKNOWN, Named, People, Person

LOOK_BACK = 16
"""Mentions looked at before a pronoun."""
LEAST_FIT = -4.0
"""A worse fit is no answer."""
MAX_PARAGRAPH = 5000
"""Characters looked back for the start of the pronoun's paragraph."""
_GENDER = {
    "she": FEMALE, "sie": FEMALE, "elle": FEMALE, "ella": FEMALE, "he": MALE, "er": MALE, "il": MALE, "él": MALE,
}  # fmt: skip


def resolve_pronoun(people: People, pronoun: str, at: int, last: Person | None, last_end: int) -> Person | None:
    """The person a pronoun at this character stands for, None when nobody fits.

    last: who was last quoted, in the quotation that ended at last_end.
    """
    gender = _GENDER.get(pronoun.lower(), UNKNOWN)
    if not gender:
        return None
    mentions = people.mentions
    before = bisect_left(mentions, at, key=lambda mention: mention.start)
    near = mentions[max(0, before - LOOK_BACK) : before]
    here = people.sentence_at(at)
    paragraph = people.text.rfind("\n", max(0, at - MAX_PARAGRAPH), at)
    goes_on = _goes_on(near, gender, last, last_end)
    best, best_fit = None, LEAST_FIT
    for rank, mention in enumerate(reversed(near)):
        fit = _fit(mention, gender, here - mention.sentence) - 0.1 * rank
        if mention.person is last and goes_on:
            fit += 2.0 if last_end > paragraph else 1.0
        if mention.subject and mention.start > paragraph:
            fit += 1.6
        if fit > best_fit:
            best, best_fit = mention.person, fit
    return best


def _goes_on(near: list[Named], gender: int, last: Person | None, last_end: int) -> bool:
    """Whether nobody else who could be meant has come in since the last quotation."""
    return not any(
        mention.start > last_end
        and mention.subject
        and mention.person is not last
        and mention.person.is_likely
        and mention.person.gender in (gender, UNKNOWN)
        for mention in near
    )


def _fit(mention: Named, gender: int, distance: int) -> float:
    """How well a mention fits a pronoun this many sentences on."""
    person = mention.person
    fit = -0.45 * min(distance, 8) + 0.35 * log(min(person.count, 8))
    if person.gender:
        fit += 1.0 if person.gender == gender else -9.0
    if mention.subject:
        fit += 1.2
    if mention.preposed:
        fit -= 1.0
    if mention.owner:
        fit -= 0.5
    if not person.is_likely:
        fit -= 2.5
    return fit
