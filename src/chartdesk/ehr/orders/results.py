"""Results from outside: stored with their values and documents, matched with the order, put into an in-box.

A report has a key for all time. The same key again is a later state of it (final after preliminary, corrected after
final), which changes the resources that are there and asks for a signature anew; an older state is left aside. The
values that a later state does not name stay. Many reports are stored together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from chartdesk.ehr.elements import id_of
from chartdesk.ehr.orders import attachments, catalog, filing, resources, rules
from chartdesk.ehr.orders.content import DocumentIn, Received, ReportIn
from chartdesk.ehr.orders.filing import Filed
from chartdesk.ehr.orders.models import Order, Result
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction
from chartdesk.record import reading, store
from chartdesk.record.access import Subject
from chartdesk.record.merging import aliases
from chartdesk.standards.fhir import r4

_REPORT = "DiagnosticReport"


@dataclass
class _Work:
    """A report on its way: the order it answers, its row if it was here before, and what is to be written."""

    given: ReportIn
    order: Order | None
    row: Result | None
    made: list[r4.Resource] = field(default_factory=list)
    level: int = 0
    unsaid: bool = False


def receive(subject: Subject, given: Sequence[ReportIn]) -> list[Received]:
    """Store reports, in their order, all in one transaction; what became of each.

    Of several states of one report in ``given`` the later ones are taken one after another. Raises Conflict where a
    report would change its patient, or answers an order of another patient.
    """
    done: dict[int, Received] = {}
    waiting = list(enumerate(given))
    with transaction(subject):
        while waiting:
            keys: set[str] = set()
            now: list[tuple[int, ReportIn]] = []
            later: list[tuple[int, ReportIn]] = []
            for place, one in waiting:
                (later if one.key in keys else now).append((place, one))
                keys.add(one.key)
            for (place, _), answer in zip(now, _together(subject, [one for _, one in now]), strict=True):
                done[place] = answer
            waiting = later
    return [done[place] for place in range(len(given))]


def _together(subject: Subject, given: list[ReportIn]) -> list[Received]:
    """Reports of different keys."""
    orders = _orders(subject, given)
    ids = [resources.report_id(one.key) for one in given]
    rows = filing.standing(subject, _REPORT, ids)
    work: dict[str, _Work] = {}
    answers: dict[str, Received] = {}
    for id, told in zip(ids, given, strict=True):
        told = _led(told, aliases.current(subject.practice, told.patient_id))
        row, order = rows.get(id), orders.get(told.order_number)
        _check_patient(told, row, order)
        if row is not None and not rules.supersedes(row.status, row.issued, told.status, told.issued):
            answers[id] = Received("older", f"{_REPORT}/{id}", reason="A later state of this report is here already.")
            continue
        work[id] = _Work(told, order, row)
    standing = reading.several(subject, _REPORT, [id for id, one in work.items() if one.row is not None])
    for id, one in work.items():
        old = standing[id].resource if id in standing else None
        _build(subject, one, old if isinstance(old, r4.DiagnosticReport) else None)
    requests = _finished(subject, list(work.values()))
    written = store.put_changed(subject, [*(made for one in work.values() for made in one.made), *requests])
    changed = {stored.reference: stored for stored in written}
    filed = []
    for id, one in work.items():
        touched = [changed[name] for name in _names(one) if name in changed]
        what = "stored" if touched else "same"
        facts = tuple((stored.reference, stored.version, _what(stored.version)) for stored in touched)
        answers[id] = Received(what, f"{_REPORT}/{id}", facts)
        if touched:
            report = changed.get(f"{_REPORT}/{id}")
            version = report.version if report else standing[id].version
            filed.append(_filed(one, id, version))
    filing.file(subject, filed, catalog.days(subject))
    _note_orders(list(work.values()))
    return [answers[id] for id in ids]


def _led(one: ReportIn, patient_id: str) -> ReportIn:
    """The same report, of the patient who remains after a merge."""
    return one if one.patient_id == patient_id else replace(one, patient_id=patient_id)


def _orders(subject: Subject, given: list[ReportIn]) -> dict[str, Order]:
    wanted = {one.order_number for one in given if one.order_number}
    rows = Order.objects.select_for_update().filter(practice=subject.practice, number__in=wanted).order_by("pk")
    return {row.number: row for row in rows} if wanted else {}


def _check_patient(given: ReportIn, row: Result | None, order: Order | None) -> None:
    if row is not None and row.patient != given.patient_id:
        raise Conflict(
            f"The report {given.filler_number or given.key} is in the chart of another patient.",
            cure="Ask the sender which of the two is right; withdraw the wrong one there.",
            where="patient",
        )
    if order is not None and order.patient != given.patient_id:
        raise Conflict(
            f"The result says order {order.number}, which is of another patient.",
            cure="Ask the sender which patient is meant.",
            where="order",
        )


def _build(subject: Subject, one: _Work, old: r4.DiagnosticReport | None) -> None:
    """The resources of one report: its values, its documents, and the report that names them."""
    given = one.given
    values = [resources.observation(given, value) for value in given.observations]
    values = list({value.id: value for value in values}.values())
    named = [value.id or "" for value in values]
    kept = [id for id in map(id_of, old.result) if id not in named] if old is not None else []
    forms, documents = [], []
    for place, attached in enumerate(given.attachments, 1):
        document = DocumentIn(
            key=f"{given.key}#{place}",
            patient_id=given.patient_id,
            title=attached.title or given.code.words,
            attachment=attached,
            at=given.issued,
            code=given.code,
            status="preliminary" if given.status in ("preliminary", "partial", "registered") else "final",
            source=given.source,
        )
        key = attachments.keep(subject, given.patient_id, resources.document_id(document.key), attached)
        form = resources.attachment(key, attached, given.issued)
        forms.append(form)
        documents.append(resources.document(document, form, ""))
    if not forms and old is not None:
        forms = list(old.presentedForm)
    order = one.order.request if one.order is not None else ""
    whole = resources.report(given, [*kept, *named], forms, order)
    if old is not None and not order and old.basedOn:
        whole = msgspec.structs.replace(whole, basedOn=old.basedOn)
    one.made = [*values, *documents, whole]
    flags = [rules.flag(value) for value in given.observations if value.status not in rules.GONE]
    one.level, one.unsaid = rules.level(flags), not any(flags)
    if one.row is not None and kept:
        one.level = max(one.level, one.row.level)


def _finished(subject: Subject, work: list[_Work]) -> list[r4.Resource]:
    """The ServiceRequests that are done with these reports."""
    done = {
        one.order.request
        for one in work
        if one.order is not None
        and one.order.status in ("active", "on-hold")
        and rules.orders_status(one.given.status) == "completed"
    }
    found = reading.several(subject, "ServiceRequest", done, why="result")
    made: list[r4.Resource] = []
    for stored in found.values():
        assert isinstance(stored.resource, r4.ServiceRequest)
        made.append(msgspec.structs.replace(stored.resource, status="completed"))
    return made


def _note_orders(work: list[_Work]) -> None:
    for one in work:
        if one.order is not None and (one.order.reported is None or not one.order.filler):
            reported = one.order.reported or one.given.issued
            filler = one.order.filler or one.given.filler_number
            Order.objects.filter(pk=one.order.pk).update(reported=reported, filler=filler)


def _filed(one: _Work, id: str, version: int) -> Filed:
    given = one.given
    orderer = one.order.practitioner if one.order is not None else ""
    return Filed(
        type=_REPORT,
        resource=id,
        version=version,
        patient=given.patient_id,
        practitioner=orderer or given.practitioner_id,
        order=one.order.request if one.order is not None else "",
        kind=given.kind,
        name=given.code.words or "Result",
        status=given.status,
        level=one.level,
        source=given.source,
        issued=given.issued,
        row=one.row,
        unsaid=one.unsaid,
        orderer=given.orderer,
        orderer_name=given.orderer_name,
    )


def _names(one: _Work) -> list[str]:
    return [f"{made.resourceType}/{made.id}" for made in one.made]


def _what(version: int) -> str:
    return "created" if version == 1 else "changed"
