"""Reading orders, the in-box, and a result with its values, its documents and what was signed under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from chartdesk.ehr.elements import id_of, moment_of, words
from chartdesk.ehr.orders import rules, values
from chartdesk.ehr.orders.content import Coded
from chartdesk.ehr.orders.models import Order, Result, SignOff
from chartdesk.ehr.orders.resources import NUMBER
from chartdesk.ehr.orders.values import Value
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit, store
from chartdesk.record import reading as several
from chartdesk.record.access import Role, Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

READERS = (Role.CLINICIAN, Role.NURSE)
#: Lines of a patient's chart.
MOST = 200


@dataclass(frozen=True)
class OrderView:
    """An order with everything that goes out with it. ``row`` holds what lists show."""

    row: Order
    version: int
    code: Coded
    priority: str
    diagnoses: list[tuple[str, str]]
    notes: list[str]
    requester: str
    requester_id: str
    performer: str
    instructions: str
    specimen: str
    taken: datetime | None
    results: list[Result] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A document of a result: what it is called, and the key of its bytes (empty where they are elsewhere)."""

    title: str
    media_type: str
    key: str
    size: int


@dataclass(frozen=True)
class ResultView:
    """A result as its page shows it."""

    row: Result
    values: list[Value]
    documents: list[Document]
    conclusion: str
    taken: datetime | None
    specimen: str
    signatures: list[SignOff]
    order: Order | None

    @property
    def signed(self) -> bool:
        """Whether nothing is to be signed."""
        return self.row.state == "signed"


def inbox(subject: Subject, practitioner: str | None = None, *, waiting: bool = True) -> QuerySet[Result]:
    """Lines of the in-box of a clinician (empty: nobody's; None: everybody's), the most pressing first.

    With ``waiting`` false those that are signed, the latest first. Read them inside ``transaction(subject)``.
    """
    subject.require(*READERS)
    rows = Result.objects.filter(practice=subject.practice, state="open" if waiting else "signed")
    if practitioner is not None:
        rows = rows.filter(practitioner=practitioner)
    return rows.order_by("-level", "received", "pk") if waiting else rows.order_by("-signed", "-pk")


def noted(subject: Subject, rows: list[Result]) -> list[Result]:
    """The same lines, their reading written down. Call it inside ``transaction(subject)``."""
    audit.record_many(
        subject,
        [audit.Touched("R", row.type, row.resource, row.version, row.patient) for row in rows],
        detail="in-box",
    )
    return rows


def waiting(subject: Subject, practitioner: str) -> tuple[int, int]:
    """How many lines wait in a clinician's in-box and in nobody's, and how many of them are critical."""
    with reading(subject):
        rows = Result.objects.filter(practice=subject.practice, state="open", practitioner__in={practitioner, ""})
        levels = list(rows.values_list("level", flat=True))
    return len(levels), levels.count(rules.CRITICAL)


def of_patient(subject: Subject, patient_id: str, *, limit: int = MOST) -> list[Result]:
    """The patient's results and documents from outside, the latest first."""
    subject.require(*READERS)
    with reading(subject):
        rows = Result.objects.filter(practice=subject.practice, patient=patient_id).order_by("-issued", "-pk")
        return noted(subject, list(rows[:limit]))


def orders_of(subject: Subject, patient_id: str, *, limit: int = MOST) -> list[Order]:
    """The patient's orders, the latest first."""
    subject.require(*READERS)
    with reading(subject):
        rows = Order.objects.filter(practice=subject.practice, patient=patient_id).order_by("-ordered", "-pk")
        found = list(rows[:limit])
        touched = [audit.Touched("R", "ServiceRequest", row.request, 0, row.patient) for row in found]
        audit.record_many(subject, touched, detail="list")
        return found


