"""Ordering: a ServiceRequest with a number of its own, sent by whoever carries it; taken back while nothing came."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from chartdesk.ehr.elements import clinician, reference, stamp
from chartdesk.ehr.orders import catalog, events, resources, rules
from chartdesk.ehr.orders.content import NewOrder
from chartdesk.ehr.orders.models import Order
from chartdesk.kit import clock, live, numbers
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import store
from chartdesk.record.access import Role, Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

#: Kind of work item: an order that nothing came of.
WAITING_WORK = "order_waiting"
#: The first number that a practice gives to an order.
_FIRST = 100_001
_LONGEST_NOTE = 2000
_MOST_DIAGNOSES = 12


def order(subject: Subject, patient_id: str, asked: NewOrder) -> str:
    """Order something of the catalog for the patient; returns the ServiceRequest's id.

    A nurse names the clinician whose order it is. Raises NotFound for what is not in the catalog, Invalid for
    diagnoses that are none, an unknown priority, or nobody who orders.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    item = catalog.item(subject, asked.item)
    asked = _checked(asked)
    with transaction(subject):
        if not item.active:
            raise Conflict(f"{item.name} is no longer ordered here.", where="item", cure="Choose another.")
        store.get(subject, "Patient", patient_id, why="order")
        moment = clock.now()
        number = f"O{numbers.next_number(subject, 'order', first=_FIRST)}"
        requester = _requester(subject, asked.practitioner_id)
        request = resources.service_request(number, patient_id, item, asked, requester, moment)
        if asked.taken is not None:
            taken = store.put(subject, resources.specimen(patient_id, item.specimen, asked.taken))
            request = msgspec.structs.replace(request, specimen=[reference("Specimen", taken.id)])
        stored = store.put(subject, request)
        Order.objects.filter(practice=subject.practice, request=stored.id).update(channel=item.channel, key=item.key)
        events.announce(subject, events.ORDERED, patient_id, request_id=stored.id, channel=item.channel)
        live.announce(subject, "chart", patient_id)
    return stored.id


def cancel(subject: Subject, request_id: str, reason: str, *, version: int | None = None) -> None:
    """Take an order back, saying why. Raises Conflict once it is done or has a result, Stale, Invalid without words."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    why = " ".join(reason.split())
    if not why or len(why) > _LONGEST_NOTE:
        raise Invalid("Why is it taken back?", where="reason", cure="Write a few words for whoever would carry it out.")
    with transaction(subject):
        row = _row(subject, request_id)
        found = store.read(subject, r4.ServiceRequest, request_id, why="order taken back")
        if found.status not in ("active", "on-hold", "draft"):
            raise Conflict(f"The order is {found.status}.", where="status", cure="There is nothing to take back.")
        if row.reported is not None:
            raise Conflict("A result has come.", where="status", cure="Sign the result.")
        said = r4.Annotation(authorReference=clinician(subject), time=stamp(clock.now()), text=f"Taken back: {why}")
        changed = msgspec.structs.replace(found, status="revoked", note=[*found.note, said])
        store.put(subject, changed, expect=version)
        events.announce(subject, events.CANCELLED, row.patient, request_id=request_id, channel=row.channel)
        live.announce(subject, "chart", row.patient)


def progress(subject: Subject, number: str, *, filler: str = "", status: str = "") -> str:
    """What whoever carries an order out says of it: their number, and ``active``, ``on-hold`` or ``revoked``.

    Returns the ServiceRequest's id; empty where no order of ours has that number.
    """
    with transaction(subject):
        row = Order.objects.select_for_update().filter(practice=subject.practice, number=number).first()
        if row is None or not number:
            return ""
        if filler and not row.filler:
            Order.objects.filter(pk=row.pk).update(filler=filler)
        if status and status != row.status and row.status in ("active", "on-hold"):
            found = store.read(subject, r4.ServiceRequest, row.request, why="order progress")
            store.put(subject, msgspec.structs.replace(found, status=status))
            live.announce(subject, "chart", row.patient)
        return str(row.request)


def _row(subject: Subject, request_id: str) -> Order:
    row: Order | None = Order.objects.select_for_update().filter(practice=subject.practice, request=request_id).first()
    if row is None:
        raise NotFound(f"There is no order {request_id}.", where="order")
    return row


def _requester(subject: Subject, practitioner_id: str) -> r4.Reference:
    """Whose order it is: a clinician's own, or that of the clinician whom a nurse names."""
    if subject.has(Role.CLINICIAN) and not practitioner_id:
        return clinician(subject)
    if not practitioner_id:
        raise Invalid("Whose order is it?", where="practitioner_id", cure="Choose the clinician who ordered it.")
    found = store.read(subject, r4.Practitioner, practitioner_id, why="order")
    name = next((_named(one) for one in found.name), "")
    return reference("Practitioner", practitioner_id, name)


def _named(name: r4.HumanName) -> str:
    return name.text or " ".join([*(part for part in name.given if part), name.family or ""]).strip()


def _checked(asked: NewOrder) -> NewOrder:
    """The order with its diagnoses as the code table has them."""
    if asked.priority not in rules.PRIORITIES:
        cure = f"One of {', '.join(rules.PRIORITIES)}."
        raise Invalid(f"{asked.priority!r} is no priority.", where="priority", cure=cure)
    if len(asked.note) > _LONGEST_NOTE or len(asked.diagnoses) > _MOST_DIAGNOSES:
        raise Invalid("The note is too long, or there are too many diagnoses.", where="note")
    if asked.taken is not None and asked.taken > clock.now():
        raise Invalid("The specimen was taken in the future.", where="taken", cure="Give the time it was taken.")
    known = tuple((found.code, found.description) for found in (icd10.lookup(code) for code, _ in asked.diagnoses))
    return replace(asked, diagnoses=known, note=asked.note.strip())
