"""The fitted weights: plain numbers for the tables of `features`, one set a language.

Fitted by `python -m evals.quotes.fit` on labelled articles. The features are structural, so the numbers say how much a
colon, a comma or a distance counts and hold no word of those articles. `any` serves languages without a set.
The file keeps, for each language, the places that are not zero as steps from one to the next, and their weights in
hundredths.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

from .features import SIZE

FILE = Path(__file__).with_name("weights.json")
SCALE = 100


@cache
def weights(lang: str) -> list[float]:
    """The weights for a language, `SIZE` of them. Raises ValueError if the file was fitted for other features."""
    stored = _stored()
    if stored["size"] != SIZE:
        raise ValueError(f"{FILE.name} was fitted for {stored['size']} weights, the features need {SIZE}: fit again")
    chosen = stored["weights"].get(lang) or stored["weights"]["any"]
    dense = [0.0] * SIZE
    for place, weight in zip(accumulate(chosen["steps"]), chosen["values"], strict=True):
        dense[place] = weight / SCALE
    return dense


def store(fitted: dict[str, Sequence[float]]) -> None:
    """Write weights for each language; `any` must be among them. For the fitting script only."""
    packed = {}
    for lang, dense in fitted.items():
        rounded = [round(weight * SCALE) for weight in dense]
        places = [place for place, weight in enumerate(rounded) if weight]
        steps = [b - a for a, b in zip([0, *places], places, strict=False)]
        packed[lang] = {"steps": steps, "values": [rounded[place] for place in places]}
    FILE.write_text(json.dumps({"size": SIZE, "weights": packed}, separators=(",", ":")) + "\n")


@cache
def _stored() -> dict[str, typing.Any]:
    stored: dict[str, typing.Any] = json.loads(FILE.read_text())
    return stored
