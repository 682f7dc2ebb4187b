"""Unpacking bodies piece by piece with a cap, so that a small bomb never becomes a large body.

gzip, deflate (with and without its zlib wrapper, both are in use) and br, also one inside another.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli

ACCEPTED = "gzip, deflate, br"
_PIECE = 65_536
_DEEPEST = 2


class Overflow(Exception):  # noqa: N818 - it is caught a few lines above, not told
    """The unpacked body passes the cap."""


class Damaged(Exception):  # noqa: N818
    """The body is not packed as it says, or ends too early."""


class _Stage(Protocol):
    def unpack(self, data: bytes) -> Iterator[bytes]: ...

    def ended(self) -> bool: ...


class Unpacker:
    """Undo the `Content-Encoding` of one body.

    encoding: the header as sent. limit: bytes of the unpacked body. Raises Damaged for an unknown encoding.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        names = [name for name in names if name not in ("", "identity")]
        if len(names) > _DEEPEST or any(name not in _STAGES for name in names):
            raise Damaged(f"unknown content encoding {encoding[:60]!r}")
        self._stages: list[_Stage] = [_STAGES[name]() for name in reversed(names)]
        self._left = limit

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Unpacked pieces of at most 64 KiB where anything is packed. Raises Overflow and Damaged."""
        for piece in self._through(data, 0):
            self._left -= len(piece)
            if self._left < 0:
                raise Overflow
            yield piece

    def _through(self, data: bytes, depth: int) -> Iterator[bytes]:
        if depth == len(self._stages):
            yield data
            return
        for piece in self._stages[depth].unpack(data):
            yield from self._through(piece, depth + 1)

    def finish(self) -> None:
        """Call after the last piece. Raises Damaged when a packed body was cut short."""
        if not all(stage.ended() for stage in self._stages):
            raise Damaged("the packed body ends too early")


class _Zlib:
    """gzip and deflate. Servers that promise one and send plain text are taken at their bytes."""

    def __init__(self, gzip: bool) -> None:
        self._gzip = gzip
        self._head = b""
        self._stream: zlib._Decompress | None = None
        self._plain = False
        self._empty = True

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None and not self._plain:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._head = self._head, b""
            self._empty = False
            self._begin(data)
        if self._plain:
            yield data
            return
        yield from self._inflate(data)

    def _begin(self, data: bytes) -> None:
        if self._gzip:
            self._plain = data[:2] != b"\x1f\x8b"
            if not self._plain:
                self._stream = zlib.decompressobj(31)
        else:
            wrapped = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
            self._stream = zlib.decompressobj(15 if wrapped else -15)

    def _inflate(self, data: bytes) -> Iterator[bytes]:
        assert self._stream is not None
        while data:
            if self._stream.eof:
                # Several gzip members may follow each other (RFC 1952); anything else after the end is padding.
                if not self._gzip or data[:2] != b"\x1f\x8b":
                    return
                self._stream = zlib.decompressobj(31)
            try:
                piece = self._stream.decompress(data, _PIECE)
            except zlib.error as error:
                raise Damaged(str(error)) from error
            if piece:
                yield piece
            data = self._stream.unconsumed_tail or self._stream.unused_data

    def ended(self) -> bool:
        if self._empty or self._plain:
            return not self._head or self._plain
        return self._stream is not None and self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._empty = True

    def unpack(self, data: bytes) -> Iterator[bytes]:
        self._empty = self._empty and not data
        try:
            piece = self._stream.process(data, output_buffer_limit=_PIECE)
            while piece:
                yield piece
                if self._stream.can_accept_more_data():
                    return
                piece = self._stream.process(b"", output_buffer_limit=_PIECE)
        except brotli.error as error:
            raise Damaged(f"brotli: {error}") from error

    def ended(self) -> bool:
        return self._empty or bool(self._stream.is_finished())


_STAGES: dict[str, Callable[[], _Stage]] = {
    "gzip": lambda: _Zlib(gzip=True),
    "x-gzip": lambda: _Zlib(gzip=True),
    "deflate": lambda: _Zlib(gzip=False),
    "br": _Brotli,
}
