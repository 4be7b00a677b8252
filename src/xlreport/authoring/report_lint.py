"""Mistakes of an author in report.md.j2, found before any return arrives.

The template is read for names that do not exist, wherever they stand, and then composed twice,
with nothing and with everything filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import SimpleNamespace

from jinja2 import TemplateSyntaxError, meta, nodes

from xlreport.form.field import Field, Kind
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.report.context import template_names
from xlreport.report.errors import NarrativeError
from xlreport.report.helpers import NAMES, answerable
from xlreport.report.narrative import NARRATIVE, compose, environment
from xlreport.subject import Subject


def lint_narrative(form: Form) -> list[str]:
    """Every mistake found in the form's report.md.j2, each with its line, in order."""
    path = form.folder / NARRATIVE
    if not path.is_file():
        return [str(NarrativeError("文件不存在"))]
    try:
        source = path.read_text(encoding="utf-8")
        tree = environment(form.folder).parse(source)
    except TemplateSyntaxError as error:
        return [str(NarrativeError(error.message or "", error.lineno))]
    mistakes = [*_unknown_names(form, tree), *_unknown_tables(form, tree), *_unanswerable(form, tree)]
    if not mistakes:
        mistakes = [*_composing(form, {}), *_composing(form, sample_values(form))]
    mistakes += _literal_markdown(form, source)
    unique = {str(mistake): mistake for mistake in mistakes}
    return [str(mistake) for mistake in sorted(unique.values(), key=lambda mistake: mistake.line)]


def sample_values(form: Form) -> dict[Subject, Value]:
    """A value of the right kind for every cell of the form."""
    return {s: _sample(form, field) for block in form.blocks.values() for s, field in block.cells()}


def _sample(form: Form, field: Field) -> Value:
    match field.kind:
        case Kind.COUNT:
            return 1
        case Kind.AMOUNT:
            return Decimal("1.5")
        case Kind.YEAR:
            return form.years[0]
        case Kind.DATE:
            return f"{form.years[0] + 1}-01-20"
        case Kind.CHOICE:
            return field.options[0].name
        case Kind.CONFIRM:
            return True
        case _:
            return "文字"


def _literal_markdown(form: Form, source: str) -> Iterator[NarrativeError]:
    """Lines that would be printed with their signs: only headings are read as Markdown."""
    for number, line in _own_text(form, source).items():
        if line.lstrip().startswith(("- ", "* ", "|")) or "**" in line:
            yield NarrativeError("列表、表格、加粗等写法会原样印出，只支持标题和段落", number)


def _own_text(form: Form, source: str) -> Mapping[int, str]:
    """What the template itself says, by line; `{{` stands for what an expression prints."""
    lines: defaultdict[int, str] = defaultdict(str)
    for start, part, text in environment(form.folder).lex(source):
        if part == "data":
            for number, line in enumerate(text.split("\n"), start):
                lines[number] += line
        elif part == "variable_begin":
            lines[start] += text
    return lines


def _composing(form: Form, values: Values) -> Iterator[NarrativeError]:
    try:
        compose(form, values)
    except NarrativeError as error:
        yield error


def _unknown_names(form: Form, tree: nodes.Template) -> Iterator[NarrativeError]:
    names = template_names(form, {}, draft=False)
    known = {*names, *NAMES, *environment(form.folder).globals}
    unknown = meta.find_undeclared_variables(tree) - known
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and name.ctx == "load":
            yield NarrativeError(f"没有名为 {name.name} 的内容", name.lineno)
    for node in tree.find_all(nodes.Getattr):
        path = _path(node)
        if path and path[0] in names and path[0] not in own and not _exists(names[path[0]], path[1:]):
            yield NarrativeError(f"没有名为 {'.'.join(path)} 的内容", node.lineno)


def _path(node: nodes.Expr) -> tuple[str, ...]:
    """`a.b.c` as its names; empty for anything else."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        path = _path(node.node)
        return (*path, node.attr) if path else ()
    return ()


def _exists(found: object, path: tuple[str, ...]) -> bool:
    """Values and lists are left to the composing: what may follow their name is Python's."""
    for name in path:
        if not isinstance(found, SimpleNamespace):
            return True
        if not hasattr(found, name):
            return False
        found = getattr(found, name)
    return True


def _unknown_tables(form: Form, tree: nodes.Template) -> Iterator[NarrativeError]:
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name in ("table", "notes") and call.args):
            continue
        name = call.args[0]
        if isinstance(name, nodes.Const) and name.value not in form.tables:
            yield NarrativeError(f"没有名为 {name.value} 的表，可用：{'、'.join(form.tables)}", call.lineno)


def _unanswerable(form: Form, tree: nodes.Template) -> Iterator[NarrativeError]:
    """Errors and notes have no answer that could be printed."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "explanations":
            codes = [code.value for code in call.args if isinstance(code, nodes.Const)]
            unknown = [str(code) for code in codes if code not in answerable(form)]
            if unknown:
                yield NarrativeError(f"没有可以说明的校验规则 {'、'.join(unknown)}", call.lineno)
