"""What can be declared: the files of a form's folder as they are written."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from xlreport.form.checks import Check
from xlreport.form.fact_model import CountedObject, Fact, Group, ListedItems, Saying
from xlreport.form.outline import Block
from xlreport.frozen import frozen


@frozen
class FormToml:
    """form.toml as written."""

    id: str
    title: str
    edition: str
    first_year: int
    sections: tuple[str, ...]
    unit_field: str
    code_field: str
    year_field: str
    instructions: tuple[str, ...]
    last_year: int | None = None
    skin: str = ""


@frozen
class SectionToml:
    """A file of sections/ as written."""

    title: str
    block: tuple[Block, ...]
    tab: str = ""
    intro: str = ""
    wide: bool = False


@frozen
class ChecksToml:
    """checks.toml as written."""

    check: tuple[Check, ...] = ()


@frozen
class FactsToml:
    """facts.toml as written."""

    fact: tuple[Fact, ...] = ()
    object: tuple[CountedObject, ...] = ()
    word: tuple[Saying, ...] = ()
    group: tuple[Group, ...] = ()
    elsewhere: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    row: tuple[ListedItems, ...] = ()
    verbs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@frozen
class Case:
    """A case of cases/: values laid over the base, and the findings that must come of them.

    `prior` are last year's values, as far as the case needs them.
    """

    check: str
    title: str
    expect: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)
    prior: dict[str, Any] = field(default_factory=dict)


@frozen
class CasesToml:
    """A file of cases/ as written; base.toml has only `values`."""

    case: tuple[Case, ...] = ()
    values: dict[str, Any] | None = None
