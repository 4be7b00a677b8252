"""An invented county of fourteen units on two levels, and the mail of its office in January.

`xlreport demo --round` collects from it. To have the list and the mails as files:

    python samples/make_round.py FOLDER

Nothing of it is stored: the workbooks are always those of the form as it is now.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from xlreport.form.load import load_form
from xlreport.form.values import from_json
from xlreport.workbook.write import write_workbook

SAMPLES = Path(__file__).resolve().parent
FORM = load_form("ogi_annual_2021")
OFFICE, YEAR = "岚溪县人民政府", 2023
_TIME = (2024, 1, 20, 9, 0, 0)
HERE = timezone(timedelta(hours=8))
WORKED = {
    step: datetime(2024, 1, day, hour, 0, tzinfo=HERE)
    for step, day, hour in (
        ("new", 2, 9),
        ("issue", 2, 10),
        ("take", 24, 9),
        ("reply", 24, 10),
        ("remind", 29, 9),
        ("status", 29, 10),
    )
}
"""When the office did what; the mails came in between."""


@dataclass(frozen=True)
class Office:
    """A unit of the county: what the list says of it, and what it writes about."""

    name: str
    short: str
    code: str
    type: str
    address: str
    topics: str
    detail: str
    requests: int = 0
    parent: str = ""
    exempt: str = ""

    @property
    def level(self) -> str:
        """As its type has it."""
        return "township" if self.type == "township" else "county"


OFFICES: Mapping[str, Office] = {
    office.short: office
    for office in (
        Office(
            "岚溪县水务局",
            "水务局",
            "LX-B-001",
            "department",
            "shuiwu@lanxi.example",
            "河道管理、农村供水和取水许可",
            "供水工程的水质检测结果按季度张贴在受益村，停水检修提前三天告知",
            4,
        ),
        Office(
            "岚溪县民政局",
            "民政局",
            "LX-B-002",
            "department",
            "minzheng@lanxi.example",
            "社会救助、养老服务和地名管理",
            "救助对象和标准在村、社区公示栏长期公示，养老机构的收费项目逐家列明",
            6,
        ),
        Office(
            "岚溪县农业农村局",
            "农业农村局",
            "LX-B-003",
            "department",
            "nongye@lanxi.example",
            "惠农补贴、高标准农田和农产品质量",
            "补贴发放结果可以按村查询，农田项目在田头立牌说明投资和管护人",
            3,
        ),
        Office(
            "岚溪县住房和城乡建设局",
            "住建局",
            "LX-B-015",
            "department",
            "zhujian@lanxi.example",
            "住房保障、老旧小区改造和工程质量",
            "轮候家庭的次序随时可查，改造方案在小区里开会说明",
            9,
        ),
        Office(
            "岚溪县教育局",
            "教育局",
            "LX-B-016",
            "department",
            "jiaoyu@lanxi.example",
            "招生入学、教师招聘和学生资助",
            "划片范围附有街巷清单，招聘各环节的名单和成绩当天公布",
            5,
        ),
        Office(
            "岚溪县卫生健康局",
            "卫健局",
            "LX-B-017",
            "department",
            "weijian@lanxi.example",
            "医疗机构、预防接种和卫生监督",
            "抽检不合格的单位和整改情况一并公布，接种点的时间每周更新",
            2,
        ),
        Office(
            "岚溪县残疾人联合会",
            "残联",
            "LX-B-031",
            "mass_organization",
            "canlian@lanxi.example",
            "康复救助、辅具适配和就业培训",
            "政策都配有语音版，办理地点写明无障碍入口",
        ),
        Office(
            "岚溪县税务局",
            "税务局",
            "LX-V-001",
            "vertical",
            "",
            "",
            "",
            exempt="垂直管理，向市局报送",
        ),
        Office(
            "岚溪县青禾镇人民政府",
            "青禾镇",
            "LX-T-007",
            "township",
            "qinghe@lanxi.example",
            "惠农补贴、农村宅基地和防汛准备",
            "宅基地审批结果在村口张榜，防汛责任人的分工每年汛前公布",
            2,
        ),
        Office(
            "岚溪县云岭镇人民政府",
            "云岭镇",
            "LX-T-008",
            "township",
            "yunling@lanxi.example",
            "林权流转、护林防火和集镇建设",
            "流转合同的主要内容公示七天，集镇道路的施工安排提前告知",
            1,
        ),
        Office(
            "岚溪县石桥乡人民政府",
            "石桥乡",
            "LX-T-009",
            "township",
            "shiqiao@lanxi.example",
            "村级财务、道路养护和文化活动",
            "村级收支逐笔公示，养护路段写明责任人",
        ),
        Office(
            "岚溪县第一中学",
            "县一中",
            "LX-S-001",
            "public_institution",
            "",
            "招生计划、收费项目和学生资助",
            "收费项目和依据在校门口长期公示",
            parent="岚溪县教育局",
        ),
        Office(
            "岚溪县实验小学",
            "实验小学",
            "LX-S-002",
            "public_institution",
            "",
            "招生范围、课后服务和食堂管理",
            "食堂每周公布菜谱和进货渠道",
            parent="岚溪县教育局",
        ),
        Office(
            "岚溪县人民医院",
            "县医院",
            "LX-S-003",
            "public_institution",
            "yiyuan@lanxi.example",
            "医疗服务价格、就诊流程和投诉渠道",
            "价格查询机设在门诊大厅，投诉处理时限公开承诺",
            1,
            "岚溪县卫生健康局",
        ),
    )
}


# The list --------------------------------------------------------------------------------------------


def unit_list() -> bytes:
    """The county's list as the office keeps it: a title, then the headings."""
    return list_of(OFFICE, OFFICES.values())


