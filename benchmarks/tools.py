"""The same report made with the tools people would otherwise take: docxtpl and python-docx."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as WordDocument
from docxtpl import DocxTemplate

from returns import form
from xlreport.form.grid import Grid
from xlreport.formula.nodes import Value
from xlreport.report.document import Document, Heading, Notes, Paragraph, SignOff, Table, Title
from xlreport.subject import Subject


def make_template(document: Document) -> bytes:
    """A docxtpl template of this report: headings typed, paragraphs and figures as tags.

    The requests (25 × 7) are a table whose row repeats; the other tables have one tag per figure.
    """
    word = docx.Document()
    names = iter(form().tables)
    paragraphs = 0
    for part in document.parts:
        match part:
            case Title(lines):
                for line in lines:
                    word.add_heading(line, 0)
            case Heading(level, text):
                word.add_heading(text, level)
            case Paragraph():
                word.add_paragraph(f"{{{{ paragraphs[{paragraphs}] }}}}")
                paragraphs += 1
            case Table():
                _add_tags(word, next(names))
            case Notes(items) | SignOff(items):
                for item in items:
                    word.add_paragraph(item)
    return _saved(word)


def _add_tags(word: WordDocument, name: str) -> None:
    for grid in form().tables[name]:
        if name == "requests":
            _add_loop(word, grid)
        else:
            table = word.add_table(1 + len(grid.rows), 1 + len(grid.columns), "Table Grid")
            for number, column in enumerate(grid.columns, 1):
                table.rows[0].cells[number].text = column.short
            for number, row in enumerate(grid.rows, 1):
                cells = table.rows[number].cells
                cells[0].text = row.short
                for place, column in enumerate(grid.columns, 1):
                    cells[place].text = f"{{{{ {grid.name}.{row.name}.{column.name} }}}}"


def _add_loop(word: WordDocument, grid: Grid) -> None:
    table = word.add_table(4, 1 + len(grid.columns), "Table Grid")
    for number, column in enumerate(grid.columns, 1):
        table.rows[0].cells[number].text = column.short
    table.rows[1].cells[0].text = f"{{%tr for row in {grid.name}_rows %}}"
    table.rows[2].cells[0].text = "{{ row.label }}"
    for number in range(len(grid.columns)):
        table.rows[2].cells[1 + number].text = f"{{{{ row.figures[{number}] }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"


def tags(document: Document, values: dict[str, Value]) -> dict[str, Any]:
    """What the template's tags stand for."""
    context: dict[str, Any] = {
        "paragraphs": [part.text for part in document.parts if isinstance(part, Paragraph)]
    }
    for grid in form().grids.values():
        context[grid.name] = {
            row.name: {
                column.name: values.get(Subject.cell(grid.name, row.name, column.name))
                for column in grid.columns
            }
            for row in grid.rows
        }
        context[f"{grid.name}_rows"] = [
            {"label": row.label[-1], "figures": list(context[grid.name][row.name].values())}
            for row in grid.rows
        ]
    return context


def _figures(grid: Grid, row: str, values: dict[str, Value]) -> dict[str, Value]:
    return {column.name: values.get(Subject.cell(grid.name, row, column.name)) for column in grid.columns}


def fill_template(template: bytes, context: dict[str, Any]) -> bytes:
    """One report by docxtpl."""
    filled = DocxTemplate(io.BytesIO(template))
    filled.render(context, autoescape=True)
    return _saved(filled)


def build(document: Document) -> bytes:
    """The report by python-docx alone, merged cells included."""
    word = docx.Document()
    for part in document.parts:
        match part:
            case Title(lines):
                for line in lines:
                    word.add_heading(line, 0)
            case Heading(level, text):
                word.add_heading(text, level)
            case Paragraph(text):
                word.add_paragraph(text)
            case Table():
                _build_table(word, part)
            case Notes(items) | SignOff(items):
                for item in items:
                    word.add_paragraph(item)
    return _saved(word)


def _build_table(word: WordDocument, table: Table) -> None:
    built = word.add_table(len(table.rows), len(table.widths), "Table Grid")
    cells = [row.cells for row in built.rows]
    covered: set[tuple[int, int]] = set()
    for row, content in enumerate(table.rows):
        column = 0
        for part in content:
            while (row, column) in covered:
                column += 1
            cells[row][column].text = part.text
            if part.rows > 1 or part.columns > 1:
                cells[row][column].merge(cells[row + part.rows - 1][column + part.columns - 1])
            covered |= {(row + y, column + x) for y in range(part.rows) for x in range(part.columns)}


def _saved(word: Any) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()
