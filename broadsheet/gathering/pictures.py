"""Pictures that may be shown, fetched once and kept in sizes and formats of our own, with their words about rights.

Nothing is fetched that the ledger does not allow to be shown: `articles` marks those pictures as wanted.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from broadsheet.articles.actions import record_picture
from broadsheet.articles.models import Picture, PictureState
from broadsheet.fetching.client import Client
from broadsheet.fetching.errors import FetchError
from broadsheet.fetching.messages import Purpose, Request
from broadsheet.gathering.desk import Desk
from broadsheet.gathering.packing import Kept, PictureError, keep_picture

log = logging.getLogger(__name__)

AT_A_TIME = 50


class Pictures:
    """Fetches wanted pictures into `folder`.

    They are unpacked and packed in a process that ends with the last of them: encoders take a hundred megabytes and do
    not give them all back, and a picture made to break a decoder breaks that process only.
    """

    def __init__(self, client: Client, desk: Desk, folder: Path) -> None:
        self._client = client
        self._desk = desk
        self._folder = folder
        self._packer: ProcessPoolExecutor | None = None

    async def fetch_wanted(self) -> int:
        """Fetch every wanted picture. Returns how many were kept."""
        kept = 0
        try:
            while wanted := await self._desk.run(_wanted):
                for picture in wanted:
                    kept += await self._fetch(picture)
        finally:
            self._end_packer()
        return kept

    async def _fetch(self, picture: Picture) -> bool:
        found = Kept("", 0, 0)
        try:
            response = await self._client.fetch(Request(picture.address, Purpose.IMAGE))
            found = await self._pack(response.body)
        except (FetchError, PictureError) as error:
            log.info("picture not kept: %s", error)
        await self._desk.run(
            record_picture, picture, name=found.name, width_px=found.width_px, height_px=found.height_px
        )
        return bool(found.name)

    async def _pack(self, body: bytes) -> Kept:
        """`keep_picture` in the other process. Raises PictureError."""
        if self._packer is None:
            self._packer = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        try:
            return await asyncio.get_running_loop().run_in_executor(self._packer, keep_picture, body, self._folder)
        except BrokenProcessPool as error:
            self._end_packer()
            raise PictureError("it broke the process that was to read it") from error

    def _end_packer(self) -> None:
        if self._packer is not None:
            self._packer.shutdown()
            self._packer = None


def _wanted() -> list[Picture]:
    return list(Picture.objects.filter(state=PictureState.WANTED).select_related("article").order_by("pk")[:AT_A_TIME])
