"""Reading the file of looks: every mistake is named with its place, what was seen and what was wished."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from broadsheet.looks.colors import LEAST_CONTRAST, faint_words, read_color
from broadsheet.looks.logos import LogoError, read_logo
from broadsheet.looks.look import COLORS, Footer, Imprint, Link, Logo, Looks, SectionLook, Shades

LARGEST = 100_000
"""Bytes of the file."""
NAME, LINE, TEXT = 60, 200, 4_000
"""Characters of the site's name, of a line, of a text."""
MOST_SECTIONS, MOST_LINKS = 40, 20
FACES = ("serif", "sans")
_KEYS = ("name", "motto", "logo", "colors", "type", "sections", "footer", "imprint")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class _Notes:
    """What is wrong, gathered while reading goes on."""

    problems: list[str] = field(default_factory=list)

    def add(self, place: str, seen: object, wished: str) -> None:
        shown = repr(seen)
        self.problems.append(f"{place} is {shown[:80]}{'…' if len(shown) > 80 else ''}; it should be {wished}.")


def read_looks(path: Path) -> tuple[Looks, list[str]]:
    """The looks in a file and what is wrong with it; without a file, the looks nobody changed."""
    try:
        content = path.read_bytes()[: LARGEST + 1]
    except FileNotFoundError:
        return Looks(), []
    except OSError as error:
        return Looks(), [f"The file cannot be read: {error.strerror}."]
    if len(content) > LARGEST:
        return Looks(), [f"The file has more than {LARGEST:,} bytes."]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Looks(), [f"The file is not UTF-8: byte {error.start + 1} cannot be read."]
    return read_text(text, path.parent)


def read_text(text: str, folder: Path) -> tuple[Looks, list[str]]:
    """The looks that a text of TOML tells, and what is wrong with it. folder: where the logo lies.

    What is wrong is left as it is without a file, so the rest can still be used.
    """
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Looks(), [f"The file is not TOML: {error}."]
    notes = _Notes()
    _check_keys(told, _KEYS, "", notes)
    colors = _colors(_table(told, "colors", notes), notes)
    faces = _table(told, "type", notes)
    _check_keys(faces, ("headlines", "text"), "type.", notes)
    made = Looks(
        name=_text(told, "name", "", NAME, notes),
        motto=_text(told, "motto", "", LINE, notes),
        logo=_logo(told, folder, notes),
        colors=colors,
        headlines=_face(faces, "headlines", notes),
        text=_face(faces, "text", notes),
        sections=tuple(_sections(told, notes)),
        footer=_footer(_table(told, "footer", notes), notes),
        imprint=_imprint(_table(told, "imprint", notes), notes),
    )
    return made, notes.problems


def _colors(told: Mapping[str, Any], notes: _Notes) -> dict[str, Shades]:
    _check_keys(told, tuple(COLORS), "colors.", notes)
    found: dict[str, Shades] = {}
    for name in COLORS:
        if name not in told:
            continue
        value = told[name]
        both = value if isinstance(value, dict) else {"light": value, "dark": value}
        _check_keys(both, ("light", "dark"), f"colors.{name}.", notes)
        shades = []
        for theme, usual in zip(("light", "dark"), COLORS[name], strict=True):
            seen = both.get(theme, usual)
            color = read_color(seen) if isinstance(seen, str) else None
            if color is None:
                notes.add(f"colors.{name}.{theme}", seen, 'a color such as "#9b2917"')
            shades.append(color or usual)
        found[name] = (shades[0], shades[1])
    for word, ground, theme, ratio in faint_words(found):
        notes.problems.append(
            f"colors.{word} on colors.{ground} has a contrast of {ratio:.1f} in {theme}; words need {LEAST_CONTRAST}."
        )
    return found


def _logo(told: Mapping[str, Any], folder: Path, notes: _Notes) -> Logo | None:
    name = _text(told, "logo", "", LINE, notes)
    if not name:
        return None
    try:
        return read_logo(folder, name)
    except LogoError as error:
        notes.problems.append(f"logo: {error}")
        return None