def list_of(collecting: str, offices: Iterable[Office]) -> bytes:
    """The list of any office."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([f"{collecting}政府信息公开年报联络表"])
    table.writerow(["单位", "简称", "机关代码", "上级", "层级", "类型", "邮箱", "期限", "免报原因"])
    labels = {f.name: f.labels for f in FORM.fields.values()}
    for office in offices:
        words = [labels["level"][office.level], labels["unit_type"][office.type]]
        day = "" if office.parent else "2024-01-26"
        names = [office.name, office.short, office.code, office.parent]
        table.writerow([*names, *words, office.address, day, office.exempt])
    return out.getvalue().encode("gb18030")


# The returns -----------------------------------------------------------------------------------------


def workbook(short: str, wrong: int = 0, year: int = YEAR) -> bytes:
    """A unit's return; with so many applications too few among the results, where it is to be wrong."""
    return workbook_of(OFFICES[short], wrong, year)


def workbook_of(office: Office, wrong: int = 0, year: int = YEAR) -> bytes:
    """The same of any office."""
    return write_workbook(FORM, from_json(FORM, _values(office, wrong, year)))


def _values(office: Office, wrong: int, year: int) -> dict[str, Any]:
    text = (SAMPLES / "values" / "small_township.json").read_text(encoding="utf-8")
    values: dict[str, Any] = json.loads(text, parse_float=Decimal)
    values["cover"] |= {
        "organ": office.name,
        "organ_short": office.short,
        "unit_code": office.code,
        "year": year,
        "unit_type": office.type,
        "level": office.level,
        "address": f"{office.name[:3]}城关镇政务路{office.code[-3:].lstrip('0')}号",
        "signed_on": f"{year + 1}-01-10",
    }
    values["overview"] = _overview(office)
    values["problems"] = {
        "found": f"一是{office.topics}的内容专业性强，说明还不够通俗。二是个别栏目更新不够及时。",
        "measures": "一是发布时附一段问答，写清谁能办、到哪里办。二是每月核对一次栏目，临近时限提前提醒。",
    }
    values["other"]["text"] = f"围绕{office.topics}，到群众中间说明政策，当面听取意见。"
    row = values["requests"]["new_requests"]
    values["requests"]["new_requests"] = {**row, "natural_person": office.requests}
    for name in ("disclosed", "unavailable_not_held"):
        values["requests"][name] = {**row, "natural_person": 0}
    values["requests"]["disclosed"]["natural_person"] = office.requests - wrong
    return values


def _overview(office: Office) -> dict[str, str]:
    return {
        "proactive": f"公开重点是{office.topics}。{office.detail}，内容有变动的随时更正。",
        "on_request": "申请由办公室登记，承办人起草答复，负责人审核后发出；内容不清楚的，先与申请人沟通。",
        "management": f"按照公开目录，把{office.topics}的公开任务落实到人，文件印发前确定公开属性。",
        "platform": "信息统一发布在县政府网站的专栏，办事场所设有查阅点，可以查阅和打印。",
        "supervision": "信息发布前逐级审核并作保密审查，公开情况列入考核，群众反映的问题有登记、有答复。",
    }


# The mail --------------------------------------------------------------------------------------------


