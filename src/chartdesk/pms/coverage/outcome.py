"""What an answer leaves behind: the CoverageEligibilityResponse in the record, and words for no answer.

Guide section: CoverageEligibilityResponse (https://hl7.org/fhir/R4/coverageeligibilityresponse.html).
"""

from __future__ import annotations

from chartdesk.kit.errors import Invalid
from chartdesk.pms.coverage import benefits, words
from chartdesk.pms.coverage.answers import Reading
from chartdesk.pms.coverage.models import EligibilityCheck, Payer
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.x12 import acknowledgement_999, ta1

CHECK = "urn:chartdesk:eligibility-check"
_SERVICE = "https://x12.org/codes/service-type-codes"
_BENEFIT = "http://terminology.hl7.org/CodeSystem/benefit-type"
#: EB01 as FHIR's benefit types.
_TYPES = {"B": "copay", "C": "deductible", "A": "copay-percent", "G": "benefit"}
_NETWORKS = {"Y": "in network", "N": "out of network"}
_LEVELS = {"IND": "individual", "FAM": "family"}


def not_a_271(answer: bytes, fault: Invalid) -> Reading:
    """Words for an answer that is no 271: a refusal of the question's form (TA1, 999), or nonsense."""
    for name, read in (("TA1", ta1.read), ("999", acknowledgement_999.read)):
        try:
            if read(answer):
                return Reading(
                    "failed",
                    f"The payer's system did not accept the form of the question (it sent a {name}).",
                    "Call the payer about the patient, and have a biller look at the question.",
                )
        except Invalid:
            continue  # not one of these; the next kind may fit
    return Reading("failed", f"The answer cannot be read: {fault.message}", "Check again, or call the payer.")


def project(subject: Subject, made: EligibilityCheck) -> None:
    """Write the answer into the record; a check that the payer did not answer leaves nothing there."""
    payer = Payer.objects.filter(practice=subject.practice, payer_id=made.payer_id).first()
    if payer is None or made.answered is None or not made.is_answer:
        return
    store.put(subject, _response(made, payer), projection=True)


def _response(made: EligibilityCheck, payer: Payer) -> r4.CoverageEligibilityResponse:
    refused = made.status == "refused"
    assert made.answered is not None
    inforce = {"active": True, "inactive": False}.get(made.status)
    return r4.CoverageEligibilityResponse(
        id=f"eligibility-{made.pk}",
        identifier=[r4.Identifier(system=CHECK, value=str(made.pk))],
        status="active",
        purpose=["benefits", "validation"],
        patient=r4.Reference(reference=f"Patient/{made.patient}"),
        servicedDate=made.service_date.isoformat(),
        created=made.answered.isoformat(timespec="seconds"),
        request=r4.Reference(identifier=r4.Identifier(system=CHECK, value=str(made.pk))),
        outcome="error" if refused else "complete",
        disposition=" ".join(made.messages) or None,
        insurer=r4.Reference(reference=f"Organization/{payer.organization}", display=payer.name),
        insurance=[
            r4.CoverageEligibilityResponseInsurance(
                coverage=r4.Reference(reference=f"Coverage/{made.coverage}"),
                inforce=inforce,
                item=[item for one in benefits.loaded(made.benefits) if (item := _item(one)) is not None],
            )
        ],
        error=[r4.CoverageEligibilityResponseError(code=_concept(made.reason))] if refused else [],
    )


def _item(one: benefits.Benefit) -> r4.CoverageEligibilityResponseInsuranceItem | None:
    """A stated figure; statements without one are in the disposition."""
    code = _TYPES.get(one.info)
    if code is None or (one.amount is None and one.percent is None):
        return None
    kind = r4.CodeableConcept(coding=[r4.Coding(system=_BENEFIT, code=code)], text=one.text)
    money = r4.Money(value=one.amount, currency="USD") if one.amount is not None else None
    percent = f"{one.percent * 100:f}%" if one.percent is not None else None
    services = [r4.Coding(system=_SERVICE, code=each) for each in one.service_types]
    category = r4.CodeableConcept(coding=services, text=words.service(one.service_types) or "all services")
    return r4.CoverageEligibilityResponseInsuranceItem(
        category=category,
        network=_named(_NETWORKS, one.in_network),
        unit=_named(_LEVELS, one.level),
        term=_named(words.PERIODS, one.period),
        benefit=[
            r4.CoverageEligibilityResponseInsuranceItemBenefit(
                type=kind, allowedMoney=money, allowedString=percent if money is None else None
            )
        ],
    )


def _named(names: dict[str, str], code: str) -> r4.CodeableConcept | None:
    return _concept(names[code]) if code in names else None


def _concept(text: str) -> r4.CodeableConcept:
    return r4.CodeableConcept(text=text)
