"""Every scrubbing rule as a table: what it finds, in which line, and where that is mended.

``CLEAN`` passes every rule. Each row changes one thing of it: (rule, what is changed, place where it is mended,
line, a word of the message). ``PASSES`` are changes that look alike and are right.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from chartdesk.pms.claims import numbers, scrubbing
from chartdesk.pms.claims.content import (
    Adjusted,
    Billing,
    ClaimContent,
    Facts,
    Human,
    Insured,
    Line,
    PayerFacts,
    Place,
    Prior,
    PriorLine,
    Provider,
)
from chartdesk.pms.claims.rules import errors, finding_of, plain

HOME = Place("12 Elm Street", "", "Columbus", "OH", "43215")
JANE = Human("Marlow", "Jane", birth_date=date(1980, 2, 3), sex="female", address=HOME)
BILLING = Billing(
    "River Clinic", "1993999998", "12-3456789", "207Q00000X", "614-555-0100",
    Place("100 Main Street", "", "Columbus", "OH", "43215-1234"),
)  # fmt: skip
CLEAN = ClaimContent(
    number="C0010001",
    service_date=date(2026, 3, 2),
    superbill=5,
    patient_id="p1",
    patient=JANE,
    billing=BILLING,
    payer=PayerFacts("ACME1", "Acme PPO"),
    insured=Insured("cov1", "M123456", person=JANE, effective=date(2026, 1, 1), ends=date(2026, 12, 31)),
    diagnoses=("J02.0", "R07.0"),
    lines=(
        Line(11, "C0010001-1", "99213", Decimal(1), Decimal("140.00"), ("25",), (1, 2)),
        Line(12, "C0010001-2", "87880", Decimal(1), Decimal("32.00"), ("QW",), (1,)),
    ),
    total=Decimal("172.00"),
    rendering=Provider("dr1", "Reed", "Ana", "1234567893", "207Q00000X"),
    facts=Facts(today=date(2026, 3, 4)),
)
PRIOR = Prior(
    1, PayerFacts("ACME1", "Acme PPO"), CLEAN.insured, Decimal("120.00"), date(2026, 3, 20), "ICN1",
    lines=(
        PriorLine(11, Decimal("100.00"), (Adjusted("CO", "45", Decimal(20)), Adjusted("PR", "2", Decimal(20)))),
        PriorLine(12, Decimal("20.00"), (Adjusted("CO", "45", Decimal(12)),)),
    ),
)  # fmt: skip
SECOND = replace(CLEAN, rank=2, payer=PayerFacts("SECO2", "Second Mutual"), prior=(PRIOR,))
KIT = Human("Marlow", "Kit", birth_date=date(2018, 5, 1), sex="male", address=HOME)
CHILD = replace(CLEAN, insured=replace(CLEAN.insured, relationship="child"), patient=KIT)

Change = Callable[[], ClaimContent]


def billing(**values: object) -> Change:
    return lambda: replace(CLEAN, billing=replace(BILLING, **values))


def street(**values: object) -> Change:
    return billing(address=replace(BILLING.address, **values))


def provider(**values: object) -> Change:
    return lambda: replace(CLEAN, rendering=replace(CLEAN.rendering, **values))


def payer(**values: object) -> Change:
    return lambda: replace(CLEAN, payer=replace(CLEAN.payer, **values))


def insured(**values: object) -> Change:
    return lambda: replace(CLEAN, insured=replace(CLEAN.insured, **values))


def medicare(number: str) -> Change:
    return lambda: replace(
        CLEAN, payer=replace(CLEAN.payer, filing_indicator="MB"), insured=replace(CLEAN.insured, member_id=number)
    )


def own(**values: object) -> Change:
    """The patient who is the subscriber."""
    person = replace(JANE, **values)
    return lambda: replace(CLEAN, patient=person, insured=replace(CLEAN.insured, person=person))


def child(**values: object) -> Change:
    return lambda: replace(CHILD, patient=replace(CHILD.patient, **values))


def claim(**values: object) -> Change:
    return lambda: replace(CLEAN, **values)


def facts(**values: object) -> Change:
    return lambda: replace(CLEAN, facts=replace(CLEAN.facts, **values))


def second(**values: object) -> Change:
    return lambda: replace(SECOND, prior=(replace(PRIOR, **values),))


def line(place: int = 1, **values: object) -> Change:
    def changed() -> ClaimContent:
        lines = list(CLEAN.lines)
        lines[place - 1] = replace(lines[place - 1], **values)
        return replace(CLEAN, lines=tuple(lines), total=sum((one.amount for one in lines), Decimal(0)))

    return changed


def many(count: int) -> Change:
    lines = tuple(Line(n, f"L{n}", f"8{n:04}", Decimal(1), Decimal(1), (), (1,)) for n in range(count))
    return claim(lines=lines, total=Decimal(count), visited=True)


TWELVE = ("J02.0", "I10", "R05.1", "N39.0", "K21.9", "F41.1", "E11.9", "R11.0", "R53.83", "R42", "R35.0", "R07.0")

#: (rule, change, (kind, id) of the place, line, words of the message)
FINDS = [
    ("billing_name", billing(name=" "), ("practice", ""), 0, "no name"),
    ("billing_npi", billing(npi="1993999999"), ("practice", ""), 0, "wrong check digit"),
    ("billing_npi", billing(npi=""), ("practice", ""), 0, "not ten digits"),
    ("tax_id", billing(tax_id="12345678"), ("practice", ""), 0, "not nine digits"),
    ("billing_address", street(line1="PO Box 12"), ("practice", ""), 0, "post office box"),
    ("billing_address", street(line1="P.O. Box 12"), ("practice", ""), 0, "post office box"),
    ("billing_address", street(postal_code="43215"), ("practice", ""), 0, "four more digits"),
    ("billing_address", street(city="", state=""), ("practice", ""), 0, "no city, no state"),
    ("billing_phone", billing(phone="555"), ("practice", ""), 0, "phone"),
    ("rendering_provider", claim(rendering=None), ("superbill", "5"), 0, "no rendering provider"),
    ("rendering_provider", provider(family=""), ("superbill", "5"), 0, "no family name"),
    ("rendering_npi", provider(npi="1234567890"), ("provider", "dr1"), 0, "Ana Reed"),
    ("rendering_npi", provider(npi="12345"), ("provider", "dr1"), 0, "not ten digits"),
    ("taxonomy_missing", lambda: replace(payer(needs_taxonomy=True)(), billing=replace(BILLING, taxonomy="")),
     ("provider", "dr1"), 0, "practice's taxonomy"),
    ("taxonomy_missing", lambda: replace(payer(needs_taxonomy=True)(), rendering=replace(CLEAN.rendering, taxonomy="")),
     ("provider", "dr1"), 0, "rendering provider's taxonomy"),
    ("taxonomy_form", billing(taxonomy="207Q00000"), ("provider", "dr1"), 0, "207Q00000 is not"),
    ("member_id", insured(member_id=" "), ("coverage", "cov1"), 0, "no member id"),
    ("member_id", insured(member_id="M12*456"), ("coverage", "cov1"), 0, "no card has"),
    ("member_id", medicare("1EG4TE5MK7"), ("coverage", "cov1"), 0, "not a Medicare number"),
    ("relationship", insured(relationship="cousin"), ("coverage", "cov1"), 0, "cousin"),
    ("subscriber_name", own(given=""), ("coverage", "cov1"), 0, "no given name"),
    ("subscriber_birth_date", own(birth_date=None), ("coverage", "cov1"), 0, "birth date"),
    ("subscriber_sex", own(sex=""), ("coverage", "cov1"), 0, "sex"),
    ("subscriber_address", own(address=replace(HOME, postal_code="4321")), ("coverage", "cov1"), 0, "4321"),
    ("subscriber_address", own(address=Place()), ("coverage", "cov1"), 0, "no street, no city, no state, no ZIP code"),
    ("patient_identity", child(given="", family=""), ("patient", "p1"), 0, "no family and no given name"),
    ("patient_identity", child(birth_date=None), ("patient", "p1"), 0, "birth date"),
    ("patient_identity", child(sex=""), ("patient", "p1"), 0, "sex"),
    ("patient_identity", child(address=Place()), ("patient", "p1"), 0, "no street"),
    ("patient_birth_date", own(birth_date=date(2026, 3, 3)), ("patient", "p1"), 0, "after the service"),
    ("patient_birth_date", own(birth_date=date(1900, 1, 1)), ("patient", "p1"), 0, "126 years"),
    ("self_differs", claim(patient=replace(JANE, family="Other")), ("coverage", "cov1"), 0, "somebody else"),
    ("diagnosis_missing", lambda: replace(CLEAN, diagnoses=()), ("superbill", "5"), 0, "no diagnosis"),
    ("diagnosis_code", claim(diagnoses=("J02", "R07.0")), ("superbill", "5"), 0, "J02, is not a billable"),
    ("diagnosis_code", claim(diagnoses=("J02.0", "ZZZ")), ("superbill", "5"), 0, "Diagnosis 2"),
    ("diagnosis_repeated", claim(diagnoses=("J02.0", "J02.0")), ("superbill", "5"), 0, "twice"),
    ("diagnosis_count", claim(diagnoses=(*TWELVE, "G43.909")), ("superbill", "5"), 0, "13 diagnoses"),
    ("external_cause_first", claim(diagnoses=("W01.0XXA", "R07.0")), ("superbill", "5"), 0, "external cause"),
    ("diagnosis_unspecified", claim(diagnoses=("J02.0", "J02.9")), ("superbill", "5"), 0, "unspecified"),
    ("line_count", claim(lines=(), total=Decimal(0)), ("superbill", "5"), 0, "no line"),
    ("line_count", many(51), ("superbill", "5"), 0, "51 lines"),
    ("procedure_code", line(code="9921"), ("superbill", "5"), 1, "9921 is not"),
    ("procedure_code", line(2, code=""), ("superbill", "5"), 2, "An empty code"),
    ("pointer_absent", line(2, pointers=(3,)), ("superbill", "5"), 2, "diagnosis 3 of 2"),
    ("pointer_absent", line(2, pointers=(0,)), ("superbill", "5"), 2, "diagnosis 0 of 2"),
    ("pointer_missing", line(2, pointers=()), ("superbill", "5"), 2, "points to no diagnosis"),
    ("pointer_count", lambda: replace(line(pointers=(1, 2, 3, 4, 5))(), diagnoses=TWELVE),
     ("superbill", "5"), 1, "5 diagnoses"),
    ("pointer_count", line(pointers=(1, 1)), ("superbill", "5"), 1, "twice"),
    ("modifier", line(modifiers=("2",)), ("superbill", "5"), 1, "2 is not a modifier"),
    ("modifier", line(modifiers=("25", "25")), ("superbill", "5"), 1, "twice"),
    ("modifier", line(modifiers=("25", "59", "RT", "LT", "76")), ("superbill", "5"), 1, "5 modifiers"),
    ("units", line(units=Decimal(0)), ("superbill", "5"), 1, "0 units"),
    ("units", line(units=Decimal(1000)), ("superbill", "5"), 1, "1000 units"),
    ("units", line(units=Decimal("0.125")), ("superbill", "5"), 1, "more than two places"),
    ("zero_charge", line(2, amount=Decimal(0)), ("superbill", "5"), 2, "$0.00"),
    ("total", claim(total=Decimal("172.01")), ("claim", "C0010001"), 0, "$172.01"),
    ("line_repeated", line(2, code="99213", modifiers=("25",)), ("superbill", "5"), 2, "repeats line 1"),
    ("place_of_service", claim(place_of_service="77"), ("superbill", "5"), 0, "77"),
    ("place_of_service", claim(place_of_service=""), ("superbill", "5"), 0, "An empty text"),
    ("telehealth_modifier", claim(place_of_service="10"), ("superbill", "5"), 1, "telehealth"),
    ("age", line(code="99393", modifiers=()), ("superbill", "5"), 1, "the age of 46"),
    ("visit_with_procedure", lambda: replace(
        CLEAN, lines=(replace(CLEAN.lines[0], modifiers=()), replace(CLEAN.lines[1], code="69210"))),
     ("superbill", "5"), 1, "modifier 25"),
    ("payer_unknown", payer(known=False), ("coverage", "cov1"), 0, "no payer ACME1"),
    ("payer_unknown", payer(active=False), ("coverage", "cov1"), 0, "no longer billed"),
    ("payer_name", payer(name=""), ("payer", "ACME1"), 0, "no name"),
    ("filing_indicator", payer(filing_indicator="99"), ("payer", "ACME1"), 0, "99"),
    ("coverage_dates", insured(effective=date(2026, 3, 3)), ("coverage", "cov1"), 0, "begins on Mar 3, 2026"),
    ("coverage_dates", insured(ends=date(2026, 3, 1)), ("coverage", "cov1"), 0, "ended on Mar 1, 2026"),
    ("eligibility_inactive", facts(eligibility="inactive"), ("coverage", "cov1"), 0, "not active"),
    ("future_service", facts(today=date(2026, 3, 1)), ("superbill", "5"), 0, "in the future"),
    ("timely_filing", facts(today=date(2027, 3, 3)), ("claim", "C0010001"), 0, "1 day ago"),
    ("filing_limit_near", facts(today=date(2027, 2, 28)), ("claim", "C0010001"), 0, "2 more days"),
    ("duplicate_claim", facts(duplicates=("C1",)), ("claim", "C0010001"), 0, "Claim C1"),
    ("correction_number", claim(frequency="7"), ("claim", "C0010001"), 0, "replacement names no"),
    ("correction_number", claim(frequency="8", payer_claim_number=" "), ("claim", "C0010001"), 0, "void names no"),
    ("original_number", claim(payer_claim_number="ICN1"), ("claim", "C0010001"), 0, "original claim"),
    ("prior_payer", lambda: replace(SECOND, prior=()), ("claim", "C0010001"), 0, "does not say"),
    ("prior_payer", claim(prior=(PRIOR,)), ("claim", "C0010001"), 0, "names a payer before it"),
    ("prior_balance", second(lines=(replace(PRIOR.lines[0], paid=Decimal("99.00")), PRIOR.lines[1])),
     ("claim", "C0010001"), 1, "paid $99.00"),
    ("prior_balance", second(lines=PRIOR.lines[:1]), ("claim", "C0010001"), 2, "decided nothing"),
    ("prior_balance", second(lines=(), adjustments=(Adjusted("CO", "45", Decimal("52.01")),)),
     ("claim", "C0010001"), 0, "adjusted $52.01"),
    ("prior_levels", second(adjustments=(Adjusted("PR", "1", Decimal(1)),)), ("claim", "C0010001"), 0, "on its lines"),
    ("prior_levels", second(paid=Decimal(-1)), ("claim", "C0010001"), 0, "less than nothing"),
    ("authorization_missing", claim(wants="authorization"), ("authorizations", "p1"), 0, "with an authorization"),
    ("authorization_missing", claim(wants="referral"), ("authorizations", "p1"), 0, "on referral"),
    ("referral_missing", payer(needs_referral=True), ("superbill", "5"), 0, "referral number"),
    ("prior_complete", second(adjudicated=None), ("claim", "C0010001"), 0, "when Acme PPO"),
    ("prior_complete", second(insured=replace(CLEAN.insured, member_id="")), ("claim", "C0010001"), 0, "member id"),
    ("other_payer", facts(other_payer="Second Mutual"), ("coverage", "cov1"), 0, "Second Mutual"),
    ("charge_unusual", line(amount=Decimal(30_000)), ("superbill", "5"), 0, "$30,0"),
    ("claim_number", claim(number="C" * 21), ("claim", "C" * 21), 0, "21 characters"),
    ("line_numbers", line(2, control="C0010001-1"), ("claim", "C0010001"), 2, "Two lines"),
    ("line_numbers", line(2, control="X" * 31), ("claim", "C0010001"), 2, "31 characters"),
]  # fmt: skip

IDS = [f"{row[0]}: {row[4]}" for row in FINDS]
#: Right, though it looks like a row above.
PASSES = {
    "a dependent": lambda: CHILD,
    "a later payer": lambda: SECOND,
    "a later payer, decided as a whole": second(lines=(), adjustments=(Adjusted("CO", "45", Decimal("52.00")),)),
    "a line that the payer split": second(
        lines=(PRIOR.lines[0], PriorLine(12, Decimal(20)), PriorLine(12, Decimal(0), PRIOR.lines[1].adjustments))
    ),
    "a Medicare number": medicare("1EG4-TE5-MK73"),
    "twelve diagnoses": claim(diagnoses=TWELVE),
    "fifty lines": many(50),
    "the last day of the coverage": insured(ends=date(2026, 3, 2)),
    "the first day of the coverage": insured(effective=date(2026, 3, 2)),
    "half a unit": line(units=Decimal("0.5")),
    "the same code with a modifier": line(2, code="99213", modifiers=("25", "59")),
    "telehealth said by modifier": lambda: replace(line(modifiers=("95",))(), place_of_service="02"),
    "a preventive visit for the age": line(code="99396", modifiers=()),
    "a wrong check digit, where samples are used": lambda: replace(
        billing(npi="1993999999")(), facts=replace(CLEAN.facts, check_npi=False)
    ),
    "a replacement": claim(frequency="7", payer_claim_number="ICN1"),
    "a replacement after the limit": lambda: replace(
        CLEAN, frequency="7", payer_claim_number="ICN1", facts=replace(CLEAN.facts, today=date(2028, 1, 1))
    ),
    "a later payer's limit starts with the first decision": lambda: replace(
        SECOND, facts=replace(CLEAN.facts, today=date(2027, 3, 15))
    ),
    "the referral that is wanted": lambda: replace(payer(needs_referral=True)(), referral_number="R1"),
    "the taxonomy that is wanted": payer(needs_taxonomy=True),
    "eligibility was active": facts(eligibility="active"),
    "an undetermined sex": own(sex="unknown"),
    "a blood sample beside a visit": lambda: replace(
        CLEAN, lines=(replace(CLEAN.lines[0], modifiers=()), replace(CLEAN.lines[1], code="36415", modifiers=()))
    ),
    "a nine-digit ZIP code": own(address=replace(HOME, postal_code="43215-1234")),
}  # fmt: skip


def test_a_clean_claim_passes_every_rule() -> None:
    assert scrubbing.scrub(CLEAN) == []


@pytest.mark.parametrize("name", PASSES)
def test_what_is_right_passes(name: str) -> None:
    assert scrubbing.scrub(PASSES[name]()) == []


@pytest.mark.parametrize(("rule", "change", "place", "number", "words"), FINDS, ids=IDS)
def test_what_is_wrong_is_found(rule: str, change: Change, place: tuple[str, str], number: int, words: str) -> None:
    wrong = change()
    (found,) = [one for one in scrubbing.scrub(wrong) if one.rule == rule]
    assert words in found.message
    assert (found.where, found.line) == (place, number)
    assert found.cure.endswith(".")
    assert found.message.endswith(".")


def test_every_rule_says_why_and_what_to_do() -> None:
    for rule in scrubbing.RULES:
        assert rule.severity in ("error", "warning")
        assert rule.reason.endswith(".") and rule.cure.endswith(".")
        assert rule.place in (
            "superbill", "patient", "coverage", "payer", "provider", "practice", "claim", "authorizations",
            "circumstances", "splits",
        )  # fmt: skip


def test_only_errors_hold_a_claim() -> None:
    warned = scrubbing.scrub(claim(diagnoses=("J02.0", "J02.9"))())
    assert [one.severity for one in warned] == ["warning"]
    assert errors(warned) == []


def test_a_finding_survives_being_kept() -> None:
    for _, change, *_ in FINDS:
        for found in scrubbing.scrub(change()):
            assert finding_of(plain(found)) == found


def test_what_has_no_coverage_is_mended_at_the_patient() -> None:
    (found,) = [one for one in scrubbing.scrub(insured(coverage_id="", member_id="")()) if one.rule == "member_id"]
    assert found.where == ("patient", "p1")


@pytest.mark.parametrize(
    ("npi", "valid"),
    [("1993999998", True), ("1234567893", True), ("1234567890", False), ("3234567893", False), ("123456789", False),
     ("12345678930", False), ("", False), ("123456789a", False), ("2000000002", True)],
)  # fmt: skip
def test_the_check_digit_of_an_npi(npi: str, valid: bool) -> None:
    assert numbers.valid_npi(npi) is valid


@pytest.mark.parametrize(
    ("number", "valid"),
    [("1EG4-TE5-MK73", True), ("1eg4te5mk73", True), ("0EG4TE5MK73", False), ("1SG4TE5MK73", False),
     ("1EG4TE5MK7", False), ("1EG4TE5MK733", False), ("", False)],
)  # fmt: skip
def test_the_form_of_a_medicare_number(number: str, valid: bool) -> None:
    assert numbers.valid_mbi(number) is valid
