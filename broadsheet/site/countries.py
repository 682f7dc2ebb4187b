"""Countries by their names, in the language of the page (Unicode CLDR; `make messages` writes the file)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.utils import translation

FILE = Path(__file__).resolve().parent.parent / "locale" / "countries.json"


def country_name(code: str) -> str:
    """The name of a country; a code that nobody knows stands for itself. code: of ISO 3166-1, two letters."""
    language = translation.to_locale(translation.get_language() or "en")
    names = _names()
    return names.get(language, names.get(language.partition("_")[0], names["en"])).get(code, code)


@cache
def _names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
