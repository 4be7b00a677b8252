"""What is written to a unit holds what the unit can do, and nothing that only the office can."""

from __future__ import annotations

import pytest

from xlreport.feedback.addressed import to_unit


@pytest.mark.parametrize(
    ("office", "unit"),
    [
        (
            "是 Word 文档，不是填报工作簿；按“岚溪县水务局” 2023 年度的报告核对：提示 1；"
            "可用 xlreport refill 转成工作簿，请单位核对、补填后报送",
            "是 Word 文档，不是填报工作簿",
        ),
        ("请报送下发的 Excel 工作簿；可用 xlreport refill 转成工作簿", "请报送下发的 Excel 工作簿"),
        (
            "文件是成文的年度报告，不算报送；按“某局” 2023 年度的报告核对：错误 2。",
            "文件是成文的年度报告，不算报送。",
        ),
        (
            "邮件里只有下载链接，没有附件；请单位改用普通附件重发",
            "邮件里只有下载链接，没有附件；请改用普通附件重发",
        ),
        ("请让填报单位重新发送填好的工作簿（.xlsx）", "请重新发送填好的工作簿（.xlsx）"),
        ("如果工作簿在压缩包里，请解压后再处理", "如果工作簿在压缩包里，请直接发送里面的工作簿"),
        ("请装 7-Zip 后再运行；请单位把工作簿直接发来", "请把工作簿直接发来"),
        (
            "请装 7-Zip 后再运行；或者解压后再放入，或请单位把工作簿直接发来",
            "请不要压缩，把工作簿直接发来",
        ),
        ("请不要解压；请单位把工作簿直接发来", "请把工作簿直接发来"),
        ("请解压后再放入", "请不要压缩，把工作簿直接发来"),
        (
            "请解压后再放入；上报包不要解压，请把环境变量 XLREPORT_LIMITS 设得更大，再运行一次",
            "请不要压缩，把工作簿直接发来",
        ),
        ("7z、RAR 压缩包在这台电脑上没有程序能解开。", "7z、RAR 压缩包打不开。"),
        (
            "文件属于报表“safety_monthly”（2024 版），本机没有这个报表的定义。",
            "文件属于报表“safety_monthly”（2024 版），不是这次要报的报表。",
        ),
        ("文件是图片，不是 Excel 工作簿。", "文件是图片，不是 Excel 工作簿。"),
        ("可用 xlreport refill 转成工作簿。", ""),
        ("“xlreport年报；请再运行.xlsx”已损坏；请单位重发", "“xlreport年报；请再运行.xlsx”已损坏；请重发"),
        ("按没有写明单位的报告核对：错误 2；请单位重发", "请重发"),
        ("", ""),
    ],
)
def test_a_unit_is_told_what_it_can_do(office: str, unit: str) -> None:
    assert to_unit(office) == unit
