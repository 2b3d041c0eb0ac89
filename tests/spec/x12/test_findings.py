"""What the check finds, as a table: a right file, one change, the finding that must come of it.

Each row is a fault that a payer would send back. ``where`` is the segment and element it must name.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import x12_examples as examples

from chartdesk.standards.x12 import claim_837p, eligibility_271, remittance_835, status_277ca
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.judge import CheckSettings

CLAIM = claim_837p.write(examples.interchange())
SECONDARY = claim_837p.write(examples.interchange(examples.secondary_claim()))
REPLACEMENT = claim_837p.write(examples.interchange(examples.replacement_claim()))
DEPENDENT = claim_837p.write(examples.interchange(examples.dependent_claim()))
ACCIDENT = claim_837p.write(examples.interchange(examples.accident_claim()))
PAYMENT = remittance_835.write(examples.envelope(), [examples.remittance()])
REVERSAL = remittance_835.write(examples.envelope(), [examples.remittance(examples.reversal(), examples.paid_claim())])
ANSWER = eligibility_271.write(examples.envelope(), [examples.response()])
STATUS = status_277ca.write(examples.envelope(), [examples.status_report()])


def change(content: bytes, old: str, new: str) -> bytes:
    """The file with its first ``old`` made ``new``; SE01 follows, so that only the change itself is found."""
    assert old.encode() in content
    made = content.replace(old.encode(), new.encode(), 1)
    parts = made.split(b"~")
    first = next(n for n, one in enumerate(parts) if one.startswith(b"ST*"))
    last = next(n for n, one in enumerate(parts) if one.startswith(b"SE*"))
    parts[last] = b"SE*%d*0001" % (last - first + 1)
    return b"~".join(parts)


@pytest.mark.parametrize(
    "content", [CLAIM, SECONDARY, REPLACEMENT, DEPENDENT, ACCIDENT, PAYMENT, REVERSAL, ANSWER, STATUS]
)
def test_a_right_file_has_no_finding(content: bytes) -> None:
    assert check_file(content) == []


STRUCTURE = [
    # file, old, new, rule, where
    (CLAIM, "HI*ABK:J029*ABF:R509~", "", "segment-missing", "HI"),
    (CLAIM, "NM1*PR*2*NORTHERN HEALTH PLAN*****PI*NHP01~", "", "loop-missing", "NM1"),
    (CLAIM, "CLM*", "ZZZ*1~CLM*", "segment-unexpected", "ZZZ"),
    (CLAIM, "CLM*", "AK9*A*1*1*1~CLM*", "segment-unexpected", "AK9"),
    (CLAIM, "N3*12 RIVER ROAD~", "N3*12 RIVER ROAD~N3*13 RIVER ROAD~", "segment-repeat", "N3"),
    (
        CLAIM,
        "N3*12 RIVER ROAD~N4*ALBANY*NY*122071234~",
        "N4*ALBANY*NY*122071234~N3*12 RIVER ROAD~",
        "segment-order",
        "N3",
    ),
    (CLAIM, "NM1*40*", "NM1*40*2*OTHER*****46*X1~NM1*40*", "segment-loop-repeat", "NM1"),
    (CLAIM, "NM1*85*", "NM1*117*", "segment-unexpected", "NM1"),
    (CLAIM, "HL*2*1*22*0", "HL*3*1*22*0", "hl-number", "HL01"),
    (CLAIM, "HL*2*1*22*0", "HL*2*7*22*0", "hl-parent", "HL02"),
    (CLAIM, "HL*2*1*22*0", "HL*2*1*22*1", "hl-child", "HL04"),
    (ANSWER, "LE*2120~", "", "loop-missing", "LE"),
    (STATUS, "STC*A2:20*20260302*WQ*150.5~", "", "segment-missing", "STC"),
]

ELEMENTS = [
    (CLAIM, "CLM*A1001*", "CLM**", "element-missing", "CLM01"),
    (CLAIM, "*11:B:1*Y*", "*11::1*Y*", "element-missing", "CLM05-2"),
    (CLAIM, "*11:B:1*Y*", "*11:B:1*Q*", "element-code", "CLM06"),
    (CLAIM, "CLM*A1001*150.5*", "CLM*A1001*15O.5*", "element-number", "CLM02"),
    (CLAIM, "DMG*D8*19800517*", "DMG*D8*19801317*", "element-date", "DMG02"),
    (CLAIM, "DTP*472*D8*20260302", "DTP*472*RD8*20260302-20260301", "element-date", "DTP03"),
    (CLAIM, "N4*ALBANY*NY*122071234", "N4*ALBANY*NYX*122071234", "element-long", "N402"),
    (CLAIM, "N4*ALBANY*NY*122071234", "N4*ALBANY*N*122071234", "element-short", "N402"),
    (CLAIM, "SV1*HC:99213*", "SV1*HC:99213:A:B:C:D:E:F:G*", "element-components", "SV101"),
    (CLAIM, "HI*ABK:J029*", "HI*ABK:J029^J030*", "element-repeat", "HI01"),
    (CLAIM, "SBR*P*18*", "SBR*P*18*G100***X*Y*", "element-not-used", "SBR06"),
    (CLAIM, "PER*IC*BILLING*TE*5185550100~", "PER*IC*BILLING*TE~", "element-missing", "PER04"),
    (CLAIM, "NM1*82*1*STONE*MARIA****XX*", "NM1*82*1*STONE*MARIA*****", "element-syntax", "NM108"),
    (CLAIM, "HI*ABK:J029*ABF:R509~", "HI*ABK:J029*ABF:R509" + "*ABF:R51" * 11 + "~", "too-many-elements", "HI13"),
    (CLAIM, "BHT*0019*00*B0001*20260304*093015", "BHT*0019*00*B0001*20260304*253015", "element-time", "BHT05"),
    (PAYMENT, "MOA***MA01", "MOA", "segment-empty", "MOA"),
    (PAYMENT, "CLP*A1001*1*", "CLP*A1001*99*", "element-code", "CLP02"),
]

#: What outside validators let pass.
FIGURES = [
    (CLAIM, "CLM*A1001*150.5*", "CLM*A1001*150*", "claim-total", "CLM02"),
    (CLAIM, "UN*1***1~", "UN*1***3~", "pointer", "SV107-1"),
    (CLAIM, "*11:B:1*Y*", "*11:B:7*Y*", "frequency", "CLM05-3"),
    (REPLACEMENT, "REF*F8*NHP2026030499~", "", "frequency", "CLM05-3"),
    (CLAIM, "SBR*P*18*", "SBR*S*18*", "no-primary", "SBR01"),
    (CLAIM, "SBR*P*18*", "SBR*P**", "relationship", "SBR02"),
    (DEPENDENT, "SBR*P**", "SBR*P*18*", "relationship", "SBR02"),
    (CLAIM, "DMG*D8*19800517*F~", "", "subscriber-patient", "NM1"),
    (CLAIM, "HI*ABK:J029", "HI*ABK:J0.29", "icd-10", "HI01-2"),
    (CLAIM, "REF*6R*L2~", "REF*6R*L1~", "line-control", "REF02"),
    (CLAIM, f"XX*{examples.npi(1)}", "XX*1234567890", "npi", "NM109"),
    (ACCIDENT, "DTP*439*D8*20260227~", "", "accident-date", "CLM11"),
    (ACCIDENT, "*AA:::NY~", "*AA~", "accident-state", "CLM11-4"),
    (SECONDARY, "SVD*FH001*80*", "SVD*FH001*81*", "line-balance", "SVD02"),
    (SECONDARY, "SVD*FH001*80*", "SVD*FH002*80*", "stray-payer", "SVD01"),
    (SECONDARY, "SVD*FH001*80*", "SVD*FH001*-80*", "paid-below-zero", "SVD02"),
    (SECONDARY, "AMT*D*80~", "AMT*D*70~", "payer-balance", "AMT02"),
    (SECONDARY, "SBR*P*01*", "SBR*S*01*", "two-payers", "SBR01"),
    (SECONDARY, "*CI~NM1*IL*1*WALKER*ANNA", "*MB~NM1*IL*1*WALKER*ANNA", "medicare-secondary", "SBR05"),
    (
        SECONDARY,
        "NM1*PR*2*FIRST HEALTH*****PI*FH001~",
        "NM1*PR*2*FIRST HEALTH*****PI*FH001~DTP*573*D8*20260320~",
        "two-dates",
        "DTP01",
    ),
    (PAYMENT, "SVC*HC:99213*120*80*", "SVC*HC:99213*120*81*", "line-balance", "SVC03"),
    (PAYMENT, "CLP*A1001*1*120*80*", "CLP*A1001*1*120*81*", "claim-balance", "CLP04"),
    (PAYMENT, "BPR*I*80*", "BPR*I*81*", "payment-balance", "BPR02"),
    (PAYMENT, "CAS*CO*45*", "CAS*CO*999*", "reason", "CAS02"),
    (CLAIM, "*11:B:1*Y*", "*98:B:1*Y*", "place-of-service", "CLM05-1"),
    (PAYMENT, "MOA***MA01", "MOA***QQ", "remark", "MOA03"),
    (PAYMENT, "LQ*HE*N130", "LQ*HE*Q130", "remark", "LQ02"),
    (PAYMENT, "BPR*I*80*C*CHK", "BPR*I*80*C*NON", "no-payment", "BPR02"),
    (REVERSAL, "CLP*A1001*22*-120*", "CLP*A1001*22*120*", "reversal", "CLP03"),
    (CLAIM, "LX*2~", "LX*3~", "line-number", "LX01"),
    (CLAIM, "HI*ABK:J029*", "HI*BK:4620*", "icd-9", "HI01-1"),
    (CLAIM, "DTP*472*D8*20260302~", "DTP*472*D8*20260305~", "future-service", "DTP03"),
    (CLAIM, "DMG*D8*19800517*", "DMG*D8*20260303*", "before-birth", "DTP03"),
    (SECONDARY, "SBR*S*18*", "SBR*T*18*", "no-secondary", "SBR01"),
    (SECONDARY, "AMT*D*80~", "AMT*D*9E999999~", "element-number", "AMT02"),
    (CLAIM, "REF*6R*L1~", "REF*6R*L:1~", "element-separator", "REF02"),
    (CLAIM, "N3*12 RIVER ROAD~", "N3*12 RIVER:ROAD~", "element-separator", "N301"),
    (CLAIM, "REF*6R*L1~", "REF*6R*  ~", "element-blank", "REF02"),
    (CLAIM, "UN*1***1~", "UN*1***99999999999999999999999~", "element-code", "SV107-1"),
    (PAYMENT, "CLP*A1001*1*120*80*25*", "CLP*A1001*1*121*81*25*", "claim-lines", "CLP03"),
    (PAYMENT, "CLP*A1001*1*", "CLP*A1001*4*", "denied-paid", "CLP02"),
    (PAYMENT, "BPR*I*80*", "BPR*I*-80*", "payment-below-zero", "BPR02"),
    (ANSWER, "**0.2*", "**20*", "percent", "EB08"),
    (ANSWER, "EB*F**98*", "EB*F**9Z*", "service-type", "EB03"),
    (STATUS, "STC*A7:562:85*", "STC*Z7:562:85*", "status-code", "STC01-1"),
    (STATUS, "STC*A7:562:85*", "STC*A7:X62:85*", "status-code", "STC01-2"),
    (STATUS, "QTY*AA*1~", "QTY*AA*2~", "tally", "QTY02"),
    (STATUS, "AMT*YU*150.5~", "AMT*YU*150~", "tally", "AMT02"),
    (STATUS, "STC*A7:562:85*20260302*U*", "STC*A7:562:85*20260302*WQ*", "status-action", "STC03"),
]


@pytest.mark.parametrize(
    ("content", "old", "new", "rule", "where"),
    [*STRUCTURE, *ELEMENTS, *FIGURES],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_is_found(content: bytes, old: str, new: str, rule: str, where: str) -> None:
    found = check_file(change(content, old, new))
    named = {(one.rule, place(one.segment, one.element, one.component)) for one in found}
    assert (rule, where) in named, [str(one) for one in found]
    for one in found:
        assert one.cure or one.level == "warning" or one.message
        assert one.number > 0


def place(segment: str, element: int, component: int) -> str:
    return segment + (f"{element:02d}" if element else "") + (f"-{component}" if component else "")


GROUP = CLAIM[CLAIM.index(b"GS*") : CLAIM.index(b"GE*")].decode()
ENVELOPE = [
    ("SE*32*", "SE*31*", "count", "SE01"),
    ("SE*32*0001", "SE*32*0002", "control-number", "SE02"),
    ("GE*1*1~", "GE*2*1~", "count", "GE01"),
    ("GE*1*1~", "GE*1*2~", "control-number", "GE02"),
    ("IEA*1*000000001", "IEA*2*000000001", "count", "IEA01"),
    ("IEA*1*000000001", "IEA*1*000000002", "control-number", "IEA02"),
    ("SE*32*0001~", "", "trailer", "SE"),
    ("GE*1*1~", "", "trailer", "GE"),
    ("IEA*1*000000001~", "", "cut-off", "GE"),
    ("ST*837*0001*005010X222A1", "ST*837*0001*005010X222", "version", "ST03"),
    ("ST*837*0001*005010X222A1", "ST*838*0001*005010X999", "unknown-set", "ST"),
    ("*00501*", "*00401*", "element-code", "ISA12"),
    ("*0*T*:", "*0*X*:", "element-code", "ISA15"),
    ("*^*00501", "*:*00501", "separators", "ISA"),
    ("SE*32*", f"SE*{'9' * 5000}*", "count", "SE01"),
    ("GE*1*1~", f"GE*1*1~{GROUP}GE*1*1~", "group-number", "GS06"),
    ("GE*1*1~", "GE*1*1~GS*HC*A1*B1*20260304*0930*2*X*005010X222A1~GE*0*2~", "empty", "GS"),
]


@pytest.mark.parametrize(("old", "new", "rule", "where"), ENVELOPE)
def test_a_change_of_the_envelope_is_found(old: str, new: str, rule: str, where: str) -> None:
    assert old.encode() in CLAIM
    found = check_file(CLAIM.replace(old.encode(), new.encode(), 1))
    named = {(one.rule, place(one.segment, one.element, one.component)) for one in found}
    assert (rule, where) in named, [str(one) for one in found]


def test_an_interchange_number_is_used_once_between_two_partners() -> None:
    again = CLAIM.replace(b"000000001", b"000000002")
    other = CLAIM.replace(b"*ZZ*RIVERCLINIC ", b"*ZZ*RIVERSIDE   ")
    assert check_file(CLAIM + again + other) == []
    found = check_file(CLAIM + again + CLAIM)
    assert [(one.rule, one.code, one.interchange) for one in found] == [("interchange-number", "025", 3)]


def test_an_interchange_holds_something() -> None:
    nothing = CLAIM[: CLAIM.index(b"GS*")] + b"IEA*0*000000001~"
    assert [(one.rule, one.code) for one in check_file(nothing)] == [("empty", "024")]


def test_a_set_number_is_used_once_in_a_group() -> None:
    interchange = examples.interchange()
    interchange.sets.append(examples.interchange(examples.dependent_claim()).sets[0])
    interchange.sets[1].control = "0002"
    content = claim_837p.write(interchange).replace(b"ST*837*0002", b"ST*837*0001").replace(b"*0002~GE", b"*0001~GE")
    assert [one.rule for one in check_file(content)] == ["set-number"]


def test_the_npi_check_digit_is_a_setting() -> None:
    wrong = change(CLAIM, f"XX*{examples.npi(1)}", "XX*1234567890")
    assert check_file(wrong, CheckSettings(npi_check_digit=False)) == []


def test_a_finding_says_where_what_and_how_to_mend_it() -> None:
    wrong = change(CLAIM, "UN*1***1~", "UN*1***3~")
    (finding,) = check_file(wrong)
    assert (finding.segment, finding.element, finding.component, finding.loop) == ("SV1", 7, 1, "2400")
    assert (finding.number, finding.set_number) == (27, 25)
    assert (finding.claim, finding.control, finding.value) == ("A1001", "0001", "3")
    assert str(finding) == (
        "error: segment 27 SV107-1 in 2400: The line points to diagnosis 3; the claim has 2."
        " Point to a diagnosis of the claim. [pointer]"
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:50],
        lambda content: content[:400],
        lambda content: content[200:],
        lambda content: content.replace(b"~", b""),
        lambda content: content.replace(b"ST*", b"SE*"),
        lambda content: bytes(reversed(content)),
        lambda content: b"\x00\xff" * 200,
        lambda content: content.replace(b"GS*HC", b"XX*HC"),
    ],
)
def test_a_file_that_is_ruined_gives_findings_and_no_crash(spoil: Callable[[bytes], bytes]) -> None:
    assert [one for one in check_file(spoil(CLAIM)) if one.level == "error"]


def test_a_long_list_of_findings_ends() -> None:
    content = CLAIM.replace(b"DTP*472*D8*20260302~", b"DTP*472*D8*2026~" * 50)
    assert len(check_file(content, CheckSettings(most=10))) == 10
