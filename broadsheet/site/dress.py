"""The operator's looks on the pages: sections, style sheet and logo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from hashlib import blake2b
from sys import intern

from django.utils.translation import get_language

from broadsheet.articles.labels import label_of
from broadsheet.articles.models import Section
from broadsheet.looks import Logo, Looks, looks
from broadsheet.looks.look import COLORS
from broadsheet.site.assets import Asset, asset_of, assets
from broadsheet.site.sameness import OfSame

_FACES = {"sans": "var(--sans)"}
_served: dict[str, Asset] = {}
"""What pages of these looks, and of the last few before them, ask for; by address."""
REMEMBERED = 12


def named(section: Section, chosen: Looks | None = None) -> Section:
    """The section under the operator's label for it. chosen: the looks, where they are at hand."""
    name = label_of(section, chosen)
    if name == section.name:
        return section
    found = copy(section)  # the row may be remembered
    found.name = name
    return found


def arranged(sections: Sequence[Section], chosen: Looks) -> tuple[Section, ...]:
    """The sections in the operator's order and under its labels, without those it hides; others follow."""
    language = intern(get_language() or "")
    return _arranged.get((chosen, language, *sections), lambda: _arrange(sections, chosen))


_arranged: OfSame[tuple[Section, ...]] = OfSame(64)


def _arrange(sections: Iterable[Section], chosen: Looks) -> tuple[Section, ...]:
    found = {section.slug: named(section, chosen) for section in sections}
    first = [found[one.slug] for one in chosen.sections if one.slug in found and not one.is_hidden]
    told = {one.slug for one in chosen.sections}
    return (*first, *(section for slug, section in found.items() if slug not in told))


def style_path() -> str:
    """Where the style sheet with the operator's colors and faces is served."""
    return _serve(_style(looks_css(looks())))


def logo_path(logo: Logo) -> str:
    """Where the logo is served."""
    return _serve(_picture(logo))


def dressed_asset(path: str) -> Asset | None:
    """What is served under an address made here; None for any other."""
    if path not in _served:  # another process may have made the page that asks for it
        style_path()
        if (logo := looks().logo) is not None:
            logo_path(logo)
    return _served.get(path)


def looks_css(chosen: Looks) -> str:
    """The custom properties that differ from our own, as a rule of the layer that ours lie in."""
    shades = [(name, *chosen.shades(name)) for name in COLORS if name in chosen.colors]
    plain = [f"--{name}:light-dark({light},{dark})" for name, light, dark in shades if name not in {"soft", "hair"}]
    # Readers who want more contrast have these two from our own sheet.
    faint = [f"--{name}:light-dark({light},{dark})" for name, light, dark in shades if name in {"soft", "hair"}]
    faces = [
        f"--{name}:{_FACES[face]}"
        for name, face in (("face-headline", chosen.headlines), ("face-text", chosen.text))
        if face in _FACES
    ]
    rules = []
    if plain:
        rules.append(f":root{{{';'.join(plain)}}}")
    if faint:
        rules.append(f"@media not (prefers-contrast:more){{:root{{{';'.join(faint)}}}}}")
    if faces:
        rules.append(f":root,[lang]{{{';'.join(faces)}}}")
    return f"@layer tokens{{{''.join(rules)}}}" if rules else ""


def _serve(asset: Asset) -> str:
    if asset.path not in _served:
        while len(_served) >= REMEMBERED:
            _served.pop(next(iter(_served)), None)
        _served[asset.path] = asset
    return asset.path


@lru_cache(maxsize=4)
def _style(more: str) -> Asset:
    ours = assets()["site.css"]
    return asset_of("site.css", ours.plain + more.encode()) if more else ours


@lru_cache(maxsize=4)
def _picture(logo: Logo) -> Asset:
    return asset_of(f"logo.{logo.name.rpartition('.')[2].lower()}", logo.content)


def looks_digest() -> str:
    """Changes whenever a page would look different."""
    return blake2b(repr(looks()).encode(), digest_size=12).hexdigest()
