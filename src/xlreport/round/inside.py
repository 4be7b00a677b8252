"""What is inside a bundle: its list, those of the offices below, and every file against the list it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.formats.archives import DEEPEST
from xlreport.formats.digest import digest_of
from xlreport.frozen import frozen
from xlreport.round.manifest import MANIFEST, SUM, BadManifest, HandedUp, Manifest, read_manifest
from xlreport.round.place import EVENTS

_OWNER_FILE = "~$"


@frozen
class OfficeNode:
    """An office in a bundle: the folder in which its files lie, its list, and the offices down to it."""

    folder: str
    manifest: Manifest
    offices: tuple[str, ...]

    def units(self) -> Iterator[tuple[str, HandedUp]]:
        """Its units that have a return, each with the member that it is."""
        for unit in self.manifest.units:
            if unit.file:
                yield self.folder + unit.file, unit


@frozen
class Bundle:
    """A bundle as it came. `id` is the same however it was packed; `listed` is the hash of its list.

    The nodes begin with the office that handed it up; `hashes` are by member, as the lists have them;
    `faults` are those of lists and files.
    """

    id: str
    listed: str
    nodes: tuple[OfficeNode, ...]
    hashes: Mapping[str, str]
    faults: tuple[str, ...]

    @property
    def manifest(self) -> Manifest:
        """The list of the office that handed it up."""
        return self.nodes[0].manifest


@frozen
class BundleFound:
    """A bundle in an archive: the folder in which it lies, its files by member, and what lies beside it."""

    bundle: Bundle
    folder: str
    files: Mapping[str, bytes]
    rest: Sequence[tuple[str, bytes]]


def bundle_in(members: Sequence[tuple[str, bytes]]) -> BundleFound | None:
    """The first bundle in an archive; None where there is none. Raises BadManifest.

    A bundle may have been unpacked and packed again with the folder it lay in, and with other files.
    """
    names = {name for name, _ in members}
    for folder in (name.removesuffix(EVENTS) for name in names if name.rpartition("/")[2] == EVENTS):
        if f"{folder}{SUM}" in names and f"{folder}{MANIFEST}" not in names:
            raise BadManifest(f"上报包里缺少上报清单（{MANIFEST}）")
    places = [name for name, _ in members if name.rpartition("/")[2] == MANIFEST]
    top = min(places, key=lambda name: name.count("/"), default=MANIFEST).removesuffix(MANIFEST)
    inside = [(name.removeprefix(top), data) for name, data in members if name.startswith(top)]
    files = dict(inside)
    if MANIFEST not in files:
        return None
    doubled = [name for name, count in Counter(name for name, _ in {*inside}).items() if count > 1]
    if MANIFEST in doubled:
        raise BadManifest(f"上报包里有几份不同的上报清单（{MANIFEST}）")
    manifest = read_manifest(files[MANIFEST])
    if manifest is None:
        return None
    nodes = tuple(_nodes(files, OfficeNode("", manifest, (manifest.office,))))
    hashes = {n.folder + name: hash_ for n in nodes for name, hash_ in n.manifest.files.items()}
    listed = digest_of(files[MANIFEST])
    faults = [f"有几份不同的文件都叫 {name}，分不清用哪一份" for name in sorted(doubled)]
    faults += _faults(files, hashes, nodes)
    bundle = Bundle(id_of(inside), listed, nodes, hashes, tuple(faults))
    return BundleFound(bundle, top, files, [member for member in members if not member[0].startswith(top)])


def _nodes(files: Mapping[str, bytes], node: OfficeNode) -> Iterator[OfficeNode]:
    """The office and those below it, of which the list is as the one above says."""
    yield node
    for unit in node.manifest.units if len(node.offices) <= DEEPEST else ():
        name = f"{unit.below}{MANIFEST}"
        data = files.get(node.folder + name)
        if unit.below and data is not None and digest_of(data) == node.manifest.files.get(name):
            manifest = read_manifest(data)
            if manifest is not None:
                yield from _nodes(
                    files, OfficeNode(node.folder + unit.below, manifest, (*node.offices, unit.name))
                )


def _faults(
    files: Mapping[str, bytes], hashes: Mapping[str, str], nodes: Sequence[OfficeNode]
) -> Iterator[str]:
    """What is missing, changed or added, but for returns and sums, of which more is to be said."""
    returns = {name for node in nodes for name, _ in node.units()}
    returns |= {node.folder + SUM for node in nodes}
    for name, hash_ in hashes.items():
        if name not in returns and name not in files:
            yield f"缺少文件 {name}"
        elif name not in returns and digest_of(files[name]) != hash_:
            yield f"文件 {name} 与上报清单不符：传输中损坏，或被改过"
    known = {*hashes, MANIFEST}
    added = (name for name in files if name not in known and not is_owner_file(name))
    yield from (f"多出文件 {name}，上报清单里没有，没有采用" for name in added)
    found = {node.folder for node in nodes}
    for node in nodes:
        for unit in node.manifest.units:
            if unit.below and node.folder + unit.below not in found:
                yield f"{unit.name}的上报清单缺少或与上一级的清单不符"


def fits(bundle: Bundle, name: str, data: bytes) -> bool:
    """True for a member that is what its list says."""
    return digest_of(data) == bundle.hashes.get(name)


def is_owner_file(name: str) -> bool:
    """True for what Excel and WPS lay beside a workbook that is open."""
    return name.rpartition("/")[2].startswith(_OWNER_FILE)


def is_bundle(data: bytes) -> bool:
    """True for the list of a bundle, usable or not."""
    try:
        return read_manifest(data) is not None
    except BadManifest:
        return True


def id_of(files: Iterable[tuple[str, bytes]]) -> str:
    """What tells files from others: the same in whatever order they come, and however often each."""
    lines = (f"{name}\0{digest_of(data)}\n" for name, data in sorted({*files}))
    return digest_of("".join(lines).encode(errors="backslashreplace"))
