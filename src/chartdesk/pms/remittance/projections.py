"""What payers decided and paid, as resources in the record: written with their cause, read-only outside.

ClaimResponse says what one claim payment decided, ExplanationOfBenefit says it together with the claim, and
PaymentReconciliation says what a remittance paid. A decision that the payer took back is cancelled; the reversal is a
ClaimResponse of its own. Guide sections: https://hl7.org/fhir/R4/claimresponse.html, explanationofbenefit.html,
paymentreconciliation.html; CARIN Consumer Directed Payer Data Exchange for the categories of amounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chartdesk.pms.charges import elements
from chartdesk.pms.claims import elements as claim_elements
from chartdesk.pms.coverage import parties
from chartdesk.pms.remittance import decisions, reconciliations, rules
from chartdesk.pms.remittance.decisions import Decision
from chartdesk.pms.remittance.models import ClaimPayment
from chartdesk.pms.remittance.work import Work
from chartdesk.record import projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key, Projection
from chartdesk.standards.fhir import r4
from chartdesk.standards.x12.codes import payments as words

_ROLE = elements.concept("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole", "rendering")


def register() -> None:
    """Tell the record who keeps these types, and how the rows are shown."""
    operation = "Take in the payer's remittance (835): the decision appears once it is posted."
    projected.register(Projection("ClaimResponse", "response-", operation, _responses, _keys))
    projected.register(Projection("ExplanationOfBenefit", "benefit-", operation, _explanations, _keys))
    reconciliations.register()


def posted(subject: Subject, works: Sequence[Work]) -> None:
    """Claim payments were posted or held: their resources show it."""
    known = [(work.payment, work.claim, work.lines) for work in works if work.claim is not None and work.lines]
    unknown = {work.payment.pk for work in works} - {payment.pk for payment, *_ in known}
    decisions.changed(known, unknown)
    _follow(subject, [work.payment.pk for work in works])


def taken_back(subject: Subject, payment: ClaimPayment) -> None:
    """A claim payment was taken back: its resources show it."""
    decisions.changed((), [payment.pk])
    _follow(subject, [payment.pk])


def _follow(subject: Subject, keys: Sequence[int]) -> None:
    projected.follow(subject, "ClaimResponse", *keys)
    projected.follow(subject, "ExplanationOfBenefit", *keys)


def _keys(subject: Subject, after: Key | None, count: int) -> list[Key]:
    rows = ClaimPayment.objects.filter(practice=subject.practice, claim__isnull=False).exclude(state="waiting")
    return projected.numbered(rows, after, count)


def _responses(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    practice = parties.practice(subject)
    return [_response(subject, practice, one) for one in decisions.decisions(subject, keys)]


def _explanations(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    """A reversal explains no benefit: it takes one back."""
    found = [one for one in decisions.decisions(subject, keys) if one.payment.status_code != rules.REVERSAL]
    visits = claim_elements.visits(subject, {one.claim.superbill for one in found}) if found else {}
    practice = parties.practice(subject)
    return [_explanation(subject, practice, one, *visits.get(one.claim.superbill, ("", ""))) for one in found]


def _common(subject: Subject, made: Decision) -> dict[str, Any]:
    """What both say alike, put together once for the two."""
    if made.common is None:
        made.common = _alike(subject, made)
    return made.common


def _alike(subject: Subject, made: Decision) -> dict[str, Any]:
    payment, claim = made.payment, made.claim
    insurer = r4.Reference(display=payment.remittance.payer_name or "a later payer")
    if made.own:
        insurer = parties.payer(subject, claim.payer_id, made.content.payer.name)
    return {
        "identifier": decisions.identifiers(made),
        "status": "cancelled" if made.reversed else "active",
        "type": claim_elements.kind(made.content),
        "subType": claim_elements.bill_type(made.content),
        "use": "predetermination" if payment.status_code == rules.PREDETERMINATION else "claim",
        "patient": r4.Reference(reference=f"Patient/{claim.patient}"),
        "created": (payment.posted_at or payment.remittance.received).isoformat(timespec="seconds"),
        "insurer": insurer,
        "outcome": made.outcome,
        "disposition": words.claim_status(payment.status_code),
    }


def _response(subject: Subject, practice: r4.Reference, made: Decision) -> r4.ClaimResponse:
    common = _common(subject, made)
    claim = r4.Reference(reference=f"Claim/claim-{made.claim.pk}")
    coverage = r4.Reference(reference=f"Coverage/{made.claim.coverage}")
    whole = made.whole.amounts if made.whole else ()
    return r4.ClaimResponse(
        id=f"response-{made.payment.pk}",
        **common,
        requestor=practice,
        request=claim,
        payeeType=claim_elements.PAYEE,
        item=[
            r4.ClaimResponseItem(
                itemSequence=place,
                noteNumber=part.notes,
                adjudication=[r4.ClaimResponseItemAdjudication(**one) for one in part.adjudications],
            )
            for place, part in made.parts.items()
        ]
        or (),
        addItem=[_response_beside(one) for one in decisions.beside(made)] or (),
        adjudication=[r4.ClaimResponseItemAdjudication(**one) for one in _header(made)] if whole else (),
        total=[r4.ClaimResponseTotal(**one) for one in made.totals],
        payment=r4.ClaimResponsePayment(**decisions.payment(made)),
        processNote=[r4.ClaimResponseProcessNote(**one) for one in decisions.notes(made)] or (),
        insurance=[r4.ClaimResponseInsurance(sequence=1, focal=made.own, coverage=coverage)],
    )


def _response_beside(one: dict[str, Any]) -> r4.ClaimResponseAddItem:
    amounts = [r4.ClaimResponseItemAdjudication(**each) for each in one.pop("adjudication")]
    return r4.ClaimResponseAddItem(**one, adjudication=amounts)


def _explanation(
    subject: Subject, practice: r4.Reference, made: Decision, encounter: str, location: str
) -> r4.ExplanationOfBenefit:
    common = _common(subject, made)
    content, claim = made.content, made.claim
    related = claim_elements.related(claim.replaces_id, content.payer_claim_number)
    return r4.ExplanationOfBenefit(
        id=f"benefit-{made.payment.pk}",
        **common,
        billablePeriod=claim_elements.period(content),
        provider=practice,
        priority=claim_elements.PRIORITY,
        related=[r4.ExplanationOfBenefitRelated(**related)] if related else (),
        payee=r4.ExplanationOfBenefitPayee(type=claim_elements.PAYEE, party=practice),
        facility=claim_elements.facility(content, location),
        claim=r4.Reference(reference=f"Claim/claim-{claim.pk}"),
        claimResponse=r4.Reference(reference=f"ClaimResponse/response-{made.payment.pk}"),
        preAuthRef=[content.prior_authorization] if content.prior_authorization else (),
        careTeam=[r4.ExplanationOfBenefitCareTeam(**one) for one in claim_elements.care_team(content, _ROLE)] or (),
        supportingInfo=_information(made) or (),
        diagnosis=[r4.ExplanationOfBenefitDiagnosis(**one) for one in claim_elements.diagnoses(content)] or (),
        precedence=claim.rank,
        insurance=[
            r4.ExplanationOfBenefitInsurance(
                focal=made.own, coverage=r4.Reference(reference=f"Coverage/{claim.coverage}")
            )
        ],
        item=[_item(made, one) for one in claim_elements.items(content, encounter)],
        addItem=[_explained_beside(one) for one in decisions.beside(made)] or (),
        adjudication=[r4.ExplanationOfBenefitItemAdjudication(**one) for one in _header(made)] or (),
        total=[r4.ExplanationOfBenefitTotal(**one) for one in made.totals],
        payment=r4.ExplanationOfBenefitPayment(**decisions.payment(made)),
        processNote=[r4.ExplanationOfBenefitProcessNote(**one) for one in decisions.notes(made)] or (),
    )


def _header(made: Decision) -> list[dict[str, Any]]:
    return made.whole.adjudications if made.whole else []


def _item(made: Decision, one: dict[str, Any]) -> r4.ExplanationOfBenefitItem:
    part = made.parts.get(one["sequence"])
    if part is None:
        return r4.ExplanationOfBenefitItem(**one)
    amounts = [r4.ExplanationOfBenefitItemAdjudication(**each) for each in part.adjudications]
    return r4.ExplanationOfBenefitItem(**one, noteNumber=part.notes, adjudication=amounts)


def _explained_beside(one: dict[str, Any]) -> r4.ExplanationOfBenefitAddItem:
    amounts = [r4.ExplanationOfBenefitItemAdjudication(**each) for each in one.pop("adjudication")]
    return r4.ExplanationOfBenefitAddItem(**one, adjudication=amounts)


def _information(made: Decision) -> list[r4.ExplanationOfBenefitSupportingInfo]:
    """The notes about the claim as a whole are supporting information too: a line has a place for them, it has none."""
    if made.whole is None or not made.whole.notes:
        return []
    category = elements.concept("http://terminology.hl7.org/CodeSystem/claiminformationcategory", "info")
    return [
        r4.ExplanationOfBenefitSupportingInfo(sequence=place, category=category, valueString=made.notes[number - 1])
        for place, number in enumerate(made.whole.notes, start=1)
    ]
