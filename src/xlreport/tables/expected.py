"""Who should have sent a return and who has not, as far as the summary shows it."""

from __future__ import annotations

import datetime

from xlreport.frozen import frozen


@frozen
class Missing:
    """A unit that has not sent anything that counts; `remark` says what came instead, if anything."""

    unit: str
    code: str = ""
    parent: str = ""
    contact: str = ""
    phone: str = ""
    emails: str = ""
    due: datetime.date | None = None
    remark: str = ""


@frozen
class Expected:
    """How many units should have sent one, those that have not, and how many need not."""

    units: int
    missing: tuple[Missing, ...] = ()
    excused: int = 0

    @property
    def reported(self) -> int:
        """How many of them have."""
        return self.units - len(self.missing)
