"""Mistakes of an author in report.md.j2, found before any return arrives.

The template is read for names that do not exist, wherever they stand, and then composed twice,
with nothing and with everything filled in. What is said is for authors, like all mistakes of forms.
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
from xlreport.report.helpers import NAMES, answerable, no_table, not_answerable
from xlreport.report.narrative import NARRATIVE, NO_FILE, compose, environment
from xlreport.subject import Subject

_PRINTED_AS_IT_IS = "lists, tables and bold text are printed with their signs: use headings and paragraphs"


def lint_narrative(form: Form) -> list[str]:
    """Every mistake found in the form's report.md.j2, each with its line, in order."""
    path = form.folder / NARRATIVE
    if not path.is_file():
        return [_told(NarrativeError(NO_FILE))]
    try:
        source = path.read_text(encoding="utf-8")
        tree = environment(form.folder).parse(source)
    except TemplateSyntaxError as error:
        return [_told(NarrativeError(error.message or "", error.lineno))]
    mistakes = [*_unknown_names(form, tree), *_unknown_tables(form, tree), *_unanswerable(form, tree)]
    if not mistakes:
        mistakes = [*_composing(form, {}), *_composing(form, sample_values(form))]
    mistakes += _literal_markdown(form, source)
    ordered = sorted(mistakes, key=lambda mistake: mistake.line)
    return list(dict.fromkeys(map(_told, ordered)))


def _told(mistake: NarrativeError) -> str:
    """As the mistakes of other files are: the file, what is wrong, where."""
    place = f" (line {mistake.line})" if mistake.line else ""
    return f"{NARRATIVE}: {mistake.words}{place}"


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
            yield NarrativeError(_PRINTED_AS_IT_IS, number)


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
            yield NarrativeError(f"there is nothing called “{name.name}”", name.lineno)
    for node in tree.find_all(nodes.Getattr):
        path = _path(node)
        if path and path[0] in names and path[0] not in own and not _exists(names[path[0]], path[1:]):
            yield NarrativeError(f"there is nothing called “{'.'.join(path)}”", node.lineno)


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
            yield NarrativeError(no_table(form, str(name.value)), call.lineno)


def _unanswerable(form: Form, tree: nodes.Template) -> Iterator[NarrativeError]:
    """Errors and notes have no answer that could be printed."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "explanations":
            codes = [code.value for code in call.args if isinstance(code, nodes.Const)]
            unknown = [str(code) for code in codes if code not in answerable(form)]
            if unknown:
                yield NarrativeError(not_answerable(unknown), call.lineno)
