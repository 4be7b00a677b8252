"""An author's mistakes: all of them at once, each with its file, its place and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from xlreport.form.library import shipped
from xlreport.form.load import load_form, read_form
from xlreport.form.mistake import FormErrors, Mistake
from xlreport.rule import OWN_RULES

COVER, REQUESTS, OTHER = "sections/cover.toml", "sections/requests.toml", "sections/other.toml"
FORM, CHECKS, ENTRIES = "form.toml", "checks.toml", "entries.toml"
OVERVIEW = "sections/overview.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", tmp_path / "ogi_annual_2021")


def break_(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path) -> Sequence[Mistake]:
    with pytest.raises(FormErrors) as caught:
        read_form(folder)
    return caught.value.mistakes


# One mistake: file, old text, new text, place, parts of the message.
ONE_MISTAKE = {
    "not TOML": (COVER, 'kind = "text"', "kind = text", "", ["not valid TOML", "line"]),
    "unknown key": (COVER, "max_length", "max_lenght", "block[0].field[0]", ["max_lenght", "“max_length”"]),
    "missing label": (COVER, 'label = "机关全称"\n', "", "block[0].field[0].label", ["missing", "add it"]),
    "a number in quotes": (COVER, "= 60", '= "60"', "block[0].field[0].max_length", ["whole number", "'60'"]),
    "text without quotes": (COVER, '"机关全称"', "5", "block[0].field[0].label", ["text in quotes", "5"]),
    "one label, not a list": (REQUESTS, '["一、', '"一、', "", ["not valid TOML"]),
    "unknown kind": (COVER, '"text"', '"txet"', "block[0].field[0].kind", ["one of text, prose", "“text”?"]),
    "unknown block": (COVER, '"fields"', '"field"', "block[0]", ["fields, list, grid", "“fields”?"]),
    "block without type": (COVER, 'type = "fields"', "", "block[0]", ["“type” is missing"]),
    "single brackets": (OTHER, "[[block]]", "[block]", "block", ["double brackets"]),
    "no name": (REQUESTS, 'name = "carried_over"\n', "", "block[0].row[1].name", ["missing"]),
    "bad severity": (CHECKS, '"error"', '"eror"', "check[0].severity", ["error, warning, note", "“error”?"]),
    "repeated code": (CHECKS, "DOC002", "DOC001", "", ["check code “DOC001” stands 2 times"]),
    "unknown name": (CHECKS, "new_requests +", "new_request +", "check[3].expect", ["“new_requests”?", "^"]),
    "text in a sum": (CHECKS, '"fee_notices > 0"', '"fee_notices + organ > 0"', "check[8].expect", ["^"]),
    "no condition": (CHECKS, '"fee_notices > 0"', '"fee_notices"', "check[8].expect", ["TRUE or FALSE"]),
    "placeholder": (CHECKS, "{place}", "{plaze}", "check[0].message", ["{plaze}", "known: cells, "]),
    "no title": (FORM, 'title = "政府信息公开工作年度报告"', 'title = " "', "title", ["is empty"]),
    "no section title": (COVER, 'title = "政府信息公开工作年度报告"', 'title = ""', "title", ["is empty"]),
    "years exchanged": (
        FORM,
        "first_year",
        "last_year = 2020\nfirst_year",
        "last_year",
        ["2020 comes before", "2021"],
    ),
    "an option without a label": (
        COVER,
        'label = "部门"',
        'label = ""',
        "block[0].field[4].options.label",
        ["is empty"],
    ),
    "a check without words": (CHECKS, 'title = "', 'title = ""\n#', "check[0].title", ["is empty"]),
    "an entry without words": (
        ENTRIES,
        'says = "不是电子邮箱地址"',
        'says = ""',
        "pattern[2].says",
        ["is empty"],
    ),
    "too many lines": (OVERVIEW, "rows = 30", "rows = 50000000", "block[1].rows", ["between 1 and 1000"]),
    "open brace": (CHECKS, "{place}", "{place", "check[0].message", ["two braces"]),
    "lines of nothing": (CHECKS, 'each = "column"', 'each = "col"', "check[0].each", ["“row” or “column”"]),
    "each without grid": (CHECKS, 'grid = "documents"\n', "", "check[0]", ["go together"]),
    "unknown grid": (CHECKS, '"documents"', '"document"', "check[0].grid", ["“documents”?"]),
    "not one cell": (CHECKS, 'cell = "in_force"', 'cell = "1 + 1"', "check[2].cell", ["is not a cell"]),
    "circle": (REQUESTS, '"SUM(dis', '"results_total + SUM(dis', "block[0].row[23].formula", ["from itself"]),
    "tab with a slash": (COVER, 'tab = "封面"', 'tab = "封/面"', "tab", ["封/面", "31 characters"]),
    "tab too long": (COVER, '"封面"', f'"{"长" * 32}"', "tab", ["31 characters"]),
    "tab of our own": (COVER, 'tab = "封面"', 'tab = "校验"', "tab", ["cannot be a sheet's name"]),
    "tab of our own in capitals": (
        COVER,
        'tab = "封面"',
        'tab = "_XLREPORT"',
        "tab",
        ["cannot be a sheet's name"],
    ),
    "tab that Excel reserves": (
        COVER,
        'tab = "封面"',
        'tab = "history"',
        "tab",
        ["cannot be a sheet's name"],
    ),
    "an id of another form": (
        FORM,
        '"ogi_annual_2021"',
        '"ogi_2021"',
        "id",
        ["folder's name", "ogi_annual_2021"],
    ),
    "year that is no year": (
        FORM,
        'year_field = "year"',
        'year_field = "organ"',
        "year_field",
        ["kind “year”"],
    ),
    "unit that is no text": (
        FORM,
        'unit_field = "organ"',
        'unit_field = "year"',
        "unit_field",
        ["kind “text”"],
    ),
    "too many places": (OTHER, "places = 2", "places = 10", "block[0].field[1].places", ["between 0 and 9"]),
    "places below 0": (OTHER, "places = 2", "places = -1", "block[0].field[1].places", ["between 0 and 9"]),
    "places of a text": (COVER, "= 60", "= 60\nplaces = 2", "block[0].field[0].places", ["only an amount"]),
    "places of a count": (REQUESTS, '"count"', '"count"\nplaces = 2', "block[0].places", ["only an amount"]),
    "length below 0": (COVER, "= 60", "= -60", "block[0].field[0].max_length", ["0 or more"]),
    "built-in code": (CHECKS, '"DOC001"', '"VAL003"', "check[0].code", ["“VAL003”", "xlreport itself"]),
    "code kept for later": (CHECKS, '"DOC001"', '"YOY900"', "check[0].code", ["xlreport itself"]),
    "block of remarks": (OTHER, 'name = "other"', 'name = "notes"', "block[0].name", ["reserved"]),
    "block of answers": (OTHER, 'name = "other"', 'name = "explanations"', "block[0].name", ["reserved"]),
    "block of one answer": (OTHER, 'name = "other"', 'name = "explanation"', "block[0].name", ["reserved"]),
    "code of two words": (CHECKS, '"DOC001"', '"DOC 1"', "check[0].code", ["“DOC 1”", "letters and digits"]),
    "code with a comma": (CHECKS, '"DOC001"', '"DOC,1"', "check[0].code", ["“DOC,1”", "letters and digits"]),
    "empty code": (CHECKS, '"DOC001"', '""', "check[0].code", ["letters and digits"]),
    "list for a grid": (CHECKS, '"documents"', '"published"', "check[0].grid", ["is a list, not a grid"]),
    "fields for a grid": (
        CHECKS,
        '"documents"',
        '"cover"',
        "check[0].grid",
        ["is a block of fields, not a grid"],
    ),
    "comma in an option": (COVER, '"政府"', '"政,府"', "block[0].field[4].options", ["“政,府”", "no comma"]),
    "option twice": (COVER, '"部门"', '"政府"', "block[0].field[4].options", ["label “政府” stands 2 times"]),
    "help too long": (COVER, "六位数字。", "六" * 256, "block[0].field[10].help", ["256", "holds 255"]),
    "no such section": (FORM, '"cases"', '"casez"', "", ["the file is missing"]),
    "unknown unit field": (FORM, 'field = "organ"', 'field = "organn"', "unit_field", ["“organ”?"]),
    "form key": (FORM, "first_year = 2021", "first_year = 2021\nfist_year = 1", "", ["“first_year”?"]),
    "grid of text": (REQUESTS, '"count"', '"text"', "block[0].kind", ["counts or amounts", "“text”"]),
    "capital letters": (OTHER, '"npc_proposals"', '"Npc"', "block[0].field[2].name", ["lower-case words"]),
    "reserved row": (REQUESTS, '"disclosed"', '"note"', "block[0].row[2].name", ["reserved", "another name"]),
    "reserved total": (REQUESTS, '"disclosed"', '"total"', "block[0].row[2].name", ["reserved"]),
    "empty label": (COVER, '"机关全称"', '" "', "block[0].field[0].label", ["the label is empty"]),
    "a tab for last year": (COVER, 'tab = "封面"', 'tab = "上年数据"', "tab", ["it is taken"]),
    "last year in a computed cell": (
        REQUESTS,
        '"SUM(dis',
        '"prior.carried_forward + SUM(dis',
        "block[0].row[23].formula",
        ["last year's figures are for checks", "^"],
    ),
    "last year under another code": (CHECKS, '"YOY001"', '"REQ002"', "check[14].code", ["YOY001 to YOY899"]),
    "a code of last year": (CHECKS, '"DOC001"', '"YOY801"', "check[0].code", ["begin with other letters"]),
    "last year's text": (CHECKS, '"rules = 0"', '"prior.organ = organ"', "check[0].expect", ["no figure"]),
    "last year's day": (CHECKS, '"rules = 0"', '"prior.signed_on = 1"', "check[0].expect", ["no figure"]),
    "last year's list": (
        CHECKS,
        '"rules = 0"',
        '"prior.published[category] = 1"',
        "check[0].expect",
        ["“category” has none"],
    ),
    "a locked cell to edit": (
        CHECKS,
        'cell = "carried_over"',
        'cell = "prior.carried_forward"',
        "check[14].cell",
        ["is locked"],
    ),
    "sides that compare nothing": (
        CHECKS,
        'sides = "',
        'sides = "NOT(nil_confirmed)" # ',
        "check[18].sides",
        ["no comparison"],
    ),
    "a remark where there is none": (
        CHECKS,
        "封面“零报告",
        "{note}封面“零报告",
        "check[12].message",
        ["{note}"],
    ),
    "an unknown line of last year": (
        REQUESTS,
        '"carried_forward"\n',
        '"carried_forwrad"\n',
        "block[0].row[1].prior",
        ["did you mean “carried_forward”?"],
    ),
    "a list taken over": (
        "sections/overview.toml",
        'name = "category"',
        'name = "category"\ncarry = true',
        "block[1].column",
        ["take `carry` out"],
    ),
    "total of texts": (
        COVER,
        "= 60",
        "= 60\ntotal = true",
        "block[0].field[0].total",
        ["count or an amount"],
    ),
}


@pytest.mark.parametrize("name", ONE_MISTAKE)
def test_a_mistake_is_reported_once_with_its_place_and_what_to_do(name: str, folder: Path) -> None:
    file, old, new, place, words = ONE_MISTAKE[name]
    break_(folder, file, old, new)
    found = mistakes(folder)
    first = found[0]
    expected = "sections/casez.toml" if name == "no such section" else file
    assert (first.file, first.path) == (expected, place)
    for word in words:
        assert word in first.message
    assert str(first).startswith(f"{expected}: {place}" if place else f"{expected}: ")
    assert len(found) == 1 or name in ("reserved row", "reserved total")


@pytest.mark.parametrize(
    ("file", "spoil", "message"),
    [
        (COVER, lambda data: data.decode().encode("gbk"), "UTF-8"),
        (FORM, lambda data: b"id : 1", "not valid TOML"),
        (CHECKS, None, "missing"),
    ],
)
def test_a_file_that_cannot_be_read(
    file: str, spoil: Callable[[bytes], bytes] | None, message: str, folder: Path
) -> None:
    path = folder / file
    if spoil is None:
        path.unlink()
    else:
        path.write_bytes(spoil(path.read_bytes()))
    (mistake,) = mistakes(folder)
    assert mistake.file == file
    assert message in mistake.message


def test_tabs_that_differ_in_case_only_are_a_mistake(folder: Path) -> None:
    break_(folder, COVER, 'tab = "封面"', 'tab = "Tab A"')
    break_(folder, OTHER, 'tab = "六、其他事项"', 'tab = "tab a"')
    (mistake,) = mistakes(folder)
    assert (mistake.file, mistake.message) == ("sections/", "tab “tab a” stands 2 times: rename all but one")


@pytest.mark.parametrize("name", ["Disclosed", "a b", "a,b", "a]", "公开", ""])
def test_a_line_that_has_no_name_stops_nothing_else_from_being_told(folder: Path, name: str) -> None:
    break_(folder, REQUESTS, 'name = "disclosed"', f'name = "{name}"')
    break_(folder, CHECKS, '"rules = 0"', '"rules = = 0"')
    found = {(mistake.file, mistake.path) for mistake in mistakes(folder)}
    assert found == {(REQUESTS, "block[0].row[2].name"), (CHECKS, "check[0].expect")}


@pytest.mark.parametrize("name", ["表", "Annual", "a" * 65, "a-b"])
def test_an_id_is_lower_case_letters_and_digits(folder: Path, name: str) -> None:
    renamed = folder.rename(folder.parent / name)
    break_(renamed, FORM, '"ogi_annual_2021"', f'"{name}"')
    (mistake,) = mistakes(renamed)
    assert (mistake.file, mistake.path) == (FORM, "id")
    assert "64" in mistake.message


@pytest.mark.parametrize("given", [".", "./", "../ogi_annual_2021/"])
def test_the_folder_s_name_is_known_however_the_path_is_written(
    folder: Path, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert read_form(Path(given)).id == "ogi_annual_2021"
    assert load_form(given).id == "ogi_annual_2021"


def test_no_check_may_have_a_code_of_the_program_s_own(folder: Path) -> None:
    text = (folder / CHECKS).read_text(encoding="utf-8")
    codes = [rule.code for rule in OWN_RULES]
    head, *checks = text.split("[[check]]")
    more = (checks[0].replace('"DOC001"', f'"{code}"') for code in codes)
    (folder / CHECKS).write_text("[[check]]".join([head, *checks, *more]), encoding="utf-8")
    added = range(len(checks), len(checks) + len(codes))
    assert [mistake.path for mistake in mistakes(folder)] == [f"check[{number}].code" for number in added]


def test_rows_of_one_name_are_a_mistake(folder: Path) -> None:
    break_(folder, REQUESTS, '"carried_over"', '"new_requests"')
    assert Mistake(REQUESTS, "block[0].row", "name “new_requests” stands 2 times: rename all but one") in (
        mistakes(folder)
    )


@pytest.mark.parametrize("key", ["field", "label"])
def test_a_table_or_text_where_a_list_belongs(key: str, folder: Path) -> None:
    text = (folder / OTHER).read_text(encoding="utf-8")
    if key == "field":
        text = text[: text.index("[[block.field]]")] + '[block.field]\nname = "x"\n'
        (folder / OTHER).write_text(text, encoding="utf-8")
        expected = (OTHER, "block[0].field", "needs double brackets: [[…]]")
    else:
        break_(
            folder, REQUESTS, 'name = "carried_over"\nlabel = [', 'name = "carried_over"\nlabel = "上年" # ['
        )
        expected = (REQUESTS, "block[0].row[1].label", 'needs a list: ["…", "…"]')
    found = mistakes(folder)[0]
    assert (found.file, found.path, found.message) == expected


def test_the_caret_stands_under_the_name_in_a_formula_of_many_lines(folder: Path) -> None:
    break_(
        folder,
        CHECKS,
        "  ROUND(charges[administrative_charges, amount], 6) = 0",
        "  ROUND(chargs[a, b], 6) = 0",
    )
    _, line, caret = mistakes(folder)[0].message.split("\n")
    assert line.endswith("ROUND(chargs[a, b], 6) = 0")
    assert line[caret.index("^") :].startswith("chargs")


@pytest.mark.parametrize(
    ("added", "key", "words"),
    [
        ('col: kind = "text"', "kind", "counts or amounts"),
        ('col: kind = "amount"\nplaces = 12', "places", "between 0 and 9"),
        ('col: kind = "count"\nplaces = 2', "places", "only an amount"),
        ('col: unit = "元"', "unit", "goes with `kind`"),
        ("row: signed = true", "signed", "say it of a column"),
        ('row: kind = "amount"', "kind", "say it of a column"),
    ],
)
def test_a_kind_of_its_own_belongs_to_a_column(folder: Path, added: str, key: str, words: str) -> None:
    line, _, text = added.partition(": ")
    name = {"col": 'name = "natural_person"\n', "row": 'name = "new_requests"\n'}[line]
    break_(folder, REQUESTS, name, f"{name}{text}\n")
    (mistake,) = [found for found in mistakes(folder) if found.path.startswith("block")]
    assert (mistake.file, mistake.path) == (REQUESTS, f"block[0].{line}[0].{key}")
    assert words in mistake.message


def test_only_a_figure_has_a_sign(folder: Path) -> None:
    break_(folder, COVER, 'name = "organ"\n', 'name = "organ"\nsigned = true\n')
    assert [mistake.path for mistake in mistakes(folder)] == ["block[0].field[0].signed"]


def test_all_mistakes_come_at_once(folder: Path) -> None:
    break_(folder, COVER, '"封面"', '"封/面"')
    break_(folder, COVER, "六位数字。", "六" * 300)
    break_(folder, REQUESTS, '"SUM(dis', '"results_total + SUM(dis')
    break_(folder, CHECKS, "new_requests +", "new_request +")
    break_(folder, CHECKS, "{place}", "{plaze}")
    break_(folder, FORM, 'code_field = "unit_code"', 'code_field = "unitcode"')
    assert [(mistake.file, mistake.path) for mistake in mistakes(folder)] == [
        (FORM, "code_field"),
        (COVER, "tab"),
        (COVER, "block[0].field[10].help"),
        (REQUESTS, "block[0].row[23].formula"),
        (CHECKS, "check[0].message"),
        (CHECKS, "check[3].expect"),
    ]


def test_a_broken_form_toml_does_not_hide_the_mistakes_of_the_other_files(folder: Path) -> None:
    break_(folder, FORM, "id =", "id :")
    break_(folder, COVER, '"text"', '"txet"')
    break_(folder, CHECKS, '"error"', '"eror"')
    assert [mistake.file for mistake in mistakes(folder)] == [FORM, COVER, CHECKS]


def test_several_files_that_cannot_be_read_are_all_named(folder: Path) -> None:
    (folder / COVER).write_bytes("机关".encode("gbk"))
    (folder / OTHER).unlink()
    break_(folder, REQUESTS, "kind =", "knd =")
    assert {mistake.file for mistake in mistakes(folder)} == {COVER, OTHER, REQUESTS}


def test_a_mark_at_the_start_of_a_file_does_no_harm(folder: Path) -> None:
    for file in (FORM, COVER, CHECKS):
        path = folder / file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_form(folder).id == "ogi_annual_2021"


def test_line_ends_do_not_change_the_definition(folder: Path) -> None:
    before = read_form(folder).definition
    for path in folder.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_form(folder).definition == before


def test_any_change_of_a_word_changes_the_definition(folder: Path) -> None:
    before = read_form(folder).definition
    break_(folder, COVER, "机关全称", "单位全称")
    assert read_form(folder).definition != before


def test_an_unknown_form_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(FileNotFoundError, match="ogi_annual_2021"):
        load_form("no_such_form")


def test_a_broken_check_hides_no_other_check(folder: Path) -> None:
    break_(folder, CHECKS, 'severity = "error"', 'severity = "eror"')
    break_(folder, CHECKS, "new_requests +", "new_request +")

    assert [mistake.path for mistake in mistakes(folder)] == ["check[0].severity", "check[3].expect"]


def test_a_broken_section_hides_no_formula_that_cannot_be_read(folder: Path) -> None:
    break_(folder, COVER, 'label = "机关全称"\n', "")
    break_(folder, REQUESTS, '"SUM(dis', '"SUMM(dis')
    break_(folder, CHECKS, "new_requests +", "new_requests + +* ")

    assert [mistake.path for mistake in mistakes(folder)] == [
        "block[0].field[0].label",
        "block[0].row[23].formula",
        "check[3].expect",
    ]
