"""What the record shows of charges, claims, decisions and accounts, and that it follows what happens to the rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.money.office import PAYER, SECOND, Cut, Paid, dec, decided, reversed_

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims import queries as claim_queries
from chartdesk.pms.remittance import commands as remittance
from chartdesk.pms.remittance import queries
from chartdesk.pms.remittance.models import ClaimPayment
from chartdesk.pms.statements import commands as statements
from chartdesk.record import projected, search, store
from chartdesk.standards import fhir

CARC = "https://x12.org/codes/claim-adjustment-reason-codes"


def amounts(parts: Any) -> dict[str, Decimal]:
    """Category → dollars of adjudications or totals."""
    return {one.category.coding[0].code: one.amount.value for one in parts}


def components(parts: Any) -> dict[str, Decimal]:
    """Price component → dollars."""
    return {one.code.coding[0].code: one.amount.value for one in parts}


def balances(scene: Any) -> dict[str, Decimal]:
    """Whose balance of the patient's account → dollars, without zeros."""
    account = scene.shown("Account", f"account-{scene.claim.patient}")
    found = {one.extension[0].valueCodeableConcept.coding[0].code: one.extension[1].valueMoney.value
             for one in account.extension}  # fmt: skip
    return {name: amount for name, amount in found.items() if amount}


def invoice(scene: Any) -> Any:
    return scene.shown("Invoice", f"invoice-{scene.claim.superbill}")


def agree(scene: Any) -> None:
    """Every resource shows its rows."""
    for type in projected.types():
        assert projected.compare(scene.subject, type).wrong == []


def test_a_claim_says_what_the_837_says(scene):
    claim = scene.shown("Claim", f"claim-{scene.claim.claim_id}")
    assert (claim.status, claim.use, claim.total.value) == ("active", "claim", dec(172))
    assert [(one.productOrService.coding[0].code, one.net.value) for one in claim.item] == [
        ("99213", dec(140)), ("87880", dec(32))]  # fmt: skip
    assert [one.diagnosisCodeableConcept.coding[0].code for one in claim.diagnosis] == ["J02.0"]
    assert claim.careTeam[0].provider.reference == f"Practitioner/{scene.office.practitioner}"
    assert claim.insurance[0].focal and claim.insurance[0].coverage.reference.startswith("Coverage/")


def test_a_decision_says_every_amount_and_why(scene):
    made = scene.shown("ClaimResponse", f"response-{scene.payment}")
    assert (made.status, made.outcome, made.disposition) == ("active", "complete", "Processed as primary")
    first, second = made.item
    assert amounts(first.adjudication) == {
        "submitted": dec(140), "eligible": dec(100), "discount": dec(40), "deductible": dec(20), "copay": dec(5),
        "benefit": dec(75),
    }  # fmt: skip
    denied = next(one for one in second.adjudication if one.reason)
    assert [one.code for one in denied.category.coding] == ["noncovered", "denialreason"]
    assert {one.code for one in denied.reason.coding} == {"16", "CO"}
    assert second.noteNumber == [1] and made.processNote[0].text.startswith("N130: ")
    whole = amounts(made.total)
    assert (whole["submitted"], whole["benefit"], whole["memberliability"]) == (dec(172), dec(75), dec(25))
    assert whole["noncovered"] == dec(32)
    assert (made.payment.amount.value, made.payment.date) == (dec(75), "2026-03-02")


def test_an_explanation_has_the_claim_and_the_decision(scene):
    made = scene.shown("ExplanationOfBenefit", f"benefit-{scene.payment}")
    assert made.claim.reference == f"Claim/claim-{scene.claim.claim_id}"
    assert made.claimResponse.reference == f"ClaimResponse/response-{scene.payment}"
    assert [one.productOrService.coding[0].code for one in made.item] == ["99213", "87880"]
    assert amounts(made.item[0].adjudication)["benefit"] == dec(75)
    assert made.diagnosis[0].type[0].coding[0].code == "principal"
    assert made.insurance[0].focal and made.precedence == 1
    assert amounts(made.total)["memberliability"] == dec(25)


