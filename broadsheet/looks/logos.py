"""Reading a logo: a small SVG, PNG or WebP file beside the file of looks."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

from broadsheet.looks.look import Logo

LARGEST = 100_000
"""Bytes: it comes with every first visit."""
HEIGHT = 64
"""CSS pixels at most; wider than `WIDTH` it becomes lower."""
WIDTH = 480
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
_FORMATS = {".png": "PNG", ".webp": "WEBP"}


class LogoError(ValueError):
    """The file cannot be used; the message is a sentence for the operator."""


def read_logo(folder: Path, name: str) -> Logo:
    """The logo in a file of this folder. Raises LogoError."""
    ending = Path(name).suffix.lower()
    if not _NAME.fullmatch(name) or ending not in _TYPES:
        raise LogoError(f"{name[:60]!r} should be the plain name of an SVG, PNG or WebP file beside this one.")
    try:
        content = (folder / name).read_bytes()[: LARGEST + 1]
    except OSError as error:
        raise LogoError(f"{name} cannot be read: {error.strerror}.") from error
    if len(content) > LARGEST:
        raise LogoError(f"{name} has more than {LARGEST:,} bytes.")
    width, height = _svg_size(content, name) if ending == ".svg" else _pixels(content, name, _FORMATS[ending])
    scale = min(HEIGHT / height, WIDTH / width)
    return Logo(name, _TYPES[ending], content, max(round(width * scale), 1), max(round(height * scale), 1))


def _pixels(content: bytes, name: str, format_: str) -> tuple[float, float]:
    from PIL import Image  # noqa: PLC0415  # most sites have no logo, and none of their processes needs it

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=[format_]) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return float(image.width), float(image.height)
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoError(f"{name} is not a picture of the kind its name says.") from error


def _svg_size(content: bytes, name: str) -> tuple[float, float]:
    """From its viewBox, else from width and height. Nothing in it runs: it is shown as a picture."""
    from lxml import etree  # noqa: PLC0415  # as above

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise LogoError(f"{name} is not well-formed: {error.msg}.") from error
    if etree.QName(root).localname != "svg":
        raise LogoError(f"{name} is not an SVG picture.")
    numbers = re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))[2:4] or [
        "".join(re.findall(r"^\d+(?:\.\d+)?", root.get(side, ""))) for side in ("width", "height")
    ]
    try:
        width, height = (float(number) for number in numbers)
    except ValueError:
        width = height = 0.0
    if not (0 < width < 1e5 and 0 < height < 1e5):
        raise LogoError(f"{name} does not say how large it is; give its svg element a viewBox.")
    return width, height
