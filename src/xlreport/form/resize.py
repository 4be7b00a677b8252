"""A form whose lists have other numbers of lines: everything that reads their cells is bound anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlreport.form.bind import bind_form
from xlreport.form.bind_facts import rebind_prose
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.outline import Block, Outline


def resized(form: Form, rows: Mapping[str, int]) -> Form:
    """The same form with these numbers of lines in its lists, by the names of the lists."""
    sections = tuple(replace(s, blocks=tuple(_resized(b, rows) for b in s.blocks)) for s in form.sections)
    outline = Outline(sections)
    bound = bind_form(outline, form.checks)
    prose = rebind_prose(form.prose, outline, bound.computed)
    return replace(form, sections=sections, computed=bound.computed, instances=bound.instances, prose=prose)


def _resized(block: Block, rows: Mapping[str, int]) -> Block:
    return replace(block, rows=rows.get(block.name, block.rows)) if isinstance(block, Listing) else block
