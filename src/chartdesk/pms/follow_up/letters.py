"""Letters of appeal: texts with places for the claim's facts, and the letter on paper.

The built-in texts are beginnings, in our own words; a practice writes its own under the same key or a new one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

import typst

from chartdesk.kit import clock, phones
from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import dollars
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.follow_up.models import Appeal, LetterTemplate
from chartdesk.pms.registration.people import address_lines
from chartdesk.pms.remittance.models import Denial
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.terminology import icd10
from chartdesk.standards.x12.codes import adjustment_reasons, remarks

#: What may stand in braces, and what it becomes.
PLACES = {
    "patient_name": "the patient's name",
    "birth_date": "the patient's date of birth",
    "member_id": "the number on the card",
    "group_number": "the group's number",
    "claim_number": "our number of the claim",
    "payer_claim_number": "the payer's number of the claim",
    "payer_name": "the payer",
    "service_date": "the day of the service",
    "provider_name": "who rendered the service",
    "practice_name": "the practice",
    "practice_phone": "its telephone number",
    "authorization": "the authorization number on the claim",
    "amount": "the dollars that were denied",
    "reasons": "the payer's reasons in words, with their codes",
    "services": "the denied services, one in each line",
    "diagnoses": "the diagnoses of the claim, one in each line",
    "submitted": "the day on which the claim first went out",
    "denied": "the day on which the payer denied it",
    "level": "which level of the appeal this is",
    "today": "the day of the letter",
}
_PLACE = re.compile(r"\{([a-z_]*)\}")
_OPENING = (
    "We ask you to reconsider your decision about claim {claim_number} for the services of {service_date} to "
    "{patient_name}. You denied {amount} for this reason: {reasons}.\n\nThe services denied are:\n{services}\n\n"
)
_CLOSING = (
    "\n\nPlease reprocess the claim and pay it under our agreement. If you uphold the denial, send us the provision of "
    "the plan and the clinical criteria you relied on, and name the qualifications of who reviewed it.\n\n"
    "Questions reach us at {practice_phone}."
)


@dataclass(frozen=True)
class Letter:
    """A text to begin with. ``own`` says that the practice wrote it."""

    key: str
    name: str
    title: str
    body: str
    reasons: tuple[str, ...] = ()
    own: bool = False


def _built_in(key: str, name: str, argument: str, *reasons: str) -> Letter:
    title = "Appeal of the denial of claim {claim_number}"
    return Letter(key, name, title, _OPENING + argument + _CLOSING, reasons)


BUILT_IN = {
    one.key: one
    for one in (
        _built_in(
            "necessity", "Medical necessity",
            "The services were needed to diagnose and treat the patient's condition:\n{diagnoses}\n\nThe enclosed "
            "records of {provider_name} show the findings, what was considered, and why this treatment was chosen. It "
            "agrees with accepted practice and was not for convenience.", "50", "55", "56", "150", "151", "167",
        ),
        _built_in(
            "authorization", "Authorization",
            "An authorization was obtained, or could not be obtained before care had to be given. We enclose the "
            "confirmation, and records that show why care could not wait.\n\n"
            "Authorization number on the claim: {authorization}.",
            "15", "197", "198", "243", "284", "296", "302",
        ),
        _built_in(
            "timely", "Timely filing",
            "The claim was sent in time: it first went out on {submitted}. We enclose your acknowledgement as proof "
            "that you received it within the filing limit.", "29",
        ),
        _built_in(
            "bundling", "Bundled services",
            "The services were separate and each is documented by itself. They were not a part of each other: the "
            "modifiers on the claim say so, and the enclosed records show a separate indication and separate work.",
            "97", "234", "236", "231", "59", "151",
        ),
        _built_in(
            "coverage", "Covered services",
            "The plan covers these services for the patient's conditions:\n{diagnoses}\n\nCoverage was confirmed with "
            "you before the visit. We enclose that answer.", "26", "27", "31", "96", "109", "204", "256",
        ),
        _built_in(
            "information", "Information that was missing",
            "The information that you asked for is enclosed. With it the claim is complete.", "16", "226", "227", "252",
        ),
        _built_in("general", "General", "The enclosed records support the claim as it was sent."),
    )
}  # fmt: skip


def letters(subject: Subject) -> dict[str, Letter]:
    """Every text to begin with, the practice's own before the built-in ones, by key."""
    with reading(subject):
        rows = LetterTemplate.objects.filter(practice=subject.practice).order_by("name")
        own = {row.key: Letter(row.key, row.name, row.title, row.body, own=True) for row in rows}
    named = {key: BUILT_IN[key].reasons for key in own if key in BUILT_IN}
    return {
        **BUILT_IN,
        **{key: Letter(key, one.name, one.title, one.body, named.get(key, ()), True) for key, one in own.items()},
    }


def write(subject: Subject, key: str, name: str, title: str, body: str) -> LetterTemplate:
    """Keep a text of the practice's own. Raises Invalid for a bad key, an empty text or a place that is none."""
    subject.require(Role.BILLER, Role.MANAGER)
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", key):
        raise Invalid(f"{key!r} is no short name.", where="key", cure="Use small letters, digits and dashes.")
    for where, text in (("name", name), ("title", title), ("body", body)):
        if not text.strip():
            raise Invalid("A letter needs a name, a subject line and a text.", where=where, cure="Fill it in.")
        filled(text, dict.fromkeys(PLACES, ""), where)
    with transaction(subject):
        row, _ = LetterTemplate.objects.update_or_create(
            practice=subject.practice,
            key=key,
            defaults={
                "name": name.strip(), "title": title.strip(), "body": body.strip(), "changed": clock.now(),
                "changed_by": subject.actor,
            },
        )  # fmt: skip
        return row


