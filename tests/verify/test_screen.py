"""The publication screen: what must not be published blocks a return and is never shown."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_line import json_lines, run
from returns import FORM, edit, said, save, sound, the_one
from xlreport.archive.last_year import LastYear
from xlreport.finding import Finding
from xlreport.formats.package import Package
from xlreport.formats.properties import properties_of
from xlreport.formula.nodes import Value
from xlreport.verify.reported import Reported
from xlreport.verify.texts.screen import screen
from xlreport.verify.verdict import verify_file

ID = "110101199003070011"
OLD_ID = "110101900307001"
MOBILE = "13800138000"
CARD = "6222021234567890128"


def ids(changes: dict[str, Value]) -> dict[str, str]:
    return {f.id: f.severity.value for f in screen(Reported(FORM, sound(changes)))}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"unit_code": "11370303004322107X"},
        {"unit_code": CARD},  # a code may have any digits, also those of a card
        {"on_request": "统一社会信用代码12370303495552170L，热线12345、12388，电话0590-7330826。"},
        {"management": "按照岚政办发〔2023〕138号执行，项目代码2305-371102-04-01-123456。"},
        {"platform": "网址https://www.lanxi.example/art/2023/1/5/art_37_13800138000.html"},
        {"prepared_by": f"周晓岚 {MOBILE}"},
        {"phone": "0590-7330826 转 8001"},
        {"supervision": "保密审查到位，未发生泄露国家秘密、商业秘密和工作秘密的情形，内部管理制度健全。"},
        {"requests[denied_state_secret,note]": "属于国家秘密1件，机密级"},
    ],
)
def test_what_may_be_published_is_left_alone(changes: dict[str, Value]) -> None:
    assert ids(changes) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"on_request": f"申请人张某（{ID}）"}, {"PUB001:on_request@7": "error"}),
        ({"on_request": f"证件号{OLD_ID}"}, {"PUB001:on_request@4": "error"}),
        ({"on_request": f"另有{OLD_ID}"}, {"PUB001:on_request@3": "warning"}),
        ({"requests[disclosed,note]": f"电话{MOBILE}"}, {"PUB002:requests[disclosed,note]@3": "error"}),
        ({"published[1,category]": f"来电{MOBILE}"}, {"PUB002:published[1,category]@3": "error"}),
        ({"explanation[CASE001,]": f"见卡{CARD}"}, {"PUB003:explanation[CASE001,]@3": "error"}),
        ({"unit_code": ID}, {"PUB001:unit_code@1": "warning"}),
        ({"phone": MOBILE}, {"PUB002:phone@1": "warning"}),
        ({"text": f"名单：1.{ID}"}, {"PUB001:text@6": "error"}),
        ({"text": f"案件编号{ID}"}, {"PUB001:text@5": "warning"}),
        ({"text": f"网页www.lanxi.example/{ID}.html"}, {"PUB001:text@21": "warning"}),
        ({"text": "另见4111111111111111"}, {"PUB003:text@3": "warning"}),
        ({"text": "编号4111111111111111"}, {"PUB003:text@3": "note"}),
        ({"text": "卡号4111111111111111"}, {"PUB003:text@3": "error"}),
        ({"text": "项目联系人：138.0013.8000"}, {"PUB002:text@7": "error"}),
        ({"text": "外国人永久居留证 USA330084072001"}, {"PUB001:text@10": "error"}),
        ({"text": "（此件不公开）"}, {"PUB005:text@2": "error"}),
        ({"text": "密级：机密"}, {"PUB004:text@1": "error"}),
        ({"email": f"{MOBILE}@example.com"}, {"PUB002:email@1": "warning"}),
        ({"phone": ID}, {"PUB001:phone@1": "error"}),
        ({"text": "机密★5年\n专题报告"}, {"PUB004:text@1": "error"}),
        ({"text": "会议纪要（内部资料，不得外传）"}, {"PUB005:text@6": "error"}),
        ({"text": "查询终端（仅供内部使用）两台"}, {"PUB005:text@6": "warning"}),
        (
            {"text": f"张某{ID}，李某{MOBILE}"},
            {"PUB001:text@3": "error", "PUB002:text@24": "error"},
        ),
    ],
)
def test_what_must_not_be_published_is_found(changes: dict[str, Value], expected: dict[str, str]) -> None:
    assert ids(changes) == expected


def damaged(folder: Path) -> Path:
    """A return with numbers of persons in a text, in a figure's cell and over a label."""
    text = f"2022年2022年申请人{ID}电话{MOBILE},卡号{CARD}，XX局"
    path = save(folder, sound({"on_request": text, "organ_short": f"XX{MOBILE}"}))
    return edit(path, {"requests[new_requests,natural_person]": f"{'一' * 150}件，{ID}", "year": f"{ID}"})


def test_no_finding_shows_a_number_whoever_quotes_it(tmp_path: Path) -> None:
    verdict = verify_file(damaged(tmp_path))
    assert {"PUB001", "PUB002", "PUB003", "VAL001", "TXT002"} <= {f.code for f in verdict.findings}
    told = json.dumps([repr(finding) for finding in verdict.findings], ensure_ascii=False)
    for number in (ID, MOBILE, CARD):
        assert number[4:-4] not in told
    assert "1101**********0011" in told


