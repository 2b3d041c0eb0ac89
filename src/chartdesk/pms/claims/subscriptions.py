"""A clean visit becomes a sent claim with no human touch.

Captured charges without a fault are approved, approved ones become claims, claims without a fault are
submitted. The practice's setting ``auto_submit`` (true unless it says otherwise) lets charges wait in review
instead. What has a fault waits where it is until somebody mends it, and goes on by itself then.
"""

from __future__ import annotations

from contextlib import suppress

from chartdesk.kit import database, outbox, worklist
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.kit.errors import Conflict, Invalid, Unavailable
from chartdesk.kit.outbox import Event
from chartdesk.pms.authorizations import events as authorization_events
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import events as charge_events
from chartdesk.pms.charges import queries as charge_queries
from chartdesk.pms.claims import (
    acknowledgements,
    batches,
    building,
    correcting,
    document_requests,
    eligibility_files,
    events,
    reviews,
    sending,
)
from chartdesk.pms.claims.models import UNSENT, Claim
from chartdesk.pms.coverage import events as coverage_events
from chartdesk.pms.registration import events as registration_events
from chartdesk.pms.scheduling import events as scheduling_events
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import system

NAME = "claims"
_BILLABLE = """
    SELECT id FROM charges_superbill
     WHERE practice = %s AND id = ANY(%s::int8[]) AND status IN ('approved', 'billed') AND payer_id <> ''
"""
# Patients of whom charges wait in review, or claims that were not sent.
_WAITING = f"""
    SELECT patient FROM unnest(%(patients)b::text[]) AS patient
     WHERE EXISTS (SELECT FROM charges_superbill b
                    WHERE b.practice = %(practice)s::int4 AND b.patient = patient AND b.status = 'review')
        OR EXISTS (SELECT FROM claims_claim c
                    WHERE c.practice = %(practice)s::int4 AND c.patient = patient
                      AND c.status IN ({", ".join(f"'{one}'" for one in UNSENT)}))
     ORDER BY patient
"""


# Patients with claims that were not sent and name the clinician.
_OF_CLINICIAN = f"""
    SELECT DISTINCT c.patient
      FROM claims_claim c JOIN charges_superbill b ON b.practice = c.practice AND b.id = c.superbill
     WHERE c.practice = %(practice)s AND c.status IN ({", ".join(f"'{one}'" for one in UNSENT)})
       AND (b.practitioner = %(practitioner)s
            OR EXISTS (SELECT FROM charges_chargeline l
                        WHERE l.practice = b.practice AND l.superbill_id = b.id AND l.practitioner = %(practitioner)s))
     ORDER BY c.patient
"""


def connect() -> None:
    """Subscribe. Safe to call twice."""
    outbox.subscribe(charge_events.CAPTURED, f"{NAME}.approve", _captured)
    outbox.subscribe(charge_events.APPROVED, f"{NAME}.build", _approved, several=_several_approved)
    outbox.subscribe(charge_events.VOIDED, f"{NAME}.withdraw", _voided)
    acknowledgements.register("278", reviews.receive)
    acknowledgements.register("277RFAI", document_requests.receive)
    acknowledgements.when_refused("275", document_requests.refused)
    eligibility_files.connect()
    outbox.subscribe(charge_events.STATED, f"{NAME}.restate", _restated)
    outbox.subscribe(charge_events.RECODED, f"{NAME}.recode", _recoded)
    for kind in (registration_events.AMENDED, coverage_events.CHANGED, authorization_events.CHANGED):
        outbox.subscribe(kind, f"{NAME}.refresh", _mended, several=_several_mended)
    outbox.subscribe(scheduling_events.PROVIDER_AMENDED, f"{NAME}.provider", _provider_amended)
    outbox.subscribe(events.FILE_BUILT, f"{NAME}.send", _built)


def automatic(subject: Subject) -> bool:
    """Whether clean charges go out by themselves in this practice."""
    return practice_of(subject).switched("auto_submit", True)


def _subject(event: Event) -> Subject:
    return system(event.practice, NAME)


def _captured(event: Event) -> None:
    subject = _subject(event)
    if not automatic(subject):
        return
    bill = charge_queries.superbill(subject, int(event.payload["superbill_id"]))
    if bill.status != "review" or bill.origin:
        return  # what a stranger's system handed in is approved by a person
    try:
        charges.approve(subject, bill.id)
    except Invalid:
        return  # what stands in the way is on the work list since the charges were captured


