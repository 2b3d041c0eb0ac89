"""Pricing and reviewing a superbill's rows: the rows go to the rules as plain data, the findings come back.

What stops a superbill stands on the billers' list until a later review finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from functools import partial

from chartdesk.kit import clock, fetching, live, worklist
from chartdesk.kit.money import money, total
from chartdesk.pms.charges import dividing, events, history, levels, rules
from chartdesk.pms.charges.content import Procedure, checked
from chartdesk.pms.charges.models import ChargeLine, Fee, Superbill
from chartdesk.pms.coverage import queries as coverage
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

#: The work items of review, and of visits without charges.
WORK, MISSING_WORK = "charge_review", "missing_charges"


def prices(
    subject: Subject, codes: Iterable[str], on: date, payer: Callable[[], str] | None = None
) -> dict[tuple[str, str], Fee]:
    """The fees in force on a day for ``codes``, by (code, modifier). Of two lists the later one holds.

    ``payer`` is asked who pays where some payer has a list of its own: that list goes before everybody's.
    """
    fees = Fee.objects.filter(
        practice=subject.practice, code__in=list(codes), schedule__effective__lte=on
    ).select_related("schedule")
    rows = list(fees.order_by("schedule__effective", "pk"))
    if any(fee.schedule.payer_id for fee in rows):
        whose = payer() if payer else ""
        rows = [fee for fee in rows if fee.schedule.payer_id in ("", whose)]
        rows.sort(key=lambda fee: fee.schedule.payer_id != "")
    return {(fee.code, fee.modifier): fee for fee in rows}


def _prices_of(subject: Subject, bill: Superbill, codes: Iterable[str]) -> dict[tuple[str, str], Fee]:
    """The prices of a superbill's day, for who pays it."""

    def payer() -> str:
        if not bill.payer_id:
            _who_pays(subject, bill)
        return str(bill.payer_id)

    return prices(subject, codes, bill.service_date, payer)


def price(fees: dict[tuple[str, str], Fee], code: str, modifiers: list[str]) -> Fee | None:
    """The fee of one unit: that of a modifier with a price of its own, else that of the code."""
    for modifier in modifiers:
        if (code, modifier) in fees:
            return fees[code, modifier]
    return fees.get((code, ""))


def priced_lines(
    subject: Subject, bill: Superbill, procedures: Iterable[Procedure], *, after: int = 0
) -> list[ChargeLine]:
    """Unsaved lines of ``bill`` with the prices of its date of service."""
    wanted = [checked(one, f"line {number}") for number, one in enumerate(procedures, start=1)]
    fees = _prices_of(subject, bill, {one.code for one in wanted})
    lines = []
    for position, procedure in enumerate(wanted, start=after + 1):
        code, modifiers, units = procedure.code, procedure.modifiers, procedure.units
        fee = price(fees, code, modifiers)
        amount = procedure.amount
        if amount is None and fee is not None:
            amount = fee.amount * units
        lines.append(
            ChargeLine(
                practice=subject.practice,
                superbill=bill,
                position=position,
                code=code,
                modifiers=modifiers,
                units=units,
                amount=None if amount is None else money(amount),
                pointers=[int(pointer) for pointer in procedure.pointers],
                description=(fee.description if fee else "") or procedure.description,
                practitioner=procedure.practitioner or bill.practitioner,
                service_date=procedure.service_date if procedure.service_date != bill.service_date else None,
                revenue=procedure.revenue,
            )
        )
    return lines


def current_lines(bill: Superbill) -> list[ChargeLine]:
    """The lines that count, in order."""
    wanted = "practice = %s AND superbill_id = %s AND NOT superseded ORDER BY position"
    lines = fetching.fetch(ChargeLine, wanted, [bill.practice, bill.pk])
    for line in lines:
        line.superbill = bill
    return lines


def assess(subject: Subject, bill: Superbill) -> list[rules.Finding]:
    """Review the locked superbill: who pays, which lines there are, total and findings are written, the work item
    follows.
    """
    standing, policies = _who_pays(subject, bill)
    lines = dividing.divided(subject, bill, current_lines(bill), policies, partial(_prices_of, subject, bill))
    own = practice_of(subject).settings.get("charge_review", {})
    findings = rules.review(_plain(subject, bill, lines, standing), own)
    bill.findings = [asdict(finding) for finding in findings]
    bill.total = total(line.amount for line in lines if line.amount is not None)
    bill.save(update_fields=["coverage", "payer_id", "findings", "total"])
    _keep_work(subject, bill, rules.errors(findings))
    return findings


