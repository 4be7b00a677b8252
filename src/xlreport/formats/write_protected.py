"""Workbooks that Excel encrypted with the password it has built in.

Excel does so where a structure is protected without a password to open: it opens such a file without
asking. Source: [MS-OFFCRYPTO] 2.3.1 and the remark on "VelvetSweatshop" in [MS-XLS] 2.4.117 (FilePass).
"""

from __future__ import annotations

import io
import re
import struct
from xml.parsers.expat import ExpatError

from xlreport.formats import compound

_BUILT_IN = "VelvetSweatshop"
_PACKAGE = "EncryptedPackage"
_INFO = "EncryptionInfo"
_WORKBOOK = "Workbook"
_FILE_PASS = 0x002F
_LOOKED_AT = 8
"""Records at the head of an .xls workbook among which the one about its password stands."""
_SPINS = re.compile(rb'spinCount="([0-9]+)"')
_MOST_SPINS = 200_000
"""Rounds of hashing a password; Excel writes 100,000, a hostile file any number."""
_LONGEST_INFO = 65_536
_OF_NONSENSE = (
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OSError,
    TypeError,
    ValueError,
    ExpatError,
    struct.error,
)
"""What the library lets through of a header that makes no sense, or that it does not know."""


def is_encrypted(file: compound.Compound) -> bool:
    """True for a workbook that needs a password, if only the built-in one. Raises compound.Damaged."""
    if _WORKBOOK not in file:
        return _PACKAGE in file and _INFO in file
    stream, start = file.read(_WORKBOOK), 0
    for _ in range(_LOOKED_AT):
        if start + 4 > len(stream):
            return False
        number, size = struct.unpack_from("<HH", stream, start)
        if number == _FILE_PASS:
            return True
        start += 4 + size
    return False


def decrypted(file: compound.Compound, data: bytes) -> bytes | None:
    """The workbook in the clear; None where another password is needed, or none is known to fit."""
    if _INFO in file and _costs_too_much(file.read(_INFO)):
        return None
    # Both are slow to import, and hardly ever needed.
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    clear = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(_BUILT_IN, **({} if _WORKBOOK in file else {"verify_password": True}))
        office.decrypt(clear)
    except (DecryptionError, FileFormatError, InvalidKeyError, ParseError, *_OF_NONSENSE):
        return None
    return clear.getvalue()


def _costs_too_much(info: bytes) -> bool:
    spins = (int(number[:9]) for number in _SPINS.findall(info[:_LONGEST_INFO]))
    return len(info) > _LONGEST_INFO or max(spins, default=0) > _MOST_SPINS
