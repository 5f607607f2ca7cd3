"""A screenshot as a PNG of sixteen greys: much smaller, and as readable."""

import struct
import zlib

CHANNELS = {0: 1, 2: 3, 6: 4}
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def small(png: bytes) -> bytes:
    """The same picture, 4 bits a pixel."""
    width, height, channels, data = _read(png)
    rows, previous = [], bytes(width * channels)
    for y in range(height):
        start = y * (width * channels + 1)
        line = bytearray(data[start + 1 : start + 1 + width * channels])
        _unfilter(data[start], line, previous, channels)
        previous = bytes(line)
        grey = [(level * 15 + 127) // 255 for level in line[0::channels]]
        grey += [15] * (width % 2)
        rows.append(b"\0" + bytes(a << 4 | b for a, b in zip(grey[::2], grey[1::2], strict=True)))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _read(png: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, channels and the rows with their filters."""
    at, packed, head = len(SIGNATURE), b"", b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        head = content if kind == b"IHDR" else head
        packed += content if kind == b"IDAT" else b""
        at += length + 12
    width, height, depth, colours = struct.unpack(">IIBB", head[:10])
    if depth != 8 or colours not in CHANNELS:
        raise ValueError("A screenshot has eight bits a channel.")
    return width, height, CHANNELS[colours], zlib.decompress(packed)


def _unfilter(kind: int, line: bytearray, above: bytes, channels: int) -> None:
    """PNG's five filters: none, left, above, their mean, Paeth."""
    if kind == 0:
        return
    for i in range(len(line)):
        left = line[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        line[i] = (line[i] + _guess(kind, left, above[i], corner)) & 255


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 4:
        return (left, up, (left + up) // 2)[kind - 1]
    near = left + up - corner
    far = (abs(near - left), abs(near - up), abs(near - corner))
    return (left, up, corner)[far.index(min(far))]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
