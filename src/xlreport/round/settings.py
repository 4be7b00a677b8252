"""round.toml: what the office has set for a round, and every mistake in it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors, nearest
from xlreport.form.model import Form
from xlreport.frozen import frozen
from xlreport.roster.line import ListedUnit
from xlreport.unit import Unit

_SERVER = {"host": str, "port": int, "user": str, "security": str}
_KNOWN: Mapping[str, Mapping[str, type]] = {
    "": {"office": str, "form": str, "year": int, "due": date, "prior": str},
    "above": {"name": str, "email": str},
    "mail": {"from": str},
    "smtp": {**_SERVER, "per_minute": int},
    "imap": {**_SERVER, "folder": list},
}
_WORDS = {
    str: "文字（写在引号里）",
    int: "整数",
    date: "日期，如 2024-01-31（不加引号）",
    list: '文件夹的名称，或几个名称，如 ["INBOX", "垃圾邮件"]',
}
_SECURITY = ("tls", "starttls")
_INBOX = "INBOX"
_PER_MINUTE = 20
"""Providers take an account that sends more for one that was stolen."""


class SettingsErrors(Exception):
    """A file of settings that cannot be used, with all that is wrong with it."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(mistakes))


@frozen
class Server:
    """A mail server: the folders to fetch from, or how many mails it is given in a minute.

    The password is never part of the settings.
    """

    host: str
    port: int
    user: str
    security: str = "tls"
    folders: tuple[str, ...] = (_INBOX,)
    per_minute: int = _PER_MINUTE


@frozen
class Settings:
    """What is set. `due` is the day by which units have to report where the list says no other.

    `above` is the office to which the round is handed up, if it has an address.
    """

    office: str
    form: Form
    year: int
    due: date | None = None
    prior: str = ""
    above: ListedUnit | None = None
    sender: str = ""
    smtp: Server | None = None
    imap: Server | None = None

    @property
    def collected(self) -> tuple[int, str]:
        """The year and the form of the returns that are collected."""
        return self.year, self.form.id


def read_settings(path: Path) -> Settings:
    """The settings in a file. Raises SettingsErrors, OSError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsErrors([f"{path.name} 不是 UTF-8 编码，请另存为 UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsErrors([f"{path.name} 写得不合 TOML 的规定：{error}"]) from error
    mistakes = _misfits(path.name, data)
    mistakes += [f"{path.name} 缺少 {name}" for name in ("office", "form", "year") if name not in data]
    form = _form(data, mistakes)
    if mistakes or form is None:
        raise SettingsErrors(mistakes)
    return Settings(
        data["office"],
        form,
        data["year"],
        data.get("due"),
        data.get("prior", ""),
        _above(data.get("above", {})),
        data.get("mail", {}).get("from", ""),
        _server(data.get("smtp"), 465),
        _server(data.get("imap"), 993),
    )


def _misfits(file: str, data: Mapping[str, Any]) -> list[str]:
    """Unknown names, and values of another kind than theirs."""
    found = []
    for name, value in data.items():
        if name in _KNOWN and name and isinstance(value, dict):
            found += _misfits_in(f"{file} [{name}]", _KNOWN[name], value)
        elif name in _KNOWN:
            found.append(f"{file} 里的 {name} 应为一节，写成 [{name}]")
        else:
            found += _misfits_in(file, _KNOWN[""], {name: value})
    return found


def _misfits_in(place: str, known: Mapping[str, type], values: Mapping[str, object]) -> list[str]:
    found = []
    for name, value in values.items():
        if name not in known:
            meant = nearest(name, known)
            found.append(f"{place} 里没有 {name} 这一项" + (f"，是否为 {meant}？" if meant else ""))
        elif name == "folder":
            if not _folders(value):
                found.append(f"{place} 里的 folder 应为{_WORDS[list]}")
        elif type(value) is not known[name]:
            found.append(f"{place} 里的 {name} 应为{_WORDS[known[name]]}")
        elif name == "security" and value not in _SECURITY:
            found.append(f"{place} 里的 security 应为 {'、'.join(_SECURITY)} 之一")
        elif name == "per_minute" and isinstance(value, int) and value < 1:
            found.append(f"{place} 里的 per_minute 应为 1 以上的整数")
        elif name == "office" and not str(value).strip():
            found.append(f"{place} 里的 office 是空的")
    return found


def _form(data: Mapping[str, Any], mistakes: list[str]) -> Form | None:
    """The form; what is wrong with it, or with its year, is added to the mistakes."""
    name, year = data.get("form"), data.get("year")
    if not isinstance(name, str) or not isinstance(year, int):
        return None
    try:
        form = load_form(name)
    except (FileNotFoundError, FormErrors) as error:
        mistakes.append(f"form：{error}")
        return None
    if not form.serves(year):
        mistakes.append(f"报表 {name} 不适用于 {year} 年")
    return form


def _above(data: Mapping[str, Any]) -> ListedUnit | None:
    name, email = data.get("name", ""), data.get("email", "")
    return ListedUnit(0, Unit(name), emails=(email,)) if name and email else None


def _server(data: Mapping[str, Any] | None, port: int) -> Server | None:
    if not data or not data.get("host"):
        return None
    return Server(
        data["host"],
        data.get("port", port),
        data.get("user", ""),
        data.get("security", _SECURITY[0]),
        _folders(data.get("folder", _INBOX)),
        data.get("per_minute", _PER_MINUTE),
    )


def _folders(value: Any) -> tuple[str, ...]:
    """The folders that a text or a list of texts names; none where it is neither."""
    named = value if isinstance(value, list) else [value]
    return tuple(named) if all(isinstance(name, str) and name for name in named) else ()


def settings_text(office: str, form: str, year: int, prior: str = "") -> str:
    """The file for a new round, with what a clerk may want to set."""
    last_year = f"prior = {_quoted(prior)}" if prior else '# prior = "../上年收表"'
    return f"""\
# 收表的设置。改过以后，运行 xlreport round check 查对。
office = {_quoted(office)}
form = {_quoted(form)}
year = {year}
due = {year + 1}-01-31    # 报送期限；名单里写了期限的单位，以名单为准
{last_year}    # 上年的收表文件夹，或放着上年工作簿的文件夹：用来预填和核对

# 向上级上报的：写明上级和它的邮箱，结束收表、打包时就写好上报的邮件草稿。
[above]
name = ""    # 如 "栖川市人民政府"
email = ""

# 密码（邮箱的授权码）不写在这里，放在环境变量 XLREPORT_MAIL_PASSWORD 或系统的钥匙串里。
[mail]
from = ""    # 发件地址，如 "ogi@example.gov.cn"

[smtp]
host = ""    # 寄信服务器，如 "smtp.example.cn"；不填就只写草稿，不寄
port = 465
user = ""
security = "tls"    # tls 或 starttls
per_minute = {_PER_MINUTE}    # 每分钟最多寄几封；寄得太快，邮箱服务商会停用账号

[imap]
host = ""    # 收信服务器，如 "imap.example.cn"；不填就不收信
port = 993
user = ""
security = "tls"
folder = "INBOX"    # 收哪个文件夹；几个都收的，写成 ["INBOX", "垃圾邮件"]
"""


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)
