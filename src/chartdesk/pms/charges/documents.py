"""The superbill on paper."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import typst

from chartdesk.kit import phones
from chartdesk.kit.money import dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import queries
from chartdesk.pms.charges.queries import LineView, SuperbillView
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration.people import readable_zip
from chartdesk.pms.scheduling.models import Resource, Site
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of
from chartdesk.standards.terminology import icd10


def superbill_pdf(subject: Subject, superbill_id: int) -> bytes:
    """The superbill as a PDF of one page. Raises NotFound."""
    with transaction(subject):
        data = _data(subject, queries.superbill(subject, superbill_id))
    template = resources.files("chartdesk.pms.charges").joinpath("superbill.typ").read_bytes()
    compiled = typst.compile(template, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    assert isinstance(compiled, bytes)
    return compiled


def _data(subject: Subject, bill: SuperbillView) -> dict[str, Any]:
    practice = practice_of(subject)
    return {
        "number": str(bill.id),
        "status": bill.status,
        "practice": _letterhead(practice),
        "fields": _fields(subject, bill),
        "diagnoses": [[str(place), code, _description(code)] for place, code in enumerate(bill.diagnoses, start=1)],
        "lines": [
            {
                "code": line.code,
                "description": _described(line),
                "modifiers": " ".join(line.modifiers),
                "pointers": ", ".join(map(str, line.pointers)),
                "units": f"{line.units.normalize():f}",
                "amount": "no price" if line.amount is None else dollars(line.amount),
            }
            for line in bill.lines
        ],
        "total": dollars(bill.total),
        # What review has to say is for the office: a patient takes the page when the charges stand.
        "notices": [finding.message for finding in bill.findings] if bill.status == "review" else _taken_back(bill),
        "footer": f"{practice.name} · {phones.readable(practice.phone)}",
    }


def _taken_back(bill: SuperbillView) -> list[str]:
    return [f"These charges were taken back: {bill.void_reason}"] if bill.status == "void" else []


def _described(line: LineView) -> str:
    """What was done, and when and for whose money where it is not as on the rest of the page."""
    besides = [
        f"on {line.service_date:%m/%d/%Y}" if line.service_date else "",
        "you pay" if line.payer_id == "" else "",
    ]
    return ", ".join(one for one in (line.description, *besides) if one)


def _description(code: str) -> str:
    return icd10.lookup(code).description if icd10.is_billable(code) else "not a billable code"


def _letterhead(practice: Practice) -> dict[str, str]:
    town = f"{practice.city}, {practice.state} {readable_zip(practice.postal_code)}"
    street = " ".join(part for part in (practice.line1, practice.line2) if part)
    return {
        "name": practice.name,
        "address": f"{street}, {town}",
        "numbers": f"NPI {practice.npi} · Tax ID {practice.tax_id}",
    }


def _fields(subject: Subject, bill: SuperbillView) -> list[tuple[str, str]]:
    patient = registration.patient(subject, bill.patient_id)
    born, zone = patient.person.birth_date, ZoneInfo(practice_of(subject).zone)
    provider = Resource.objects.filter(
        practice=subject.practice, kind="provider", practitioner=bill.practitioner
    ).first()
    site = Site.objects.filter(practice=subject.practice, pk=bill.site).first() if bill.site.isdigit() else None
    return [
        ("Patient", patient.name),
        ("Date of birth", f"{born:%m/%d/%Y}" if born else ""),
        ("Record number", patient.mrn),
        ("Date of service", f"{bill.service_date:%m/%d/%Y}"),
        ("Provider", f"{provider.name}, NPI {provider.npi}" if provider else ""),
        (
            "Place of service",
            " · ".join(part for part in (bill.place_of_service, site.name if site else "") if part),
        ),
        ("Insurance", _insurance(subject, bill)),
        ("Duration", f"{bill.minutes} minutes" if bill.minutes else ""),
        ("Signed", f"{bill.signed_at.astimezone(zone):%m/%d/%Y}" if bill.signed_at else ""),
    ]


def _insurance(subject: Subject, bill: SuperbillView) -> str:
    for view in coverage.coverages(subject, bill.patient_id):
        if view.coverage_id == bill.coverage_id:
            return f"{view.payer_name}, member {view.member_id}"
    return "Self-pay"
