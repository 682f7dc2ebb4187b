"""How often the language of a text is told right: `python -m evals.languages [--failures]`.

The texts are Django's own translation catalogues (installed with it, BSD licence): messages joined until they are as
long as a headline or as a paragraph. They are not news, and short messages about forms are harder than headlines; they
are the same for everybody, and nobody's to ship. Twins that are written alike count as one language.
"""

from __future__ import annotations

import argparse
import gettext
import random
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import django

from broadsheet.text.languages import identify

LENGTHS = {70: 100, 400: 40}
"""Characters of a text, and how many texts of each language."""
FLOORS = {70: 0.965, 400: 0.998}
"""Mean share right over languages, with room for other releases of the catalogues."""
LEAST_MESSAGES = 60
TWINS = ({"hr", "sr", "bs"}, {"id", "ms"}, {"nb", "nn", "no"})
LANGUAGES = """
en de fr es it pt nl sv da nb fi is pl cs sk hu ro bg sr hr sl mk sq el tr ru uk be et lv lt ca ar he fa ur hi bn ta te
ml kn mr ne th vi id ms zh ja ko ka hy az kk sw
"""
_NOISE = re.compile(r"%\([a-z_]+\)[sdi]|%[sdi]|\{[^}]*\}|<[^>]*>|&[a-z]+;")


def messages() -> dict[str, list[str]]:
    """Language to its messages of at least 25 characters in the original, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in Path(django.__file__).parent.glob("**/locale/*/LC_MESSAGES/django.mo"):
        tag = path.parts[-3]
        language = tag.split("_")[0]
        if language not in (*LANGUAGES.split(), "nn") or tag == "sr_Latn":
            continue
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # noqa: SLF001 - there is no public way to list it
        for key, message in catalogue.items():
            original = key if isinstance(key, str) else key[0]
            if len(original) < 25 or not message:
                continue
            found["en"].add(_clean(original))
            if message != original:
                found["nb" if language == "nn" else language].add(_clean(message))
    return {language: sorted(texts) for language, texts in sorted(found.items()) if len(texts) >= LEAST_MESSAGES}


def measure(show_failures: bool = False) -> dict[int, float]:
    """Length of text to the mean share right over languages."""
    chance = random.Random(3)
    catalogues = messages()
    results: dict[int, float] = {}
    for length, number in LENGTHS.items():
        shares = {}
        start = time.process_time()
        for language, pieces in catalogues.items():
            answers = Counter(identify(_joined(pieces, length, chance)) for _ in range(number))
            shares[language] = sum(count for answer, count in answers.items() if _same(answer, language)) / number
            if show_failures and shares[language] < 1:
                wrong = {answer: count for answer, count in answers.most_common() if not _same(answer, language)}
                print(f"  {language} {length}: {wrong}")
        spent = (time.process_time() - start) / (number * len(shares)) * 1e6
        results[length] = sum(shares.values()) / len(shares)
        weak = {language: share for language, share in shares.items() if share < 0.9}
        print(
            f"{length} characters: {results[length]:.4f} of {len(shares)} languages, {spent:.0f} µs each; weak: {weak}"
        )
    return results


def _clean(text: str) -> str:
    return " ".join(_NOISE.sub("", text).split())


def _joined(pieces: list[str], length: int, chance: random.Random) -> str:
    text = chance.choice(pieces)
    while len(text) < length:
        text += " " + chance.choice(pieces)
    return text


def _same(one: str, other: str) -> bool:
    return one == other or any({one, other} <= twins for twins in TWINS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="print what was taken for what")
    results = measure(parser.parse_args().failures)
    low = [length for length, floor in FLOORS.items() if results[length] < floor]
    for length in low:
        print(f"below the floor: {results[length]:.4f} < {FLOORS[length]} at {length} characters")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
