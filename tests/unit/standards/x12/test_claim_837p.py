"""The professional claim: levels, limits, and what comes back when it is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
import x12_examples as examples

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import claim_837p
from chartdesk.standards.x12.claim_837p import Attachment, Drug, Note
from chartdesk.standards.x12.parties import Dated, Reference
from chartdesk.standards.x12.reader import segments


def levels(*claims: claim_837p.Claim) -> list[str]:
    written = claim_837p.write(examples.interchange(*claims))
    return [str(one) for one in segments(written) if one.tag in ("HL", "CLM")]


def read_back(claim: claim_837p.Claim) -> claim_837p.Claim:
    (interchange,) = claim_837p.read(claim_837p.write(examples.interchange(claim)))
    return interchange.sets[0].claims[0]


def test_a_subscriber_who_is_the_patient_has_no_patient_level() -> None:
    assert [text[:9] for text in levels(examples.claim())] == ["HL*1**20*", "HL*2*1*22", "CLM*A1001"]
    assert levels(examples.claim())[1] == "HL*2*1*22*0"


def test_a_dependent_stands_below_the_subscriber() -> None:
    assert levels(examples.dependent_claim())[:3] == ["HL*1**20*1", "HL*2*1*22*1", "HL*3*2*23*0"]


def test_claims_share_levels_with_their_neighbors() -> None:
    first, second = examples.claim(pcn="B1"), examples.claim(pcn="B2")
    third = examples.claim(pcn="B3", subscriber=examples.subscriber(member_id="OTHER"))
    fourth = examples.claim(pcn="B4", billing=examples.billing(npi=examples.npi(9)))
    assert [text.split("*")[0] for text in levels(first, second, third, fourth)] == [
        "HL", "HL", "CLM", "CLM", "HL", "CLM", "HL", "HL", "CLM",
    ]  # fmt: skip


def test_claims_for_two_payers_do_not_share_a_subscriber_level() -> None:
    other = examples.claim(pcn="B2", payer=examples.payer(id="P2", name="SECOND PLAN"))
    assert len([text for text in levels(examples.claim(), other) if text.startswith("HL")]) == 3


def test_hl_counts_from_one_in_each_set() -> None:
    interchange = examples.interchange(examples.claim())
    second = examples.interchange(examples.dependent_claim()).sets[0]
    second.control = "0002"
    interchange.sets.append(second)
    written = claim_837p.write(interchange)
    assert [one[1] for one in segments(written) if one.tag == "HL"] == ["1", "2", "1", "2", "3"]
    (read,) = claim_837p.read(written)
    assert [one.control for one in read.sets] == ["0001", "0002"]


@pytest.mark.parametrize(
    "claim",
    [
        examples.claim(),
        examples.dependent_claim(),
        examples.replacement_claim(),
        examples.secondary_claim(),
        examples.accident_claim(),
    ],
    ids=lambda claim: claim.pcn,
)
def test_what_is_read_is_what_was_written(claim: claim_837p.Claim) -> None:
    read = read_back(claim)
    for view in (read.billing, read.subscriber, *([read.patient] if read.patient else [])):
        assert view.hl > 0
        view.hl = 0
    for contact in read.billing.contacts:
        contact.numbers = []
    assert read == claim


def test_everything_of_a_line_comes_back() -> None:
    line = examples.line(
        modifiers=["25", "59", "GT", "95"],
        description="LONG VISIT",
        pointers=[1, 2],
        place_of_service="02",
        emergency=True,
        epsdt=True,
        family_planning=True,
        end=examples.VISIT,
        dates=[Dated(qualifier="463", start=examples.VISIT)],
        references=[Reference(qualifier="G1", value="AUTH1", payer="NHP01"), Reference(qualifier="X4", value="12D")],
        notes=[Note(text="SEE NOTE")],
        drug=Drug(ndc="00004196501", quantity=Decimal("2.5"), unit="ML", references=[]),
        providers=[("82", examples.rendering())],
    )
    assert read_back(examples.claim(lines=[line])).lines == [line]


def test_condition_codes_and_attachments_come_back() -> None:
    claim = examples.claim(condition_codes=["AA"] * 13, attachments=[Attachment(report="OZ", transmission="AA")])
    read = read_back(claim)
    assert read.condition_codes == ["AA"] * 13
    assert read.attachments == claim.attachments


def test_what_has_no_field_travels_along() -> None:
    written = claim_837p.write(examples.interchange()).replace(b"HI*ABK", b"CR2********A**PAIN~HI*ABK")
    written = written.replace(b"SE*32*", b"SE*33*")
    (interchange,) = claim_837p.read(written)
    assert claim_837p.write(interchange) == written


def test_a_long_file_is_read_claim_by_claim() -> None:
    many = [examples.claim(pcn=f"C{n}") for n in range(60)]
    written = claim_837p.write(examples.interchange(*many))
    read = [claim for _, header, claim in claim_837p.claims(written) if header.reference == "B0001"]
    assert [claim.pcn for claim in read] == [claim.pcn for claim in many]
    assert read[0].billing is read[-1].billing


def lines(count: int) -> list[claim_837p.ServiceLine]:
    return [examples.line(control=f"L{n}") for n in range(count)]


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        (examples.claim(lines=lines(51)), "segment-loop-repeat"),
        (examples.claim(diagnoses=[f"J0{n:02d}" for n in range(13)]), "too-many-elements"),
        (examples.claim(lines=[examples.line(pointers=[1, 2, 1, 2, 1])]), "element-components"),
        (examples.claim(pcn="X" * 21), "pcn"),
        (examples.claim(notes=[Note(text="N" * 81)]), "element-long"),
        (examples.claim(lines=[examples.line(), examples.line()]), "line-control"),
        (examples.claim(lines=[examples.line(control="L" * 31)]), "line-control"),
        (examples.claim(other_payers=[examples.prior_payer() for _ in range(11)]), "segment-loop-repeat"),
        (examples.claim(lines=[]), "loop-missing"),
        (examples.claim(total=Decimal("1.00")), "claim-total"),
        (examples.claim(frequency="8"), "frequency"),
        (examples.claim(lines=[examples.line(pointers=[3])]), "pointer"),
        (examples.claim(subscriber=examples.subscriber(sequence="S")), "no-primary"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_limits_are_enforced(claim: claim_837p.Claim, rule: str) -> None:
    claim.total = claim.total if rule == "claim-total" else sum((one.charge for one in claim.lines), Decimal(0))
    with pytest.raises(Invalid) as refusal:
        claim_837p.write(examples.interchange(claim))
    assert rule in {one.rule for one in refusal.value.issues}


def test_exactly_fifty_lines_and_twelve_diagnoses_fit() -> None:
    claim = examples.claim(
        diagnoses=[f"J0{n:02d}" for n in range(12)],
        lines=[*lines(49), examples.line(control="L50", pointers=[12, 1, 2, 3])],
    )
    assert len(read_back(claim).lines) == 50


def test_a_fifth_modifier_is_refused_not_dropped() -> None:
    claim = examples.claim(lines=[examples.line(modifiers=["25", "59", "GT", "95", "TC"])])
    with pytest.raises(Invalid, match="5 modifiers"):
        claim_837p.write(examples.interchange(claim))


def test_an_amount_that_is_none_is_refused_with_its_place() -> None:
    written = claim_837p.write(examples.interchange()).replace(b"CLM*A1001*150.5*", b"CLM*A1001*1O0*")
    with pytest.raises(Invalid, match="CLM02 is '1O0', which is no number"):
        claim_837p.read(written)
