"""What orders follows in the record: rows beside ServiceRequests and reports, whoever wrote these.

A report that another program writes lies in the in-box as one that came by message does, unless it is old: then it is
history, and filed without anybody asked.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from chartdesk.ehr.elements import code_in, date_of, id_of, moment_of, words
from chartdesk.ehr.orders import catalog, filing, queries, rules, values
from chartdesk.ehr.orders.filing import Filed
from chartdesk.ehr.orders.models import Order, Result
from chartdesk.ehr.orders.resources import KEY, SECTION, SNOMED
from chartdesk.kit import clock
from chartdesk.record import rules as record
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: Days after which a report that comes for the first time is history.
HISTORY = 90
_KINDS = {"108252007": "lab", "363679005": "imaging", "3457005": "referral"}
_IMAGING = frozenset({"RAD", "RUS", "CUS", "CTH", "NMR", "NMS", "RX", "XRC", "LP29684-5"})


def register() -> None:
    """Register the projections with the record. Safe to call twice."""
    record.after_write("ServiceRequest", follow_order)
    record.after_write("DiagnosticReport", follow_report)


def follow_order(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Keep the row of an order as its ServiceRequest says."""
    if new is None:
        if old is not None:
            Order.objects.filter(practice=subject.practice, request=old.id).update(status="entered-in-error")
        return
    found = new.resource
    if not isinstance(found, r4.ServiceRequest) or found.intent not in ("order", "original-order", "instance-order"):
        return
    facts = {
        "patient": new.patient,
        "practitioner": id_of(found.requester) if _is(found.requester, "Practitioner") else "",
        "encounter": id_of(found.encounter),
        "kind": next((kind for one in found.category if (kind := _KINDS.get(code_in(one, [SNOMED]), ""))), "lab"),
        "name": words(found.code) or "Order",
        "priority": found.priority or "routine",
        "status": found.status or "unknown",
        "ordered": _moment(found.authoredOn) or new.updated,
    }
    made = {**facts, "number": queries.number_of(found)}
    Order.objects.update_or_create(
        practice=subject.practice, request=new.id, defaults=facts, create_defaults={**made, "request": new.id}
    )


def follow_report(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Put a report that another program wrote into an in-box; what came by message is there already."""
    if new is None:
        if old is not None:
            rows = Result.objects.filter(practice=subject.practice, type="DiagnosticReport", resource=old.id)
            rows.filter(state="open").update(state="filed", status="entered-in-error")
        return
    found = new.resource
    if not isinstance(found, r4.DiagnosticReport) or any(one.system == KEY for one in found.identifier):
        return
    row = filing.standing(subject, "DiagnosticReport", [new.id]).get(new.id)
    if row is not None and old is not None and _says_the_same(old, found):
        # Only its patient was merged, or something beside the content: a signature still holds.
        Result.objects.filter(pk=row.pk).update(version=new.version)
        return
    shown = values.of_report(subject, found)
    flags = [one.flag for one in shown if not one.gone]
    issued = _moment(found.issued) or _moment(found.effectiveDateTime) or new.updated
    past = issued < clock.now() - timedelta(days=HISTORY)
    wrong = found.status == "entered-in-error"
    order = next((id_of(one) for one in found.basedOn if _is(one, "ServiceRequest")), "")
    filed = Filed(
        type="DiagnosticReport",
        resource=new.id,
        version=new.version,
        patient=new.patient,
        practitioner=_reader(subject, found, order),
        order=order,
        kind="imaging" if _sections(found) & _IMAGING else "lab",
        name=words(found.code) or "Report",
        status=found.status or "unknown",
        level=rules.level(flags),
        source=next((one.display or "" for one in found.performer), ""),
        issued=issued,
        row=row,
        state="filed" if (past or wrong) and (row is None or row.state == "filed") else "open",
        unsaid=not any(flags),
    )
    if new.patient:
        filing.file(subject, [filed], catalog.days(subject))
    if order:
        Order.objects.filter(practice=subject.practice, request=order, reported__isnull=True).update(reported=issued)


def _says_the_same(old: Stored, new: r4.DiagnosticReport) -> bool:
    if old.deleted or not isinstance(old.resource, r4.DiagnosticReport):
        return False
    return _content(old.resource) == _content(new)


def _content(found: r4.DiagnosticReport) -> bytes:
    return fhir.encode(msgspec.structs.replace(found, meta=None, subject=None))


def _reader(subject: Subject, found: r4.DiagnosticReport, order: str) -> str:
    """Whose in-box: of who ordered it, else of who is named as its interpreter."""
    row = Order.objects.filter(practice=subject.practice, request=order).first() if order else None
    if row is not None and row.practitioner:
        return str(row.practitioner)
    return next((id_of(one) for one in found.resultsInterpreter if _is(one, "Practitioner")), "")


def _sections(found: r4.DiagnosticReport) -> set[str]:
    return {one.code or "" for part in found.category for one in part.coding} | {
        code_in(part, [SECTION]) for part in found.category
    }


def _is(found: r4.Reference | None, type: str) -> bool:
    return found is not None and (found.reference or "").startswith(f"{type}/")


def _moment(text: str | None) -> datetime | None:
    """A moment, or the beginning of a day where no time was said."""
    at, day = moment_of(text), date_of(text)
    return at or (datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None)
