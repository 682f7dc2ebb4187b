"""How grouping decides: every threshold in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """One setting serves all kinds of streams; `python -m evals.stories` measures what a change does.

    The defaults were chosen on development sets of three kinds: news with leads, undated event sets and bare titles.
    """

    join: float = 0.18
    """First answer: mean similarity to a story's nearest members from which an article joins it."""
    nearest: int = 5
    """Members of a story that are asked for it."""
    close: float = 0.14
    """Settling: mean similarity over all pairs from which two groups are one."""
    bare_close: float = 0.20
    """The same for bare headlines, where the sum is divided by the number of pairs to the power of `bare_power`."""
    bare_power: float = 0.8
    link_floor: float = 0.02
    """Similarity that counts as none."""
    standing: int = 4
    """Standing stories an article is compared with."""
    asked: int = 8
    """Newest members of each that speak for it."""
    settle_most: int = 384
    """Articles that may wait to be settled; one in as many is due at once."""
    settle_pool: int = 384
    """Articles of an hour that is not over which are settled again with what follows."""
    settle_keep: int = 64
    """The same for the newest of earlier hours."""
    settle_hours: float = 36.0
    """They are not older than that."""
    decay_days: float = 2.0
    """Articles this far apart count exp(-1) as similar; twice as far, exp(-4)."""
    undated: float = 0.9
    """What similarity counts for when a date is unknown."""
    numbers: float = 1.5
    """What a number in an article counts beside a word."""
    undated_numbers: float = 3.0
    """The same without a date, when figures are all that tells an event from its twin of another year."""
    lead: int = 1000
    """Characters of the text that are read."""
    title_weight: int = 3
    vector_terms: int = 40
    """Weightiest words kept of an article."""
    posted_terms: int = 16
    """Of these, the ones it can be found by."""
    posting_length: int = 128
    """Newest articles remembered under one word."""
    candidates: int = 12
    """Articles compared with a new one."""
    per_story: int = 5
    """Of these, at most so many from one story, so that a large one does not hide the others."""
    bare_terms: int = 14
    """Up to this many words an article is little more than a headline: twice as many are compared, at little cost."""
    background: int = 1000
    """Articles imagined to have been seen before the first, so that early weights are not wild."""
    idf_power: float = 0.7
    name_power: float = 1.0
    """The same power for names and numbers: a rare one says much more than a frequent one."""
    name_numbers: float = 2.0
    """What a number counts beside a name, where only these are compared."""
    names_lead: int = 2000
    """Characters of the text in which they are sought."""
    names: int = 32
    """Weightiest names and numbers kept of an article."""

    uncased: int = 8
    """Where no capitals tell names, so many of the weightiest words stand beside the numbers."""
    uncased_counts: float = 0.3
    """What such a word counts beside a name."""

    form_phrases: float = 0.11
    """Share of phrases in common with articles of other names and numbers from which all seem to fill in a form."""
    form_width: float = 0.06
    form_other: float = 0.60
    """Agreement of names and numbers below which they are other ones."""
    form_apart: float = 0.12
    """Agreement below which two of these are of two events though they are in one story."""
    form_names: float = 0.40
    """What is taken off the agreement of names and numbers when only they can tell."""

    memory: int = 20_000
    """Newest articles of a language that can still be joined."""
    window_days: float = 10.0
    """Older ones are let go even if there is room."""

    abroad_score: float = 0.70
    """Agreement of names and numbers from which two articles may tell one event in two languages."""
    abroad_vote: float = 0.55
    """Mean agreement over all pairs of the two stories' voting articles that proves it."""
    abroad_part: float = 0.40
    """The same below which stories that were linked are two again."""
    abroad_hours: float = 36.0
    abroad_shared: int = 4
    """Names and numbers that must be in common besides, and that an article must have to vote."""
    abroad_evidence: float = 16.0
    """Sum of their rarity, as the natural logarithm of how few articles have them."""
    continues: float = 0.35
    """Likeness, time apart, from which a new story is said to continue an old one."""
    continued_names: float = 0.40
    """Agreement of names and numbers it needs besides."""
