"""What each kind of 835 does to the books, as a table: the decision of the payer → the ledger, the claim, the lists.

Every row starts with one claim: 99213 at $140 and 87880 at $32, owed by the payer. Afterwards the trial balance
is zero and the bank holds what BPR02 says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from tests.money.office import PAYER, Cut, Paid, decided

CHARGES = [("99213", "140"), ("87880", "32")]


@dataclass
class Row:
    """``lines`` as the payer decided them; then what the ledger, the claim and the denials must say."""

    name: str
    lines: list[Paid]
    bank: str
    patient: str
    payer: str
    contractual: str = "0"
    other: str = "0"
    unapplied: str = "0"
    interest: str = "0"
    status: str = "paid"
    clp02: str = "1"
    denied: list[tuple[str, str, str]] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    paid: str = ""
    charge: str = ""


TABLE = [
    Row("paid in full", [Paid("99213", "140", "140"), Paid("87880", "32", "32")], "172", "0", "0"),
    Row(
        "contractual only",
        [Paid("99213", "140", "100", [Cut("CO", "45", "40")]), Paid("87880", "32", "20", [Cut("CO", "45", "12")])],
        "120", "0", "0", contractual="52",
    ),
    Row(
        "deductible",
        [
            Paid("99213", "140", "0", [Cut("CO", "45", "40"), Cut("PR", "1", "100")]),
            Paid("87880", "32", "0", [Cut("CO", "45", "12"), Cut("PR", "1", "20")]),
        ],
        "0", "120", "0", contractual="52",
    ),
    Row(
        "copay and coinsurance",
        [
            Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "3", "25")]),
            Paid("87880", "32", "16", [Cut("CO", "45", "12"), Cut("PR", "2", "4")]),
        ],
        "91", "29", "0", contractual="52",
    ),
    Row(
        "one line denied: the denial stays the payer's debt, nothing is written off",
        [Paid("99213", "140", "100", [Cut("CO", "45", "40")]), Paid("87880", "32", "0", [Cut("CO", "16", "32")])],
        "100", "0", "32", contractual="40", status="partly_paid", denied=[("CO", "16", "32")],
    ),
    Row(
        "whole claim denied",
        [Paid("99213", "140", "0", [Cut("CO", "29", "140")]), Paid("87880", "32", "0", [Cut("CO", "29", "32")])],
        "0", "0", "172", status="denied", clp02="4", denied=[("CO", "29", "140"), ("CO", "29", "32")],
    ),
    Row(
        "denied as contractual: CLP02 4 with CO-45 is a denial, not a discount",
        [Paid("99213", "140", "0", [Cut("CO", "45", "140")]), Paid("87880", "32", "0", [Cut("CO", "45", "32")])],
        "0", "0", "172", status="denied", clp02="4", denied=[("CO", "45", "140"), ("CO", "45", "32")],
    ),
    Row(
        "bundled to nothing is a denial too, whatever CLP02 says",
        [Paid("99213", "140", "100", [Cut("CO", "45", "40")]), Paid("87880", "32", "0", [Cut("CO", "97", "32")])],
        "100", "0", "32", contractual="40", status="partly_paid", denied=[("CO", "97", "32")],
    ),
    Row(
        "not covered, left to the patient by the payer: nobody is billed before somebody looked",
        [Paid("99213", "140", "100", [Cut("CO", "45", "40")]), Paid("87880", "32", "0", [Cut("PR", "96", "32")])],
        "100", "0", "32", contractual="40", status="partly_paid", denied=[("PR", "96", "32")],
    ),
    Row(
        "another payer comes first (CO-22)",
        [Paid("99213", "140", "0", [Cut("CO", "22", "140")]), Paid("87880", "32", "0", [Cut("CO", "22", "32")])],
        "0", "0", "172", status="denied", clp02="4", denied=[("CO", "22", "140"), ("CO", "22", "32")],
    ),
    Row(
        "an unknown reason under CO is no write-off",
        [Paid("99213", "140", "100", [Cut("CO", "ZZ9", "40")]), Paid("87880", "32", "32")],
        "132", "0", "40", status="partly_paid", denied=[("CO", "ZZ9", "40")],
    ),
    Row(
        "payer reduction and levy each in their account",
        [
            Paid("99213", "140", "98", [Cut("CO", "45", "40"), Cut("CO", "253", "2")]),
            Paid("87880", "32", "31", [Cut("CO", "104", "1")]),
        ],
        "129", "0", "0", contractual="42", other="1",
    ),
    Row(
        "interest paid with the claim",
        [
            Paid("99213", "140", "101.50", [Cut("CO", "45", "40"), Cut("OA", "225", "-1.50")]),
            Paid("87880", "32", "32"),
        ],
        "133.50", "0", "0", contractual="40", interest="-1.50",
    ),
    Row(
        "held for review: the debt stays, nothing is denied",
        [Paid("99213", "140", "100", [Cut("CO", "45", "40")]), Paid("87880", "32", "0", [Cut("OA", "133", "32")])],
        "100", "0", "32", contractual="40", status="partly_paid",
    ),
    Row(
        "adjusted at the level of the claim, lines untouched",
        [Paid("99213", "140", "140"), Paid("87880", "32", "32")],
        "130", "0", "0", contractual="42", cuts=[Cut("CO", "45", "42")], paid="130",
    ),
    Row(
        "a claim without lines",
        [], "100", "20", "0", contractual="52", charge="172", paid="100",
        cuts=[Cut("CO", "45", "52"), Cut("PR", "3", "20")],
    ),
    Row(
        "bundled: another code paid, ours in SVC06",
        [
            Paid("99213", "140", "100", [Cut("CO", "45", "40")]),
            Paid("87999", "32", "20", [Cut("CO", "45", "12")], submitted="87880", control="-"),
        ],
        "120", "0", "0", contractual="52",
    ),
    Row(
        "modifier dropped, no line numbers: matched by code, date and charge",
        [
            Paid("87880", "32", "20", [Cut("CO", "45", "12")], control="-"),
            Paid("99213", "140", "100", [Cut("CO", "45", "40")], control="-"),
        ],
        "120", "0", "0", contractual="52",
    ),
    Row(
        "a line split in two",
        [
            Paid("99213", "100", "70", [Cut("CO", "45", "30")], control="-"),
            Paid("99213", "40", "30", [Cut("CO", "45", "10")], control="-"),
            Paid("87880", "32", "32", control="-"),
        ],
        "132", "0", "0", contractual="40",
    ),
    Row(
        "a line of nobody is held, the rest posts",
        [
            Paid("99213", "140", "100", [Cut("CO", "45", "40")]),
            Paid("85025", "32", "20", [Cut("CO", "45", "12")], control="-"),
        ],
        "120", "0", "32", contractual="40", unapplied="-20", status="partly_paid",
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_decision_in_the_books(office, row):
    claim = office.claim(CHARGES)
    payment = decided(claim, row.lines, status=row.clp02, cuts=row.cuts, paid=row.paid, charge=row.charge)
    view, report = office.receive(office.remit(payment))
    holds = row.unapplied != "0"
    assert (report.posted, report.held, report.duplicates) == (0 if holds else 1, 1 if holds else 0, 0)
    assert view.row.status == ("partly_posted" if holds else "posted")
    assert view.row.amount == Decimal(row.bank)
    expected = {
        "eft": row.bank,
        "adjustment.contractual": row.contractual,
        "adjustment.other": row.other,
        "unapplied": row.unapplied,
        "interest": row.interest,
    }
    assert {name: office.balance(name) for name in expected} == {name: Decimal(text) for name, text in expected.items()}
    assert office.balance("ar", holder="patient") == Decimal(row.patient)
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal(row.payer)
    assert office.status(claim) == row.status
    assert office.denied() == row.denied
    assert len(office.items("denial")) == (1 if row.denied else 0)
    assert len(office.items("payment_held")) == (1 if holds else 0)
    office.books()
