"""`make bench`: every measurement in one run, printed as Markdown.

Times are medians of several rounds after a warm-up, by the clock and of the processor; contestants take
turns in one process, and their times are told as multiples of the first one's. Figures of different runs
must not be compared.
"""

from __future__ import annotations

import os
import platform
import sys

from clusters import measure_cluster
from many import measure_many
from reports import measure_docx, measure_pdf
from rounds import measure_rounds
from sums import measure_sums
from whole import measure_convert, measure_memory, measure_start
from workbooks import measure_reading, measure_template

MEASUREMENTS = {
    "a": measure_reading,
    "b": measure_docx,
    "c": measure_pdf,
    "d": measure_template,
    "e": measure_convert,
    "f": measure_start,
    "g": measure_memory,
    "h": measure_many,
    "i": measure_rounds,
    "j": measure_sums,
    "k": measure_cluster,
}
USUAL = "abcdefg"
"""All but those that take many minutes."""


def main(wanted: str, *sizes: str) -> None:
    """Run the measurements of these letters. Those that take long take sizes too: `run.py h 500 2000`."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}")
    for letter in wanted:
        MEASUREMENTS[letter](*map(int, sizes))


if __name__ == "__main__":
    main(*(sys.argv[1:] or [USUAL]))