def test_a_remittance_says_what_it_pays(scene):
    made = scene.shown("PaymentReconciliation", f"remittance-{scene.remittance}")
    assert (made.status, made.outcome, made.paymentAmount.value) == ("active", "complete", dec(75))
    (part,) = made.detail
    assert part.response.reference == f"ClaimResponse/response-{scene.payment}"
    assert part.amount.value == dec(75)
    assert made.paymentIssuer.reference.startswith("Organization/")


def test_an_invoice_and_an_account_say_who_owes_what(scene):
    made = invoice(scene)
    assert (made.status, made.totalGross.value, made.totalNet.value) == ("issued", dec(172), dec(132))
    assert components(made.totalPriceComponent) == {
        "charge": dec(172), "contractual": dec(-40), "paid": dec(75), "owed-by-patient": dec(25),
        "owed-by-payer": dec(32),
    }  # fmt: skip
    assert balances(scene) == {"patient": dec(25), "insurance": dec(32), "total": dec(57)}


def test_references_lead_somewhere(scene):
    """Every reference of what is shown can be read."""
    for type in projected.types():
        for one in search.all(scene.subject, type, []):
            assert fhir.validate(one.resource) == []
            for reference in references(one.body):
                kind, _, id = reference.partition("/")
                assert store.get(scene.subject, kind, id)


def references(body: bytes) -> set[str]:
    """The relative references in a resource."""
    import re

    return {one.decode() for one in re.findall(rb'"reference":"([A-Z][A-Za-z]+/[^"]+)"', body)}


def test_a_write_off_and_a_transfer_show(scene):
    (denial,) = queries.denials(scene.subject)
    remittance.settle_denial(scene.subject, denial.id, "billed_patient", "The patient was told.")
    assert balances(scene) == {"patient": dec(57), "total": dec(57)}
    assert components(invoice(scene).lineItem[1].priceComponent) == {"charge": dec(32), "owed-by-patient": dec(32)}
    agree(scene)


def test_a_denial_written_off_shows(scene):
    (denial,) = queries.denials(scene.subject)
    remittance.settle_denial(scene.subject, denial.id, "written_off", "Not worth it.")
    made = invoice(scene)
    assert components(made.lineItem[1].priceComponent) == {"charge": dec(32), "adjustment": dec(-32)}
    assert made.totalNet.value == dec(100)
    agree(scene)


def test_payments_refunds_and_voids_of_the_patient_show(scene):
    who = scene.claim.patient
    paid = statements.take_payment(scene.subject, who, dec(40), "cash", idempotency_key="one")
    assert balances(scene) == {"insurance": dec(32), "total": dec(32), "credit": dec(15)}
    statements.refund(scene.subject, who, dec(15), "cash", idempotency_key="two", reason="Paid too much")
    assert balances(scene) == {"insurance": dec(32), "total": dec(32)}
    bounced = statements.take_payment(scene.subject, who, dec(5), "check", idempotency_key="three")
    statements.void_payment(scene.subject, bounced.pk, "Bounced")
    assert balances(scene) == {"insurance": dec(32), "total": dec(32)}
    assert paid.applied == dec(25)
    agree(scene)


def test_a_decision_taken_back_is_cancelled(scene):
    lines = [
        Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "1", "20"), Cut("PR", "3", "5")]),
        Paid("87880", "32", "0", [Cut("CO", "16", "32")], remarks=["N130"]),
    ]
    back = reversed_(decided(scene.claim, lines))
    again = decided(scene.claim, [Paid("99213", "140", "100", [Cut("CO", "45", "40")]), Paid("87880", "32", "32")])
    view, report = scene.office.receive(scene.office.remit(back, again))
    assert report.posted == 2
    assert scene.shown("ClaimResponse", f"response-{scene.payment}").status == "cancelled"
    assert scene.shown("ExplanationOfBenefit", f"benefit-{scene.payment}").status == "cancelled"
    with transaction(scene.subject):
        taken, made = ClaimPayment.objects.filter(remittance=view.row.pk).order_by("position")
    reversal = scene.shown("ClaimResponse", f"response-{taken.pk}")
    assert (reversal.status, amounts(reversal.total)["benefit"]) == ("active", dec(-75))
    assert scene.shown("ExplanationOfBenefit", f"benefit-{made.pk}").status == "active"
    assert invoice(scene).status == "balanced"
    assert balances(scene) == {}
    agree(scene)


