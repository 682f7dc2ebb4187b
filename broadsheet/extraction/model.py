"""The learned weights, as plain numbers from `model.json`.

They come from `evals/extraction/train.py`, which says on what pages and how. Two sets share one form: for pages that
call themselves news (which fix what belongs to an article more narrowly) and for all others.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any

from broadsheet.extraction.names import Names

SURELY_OUT, SURELY_IN = -3.5, 1.5
"""Half of a score, without punctuation and neighbours, that decides alone: on the development pages one piece in a
thousand would be judged otherwise in the end, none of a paragraph's length."""
MORE = 3.0
"""What the other half adds on average to a score that is high by then."""


class Tables:
    """Tables of weights by name, as attributes; `zero` starts a sum, `never` is the score of what is not looked at."""

    zero = 0.0
    never = -9.0
    surely_out, surely_in, more = SURELY_OUT, SURELY_IN, MORE

    def __init__(self, tables: dict[str, list[float]]) -> None:
        self.__dict__.update(tables)

    def __getattr__(self, name: str) -> Any:  # only for the type checker: the tables are set from the file
        raise AttributeError(name)


class Model:
    """One set of weights. bar: the chance from which a piece is kept."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.first = Tables(data["first"])
        self.names = Names(
            {w: tuple(v) for w, v in data["words"].items()}, {g: tuple(v) for g, v in data["groups"].items()}
        )
        self.bar: float = data["bar"]


@lru_cache(maxsize=2)
def load_model(kind: str) -> Model:
    """The weights for pages of a kind, "news" or "other"."""
    text = resources.files("broadsheet.extraction").joinpath("model.json").read_text("utf-8")
    return Model(json.loads(text)[kind])
