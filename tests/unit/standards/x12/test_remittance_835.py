"""The remittance: read, written, and balanced at the line, the claim and the payment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import x12_examples as examples

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.parties import Adjustment
from chartdesk.standards.x12.reader import segments
from chartdesk.standards.x12.remittance_835 import (
    BankAccount,
    ProviderAdjustment,
    Remittance,
    balance,
    read,
    write,
)


def provider_adjustment(reason: str, amount: str, reference: str = "") -> ProviderAdjustment:
    return ProviderAdjustment(
        provider=examples.npi(1),
        fiscal_year_end=date(2026, 12, 31),
        reason=reason,
        amount=Decimal(amount),
        reference=reference,
    )


def read_back(remittance: Remittance, **options: bool) -> Remittance:
    (again,) = read(write(examples.envelope(), [remittance], **options))
    again.envelope = None
    for contact in again.payer.contacts:
        contact.numbers = []
    for claim in again.claims:
        claim.group = 0
    again.groups = []
    return again


@pytest.mark.parametrize(
    "remittance",
    [
        examples.remittance(),
        examples.remittance(examples.reversal(), examples.paid_claim()),
        examples.remittance(
            provider_adjustments=[provider_adjustment("WO", "5.00", "NHP1"), provider_adjustment("L6", "-1.25")]
        ),
        examples.remittance(
            method="ACH",
            payment_format="CCP",
            payer_account=BankAccount(bank="011000015", account="123"),
            payee_account=BankAccount(bank="021000021", account="456"),
            originator="1999999999",
        ),
        examples.remittance(
            examples.paid_claim(
                lines=[examples.paid_line(submitted_code="99214", submitted_qualifier="HC", submitted_units=Decimal(2))]
            )
        ),
    ],
    ids=["plain", "reversal", "provider adjustments", "transfer", "changed code"],
)
def test_what_is_read_is_what_was_written(remittance: Remittance) -> None:
    assert read_back(remittance) == remittance


def test_six_adjustments_share_a_segment_and_the_seventh_opens_another() -> None:
    seven = [Adjustment(group="CO", reason="45", amount=Decimal("1.00")) for _ in range(7)]
    line = examples.paid_line(charge=Decimal("10.00"), paid=Decimal("3.00"), adjustments=seven, amounts=[])
    claim = examples.paid_claim(charge=Decimal("10.00"), paid=Decimal("3.00"), lines=[line])
    written = write(examples.envelope(), [examples.remittance(claim)])
    assert [len(one.elements) for one in segments(written) if one.tag == "CAS"] == [1 + 18, 1 + 3]
    assert read(written)[0].claims[0].lines[0].adjustments == seven


def test_several_provider_adjustments_share_a_plb() -> None:
    many = [provider_adjustment("WO", f"{n}.00", f"C{n}") for n in range(1, 9)]
    written = write(examples.envelope(), [examples.remittance(provider_adjustments=many)])
    assert len([one for one in segments(written) if one.tag == "PLB"]) == 2
    assert read(written)[0].provider_adjustments == many


def test_a_capitation_payment_has_no_claim() -> None:
    paid = examples.remittance(
        provider_adjustments=[provider_adjustment("CT", "-1000.00")], total=Decimal("1000.00"), claims=[]
    )
    paid.total = Decimal("1000.00")
    assert balance(paid) == []
    assert read_back(paid).provider_adjustments[0].amount == Decimal("-1000.00")


def test_a_balanced_remittance_has_no_imbalance() -> None:
    assert balance(examples.remittance(examples.reversal(), examples.paid_claim())) == []


def test_a_line_that_does_not_add_up_is_named_with_its_figures() -> None:
    remittance = examples.remittance(examples.paid_claim(lines=[examples.paid_line(paid=Decimal("79.00"))]))
    (fault,) = balance(remittance)
    assert (fault.level, fault.pcn, fault.line, fault.code) == ("line", "A1001", 1, "99213")
    assert (fault.charged, fault.adjusted, fault.paid) == (Decimal("120.00"), Decimal("40.00"), Decimal("79.00"))
    assert fault.difference == Decimal("1.00")
    assert "120.00 - 40.00 is not 79.00" in str(fault)


def test_a_claim_that_does_not_add_up_is_named() -> None:
    claim = examples.paid_claim(adjustments=[Adjustment(group="CO", reason="A1", amount=Decimal("5.00"))])
    assert [(one.level, one.difference) for one in balance(examples.remittance(claim))] == [("claim", Decimal("-5.00"))]


def test_a_payment_that_does_not_add_up_is_named() -> None:
    remittance = examples.remittance(provider_adjustments=[provider_adjustment("WO", "5.00")])
    remittance.total = Decimal("80.00")
    (fault,) = balance(remittance)
    assert (fault.level, fault.charged, fault.adjusted, fault.paid) == (
        "transaction", Decimal("80.00"), Decimal("5.00"), Decimal("80.00"),
    )  # fmt: skip


def test_an_unbalanced_remittance_is_not_written_unless_asked() -> None:
    wrong = examples.remittance(total=Decimal("1.00"))
    with pytest.raises(Invalid, match="BPR02"):
        write(examples.envelope(), [wrong])
    assert read_back(wrong, check=False).total == Decimal("1.00")


def test_denial_reversal_and_remarks_are_told() -> None:
    claim = examples.paid_claim()
    assert (claim.is_denial, claim.is_reversal, claim.remarks) == (False, False, ["MA01"])
    assert examples.reversal().is_reversal
    assert examples.paid_claim(status="4").is_denial
    assert claim.patient is not None
    assert claim.lines[0].allowed == Decimal("105.00")


def test_a_set_without_payment_is_refused() -> None:
    written = write(examples.envelope(), [examples.remittance()])
    headless = written.replace(b"BPR*", b"XXX*")
    with pytest.raises(Invalid, match="has no BPR"):
        read(headless)
