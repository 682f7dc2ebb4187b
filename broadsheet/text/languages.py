"""Languages: tags, names, direction, and which language a text is in. The one place to import these from.

`tags` cleans tags, `scripts` looks at letters, `identification` tells languages apart; the names are
`language_names.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from broadsheet.text.identification import identify
from broadsheet.text.scripts import Direction, direction_of, script_of
from broadsheet.text.tags import UNKNOWN, clean_tag, primary

__all__ = [
    "UNKNOWN",
    "Direction",
    "clean_tag",
    "direction",
    "direction_of",
    "identify",
    "language_name",
    "own_name",
    "primary",
    "script_of",
]

_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug",
    "ur", "yi",
})  # fmt: skip
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"})


def direction(tag: str, text: str = "") -> Direction:
    """Where lines begin. The text's letters decide where there are some: a wrong tag must not turn a page around."""
    if text and script_of(text) != "Zyyy":
        return direction_of(text)
    parts = clean_tag(tag).split("-")
    script = next((part for part in parts[1:] if len(part) == 4), "")
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT else "ltr"


def language_name(tag: str) -> str:
    """The language's English name: "German" for "de-AT"; the tag itself when we have no name for it."""
    return _names(tag)[0]


def own_name(tag: str) -> str:
    """The name its speakers use: "Deutsch" for "de-AT"; the tag itself when we have no name for it."""
    return _names(tag)[1]


def _names(tag: str) -> tuple[str, str]:
    clean = clean_tag(tag)
    if primary(clean) == "zh":
        traditional = "Hant" in clean or clean.endswith(("-TW", "-HK", "-MO"))
        clean = "zh-Hant" if traditional else "zh-Hans" if clean != "zh" else "zh"
    return _name_table().get(clean) or _name_table().get(primary(clean)) or (tag, tag)


@cache
def _name_table() -> dict[str, tuple[str, str]]:
    raw = tomllib.loads(files(__package__).joinpath("language_names.toml").read_text("utf-8"))
    return {code: (names[0], names[1]) for code, names in raw.items()}
