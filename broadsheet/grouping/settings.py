"""How grouping decides: every threshold in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """One setting serves all kinds of streams; `python -m evals.stories` measures what a change does.

    The defaults were chosen on development sets of three kinds: news with leads, undated event sets and bare titles.
    """

    join: float = 0.18
    """Mean similarity to a story's nearest members from which an article joins it."""
    merge: float = 0.20
    """Mean similarity between two stories from which they become one; not below `join`."""
    sure: float = 0.35
    """From this similarity to its story an article is not looked at a second time."""
    nearest: int = 5
    """Members of a story that are asked."""
    second_look: int = 64
    """Articles of the same language after which one is looked at again."""
    decay_days: float = 2.0
    """Articles this far apart count exp(-1) as similar; twice as far, exp(-4)."""
    undated: float = 0.8
    """What similarity counts for when a date is unknown."""
    undated_names: float = 0.5
    """How much of the similarity of undated articles rests on names and numbers."""

    lead: int = 1500
    """Characters of the text that are read."""
    title_weight: int = 3
    vector_terms: int = 48
    """Weightiest words kept of an article."""
    posted_terms: int = 16
    """Of these, the ones it can be found by."""
    posting_length: int = 200
    """Newest articles remembered under one word."""
    candidates: int = 16
    """Articles compared with a new one."""
    per_story: int = 6
    """Of these, at most so many from one story, so that a large one does not hide the others."""
    bare_terms: int = 14
    """Up to this many words an article is little more than a headline: twice as many are compared, at little cost."""
    background: int = 1000
    """Articles imagined to have been seen before the first, so that early weights are not wild."""
    idf_power: float = 0.7
    name_power: float = 1.5
    """The same power for names and numbers: a rare one says much more than a frequent one."""
    names: int = 24
    """Weightiest names and numbers kept of an article."""

    form_phrases: float = 0.12
    """Share of phrases in common with an article of other names and numbers from which both seem to fill in a form."""
    form_width: float = 0.08
    form_names: float = 0.42
    """What is taken off the agreement of names and numbers when only they can tell."""
    other_names: float = 0.40
    """Agreement of names and numbers below which two articles speak of other things."""

    memory: int = 20_000
    """Newest articles of a language that can still be joined."""
    window_days: float = 10.0
    """Older ones are let go even if there is room."""

    abroad_score: float = 0.65
    """Agreement of names and numbers that proves one event in two languages."""
    abroad_hours: float = 36.0
    abroad_shared: int = 4
    """Names and numbers that must be in common besides."""
    abroad_evidence: float = 20.0
    """Sum of their rarity, as the natural logarithm of how few articles have them."""
    continues: float = 0.35
    """Likeness, time apart, from which a new story is said to continue an old one."""
