"""What we write is accepted by outside validators, each as far as it knows the set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import x12_examples as examples
from x12_strategies import without

from chartdesk.standards.x12 import (
    acknowledge,
    acknowledgement_999,
    claim_837i,
    claim_837p,
    eligibility_270,
    eligibility_271,
    remittance_835,
    status_276,
    status_277,
    status_277ca,
)
from chartdesk.standards.x12.check import check_file, examine

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]

CLAIMS = {
    "self": examples.claim(),
    "dependent": examples.dependent_claim(),
    "replacement": examples.replacement_claim(),
    "secondary": examples.secondary_claim(),
    "accident": examples.accident_claim(),
}


def claim_files() -> dict[str, bytes]:
    made = {name: claim_837p.write(examples.interchange(claim)) for name, claim in CLAIMS.items()}
    made["all in one"] = claim_837p.write(examples.interchange(*CLAIMS.values()))
    return made


def remittance_files() -> dict[str, bytes]:
    adjustments = [
        remittance_835.ProviderAdjustment(
            provider=examples.npi(1),
            fiscal_year_end=examples.date(2026, 12, 31),
            reason=reason,
            reference=reference,
            amount=Decimal(amount),
        )
        for reason, reference, amount in (("WO", "NHP1", "10.00"), ("L6", "", "-2.35"), ("FB", "F1", "5.00"))
    ]
    denied = examples.paid_claim(
        pcn="A2000",
        status="4",
        paid=Decimal(0),
        patient_responsibility=None,
        lines=[
            examples.paid_line(
                paid=Decimal(0),
                amounts=[],
                adjustments=[examples.Adjustment(group="CO", reason="197", amount=Decimal("120.00"))],
            )
        ],
    )
    cases = {
        "one claim": examples.remittance(),
        "reversal and correction": examples.remittance(examples.reversal(), examples.paid_claim()),
        "denial": examples.remittance(denied, total=Decimal(0), method="NON"),
        "provider adjustments": examples.remittance(provider_adjustments=adjustments),
    }
    return {name: remittance_835.write(examples.envelope(), [one]) for name, one in cases.items()}


def assert_accepted(answers: dict[str, list[str]]) -> None:
    assert {name: faults for name, faults in answers.items() if faults} == {}


def test_our_own_check_accepts_what_we_write() -> None:
    for content in (*claim_files().values(), *remittance_files().values()):
        assert check_file(content) == []


def test_claims_are_accepted_by_pyx12(pyx12: Ask) -> None:
    assert_accepted(pyx12(claim_files()))


def test_claims_are_accepted_by_linuxforhealth(linuxforhealth: Ask) -> None:
    assert_accepted(linuxforhealth(claim_files()))


STAYS = {
    "stay": examples.stay(),
    "outpatient": examples.outpatient(),
    "secondary": examples.secondary_stay(),
    "dependent": examples.dependent_stay(),
    "replacement": examples.replaced_stay(),
}


def stay_files() -> dict[str, bytes]:
    made = {name: claim_837i.write(examples.stays(claim)) for name, claim in STAYS.items()}
    made["all in one"] = claim_837i.write(examples.stays(*STAYS.values()))
    return made


def test_institutional_claims_are_accepted_by_pyx12(pyx12: Ask) -> None:
    assert_accepted(pyx12(stay_files()))


def test_institutional_claims_are_accepted_by_linuxforhealth(linuxforhealth: Ask) -> None:
    """It knows the errata by another name only, and cannot read the notes of a claim (NTE), which may be ten."""
    files = {
        name: without("NTE", content).replace(b"005010X223A2", b"005010X223A3")
        for name, content in stay_files().items()
    }
    assert_accepted(linuxforhealth(files))


def test_status_questions_and_answers_are_accepted_by_linuxforhealth(linuxforhealth: Ask) -> None:
    questions = [
        examples.question(),
        examples.dependent_question(),
        examples.question(trace="Q3", payer_claim_number="NHP1", service_to=examples.VISIT),
    ]
    answers = [examples.claim_answer(), examples.dependent_answer(), examples.provider_refusal()]
    files = {
        "276": status_276.write(examples.envelope(), [examples.status_request(*questions)]),
        "277": status_277.write(examples.envelope(), [examples.status_response(*answers)]),
    }
    assert_accepted(linuxforhealth(files))


def test_remittances_are_accepted_by_pyx12(pyx12: Ask) -> None:
    assert_accepted(pyx12(remittance_files()))


def test_remittances_are_accepted_by_linuxforhealth(linuxforhealth: Ask) -> None:
    """linuxforhealth 0.57 refuses every PER in loop 1000A, which the guide requires; they are taken out for it."""
    files = {name: without("PER", content) for name, content in remittance_files().items()}
    assert_accepted(linuxforhealth(files))


def test_inquiries_are_accepted_by_linuxforhealth(linuxforhealth: Ask) -> None:
    cases = {"subscriber": examples.inquiry(), "dependent": examples.dependent_inquiry()}
    assert_accepted(
        linuxforhealth({name: eligibility_270.write(examples.envelope(), [one]) for name, one in cases.items()})
    )


def test_answers_are_accepted_by_linuxforhealth(linuxforhealth: Ask) -> None:
    """Three things it has wrong are kept from it: quantity qualifiers (EB09) are numbers to it, a limit (III)
    must hold an LS, and a subscriber's refusal (AAA03) may only have a provider's reasons."""
    benefits = examples.response().benefits
    benefits[3].limits = []
    benefits[3].quantity_qualifier = "99"
    refusal = eligibility_271.Refusal(reason="15", follow_up="C", level="2100C")
    cases = {
        "benefits": examples.response(benefits=benefits),
        "refusal": examples.response(benefits=[], dates=[], refusals=[refusal]),
    }
    files = {name: eligibility_271.write(examples.envelope(), [one]) for name, one in cases.items()}
    assert_accepted(linuxforhealth(files))


def test_claim_acknowledgements_are_accepted_by_pyx12(pyx12: Ask) -> None:
    content = status_277ca.write(examples.envelope(), [examples.status_report()])
    assert_accepted(pyx12({"277CA": content}))


def test_acknowledgements_are_accepted_by_pyx12(pyx12: Ask) -> None:
    files = {"built": acknowledgement_999.write(examples.envelope(), [examples.acknowledgement()])}
    broken = claim_files()["all in one"].replace(b"HI*ABK:J029", b"HI*XXX:J029").replace(b"N3*", b"N9*", 1)
    answers = acknowledge.acknowledgements(examine(broken))
    assert not answers[0].accepted
    files["made of findings"] = acknowledgement_999.write(examples.envelope(), answers)
    assert_accepted(pyx12(files))
