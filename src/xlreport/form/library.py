"""Where forms are: the folder shipped with xlreport, or any folder a person names."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def shipped(folder: str) -> Path:
    """A folder shipped with xlreport: inside the installed package, or at the top of a checkout."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _CHECKOUT / folder


def form_folders() -> list[Path]:
    """The folders of all shipped forms, by name."""
    return sorted(path.parent for path in shipped("workbook_templates").glob("*/form.toml"))


def find_form(name: str | Path) -> Path:
    """The folder of a form, given its id or a path. Raises FileNotFoundError naming the shipped ones."""
    for folder in (Path(name), shipped("workbook_templates") / name):
        if (folder / "form.toml").is_file():
            return folder.resolve()
    known = "、".join(folder.name for folder in form_folders())
    raise FileNotFoundError(f"找不到报表“{name}”。现有报表：{known}；也可给出报表文件夹的路径")