def mails() -> dict[str, bytes]:
    """January's mail, in the order in which it came."""
    water, civil, farm = workbook("水务局"), workbook("民政局"), workbook("农业农村局")
    pair = {f"{name}年报.xlsx": workbook(name) for name in ("教育局", "县一中", "实验小学")}
    forwarded = mail("青禾镇", 15, [_plain("青禾镇年报终稿.xlsx", workbook("青禾镇"))])
    nil = _plain("残联零报告.xlsx", workbook("残联"))
    return {
        "01-水务局.eml": mail("水务局", 8, [(_gb2312("水务局年报（垚）.xlsx"), water)]),
        "02-民政局.eml": mail("民政局", 9, [_plain("民政局年报.xlsx", workbook("民政局", wrong=1))]),
        "03-农业农村局.eml": mail("农业农村局", 10, [_plain("农业农村局2023.xlsx", farm)]),
        "04-住建局.eml": mail("住建局", 11, [_plain("住建局.xlsx", workbook("住建局", wrong=2)), _picture()]),
        "05-教育局.eml": mail("教育局", 12, [(_raw_gbk("教育系统年报.zip"), _gbk_zip(pair))]),
        "06-卫健局.eml": mail("卫健局", 12, [], "超大附件 卫健局2023年报.xlsx 进入下载页面，7天后过期。"),
        "07-县医院.eml": mail("县医院", 15, [(_percent("人民医院年报.pdf"), b"%PDF-1.4\n%%EOF\n")]),
        "08-残联.eml": mail("残联", 15, [nil]),
        "09-残联（再发）.eml": mail("残联", 16, [nil], "上次可能没有收到，再发一次。"),
        "10-转发青禾镇.eml": _forwarding(forwarded),
        "11-石桥乡代发云岭镇.eml": mail("石桥乡", 17, [_plain("云岭镇.xlsx", workbook("云岭镇"))]),
        "12-民政局（改正）.eml": mail("民政局", 18, [_plain("民政局年报 改.xlsx", civil)]),
        "13-农业农村局（更新）.eml": mail(
            "农业农村局", 19, [_plain("农业农村局2023（2）.xlsx", workbook("农业农村局", wrong=1))]
        ),
        "14-水务局（去年的）.eml": mail("水务局", 22, [_plain("水务局.xlsx", workbook("水务局", year=2022))]),
    }


def mail(
    short: str, day: int, files: Sequence[tuple[bytes, bytes]], text: str = "年报见附件，请查收。"
) -> bytes:
    """A mail of a unit: files by the Content-Disposition that names each."""
    address = OFFICES[short].address
    head = [
        b"MIME-Version: 1.0",
        b"From: <%s>" % address.encode(),
        b"To: <ogi@lanxi.example>",
        b"Date: %d Jan 2024 09:30:00 +0800" % day,
        b"Message-ID: <%d.%s>" % (day, address.encode()),
        b"Subject: " + _word(f"{short}报送2023年度年报", "utf-8"),
    ]
    parts = [_part(b"text/plain; charset=utf-8", b"inline", text.encode())]
    parts += [_part(b"application/octet-stream", name, data) for name, data in files]
    return _multipart(head, parts)


def _forwarding(inner: bytes) -> bytes:
    head = [
        b"MIME-Version: 1.0",
        b"From: <clerk@lanxi.example>",
        b"Date: 16 Jan 2024 10:00:00 +0800",
        b"Message-ID: <16.clerk@lanxi.example>",
        b"Subject: Fw",
    ]
    return _multipart(head, [b"Content-Type: message/rfc822\r\n\r\n" + inner])


def _multipart(head: Sequence[bytes], parts: Sequence[bytes]) -> bytes:
    mark = b"=_%d" % sum(map(len, parts))
    whole = [*head, b'Content-Type: multipart/mixed; boundary="%s"' % mark, b""]
    whole += [b"--%s\r\n%s" % (mark, part) for part in parts]
    return b"\r\n".join([*whole, b"--%s--" % mark, b""])


def _part(kind: bytes, disposition: bytes, data: bytes) -> bytes:
    lines = [b"Content-Type: " + kind, b"Content-Transfer-Encoding: base64"]
    return b"\r\n".join([*lines, b"Content-Disposition: " + disposition, b"", base64.encodebytes(data)])


def _word(text: str, charset: str, label: str = "") -> bytes:
    encoded = base64.b64encode(text.encode(charset))
    return b"=?%s?B?%s?=" % ((label or charset).encode(), encoded)


def _plain(name: str, data: bytes) -> tuple[bytes, bytes]:
    return b"attachment; filename*=utf-8''%s" % quote(name, safe="").encode(), data


def _gb2312(name: str) -> bytes:
    """As an old program names it: bytes of GBK, called gb2312."""
    return b'attachment; filename="%s"' % _word(name, "gbk", "gb2312")


def _raw_gbk(name: str) -> bytes:
    return b'attachment; filename="%s"' % name.encode("gbk")


def _percent(name: str) -> bytes:
    return b'attachment; filename="%s"' % quote(name, safe="").encode()


def _picture() -> tuple[bytes, bytes]:
    return _plain("盖章页.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\xff\xd9")


def _gbk_zip(members: Mapping[str, bytes]) -> bytes:
    """An archive as Chinese Windows makes it: names in GBK, and no word that they are.

    The library would mark such names as UTF-8: it is given names of the same length, exchanged afterwards.
    """
    out = io.BytesIO()
    places = {name: f"{number:0{len(name.encode('gbk'))}}" for number, name in enumerate(members, start=1)}
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(places[name], _TIME), data, zipfile.ZIP_DEFLATED)
    packed = out.getvalue()
    for name, place in places.items():
        packed = packed.replace(place.encode(), name.encode("gbk"))
    return packed


def write(folder: Path) -> None:
    """The list and the mails as files."""
    (folder / "邮件").mkdir(parents=True, exist_ok=True)
    (folder / "名单.csv").write_bytes(unit_list())
    for name, data in mails().items():
        (folder / "邮件" / name).write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "round-sample"))
