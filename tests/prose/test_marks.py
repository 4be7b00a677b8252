"""Marks of secrecy and internal use, as against words that speak of them."""

from __future__ import annotations

import pytest

from xlreport.prose.alphabet import fold
from xlreport.prose.marks import internal_marks, may_be_internal, secrecy_marks


@pytest.mark.parametrize(
    "text",
    [
        "属于国家秘密的不予公开。",
        "国家秘密分为绝密、机密、秘密三级。",
        "国家秘密（绝密、机密、秘密）不得上网。",
        "涉及商业秘密、个人隐私的先行处理。",
        "坚持上网信息不涉密，防止泄露国家秘密和工作秘密。",
        "涉及内部资料的不予公开。",
        "属于内部事务信息的3件，内部管理制度2项。",
        "标注“内部资料”的文件单独存放。",
        "内网系统仅供内部使用。",
        "机密文件由专人保管。",
        "妥善保管申请材料，注意保存过程记录。",
        "分为“绝密”“机密”“秘密”三级。",
        "●机密文件管理到位",
        "绝密级不超过三十年，机密级不超过二十年。",
        "核对机密性、完整性。",
        "此件公开发布",
        "公开属性：主动公开",
        "公开属性：不予公开、依申请公开、主动公开三种。",
        "公开属性：不予公开的说明理由。",
        "标注“此件不公开”的文件单独存放。",
        "工作秘密不公开。",
        "内部资料管理制度",
        "内部★级评定",
        "（内部）培训两次",
        "试题启用前由专人保管，防止泄露秘密。",
        "工作秘密管理制度。工作秘密清单",
    ],
)
def test_words_that_speak_of_secrets_are_no_marks(text: str) -> None:
    assert list(secrecy_marks(fold(text))) == []
    assert list(internal_marks(fold(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "机密★5年",
        "秘密★",
        "★秘密",
        "密级：秘密",
        "关于防汛的通知（秘密）",
        "【机密】方案",
        "绝密\n方案",
        "机  密",
        "秘密★长期",
        "机密☆",
        "机密◆10年",
        "秘密■长期",
        "机 密 ★ 十年",
        "机.密★",
        "“机密”",
        "密 级：机密",
        "保密等级为“秘密”",
        "秘密（5年）",
        "密级：工作秘密",
        "机密·启用前",
        "绝密★启用前",
        "祕密★",
        "工作秘密\n方案",
        "■机密■",
    ],
)
def test_marks_of_secrecy(text: str) -> None:
    assert len(list(secrecy_marks(fold(text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "内部资料，不得外传",
        "【内部文件】",
        "会议纪要（内部资料）",
        "工作已完成。内部资料 注意保存",
        "仅供内部参考\n正文",
        "内 部 资 料",
        "内.部.资.料",
        "内部\n资料",
        "“内部资料”",
        "（此件不公开）",
        "此件不予公开。",
        "内部文件 严禁外传",
        "内部资料  请勿转发",
        "公开属性：不予公开",
        "正文。（公开方式:不公开）",
        "【内部】",
        "内部★5年",
        "内部事项，不得外传",
    ],
)
def test_marks_of_internal_use(text: str) -> None:
    (spot,) = internal_marks(fold(text))
    assert may_be_internal(f"另一段文字。\n{fold(text).text}\n再一段文字。")
    assert spot.sure


def test_a_thing_for_internal_use_is_not_sure() -> None:
    (spot,) = internal_marks(fold("查询终端（仅供内部使用）两台"))
    assert not spot.sure
