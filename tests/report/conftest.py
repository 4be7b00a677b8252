from __future__ import annotations

from pathlib import Path

import pytest
from small_report import make_form

from xlreport.form.model import Form


@pytest.fixture(scope="session")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    """The small form with its narrative."""
    return make_form(Path(tmp_path_factory.mktemp("form")) / "small")
