"""What a template is filled with from the command line: --unit, --year and --values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from xlreport.cli.talk import CannotRun

if TYPE_CHECKING:
    from xlreport.form.model import Form
    from xlreport.form.values import Values


def values_given(form: Form, given: Any, unit: str, year: int) -> tuple[Form, Values]:
    """The form, its lists as long as the values need, and the values. Raises CannotRun.

    `given` is the content of a JSON file; the unit and the year go in with it.
    """
    from xlreport.form.load import resize
    from xlreport.form.values import ValueErrors, from_json, rows_needed

    _check_unit(form, unit)
    data = _addressed(form, given, unit, year)
    form = resize(form, tuple(rows_needed(form, data).items()))
    try:
        return form, from_json(form, data)
    except ValueErrors as error:
        raise CannotRun(f"数据与报表不符：\n{error}") from error


def _check_unit(form: Form, unit: str) -> None:
    from xlreport.form.coerce import coerce

    try:
        coerce(form.fields[form.unit_field], unit)
    except ValueError as error:
        raise CannotRun(f"--unit 给出的单位名称用不了：{error}") from error


def _addressed(form: Form, data: Any, unit: str, year: int) -> dict[str, Any]:
    """The values with unit and year from the command line in them. Raises CannotRun if they contradict."""
    if not isinstance(data, Mapping):
        raise CannotRun('数据文件应为一个 JSON 对象，如 {"cover": {…}}')
    whole: dict[str, Any] = dict(data)
    for name, value, option in ((form.unit_field, unit, "--unit"), (form.year_field, year, "--year")):
        block = form.block_of(name).name
        content = whole.get(block)
        if content is not None and not isinstance(content, Mapping):
            continue  # from_json says what is wrong with it
        stated = (content or {}).get(name)
        if stated is not None and not _agree(stated, value):
            raise CannotRun(f"数据文件里的 {block}.{name} 是“{stated}”，与 {option} {value} 不一致")
        whole[block] = {**(content or {}), name: value}
    return whole


def _agree(stated: object, given: object) -> bool:
    """True for the same year, and for names of the same unit."""
    from xlreport.unit import Unit

    if isinstance(stated, str) and isinstance(given, str):
        return Unit(stated).same(Unit(given))
    return stated == given
