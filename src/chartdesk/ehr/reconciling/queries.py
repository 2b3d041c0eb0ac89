"""Reading documents from outside, how they compare with our chart, and the summaries that we wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chartdesk.ehr.charting import allergies, problems
from chartdesk.ehr.medications import queries as medications
from chartdesk.ehr.orders import attachments
from chartdesk.ehr.reconciling import items
from chartdesk.ehr.reconciling.models import Decision, IncomingDocument, Summary
from chartdesk.ehr.reconciling.rules import ALLERGIES, KINDS, MEDICATIONS, PROBLEMS, Line, Ours, compare
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.standards import ccda
from chartdesk.standards.ccda.document import Attached, Document

READERS = (Role.CLINICIAN, Role.NURSE)
#: Who may see that there are documents, not what they say.
LISTERS = (*READERS, Role.FRONT_DESK, Role.MANAGER)
#: Documents that a list shows at once.
MOST = 200


@dataclass(frozen=True)
class IncomingView:
    """A document from outside as a list shows it. ``state`` is open, done or dismissed."""

    incoming_id: int
    patient_id: str
    document_id: str
    title: str
    author: str
    custodian: str
    made: str
    source: str
    received: datetime
    state: str
    closed: datetime | None
    closed_name: str
    note: str


@dataclass(frozen=True)
class DecisionView:
    """What was decided about an item, by whom and when."""

    kind: str
    state: str
    choice: str
    theirs: str
    ours: str
    changed: list[str]
    note: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Reconciliation:
    """A document beside our chart: by list, the lines that are undecided and the decisions that were made."""

    view: IncomingView
    document: Document
    lines: dict[str, list[Line]]
    decisions: dict[str, list[DecisionView]]
    #: Lists that the document does not have, which is not the same as an empty one.
    silent: list[str]

    @property
    def undecided(self) -> int:
        """How many lines somebody still has to decide about."""
        return sum(line.open for lines in self.lines.values() for line in lines)


@dataclass(frozen=True)
class SummaryView:
    """A summary or referral that we wrote."""

    summary_id: int
    patient_id: str
    document_id: str
    attachment: str
    kind: str
    recipient: str
    name: str
    at: datetime
    channel: str
    sent: datetime | None


def of_patient(subject: Subject, patient_id: str) -> list[IncomingView]:
    """The documents from outside in a chart, the newest first."""
    subject.require(*LISTERS)
    with reading(subject):
        rows = list(IncomingDocument.objects.filter(practice=subject.practice, patient=patient_id).order_by("-pk"))
        audit.record(subject, "R", "outside documents", patient=patient_id)
        return [_view(row) for row in rows]


def waiting(subject: Subject, limit: int = MOST) -> list[IncomingView]:
    """The documents that nobody has finished with, the oldest first; of very many the first ``limit``."""
    subject.require(*READERS)
    with reading(subject):
        rows = IncomingDocument.objects.filter(practice=subject.practice, state="open").order_by("pk")[:limit]
        found = [_view(row) for row in rows]
        seen = [audit.Touched("R", "outside document", str(one.incoming_id), 0, one.patient_id) for one in found]
        audit.record_many(subject, seen)
        return found


def reconciliation(subject: Subject, incoming_id: int) -> Reconciliation:
    """A document with its sections, and its lists beside ours. Raises NotFound, Forbidden."""
    subject.require(*READERS)
    with reading(subject):
        row = _row(subject, incoming_id)
        document = _content(subject, row)
        made = _decisions(row)
        lines = {kind: _undecided(subject, row, document, kind, made) for kind in KINDS} if row.state == "open" else {}
        audit.record(subject, "R", "outside document", patient=row.patient, resource_id=str(row.pk))
    decisions = {kind: [_decision(one) for one in made if one.kind == kind] for kind in KINDS}
    silent = [kind for kind in KINDS if not any(section.kind == kind for section in document.sections)]
    return Reconciliation(_view(row), document, lines, decisions, silent)


def undecided(subject: Subject, row: IncomingDocument) -> list[Line]:
    """Every line of a document that nobody has decided about, as our chart stands now."""
    document, made = _content(subject, row), _decisions(row)
    return [line for kind in KINDS for line in _undecided(subject, row, document, kind, made)]


def original(subject: Subject, incoming_id: int) -> attachments.Opened:
    """The document's bytes as they came. Raises NotFound, Forbidden."""
    subject.require(*READERS)
    with reading(subject):
        return attachments.opened(subject, _row(subject, incoming_id).attachment)


