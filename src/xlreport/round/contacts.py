"""What people wrote, without numbers of persons, telephones and mail addresses."""

from __future__ import annotations

import re

from xlreport.prose.personal import masked

_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z])(?!20[0-9]{2}[01][0-9][0-3][0-9](?![0-9]))"  # a day is none
    r"(?:0[0-9]{2,3}[-— ]?)?[2-8][0-9]{6,7}(?![0-9A-Za-z])"
)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_STARS = "****"


def without_contacts(text: str) -> str:
    """Telephone numbers and addresses become stars; mobile ones and numbers of persons are masked before."""
    return _ADDRESS.sub(_STARS, _TELEPHONE.sub(_STARS, masked(text)))
