"""From a submission to findings: the gates in order.

The package can itself be called: `xlreport.verify(submission)` is the public name of
`xlreport.verify.gates.verify`, and importing a submodule must not take it away.
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
        """All findings of a submission, in the order of the gates. Empty means accepted."""
        from xlreport.verify.gates import verify

        return verify(submission)


sys.modules[__name__].__class__ = _Callable
