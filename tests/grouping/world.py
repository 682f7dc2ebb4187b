"""A small invented world that writes reports: events with places, people and figures, told in changing words."""

import random
from datetime import UTC, datetime, timedelta

_A = ["var", "ost", "lin", "bre", "kol", "mar", "tul", "fen", "gru", "sel", "hav", "nor"]
_B = ["holt", "erby", "jevik", "dorf", "mund", "stad", "wick", "lund", "haven", "berg"]
_ACTS = [
    ("fire", "A blaze gutted the {thing} in {town} overnight, {who} said, and {n} people were led to safety."),
    ("flood", "The river rose above the dam near {town}; {who} ordered {n} households out of the {thing}."),
    ("strike", "Staff at the {thing} in {town} walked out, and {who} put the cost at {n} million crowns."),
    ("trial", "Judges in {town} heard {who} about the {thing}, where {n} irregular payments were found."),
]
_THINGS = ["library", "harbor", "brewery", "stadium", "museum", "bakery", "viaduct", "foundry", "orchard", "lighthouse"]
_FILL = [
    "officials",
    "witnesses",
    "neighbors",
    "experts",
    "council",
    "residents",
    "opposition",
    "union",
    "auditors",
    "visitors",
]
_VERBS = ["speaks", "acts", "waits"]
START = datetime(2026, 3, 1, tzinfo=UTC)


def event(number):
    r = random.Random(number)
    town = (r.choice(_A) + r.choice(_B)).capitalize()
    who = f"{r.choice(_A).capitalize()}a {(r.choice(_A) + r.choice(_B)).capitalize()}"
    act, sentence = r.choice(_ACTS)
    return {
        "act": act,
        "town": town,
        "who": who,
        "thing": r.choice(_THINGS),
        "n": r.randrange(20, 900),
        "line": sentence,
    }


def report(number, outlet, at, lang="en"):
    """One outlet's report of event `number`, `at` hours after the start."""
    e, r = event(number), random.Random(f"{number}-{outlet}")
    own = " ".join(f"{r.choice(_FILL)} spoke of item {r.choice(_A)}{r.choice(_B)}" for _ in range(6))
    return {
        "id": f"{number}-{outlet}",
        "title": f"{e['thing'].capitalize()} {e['act']} in {e['town']}: {e['who']} {r.choice(_VERBS)}",
        "text": f"{e['line'].format(**e)} In {e['town']} {own}.",
        "published": (START + timedelta(hours=at)).isoformat(),
        "source": f"Outlet {outlet}",
        "lang": lang,
    }


def stream(events=60, outlets=3, seed=1, span_hours=48.0):
    """Reports in order of time, with the true story as `truth`."""
    r = random.Random(seed)
    docs = []
    for number in range(events):
        first = r.uniform(0, span_hours)
        docs += [report(number, k, first + r.uniform(0, 5)) | {"truth": number} for k in range(r.randint(1, outlets))]
    return sorted(docs, key=lambda d: (d["published"], d["id"]))


def b_cubed(truth, found):
    """B-cubed F1 of `found` against `truth`, both id to group."""

    def mean(a, b):
        groups = {}
        for i in a:
            groups.setdefault(a[i], set()).add(i)
        return sum(len({j for j in groups[a[i]] if b[j] == b[i]}) / len(groups[a[i]]) for i in a) / len(a)

    recall, precision = mean(truth, found), mean(found, truth)
    return 2 * precision * recall / (precision + recall)
