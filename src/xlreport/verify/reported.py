"""What the rules judge: the values that a unit reported, each with its origin, and no file."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import field

from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.frozen import frozen
from xlreport.origin import Origin
from xlreport.subject import Subject


@frozen(eq=False)
class Reported:
    """Inputs by subject, those not understood, where values came from, and last year's values.

    `origins` may be empty: then findings name their cells by what they are called. `prior` holds last
    year's values by subject, computed cells and texts included; it is empty where nothing is known of
    last year. `prior_from` names the workbooks that they were read from, "" where they came otherwise.
    `written` are texts with all that stands in their cells, where their values were cleaned. What is
    `doubted` is contradicted by the file itself: nothing is measured by it. One is equal to itself only, so
    that what is read from it can be kept.
    """

    form: Form
    inputs: Values
    unusable: Set[Subject] = frozenset()
    origins: Mapping[Subject, Origin] = field(default_factory=dict)
    prior: Values = field(default_factory=dict)
    written: Mapping[Subject, str] = field(default_factory=dict)
    prior_from: str = ""
    doubted: Set[Subject] = frozenset()
