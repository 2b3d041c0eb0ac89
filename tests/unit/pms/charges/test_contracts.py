"""What payers are expected to allow: by contract, rate, Medicare's values and the charge."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from tests.unit.pms.edits import files

from chartdesk.kit.errors import Conflict, Forbidden, Invalid
from chartdesk.pms.charges import contract_commands, contracts, prices, queries
from chartdesk.pms.charges.contract_commands import Terms
from chartdesk.pms.charges.contract_rules import Asked, Term
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage.cards import PayerDetails
from chartdesk.pms.edits import commands as edits

JANUARY, JULY, DAY = date(2026, 1, 1), date(2026, 7, 1), date(2026, 2, 10)
OHIO = "15202-00"
PAYER = "60054"


@pytest.fixture
def medicare(database, tmp_path):
    edits.import_file(files.write(tmp_path, "PPRRVU26_JAN.csv", files.RELATIVE_VALUES))
    edits.import_file(files.write(tmp_path, "GPCI2026.csv", files.LOCALITIES))


def _ask(code, *modifiers, on=DAY, charge="500", units="1", place="11", claim=0):
    return Asked(PAYER, code, on, modifiers, Decimal(units), Decimal(charge), place, claim)


def _amounts(subject, *lines):
    return [None if one.amount is None else str(one.amount) for one in contracts.expected(subject, list(lines))]


def test_the_narrowest_term_holds_and_says_how_it_came(subject, medicare):
    contract_commands.save_contract(
        subject,
        PAYER,
        JANUARY,
        Terms(
            locality=OHIO,
            terms=[
                Term("charge", Decimal(60)),
                Term("medicare", Decimal(120), "10001", "10003"),
                Term("fixed", Decimal(75), "10003", "10003", modifier="26"),
                Term("outside", Decimal(0), "J0000", "J9999"),
                Term("fixed", Decimal(40), "10009", "10009", place="F"),
            ],
        ),
    )
    found = contracts.expected(
        subject,
        [_ask("10001"), _ask("10003", "26"), _ask("10003", "TC"), _ask("99999", charge="100"), _ask("J1885")],
    )
    # 120 % of 90.79; 75.00; 120 % of 1.80 × 0.905 + 0.03 × 0.968 at 33.4009.
    assert [str(one.amount) for one in found] == ["108.95", "75.00", "66.46", "60.00", "None"]
    assert "120 % of Medicare (1.30 × 1.000 + 1.46 × 0.905 + 0.10 × 0.968) × 33.4009 = 90.79" in found[0].words
    assert found[3].words == "60 % of the charge $100.00"
    assert found[4].words == "Not part of the contract."
    assert _amounts(subject, _ask("10009", place="22"), _ask("10009", place="11", charge="100")) == ["40.00", "60.00"]


def test_units_sides_assistants_sessions_and_the_charge(subject, medicare):
    contract_commands.save_contract(
        subject,
        PAYER,
        JANUARY,
        Terms(locality=OHIO, terms=[Term("fixed", Decimal(100)), Term("medicare", Decimal(100), "10002", "10003")]),
    )
    assert _amounts(subject, _ask("20000", units="3"), _ask("20000", "50"), _ask("20000", "80")) == [
        "300.00",
        "150.00",
        "16.00",
    ]
    assert _amounts(subject, _ask("20000", "52"), _ask("20000", charge="90")) == [None, "90.00"]
    # A rate for the whole says nothing of its professional part.
    assert _amounts(subject, _ask("20000", "26")) == [None]
    dear, cheap = _ask("10002", claim=7, charge="5000"), _ask("10003", claim=7, charge="5000")
    # Both are reduced by Medicare beside another procedure: the dearest is paid whole, the other at half.
    assert _amounts(subject, dear, cheap) == ["640.50", "39.39"]
    assert _amounts(subject, dear, _ask("10003", claim=8)) == ["640.50", "78.77"]
    assert _amounts(subject, _ask("10002", "51", claim=7, charge="5000"), cheap) == ["320.25", "78.77"]


def test_contracts_and_rates_hold_from_their_day_on(subject, medicare):
    prices.set_contract(subject, PAYER, {"10001": Decimal(80), "10002": Decimal(200)}, JANUARY)
    assert queries.allowed(subject, PAYER, "10001", date(2025, 12, 31)) is None
    assert queries.allowed(subject, PAYER, "10001", DAY) == Decimal("80.00")
    number = contract_commands.change_from(subject, PAYER, JULY, percent=Decimal(110))
    assert number
    assert _amounts(subject, _ask("10001"), _ask("10001", on=JULY), _ask("10002", on=JULY)) == [
        "80.00",
        "88.00",
        "220.00",
    ]
    # A new contract without rates lets the old ones go, from its day on.
    contract_commands.save_contract(
        subject, PAYER, date(2026, 10, 1), Terms(terms=[Term("charge", Decimal(50))], keep_rates=False)
    )
    assert _amounts(subject, _ask("10001", on=JULY), _ask("10001", on=date(2026, 10, 1))) == ["88.00", "250.00"]


def test_many_lines_cost_no_more_statements(subject, medicare):
    from chartdesk.kit import database

    contract_commands.save_contract(
        subject, PAYER, JANUARY, Terms(locality=OHIO, terms=[Term("medicare", Decimal(100))])
    )
    lines = [_ask("10001", on=date(2026, 1, 1 + number % 28), claim=number) for number in range(500)]
    with database.heard() as few:
        contracts.expected(subject, lines[:1])
    with database.heard() as many:
        found = contracts.expected(subject, lines)
    assert len(many) == len(few) <= 7
    assert {str(one.amount) for one in found} == {"90.79"}


def test_medicare_is_that_of_the_day_of_service_or_of_the_year_that_was_agreed(subject, medicare, tmp_path):
    later = files.RELATIVE_VALUES.replace("33.4009", "66.8018")
    edits.import_file(files.write(tmp_path, "PPRRVU35_JUL.csv", later))
    share = Term("medicare", Decimal(100))
    contract_commands.save_contract(subject, PAYER, JANUARY, Terms(locality=OHIO, terms=[share]))
    before = _ask("10001", on=date(2035, 6, 30))
    assert _amounts(subject, before, _ask("10001", on=date(2035, 7, 1))) == ["90.79", "181.57"]
    fixed = Terms(locality=OHIO, terms=[share], medicare_on=JANUARY)
    contract_commands.save_contract(subject, PAYER, JANUARY, fixed)
    assert _amounts(subject, before, _ask("10001", on=date(2035, 7, 1))) == ["90.79", "90.79"]
    assert _amounts(subject, _ask("10001", on=date(2025, 12, 31))) == [None]


def test_rates_from_a_file_and_what_is_refused(subject):
    file = "code,modifier,allowed\n10001,,81.50\n10003,26,20\n"
    assert contract_commands.import_rates(subject, PAYER, JANUARY, file) == 2
    assert queries.allowed(subject, PAYER, "10003", DAY, ["26"]) == Decimal("20.00")
    with pytest.raises(Invalid) as raised:
        contract_commands.import_rates(subject, PAYER, JANUARY, "code,allowed\n10001,much\nX,3\n")
    assert list(raised.value.issues) == [
        "line 2: 'much' is not an amount of money.",
        "line 3: X is not a CPT or HCPCS code.",
    ]
    assert queries.allowed(subject, PAYER, "10001", DAY) == Decimal("81.50")


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(terms=[Term("medicare", Decimal(100))]), "locality"),
        (Terms(terms=[Term("fixed", Decimal(-1))]), "negative"),
        (Terms(terms=[Term("weight", Decimal(1))]), "weight"),
        (Terms(terms=[Term("fixed", Decimal(1), "99999", "10000")]), "10000"),
        (Terms(terms=[Term("fixed", Decimal(1), "1", "2")]), "not a CPT or HCPCS code"),
        (Terms(terms=[Term("fixed", Decimal(1)), Term("charge", Decimal(1))]), "twice"),
        (Terms(terms=[Term("charge", Decimal(1001))]), "1,000 %"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(subject, terms, words):
    with pytest.raises(Invalid, match=words):
        contract_commands.save_contract(subject, PAYER, JANUARY, terms)


def test_who_may_not_set_prices_is_refused(subject):
    from dataclasses import replace

    from chartdesk.record.access import Role

    nurse = replace(subject, roles=frozenset({Role.NURSE}))
    with pytest.raises(Forbidden):
        contract_commands.save_contract(nurse, PAYER, JANUARY, Terms(terms=[Term("charge", Decimal(50))]))


def test_a_new_contract_takes_no_other_ones_place(subject):
    first = contract_commands.save_contract(subject, PAYER, JANUARY, Terms([Term("charge", Decimal(60))]), anew=True)
    with pytest.raises(Conflict, match=r"begins on Jan 1, 2026 already"):
        contract_commands.save_contract(subject, PAYER, JANUARY, Terms([Term("charge", Decimal(10))]), anew=True)
    assert _amounts(subject, _ask("10001", charge="100")) == ["60.00"]
    again = contract_commands.save_contract(subject, PAYER, JANUARY, Terms([Term("charge", Decimal(70))]))
    assert (again, _amounts(subject, _ask("10001", charge="100"))) == (first, ["70.00"])


def test_a_price_list_for_a_payer_does_not_replace_everybodys_of_the_same_name(subject):
    prices.set_fees(subject, "2026", JANUARY, [("10001", "Visit", "100")])
    with pytest.raises(Conflict, match="is for everybody"):
        prices.set_fees(subject, "2026", JANUARY, [("10001", "Visit", "80")], payer_id=PAYER)
    assert [one.amount for one in prices.prices_on(subject, DAY)] == [Decimal("100.00")]
    prices.set_fees(subject, "2026 theirs", JANUARY, [("10001", "Visit", "80")], payer_id=PAYER)
    with pytest.raises(Conflict, match=f"the patients of payer {PAYER}"):
        prices.set_fees(subject, "2026 theirs", JANUARY, [("10001", "Visit", "90")])


@pytest.mark.parametrize("amount", ["-1", "1000001"])
def test_amounts_that_cannot_be_are_refused_however_they_come(subject, amount):
    with pytest.raises(Invalid):
        prices.set_fees(subject, "2026", JANUARY, [("10001", "Visit", amount)])
    with pytest.raises(Invalid):
        prices.set_contract(subject, PAYER, {"10001": Decimal(amount)}, JANUARY)
    with pytest.raises(Invalid):
        contract_commands.save_contract(subject, PAYER, JANUARY, Terms([Term("fixed", Decimal(amount))]))


@pytest.mark.parametrize("percent", ["NaN", "Infinity", "0", "-5", "1001"])
def test_percentages_that_cannot_be_are_refused(subject, percent):
    number = prices.set_fees(subject, "2026", JANUARY, [("10001", "Visit", "100")])
    prices.set_contract(subject, PAYER, {"10001": Decimal(10)}, JANUARY)
    with pytest.raises(Invalid):
        prices.change_fees(subject, number, JULY, percent=Decimal(percent))
    with pytest.raises(Invalid):
        contract_commands.change_from(subject, PAYER, JULY, percent=Decimal(percent))


def test_of_therapy_the_further_units_of_a_day_are_expected_as_medicare_pays_them(subject, database, tmp_path):
    signs = "0,XXX,0.00,0.00,0.00,5,0,0,0,0,"
    table = files.RELATIVE_VALUES.replace("10001,,", "97110,,").replace("0,XXX,0.00,0.00,0.00,0,0,0,0,0,", signs)
    edits.import_file(files.write(tmp_path, "PPRRVU26_JAN.csv", table))
    edits.import_file(files.write(tmp_path, "GPCI2026.csv", files.LOCALITIES))
    share = Terms(locality=OHIO, terms=[Term("medicare", Decimal(120))])
    contract_commands.save_contract(subject, PAYER, JANUARY, share)
    # 108.95 a unit; each unit but one loses half of 1.46 × 0.905 × 33.4009 × 1.2.
    [one], [three] = (contracts.expected(subject, [_ask("97110", units=units, claim=3)]) for units in "13")
    assert (str(one.amount), str(three.amount)) == ("108.95", "273.89")
    assert "2 further units" in three.words
    # In another session the first unit is whole again.
    assert _amounts(subject, _ask("97110", claim=3), _ask("97110", claim=4)) == ["108.95", "108.95"]
    assert _amounts(subject, _ask("97110", claim=3), _ask("97110", claim=3)) == ["108.95", "82.47"]


@pytest.mark.parametrize(
    ("filing", "settings", "taxonomy", "wanted"),
    [
        ("MB", {}, "363LF0000X", "77.17"),  # 85 % of 90.79
        ("MB", {}, "363A00000X", "77.17"),
        ("MB", {}, "1041C0700X", "68.09"),  # 75 %
        ("MB", {}, "207Q00000X", "90.79"),
        ("MB", {}, "367A00000X", "90.79"),
        ("MB", {}, "", "90.79"),
        ("CI", {}, "363LF0000X", "90.79"),
        ("CI", {"pays_by_clinician": True}, "363LF0000X", "77.17"),
    ],
)
def test_medicare_pays_clinicians_who_are_no_physicians_a_part(subject, medicare, filing, settings, taxonomy, wanted):
    coverage.add_payer(subject, PayerDetails(PAYER, "Payer", filing_indicator=filing, settings=settings))
    terms = [Term("medicare", Decimal(100)), Term("fixed", Decimal(50), "10002", "10002")]
    contract_commands.save_contract(subject, PAYER, JANUARY, Terms(locality=OHIO, terms=terms))
    lines = [dataclasses.replace(_ask(code), taxonomy=taxonomy) for code in ("10001", "10002")]
    # What is agreed in dollars is agreed.
    assert _amounts(subject, *lines) == [wanted, "50.00"]
    assert _amounts(subject, _ask("10001"), lines[0]) == ["90.79", wanted]
