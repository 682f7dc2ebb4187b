"""Pictures as strangers send them: what is kept, what is left behind, what is refused."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image, IptcImagePlugin
from PIL.Image import Exif

from broadsheet.articles.picture_names import files_of, kept_widths, source_set, widths_of
from broadsheet.gathering import packing
from broadsheet.gathering.packing import PictureError, keep_picture

XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Northmark Wire" exif:GPSLatitude="59,20N">
<dc:creator><rdf:Seq><rdf:li>Jon Vik</rdf:li><rdf:li>Ada Lund</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(c) Jon Vik &amp; others</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def packed(picture, form="PNG", **more):
    file = io.BytesIO()
    picture.save(file, form, **more)
    return file.getvalue()


def scene(size=(1600, 900), mode="RGB"):
    return Image.linear_gradient("L").resize(size).convert(mode)


def opened(path):
    return Image.open(io.BytesIO(path.read_bytes()))


def kept_file(folder, kept):
    return opened(folder / kept.name)


def test_a_picture_is_kept_in_three_widths_and_two_formats(tmp_path):
    kept = keep_picture(packed(scene()), tmp_path)
    assert (kept.width_px, kept.height_px) == (1280, 720)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files_of(kept.name))
    found = {(opened(path).size, opened(path).format) for path in tmp_path.iterdir()}
    sizes = {(320, 180), (640, 360), (1280, 720)}
    assert found == {(size, form) for size in sizes for form in ("AVIF", "WEBP")}
    assert source_set(kept.name, "avif").endswith("-1280.avif 1280w")


def test_a_small_picture_is_never_made_larger(tmp_path):
    kept = keep_picture(packed(scene((500, 300))), tmp_path)
    assert (kept.width_px, kept.height_px) == (500, 300)
    assert widths_of(kept.name)[1] == kept_widths(500) == (320, 500)


def test_the_same_picture_twice_is_the_same_files(tmp_path):
    first = keep_picture(packed(scene()), tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert keep_picture(packed(scene()), tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == times


def test_places_and_devices_are_left_behind_and_rights_are_kept(tmp_path):
    exif = Exif()
    exif[0x013B], exif[0x8298], exif[0x010F] = "Jon Vik", "(c) Northmark Wire", "A camera, number 4711"
    exif.get_ifd(0x8825)[1] = "N"
    kept = keep_picture(packed(scene(), "JPEG", exif=exif, xmp=XMP), tmp_path)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"GPS" not in content
        assert b"4711" not in content
        with Image.open(path) as found:
            assert dict(found.getexif()) == {0x013B: "Jon Vik", 0x8298: "(c) Northmark Wire"}
            xmp = found.info["xmp"].decode()
    assert "<rdf:li>Jon Vik</rdf:li><rdf:li>Ada Lund</rdf:li>" in xmp
    assert "<photoshop:Credit>Northmark Wire</photoshop:Credit>" in xmp
    assert "(c) Jon Vik &amp; others" in xmp
    assert kept.width_px == 1280


def test_the_older_form_of_credits_is_read_too(tmp_path, monkeypatch):
    told = {(2, 80): [b"Jon Vik"], (2, 110): b"Northmark Wire", (2, 25): b"a keyword"}
    monkeypatch.setattr(IptcImagePlugin, "getiptcinfo", lambda _picture: told)
    kept = keep_picture(packed(scene(), "JPEG"), tmp_path)
    xmp = kept_file(tmp_path, kept).info["xmp"]
    assert b"Jon Vik" in xmp
    assert b"Northmark Wire" in xmp
    assert b"keyword" not in xmp


@pytest.mark.parametrize(
    "packet",
    [b"<not xml", b"\x00" * 100, b"<a>" * 5_000, b"x" * 300_000,
     b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><dc:rights xmlns:dc="http://purl.org/dc/elements/1.1/">&b;</dc:rights>'],
)  # fmt: skip
def test_metadata_that_make_no_sense_are_as_good_as_none(tmp_path, packet):
    kept = keep_picture(packed(scene((640, 360)), "WEBP", xmp=packet), tmp_path)
    assert b"root:" not in (tmp_path / kept.name).read_bytes()


def test_a_picture_that_was_taken_sideways_is_turned_once(tmp_path):
    exif = Exif()
    exif[0x0112] = 6
    kept = keep_picture(packed(scene((900, 600)), "JPEG", exif=exif), tmp_path)
    assert (kept.width_px, kept.height_px) == (600, 900)
    assert 0x0112 not in kept_file(tmp_path, kept).getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_plain_color(tmp_path, mode):
    if mode == "I;16":
        picture = Image.frombytes("I;16", (64, 64), struct.pack("<4096H", *range(0, 65536, 16)))
    else:
        picture = scene((64, 64)).convert("L").convert(mode)
    kept = keep_picture(packed(picture), tmp_path)
    found = kept_file(tmp_path, kept)
    assert found.mode in {"RGB", "RGBA"}
    if mode == "I;16":
        lightest = max(high for _low, high in found.convert("RGB").getextrema())
        assert lightest > 200


def test_print_colors_and_foreign_profiles_are_turned_into_those_of_screens(tmp_path):
    picture = Image.new("CMYK", (200, 100), (0, 255, 255, 0))
    kept = keep_picture(packed(picture, "JPEG", icc_profile=b"no profile at all" * 20), tmp_path)
    found = kept_file(tmp_path, kept)
    red, green, blue = found.convert("RGB").getpixel((50, 50))
    assert red > 200 > 80 > max(green, blue)
    assert "icc_profile" not in found.info


def test_of_an_animation_the_first_picture_is_kept(tmp_path):
    frames = [Image.new("P", (64, 48), color) for color in range(30)]
    body = packed(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert not getattr(kept_file(tmp_path, keep_picture(body, tmp_path)), "is_animated", False)


def claiming(width, height):
    """A PNG of a few bytes that says it is this large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


