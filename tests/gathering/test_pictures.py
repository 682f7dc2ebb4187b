"""The process in which pictures are packed: it does what `keep_picture` does, and its end is nobody else's."""

import asyncio
import io
import os

import pytest
from PIL import Image

from broadsheet.gathering import pictures
from broadsheet.gathering.packing import PictureError
from broadsheet.gathering.pictures import Pictures


def body(color="#446"):
    file = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(file, "PNG")
    return file.getvalue()


def break_down(_body, _folder):
    os._exit(9)


@pytest.fixture
def making(tmp_path):
    made = Pictures(None, None, tmp_path)
    yield made
    made._end_packer()


def test_pictures_are_packed_elsewhere_and_refusals_come_back(making, tmp_path):
    async def work():
        kept = await making._pack(body())
        with pytest.raises(PictureError, match="not a picture"):
            await making._pack(b"no picture")
        return kept

    kept = asyncio.run(work())
    assert (tmp_path / kept.name).is_file()
    assert (kept.width_px, kept.height_px) == (64, 48)


def test_what_breaks_the_packer_is_refused_and_the_next_is_packed(making, monkeypatch):
    async def work():
        with monkeypatch.context() as patched:
            patched.setattr(pictures, "keep_picture", break_down)
            with pytest.raises(PictureError, match="broke the process"):
                await making._pack(body())
        return await making._pack(body("#644"))

    assert asyncio.run(work()).width_px == 64
