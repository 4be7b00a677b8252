"""The folder of a round: where everything in it stands, and the refusal when something cannot be done."""

from __future__ import annotations

import re
from pathlib import Path

from xlreport.frozen import frozen

SETTINGS, LIST, EVENTS, LEDGER = "round.toml", "名单.xlsx", "事件.jsonl", "ledger.sqlite"
SUM_FILE = "汇总.xlsx"
BOARD, PAGE, KEY, LOCK = "台账.xlsx", "台账.html", ".key", ".lock"
ISSUED, INBOX, ORIGINALS, OUTBOX, REPORTS = "下发", "收件", "原件", "待发", "报告"
DRAFTS_ASIDE = "已不需要"
LETTERS, WEB_MAIL, HANDED_UP = "信件", "网页邮箱", "上报"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class Refused(Exception):
    """What cannot be done as asked; the words say why and what to do."""


@frozen
class RoundFolder:
    """The folder of a round."""

    root: Path

    @property
    def settings(self) -> Path:
        """What the office has set."""
        return self.root / SETTINGS

    @property
    def list(self) -> Path:
        """The list of units."""
        return self.root / LIST

    @property
    def events(self) -> Path:
        """What happened: the truth, from which everything else is made."""
        return self.root / EVENTS

    @property
    def ledger(self) -> Path:
        """The same as tables, made anew whenever it is missing."""
        return self.root / LEDGER

    @property
    def board(self) -> Path:
        """Where the round stands, as a workbook."""
        return self.root / BOARD

    @property
    def page(self) -> Path:
        """Where the round stands, as a page."""
        return self.root / PAGE

    @property
    def key(self) -> Path:
        """The key of the seals, for its owner only."""
        return self.root / KEY

    @property
    def lock(self) -> Path:
        """Held by whoever changes the round."""
        return self.root / LOCK

    @property
    def issued(self) -> Path:
        """Workbooks for the units."""
        return self.root / ISSUED

    @property
    def inbox(self) -> Path:
        """Where the clerk drops what came."""
        return self.root / INBOX

    @property
    def originals(self) -> Path:
        """Attachments by the hash of their content, never changed."""
        return self.root / ORIGINALS

    @property
    def outbox(self) -> Path:
        """Drafts of mails."""
        return self.root / OUTBOX

    @property
    def reports(self) -> Path:
        """Reports of accepted returns."""
        return self.root / REPORTS

    @property
    def letters(self) -> Path:
        """The words of mails, for the office to change."""
        return self.root / LETTERS

    @property
    def web_mail(self) -> Path:
        """The drafts once more for those who send by a web page, a folder for each."""
        return self.root / WEB_MAIL

    @property
    def handed_up(self) -> Path:
        """Bundles for the level above, made when the round was closed."""
        return self.root / HANDED_UP

    @property
    def sum(self) -> Path:
        """The office's own report, filled with the sums, if it has made one."""
        return self.root / SUM_FILE

    @property
    def folders(self) -> tuple[Path, ...]:
        """All its folders."""
        return (self.issued, self.inbox, self.originals, self.outbox, self.reports, self.letters)


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters, "" where it has none."""
    match = _ENDING.search(name)
    return match[0].lower() if match else ""


def original_name(sha256: str, name: str) -> str:
    """What a file is called among the originals."""
    return f"{sha256}{ending_of(name)}"


def round_folder(folder: Path) -> RoundFolder:
    """The round in a folder. Raises Refused where there is none."""
    place = RoundFolder(folder.resolve())
    if not place.settings.is_file():
        raise Refused(
            f"{folder} 不是收表文件夹（里面没有 {SETTINGS}）。新建一次收表：xlreport round new {folder}"
        )
    return place
