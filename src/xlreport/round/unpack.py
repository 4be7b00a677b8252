"""Opening what came: mails, mailboxes and archives, down to single files, which are kept by their content.

What each of them is, `looked.py` tells; `take.py` asks both, and puts down what becomes a return.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xlreport.files import write_whole
from xlreport.formats import compound
from xlreport.formats.archives import DEEPEST, Unpacking
from xlreport.formats.digest import digest_of
from xlreport.formats.foreign import Unopened
from xlreport.formats.mail import Attachment, Envelope, attachments, messages_of
from xlreport.formats.msg import attachments_of
from xlreport.formats.sniff import FileKind, kind_of
from xlreport.formats.tnef import DamagedWinmail, files_in
from xlreport.frozen import frozen
from xlreport.round.inside import Bundle, BundleFound, bundle_in, fits, id_of
from xlreport.round.manifest import MANIFEST, SUM, BadManifest
from xlreport.round.place import original_name
from xlreport.round.sources import Source

_MOST_BYTES = 2**30
_MSG_DAMAGED = "是 Outlook 保存的邮件（.msg），已损坏，读不出里面的附件；请用普通格式重发"
_WINMAIL_DAMAGED = "是 Outlook 的 winmail.dat，已损坏，读不出里面的附件；请单位用普通格式重发"
_NOBODY = Envelope("", None, "", "")
_READ_ONLY, _WRITABLE = 0o444, 0o222
MISFIT = "与上报清单不符：传输中损坏，或被改过"


@frozen
class Piece:
    """One attachment or file. `key` tells it when it comes again; `file` is its name among the originals.

    `trouble` says why it could not be opened; a link has no file. A bundle that an office has handed up is a
    piece before its members are; its file is the sum, if that is there. `member` is the place in the bundle.
    """

    key: str
    name: str
    sha256: str
    file: str
    source: str
    kind: FileKind
    envelope: Envelope
    trouble: str = ""
    is_link: bool = False
    bundle: Bundle | None = None
    member: str = ""

    def original(self, originals: Path) -> Path:
        """Where its content lies."""
        return originals / self.file


def unpack(source: Source, originals: Path) -> tuple[Piece, ...]:
    """All pieces of a file, in order; their contents are among the originals by then."""
    if sum(path.stat().st_size for path in _files(source)) > _MOST_BYTES:
        words = "文件太大（超过 1 GB），没有打开。请分开放入收件"
        sha256 = digest_of(source.id.encode())
        return (Piece(sha256[:24], source.name, sha256, "", source.name, FileKind.OTHER, _NOBODY, words),)
    opener = _Opener(source.name, originals)
    if source.members:
        members = [(name, path.read_bytes()) for name, path in source.members]
        return tuple(opener.unpacked(members, source.name, f"file:{source.id}"))
    data = source.path.read_bytes()
    name = f"{source.path.name}.eml" if source.is_mail else source.path.name
    return tuple(opener.pieces(data, name, f"file:{source.id}", _NOBODY, 0))


def _files(source: Source) -> Iterator[Path]:
    yield from (path for _, path in source.members) if source.members else (source.path,)


class _Opener:
    """Walks one file; counts what is alike, so that every piece has a key of its own."""

    def __init__(self, source: str, originals: Path) -> None:
        self._source = source
        self._originals = originals
        self._unpacking = Unpacking()
        self._alike: Counter[tuple[str, str, str]] = Counter()

    def pieces(self, data: bytes, name: str, base: str, envelope: Envelope, depth: int) -> Iterator[Piece]:
        """`base` is the file, or the outermost mail, in which the pieces come."""
        kind = kind_of(data, name)
        if kind is FileKind.MAIL:
            yield from self._mail(data, base, depth)
        elif kind is FileKind.MAILBOX:
            yield from self._mailbox(data, name, base, envelope, depth)
        elif kind in (FileKind.ZIP, FileKind.PACKED):
            yield from self._archive(data, name, kind, base, envelope, depth)
        elif kind is FileKind.OUTLOOK:
            yield from self._saved_by_outlook(data, name, base, envelope, depth)
        elif kind is FileKind.WINMAIL:
            yield from self._winmail(data, name, base, envelope, depth)
        else:
            yield self._piece(data, name, kind, base, envelope)

    def unpacked(self, members: Sequence[tuple[str, bytes]], name: str, base: str) -> Iterator[Piece]:
        """A bundle of which the files lie in a folder; where its list cannot be used, the folder and why."""
        try:
            found = bundle_in(members)
            if found is None:  # it was changed since it was looked at
                raise BadManifest(f"上报包里缺少上报清单（{MANIFEST}）")
            yield from self._bundle(found, name, found.bundle.id, _NOBODY)
        except BadManifest as error:
            words, sha256 = f"{error}。{error.fix}", id_of(members)
            key = self._key(base, name, sha256)
            yield Piece(key, name, sha256, "", self._source, FileKind.OTHER, _NOBODY, words)

    def _mailbox(self, data: bytes, name: str, base: str, envelope: Envelope, depth: int) -> Iterator[Piece]:
        mails = list(messages_of(data))
        for mail in mails:
            yield from self._mail(mail, base, depth)
        if not mails:
            yield self._piece(data, name, FileKind.OTHER, base, envelope, "邮箱文件里没有读到邮件")

    def _mail(self, data: bytes, base: str, depth: int) -> Iterator[Piece]:
        yield from self._attached(data, *attachments(data), base, depth)

    def _saved_by_outlook(
        self, data: bytes, name: str, base: str, envelope: Envelope, depth: int
    ) -> Iterator[Piece]:
        """The attachments of a .msg file; where there are none, or it is damaged, the whole."""
        try:
            own, found = attachments_of(data)
        except compound.Damaged:
            yield self._piece(data, name, FileKind.OUTLOOK, base, envelope, _MSG_DAMAGED)
            return
        yield from self._attached(data, own, found, base, depth)
        if not found:
            yield self._piece(data, name, FileKind.OUTLOOK, base, own)

    def _attached(
        self, data: bytes, envelope: Envelope, found: Sequence[Attachment], base: str, depth: int
    ) -> Iterator[Piece]:
        """What came with a mail."""
        sha256 = digest_of(data)
        if not base.startswith("mail:"):
            base = f"mail:{envelope.id or sha256}"
        for attachment in found:
            if attachment.is_link:
                yield self._link(attachment, sha256, base)
            elif depth < DEEPEST:
                name, inner = attachment.name, attachment.envelope
                yield from self.pieces(attachment.data, name, base, inner, depth + 1)

    def _archive(
        self, data: bytes, name: str, kind: FileKind, base: str, envelope: Envelope, depth: int
    ) -> Iterator[Piece]:
        """Its members; where it cannot be unpacked, the archive itself with the reason."""
        try:
            if depth >= DEEPEST:
                raise Unopened("压缩包里套着的压缩包太多层", "请解压后再放入")
            unpacked = self._unpacking.members(data, kind)
            is_one = True
            while found := bundle_in(unpacked):
                is_one = is_one and not found.rest
                called = name if is_one else f"{name}/{found.folder.rstrip('/')}"
                yield from self._bundle(
                    found, called, digest_of(data) if is_one else found.bundle.id, envelope
                )
                unpacked = list(found.rest)
            for member, content in unpacked:
                yield from self.pieces(content, f"{name}/{member}", base, envelope, depth + 1)
        except Unopened as error:
            yield self._piece(data, name, kind, base, envelope, f"{error.message}。{error.fix}")
        except BadManifest as error:
            yield self._piece(data, name, kind, base, envelope, f"{error}。{error.fix}")

    def _winmail(self, data: bytes, name: str, base: str, envelope: Envelope, depth: int) -> Iterator[Piece]:
        """The files that Outlook has wrapped; where there are none, or it is damaged, the whole."""
        try:
            wrapped = files_in(data) if depth < DEEPEST else ()
        except DamagedWinmail:
            yield self._piece(data, name, FileKind.WINMAIL, base, envelope, _WINMAIL_DAMAGED)
            return
        for file in wrapped:
            yield from self.pieces(file.data, file.name, base, envelope, depth + 1)
        if not wrapped:
            yield self._piece(data, name, FileKind.WINMAIL, base, envelope)

    def _bundle(self, found: BundleFound, name: str, sha256: str, envelope: Envelope) -> Iterator[Piece]:
        """A bundle, then its sum and its returns; it is the same in whichever mail it comes.

        All that its lists have is kept, to be handed up further.
        """
        bundle, files = found.bundle, found.files
        base = f"bundle:{bundle.id}"
        listed = (member for member in files if member in bundle.hashes or member == MANIFEST)
        kept = {member: self._keep(files[member], digest_of(files[member]), member) for member in listed}
        key, file = self._key(base, "", bundle.id), kept.get(SUM, "")
        yield Piece(key, name, sha256, file, self._source, FileKind.ZIP, envelope, bundle=bundle)
        returns = [SUM, *(member for node in bundle.nodes for member, _ in node.units())]
        for member in dict.fromkeys(returns):
            if member in files:
                content, inner = files[member], f"{name}/{member}"
                trouble = "" if fits(bundle, member, content) else MISFIT
                of_member = kind_of(content, member)
                piece = self._piece(content, inner, of_member, base, envelope, trouble)
                yield replace(piece, member=member)

    def _link(self, attachment: Attachment, sha256: str, base: str) -> Piece:
        key = self._key(base, attachment.name, sha256)
        kind, envelope = FileKind.OTHER, attachment.envelope
        return Piece(key, attachment.name, sha256, "", self._source, kind, envelope, is_link=True)

    def _piece(
        self, data: bytes, name: str, kind: FileKind, base: str, envelope: Envelope, trouble: str = ""
    ) -> Piece:
        sha256 = digest_of(data)
        file = self._keep(data, sha256, name)
        return Piece(self._key(base, name, sha256), name, sha256, file, self._source, kind, envelope, trouble)

    def _keep(self, data: bytes, sha256: str, name: str) -> str:
        """Put the content among the originals, unless it is there."""
        path = self._originals / original_name(sha256, name)
        if not path.exists() or digest_of(path.read_bytes()) != sha256:
            write_whole(path, data, durable=True)
        if path.stat().st_mode & _WRITABLE:  # a run may have been killed between the two
            path.chmod(_READ_ONLY)
        return path.name

    def _key(self, base: str, name: str, sha256: str) -> str:
        self._alike[base, name, sha256] += 1
        parts = (base, name, sha256, str(self._alike[base, name, sha256]))
        return digest_of("\0".join(parts).encode(errors="backslashreplace"))[:24]
