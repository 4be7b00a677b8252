"""Numbers as .xls and .xlsb pack them."""

from __future__ import annotations

import struct


def unpacked(packed: int) -> float:
    """A number packed into 30 bits (RK): whole or the upper part of a float, perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else float(value)
