import contextlib
import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetching.unpacking import Damaged, Overflow, Unpacker

PACKERS = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "deflate, gzip": lambda body: gzip.compress(zlib.compress(body)),
}


def unpack(data, encoding, limit=10_000_000, size=1000):
    unpacker = Unpacker(encoding, limit)
    body = b"".join(piece for at in range(0, len(data), size) for piece in unpacker.feed(data[at : at + size]))
    unpacker.finish()
    return body


@given(st.binary(max_size=5000), st.sampled_from(sorted(PACKERS)), st.integers(1, 700))
def test_any_body_in_any_pieces_comes_back(body, encoding, size):
    assert unpack(PACKERS[encoding](body), encoding, size=size) == body


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br"]))
def test_garbage_is_damaged_or_read_but_never_breaks(body, encoding):
    with contextlib.suppress(Damaged, Overflow):
        unpack(body, encoding, size=7)


def test_several_gzip_members_are_one_body():
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", size=3) == b"one two"


def test_padding_after_gzip_is_ignored():
    assert unpack(gzip.compress(b"one") + b"\0\0\0\0", "gzip") == b"one"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_bomb_is_stopped_near_the_limit(encoding):
    data = PACKERS[encoding](b"\0" * 20_000_000)
    made: list[int] = []
    with pytest.raises(Overflow):
        made.extend(len(piece) for piece in Unpacker(encoding, 100_000).feed(data))
    assert sum(made) <= 100_000


def test_bomb_inside_a_bomb_is_stopped():
    data = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    with pytest.raises(Overflow):
        unpack(data, "gzip, gzip", limit=1_000_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_cut_body_is_damaged(encoding):
    with pytest.raises(Damaged):
        unpack(PACKERS[encoding](b"words and more words " * 500)[:-9], encoding)


@pytest.mark.parametrize("encoding", ["zstd", "compress", "gzip, gzip, gzip"])
def test_unknown_or_deep_encodings_are_refused(encoding):
    with pytest.raises(Damaged):
        Unpacker(encoding, 100)


def test_empty_bodies_are_empty_whatever_they_claim():
    assert all(unpack(b"", encoding) == b"" for encoding in PACKERS)
