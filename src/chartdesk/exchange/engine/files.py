"""Channels as files: one JSON file each, sorted and indented, to be kept under version control.

What a page shows and what a file holds is the same document; secrets are in neither.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chartdesk.exchange.engine import answering, channels, checking, steering
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.models import Channel
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record.access.subject import CONNECTORS, Subject


@dataclass(frozen=True)
class Compared:
    """A file held against the channel of its name: ``new``, ``changed``, ``same``, or ``wrong`` with its faults."""

    file: Path
    name: str
    state: str
    faults: list[str]


def written(document: ChannelDocument) -> str:
    """A document as the text of its file."""
    return json.dumps(msgspec.to_builtins(document), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read(file: Path) -> ChannelDocument:
    """The document of a file. Raises Invalid with the file's name for one that is none."""
    try:
        document = channels.document(json.loads(file.read_text("utf-8")))
    except OSError as fault:
        raise Invalid(f"{file}: cannot be read: {fault.strerror or fault}.") from None
    except ValueError as fault:
        raise Invalid(f"{file}: is not JSON in UTF-8: {fault}.") from None
    except Invalid as fault:
        raise Invalid(fault.message, where=f"{file}: {fault.where}") from None
    if document.name != file.stem:
        raise Invalid(f"The channel's name is {document.name}.", cure="Name the file after it.", where=str(file))
    return document


def export(subject: Subject, folder: Path) -> list[Path]:
    """Write every channel of the practice into ``folder``; files of channels that are not there stay."""
    subject.require(*CONNECTORS)
    with reading(subject):
        documents = [
            channels.document(content)
            for content in Channel.objects.filter(practice=subject.practice)
            .order_by("name")
            .values_list("document", flat=True)
        ]
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for one in documents:
        file = folder / f"{one.name}.json"
        file.write_text(written(one), "utf-8")
        made.append(file)
    return made


def compare(subject: Subject, folder: Path) -> list[Compared]:
    """What an import of ``folder`` would do. Raises Invalid for a folder that is none, Forbidden."""
    subject.require(*CONNECTORS)
    if not folder.is_dir():
        raise Invalid(f"{folder} is not a folder.")
    found = []
    with reading(subject):
        known = dict(Channel.objects.filter(practice=subject.practice).values_list("name", "document"))
    documents: dict[Path, ChannelDocument] = {}
    for file in sorted(folder.glob("*.json")):
        try:
            documents[file] = read(file)
        except Invalid as fault:
            found.append(Compared(file, file.stem, "wrong", [str(fault)]))
    coming = {one.name: one.direction for one in documents.values()}
    for file, document in documents.items():
        unanswered = answering.fault(subject, document.answers_to, coming=coming)
        faults = checking.findings(document) + ([unanswered] if unanswered else [])
        before = known.get(document.name)
        same = before is not None and channels.document(before) == document
        state = "wrong" if faults else "same" if same else "new" if before is None else "changed"
        found.append(Compared(file, document.name, state, faults))
    return sorted(found, key=lambda one: one.file)


def bring_in(subject: Subject, folder: Path) -> list[Compared]:
    """Write every channel that is new or changed, all of them or none; new ones are paused until somebody resumes them.

    Raises Invalid with every fault of every file.
    """
    found = compare(subject, folder)
    faults = [f"{one.file.name}: {fault}" for one in found for fault in one.faults]
    if faults:
        raise Invalid("Nothing was brought in.", cure="Mend the files.", issues=faults)
    wanted = [read(one.file) for one in found if one.state in ("new", "changed")]
    with transaction(subject):
        # Those that answer by another come after it.
        for document in sorted(wanted, key=lambda one: bool(one.answers_to)):
            steering.save(subject, document, paused=True)
    return found
