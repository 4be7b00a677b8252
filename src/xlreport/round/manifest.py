"""The list in a bundle that vouches for its members: what a bundle is known by, and which member is which."""

from __future__ import annotations

import json
from collections.abc import Mapping

MANIFEST, KIND = "bundle.json", "xlreport-round"


def vouched(members: Mapping[str, bytes]) -> Mapping[str, str] | None:
    """The hashes by member that a bundle's list gives; None where the archive is no bundle."""
    try:
        found = json.loads(members.get(MANIFEST, b""))
        if found["kind"] != KIND:
            return None
        return {str(unit["file"]): str(unit["sha256"]) for unit in found["units"] if unit["file"]}
    except (ValueError, KeyError, TypeError):
        return None
