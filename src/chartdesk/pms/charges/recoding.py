"""Correcting codes of charges that are billed, also where money was posted: what moves no money.

Modifiers, diagnoses, which line is for which, revenue codes and the place of service. Procedures, units and amounts
stay, so the ledger does; to change those the charges are reopened, after the payer has taken its payment back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chartdesk.kit import live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import assessment, content, events, holding, projections
from chartdesk.pms.charges.models import Superbill
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.standards.terminology import icd10

#: A line has four modifiers and points to four diagnoses (005010X222A1, SV101 and SV107).
_MOST = 4
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_REVENUE = re.compile(r"(\d{4})?")
_PLACE = re.compile(r"\d{2}")


@dataclass(frozen=True)
class Recoded:
    """What a line says now; ``position`` is its place on the superbill, ``pointers`` count diagnoses from 1."""

    position: int
    modifiers: tuple[str, ...] = ()
    pointers: tuple[int, ...] = ()
    revenue: str = ""


def recode(
    subject: Subject, superbill_id: int, lines: Sequence[Recoded], diagnoses: Sequence[str], reason: str, *,
    place_of_service: str, version: int | None = None,
) -> None:  # fmt: skip
    """Let billed charges say this. Claims that were not sent are built anew; of others somebody is told.

    Raises Invalid with one issue for each wrong field, NotFound for a line, Conflict for charges in review or taken
    back, Stale for an older ``version``.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        bill = _billed(subject, superbill_id, version)
        known = {line.position: line for line in assessment.current_lines(bill)}
        said = {one.position: one for one in lines}
        if missing := sorted({*said} ^ {*known}):
            raise NotFound(f"The superbill has other lines than {missing[0]}.", cure="Reload the page.")
        codes = [content.diagnosis(code) for code in diagnoses if code.strip()]
        faults = [*_faults(codes, reason, place_of_service), *_line_faults(lines, len(codes))]
        if faults:
            raise Invalid("The codes cannot be kept like this.", issues=faults, cure="Correct what is marked.")
        for position, line in known.items():
            one = said[position]
            line.modifiers, line.pointers, line.revenue = [*one.modifiers], [*one.pointers], one.revenue
            line.save(update_fields=["modifiers", "pointers", "revenue"])
        bill.diagnoses, bill.place_of_service, bill.version = codes, place_of_service, bill.version + 1
        bill.save(update_fields=["diagnoses", "place_of_service", "version"])
        projections.project(subject, bill)
        detail = f"codes corrected: {reason.strip()}"
        audit.record(subject, "U", "superbill", patient=bill.patient, resource_id=str(bill.pk), detail=detail)
        events.announce(subject, events.RECODED, bill.pk, bill.patient)
        live.announce(subject, "charges", str(bill.pk))


def _billed(subject: Subject, superbill_id: int, version: int | None) -> Superbill:
    bill = holding.locked(subject, superbill_id, version=version)
    if bill.status not in ("approved", "billed"):
        cure = "Change its lines and save." if bill.status == "review" else ""
        raise Conflict(f"The superbill is {bill.status}.", cure=cure)
    return bill


def _faults(codes: Sequence[str], reason: str, place: str) -> Iterable[Invalid]:
    if not reason.strip():
        yield Invalid("Say what was wrong.", where="reason", cure="It stands in the trail of the charges.")
    if not codes:
        yield Invalid("Charges need a diagnosis.", where="diagnosis-1", cure="Enter at least one.")
    for number, code in enumerate(codes, start=1):
        if not icd10.is_billable(code):
            yield Invalid(f"{code} is no billable diagnosis.", where=f"diagnosis-{number}", cure="Enter the full code.")
        elif code in codes[: number - 1]:
            yield Invalid(f"{code} stands twice.", where=f"diagnosis-{number}", cure="Empty one of them.")
    if not _PLACE.fullmatch(place):
        yield Invalid(f"{place!r} is not a place of service.", where="place", cure="Two digits, such as 11.")


def _line_faults(lines: Sequence[Recoded], diagnoses: int) -> Iterable[Invalid]:
    for one in lines:
        where = f"modifiers-{one.position}"
        for modifier in one.modifiers:
            if not _MODIFIER.fullmatch(modifier):
                yield Invalid(f"{modifier!r} is not a modifier.", where=where, cure="Two letters or digits each.")
        if len(one.modifiers) > _MOST or len({*one.modifiers}) < len(one.modifiers):
            yield Invalid("A line has up to four different modifiers.", where=where, cure="Take some off.")
        where = f"pointers-{one.position}"
        wrong = next((number for number in one.pointers if not 1 <= number <= diagnoses), None)
        if wrong is not None:
            yield Invalid(f"There is no diagnosis {wrong}.", where=where, cure="Point to the numbers of the list.")
        if not 1 <= len({*one.pointers}) == len(one.pointers) <= _MOST:
            yield Invalid("A line points to one to four diagnoses.", where=where, cure="Such as 1 2.")
        if not _REVENUE.fullmatch(one.revenue):
            yield Invalid(f"{one.revenue!r} is no revenue code.", where=f"revenue-{one.position}", cure="Four digits.")
