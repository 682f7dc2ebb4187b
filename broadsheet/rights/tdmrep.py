"""`/.well-known/tdmrep.json`: which parts of a site reserve text and data mining.

Source: TDM Reservation Protocol, W3C Community Group report of 10 May 2024.
"""

from __future__ import annotations

import json

from broadsheet.rights.paths import matches

LONGEST = 512 * 1024
MOST_RULES = 1_000


def tdmrep_for(document: str | bytes, path: str) -> dict[str, str]:
    """What the file says about a path, as names and values for `read_signals`; nothing when it says nothing.

    The longest matching `location` decides; of equal ones, a reservation. A broken file says nothing.
    """
    best: tuple[int, str] | None = None
    policy = ""
    for location, reservation, terms in _rules(document):
        if not matches(location, path):
            continue
        rule = (len(location), reservation)
        if best is None or rule > best:
            best, policy = rule, terms
    if best is None:
        return {}
    return {"tdmrep": best[1]} | ({"tdmrep-policy": policy} if policy else {})


def _rules(document: str | bytes) -> list[tuple[str, str, str]]:
    if isinstance(document, bytes):
        document = document[:LONGEST].decode("utf-8-sig", "replace")
    try:
        raw = json.loads(document[:LONGEST].lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return []
    rows = raw if isinstance(raw, list) else [raw]
    rules = []
    for row in rows[:MOST_RULES]:
        if not isinstance(row, dict):
            continue
        location, reservation = row.get("location", "/"), str(row.get("tdm-reservation"))
        terms = row.get("tdm-policy")
        if isinstance(location, str) and reservation in ("0", "1"):
            rules.append((location, reservation, terms if isinstance(terms, str) else ""))
    return rules
