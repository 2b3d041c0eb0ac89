"""Taking in what another system exported: bundles and NDJSON, each resource under the id it had.

Used by ``chartdesk import``. One file of JSON is one transaction; NDJSON is taken in parts. References
between the resources of a bundle become references to what was stored. Write rules and projections run as
for every write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.record import bundles
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.bundles.entries import Entry, head_of
from chartdesk.standards import fhir

#: Resources of NDJSON that are written together.
PART = 500
Progress = Callable[[Path, int], None]


@dataclass(frozen=True)
class Imported:
    """What came in: how many resources of how many files."""

    files: int
    resources: int


def import_bundles(subject: Subject, paths: Iterable[Path], progress: Progress | None = None) -> Imported:
    """Import files of bundles, single resources or NDJSON (``.ndjson``); folders are searched for them.

    ``progress`` is told each file and its number of resources. Raises Invalid and what else a write raises,
    naming file and entry; the files before it stay imported. Needs the role of manager.
    """
    subject.require(Role.MANAGER)
    files = resources = 0
    for path in _files(paths):
        count = 0
        for entries in _parts(path):
            try:
                bundles.transaction_of(subject, entries, projection=True, detail=f"import of {path.name}")
            except ChartdeskError as fault:
                fault.message = f"{path.name}: {fault.message}"
                raise
            count += len(entries)
        files, resources = files + 1, resources + count
        if progress is not None:
            progress(path, count)
    return Imported(files, resources)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.suffix in (".json", ".ndjson"))
        elif path.exists():
            yield path
        else:
            raise Invalid(f"There is no file {path}.", cure="Check its name.")


def _parts(path: Path) -> Iterator[list[Entry]]:
    if path.suffix == ".ndjson":
        part: list[Entry] = []
        with path.open("rb") as file:
            for number, line in enumerate(file):
                if line.strip():
                    part.append(_single(line, number))
                if len(part) == PART:
                    yield part
                    part = []
        if part:
            yield part
        return
    body = path.read_bytes()
    if head_of(body, path.name).resource_type != "Bundle":
        yield [_single(body, 0)]
        return
    entries = bundles.opened(body).entries
    for entry in entries:
        entry.method, entry.id = "PUT", entry.own_id or new_id()
    yield [entry for entry in entries if entry.body]


def _single(body: bytes, position: int) -> Entry:
    resource = fhir.decode(body)
    id = resource.id or new_id()
    return Entry(position, "", "PUT", resource.resourceType, id, [], body, own_id=id)