def attached(subject: Subject, incoming_id: int) -> Attached:
    """The file that a document carries instead of sections. Raises NotFound, Forbidden."""
    subject.require(*READERS)
    with reading(subject):
        row = _row(subject, incoming_id)
        found = _content(subject, row).attached
    if found is None:
        raise NotFound("The document carries no file.", where="document")
    return found


def summaries(subject: Subject, patient_id: str) -> list[SummaryView]:
    """The summaries and referrals that we wrote of a patient, the newest first."""
    subject.require(*LISTERS)
    with reading(subject):
        rows = list(Summary.objects.filter(practice=subject.practice, patient=patient_id).order_by("-pk"))
        audit.record(subject, "R", "summaries", patient=patient_id)
        return [_summary(row) for row in rows]


def written(subject: Subject, summary_id: int) -> tuple[SummaryView, bytes]:
    """A summary of ours with its bytes. Raises NotFound, Forbidden."""
    subject.require(*READERS)
    with reading(subject):
        row = Summary.objects.filter(practice=subject.practice, pk=summary_id).first()
        if row is None:
            raise NotFound(f"There is no summary {summary_id}.", where="summary")
        return _summary(row), attachments.opened(subject, row.attachment).content


def _row(subject: Subject, incoming_id: int) -> IncomingDocument:
    row = IncomingDocument.objects.filter(practice=subject.practice, pk=incoming_id).first()
    if row is None:
        raise NotFound(f"There is no document {incoming_id} from outside.", where="document")
    return row


def _content(subject: Subject, row: IncomingDocument) -> Document:
    return ccda.read(attachments.opened(subject, row.attachment).content)


def _decisions(row: IncomingDocument) -> list[Decision]:
    return list(Decision.objects.filter(practice=row.practice, document=row).order_by("pk"))


def _undecided(
    subject: Subject, row: IncomingDocument, document: Document, kind: str, made: Iterable[Decision]
) -> list[Line]:
    decided = {one.key for one in made if one.kind == kind}
    theirs = items.theirs(kind, document)
    lines = compare(kind, theirs, _ours(subject, row.patient, kind))
    if not document.has(kind):
        # What a document is silent about says nothing of what we have.
        lines = [line for line in lines if line.state != "ours"]
    # What was taken over for a decided item is not "ours alone".
    written = {name.partition("/")[2] for one in made for name in one.changed}
    return [line for line in lines if line.key not in decided and not (line.state == "ours" and _id(line) in written)]


def _id(line: Line) -> str:
    return line.ours.id if line.ours else ""


def _ours(subject: Subject, patient_id: str, kind: str) -> list[Ours]:
    if kind == PROBLEMS:
        return items.our_problems(problems.every(subject, patient_id))
    if kind == ALLERGIES:
        return items.our_allergies(allergies.active(subject, patient_id))
    assert kind == MEDICATIONS
    return items.our_medications(medications.every(subject, patient_id))


def _view(row: IncomingDocument) -> IncomingView:
    return IncomingView(
        row.pk,
        row.patient,
        row.document,
        row.title,
        row.author,
        row.custodian,
        row.made,
        row.source,
        row.received,
        row.state,
        row.closed,
        row.closed_name,
        row.note,
    )


def _decision(row: Decision) -> DecisionView:
    return DecisionView(row.kind, row.state, row.choice, row.theirs, row.ours, row.changed, row.note, row.name, row.at)


def _summary(row: Summary) -> SummaryView:
    return SummaryView(
        row.pk,
        row.patient,
        row.document,
        row.attachment,
        row.kind,
        row.recipient,
        row.name,
        row.at,
        row.channel,
        row.sent,
    )
