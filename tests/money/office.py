"""A billing office for tests: patients with charges, their claims sent, and 835s as a payer would write them.

What needs Django is imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 16, 15, tzinfo=UTC)
PAYER, SECOND = "ACME1", "SECO2"
CLAIM_CODES = [("99213", "140"), ("87880", "32")]
_numbers = itertools.count(1)
_HOME = {"line1": "12 Elm Street", "city": "Columbus", "state": "OH", "postal_code": "43215"}


def dec(text: str | int | Decimal) -> Decimal:
    """Dollars."""
    return Decimal(text).quantize(Decimal("0.01"))


@dataclass
class Sent:
    """A claim that was sent. ``lines`` are (charge line, control number, code, dollars)."""

    claim_id: int
    number: str
    patient: str
    superbill: int
    lines: list[tuple[int, str, str, Decimal]]

    @property
    def total(self) -> Decimal:
        """What was charged."""
        return sum((line[3] for line in self.lines), Decimal("0.00"))


@dataclass
class Cut:
    """An adjustment in short: ``Cut("CO", "45", "30")``."""

    group: str
    reason: str
    amount: str


@dataclass
class Paid:
    """A line as the payer decided it."""

    code: str
    charge: str
    paid: str
    cuts: list[Cut] = field(default_factory=list)
    control: str = ""
    modifiers: list[str] = field(default_factory=list)
    submitted: str = ""
    remarks: list[str] = field(default_factory=list)
    day: date | None = DAY


@dataclass
class Office:
    """The practice's billing office."""

    subject: Any
    practitioner: str

    def patient(self, *, payers: tuple[str, ...] = (PAYER,)) -> str:
        """A new patient with a policy of each payer; their id."""
        from chartdesk.pms.coverage import commands as coverage
        from chartdesk.pms.registration.commands import register
        from chartdesk.pms.registration.people import Address, Guarantor, Person, Registration

        number = next(_numbers)
        person = Person(
            family=f"Payne{number}",
            given="Pat",
            birth_date=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
            sex="female",
            address=Address(**_HOME),
        )
        made = register(self.subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
        for rank, payer in enumerate(payers, start=1):
            coverage.add_coverage(self.subject, made.patient_id, coverage.Card(payer, rank, f"M{number:06}"))
        return made.patient_id

    def charge(
        self, patient: str, lines: list[tuple[str, str]] | None = None, *, on: date = DAY, self_pay: bool = False
    ) -> int:
        """Approved charges of ``(code, dollars)``; the superbill."""
        from chartdesk.pms.charges import commands as charges

        bill = charges.capture(
            self.subject,
            charges.EncounterCharges(
                source_id=f"source-{next(_numbers)}",
                encounter_id="",
                appointment_id="",
                patient_id=patient,
                practitioner=self.practitioner,
                service_date=on,
                place_of_service="11",
                signed_at=datetime(on.year, on.month, on.day, 20, tzinfo=UTC),
                minutes=20,
                diagnoses=["J02.0"],
                procedures=[
                    charges.Procedure(code, pointers=[1], description=f"Service {code}", amount=dec(amount))
                    for code, amount in lines or [("99213", "140")]
                ],
            ),
        )
        charges.approve(self.subject, bill, self_pay=self_pay)
        return bill

    def claim(
        self, lines: list[tuple[str, str]] | None = None, *, patient: str = "", on: date = DAY, rank: int = 1
    ) -> Sent:
        """A sent claim for new charges."""
        from chartdesk.kit.transactions import transaction
        from chartdesk.pms.claims import commands as claims
        from chartdesk.pms.claims.models import Claim, ClaimLine

        patient = patient or self.patient()
        bill = self.charge(patient, lines, on=on)
        number = claims.build(self.subject, bill, rank=rank)
        claims.scrub(self.subject, number)
        with transaction(self.subject):
            claim = Claim.objects.get(pk=number)
            assert claim.status == "ready", claim.findings
            ours = [
                (one.charge_line, one.control_number, one.code, one.amount)
                for one in ClaimLine.objects.filter(claim=claim).order_by("position")
            ]
        claims.submit(self.subject, [number])
        return Sent(number, claim.number, patient, bill, ours)

    def remit(self, *claims: Any, plb: list[tuple[str, str, str]] | None = None, **given: Any) -> bytes:
        """An 835 with those claim payments; see ``remittance`` for what may be given."""
        return write_835([remittance(*claims, plb=plb, **given)])

    def receive(self, content: bytes) -> Any:
        """Receive and post a file; (remittance, report)."""
        from chartdesk.pms.remittance import commands, queries

        number = commands.receive(self.subject, content)
        report = commands.post(self.subject, number)
        return queries.remittance(self.subject, number), report

    def balance(self, account: str, **narrowed: Any) -> Decimal:
        """A ledger balance, debit positive."""
        from chartdesk.pms.ledger import queries

        return queries.balance(self.subject, account, **narrowed)

    def items(self, kind: str) -> list[Any]:
        """Open work items of a kind."""
        from chartdesk.kit import worklist
        from chartdesk.kit.transactions import transaction

        with transaction(self.subject):
            return list(worklist.items(self.subject, kinds=[kind]))

    def status(self, claim: Sent) -> str:
        """The claim's status."""
        from chartdesk.kit.transactions import transaction
        from chartdesk.pms.claims.models import Claim

        with transaction(self.subject):
            return Claim.objects.get(pk=claim.claim_id).status

    def denied(self) -> list[tuple[str, str, str]]:
        """Pending denials: (group, reason, dollars without needless zeros)."""
        from chartdesk.pms.remittance import queries

        rows = sorted(queries.denials(self.subject), key=lambda row: row.id)
        return [(row.group, row.carc, f"{row.amount.normalize():f}") for row in rows]

    def books(self) -> dict[str, Decimal]:
        """Account → balance, without zeros. Asserts that the trial balance is zero."""
        from chartdesk.pms.ledger import queries

        rows = queries.trial_balance(self.subject)
        assert sum((row[3] for row in rows), Decimal(0)) == 0
        return {row[0]: row[3] for row in rows if row[3]}


@pytest.fixture
def office(subject: Any) -> Iterator[Office]:
    """A billing office with two payers and prices, on the day the money comes in."""
    from chartdesk.kit import clock

    with clock.at(NOW):
        yield open_office(subject)


def open_office(subject: Any) -> Office:
    """Two payers, a clinician, and prices."""
    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.scheduling import setup

    site = setup.add_site(subject, name="Main Street")
    provider = setup.add_provider(
        subject, family="Reed", given="Ana", npi="1234567893", taxonomy="207Q00000X", site_id=site
    )
    address = {"line1": "1 Payer Way", "city": "Columbus", "state": "OH", "postal_code": "43004"}
    coverage.add_payer(subject, coverage.PayerDetails(PAYER, "Acme PPO", **address))
    coverage.add_payer(subject, coverage.PayerDetails(SECOND, "Second Mutual", **address))
    fees = [(code, f"Service {code}", Decimal(amount)) for code, amount in (("99213", 140), ("87880", 32))]
    charges.set_fees(subject, "standard", date(2020, 1, 1), fees)
    return Office(subject, provider.practitioner)


def decided(
    claim: Sent | None,
    lines: list[Paid] | None = None,
    *,
    status: str = "1",
    number: str = "",
    charge: str = "",
    paid: str = "",
    cuts: list[Cut] | None = None,
    payer_number: str = "",
) -> Any:
    """A claim payment (loop 2100); ``charge`` and ``paid`` default to the sums of the lines."""
    from chartdesk.standards.x12 import remittance_835 as x12
    from chartdesk.standards.x12.parties import Party

    given = lines or []
    controls = [line[1] for line in claim.lines] if claim else []
    return x12.ClaimPayment(
        pcn=number or (claim.number if claim else "NOBODY"),
        status=status,
        charge=dec(charge) if charge else dec(sum((dec(one.charge) for one in given), Decimal(0))),
        paid=dec(paid) if paid else dec(sum((dec(one.paid) for one in given), Decimal(0))),
        filing_indicator="CI",
        payer_claim_number=payer_number or (f"P{claim.number}" if claim else "P0"),
        place_of_service="11",
        frequency="1",
        adjustments=_adjustments(cuts or []),
        people=[("QC", Party(last="PAYNE", first="PAT", person=True))],
        lines=[
            x12.ServicePayment(
                code=one.code,
                modifiers=one.modifiers,
                charge=dec(one.charge),
                paid=dec(one.paid),
                units=Decimal(1),
                submitted_code=one.submitted,
                submitted_qualifier="HC" if one.submitted else "",
                day=one.day,
                adjustments=_adjustments(one.cuts),
                line_control=(controls[place] if place < len(controls) else "")
                if one.control == ""
                else one.control.strip("-"),
                remarks=one.remarks,
            )
            for place, one in enumerate(given)
        ],
    )


def reversed_(claim_payment: Any) -> Any:
    """The reversal of a claim payment: status 22, every amount negated."""
    from dataclasses import replace

    def turn(cuts: list[Any]) -> list[Any]:
        return [replace(one, amount=-one.amount) for one in cuts]

    return replace(
        claim_payment,
        status="22",
        charge=-claim_payment.charge,
        paid=-claim_payment.paid,
        adjustments=turn(claim_payment.adjustments),
        lines=[
            replace(one, charge=-one.charge, paid=-one.paid, adjustments=turn(one.adjustments))
            for one in claim_payment.lines
        ],
    )


def remittance(
    *claims: Any,
    plb: list[tuple[str, str, str]] | None = None,
    trace: str = "",
    method: str = "ACH",
    payer: str = "ACME PPO",
    tax: str = "841000101",
    total: str = "",
    paid_on: date | None = None,
) -> Any:
    """A payment. ``plb`` is (reason, reference, dollars); ``total`` (BPR02) defaults to what balances."""
    from chartdesk.standards.x12 import remittance_835 as x12
    from chartdesk.standards.x12.parties import Address, Party

    adjustments = [
        x12.ProviderAdjustment(
            provider="1993999998",
            fiscal_year_end=date(2026, 12, 31),
            reason=reason,
            reference=reference,
            amount=dec(one),
        )
        for reason, reference, one in plb or []
    ]
    sent = sum((one.paid for one in claims), Decimal(0)) - sum((one.amount for one in adjustments), Decimal(0))
    address = Address(line1="1 PAYER WAY", city="COLUMBUS", state="OH", postal="43004")
    home = Address(line1="100 MAIN STREET", city="COLUMBUS", state="OH", postal="43215")
    return x12.Remittance(
        payer=Party(last=payer, address=address),
        payee=Party(last="TEST PRACTICE", id_qualifier="XX", id="1993999998", address=home),
        total=dec(total) if total else dec(sent),
        trace=trace or f"T{next(_numbers):08d}",
        payer_trace_id=f"1{tax}",
        paid_on=paid_on or DAY,
        method=method,
        claims=list(claims),
        provider_adjustments=adjustments,
    )


def write_835(payments: list[Any], *, control: int | None = None) -> bytes:
    """A file with those payments; faulty ones are written as they are."""
    from chartdesk.standards.x12 import remittance_835 as x12
    from chartdesk.standards.x12.envelope import Envelope

    for place, one in enumerate(payments, start=1):
        one.control = f"{place:04d}"
    envelope = Envelope(
        sender="ACME", receiver="PRACTICE", control=control or next(_numbers), created=NOW.replace(tzinfo=None)
    )
    return x12.write(envelope, payments, check=False)


def _adjustments(cuts: list[Cut]) -> list[Any]:
    from chartdesk.standards.x12.parties import Adjustment

    return [Adjustment(group=one.group, reason=one.reason, amount=dec(one.amount)) for one in cuts]
