"""Countries by their names, in the language of the page (Unicode CLDR; `make messages` writes the file)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils import translation

FILE = Path(__file__).resolve().parent.parent / "locale" / "countries.json"


def country_name(code: str) -> str:
    """The name of a country; a code that nobody knows stands for itself. code: of ISO 3166-1, two letters, or of those
    that it leaves to users, such as the sample edition."""
    language = translation.to_locale(translation.get_language() or "en")
    names = _names()
    known = names.get(language, names.get(language.partition("_")[0], names["en"])).get(code)
    return known or (_invented().get(code, code) if code.startswith("X") else code)


@cache
def _invented() -> Mapping[str, str]:
    from broadsheet.sample.reading import invented_countries  # noqa: PLC0415  # no other site loads it

    return invented_countries()


@cache
def _names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
