"""Taking in what another system exported: bundles and NDJSON, each resource under the id it had.

Used by ``chartdesk import``. One file of JSON is one transaction; NDJSON is taken in parts. References
between the resources of a bundle become references to what was stored. Write rules and projections run as
for every write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.record import bundles
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.bundles.entries import Entry, head_of
from chartdesk.standards import fhir

#: Resources of NDJSON that are written together.
PART = 500
Progress = Callable[[str], None]


@dataclass
class Report:
    """What came in, and what did not: a sentence for each file or part of one that was refused."""

    imported: int = 0
    refused: list[str] = field(default_factory=list)


def import_bundles(subject: Subject, paths: Iterable[Path], progress: Progress | None = None) -> Report:
    """Import files of bundles, single resources or NDJSON (``.ndjson``); folders are searched for them.

    A refused file, or part of one, leaves nothing behind and the others are taken. ``progress`` is told a
    sentence for each file. Raises Forbidden without the role of manager, Invalid for a missing file.
    """
    subject.require(Role.MANAGER)
    report = Report()
    for path in list(_files(paths)):
        before = report.imported
        try:
            for entries in _parts(path):
                _take(subject, path, entries, report)
        except ChartdeskError as fault:
            report.refused.append(f"{path.name}: {fault}")
        if progress is not None:
            progress(f"{path.name}: {report.imported - before} resources")
    return report


def _take(subject: Subject, path: Path, entries: list[Entry], report: Report) -> None:
    try:
        bundles.transaction_of(subject, entries, projection=True, detail=f"import of {path.name}")
        report.imported += len(entries)
    except ChartdeskError as fault:
        report.refused.append(f"{path.name}: {fault}")


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
