"""From words.toml to a vocabulary: its conditions bound, its mistakes noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlreport.form.declare import Folder
from xlreport.form.mistake import Mistake, near
from xlreport.form.model import Fields, Section
from xlreport.form.scope import FormScope
from xlreport.form.vocabulary import Misused, Vocabulary, WordsToml
from xlreport.formula.check import bind, type_of
from xlreport.formula.nodes import FormulaError, Node, Type
from xlreport.formula.parse import parse
from xlreport.prose.alphabet import fold_words

WORDS = "words.toml"


def read_vocabulary(folder: Folder, sections: Sequence[Section], known: bool) -> Vocabulary:
    """The form's vocabulary, empty where it has none. Mistakes are noted in the folder.

    Where not all sections are `known`, only mistakes that need no names are.
    """
    declared = folder.read(WORDS, WordsToml) if (folder.path / WORDS).is_file() else WordsToml()
    if declared is None:
        return Vocabulary()
    folder.mistakes += _empty(declared)
    if not known:
        return Vocabulary(_folded(declared))
    folder.mistakes += _unknown_fields(declared, sections)
    scope = FormScope({block.name: block for section in sections for block in section.blocks})
    conditions = [
        _condition(folder, number, foreign.when, scope) for number, foreign in enumerate(declared.foreign)
    ]
    return Vocabulary(_folded(declared), tuple(node for node in conditions if node is not None))


def _condition(folder: Folder, number: int, source: str, scope: FormScope) -> Node | None:
    try:
        node = bind(parse(source), scope, source)
        if type_of(node, source) is Type.LOGICAL:
            return node
        message = f"“{source}” must yield TRUE or FALSE"
    except FormulaError as error:
        message = error.with_caret()
    folder.mistakes.append(Mistake(WORDS, f"foreign[{number}].when", message))
    return None


def _unknown_fields(declared: WordsToml, sections: Sequence[Section]) -> Iterator[Mistake]:
    blocks = [block for section in sections for block in section.blocks if isinstance(block, Fields)]
    known = [field.name for block in blocks for field in block.fields]
    for key in ("contacts", "unpublished"):
        for name in getattr(declared.screen, key):
            if name not in known:
                yield Mistake(WORDS, f"screen.{key}", f"unknown field “{name}”{near(name, known)}")


def _empty(declared: WordsToml) -> Iterator[Mistake]:
    """An empty text would be found everywhere."""
    lists: dict[str, Sequence[str]] = {
        key: getattr(declared, key) for key in ("leftovers", "placeholders", "boilerplate")
    }
    for number, lead in enumerate(declared.leads):
        lists[f"leads[{number}]"] = lead or ("",)
    for key in ("document", "word"):
        for number, misused in enumerate(getattr(declared, key)):
            lists[f"{key}[{number}]"] = (misused.wrong, misused.right, *misused.unless)
    for number, foreign in enumerate(declared.foreign):
        lists[f"foreign[{number}]"] = (*foreign.words, *foreign.followed, *foreign.after)
    for number, parts in enumerate(declared.parts):
        lists[f"parts[{number}]"] = (
            *parts.stated,
            *parts.names,
            *(w for words in parts.words for w in words),
        )
        if len(parts.names) != len(parts.words):
            yield Mistake(WORDS, f"parts[{number}].words", "give words for each of the names, in their order")
    for path, texts in lists.items():
        if not all(map(fold_words, texts)):
            yield Mistake(WORDS, path, "a text is empty: take it out")


def _folded(declared: WordsToml) -> WordsToml:
    """All words that are looked for in the alphabet of the texts; what messages say stays as written."""
    return replace(
        declared,
        leftovers=_all(declared.leftovers),
        placeholders=_all(declared.placeholders),
        leads=tuple(map(_all, declared.leads)),
        boilerplate=_all(declared.boilerplate),
        document=tuple(map(_misused, declared.document)),
        word=tuple(map(_misused, declared.word)),
        foreign=tuple(
            replace(f, words=_all(f.words), followed=_all(f.followed), after=_all(f.after))
            for f in declared.foreign
        ),
        parts=tuple(
            replace(p, stated=_all(p.stated), words=tuple(map(_all, p.words))) for p in declared.parts
        ),
    )


def _misused(declared: Misused) -> Misused:
    return replace(declared, wrong=fold_words(declared.wrong), unless=_all(declared.unless))


def _all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(fold_words, texts))
