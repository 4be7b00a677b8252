"""From words.toml to a vocabulary: its conditions bound, its mistakes noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xlreport.expression import Expression
from xlreport.form.binder import Binder
from xlreport.form.field import Kind
from xlreport.form.mistake import Mistake, near
from xlreport.form.outline import Outline
from xlreport.form.scope import FormScope
from xlreport.form.toml_folder import Folder
from xlreport.form.vocabulary import Misused, Vocabulary, WordsToml
from xlreport.prose.alphabet import fold_words
from xlreport.prose.phrases import PhraseError, any_of

WORDS = "words.toml"


def read_vocabulary(folder: Folder, outline: Outline | None) -> Vocabulary:
    """The form's vocabulary, empty where it has none. Mistakes are noted in the folder.

    Where not all sections are known there is no outline, and only mistakes that need no names are noted.
    """
    declared = folder.read(WORDS, WordsToml) if (folder.path / WORDS).is_file() else WordsToml()
    if declared is None:
        return Vocabulary()
    folder.mistakes += _empty(declared)
    cited = ((f"cited[{number}].like", cited.like) for number, cited in enumerate(declared.cited))
    citations = tuple(_phrases(cited, folder.mistakes))
    denied = [
        tuple(_phrases(((f"contradicted[{number}].like", like) for like in one.like), folder.mistakes))
        for number, one in enumerate(declared.contradicted)
    ]
    if outline is None:
        return Vocabulary(_folded(declared), citations=citations)
    folder.mistakes += _unknown_fields(declared, outline)
    binder, scope = Binder(outline), FormScope(outline)
    conditions = [
        binder.condition(WORDS, f"foreign[{number}].when", foreign.when, scope)
        for number, foreign in enumerate(declared.foreign)
    ]
    whens = [
        binder.condition(WORDS, f"contradicted[{number}].when", one.when, scope)
        for number, one in enumerate(declared.contradicted)
    ]
    folder.mistakes += binder.mistakes
    denials = tuple((node, like) for node, like in zip(whens, denied, strict=True) if node is not None)
    bound = tuple(node for node in conditions if node is not None)
    return Vocabulary(_folded(declared), bound, citations, denials)


def _phrases(sources: Iterable[tuple[str, str]], mistakes: list[Mistake]) -> Iterator[Expression]:
    """The phrases of these places, as far as they can be read."""
    for place, source in sources:
        try:
            yield any_of([source])
        except PhraseError as error:
            mistakes.append(Mistake(WORDS, place, error.with_caret()))


def _unknown_fields(declared: WordsToml, outline: Outline) -> Iterator[Mistake]:
    for key in ("contacts", "unpublished"):
        for name in getattr(declared.screen, key):
            if name not in outline.fields:
                yield Mistake(WORDS, f"screen.{key}", f"unknown field “{name}”{near(name, outline.fields)}")

    for number, opening in enumerate(declared.begins):
        texts = [name for name, field in outline.fields.items() if field.kind is Kind.PROSE]
        if opening.field not in texts:
            known = near(opening.field, texts)
            yield Mistake(WORDS, f"begins[{number}].field", f"unknown text “{opening.field}”{known}")


def _empty(declared: WordsToml) -> Iterator[Mistake]:
    """An empty text would be found everywhere."""
    lists: dict[str, Sequence[str]] = {
        key: getattr(declared, key) for key in ("leftovers", "placeholders", "boilerplate", "compounds")
    }
    for number, lead in enumerate(declared.leads):
        lists[f"leads[{number}]"] = lead or ("",)
    for key in ("document", "word"):
        for number, misused in enumerate(getattr(declared, key)):
            lists[f"{key}[{number}]"] = (misused.wrong, misused.right, *misused.unless)
    for number, foreign in enumerate(declared.foreign):
        lists[f"foreign[{number}]"] = (*foreign.words, *foreign.followed, *foreign.after)
    for number, opening in enumerate(declared.begins):
        lists[f"begins[{number}]"] = opening.words
    for number, parts in enumerate(declared.parts):
        lists[f"parts[{number}]"] = (
            *parts.stated,
            *parts.names,
            *(w for words in parts.words for w in words),
        )
        if len(parts.names) != len(parts.words):
            yield Mistake(WORDS, f"parts[{number}].words", "give words for each of the names, in their order")
    for path, texts in (*lists.items(), *_beside_phrases(declared)):
        if not all(map(fold_words, texts)):
            yield Mistake(WORDS, path, "a text is empty: take it out")


def _beside_phrases(declared: WordsToml) -> Iterator[tuple[str, Sequence[str]]]:
    """The plain texts of what is found by phrases."""
    for number, cited in enumerate(declared.cited):
        yield f"cited[{number}]", (cited.right, *cited.near, *cited.unless)
    for number, one in enumerate(declared.contradicted):
        yield f"contradicted[{number}]", (one.says, one.fix, *one.unless)


def _folded(declared: WordsToml) -> WordsToml:
    """All words that are looked for in the alphabet of the texts; what messages say stays as written."""
    return replace(
        declared,
        leftovers=_all(declared.leftovers),
        placeholders=_all(declared.placeholders),
        leads=tuple(map(_all, declared.leads)),
        boilerplate=_all(declared.boilerplate),
        compounds=_all(declared.compounds),
        document=tuple(map(_misused, declared.document)),
        word=tuple(map(_misused, declared.word)),
        cited=tuple(replace(c, near=_all(c.near), unless=_all(c.unless)) for c in declared.cited),
        contradicted=tuple(replace(c, unless=_all(c.unless)) for c in declared.contradicted),
        foreign=tuple(
            replace(f, words=_all(f.words), followed=_all(f.followed), after=_all(f.after))
            for f in declared.foreign
        ),
        begins=tuple(replace(opening, words=_all(opening.words)) for opening in declared.begins),
        parts=tuple(
            replace(p, stated=_all(p.stated), words=tuple(map(_all, p.words))) for p in declared.parts
        ),
    )


def _misused(declared: Misused) -> Misused:
    return replace(declared, wrong=fold_words(declared.wrong), unless=_all(declared.unless))


def _all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(fold_words, texts))
