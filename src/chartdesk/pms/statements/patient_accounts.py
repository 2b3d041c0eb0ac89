"""What a patient owes and is owed as an Account resource.

Guide section: Account (https://hl7.org/fhir/R4/account.html). R4 has no place for a balance; R5 has one, and the
extension that HL7 defines for it is used: what patient and insurance owe, both together, and the patient's credit.
An account is there from the first approved charge or posted dollar of a patient on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import ZERO
from chartdesk.pms.charges import elements
from chartdesk.pms.charges.projections import account_id
from chartdesk.pms.coverage import parties
from chartdesk.record import database, projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

NUMBER = "urn:chartdesk:account"
_TYPE = elements.concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PBILLACCT", "patient billing account")
_BALANCE = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Account.balance"
_AGGREGATE = "http://terminology.hl7.org/CodeSystem/account-aggregate"
_CREDIT = elements.concept("urn:chartdesk:account-balance", "credit", "Credit of the patient")
_UNUSED = ("entered-in-error", "cancelled", "draft")
_SUMS = """
    SELECT p.patient, b.first, b.last, e.owed, e.insured, e.credit
      FROM unnest(%b::text[]) AS p(patient)
     CROSS JOIN LATERAL (
        SELECT min(service_date) AS first, max(service_date) AS last FROM charges_superbill s
         WHERE s.practice = %s AND s.patient = p.patient AND s.approvals > 0) AS b
     CROSS JOIN LATERAL (
        SELECT count(*) AS entries, sum(amount) FILTER (WHERE account = 'ar' AND holder = 'patient') AS owed,
               sum(amount) FILTER (WHERE account = 'ar' AND holder <> 'patient') AS insured,
               -sum(amount) FILTER (WHERE account = 'patient_credit') AS credit
          FROM ledger_entry l
         WHERE l.practice = %s AND l.patient = p.patient AND l.account IN ('ar', 'patient_credit')) AS e
     WHERE b.first IS NOT NULL OR e.entries > 0
     ORDER BY p.patient
"""
_BESIDE = """
    SELECT type, patient, body FROM record_resource
     WHERE practice = %s AND type = ANY(%b::text[]) AND patient = ANY(%b::text[]) AND NOT deleted
     ORDER BY type, patient, id
"""
_PATIENTS = """
    SELECT patient FROM (
        SELECT DISTINCT patient COLLATE "C" AS patient FROM charges_superbill WHERE practice = %s AND approvals > 0
         UNION SELECT DISTINCT patient COLLATE "C" FROM ledger_entry
                WHERE practice = %s AND account IN ('ar', 'patient_credit') AND patient <> '') AS known
     WHERE patient > %s ORDER BY patient LIMIT %s
"""


@dataclass
class _Beside:
    """What the record knows beside the books: coverages by rank, and who answers for the patient."""

    coverages: list[tuple[int, str]] = field(default_factory=list)
    guarantors: list[str] = field(default_factory=list)


def register() -> None:
    """Tell the record who keeps Account."""
    operation = "Approve charges or take a payment: the account follows from the books."
    projected.register(projected.Projection("Account", "account-", operation, _render, _keys, shared=True))


def beside_changed(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """A Coverage or a RelatedPerson was written: the account of its patient names it."""
    patients = {one.patient for one in (old, new) if one is not None and one.patient}
    if patients:
        projected.follow(subject, "Account", *patients)


def _keys(subject: Subject, after: Key | None, count: int) -> list[Key]:
    last = "" if after in (None, projected.NEWEST) else str(after)
    rows = database.rows(_PATIENTS, [subject.practice, subject.practice, last, count])
    return [patient for (patient,) in rows]


def _render(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    sums = database.rows(_SUMS, [list(keys), subject.practice, subject.practice])
    beside = _beside(subject, [row[0] for row in sums])
    practice = parties.practice(subject)
    return [_account(practice, beside.get(row[0], _Beside()), *row) for row in sums]


def _beside(subject: Subject, patients: list[str]) -> dict[str, _Beside]:
    found: dict[str, _Beside] = {}
    if not patients:
        return found
    rows = database.rows(_BESIDE, [subject.practice, ["Coverage", "RelatedPerson"], patients])
    for type, patient, body in rows:
        into = found.setdefault(patient, _Beside())
        resource = fhir.decode(body, type=type)
        if isinstance(resource, r4.Coverage) and resource.status not in _UNUSED:
            rank = resource.order if isinstance(resource.order, int) and resource.order > 0 else 1
            into.coverages.append((rank, f"Coverage/{resource.id}"))
        elif isinstance(resource, r4.RelatedPerson) and resource.active is not False and _answers(resource):
            into.guarantors.append(f"RelatedPerson/{resource.id}")
    return found


def _answers(person: r4.RelatedPerson) -> bool:
    return any(coding.code == "guarantor" for one in person.relationship for coding in one.coding)


def _account(
    practice: r4.Reference,
    beside: _Beside,
    patient: str,
    first: date | None,
    last: date | None,
    owed: Decimal | None,
    insured: Decimal | None,
    credit: Decimal | None,
) -> r4.Account:
    by_patient, by_payers = owed or ZERO, insured or ZERO
    answering = beside.guarantors or [f"Patient/{patient}"]
    return r4.Account(
        id=account_id(patient),
        identifier=[r4.Identifier(system=NUMBER, value=patient)],
        status="active",
        type=_TYPE,
        name="Patient account",
        subject=[r4.Reference(reference=f"Patient/{patient}")],
        servicePeriod=r4.Period(start=first.isoformat(), end=last.isoformat()) if first and last else None,
        coverage=[
            r4.AccountCoverage(coverage=r4.Reference(reference=reference), priority=rank)
            for rank, reference in sorted(beside.coverages)
        ]
        or (),
        owner=practice,
        guarantor=[r4.AccountGuarantor(party=r4.Reference(reference=one)) for one in answering],
        extension=[
            _balance(elements.concept(_AGGREGATE, "patient"), by_patient),
            _balance(elements.concept(_AGGREGATE, "insurance"), by_payers),
            _balance(elements.concept(_AGGREGATE, "total"), by_patient + by_payers),
            _balance(_CREDIT, credit or ZERO),
        ],
    )


def _balance(aggregate: r4.CodeableConcept, amount: Decimal) -> r4.Extension:
    return r4.Extension(
        url=_BALANCE,
        extension=[
            r4.Extension(url="aggregate", valueCodeableConcept=aggregate),
            r4.Extension(url="amount", valueMoney=elements.dollars(amount)),
        ],
    )
