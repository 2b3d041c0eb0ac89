"""What orders follows in the record: rows beside ServiceRequests and reports, whoever wrote these.

A report that another program writes lies in the in-box as one that came by message does, unless it is old: then it is
history, and filed without anybody asked.
"""

from __future__ import annotations

from collections.abc import Sequence
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
#: What of an order's row follows its ServiceRequest; its number stays.
_FOLLOWED = ["patient", "practitioner", "encounter", "kind", "name", "priority", "status", "ordered"]
_KINDS = {"108252007": "lab", "363679005": "imaging", "3457005": "referral"}
_IMAGING = frozenset({"RAD", "RUS", "CUS", "CTH", "NMR", "NMS", "RX", "XRC", "LP29684-5"})


def register() -> None:
    """Register the projections with the record. Safe to call twice."""
    record.after_write("ServiceRequest", follow_order, several=follow_orders)
    record.after_write("DiagnosticReport", follow_report, several=follow_reports)


def follow_order(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Keep the row of an order as its ServiceRequest says."""
    follow_orders(subject, [(old, new)])


def follow_orders(subject: Subject, written: Sequence[tuple[Stored | None, Stored | None]]) -> None:
    """The same for several, in one statement."""
    gone = [old.id for old, new in written if new is None and old is not None]
    if gone:
        Order.objects.filter(practice=subject.practice, request__in=gone).update(status="entered-in-error")
    rows = [row for _, new in written if new is not None and (row := _order(subject, new)) is not None]
    if rows:
        Order.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["practice", "request"], update_fields=_FOLLOWED
        )


def _order(subject: Subject, new: Stored) -> Order | None:
    """The row of an order; None for what is none."""
    found = new.resource
    if not isinstance(found, r4.ServiceRequest) or found.intent not in ("order", "original-order", "instance-order"):
        return None
    return Order(
        practice=subject.practice,
        request=new.id,
        number=queries.number_of(found),
        patient=new.patient,
        practitioner=id_of(found.requester) if _is(found.requester, "Practitioner") else "",
        encounter=id_of(found.encounter),
        kind=next((kind for one in found.category if (kind := _KINDS.get(code_in(one, [SNOMED]), ""))), "lab"),
        name=words(found.code) or "Order",
        priority=found.priority or "routine",
        status=found.status or "unknown",
        ordered=_moment(found.authoredOn) or new.updated,
    )


def follow_report(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Put a report that another program wrote into an in-box; what came by message is there already."""
    follow_reports(subject, [(old, new)])


def follow_reports(subject: Subject, written: Sequence[tuple[Stored | None, Stored | None]]) -> None:
    """The same for several: what stands beside them is read at once, and they are filed at once."""
    gone = [old.id for old, new in written if new is None and old is not None]
    if gone:
        rows = Result.objects.filter(practice=subject.practice, type="DiagnosticReport", resource__in=gone)
        rows.filter(state="open").update(state="filed", status="entered-in-error")
    told = [(old, new, found) for old, new in written if new is not None and (found := _by_others(new)) is not None]
    standing = filing.standing(subject, "DiagnosticReport", [new.id for _, new, _ in told])
    news = []
    for old, new, found in told:
        row = standing.get(new.id)
        if row is not None and old is not None and _says_the_same(old, found):
            # Only its patient was merged, or something beside the content: a signature still holds.
            Result.objects.filter(pk=row.pk).update(version=new.version)
        else:
            news.append((new, found))
    if not news:
        return
    orders = _orders(subject, [found for _, found in news])
    shown = values.of_reports(subject, [found for _, found in news])
    filed = [
        _filed(new, found, flags=[one.flag for one in said if not one.gone], row=standing.get(new.id), orders=orders)
        for (new, found), said in zip(news, shown, strict=True)
    ]
    mine = [one for one in filed if one.patient]
    if mine:
        filing.file(subject, mine, catalog.days(subject))
    for one in filed:
        if one.order in orders:
            waiting = Order.objects.filter(pk=orders[one.order].pk, reported__isnull=True)
            waiting.update(reported=one.issued)


def _by_others(new: Stored) -> r4.DiagnosticReport | None:
    """The report, where another program wrote it."""
    found = new.resource
    if not isinstance(found, r4.DiagnosticReport) or any(one.system == KEY for one in found.identifier):
        return None
    return found


def _orders(subject: Subject, reports: Sequence[r4.DiagnosticReport]) -> dict[str, Order]:
    """The orders that reports answer, by their ServiceRequest."""
    wanted = {order for found in reports if (order := _order_of(found))}
    rows = Order.objects.filter(practice=subject.practice, request__in=wanted) if wanted else []
    return {row.request: row for row in rows}


def _order_of(found: r4.DiagnosticReport) -> str:
    return next((id_of(one) for one in found.basedOn if _is(one, "ServiceRequest")), "")


def _filed(
    new: Stored, found: r4.DiagnosticReport, *, flags: list[str], row: Result | None, orders: dict[str, Order]
) -> Filed:
    """A report as it is put into an in-box."""
    issued = _moment(found.issued) or _moment(found.effectiveDateTime) or new.updated
    past = issued < clock.now() - timedelta(days=HISTORY)
    wrong, order = found.status == "entered-in-error", _order_of(found)
    return Filed(
        type="DiagnosticReport",
        resource=new.id,
        version=new.version,
        patient=new.patient,
        practitioner=_reader(found, orders.get(order)),
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


def _says_the_same(old: Stored, new: r4.DiagnosticReport) -> bool:
    if old.deleted or not isinstance(old.resource, r4.DiagnosticReport):
        return False
    return _content(old.resource) == _content(new)


def _content(found: r4.DiagnosticReport) -> bytes:
    return fhir.encode(msgspec.structs.replace(found, meta=None, subject=None))


def _reader(found: r4.DiagnosticReport, order: Order | None) -> str:
    """Whose in-box: of who ordered it, else of who is named as its interpreter."""
    if order is not None and order.practitioner:
        return str(order.practitioner)
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
