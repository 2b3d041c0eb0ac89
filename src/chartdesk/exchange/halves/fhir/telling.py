"""The carrier ``fhir``: the other half reads in our record, by its subscriptions, what the halves tell each other.

Patients, policies and visits stand there already. What was signed and what is charged for is written into it here: an
encounter with what was signed and its procedures, the value set of procedures. The other half hears of it by its own
subscription, whenever it is there.
"""

from __future__ import annotations

from chartdesk.exchange.halves.facts import ProcedureIn
from chartdesk.exchange.halves.fhir import shapes
from chartdesk.handoff.contract import EncounterCharges, Message, ProceduresOffered
from chartdesk.kit import clock
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities.identifiers import APPOINTMENT, LOCATION, PATIENT
from chartdesk.standards.fhir import r4

NAME = "fhir"
VALUE_SET = "procedures-offered"


class FhirCarrier:
    """Puts what the other half is to know where it can read it."""

    def carry(self, subject: Subject, message: Message) -> str:
        """Write what is not in the record yet. Runs in the transaction of the delivery; nothing is sent in it."""
        if isinstance(message, EncounterCharges):
            _put_charges(subject, message)
        elif isinstance(message, ProceduresOffered):
            offered = [(one.code, one.description) for one in message.procedures]
            store.put(subject, shapes.offering(VALUE_SET, offered, clock.now()))
        return "waiting"


def _put_charges(subject: Subject, message: EncounterCharges) -> None:
    encounter = store.read(subject, r4.Encounter, message.encounter_id, why="charges")
    ranked = sorted(encounter.diagnosis, key=lambda one: one.rank if isinstance(one.rank, int) else 99)
    conditions = [(one.condition.reference or "").rpartition("/")[2] for one in ranked if one.condition]
    for position, done in enumerate(message.procedures, start=1):
        item = ProcedureIn(
            code=done.code,
            modifiers=done.modifiers,
            units=done.units,
            pointers=done.pointers,
            description=done.description,
        )
        store.put(subject, shapes.performed(encounter, position, item, conditions, message.service_date))
    said = shapes.Signed(
        signed_at=message.signed_at,
        service_date=message.service_date,
        patient=tuple(identities.of(subject, PATIENT, message.patient_id)),
        visit=tuple(identities.of(subject, APPOINTMENT, message.appointment_id)),
        site=_site(subject, encounter),
        place_of_service=message.place_of_service,
        documented=message.documented,
        circumstances=message.circumstances,
    )
    # Last, because this is what the other half is told of.
    store.put(subject, shapes.with_signed(encounter, said, message.minutes))


def _site(subject: Subject, encounter: r4.Encounter) -> str:
    """The other half's own number of the place, where it told us one."""
    place = next((one.location for one in encounter.location if one.location), None)
    id = (place.reference or "").rpartition("/")[2] if place else ""
    return next((one.value for one in identities.of(subject, LOCATION, id)), "") if id else ""
