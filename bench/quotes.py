"""How fast quotations are found: `python -m bench.quotes`, texts of 5,000 characters per CPU second.

The articles are made up from a seed, with as many quotations as political news or more. The baselines of `evals.quotes`
run on the same articles in the same run; with BROADSHEET_EVAL_DATA real articles are timed too.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable

from broadsheet.quotes import find_quotes
from evals.quotes.baselines import cue_rules, nearest_name
from evals.quotes.data import load

LENGTH = 5000
ARTICLES = 200
PEOPLE = ("Ada Quill", "Tom Barrow", "Lena Farrow", "Martin Oakes", "Gwen Tarrant", "Edwin Hale", "Sonia Petrakis")
ROLES = (
    "the mayor of Harrow Vale",
    "who leads the river authority",
    "a lawyer for the families",
    "the finance minister",
)
WORDS = (
    "the plan river town council would could money road school before after against with for and but nobody "
    "people year bridge budget voted asked paid built closed opened winter report law water trust house work "
    "market street price "
)


def article(rng: random.Random) -> str:
    """An invented article of LENGTH characters, about nine quotations in it."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < LENGTH:
        quoted, other, name = _sentence(rng), _sentence(rng), rng.choice(PEOPLE)
        paragraphs.append(
            rng.choice(
                (
                    f"{other} {_sentence(rng)} {_sentence(rng)} {_sentence(rng)}",
                    f"{other} {name} did not answer. {_sentence(rng)} {_sentence(rng)}",
                    f"“{quoted[:-1]},” said {name}, {rng.choice(ROLES)}. {other}",
                    f"“{quoted[:-1]},” {rng.choice(('he', 'she'))} told the council. “{other}”",
                    f"{name} said: “{quoted}” {other}",
                    f"{other} {name} called it “{' '.join(quoted.lower().split()[:3])}” and left. {_sentence(rng)}",
                )
            )
        )
    return "\n\n".join(paragraphs)[:LENGTH]


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS.split(), k=rng.randint(9, 22))).capitalize() + "."


def timed(finder: Callable[[str, str], Iterable[object]], texts: list[str]) -> float:
    """Articles per CPU second, the best of three passes."""
    spent = []
    for _ in range(3):
        begun = time.process_time()
        for text in texts:
            list(finder(text, "en"))
        spent.append(time.process_time() - begun)
    return len(texts) / min(spent)


def main() -> None:
    """Print a row for each finder and each kind of article."""
    rng = random.Random(7)
    kinds = {"invented": [article(rng) for _ in range(ARTICLES)]}
    kinds["without marks"] = [text.replace("“", "").replace("”", "") for text in kinds["invented"]]
    real = [a["text"] for a in load("polnear") or [] if LENGTH - 1000 <= len(a["text"]) <= LENGTH + 1000]
    if real:
        kinds["real"] = real
    for kind, texts in kinds.items():
        size = sum(map(len, texts)) / len(texts)
        for label, finder in (("nearest name", nearest_name), ("cues", cue_rules), ("ours", find_quotes)):
            print(f"{kind:14} {label:13} {timed(finder, texts) * size / LENGTH:8.0f} x {LENGTH} characters per CPU s")


if __name__ == "__main__":
    main()
