"""Reads the body of an HTTP request, however its length is given, and never more than a bound."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Protocol

from connectkit.simulator.server.refusals import RefusedError

__all__ = ["LARGEST_BODY", "Framing", "decompress", "read_body"]

LARGEST_BODY = 10 * 1024 * 1024
"""In bytes. The largest request of these services, a view's content, is well below."""

_LENGTH = re.compile(r"[0-9]+")
_LONGEST_LENGTH = 18
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(;.*)?\r?\n", re.DOTALL)
_LONGEST_LINE = 4096
_MOST_TRAILERS = 100
_GZIP = zlib.MAX_WBITS | 16


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """Give as many bytes as asked for, or fewer at the end of the stream."""
        ...

    def readline(self, size: int, /) -> bytes:
        """Give a line with its end, or a part of it as long as ``size``."""
        ...


class Framing:
    """How the headers of a request say where its body ends.

    Raises RefusedError when they contradict each other or make no sense: what follows on the connection can't
    be told from the body then.
    """

    def __init__(self, lengths: Sequence[str], encodings: Sequence[str]) -> None:
        self.chunked: bool = bool(encodings)
        self.length: int = 0
        if encodings and ",".join(encodings).strip().lower() != "chunked":
            raise RefusedError(501, "Transfer-Encoding must be chunked, if there is one")
        if encodings and lengths:
            raise RefusedError(400, "A request has either a Content-Length or a Transfer-Encoding")
        if len(lengths) > 1:
            raise RefusedError(400, "A request has one Content-Length at most")
        if lengths:
            self.length = _read_length(lengths[0].strip())

    @property
    def has_body(self) -> bool:
        """Whether anything follows the headers."""
        return self.chunked or self.length > 0


def read_body(stream: Readable, framing: Framing) -> bytes:
    """Read a body to its end.

    Raises RefusedError when it ends too early, is not framed as it says, or is larger than LARGEST_BODY.
    """
    if framing.chunked:
        return _read_chunks(stream)
    return _read_exactly(stream, framing.length)


def decompress(body: bytes, encoding: str | None) -> bytes:
    """Give what a body with this Content-Encoding holds.

    Raises RefusedError when it is not encoded so, the encoding is neither gzip nor identity, or what it holds
    is larger than LARGEST_BODY.
    """
    name = (encoding or "identity").strip().lower()
    if name == "identity":
        return body
    if name not in {"gzip", "x-gzip"}:
        raise RefusedError(415, f"Content-Encoding must be gzip or identity, not {name}")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        plain = unpacker.decompress(body, LARGEST_BODY + 1)
    except zlib.error as error:
        raise RefusedError(400, "The body is not valid gzip") from error
    if len(plain) > LARGEST_BODY:
        raise _too_large()
    if not unpacker.eof or unpacker.unused_data:
        raise RefusedError(400, "The body is not one complete gzip stream")
    return plain


def _read_length(text: str) -> int:
    if not _LENGTH.fullmatch(text):
        raise RefusedError(400, "Content-Length must be a number of bytes")
    if len(text.lstrip("0")) > _LONGEST_LENGTH or int(text) > LARGEST_BODY:
        raise _too_large()
    return int(text)


def _read_exactly(stream: Readable, size: int) -> bytes:
    body = stream.read(size) if size else b""
    if len(body) < size:
        raise RefusedError(400, f"The request ended after {len(body)} bytes of a body of {size}")
    return body


def _read_chunks(stream: Readable) -> bytes:
    body = bytearray()
    while size := _read_chunk_size(stream):
        if len(body) + size > LARGEST_BODY:
            raise _too_large()
        body += _read_exactly(stream, size)
        if stream.readline(_LONGEST_LINE) not in {b"\r\n", b"\n"}:
            raise RefusedError(400, "A chunk is not as long as it says")
    for _ in range(_MOST_TRAILERS):
        line = stream.readline(_LONGEST_LINE)
        if line in {b"\r\n", b"\n"}:
            return bytes(body)
        if not line.endswith(b"\n"):
            break
    raise RefusedError(400, "The chunked body does not end")


def _read_chunk_size(stream: Readable) -> int:
    match = _CHUNK_SIZE.fullmatch(stream.readline(_LONGEST_LINE))
    if match is None:
        raise RefusedError(400, "A chunk must begin with its size in hexadecimal")
    return int(match.group(1), 16)


def _too_large() -> RefusedError:
    return RefusedError(413, f"A body may have at most {LARGEST_BODY} bytes")