def test_a_finding_says_where_and_what_to_do(tmp_path: Path) -> None:
    finding = the_one(save(tmp_path, sound({"found": f"来电{MOBILE}未登记。"})), "PUB002:found@3")
    assert "（存在的主要问题）第3字起有手机号码“138****8000”" in finding.message
    assert finding.found == "138****8000"
    assert "请删去" in finding.fix


def test_a_return_with_such_an_error_is_not_rendered(tmp_path: Path) -> None:
    path = save(tmp_path, sound({"text": f"联系人电话{MOBILE}。"}))
    assert said(path) == {"PUB002:text@6": "error"}
    result = run("render", path, "--to", "md")
    assert result.exit_code == 1
    assert not path.with_suffix(".md").exists()
    assert MOBILE not in result.output


def test_a_batch_makes_no_document_of_it_and_keeps_no_number(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = (
        f"来电{MOBILE}的群众反映了供水问题，已当日答复；" + "其余来电按类别汇总，每月公布一次办理结果。" * 3
    )
    save(tmp_path / "in", sound({"text": text}))
    out = tmp_path / "out"
    assert run("convert", tmp_path / "in", "-o", out, "--jobs", 1, "--to", "md").exit_code == 1
    assert json_lines(out / "findings.jsonl")[0]["status"] == "returned"
    assert list(out.rglob("*.md")) == []
    assert all(MOBILE.encode() not in path.read_bytes() for path in out.iterdir())


# Names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("岚溪县水务局_2023", None),
        ("12370303495552170L 水务局2023年报", None),
        ("20240115报送 终稿(1)", None),
        (f"张某{ID}", "error"),
        (f"张某 {ID[:9]}.{ID[9:]} 的材料", "error"),
        ("水务局 机密★", "error"),
        (f"卡{CARD}", "error"),
        (f"水务局 联系人{MOBILE}", "warning"),
        ("水务局（内部资料）", "warning"),
        ("编号4111111111111111", "warning"),
    ],
)
def test_a_file_s_name_is_screened(tmp_path: Path, name: str, severity: str | None) -> None:
    path = save(tmp_path, sound()).rename(tmp_path / f"{name}.xlsx")
    assert said(path) == ({"PUB006:_name": severity} if severity else {})


def test_a_sheet_s_name_is_screened(tmp_path: Path) -> None:
    book = load_workbook(save(tmp_path, sound()))
    book.create_sheet(f"{MOBILE}来电")
    book.save(tmp_path / "more.xlsx")
    verdict = verify_file(tmp_path / "more.xlsx")
    assert {"PUB006", "WBK014"} <= {finding.code for finding in verdict.findings}
    assert MOBILE not in repr(verdict.findings)


# Properties of a file ----------------------------------------------------------------------------------


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">{}</cp:coreProperties>'
)
OWN = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="经办"><t>{}</t></property>'
    "</Properties>"
)
RELATION = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'custom-properties" Target="docProps/custom.xml"/></Relationships>'
)


def with_properties(tmp_path: Path, changes: dict[str, Value] | None = None, **properties: str) -> Path:
    """A return as somebody's program saved it, with what that wrote into its properties."""
    own = properties.pop("own", "")
    written = "".join(f"<{name}>{text}</{name}>".replace("_", ":") for name, text in properties.items())
    path = tmp_path / "saved.xlsx"
    with zipfile.ZipFile(save(tmp_path, sound(changes or {}))) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = CORE.format(written).encode()
            elif name == "_rels/.rels":
                data = data.replace(b"</Relationships>", RELATION.encode())
            new.writestr(name, data)
        new.writestr("docProps/custom.xml", OWN.format(own))
    return path


def of_properties(path: Path) -> list[Finding]:
    return [finding for finding in verify_file(path).findings if finding.code == "PUB007"]


USUAL = {
    "dc_creator": "周晓岚",
    "dc_title": "岚溪县水务局2023年政府信息公开工作年度报告",
    "cp_keywords": "年报；保密审查已完成",
    "dc_description": "12370303495552170L 联系电话0590-7330826",
    "own": "科室：办公室",
}


def test_usual_properties_are_left_alone(tmp_path: Path) -> None:
    assert of_properties(with_properties(tmp_path, **USUAL)) == []


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("dc_creator", MOBILE, "“作者”里有手机号码"),
        ("cp_lastModifiedBy", f"用户{MOBILE}", "“上次修改者”里有手机号码"),
        ("dc_subject", f"张某{ID}信访件", "“主题”里有身份证号码"),
        ("cp_keywords", "机密★5年", "“标记”里有密级标志"),
        ("cp_category", "内部资料", "“类别”里有内部资料标志"),
        ("own", f"卡{CARD}", "“自定义：经办”里有银行卡号"),
    ],
)
def test_what_a_file_says_of_itself_is_screened(tmp_path: Path, name: str, text: str, words: str) -> None:
    (finding,) = of_properties(with_properties(tmp_path, **{name: text}))
    assert finding.severity == "warning" and words in finding.message
    assert not any(number in repr(finding) for number in (MOBILE, ID, CARD))


