"""From a picture as it came to the files we keep: read within limits, upright, in sRGB, in three widths, two formats.

What came is never sent on: every file is written anew, without what its metadata tell of places, devices and people,
and with what they tell about rights.
"""

from __future__ import annotations

import io
import os
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from broadsheet.articles.picture_names import FORMATS, WIDTHS, kept_widths, picture_name
from broadsheet.gathering.credits import rights_exif, rights_xmp

READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""Formats that are read; nothing else is tried on a stranger's bytes."""
MOST_BYTES = 25_000_000
MOST_PIXELS = 50_000_000
"""Larger pictures are refused before they are unpacked: a small file can claim any size."""
LEAST_PX = 32
"""On a side; smaller ones count readers or decorate."""
TALLEST = 3.0
"""Height of a kept picture, in widths."""
LONGEST_PROFILE = 1_000_000
_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "webp": {"quality": 78, "method": 4},
    "avif": {"quality": 55, "speed": 6, "max_threads": 1},
}
"""AVIF of this quality looks like WebP of that one and is a third smaller. One thread: readers are served beside it."""


class PictureError(ValueError):
    """The bytes are no picture that can be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """name: of the largest file, see `picture_names`."""

    name: str
    width_px: int
    height_px: int


def keep_picture(body: bytes, folder: Path) -> Kept:
    """Write a picture into `folder` in all its files. The same picture twice is the same files. Raises PictureError."""
    if len(body) > MOST_BYTES:
        raise PictureError(f"{len(body)} bytes are too many")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture, words = _read(body)
    except PictureError:
        raise
    except Exception as error:  # Pillow's readers raise nearly anything on bytes made to break them
        raise PictureError(f"not a picture that can be read: {type(error).__name__}: {error}") from error
    return _write(picture, words, blake2b(body, digest_size=16).hexdigest(), folder)


def _read(body: bytes) -> tuple[Image.Image, dict[str, bytes]]:
    """The picture, upright, in sRGB, no larger than needed; and what of its metadata is kept."""
    opened = Image.open(io.BytesIO(body), formats=READ)
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise PictureError(f"{width} x {height} pixels are too many")
    if min(width, height) < LEAST_PX:
        raise PictureError(f"{width} x {height} pixels are too few")
    words = {"exif": rights_exif(opened.getexif()), "xmp": rights_xmp(opened)}
    opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a JPEG is unpacked no larger than needed
    opened.load()  # of an animation: its first picture
    picture = _upright(opened)
    largest = min(picture.width, WIDTHS[-1])
    picture.thumbnail((largest, round(largest * TALLEST)), Image.Resampling.LANCZOS)
    return _in_srgb(picture), words


def _upright(picture: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I;16"):  # sixteen bits a pixel; the eye and the browser see eight
        return turned.convert("I").point(lambda value: value / 256).convert("L")
    if turned.mode in ("I", "F"):
        raise PictureError(f"pixels of kind {turned.mode} are measurements, no picture")
    if turned.mode == "P" or "transparency" in turned.info:
        turned = turned.convert("RGBA" if "transparency" in turned.info else "RGB")
    return turned


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colors as they are meant on any screen; profiles that make no sense are as good as none."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if "A" in picture.getbands() or "a" in picture.getbands() else "RGB"
    if isinstance(profile, bytes) and 128 <= len(profile) <= LONGEST_PROFILE and picture.mode in ("RGB", "CMYK", "L"):
        try:
            meant = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, ValueError, TypeError, OSError):
            meant = None
        if meant is not None:
            return meant
    return picture.convert(mode)


def _write(picture: Image.Image, words: Mapping[str, bytes], digest: str, folder: Path) -> Kept:
    """The largest WebP last: where it lies, all others do."""
    folder.mkdir(parents=True, exist_ok=True)
    height = picture.height
    name = picture_name(digest, picture.width)
    if (folder / name).exists():
        return Kept(name, picture.width, height)
    for width in kept_widths(picture.width):
        size = (width, max(round(height * width / picture.width), 1))
        scaled = picture if width == picture.width else picture.resize(size, Image.Resampling.LANCZOS)
        scaled.info = {}  # else Pillow writes what it finds there
        for form in FORMATS:
            packed = io.BytesIO()
            scaled.save(packed, form.upper(), **_SETTINGS[form], **{kind: told for kind, told in words.items() if told})
            _place(folder / picture_name(digest, width, form), packed.getvalue())
    return Kept(name, picture.width, height)


def _place(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}.{threading.get_ident()}.part")
    draft.write_bytes(content)
    draft.replace(path)
