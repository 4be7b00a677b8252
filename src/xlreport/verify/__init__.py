"""From a submission to findings: families of rules, in order.

The package can itself be called: `xlreport.verify(submission)` is the public name of
`xlreport.verify.verdict.verify`, and importing a submodule must not take it away.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlreport.finding import Finding
    from xlreport.workbook.submission import Submission


class _Callable(ModuleType):
    def __call__(self, submission: Submission) -> list[Finding]:
        """All findings of a submission, in the order of the families: accepted if none is an error."""
        from xlreport.verify.verdict import verify

        return verify(submission)


sys.modules[__name__].__class__ = _Callable
