"""make demo on a machine without Chinese fonts: installed where it may be, done without where it may not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typst import Fonts

from xlreport.report.pdf import has_chinese

ROOT = Path(__file__).resolve().parents[2]
UPDATE, INSTALL = "update -qq", "install -qq -y --no-install-recommends fonts-noto-cjk"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and a shell")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout that is set up, and commands that only note how they were called.

    Python finds no font, the user is root, packages can be installed.
    """
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    command(tmp_path / ".venv" / "bin" / "python", "exit 1")
    command(tmp_path / ".venv" / "bin" / "xlreport", 'echo "xlreport $*"')
    (tmp_path / ".venv" / "bin" / ".installed").touch()
    command(tmp_path / "bin" / "id", "echo 0")
    command(tmp_path / "bin" / "apt-get", f'echo "$*" >> "{tmp_path}/calls"')
    command(tmp_path / "bin" / "sudo", "exit 1")
    return tmp_path


def command(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def demo(machine: Path) -> list[str]:
    """How apt-get was called; the demo comes after it, whatever came of it."""
    path = f"{machine / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "MAKEFLAGS": "", "MAKELEVEL": "0"}
    done = subprocess.run(
        ["make", "-C", str(machine), "demo", "OUT=试用"], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "xlreport demo -o 试用" in done.stdout.decode()
    calls = machine / "calls"
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


def test_fonts_are_installed_where_there_are_none(machine: Path) -> None:
    assert demo(machine) == [UPDATE, INSTALL]


def test_nothing_is_installed_where_xlreport_finds_a_font(machine: Path) -> None:
    program = f'PYTHONPATH="{ROOT / "src"}" exec "{sys.executable}" "$@"'
    command(machine / ".venv" / "bin" / "python", program)
    (machine / ".venv" / "bin" / ".installed").touch()
    assert demo(machine) == ([] if has_chinese(Fonts().families()) else [UPDATE, INSTALL])


def test_the_demo_goes_on_where_packages_cannot_be_had(machine: Path) -> None:
    command(machine / "bin" / "apt-get", f'echo "$*" >> "{machine}/calls"; exit 100')
    assert demo(machine) == [UPDATE]


def test_the_demo_goes_on_where_nothing_may_be_installed(machine: Path) -> None:
    command(machine / "bin" / "id", "echo 1000")
    assert demo(machine) == []


def test_sudo_is_used_where_it_asks_for_no_password(machine: Path) -> None:
    command(machine / "bin" / "id", "echo 1000")
    command(machine / "bin" / "sudo", 'shift; exec "$@"')
    assert demo(machine) == [UPDATE, INSTALL]
