"""What a good-faith estimate says, and how it looks on paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import typst

from chartdesk.kit import phones
from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import ZERO, dollars, money, total
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.good_faith.rules import DISPUTE_FROM, DISPUTE_WITHIN
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration.people import readable_zip
from chartdesk.pms.scheduling.models import Resource, Site
from chartdesk.record.access import Subject
from chartdesk.record.access.faults import Fault
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of
from chartdesk.standards.terminology import icd10


@dataclass(frozen=True)
class Item:
    """A service that is expected: its code, how often, and dollars for all of it (None: the fee schedule's price)."""

    code: str
    units: Decimal = Decimal(1)
    amount: Decimal | None = None
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What an estimate is made of. ``later`` are services that are expected and scheduled apart; ``site_id`` is where
    the visit is, the practice's first site where it is not known."""

    items: Sequence[Item]
    diagnoses: Sequence[str] = ()
    practitioner: str = ""
    service_date: date | None = None
    later: str = ""
    site_id: int | None = None


_EXPECTED = """
This is what we reasonably expect to charge, from what we know today. It is an estimate: what is done, and so the bill,
can turn out different.
"""
_BESIDES = """
You may need services that are not listed here because they must be scheduled or asked for separately. They can come
from other providers, who give you estimates of their own.
"""
_DISPUTE = f"""
If you are billed {dollars(DISPUTE_FROM)} or more above this estimate for the listed provider, you have the right to
dispute the bill: you can start a dispute between patient and provider at the U.S. Department of Health and Human
Services within {DISPUTE_WITHIN} days after the date of the bill. There is a small fee. Starting a dispute does not
lower the quality of the care you get. How to start: www.cms.gov/nosurprises or 1-800-985-3059.
"""
_FREE = """
This estimate is no contract. It does not oblige you to get any of the services from any of the providers listed.
"""
_KEEP = "Keep a copy, or take a picture of it. You may need it if the bill is higher."
#: In our own words what every estimate has to tell.
NOTICES = tuple(" ".join(notice.split()) for notice in (_EXPECTED, _BESIDES, _DISPUTE, _FREE, _KEEP))


def content(subject: Subject, patient_id: str, wanted: Wanted, on: date) -> tuple[Decimal, dict[str, Any]]:
    """The dollars expected in all, and what the estimate says. Raises Invalid with every fault of the items."""
    with reading(subject):
        patient = registration.patient(subject, patient_id)
        practice = practice_of(subject)
        lines, faults = _lines(subject, wanted, on)
        faults += [
            Fault("diagnoses", f"{code} is not a billable diagnosis.", "Look the code up.")
            for code in wanted.diagnoses
            if not icd10.is_billable(code)
        ]
        if not wanted.items:
            faults.append(Fault("items", "An estimate lists at least one service.", "Type its code."))
        if faults:
            raise Invalid("The estimate cannot be made like this.", issues=faults, cure="Correct what is marked.")
        whole = total(amount for _, amount in lines)
        born = patient.person.birth_date
        return whole, {
            "practice": _practice(practice),
            "patient": {
                "name": patient.person.full_name,
                "mrn": patient.mrn,
                "born": f"{born:%m/%d/%Y}" if born else "",
                "address": patient.person.address.one_line,
            },
            "service": f"{wanted.service_date:%m/%d/%Y}" if wanted.service_date else "not scheduled yet",
            "made": f"{on:%m/%d/%Y}",
            "provider": _provider(subject, practice, wanted),
            "diagnoses": [[code, icd10.lookup(code).description] for code in wanted.diagnoses],
            "items": [line for line, _ in lines],
            "total": dollars(whole),
            "later": wanted.later.strip(),
            "notices": list(NOTICES),
        }


def pdf(data: dict[str, Any]) -> bytes:
    """The estimate as a PDF."""
    source = resources.files("chartdesk.pms.good_faith").joinpath("estimate.typ").read_bytes()
    compiled = typst.compile(source, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    assert isinstance(compiled, bytes)
    return compiled


def _lines(subject: Subject, wanted: Wanted, on: date) -> tuple[list[tuple[list[str], Decimal]], list[Fault]]:
    day = wanted.service_date or on
    described = dict(charges.offered(subject, day))
    lines, faults = [], []
    for place, item in enumerate(wanted.items, start=1):
        code = item.code.strip().upper()
        amount = item.amount
        if amount is None:
            price = charges.fee(subject, code, day, list(item.modifiers))
            amount = None if price is None else money(price * item.units)
        if amount is None or amount < ZERO or item.units <= 0:
            faults.append(Fault(f"item {place}", f"{code} has no price.", "Type the expected charge."))
            continue
        name = " ".join([code, *item.modifiers])
        lines.append(
            ([name, described.get(code, ""), f"{item.units.normalize():f}", dollars(money(amount))], money(amount))
        )
    return lines, faults


def _provider(subject: Subject, practice: Practice, wanted: Wanted) -> dict[str, str]:
    rows = Resource.objects.filter(practice=subject.practice, kind="provider", practitioner=wanted.practitioner)
    found = rows.first() if wanted.practitioner else None
    sites = Site.objects.filter(practice=subject.practice).order_by("pk")
    site = (sites.filter(pk=wanted.site_id).first() if wanted.site_id else None) or sites.first()
    return {
        "name": found.name if found else practice.name,
        "npi": (found.npi if found else "") or practice.npi,
        "tax_id": practice.tax_id,
        "place": site.name if site else practice.name,
        "state": (site.state if site else "") or practice.state,
    }


def _practice(practice: Practice) -> dict[str, str]:
    street = " ".join(part for part in (practice.line1, practice.line2) if part)
    return {
        "name": practice.name,
        "address": f"{street}, {practice.city}, {practice.state} {readable_zip(practice.postal_code)}",
        "phone": phones.readable(practice.phone),
    }