def _approved(event: Event) -> None:
    subject = _subject(event)
    bill = charge_queries.superbill(subject, int(event.payload["superbill_id"]))
    _decided_anew(subject, [bill.id])
    if bill.status not in ("approved", "billed") or not bill.payer_id:
        return
    try:
        claims = building.build_all(subject, bill.id)
    except Conflict:
        # Delivered before, or approved anew after the claim was sent.
        correcting.note_outdated(subject, bill.id)
        return
    correcting.note_outdated(subject, bill.id)
    go_on(subject, claims)


def _several_approved(given: list[Event]) -> None:
    """The same for several: their claims are built together and go out in one file."""
    subject = _subject(given[0])
    approved = [int(event.payload["superbill_id"]) for event in given]
    _decided_anew(subject, approved)
    named = numbers(approved)
    wanted = database.rows(_BILLABLE, [subject.practice, named])
    built = batches.build_many(subject, (number for (number,) in wanted))
    for number, fault in built.left.items():
        if not isinstance(fault, Conflict):
            raise fault
        correcting.note_outdated(subject, number)
    for number in built.again:
        correcting.note_outdated(subject, number)
    if automatic(subject):
        sending.submit(subject, built.numbers)


def _decided_anew(subject: Subject, superbills: list[int]) -> None:
    """Somebody has said what becomes of charges whose claim the payer took back."""
    worklist.close_items(subject, correcting.VOIDED_WORK, map(str, superbills), by=subject.actor)


def _voided(event: Event) -> None:
    subject, superbill = _subject(event), int(event.payload["superbill_id"])
    _decided_anew(subject, [superbill])
    correcting.withdraw_unsent(subject, superbill, "The charges were taken back.")
    correcting.note_outdated(subject, superbill)


def _mended(event: Event) -> None:
    """A patient or a card was amended: charges in review and unsent claims are looked at again."""
    subject = _subject(event)
    patient = str(event.payload["patient_id"])
    charges.reassess_patient(subject, patient)
    go_on(subject, correcting.refresh(subject, patient))


def _restated(event: Event) -> None:
    """Somebody said anew why the patient came: claims not sent yet are built anew, others need a replacement."""
    subject = _subject(event)
    go_on(subject, correcting.refresh(subject, str(event.payload["patient_id"])))
    correcting.note_restated(subject, int(event.payload["superbill_id"]))


def _recoded(event: Event) -> None:
    """Codes of billed charges were corrected: claims not sent yet are built anew, others need a replacement."""
    subject = _subject(event)
    go_on(subject, correcting.refresh(subject, str(event.payload["patient_id"])))
    correcting.note_recoded(subject, int(event.payload["superbill_id"]))


def _provider_amended(event: Event) -> None:
    """A clinician's name, NPI or taxonomy is another one: claims that were not sent are built anew."""
    subject = _subject(event)
    values = {"practice": subject.practice, "practitioner": str(event.payload["practitioner"])}
    for (patient,) in database.rows(_OF_CLINICIAN, values):
        go_on(subject, correcting.refresh(subject, patient))


def _several_mended(given: list[Event]) -> None:
    """The same for several patients: most of them have nothing that waits, and one statement says so."""
    subject = _subject(given[0])
    patients = Texts(sorted({str(event.payload["patient_id"]) for event in given}))
    claims: list[int] = []
    for (patient,) in database.rows(_WAITING, {"practice": subject.practice, "patients": patients}):
        charges.reassess_patient(subject, patient)
        claims += correcting.refresh(subject, patient)
    go_on(subject, claims)


def go_on(subject: Subject, claims: list[int]) -> None:
    """Scrub what was built and, where the practice wants it, submit what is ready."""
    for claim in claims:
        row = Claim.objects.get(practice=subject.practice, pk=claim)
        if row.status == "built":
            building.scrub(subject, claim)
    if automatic(subject):
        sending.submit(subject, claims)


def _built(event: Event) -> None:
    """Hand the file over at once. Where the clearinghouse cannot be reached, the worker's sweep sends it later."""
    with suppress(Unavailable):
        sending.send_pending(_subject(event))