def _sections(told: Mapping[str, Any], notes: _Notes) -> Iterator[SectionLook]:
    seen: set[str] = set()
    for place, row in enumerate(_rows(told, "sections", "", MOST_SECTIONS, notes), 1):
        at = f"sections[{place}]."
        _check_keys(row, ("slug", "label", "hidden"), at, notes)
        slug = _text(row, "slug", at, NAME, notes)
        hidden = row.get("hidden", False)
        if not isinstance(hidden, bool):
            notes.add(f"{at}hidden", hidden, "true or false")
        if not slug or slug in seen:
            notes.add(f"{at}slug", slug, "the last part of a section's address, each once")
            continue
        seen.add(slug)
        yield SectionLook(slug, _text(row, "label", at, NAME, notes), hidden is True)


def _footer(told: Mapping[str, Any], notes: _Notes) -> Footer:
    _check_keys(told, ("words", "links"), "footer.", notes)
    links = []
    for place, row in enumerate(_rows(told, "links", "footer.", MOST_LINKS, notes), 1):
        at = f"footer.links[{place}]."
        _check_keys(row, ("label", "address"), at, notes)
        label, address = _text(row, "label", at, NAME, notes), _text(row, "address", at, 500, notes)
        if not label:
            notes.add(f"{at}label", label, "a few words")
        elif not _is_address(address):
            notes.add(f"{at}address", address, "a path such as /about, or an https:// or mailto: address")
        else:
            links.append(Link(label, address))
    return Footer(_text(told, "words", "footer.", TEXT, notes), tuple(links))


def _imprint(told: Mapping[str, Any], notes: _Notes) -> Imprint:
    names = tuple(one.name for one in fields(Imprint))
    _check_keys(told, names, "imprint.", notes)
    return Imprint(**{name: _text(told, name, "imprint.", TEXT, notes) for name in names})


def _face(told: Mapping[str, Any], name: str, notes: _Notes) -> str:
    seen = told.get(name, FACES[0])
    if seen in FACES:
        return str(seen)
    notes.add(f"type.{name}", seen, '"serif" or "sans"')
    return FACES[0]


def _text(told: Mapping[str, Any], name: str, at: str, longest: int, notes: _Notes) -> str:
    seen = told.get(name, "")
    if not isinstance(seen, str):
        notes.add(f"{at}{name}", seen, "a text between quotation marks")
        return ""
    found = "\n".join(_UNSEEN.sub("", line).strip() for line in seen.strip().split("\n"))
    if len(found) > longest or (longest < TEXT and "\n" in found):
        notes.add(f"{at}{name}", seen, f"at most {longest} characters{' in one line' if longest < TEXT else ''}")
        return ""
    return found


def _table(told: Mapping[str, Any], name: str, notes: _Notes) -> Mapping[str, Any]:
    seen = told.get(name, {})
    if isinstance(seen, dict):
        return seen
    notes.add(name, seen, f"a table that begins with [{name}]")
    return {}


def _rows(told: Mapping[str, Any], name: str, at: str, most: int, notes: _Notes) -> list[Mapping[str, Any]]:
    seen = told.get(name, [])
    if not isinstance(seen, list) or not all(isinstance(row, dict) for row in seen) or len(seen) > most:
        notes.add(f"{at}{name}", seen, f"at most {most} tables that begin with [[{at}{name}]]")
        return []
    return seen


def _check_keys(told: Mapping[str, Any], known: tuple[str, ...], at: str, notes: _Notes) -> None:
    for key in told:
        if key not in known:
            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
            notes.problems.append(f"{at}{key[:60]} is not known; {hint}")


def _is_address(text: str) -> bool:
    if text.startswith("/"):
        return not text.startswith("//")
    parts = urlsplit(text)
    return (parts.scheme in {"http", "https"} and bool(parts.hostname)) or (parts.scheme == "mailto" and "@" in text)
