"""What an eligibility check leaves behind in the record, and words for no answer.

The question is a CoverageEligibilityRequest, the payer's answer a CoverageEligibilityResponse; a question without an
answer has no response. Guide sections: https://hl7.org/fhir/R4/coverageeligibilityrequest.html and
coverageeligibilityresponse.html.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.kit.errors import Invalid
from chartdesk.pms.coverage import benefits, parties, words
from chartdesk.pms.coverage.answers import Reading
from chartdesk.pms.coverage.models import ANSWERS, EligibilityCheck
from chartdesk.record import projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key, Projection
from chartdesk.standards.fhir import r4
from chartdesk.standards.x12 import acknowledgement_999, ta1

CHECK = "urn:chartdesk:eligibility-check"
_SERVICE = "https://x12.org/codes/service-type-codes"
_BENEFIT = "http://terminology.hl7.org/CodeSystem/benefit-type"
_PURPOSE = ["benefits", "validation"]
#: EB01 as FHIR's benefit types.
_TYPES = {"B": "copay", "C": "deductible", "A": "copay-percent", "G": "benefit"}
_NETWORKS = {"Y": "in network", "N": "out of network"}
_LEVELS = {"IND": "individual", "FAM": "family"}


def register() -> None:
    """Tell the record who keeps the questions and answers, and how a check is shown."""
    operation = "Check the eligibility of the coverage; the answer appears here."
    projected.register(Projection("CoverageEligibilityRequest", "eligibility-", operation, _requests, _asked))
    projected.register(Projection("CoverageEligibilityResponse", "eligibility-", operation, _responses, _answered))


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
    """A check was asked or answered: its resources show it."""
    projected.follow(subject, "CoverageEligibilityRequest", made.pk)
    if made.is_answer:
        projected.follow(subject, "CoverageEligibilityResponse", made.pk)


def _asked(subject: Subject, after: Key | None, count: int) -> list[Key]:
    return projected.numbered(EligibilityCheck.objects.filter(practice=subject.practice), after, count)


def _answered(subject: Subject, after: Key | None, count: int) -> list[Key]:
    rows = EligibilityCheck.objects.filter(practice=subject.practice, status__in=ANSWERS)
    return projected.numbered(rows, after, count)


def _checks(subject: Subject, keys: Sequence[Key]) -> list[EligibilityCheck]:
    rows = EligibilityCheck.objects.filter(practice=subject.practice, pk__in=keys).defer("request", "response")
    return list(rows.order_by("pk"))


def _requests(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    return [_request(subject, one) for one in _checks(subject, keys)]


def _responses(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    """Only of a payer that is known: R4 wants an insurer."""
    answered = (one for one in _checks(subject, keys) if one.is_answer and one.answered is not None)
    return [_response(subject, one) for one in answered if parties.known(subject, one.payer_id)]


def _request(subject: Subject, made: EligibilityCheck) -> r4.CoverageEligibilityRequest:
    services = [r4.CodeableConcept(coding=[r4.Coding(system=_SERVICE, code=one)]) for one in made.service_types]
    return r4.CoverageEligibilityRequest(
        id=f"eligibility-{made.pk}",
        identifier=[r4.Identifier(system=CHECK, value=str(made.pk))],
        # What failed was never answered: nobody is asked any more.
        status="cancelled" if made.status == "failed" else "active",
        purpose=_PURPOSE,
        patient=r4.Reference(reference=f"Patient/{made.patient}"),
        servicedDate=made.service_date.isoformat(),
        created=made.asked.isoformat(timespec="seconds"),
        provider=parties.practice(subject),
        insurer=parties.payer(subject, made.payer_id),
        insurance=[
            r4.CoverageEligibilityRequestInsurance(
                focal=True, coverage=r4.Reference(reference=f"Coverage/{made.coverage}")
            )
        ],
        item=[r4.CoverageEligibilityRequestItem(category=one) for one in services],
    )


def _response(subject: Subject, made: EligibilityCheck) -> r4.CoverageEligibilityResponse:
    refused = made.status == "refused"
    assert made.answered is not None
    inforce = {"active": True, "inactive": False}.get(made.status)
    number = r4.Identifier(system=CHECK, value=str(made.pk))
    return r4.CoverageEligibilityResponse(
        id=f"eligibility-{made.pk}",
        identifier=[number],
        status="active",
        purpose=_PURPOSE,
        patient=r4.Reference(reference=f"Patient/{made.patient}"),
        servicedDate=made.service_date.isoformat(),
        created=made.answered.isoformat(timespec="seconds"),
        requestor=parties.practice(subject),
        request=r4.Reference(reference=f"CoverageEligibilityRequest/eligibility-{made.pk}", identifier=number),
        outcome="error" if refused else "complete",
        disposition=" ".join(made.messages) or None,
        insurer=parties.payer(subject, made.payer_id),
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
