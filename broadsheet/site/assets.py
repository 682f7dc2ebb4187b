"""Style sheet, scripts and icons as finished bytes under names that change with their content.

The style sheet is written as one file for each part of a page and leaves as one: joined in the order below, without
comments and needless blanks. What is served is made once at the start from the package's own files, so there is
nothing to collect and nothing that can be out of date.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli

FOLDER = Path(__file__).resolve().parent.parent / "static"
STYLES = (
    "layers",
    "tokens",
    "reset",
    "base",
    "layout",
    "masthead",
    "stories",
    "front",
    "river",
    "article",
    "story",
    "source",
    "search",
    "readers",
    "forms",
    "comments",
    "letters",
    "archive",
    "figures",
    "sheet",
    "colophon",
    "print",
)
"""Order of the style sheet's parts; the layers make it matter little."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
}
SCRIPTS = ("theme", "times", "keys", "share", "river", "suggest")
"""Order of the script's parts: one request brings them all."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file, whole and in both compressed forms."""

    path: str
    type: str
    plain: bytes
    gzip: bytes
    br: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """Every static file by its plain name, such as "site.css"."""
    found = {
        "site.css": asset_of("site.css", squeeze_css(_join_styles()).encode()),
        "site.js": asset_of("site.js", squeeze_js(_join_scripts()).encode()),
    }
    for path in sorted([*FOLDER.glob("js/*.js"), *FOLDER.glob("*.svg")]):
        if path.stem not in SCRIPTS:
            found[path.name] = asset_of(path.name, path.read_bytes())
    for path in sorted(FOLDER.glob("css/*.css")):
        if path.stem not in STYLES:
            found[path.name] = asset_of(path.name, squeeze_css(path.read_text("utf-8")).encode())
    return found


@cache
def assets_by_path() -> Mapping[str, Asset]:
    return {asset.path: asset for asset in assets().values()}


def asset_path(name: str) -> str:
    """Where a static file is served. Raises KeyError for one that does not exist."""
    return assets()[name].path


def squeeze_css(text: str) -> str:
    """Take out comments and the blanks that mean nothing. Strings in our style sheets hold none of `{};,:`."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,])\s*", r"\1", text)
    text = re.sub(r":\s+", ":", text)
    return text.replace(";}", "}").strip()


def squeeze_js(text: str) -> str:
    """Take out comment lines and indentation; packing does the rest. Our scripts hold no text of several lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _join_styles() -> str:
    return "\n".join((FOLDER / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


def _join_scripts() -> str:
    """Each part in a block of its own: their names stay apart."""
    parts = ((FOLDER / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    return "\n".join(f"{{\n{part}\n}}" for part in parts)


def asset_of(name: str, plain: bytes) -> Asset:
    """These bytes under a name that changes with them. name: with an ending of `_TYPES`."""
    stem, _, ending = name.rpartition(".")
    digest = hashlib.blake2b(plain, digest_size=6).hexdigest()
    return Asset(
        path=f"/static/{stem}.{digest}.{ending}",
        type=_TYPES[f".{ending}"],
        plain=plain,
        gzip=gzip.compress(plain, 9, mtime=0),
        br=brotli.compress(plain, quality=11),
    )
