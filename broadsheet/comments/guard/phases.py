"""The phases of the guard, in order. Each is one question, answered with a finding or with nothing.

The order is from cheap to dear and from certain to likely. The first refusal ends the walk; holds add up, so that an
editor sees every reason at once. Editors and trusted writers pass the phases that guess, never those that bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from broadsheet.comments.guard.draft import Around, Draft
from broadsheet.comments.guard.judgement import Finding, Judgement, Verdict
from broadsheet.comments.guard.rules import Rules
from broadsheet.comments.guard.spam import SpamFilter
from broadsheet.text.identification import identify

LEAST_FOR_DUPLICATE = 12
"""Letters and digits of a text below which saying it again is no offence: "Thank you" may be said twice."""
LEAST_FOR_LANGUAGE = 60
"""Characters below which nobody can tell a language."""

_ORDER = {Verdict.ALLOWED: 0, Verdict.HELD: 1, Verdict.REFUSED: 2}


class Phase(NamedTuple):
    """name: stands in findings. check: the question. guesses: whether trusted writers are spared."""

    name: str
    check: Callable[[Draft, Around, Rules], tuple[Verdict, str, dict[str, str | int]] | None]
    guesses: bool


def judge(draft: Draft, around: Around, rules: Rules, spam: SpamFilter | None = None) -> Judgement:
    """Walk the phases. A refusal is final; what is held waits for an editor with every reason named."""
    findings: list[Finding] = []
    for phase in PHASES:
        if phase.guesses and around.author.trusted:
            continue
        objection = phase.check(draft, around, rules)
        if objection is None:
            continue
        verdict, reason, values = objection
        findings.append(Finding(verdict, phase.name, reason, values))
        if verdict is Verdict.REFUSED:
            return Judgement(Verdict.REFUSED, tuple(findings))
    belief = spam.belief(draft.text) if spam is not None else None
    if belief is not None and rules.spam and belief >= rules.spam and not around.author.trusted:
        findings.append(Finding(Verdict.HELD, "spam", "looks_like_spam", {"percent": round(belief * 100)}))
    return Judgement(
        max((f.verdict for f in findings), key=_ORDER.__getitem__, default=Verdict.ALLOWED), tuple(findings), belief
    )


def _length(draft: Draft, _around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    length = len(draft.text.strip())
    if not draft.key:
        return Verdict.REFUSED, "empty", {}
    if rules.longest and length > rules.longest:
        return Verdict.REFUSED, "too_long", {"length": length, "most": rules.longest}
    if length < rules.shortest:
        return Verdict.REFUSED, "too_short", {"least": rules.shortest}
    return None


def _rate(draft: Draft, around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    for most, seconds in ((rules.per_minute, 60), (rules.per_hour, 3_600), (rules.per_day, 86_400)):
        if most and _within(around.author.posted, draft.at, seconds) >= most:
            return Verdict.REFUSED, "too_many", {"most": most, "seconds": seconds}
    return None


def _duplicate(draft: Draft, around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    if not rules.repeat_s or len(draft.key) < LEAST_FOR_DUPLICATE:
        return None
    since = draft.at - timedelta(seconds=rules.repeat_s)
    same = [earlier for earlier in around.earlier if earlier.at > since and earlier.key == draft.key]
    if any(earlier.own for earlier in same):
        return Verdict.REFUSED, "said_already", {}
    return (Verdict.HELD, "said_by_others", {"times": len(same)}) if same else None


def _links(draft: Draft, _around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    count = len(draft.links)
    if rules.refused_links and count > rules.refused_links:
        return Verdict.REFUSED, "far_too_many_links", {"count": count, "most": rules.refused_links}
    return (Verdict.HELD, "many_links", {"count": count}) if rules.links and count > rules.links else None


def _words(draft: Draft, _around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    if word := rules.refused_words.find(draft.text):
        return Verdict.REFUSED, "refused_word", {"word": word}
    if word := rules.held_words.find(draft.text):
        return Verdict.HELD, "held_word", {"word": word}
    return None


def _language(draft: Draft, around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    if not rules.languages or len(draft.text) < LEAST_FOR_LANGUAGE:
        return None
    language = identify(draft.text, around.language)
    return (
        None if language == "und" or language in rules.languages else (Verdict.HELD, "language", {"language": language})
    )


def _premoderated(_draft: Draft, around: Around, _rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    return (Verdict.HELD, "premoderated", {}) if around.premoderated else None


def _newcomer(_draft: Draft, around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    author = around.author
    if author.approved >= rules.newcomer:
        return (Verdict.HELD, "often_removed", {}) if author.refused > author.approved else None
    return Verdict.HELD, "newcomer", {}


def _burst(draft: Draft, around: Around, rules: Rules) -> tuple[Verdict, str, dict[str, str | int]] | None:
    if rules.burst and (count := _within(around.lately, draft.at, rules.burst_s)) >= rules.burst:
        return Verdict.HELD, "burst", {"count": count, "minutes": rules.burst_s // 60}
    return None


def _within(times: Iterable[datetime], now: datetime, seconds: int) -> int:
    since = now - timedelta(seconds=seconds)
    return sum(time > since for time in times)


PHASES: tuple[Phase, ...] = (
    Phase("length", _length, guesses=False),
    Phase("rate", _rate, guesses=False),
    Phase("duplicate", _duplicate, guesses=False),
    Phase("links", _links, guesses=True),
    Phase("words", _words, guesses=True),
    Phase("language", _language, guesses=True),
    Phase("premoderated", _premoderated, guesses=True),
    Phase("newcomer", _newcomer, guesses=True),
    Phase("burst", _burst, guesses=True),
)
"""All but the spam filter, which is asked last because it must be told what the others know."""
