"""The rules of institutional claims as tables, revenue codes, and what an accident says in codes of the UB-04."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.spec.scrubbing.test_rules import CLEAN, PRIOR, SECOND

from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges.circumstances import Circumstances, checked
from chartdesk.pms.claims import institutional, revenue, scrubbing, told
from chartdesk.pms.claims.content import ClaimContent, Institutional, PayerFacts, Provider
from chartdesk.pms.claims.revenue import Row
from chartdesk.pms.registration.named import Named

DAY, BEFORE, AFTER = CLEAN.service_date, date(2026, 2, 27), date(2026, 3, 9)
CHEN = Provider("dr1", "Reed", "Ana", "1234567893")
AUTO = Circumstances(("auto",), BEFORE, "OH", claim_number="77-1")
STAY = Circumstances(
    admitted=BEFORE, admission_type="3", admission_source="1", patient_status="01", discharged_at="1130"
)


def billed(bill_type: str = "71", attending: Provider | None = CHEN, **values: object) -> ClaimContent:
    lines = tuple(replace(one, revenue="0521") for one in CLEAN.lines)
    facility = Institutional(bill_type, BEFORE, DAY, attending)
    return replace(CLEAN, **({"institutional": facility, "lines": lines} | values))


def with_codes(*codes: str) -> ClaimContent:
    lines = tuple(replace(one, revenue=code) for one, code in zip(CLEAN.lines, codes, strict=True))
    return billed(lines=lines)


#: rule, claim, line, where it is mended, a word of the message
FINDS = [
    ("bill_type", billed("99"), 0, "splits", "99 is no type of bill"),
    ("revenue_code", with_codes("0521", ""), 2, "superbill", "87880 has no revenue code"),
    ("revenue_code", with_codes("521", "0300"), 1, "superbill", "not four digits"),
    ("attending_missing", billed(attending=None), 0, "superbill", "who attended"),
    ("attending_npi", billed(attending=replace(CHEN, npi="1234567890")), 0, "circumstances", "Ana Reed, 1234567890"),
    ("stay_details", billed("11"), 0, "circumstances", "the day of admission, how urgent"),
    ("stay_details", billed("11", circumstances=replace(STAY, discharged_at="")), 0, "circumstances", "the hour"),
    ("admission_codes", billed(circumstances=Circumstances(patient_status="99")), 0, "circumstances", "99 is no code"),
    ("statement_days", billed(lines=(replace(CLEAN.lines[0], revenue="0521", day=AFTER),)), 1, "superbill", "outside"),
    ("casualty_number", replace(CLEAN, payer=PayerFacts("A", "Motor", "AM")), 0, "circumstances", "Motor pays"),
]
PASSES = {
    "a professional claim": CLEAN,
    "a visit to a clinic": billed(),
    "a stay, told whole": billed("11", circumstances=STAY),
    "somebody who is still there has no hour of discharge": billed(
        "11", circumstances=replace(STAY, patient_status="30", discharged_at="")
    ),
    "a number that is not checked": billed(
        attending=replace(CHEN, npi="1"), facts=replace(CLEAN.facts, check_npi=False)
    ),
    "the number of the case is known": replace(CLEAN, payer=PayerFacts("A", "Motor", "AM"), circumstances=AUTO),
    "a health plan does not ask for the number of the case": replace(
        CLEAN, circumstances=replace(AUTO, claim_number="")
    ),
}


def found(claim: ClaimContent) -> list:
    ours = {row[0] for row in FINDS}
    return [one for one in scrubbing.scrub(claim) if one.rule in ours]


@pytest.mark.parametrize(
    ("rule", "claim", "number", "place", "words"), FINDS, ids=[f"{n}-{one[0]}" for n, one in enumerate(FINDS)]
)
def test_what_is_wrong_is_found(rule, claim, number, place, words):
    (one,) = [one for one in found(claim) if one.rule == rule]
    assert words in one.message and one.message.endswith(".") and one.cure.endswith(".")
    assert (one.line, one.where[0]) == (number, place)
    assert one.severity == ("warning" if rule == "casualty_number" else "error")


@pytest.mark.parametrize("name", PASSES)
def test_what_is_right_passes(name):
    assert found(PASSES[name]) == []


def test_what_a_professional_claim_needs_a_facility_does_not():
    many = billed(diagnoses=tuple(f"R{n}" for n in range(10, 35)), rendering=None)
    lines = tuple(replace(one, pointers=()) for one in many.lines)
    rules = {one.rule for one in scrubbing.scrub(replace(many, lines=lines))}
    assert not rules & {"rendering_provider", "diagnosis_count", "pointer_missing", "pointer_count"}


TABLE = (Row(("99213",), ("22",), "0510"), Row(("992*", "G0463"), (), "0521"))


@pytest.mark.parametrize(
    ("own", "code", "place", "usual", "expected"),
    [
        ("0900", "99213", "22", "0529", "0900"),
        ("", "99213", "22", "0529", "0510"),
        ("", "99213", "11", "0529", "0521"),
        ("", "36415", "11", "0529", "0529"),
        ("", "36415", "11", "", "0300"),
        ("", "70450", "11", "", "0350"),
        ("", "71046", "11", "", "0320"),
        ("", "90471", "11", "", "0771"),
        ("", "J1885", "11", "", "0636"),
        ("", "H0031", "11", "", ""),
    ],
)
def test_which_revenue_code_a_line_gets(own, code, place, usual, expected):
    assert revenue.of_charge(own, code, place, TABLE, usual) == expected


def test_a_table_is_kept_whole_or_not_at_all():
    assert revenue.table_of({revenue.SETTING: revenue.kept(TABLE)}) == TABLE
    with pytest.raises(Invalid) as refused:
        revenue.kept([*TABLE, Row(("9-1",), ("7",), "51"), Row((), (), "0510")])
    assert [one.where for one in refused.value.issues] == ["revenue-3", "codes-3", "places-3", "codes-4"]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (Circumstances(("auto",), BEFORE, "OH"), [("01", BEFORE)]),
        (Circumstances(("auto",), BEFORE, "NJ"), [("02", BEFORE)]),
        (Circumstances(("auto", "employment"), BEFORE, "NJ"), [("04", BEFORE)]),
        (Circumstances(("other",), BEFORE, onset=DAY), [("05", BEFORE), ("11", DAY)]),
        (Circumstances(("none",), last_period=BEFORE), [("10", BEFORE)]),
        (Circumstances(("employment",)), []),
    ],
)
def test_what_happened_stands_in_occurrence_codes(said, codes):
    claim = institutional.claim(billed(circumstances=said))
    assert [(one.code, one.day) for one in claim.occurrences] == codes
    assert claim.condition_codes == (["02"] if "employment" in said.causes else [])


@pytest.mark.parametrize(("reason", "code"), [("", "12"), ("43", "43"), ("15", "15")])
def test_what_was_paid_before_medicare_stands_in_a_value_code(reason, code):
    medicare = replace(SECOND.payer, filing_indicator="MB")
    insured = replace(SECOND.insured, medicare_second=reason)
    said = billed(payer=medicare, insured=insured, rank=2, prior=(PRIOR,))
    claim = institutional.claim(said)
    assert [(one.code, one.amount) for one in claim.values] == [(code, Decimal("120.00"))]
    assert (claim.subscriber.filing_indicator, claim.subscriber.insurance_type) == ("MA", "")
    assert institutional.claim(replace(said, payer=SECOND.payer)).values == []


def test_causes_of_an_injury_have_a_list_of_their_own_and_who_attended_is_named_once():
    claim = institutional.claim(billed("13", diagnoses=("S93.401A", "V43.52XA", "I10")))
    assert (claim.principal.code, [one.code for one in claim.diagnoses]) == ("S93401A", ["I10"])
    assert [one.code for one in claim.external_causes] == ["V4352XA"]
    assert [role for role, _ in claim.providers] == ["71"]
    other = Circumstances(referring=Named("Reed", "Ana", CHEN.npi), admission_type="1")
    claim = institutional.claim(billed("13", circumstances=other))
    assert [role for role, _ in claim.providers] == ["71"] and claim.visit_reasons == ["J020"]


@pytest.mark.parametrize(
    ("indicator", "sent"), [("WC", True), ("AM", True), ("LM", True), ("CI", False), ("MB", False)]
)
def test_the_number_of_the_case_goes_to_those_who_pay_for_accidents(indicator, sent):
    claim = replace(CLEAN, payer=PayerFacts("A", "Motor", indicator), circumstances=AUTO)
    assert [(one.qualifier, one.value) for one in told.casualty_number(claim)] == ([("Y4", "77-1")] if sent else [])


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Circumstances(claim_number="1"), ["cause"]),
        (Circumstances(("none",), claim_number="1"), ["cause"]),
        (Circumstances(("employment",), claim_number="1" * 51), ["claim_number"]),
        (Circumstances(admission_type="7", patient_status="1"), ["admission_type", "patient_status"]),
        (Circumstances(admitted_at="2415", discharged_at="9"), ["admitted_at", "discharged_at"]),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(said, fields):
    with pytest.raises(Invalid) as refused:
        checked(said, DAY)
    assert [one.where for one in refused.value.issues] == fields
