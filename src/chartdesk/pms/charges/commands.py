"""Capturing, amending, approving and taking back the charges of a visit."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError

from chartdesk.kit import clock, database, fetching, live, worklist
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import joined, transaction
from chartdesk.pms.charges import (
    assessment,
    circumstances,
    content,
    events,
    holding,
    levels,
    posting,
    projections,
    rules,
    stating,
)
from chartdesk.pms.charges.content import EncounterCharges, Procedure
from chartdesk.pms.charges.levels import Documented
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.charges.prices import import_fees, set_contract, set_fees
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

__all__ = [
    "EncounterCharges",
    "Procedure",
    "amend",
    "approve",
    "capture",
    "import_fees",
    "mark_billed",
    "reassess",
    "reassess_patient",
    "reopen",
    "set_contract",
    "set_fees",
    "void",
]


_BILL = """
    UPDATE charges_superbill SET status = 'billed', version = version + 1
     WHERE practice = %s AND id = ANY(%s::int8[]) AND status = 'approved' RETURNING id
"""


def capture(subject: Subject, charges: EncounterCharges) -> int:
    """Take in the charges of a visit once per ``source_id``; returns the superbill's number.

    Prices and reviews them and announces ChargesCaptured. The same source again changes nothing; when it says
    something else than before, a work item tells the biller.
    """
    with transaction(subject):
        known = _of_source(subject, charges.source_id)
        if known is None:
            try:
                with transaction(subject):
                    bill = _insert(subject, charges)
            except IntegrityError:
                known = _of_source(subject, charges.source_id)
                if known is None:
                    raise
        if known is not None:
            _notice_difference(subject, known, charges)
            return int(known.pk)
        assessment.assess(subject, bill)
        audit.record(subject, "C", "superbill", patient=bill.patient, resource_id=str(bill.pk))
        visits = [one for one in (bill.appointment, bill.encounter) if one]
        if visits and bill.service_date < clock.now().date():
            worklist.close_items(subject, assessment.MISSING_WORK, visits, by=subject.actor)
        events.announce(subject, events.CAPTURED, bill.pk, bill.patient)
        live.announce(subject, "charges", str(bill.pk))
        return int(bill.pk)


def amend(
    subject: Subject,
    superbill_id: int,
    lines: Iterable[Procedure],
    diagnoses: Iterable[str],
    *,
    version: int | None = None,
    place_of_service: str | None = None,
    documented: Documented | None = None,
    minutes: int | None = None,
) -> list[rules.Finding]:
    """Replace the lines and diagnoses of a superbill in review; returns what review finds then.

    ``version`` is the one the caller saw. What the note shows for the level (``documented``, with the ``minutes``
    of the visit) stays as it is where it is not given. Raises Stale when the version is older, Conflict outside
    of review.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    content.check_visit(place_of_service, minutes)
    with transaction(subject):
        bill = holding.locked(subject, superbill_id, version=version)
        _require_status(bill, "review", "Reopen it first.")
        bill.diagnoses = [content.diagnosis(code) for code in diagnoses if code.strip()]
        if place_of_service is not None:
            bill.place_of_service = place_of_service
        if documented is not None:
            bill.documented, bill.minutes = levels.kept(documented), minutes
        _replace_lines(subject, bill, list(lines))
        return assessment.reviewed(subject, bill)


def reassess(subject: Subject, superbill_id: int) -> list[rules.Finding]:
    """Price lines without a price and review again, after a fee schedule or a coverage has changed."""
    with transaction(subject):
        bill = holding.locked(subject, superbill_id)
        _require_status(bill, "review", "Only superbills in review are reviewed.")
        return assessment.reassessed(subject, bill)


def reassess_patient(subject: Subject, patient_id: str) -> None:
    """Review again every superbill of a patient that waits in review."""
    with transaction(subject):
        waiting = Superbill.objects.filter(practice=subject.practice, patient=patient_id, status="review")
        for bill in waiting.select_for_update().order_by("pk"):
            assessment.reassessed(subject, bill)


def approve(subject: Subject, superbill_id: int, *, version: int | None = None, self_pay: bool = False) -> Superbill:
    """Post every line to the ledger and announce ChargesApproved.

    ``self_pay`` lets the patient owe it although a coverage is known. Raises Invalid with the findings that
    stand in the way, Conflict outside of review, Stale for an older ``version``.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        bill = holding.locked(subject, superbill_id, version=version)
        _require_status(bill, "review", "Nothing is left to do.")
        if self_pay:
            bill.self_pay = True
            bill.save(update_fields=["self_pay"])
        faults = rules.errors(assessment.assess(subject, bill))
        if faults:
            raise Invalid(f"The superbill cannot be approved: {faults[0].message}", cure=faults[0].cure, issues=faults)
        bill.status, bill.approvals = "approved", bill.approvals + 1
        bill.approved_at, bill.approved_by = clock.now(), subject.actor
        bill.version += 1
        bill.save()
        posting.post(subject, bill, assessment.current_lines(bill))
        projections.project(subject, bill)
        audit.record(subject, "U", "superbill", patient=bill.patient, resource_id=str(bill.pk), detail="approved")
        events.announce(subject, events.APPROVED, bill.pk, bill.patient)
        live.announce(subject, "charges", str(bill.pk))
        return bill


def mark_billed(subject: Subject, superbill_ids: Iterable[int]) -> None:
    """Note that claims for approved superbills were sent. Called by claims; again changes nothing."""
    with joined(subject):
        billed = database.rows(_BILL, [subject.practice, sorted(superbill_ids)])
        projections.billed(subject, [number for (number,) in billed])


def reopen(subject: Subject, superbill_id: int, reason: str, *, version: int | None = None) -> None:
    """Take an approved or billed superbill back to review: its postings are reversed.

    Raises Conflict when money was posted against one of its lines, or outside of approved and billed.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        bill = holding.locked(subject, superbill_id, version=version)
        if bill.status not in ("approved", "billed"):
            raise Conflict(f"The superbill is {bill.status}.", cure="Only approved charges are reopened.")
        posting.take_back(subject, bill, reason)
        bill.status = "review"
        assessment.reviewed(subject, bill, announce=False)
        projections.project(subject, bill)


