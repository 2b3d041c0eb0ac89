"""What the sandbox payers pay, as a table: member, lines, what was used before -> each line's outcome.

A line is (code with modifiers, charge). An outcome is paid and the adjustments, written as they read in a
CAS: ``CO45 62.00``. Amounts follow rules.toml.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from chartdesk.exchange.sandbox.adjudication import Accumulators, Decision, adjudicate, reversed_decision
from chartdesk.exchange.sandbox.claims import Claim, Line, Person, Prior, Provider
from chartdesk.exchange.sandbox.denials import Setting
from chartdesk.exchange.sandbox.directory import allowed_amounts, payers
from chartdesk.exchange.sandbox.rulebook import member, rulebook

DAY = date(2026, 3, 2)
PERSON = Person("OKAFOR", "DELIA")
PROVIDER = Provider("RIVERBEND", npi="1234567893")


def line(number: int, code: str, charge: str, **more: object) -> Line:
    """A line of one unit; ``99213-25`` carries a modifier."""
    procedure, *modifiers = code.split("-")
    values = {
        "number": number, "qualifier": "HC", "code": procedure, "modifiers": tuple(modifiers),
        "charge": Decimal(charge), "unit": "UN", "units": Decimal(1), "pointers": (1,), "first_day": DAY,
        "last_day": DAY,
    }  # fmt: skip
    return Line(**(values | more))


def claim(payer_id: str, member_id: str, lines: list[tuple[str, str] | Line], **more: object) -> Claim:
    """A claim of a subscriber to that payer."""
    drawn = tuple(one if isinstance(one, Line) else line(number, *one) for number, one in enumerate(lines, start=1))
    values = {
        "patient_control": "CD1", "charge": sum(one.charge for one in drawn), "place": "11", "frequency": "1",
        "turn": "P", "filing": "CI", "payer_id": payer_id, "payer_name": "", "member_id": member_id,
        "insured": PERSON, "patient": PERSON, "dependent": False, "billing": PROVIDER, "rendering": None,
        "diagnoses": ("J029",), "lines": drawn,
    }  # fmt: skip
    return Claim(**(values | more))


def decide(one: Claim, used: Accumulators | None = None, **facts: object) -> Decision:
    rules = rulebook()
    payer = rules.payer(one.payer_id)
    assert payer
    known = member(payer, one.member_id)
    assert known
    setting = Setting(rules, payer, known.plan, known.scenario, **facts)
    return adjudicate(one, setting, used or Accumulators())


def told(decision: Decision) -> list[str]:
    """Each line as text: ``93.00 CO45 62.00 PR3 25.00``."""
    return [
        " ".join([f"{one.paid:.2f}", *(f"{cut.group}{cut.code} {cut.amount:.2f}" for cut in one.adjustments)])
        for one in decision.lines
    ]


def used(deductible: str, out_of_pocket: str) -> Accumulators:
    return Accumulators(Decimal(deductible), Decimal(out_of_pocket))


NOTHING = used("0", "0")
TABLE = [
    # a PPO: copay for the visit, deductible for the rest
    ("NPHP1", "NPP10000001", NOTHING, [("99213", "180"), ("80053", "40")],
     ["93.00 CO45 62.00 PR3 25.00", "0.00 CO45 26.43 PR1 13.57"]),
    # the deductible is met: coinsurance of 20 percent
    ("NPHP1", "NPP10000001", used("500", "500"), [("99213-25", "180"), ("20610", "200")],
     ["93.00 CO45 62.00 PR3 25.00", "66.56 CO45 116.80 PR2 16.64"]),
    # the deductible is met within a line
    ("NPHP1", "NPP10000001", used("480", "480"), [("20610", "200")],
     ["50.56 CO45 116.80 PR1 20.00 PR2 12.64"]),
    # nothing is left below the out-of-pocket limit
    ("NPHP1", "NPP10000001", used("500", "4000"), [("99213-25", "180"), ("20610", "200")],
     ["118.00 CO45 62.00", "83.20 CO45 116.80"]),
    # a little is left below the limit
    ("NPHP1", "NPP10000001", used("500", "3990"), [("99213", "180")], ["108.00 CO45 62.00 PR3 10.00"]),
    # the charge is below the contract: the charge is allowed
    ("NPHP1", "NPP10000001", NOTHING, [("99213", "100")], ["75.00 PR3 25.00"]),
    # a charge below the copay
    ("NPHP1", "NPP10000001", NOTHING, [("99211", "20")], ["0.00 PR3 20.00"]),
    # preventive care is free of any share
    ("NPHP1", "NPP10000001", NOTHING, [("99396", "250"), ("90471", "40")],
     ["154.88 CO45 95.12", "25.60 CO45 14.40"]),
    # one copay a day, also for two visits
    ("NPHP1", "NPP10000001", NOTHING, [("99213", "118"), ("99212-25", "71.68")],
     ["93.00 PR3 25.00", "71.68"]),
    # a high-deductible plan: visits meet the deductible
    ("NPHP1", "NPD10000001", NOTHING, [("99213", "180")], ["0.00 CO45 62.00 PR1 118.00"]),
    ("NPHP1", "NPD10000001", used("1650", "1650"), [("99213", "180")], ["106.20 CO45 62.00 PR2 11.80"]),
    # Medicare: laboratory free, deductible then 20 percent, preventive visits are the patient's
    ("MCR05", "1EG4TE5MK73", used("257", "257"), [("99214", "250"), ("83036", "25"), ("99397", "120")],
     ["102.40 CO45 122.00 PR2 25.60", "9.80 CO45 15.20", "0.00 PR96 120.00"]),
    # Medicaid pays its own low rate and asks nothing
    ("MCD77", "MCD10000001", NOTHING, [("99213", "180")], ["63.90 CO45 116.10"]),
    ("MCD77", "MCX10000001", NOTHING, [("99213", "180")], ["60.90 CO45 116.10 PR3 3.00"]),
    # a code outside the contract: a percentage of charge
    ("CASC2", "CSH10000001", NOTHING, [("97802", "100")], ["50.00 CO45 50.00"]),
    # modifiers: bilateral 150 percent, reduced service 50 percent, one that nobody knows
    ("BLUE3", "XBS10000001", NOTHING, [("20610-50", "300")], ["117.58 CO45 169.35 PR2 13.07"]),
    ("BLUE3", "XBS10000001", NOTHING, [("20610-52", "300")], ["39.19 CO45 256.45 PR2 4.36"]),
    ("BLUE3", "XBS10000001", NOTHING, [("20610-ZZ", "300")], ["0.00 CO4 300.00"]),
    # a visit on the day of a procedure: bundled, unless modifier 25
    ("BLUE3", "XBS10000001", NOTHING, [("20610", "100"), ("99213", "160")],
     ["78.39 CO45 12.90 PR2 8.71", "0.00 CO97 160.00"]),
    ("BLUE3", "XBS10000001", NOTHING, [("20610", "100"), ("99213-25", "160")],
     ["78.39 CO45 12.90 PR2 8.71", "100.60 CO45 39.40 PR3 20.00"]),
    ("NPHP1", "NPP10000001", NOTHING, [("80053", "13.57"), ("80048", "11")],
     ["0.00 PR1 13.57", "0.00 CO97 11.00"]),
    ("NPHP1", "NPP10000001", NOTHING, [("99000", "15")], ["0.00 CO97 15.00"]),
    # what payers and plans leave out
    ("CASC2", "CSH10000001", NOTHING, [("J3420", "9")], ["0.00 CO96 9.00"]),
    ("CASC2", "CSH10000001", NOTHING, [("11200", "90")], ["0.00 PR204 90.00"]),
    ("CASC2", "CSH10000001", NOTHING, [("20610", "90")], ["0.00 CO197 90.00"]),
    # scenarios
    ("NPHP1", "NPP10000001NOTCOV", NOTHING, [("99213", "180")], ["0.00 CO96 180.00"]),
    ("NPHP1", "NPP10000001NOAUTH", NOTHING, [("99213", "180")], ["0.00 CO197 180.00"]),
    ("NPHP1", "NPP10000001MISSING", NOTHING, [("99213", "180")], ["0.00 CO16 180.00"]),
    ("NPHP1", "NPP10000001COB", NOTHING, [("99213", "180")], ["0.00 CO22 180.00"]),
    ("NPHP1", "NPP10000001DEDMET", NOTHING, [("20610", "200")], ["66.56 CO45 116.80 PR2 16.64"]),
    ("NPHP1", "NPP10000001HIGHDED", used("500", "500"), [("20610", "200")], ["0.00 CO45 116.80 PR1 83.20"]),
    ("NPHP1", "NPP10000001PARTIAL", NOTHING, [("99213", "180")], ["34.00 CO45 121.00 PR3 25.00"]),
    ("NPHP1", "NPP10000001PARTIAL", NOTHING, [("99213", "180"), ("87880", "45")],
     ["93.00 CO45 62.00 PR3 25.00", "0.00 CO16 45.00"]),
]  # fmt: skip


@pytest.mark.parametrize(("payer_id", "member_id", "before", "lines", "expected"), TABLE)
def test_a_primary_claim(
    payer_id: str, member_id: str, before: Accumulators, lines: list[tuple[str, str]], expected: list[str]
) -> None:
    decision = decide(claim(payer_id, member_id, lines), before)
    assert told(decision) == expected
    for one in decision.lines:
        assert one.line.charge == one.paid + sum(cut.amount for cut in one.adjustments)


FACTS = [
    ({"late": True}, "0.00 CO29 180.00"),
    ({"repeated": frozenset({1})}, "0.00 OA18 180.00"),
    ({"exhausted": frozenset({1})}, "0.00 CO119 180.00"),
]


@pytest.mark.parametrize(("facts", "expected"), FACTS)
def test_facts_from_the_payers_records(facts: dict[str, object], expected: str) -> None:
    assert told(decide(claim("NPHP1", "NPP10000001", [("99213", "180")]), **facts)) == [expected]


def test_an_authorization_number_opens_the_way() -> None:
    one = claim("CASC2", "CSH10000001", [("20610", "72.80")], authorization="AUTH1")
    assert told(decide(one)) == ["72.80"]


def test_units_multiply_the_allowed_amount() -> None:
    one = claim("MCD77", "MCD10000001", [("90472", "60")])
    doubled = msgspec.structs.replace(one, lines=(line(1, "90472", "60", units=Decimal(2)),))
    assert told(decide(one)) == ["10.65 CO45 49.35"]
    assert told(decide(doubled)) == ["21.30 CO45 38.70"]


STATUS = [
    ("NPP10000001", "P", "1"),
    ("NPP10000001NOTCOV", "P", "4"),
    ("NPP10000001CROSSOVER", "P", "19"),
]


@pytest.mark.parametrize(("member_id", "turn", "expected"), STATUS)
def test_the_claim_status(member_id: str, turn: str, expected: str) -> None:
    assert decide(claim("NPHP1", member_id, [("99213", "180")], turn=turn)).status == expected


def prior(paid: str, share: str, adjusted: str) -> Prior:
    return Prior("P", "MCR05", Decimal(paid), Decimal(share), Decimal(adjusted))


def test_a_second_payer_pays_what_the_first_left_to_the_patient() -> None:
    lines = [
        line(1, "99214", "250", priors=(prior("102.40", "25.60", "147.60"),)),
        line(2, "83036", "25", priors=(prior("9.80", "0", "15.20"),)),
    ]
    decision = decide(claim("BLUE3", "XBP50000005", lines, turn="S"))
    assert told(decision) == ["25.60 OA23 224.40", "0.00 OA23 25.00"]
    assert (decision.status, decision.deductible) == ("2", Decimal("0.00"))


def test_a_second_payer_reads_what_was_told_for_the_whole_claim() -> None:
    one = claim("BLUE3", "XBP50000005", [("99214", "250"), ("83036", "25")], turn="S",
                priors=(prior("200", "60", "75"),))  # fmt: skip
    assert told(decide(one)) == ["60.00 OA23 190.00", "0.00 OA23 25.00"]


def test_a_reversal_negates_every_amount_and_keeps_the_codes() -> None:
    decision = decide(claim("NPHP1", "NPP10000001", [("99213", "180"), ("80053", "40")]))
    back = reversed_decision(decision)
    assert told(back) == ["-93.00 CO45 -62.00 PR3 -25.00", "0.00 CO45 -26.43 PR1 -13.57"]
    assert (back.status, back.deductible, back.paid) == ("22", Decimal("-13.57"), -decision.paid)


def test_the_directory_tells_the_amounts_that_are_paid() -> None:
    for payer in payers():
        for code, allowed in allowed_amounts(payer.id).items():
            known = payer.plans[0]
            setting = Setting(rulebook(), payer, known, "")
            one = claim(payer.id, "ANY", [(code, "9999")], authorization="A1")
            decided = adjudicate(one, setting, Accumulators()).lines[0]
            assert decided.denied or decided.allowed == allowed
