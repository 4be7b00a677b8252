"""`make fuzz`: long runs by atheris where it is installed, else by plain mutation.

    python fuzz/run.py                                   every harness in turn, and a table of them
    python fuzz/run.py sheet_xml ods_xml --minutes 30    some of them
    python fuzz/run.py cell --inputs 100000

An input that breaks something is kept in fuzz/crashes/HARNESS; once the fault is mended it moves to
tests/fuzz/seeds/HARNESS, where every run of the tests tries it again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
_SLOW = 5.0
"""Seconds after which an input counts as broken too."""


def main() -> None:
    """Run harnesses; exit 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("harness", nargs="*", help="all, if none is named")
    parser.add_argument("--inputs", type=int, default=2**62, help="stop each after so many")
    parser.add_argument("--minutes", type=float, default=10, help="stop each after so long")
    parser.add_argument("--plain", action="store_true", help="plain mutation even where atheris is installed")
    parser.add_argument("--seed", type=int, default=0, help="of plain mutation")
    given = parser.parse_args()
    os.environ["XLREPORT_FORMS"] = str(HERE.parent / "samples")
    if len(given.harness) != 1:
        _several(given.harness)
    crashes = HERE / "crashes" / given.harness[0]
    crashes.mkdir(parents=True, exist_ok=True)
    if not given.plain and _has_atheris():
        _guided(given, crashes)
    else:
        _plain(given, crashes)


# Several harnesses -------------------------------------------------------------------------------------

_COUNT = re.compile(r"number_of_executed_units: *([0-9]+)|: ([0-9]+) inputs in")


def _several(names: Sequence[str]) -> None:
    """Each in a process of its own (atheris ends its process); then a table, and exit 1 if any broke."""
    import harnesses

    given = [argument for argument in sys.argv[1:] if argument not in names]
    lines, total, began, failed = [], 0, time.monotonic(), False
    for name in names or harnesses.HARNESSES:
        since = time.monotonic()
        command = [sys.executable, __file__, name, *given]
        done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
        counts = [int(one or other) for one, other in _COUNT.findall(done.stdout + done.stderr)]
        answer = "none" if done.returncode == 0 else "**yes**"
        failed |= done.returncode != 0
        total += sum(counts)
        lines.append(f"| `{name}` | {sum(counts):,} | {_minutes(since)} | {answer} |")
        print(lines[-1], flush=True)
        if done.returncode:
            print(done.stdout[-3000:], done.stderr[-3000:], sep="\n", file=sys.stderr)
    print("| harness | inputs | minutes | broken |", "|---|---|---|---|", *lines, sep="\n")
    print(f"| together | {total:,} | {_minutes(began)} | {'**yes**' if failed else 'none'} |")
    sys.exit(failed)


def _minutes(since: float) -> str:
    return f"{(time.monotonic() - since) / 60:.1f}"


# One harness -------------------------------------------------------------------------------------------


def _has_atheris() -> bool:
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not installed (pip install 'xlreport[fuzz]'): plain random mutation instead")
        return False
    return True


def _guided(given: argparse.Namespace, crashes: Path) -> None:
    import atheris
    import mutate

    with atheris.instrument_imports(include=["xlreport"]):
        import harnesses
    (name,) = given.harness
    corpus = HERE / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for data in harnesses.beginnings(name):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    words = HERE / "corpus" / "words.dict"
    words.write_text("".join(map(_entry, mutate.PIECES)))
    options = [
        f"-dict={words}",
        "-len_control=0",
        f"-max_total_time={int(given.minutes * 60)}",
        f"-artifact_prefix={crashes}/",
        "-max_len=500000",
    ]
    options += [f"-timeout={_SLOW:.0f}", "-print_final_stats=1"]
    options += [f"-runs={given.inputs}"] if given.inputs < 2**31 else []
    atheris.Setup([sys.argv[0], *options, str(corpus)], harnesses.HARNESSES[name])
    atheris.Fuzz()


def _entry(piece: bytes) -> str:
    """A line of a dictionary, as libFuzzer reads it."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in piece) + '"\n'


def _plain(given: argparse.Namespace, crashes: Path) -> None:
    import harnesses
    import mutate

    (name,) = given.harness
    harness = harnesses.HARNESSES[name]
    beginnings = harnesses.beginnings(name)
    random = Random(given.seed)
    began = time.monotonic()
    done = broken = 0
    slowest = 0.0
    while done < given.inputs and time.monotonic() - began < given.minutes * 60:
        data = mutate.inputs(beginnings, random)
        fault, took = _tried(harness, data)
        done += 1
        slowest = max(slowest, took)
        if fault:
            broken += 1
            (crashes / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
            print(fault, file=sys.stderr)
    minutes = (time.monotonic() - began) / 60
    print(f"{name}: {done} inputs in {minutes:.1f} minutes, {broken} broken, slowest {slowest:.2f} s")
    sys.exit(1 if broken else 0)


def _tried(harness: Callable[[bytes], None], data: bytes) -> tuple[str, float]:
    """What went wrong with an input, "" for nothing, and the seconds it took."""
    began = time.monotonic()
    try:
        harness(data)
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc(), time.monotonic() - began
    took = time.monotonic() - began
    return (f"took {took:.1f} s" if took > _SLOW else ""), took


if __name__ == "__main__":
    main()
