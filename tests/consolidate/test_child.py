"""What is read of a file that goes into a sum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns import save
from xlreport.consolidate import child as reading
from xlreport.consolidate.child import NamedFile, judged_child
from xlreport.finding import UnreadableWorkbook


def test_a_file_that_is_changed_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path)
    assert judged_child(NamedFile(path, path.name)).errors == 0
    verify = reading.verify_file

    def saved_again(file: Path) -> Any:
        verdict = verify(file)
        file.write_bytes(file.read_bytes() + b"\0")
        return verdict

    monkeypatch.setattr(reading, "verify_file", saved_again)
    with pytest.raises(UnreadableWorkbook) as caught:
        judged_child(NamedFile(path, path.name))
    assert "被改动" in caught.value.finding.message