def test_an_annotated_copy_does_not_carry_it_on(tmp_path: Path) -> None:
    path = with_properties(
        tmp_path, {"found": ID}, dc_creator=MOBILE, own=ID, dc_title="年报", cp_keywords="机密★"
    )
    assert run("verify", path, "--annotate", tmp_path / "back").exit_code == 1
    (copy,) = (tmp_path / "back").glob("*.xlsx")
    with zipfile.ZipFile(copy) as package:
        held = {name: package.read(name).decode() for name in package.namelist() if "docProps" in name}
    assert "年报" in held["docProps/core.xml"]
    assert not any(text in part for part in held.values() for text in (MOBILE, ID, "机密", "经办"))
    assert of_properties(copy) == []


def test_nor_does_a_report_or_a_refilled_workbook(tmp_path: Path) -> None:
    path = with_properties(tmp_path, dc_creator=MOBILE, own=ID, cp_keywords="机密★")
    assert run("render", path, "--to", "docx", "-o", tmp_path).exit_code == 0
    assert run("refill", path, "-o", tmp_path / "new.xlsx").exit_code == 0
    for made in (tmp_path / "saved.docx", tmp_path / "new.xlsx"):
        with zipfile.ZipFile(made) as package:
            held = b"".join(package.read(name) for name in package.namelist() if "docProps" in name)
        assert not any(text.encode() in held for text in (MOBILE, ID, "机密"))


def test_those_of_an_ods_file_are_read_too() -> None:
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>'
        '<meta:user-defined meta:name="经办">周晓岚</meta:user-defined></office:meta></office:document-meta>'
    )
    package = Package(None, parts={"meta.xml": meta.encode()})
    assert properties_of(package) == (("自定义：经办", "经办 周晓岚"),)


def test_properties_that_cannot_be_read_make_nothing_unreadable() -> None:
    assert properties_of(Package(None, parts={"meta.xml": b"<torn"})) == ()


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """Returns whose files and units are called after persons, one of them no workbook."""
    place = tmp_path / "in"
    for name, changes in {
        f"{ID[:6]} {ID[6:]}": {},
        f"{OTHER_ID} 来电{MOBILE}": {"organ": "岚溪县水务局"},
        f"{ID[:12]}/{ID[12:]}": {"organ": f"岚溪县{ID}局"},
        f"来电{MOBILE}": {"organ": "岚溪县档案局"},
    }.items():
        path = place / f"{name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        save(tmp_path, sound(changes)).rename(path)
    (place / f"坏{MOBILE}.xlsx").write_bytes(b"no workbook")
    return place


OTHER_ID = "110101199003070038"
NUMBERS = (ID, OTHER_ID, MOBILE)


def test_a_batch_writes_no_number_whatever_is_called_so(named: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        result = run("convert", named, "-o", out, "--jobs", 1, "--to", "md", "--draft")
    lines = json_lines(out / "findings.jsonl")
    sources = {hashlib.sha256(path.read_bytes()).hexdigest() for path in named.rglob("*.xlsx")}
    assert {line["source_sha256"] for line in lines} == sources
    assert len({line["file"] for line in lines}) == len(lines) == 5
    assert len(list(out.rglob("*.md"))) == 4
    book = load_workbook(out / "summary.xlsx")
    shown = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    names = [str(path.relative_to(out)) for path in out.rglob("*")]
    everything = "\n".join((result.output, repr(lines), *shown, *names))
    for number in NUMBERS:
        assert number not in everything.replace(" ", "").replace("/", "")
        assert number.encode() not in (out / ".xlreport.sqlite3").read_bytes()


def test_commands_show_and_write_no_number_of_a_file_s_name(tmp_path: Path) -> None:
    path = save(tmp_path, sound()).rename(tmp_path / f"{MOBILE} 年报.xlsx")
    out = tmp_path / "out"
    told = [run(*words).output for words in (("verify", path), ("verify", path, "--json"))]
    told.append(run("verify", path, "--annotate", out).output)
    told.append(run("render", path, "--to", "md", "-o", out).output)
    told.append(run("extract", path, "-o", f"{out}/").output)
    told.append(run("verify", tmp_path / f"{MOBILE}.xlsx").output)  # not there
    told += [file.name for file in out.iterdir()]
    assert len(list(out.iterdir())) == 3
    assert MOBILE not in "\n".join(told)


def test_what_is_said_of_last_year_shows_no_number(tmp_path: Path) -> None:
    last = save(tmp_path, sound({"year": 2022, "found": ""})).rename(tmp_path / f"{ID}.xlsx")
    verdict = verify_file(save(tmp_path, sound()), LastYear.of(last))
    (of_search,) = (finding for finding in verdict.findings if finding.code == "YOY902")
    assert ID not in repr(verdict.findings) and "1101" in of_search.message
