"""What is fuzzed at length by `make fuzz`, shortly: old crashes, sound inputs, and some mutations of them."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlreport.form.library import SEARCHED, shipped

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "fuzz"))
import harnesses  # noqa: E402
import mutate  # noqa: E402

SEEDS = sorted(path for path in Path(__file__).with_name("seeds").rglob("*") if path.is_file())

every = pytest.mark.parametrize("harness", harnesses.HARNESSES)


@pytest.fixture(autouse=True, scope="module")
def sample_form_is_found() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SEARCHED, str(shipped("samples")))
        yield


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_stays_mended(seed: Path) -> None:
    harnesses.HARNESSES[seed.parent.name](seed.read_bytes())


@every
def test_sound_inputs_and_nothing_at_all(harness: str) -> None:
    for data in (b"", b"\0", *harnesses.beginnings(harness)):
        harnesses.HARNESSES[harness](data)


@every
@given(seed=st.integers(0, 2**32))
@settings(max_examples=60)
def test_mutations_are_answered(harness: str, seed: int) -> None:
    random = Random(seed)
    for _ in range(3):
        harnesses.HARNESSES[harness](mutate.inputs(harnesses.beginnings(harness), random))


@every
@given(data=st.binary(max_size=200))
@settings(max_examples=60)
def test_any_bytes_are_answered(harness: str, data: bytes) -> None:
    harnesses.HARNESSES[harness](data)


@given(text=st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_answered(text: str) -> None:
    harnesses.formula(text.encode(errors="replace"))
    for field in range(8):
        harnesses.cell(bytes([field]) + text.encode(errors="replace"))