WHOLE = packed(scene((400, 300)), "JPEG")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>no picture</html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"%PDF-1.7",
        claiming(60_000, 60_000),
        claiming(2_000_000_000, 1),
        claiming(400, 300),
        packed(Image.new("RGB", (1, 1))),
        packed(Image.new("RGB", (900, 4))),
        WHOLE[: len(WHOLE) // 2],
        WHOLE[:20] + b"\xff" * 200,
        packed(scene((400, 300)))[:-300],
        packed(scene((64, 64)), "TIFF"),
        packed(scene((64, 64)), "BMP"),
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        b"GIF89a" + b"\xff" * 60,
        b"\0\0\0\x1cftypavif" + b"\xff" * 60,
    ],
)
def test_what_is_no_picture_or_a_trap_is_refused_and_leaves_nothing(tmp_path, body):
    with pytest.raises(PictureError):
        keep_picture(body, tmp_path / "pictures")
    assert not list(tmp_path.rglob("*.*"))


def test_bytes_have_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "MOST_BYTES", 100)
    with pytest.raises(PictureError, match="too many"):
        keep_picture(WHOLE, tmp_path)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_broken_bytes_end_in_the_one_error(tmp_path, form):
    body = bytearray(packed(scene((120, 80)), form))
    for place in range(0, len(body), max(len(body) // 60, 1)):
        broken = bytes(body[:place]) + bytes([body[place] ^ 0xA5]) + bytes(body[place + 1 :])
        with suppress(PictureError):  # whatever else it raises is a bug
            assert keep_picture(broken, tmp_path).width_px > 0


@pytest.mark.parametrize(
    "name",
    ["0a1b.webp", "", "../secret-1280.webp", "f" * 32 + "-0.webp", "F" * 32 + "-320.webp", "f" * 32 + "-320.avif"],
)
def test_names_made_elsewhere_have_one_file(name):
    assert source_set(name, "avif") == ""
    assert list(files_of(name)) == [name]