def test_a_replacement_names_the_claim_before_it(scene):
    new = claims.replace(scene.subject, scene.claim.claim_id)
    assert scene.shown("Claim", f"claim-{scene.claim.claim_id}").status == "cancelled"
    made = scene.shown("Claim", f"claim-{new}")
    assert (made.status, made.related[0].claim.reference) == ("draft", f"Claim/claim-{scene.claim.claim_id}")
    assert made.related[0].reference.value == f"P{scene.claim.number}"
    assert made.supportingInfo[0].code.coding[0].code == "7"
    agree(scene)


def test_the_next_payer_is_billed_and_its_decision_shown_beside_the_first(office):
    claim = office.claim([("99213", "140")], patient=office.patient(payers=(PAYER, SECOND)))
    office.receive(office.remit(decided(claim, [Paid("99213", "140", "90", [Cut("PR", "2", "50")])])))
    second = next(one for one in claim_queries.of_patient(office.subject, claim.patient) if one.rank == 2)
    shown = store.get(office.subject, "Claim", f"claim-{second.pk}").resource
    assert [(one.sequence, one.focal) for one in shown.insurance] == [(1, False), (2, True)]
    line = Paid("99213", "140", "50", [Cut("OA", "23", "90")])
    view, _ = office.receive(office.remit(decided(None, [line], number=second.number, status="2"), payer="SECOND"))
    with transaction(office.subject):
        payment = ClaimPayment.objects.get(remittance=view.row.pk)
    made = store.get(office.subject, "ExplanationOfBenefit", f"benefit-{payment.pk}").resource
    assert (made.precedence, amounts(made.total)["priorpayerpaid"]) == (2, dec(90))
    assert store.get(office.subject, "Invoice", f"invoice-{claim.superbill}").resource.status == "balanced"


def test_charges_taken_back_show(office):
    patient = office.patient()
    bill = office.charge(patient)
    charges.reopen(office.subject, bill, "Wrong code")
    shown = store.get(office.subject, "Invoice", f"invoice-{bill}").resource
    assert shown.status == "draft"
    charges.approve(office.subject, bill)
    charges.void(office.subject, bill, "Never happened")
    shown = store.get(office.subject, "Invoice", f"invoice-{bill}").resource
    assert (shown.status, shown.cancelledReason) == ("cancelled", "Never happened")
    (item,) = search.all(office.subject, "ChargeItem", [("patient", patient)])
    assert item.resource.status == "entered-in-error"


def test_one_version_for_a_transaction_and_none_for_what_does_not_show(office):
    from chartdesk.record import history

    sent = office.claim()
    versions = history.versions(office.subject, "Claim", f"claim-{sent.claim_id}")
    assert [one.resource.status for one in versions] == ["active", "draft"]
    claims.note_outcome(office.subject, sent.claim_id, "acknowledged", "Taken in.")
    assert len(history.versions(office.subject, "Claim", f"claim-{sent.claim_id}")) == 2
    with clock.at(clock.now()), transaction(office.subject):
        bill = office.charge(sent.patient, on=date(2026, 3, 5))
        charges.reopen(office.subject, bill, "Wrong code")
        charges.approve(office.subject, bill)
    assert len(history.versions(office.subject, "Invoice", f"invoice-{bill}")) == 1


def test_what_is_rolled_back_is_not_shown(office):
    from chartdesk.kit.errors import NotFound

    patient = office.patient()
    with pytest.raises(ZeroDivisionError), transaction(office.subject):
        bill = office.charge(patient)
        raise ZeroDivisionError
    with pytest.raises(NotFound):
        store.get(office.subject, "Invoice", f"invoice-{bill}")


@pytest.mark.parametrize("type", projected.types())
def test_nobody_else_writes_them_and_is_told_what_to_do(scene, type):
    stored = next(iter(search.all(scene.subject, type, [])), None)
    resource = stored.body if stored else f'{{"resourceType":"{type}"}}'.encode()
    with pytest.raises(Forbidden) as refused:
        store.put(scene.subject, resource)
    assert refused.value.cure
    if stored is not None:
        with pytest.raises(Forbidden):
            store.delete(scene.subject, type, stored.id)