def reviewed(subject: Subject, bill: Superbill, *, announce: bool = True) -> list[rules.Finding]:
    """Review after a change; charges that became clean are announced anew, so that they can go on."""
    findings = assess(subject, bill)
    bill.version += 1
    bill.save()
    audit.record(subject, "U", "superbill", patient=bill.patient, resource_id=str(bill.pk))
    if announce and not rules.errors(findings):
        events.announce(subject, events.CAPTURED, bill.pk, bill.patient)
    live.announce(subject, "charges", str(bill.pk))
    return findings


def reassessed(subject: Subject, bill: Superbill) -> list[rules.Finding]:
    """Price the lines of the locked superbill that have no price, and review it."""
    lines = [line for line in current_lines(bill) if line.amount is None]
    fees = _prices_of(subject, bill, {line.code for line in lines}) if lines else {}
    for line in lines:
        fee = price(fees, line.code, line.modifiers)
        if fee is not None:
            line.amount, line.description = fee.amount * line.units, fee.description
            line.save(update_fields=["amount", "description"])
    return reviewed(subject, bill)


def reassess_unpriced(subject: Subject) -> None:
    """Price and review every superbill that waits for a price."""
    waiting = Superbill.objects.filter(
        practice=subject.practice, status="review", lines__amount=None, lines__superseded=False
    )
    numbers = list(waiting.values_list("pk", flat=True).distinct())
    for bill in Superbill.objects.select_for_update().filter(practice=subject.practice, pk__in=numbers):
        reassessed(subject, bill)


def _who_pays(subject: Subject, bill: Superbill) -> tuple[str, dict[str, str]]:
    """How the patient is covered on the date of service, and the policies in force: payer → coverage, by rank.

    The first of them is written as the one to bill.
    """
    bill.coverage, bill.payer_id = "", ""
    if bill.self_pay:
        return "self_pay", {}
    known = coverage.coverages(subject, bill.patient)
    policies: dict[str, str] = {}
    for view in sorted(known, key=lambda view: view.rank):
        starts, ends = view.effective, view.ends
        if (starts is None or starts <= bill.service_date) and (ends is None or ends >= bill.service_date):
            policies.setdefault(view.payer_id, view.coverage_id)
    if policies:
        bill.payer_id, bill.coverage = next(iter(policies.items()))
        return "active", policies
    return ("expired" if known else "none"), {}


def _plain(subject: Subject, bill: Superbill, lines: list[ChargeLine], standing: str) -> rules.Bill:
    past = history.past(subject, bill)
    codes = {line.code for line in lines} | {one.code for one in past}
    return rules.Bill(
        service_date=bill.service_date,
        today=clock.today(practice_of(subject).zone),
        place_of_service=bill.place_of_service,
        diagnoses=list(bill.diagnoses),
        lines=[
            rules.Line(one.position, one.code, one.modifiers, one.units, one.pointers, one.amount, one.practitioner)
            for one in lines
        ],
        coverage=standing,
        elsewhere=frozenset(one.code for one in past if one.day == bill.service_date),
        practitioner=bill.practitioner,
        minutes=bill.minutes,
        documented=levels.documented(bill.documented),
        past=tuple(past),
        policies=history.policies(codes, bill.service_date),
        alike=history.alike(subject, bill.practitioner, {one.practitioner for one in past}),
    )


def _keep_work(subject: Subject, bill: Superbill, faults: list[rules.Finding]) -> None:
    key = str(bill.pk)
    if not faults:
        worklist.close_items(subject, WORK, [key], by=subject.actor)
        return
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=WORK,
            key=key,
            role="biller",
            title=f"Charges of {bill.service_date:%b %-d, %Y} need review: {faults[0].message}",
            detail="\n".join(finding.message for finding in faults),
            cure="\n".join(dict.fromkeys(finding.cure for finding in faults)),
            about=f"Patient/{bill.patient}",
            link=("superbill", key),
            amount=bill.total,
        ),
    )