def void(subject: Subject, superbill_id: int, reason: str, *, version: int | None = None) -> None:
    """Take the charges back for good, with a reason. What was posted is reversed.

    Raises Invalid without a reason, Conflict when a claim was sent or money was posted.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    if not reason.strip():
        raise Invalid("Say why the charges are taken back.", where="reason")
    with transaction(subject):
        bill = holding.locked(subject, superbill_id, version=version)
        if bill.status == "billed":
            raise Conflict(
                "A claim for these charges was sent.",
                cure="Void the claim. Once the payer has taken it back, reopen the charges, then take them back.",
            )
        if bill.status == "void":
            raise Conflict("These charges were taken back before.")
        if bill.status == "approved":
            posting.take_back(subject, bill, reason)
        bill.status, bill.void_reason = "void", reason.strip()
        bill.version += 1
        bill.save()
        projections.project(subject, bill)
        worklist.close_items(subject, assessment.WORK, [str(bill.pk)], by=subject.actor)
        audit.record(subject, "U", "superbill", patient=bill.patient, resource_id=str(bill.pk), detail="void")
        events.announce(subject, events.VOIDED, bill.pk, bill.patient)
        live.announce(subject, "charges", str(bill.pk))


# ---------------------------------------------------------------------------------------------- inside


def _of_source(subject: Subject, source_id: str) -> Superbill | None:
    return fetching.first(Superbill, "practice = %s AND source_id = %s", [subject.practice, source_id])


def _insert(subject: Subject, charges: EncounterCharges) -> Superbill:
    said = circumstances.kept(stating.at_capture(subject, charges.appointment_id, charges.circumstances))
    bill = Superbill.objects.create(
        practice=subject.practice,
        source_id=charges.source_id,
        patient=charges.patient_id,
        encounter=charges.encounter_id,
        appointment=charges.appointment_id,
        service_date=charges.service_date,
        practitioner=charges.practitioner,
        site=charges.site,
        place_of_service=charges.place_of_service or "11",
        diagnoses=[content.diagnosis(code) for code in charges.diagnoses if code.strip()],
        minutes=charges.minutes,
        documented=dict(charges.documented) or None,
        signed_at=charges.signed_at,
        captured_at=clock.now(),
        total=ZERO,
        digest=content.digest(charges),
        origin=charges.origin,
        circumstances=said,
    )
    ChargeLine.objects.bulk_create(assessment.priced_lines(subject, bill, charges.procedures))
    return bill


def _notice_difference(subject: Subject, known: Superbill, charges: EncounterCharges) -> None:
    if known.digest == content.digest(charges):
        return
    worklist.raise_item(
        subject,
        worklist.Task(
            kind="charges_changed",
            key=str(known.pk),
            role="biller",
            title=f"Charges of {known.service_date:%b %-d, %Y} came again with other content",
            detail="The first version stands. The source may have been corrected after signing.",
            cure="Compare the note with the superbill and amend it where needed.",
            about=f"Patient/{known.patient}",
            link=("superbill", str(known.pk)),
        ),
    )


def _require_status(bill: Superbill, status: str, cure: str) -> None:
    if bill.status != status:
        raise Conflict(f"The superbill is {bill.status}, not in {status}.", cure=cure)


def _replace_lines(subject: Subject, bill: Superbill, procedures: list[Procedure]) -> None:
    """Lines that were approved once stay as superseded; the others go. What was put on a claim by hand stays there."""
    standing = ChargeLine.objects.filter(practice=subject.practice, superbill=bill, superseded=False)
    by_hand: dict[str, list[int | None]] = {}
    for line in standing.order_by("-position"):
        by_hand.setdefault(line.code, []).append(line.claim)
    if bill.approvals:
        standing.update(superseded=True)
    else:
        standing.delete()
    lines = assessment.priced_lines(subject, bill, procedures)
    for line in lines:
        if left := by_hand.get(line.code):
            line.claim = left.pop()
    if all(line.claim is None for line in lines):
        bill.split_reason, bill.split_by = "", ""
    ChargeLine.objects.bulk_create(lines)
