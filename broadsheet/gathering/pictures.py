"""Pictures that may be shown, fetched once and kept in a size and format of our own, with their words about rights.

Nothing is fetched that the ledger does not allow to be shown: `articles` marks those pictures as wanted.
"""

from __future__ import annotations

import io
import logging
import os
import warnings
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from PIL import Image, ImageOps

from broadsheet.articles.actions import record_picture
from broadsheet.articles.models import Picture, PictureState
from broadsheet.fetching.client import Client
from broadsheet.fetching.errors import FetchError
from broadsheet.fetching.messages import Purpose, Request
from broadsheet.gathering.desk import Desk

log = logging.getLogger(__name__)

WIDEST_PX = 1200
QUALITY = 78
MOST_PIXELS = 60_000_000
"""Larger pictures are refused before they are unpacked: a small file can claim any size."""
AT_A_TIME = 50


class PictureError(ValueError):
    """The bytes are no picture that can be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    name: str
    width_px: int
    height_px: int


class Pictures:
    """Fetches wanted pictures into `folder`."""

    def __init__(self, client: Client, desk: Desk, folder: Path) -> None:
        self._client = client
        self._desk = desk
        self._folder = folder

    async def fetch_wanted(self) -> int:
        """Fetch every wanted picture. Returns how many were kept."""
        kept = 0
        while wanted := await self._desk.run(_wanted):
            for picture in wanted:
                kept += await self._fetch(picture)
        return kept

    async def _fetch(self, picture: Picture) -> bool:
        found = Kept("", 0, 0)
        try:
            response = await self._client.fetch(Request(picture.address, Purpose.IMAGE))
            found = await self._desk.run(keep_picture, response.body, self._folder)
        except (FetchError, PictureError) as error:
            log.info("picture not kept: %s", error)
        await self._desk.run(
            record_picture, picture, name=found.name, width_px=found.width_px, height_px=found.height_px
        )
        return bool(found.name)


def _wanted() -> list[Picture]:
    return list(Picture.objects.filter(state=PictureState.WANTED).select_related("article").order_by("pk")[:AT_A_TIME])


def keep_picture(body: bytes, folder: Path) -> Kept:
    """Write a picture into `folder` as WebP, at most `WIDEST_PX` wide, EXIF and XMP kept; its name is its digest.

    Raises PictureError.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(body))
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureError(f"{picture.width} x {picture.height} pixels are too many")
            exif, xmp = picture.getexif(), picture.info.get("xmp", b"")
            picture.thumbnail((WIDEST_PX, WIDEST_PX * 3))
            picture = ImageOps.exif_transpose(picture)
            exif.pop(0x0112, None)  # the turn it asks for has been made
            packed = io.BytesIO()
            mode = "RGBA" if "A" in picture.getbands() else "RGB"
            picture.convert(mode).save(packed, "WEBP", quality=QUALITY, method=4, exif=exif.tobytes(), xmp=xmp)
    except PictureError:
        raise
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError, Warning) as error:
        raise PictureError(f"not a picture that can be read: {error}") from error
    name = blake2b(packed.getvalue(), digest_size=16).hexdigest() + ".webp"
    _write(folder / name, packed.getvalue())
    return Kept(name, picture.width, picture.height)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_bytes(content)
    draft.replace(path)
