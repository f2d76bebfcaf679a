"""The bytes that EventFileTests expects, from an implementation of its own.

Messages and frames are built from TensorFlow's event.proto, summary.proto and record_writer.cc;
the checksum is computed bit by bit.
Run from the package's root: python3 Tests/Fixtures/make-event-file.py (standard library only).
"""

import struct
from pathlib import Path


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def varint(value):
    value &= (1 << 64) - 1
    out = b""
    while value >= 128:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def delimited(field, data):
    return varint(field << 3 | 2) + varint(len(data)) + data


def event(time, step, payload):
    step = b"" if step is None else varint(2 << 3) + varint(step)
    return varint(1 << 3 | 1) + struct.pack("<d", time) + step + payload


def scalar(tag, value):
    value = varint(2 << 3 | 5) + struct.pack("<f", value)
    return delimited(1, delimited(1, tag.encode()) + value)


def frame(data):
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked(length)) + data + struct.pack("<I", masked(data))


assert crc32c(b"123456789") == 0xE3069283  # RFC 3720
time = 1234567890.5
records = [
    event(time, None, delimited(3, b"brain.Event:2")),
    event(time, 0, delimited(5, scalar("train/loss", 2.5) + scalar("train/rate", 0.1))),
    event(time, 300, delimited(5, scalar("validation/dice", -1e-3))),
    event(time, 200, delimited(7, varint(1 << 3) + varint(1))),
]
Path("Tests/Fixtures/events.bin").write_bytes(b"".join(map(frame, records)))