def forget(subject: Subject, key: str) -> None:
    """Drop a text of the practice's own; a built-in one of the same key takes its place again."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        LetterTemplate.objects.filter(practice=subject.practice, key=key).delete()


def chosen(texts: dict[str, Letter], denials: list[Denial]) -> Letter:
    """The text that fits the largest denial best; the general one where none does."""
    for denial in sorted(denials, key=lambda one: -one.amount):
        for one in texts.values():
            if denial.carc in one.reasons:
                return one
    return texts["general"]


def filled(text: str, facts: dict[str, str], where: str = "body") -> str:
    """The text with its places filled in. Raises Invalid for a place that is none."""

    def fill(found: re.Match[str]) -> str:
        if found[1] not in facts:
            known = ", ".join(f"{{{name}}}" for name in PLACES)
            raise Invalid(f"{found[0]} is no place that can be filled in.", where=where, cure=f"There are {known}.")
        return facts[found[1]]

    return _PLACE.sub(fill, text)


def facts(subject: Subject, claim: Claim, content: ClaimContent, denials: list[Denial], level: int) -> dict[str, str]:
    """What the places become for a claim and what was denied of it."""
    practice = practice_of(subject)
    provider = content.rendering
    lines = {line.charge_line: line for line in content.lines}
    refused = [lines[one.charge_line] for one in denials if one.charge_line in lines] or list(content.lines)
    first = min((one.raised for one in denials), default=None)
    born = content.patient.birth_date
    return {
        "patient_name": f"{content.patient.given} {content.patient.family}".strip(),
        "birth_date": _day(born) if born else "",
        "member_id": content.insured.member_id,
        "group_number": content.insured.group_number,
        "claim_number": claim.number,
        "payer_claim_number": claim.payer_claim_number,
        "payer_name": content.payer.name or claim.payer_id,
        "service_date": _day(claim.service_date),
        "provider_name": f"{provider.given} {provider.family}".strip() if provider else practice.name,
        "practice_name": practice.name,
        "practice_phone": phones.readable(practice.phone),
        "authorization": content.prior_authorization or "none",
        "amount": dollars(sum((one.amount for one in denials), denials[0].amount * 0)) if denials else "",
        "reasons": "; ".join(dict.fromkeys(_reason(one) for one in denials)),
        "services": "\n".join(
            f"{line.code}{''.join('-' + one for one in line.modifiers)} {line.description}, {dollars(line.amount)}"
            for line in dict.fromkeys(refused)
        ),
        "diagnoses": "\n".join(_diagnosis(code) for code in content.diagnoses),
        "submitted": _day(claim.submitted_at.date()) if claim.submitted_at else "",
        "denied": _day(first.date()) if first else "",
        "level": str(level),
        "today": _day(clock.today(practice.zone)),
    }


def printed(subject: Subject, appeal: Appeal, claim: Claim, content: ClaimContent) -> dict[str, Any]:
    """Everything that stands on the letter, as it is kept once it is sent."""
    practice = practice_of(subject)
    payer = content.payer
    fields = [
        ["Patient", f"{content.patient.given} {content.patient.family}".strip()],
        ["Member", content.insured.member_id],
        ["Our claim", claim.number],
        ["Your claim", claim.payer_claim_number],
        ["Date of service", _day(claim.service_date)],
        ["Amount", dollars(appeal.amount)],
        ["Level", str(appeal.level)],
    ]
    return {
        "practice": {
            "name": practice.name,
            "lines": address_lines(practice.line1, practice.line2, practice.city, practice.state, practice.postal_code),
            "phone": phones.readable(practice.phone),
            "numbers": f"NPI {practice.npi} · Tax ID {practice.tax_id}",
        },
        "to": [payer.name or claim.payer_id, "Appeals", *address_lines(
            payer.address.line1, payer.address.line2, payer.address.city, payer.address.state,
            payer.address.postal_code)],
        "date": _day(clock.today(practice.zone)),
        "title": appeal.title,
        "paragraphs": [part.split("\n") for part in appeal.body.split("\n\n") if part.strip()],
        "fields": [one for one in fields if one[1]],
        "signed": subject.name,
        "draft": appeal.state == "draft",
    }  # fmt: skip


def pdf(letter: dict[str, Any]) -> bytes:
    """The letter as a PDF."""
    source = resources.files("chartdesk.pms.follow_up").joinpath("letter.typ").read_bytes()
    compiled = typst.compile(source, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(letter)})
    assert isinstance(compiled, bytes)
    return compiled


def _reason(denial: Denial) -> str:
    notes = "".join(f", {remarks.label(code)} ({code})" for code in denial.rarc)
    return f"{adjustment_reasons.label(denial.carc)} ({denial.group}-{denial.carc}){notes}"


def _diagnosis(code: str) -> str:
    return f"{code} {icd10.lookup(code).description}" if icd10.is_billable(code) else code


def _day(on: date) -> str:
    return f"{on:%m/%d/%Y}"
