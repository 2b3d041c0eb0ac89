"""Orders, results, vaccines and documents over the engine: who hears what we do, and who takes what comes.

An order goes out by the channel of its catalog entry, a vaccine by the registry's; without one nothing is sent, and the
order is given to the patient on paper.
"""

from __future__ import annotations

from chartdesk.ehr.orders import catalog, events, inbox
from chartdesk.ehr.reconciling import incoming
from chartdesk.exchange.engine import receivers, sending
from chartdesk.exchange.halves import clinical_immunizations, clinical_orders, clinical_receiving, clinical_sending
from chartdesk.kit import outbox
from chartdesk.kit.errors import Invalid
from chartdesk.kit.outbox import Event
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Subject, system
from chartdesk.record.identities import queries, unmatched
from chartdesk.record.identities.identifiers import PRACTITIONER, Identifier
from chartdesk.record.identities.models import Unmatched


def connect() -> None:
    """Hear of orders and vaccines, and take results, documents and answers to orders. Safe to call twice."""
    outbox.subscribe(events.ORDERED, "clinical.orders", _order)
    outbox.subscribe(events.CANCELLED, "clinical.orders", _cancel)
    outbox.subscribe(events.IMMUNIZED, "clinical.immunizations", _immunization)
    outbox.subscribe(unmatched.SETTLED, "clinical.results", _known)
    receivers.register(clinical_receiving.RESULTS, clinical_receiving.take_results)
    receivers.register(clinical_receiving.DOCUMENTS, clinical_receiving.take_documents)
    receivers.register(clinical_receiving.PROGRESS, clinical_receiving.take_progress)
    clinical_receiving.follow(_reconcile)


def _order(event: Event) -> None:
    _send_order(event, cancelled=False)


def _cancel(event: Event) -> None:
    _send_order(event, cancelled=True)


def _send_order(event: Event, *, cancelled: bool) -> None:
    channel = event.payload["channel"]
    if not channel:
        return
    subject = _subject(event)
    with transaction(subject):
        line = clinical_sending.line(subject, channel)
        kind, raw, order = clinical_orders.told(subject, line, event.payload["request_id"], cancelled=cancelled)
        patient = order.row.patient
        cause = f"ServiceRequest/{order.row.request}"
        sending.send(subject, channel, raw, kind=kind, streams=[f"Patient/{patient}"], patient=patient, cause=cause)


def _immunization(event: Event) -> None:
    subject = _subject(event)
    channel = catalog.days(subject).registry
    if not channel:
        return
    with transaction(subject):
        line = clinical_sending.line(subject, channel)
        kind, raw, one = clinical_immunizations.told(subject, line, event.payload["immunization_id"])
        cause = f"Immunization/{one.immunization_id}"
        streams = [f"Patient/{one.patient_id}"]
        sending.send(subject, channel, raw, kind=kind, streams=streams, patient=one.patient_id, cause=cause)


def _known(event: Event) -> None:
    """Somebody said whose number a clinician's is: the results that named it go into their in-box."""
    if not event.payload.get("matched"):
        return
    subject = _subject(event)
    with transaction(subject):
        row = Unmatched.objects.filter(practice=subject.practice, pk=event.payload["unmatched"]).first()
        if row is None or row.kind != PRACTITIONER:
            return
        found = queries.resolve(subject, PRACTITIONER, [Identifier(row.authority, row.value)])
        if found:
            inbox.assign_named(subject, f"{row.authority}|{row.value}", found)


def _reconcile(subject: Subject, patient: str, document: str, media_type: str, content: bytes) -> None:
    """Offer a C-CDA that came by message for reconciling."""
    if b"ClinicalDocument" not in content[:100_000]:
        return
    try:
        incoming.note(subject, patient, document, content, source="HL7 v2")
    except Invalid:
        # It lies in the chart and in an in-box as any other document; only its parts cannot be compared.
        return


def _subject(event: Event) -> Subject:
    return system(event.practice, "interfaces")