def order(subject: Subject, request_id: str) -> OrderView:
    """One order. Raises NotFound, Forbidden."""
    subject.require(*READERS)
    with reading(subject):
        row = Order.objects.filter(practice=subject.practice, request=request_id).first()
        if row is None:
            raise NotFound(f"There is no order {request_id}.", where="order")
        stored = store.get(subject, "ServiceRequest", request_id, why="order")
        found = stored.resource
        assert isinstance(found, r4.ServiceRequest)
        specimen, taken = _specimen(subject, found)
        results = Result.objects.filter(practice=subject.practice, order=request_id).order_by("issued", "pk")
        return OrderView(
            row=row,
            version=stored.version,
            code=_code(found.code),
            priority=found.priority or "routine",
            diagnoses=[_diagnosis(one) for one in found.reasonCode],
            notes=[one.text for one in found.note if one.text],
            requester=(found.requester.display or "") if found.requester else "",
            requester_id=id_of(found.requester),
            performer=next((one.display or "" for one in found.performer), ""),
            instructions=found.patientInstruction or "",
            specimen=specimen,
            taken=taken,
            results=list(results),
        )


def number_of(found: r4.ServiceRequest) -> str:
    """The number of ours that an order carries; empty where somebody else wrote it."""
    return next((one.value or "" for one in found.identifier if one.system == NUMBER), "")


def result(subject: Subject, result_id: int) -> ResultView:
    """One result with everything. Raises NotFound, Forbidden."""
    subject.require(*READERS)
    with reading(subject):
        row = Result.objects.filter(practice=subject.practice, pk=result_id).first()
        if row is None:
            raise NotFound(f"There is no result {result_id}.", where="result")
        found = store.get(subject, row.type, row.resource, why="in-box").resource
        signatures = list(row.signatures.order_by("at", "pk"))
        asked = Order.objects.filter(practice=subject.practice, request=row.order).first() if row.order else None
        if isinstance(found, r4.DocumentReference):
            forms = [one.attachment for one in found.content if one.attachment is not None]
            return ResultView(row, [], [_document(one) for one in forms], "", None, "", signatures, asked)
        assert isinstance(found, r4.DiagnosticReport)
        given = values.of_report(subject, found)
        return ResultView(
            row=row,
            values=given,
            documents=[_document(one) for one in found.presentedForm],
            conclusion=found.conclusion or "",
            taken=moment_of(found.effectiveDateTime),
            specimen=next((one.specimen for one in given if one.specimen), ""),
            signatures=signatures,
            order=asked,
        )


def next_steps() -> list[tuple[str, str]]:
    """What may follow a signature, with its words."""
    return [(code, said[0]) for code, said in rules.NEXT.items()]


def _document(found: r4.Attachment) -> Document:
    url = found.url or ""
    key = url.removeprefix("Binary/") if url.startswith("Binary/") else ""
    return Document(found.title or "Document", found.contentType or "", key, found.size or 0)


def _code(found: r4.CodeableConcept | None) -> Coded:
    first = next((one for one in found.coding if one.code), None) if found else None
    return Coded(first.code or "" if first else "", first.system or "" if first else "", words(found))


def _diagnosis(found: r4.CodeableConcept) -> tuple[str, str]:
    code = next((one.code or "" for one in found.coding if one.system == icd10.SYSTEM), "")
    return code, words(found)


def _specimen(subject: Subject, found: r4.ServiceRequest) -> tuple[str, datetime | None]:
    ids = [id_of(one) for one in found.specimen]
    stored = several.several(subject, "Specimen", [one for one in ids if one], why="order")
    for one in stored.values():
        assert isinstance(one.resource, r4.Specimen)
        collected = one.resource.collection
        return words(one.resource.type), moment_of(collected.collectedDateTime) if collected else None
    return "", None


def patients_of(subject: Subject, numbers: Iterable[str]) -> list[str]:
    """The patients of the orders of ours with these numbers."""
    wanted = [one for one in numbers if one]
    if not wanted:
        return []
    with reading(subject):
        rows = Order.objects.filter(practice=subject.practice, number__in=wanted).order_by("pk")
        return list(dict.fromkeys(rows.values_list("patient", flat=True)))
