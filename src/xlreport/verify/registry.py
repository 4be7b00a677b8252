"""Which rules there are: every family of rules, in the order in which they run.

A family is a function that makes the findings of its codes; each code has one. What it cannot judge for
another's reason it leaves alone. What the codes mean is said in `rule.py` for the program's own,
in checks.toml and facts.toml for those that a form declares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from xlreport.finding import Finding
from xlreport.form.checks import Check
from xlreport.form.fact_model import Fact
from xlreport.form.model import Form
from xlreport.frozen import frozen
from xlreport.verify.entries.declared import declared_entries
from xlreport.verify.entries.lists import lists
from xlreport.verify.entries.placeholders import placeholders
from xlreport.verify.figures.checks import checks
from xlreport.verify.figures.prior_slips import prior_slips
from xlreport.verify.file.added_up import added_up
from xlreport.verify.file.carried import carried
from xlreport.verify.file.edition import edition
from xlreport.verify.file.inputs import inputs
from xlreport.verify.file.integrity import integrity
from xlreport.verify.file.issued import issued
from xlreport.verify.file.looks import looks
from xlreport.verify.file.names import names
from xlreport.verify.file.properties import properties
from xlreport.verify.file.structure import structure
from xlreport.verify.reported import Reported
from xlreport.verify.texts.copied import copied
from xlreport.verify.texts.language import doubled, numbering, parts_of_year, punctuation, years
from xlreport.verify.texts.own_words import own_words
from xlreport.verify.texts.screen import screen
from xlreport.verify.texts.statements.agreement import agreement
from xlreport.verify.texts.text import Text
from xlreport.verify.texts.vocabulary import contradicted, foreign, misused, report_parts
from xlreport.workbook.submission import Submission


@frozen
class OfFile:
    """Rules that judge a file: its sheets, formulas and what it carries."""

    run: Callable[[Submission], Iterator[Finding]]
    codes: tuple[str, ...]


@frozen
class OfValues:
    """Rules that judge what was reported. `declared` are those that a form adds to the program's own."""

    run: Callable[[Reported], Iterator[Finding]]
    codes: tuple[str, ...]
    declared: Callable[[Form], Iterable[Check | Fact]] | None = None


@frozen
class OfText:
    """Rules that judge one text, paragraphs of the report only or `every` one; families in a row run text by
    text.
    """

    run: Callable[[Text, Reported], Iterator[Finding]]
    codes: tuple[str, ...]
    every: bool = False


@frozen
class Elsewhere:
    """Rules that are no part of judging a return; `module` makes their findings.

    Where several files come together, other modules say the same of one of them (WBK001: it is no return).
    """

    module: str
    codes: tuple[str, ...]


Family: TypeAlias = OfFile | OfValues | OfText | Elsewhere

FAMILIES: tuple[Family, ...] = (
    # Can it be opened, is it ours?
    Elsewhere("workbook.read", ("WBK001", "WBK002", "WBK003", "WBK006")),
    # Can a published report be read beyond doubt?
    Elsewhere(
        "published.findings", ("RPT001", "RPT002", "RPT003", "RPT004", "RPT005", "RPT006", "RPT007", "RPT009")
    ),
    # What of one goes into a workbook, and where it is from
    Elsewhere("batch.published_refill", ("RPT008",)),
    # The file
    OfFile(edition, ("WBK004", "WBK005", "WBK026")),
    OfFile(structure, ("WBK010", "WBK011", "WBK012", "WBK013", "WBK014")),
    OfFile(integrity, ("WBK020", "WBK021", "WBK022", "WBK023", "WBK024", "WBK025")),
    OfFile(carried, ("WBK030", "WBK031", "WBK032", "WBK033")),
    OfFile(looks, ("WBK036",)),
    OfFile(issued, ("YOY904",)),
    OfFile(added_up, ("WBK041", "WBK042")),
    OfFile(names, ("PUB006",)),
    OfFile(properties, ("PUB007",)),
    OfFile(
        inputs,
        (
            *("VAL001", "VAL002", "VAL003", "VAL004", "VAL005", "VAL006", "VAL007"),
            *("VAL008", "VAL009", "VAL010", "VAL011", "VAL012", "VAL013", "VAL021", "WBK034"),
        ),
    ),
    # The entries
    OfValues(placeholders, ("VAL018",)),
    OfValues(declared_entries, ("VAL014", "VAL015", "VAL016", "VAL017")),
    OfValues(lists, ("VAL019", "VAL020")),
    # The figures
    OfValues(checks, ("SYS001",), declared=lambda form: form.checks),
    OfValues(prior_slips, ("YOY905", "YOY906")),
    # The texts
    OfValues(
        agreement,
        ("TXT011", "TXT012", "TXT013", "TXT014", "TXT015", "TXT016"),
        declared=lambda form: form.facts,
    ),
    OfText(years, ("TXT001",)),
    OfText(parts_of_year, ("TXT020",)),
    OfText(own_words, ("TXT002", "TXT003"), every=True),
    OfText(numbering, ("TXT004",)),
    OfText(misused, ("TXT005", "TXT017"), every=True),
    OfText(foreign, ("TXT006",)),
    OfText(contradicted, ("TXT019",)),
    OfText(punctuation, ("TXT007",)),
    OfText(doubled, ("TXT008",)),
    OfText(copied, ("TXT009",)),
    OfText(report_parts, ("TXT018",)),
    OfValues(screen, ("PUB001", "PUB002", "PUB003", "PUB004", "PUB005")),
    # The search for last year's return
    Elsewhere("archive.last_year", ("YOY902", "YOY903")),
    Elsewhere("archive.last_year_findings", ("YOY901", "YOY907", "YOY908", "YOY909")),
    # Values with totals, given to make a workbook of
    Elsewhere("verify.figures.given_totals", ("FIG001",)),
    # Several returns seen together
    Elsewhere("batch.versions", ("WBK027",)),
    Elsewhere("batch.shared_code", ("WBK028",)),
    Elsewhere("batch.misnamed", ("WBK035",)),
    Elsewhere("batch.copied_texts", ("TXT010",)),
    Elsewhere("batch.attendance", ("WBK040",)),
    # The run
    Elsewhere("report.pdf", ("SYS006",)),
    Elsewhere("run.guard", ("SYS002", "SYS003", "SYS004", "SYS005")),
)


def codes_of(family: Family, form: Form) -> frozenset[str]:
    """The codes that a family may give in a form."""
    if not isinstance(family, OfValues) or family.declared is None:
        return frozenset(family.codes)
    return frozenset((*family.codes, *(rule.code for rule in family.declared(form))))
