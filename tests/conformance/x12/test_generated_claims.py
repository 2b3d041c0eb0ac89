"""Claims nobody thought of: generated, written, read back the same, and accepted by both validators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import x12_examples as examples
from hypothesis import given, settings
from hypothesis import strategies as st
from x12_strategies import cents, days, generated, identifiers, names

from chartdesk.standards.x12 import claim_837p
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.claim_837p import Claim, LineAdjudication, Note, ServiceLine
from chartdesk.standards.x12.encoding import plain
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.parties import Adjustment, Party
from chartdesk.standards.x12.reader import segments
from chartdesk.standards.x12.segments import STANDARD

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]

diagnoses = st.lists(st.from_regex(r"\A[A-TV-Z][0-9][0-9]([0-9]{1,3})?\Z"), min_size=1, max_size=12, unique=True)
modifiers = st.lists(st.sampled_from(["25", "59", "95", "GT", "LT", "RT", "TC", "XS"]), max_size=4, unique=True)


@st.composite
def service_lines(draw: st.DrawFn, count: int, place: int, prior: bool) -> ServiceLine:
    start = draw(days)
    line = examples.line(
        code=draw(st.from_regex(r"\A[1-9][0-9]{4}\Z")),
        charge=draw(cents),
        units=draw(st.sampled_from([Decimal(1), Decimal(4), Decimal("0.5"), Decimal("12.25")])),
        pointers=draw(st.lists(st.integers(1, count), min_size=1, max_size=4, unique=True)),
        modifiers=draw(modifiers),
        day=start,
        end=draw(st.sampled_from([None, start])),
        control=f"LINE{place}",
        place_of_service=draw(st.sampled_from(["", "11", "02", "22"])),
        emergency=draw(st.booleans()),
        notes=draw(st.lists(st.builds(Note, text=names), max_size=1)),
    )
    if prior:
        kept = draw(st.integers(0, int(line.charge * 100)).map(lambda amount: Decimal(amount) / 100))
        share = draw(st.integers(0, int((line.charge - kept) * 100)).map(lambda amount: Decimal(amount) / 100))
        parts = (("CO", "45", line.charge - kept - share), ("PR", "1", share))
        line.adjudications = [
            LineAdjudication(
                payer_id="FH001",
                paid=kept,
                code=line.code,
                units=Decimal(1),
                modifiers=line.modifiers,
                adjustments=[
                    Adjustment(group=group, reason=reason, amount=amount) for group, reason, amount in parts if amount
                ],
                adjudicated=draw(days),
            )
        ]
    return line


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    codes, prior, dependent = draw(diagnoses), draw(st.booleans()), draw(st.booleans())
    count = draw(st.sampled_from([1, 1, 2, 3, 7]))
    lines = [draw(service_lines(len(codes), place, prior)) for place in range(1, count + 1)]
    party = st.builds(
        Party,
        last=names,
        first=names,
        person=st.just(True),
        id_qualifier=st.just("XX"),
        id=st.just(examples.npi(5)),
    )
    roles = draw(st.lists(st.sampled_from(["82", "DN", "DQ"]), max_size=3, unique=True))
    frequency = draw(st.sampled_from("178"))
    others = [examples.prior_payer()] if prior else []
    for other in others:
        other.paid = sum((line.adjudications[0].paid for line in lines), Decimal(0))
    return examples.claim(
        pcn=draw(identifiers),
        diagnoses=codes,
        lines=lines,
        frequency=frequency,
        payer_claim_number="ICN77" if frequency in "78" else "",
        prior_authorization=draw(st.sampled_from(["", "AUTH1"])),
        subscriber=examples.subscriber(
            last=draw(names),
            first=draw(names),
            relationship="" if dependent else "18",
            sequence="S" if prior else "P",
        ),
        patient=examples.patient(last=draw(names), first=draw(names)) if dependent else None,
        providers=[(role, draw(party)) for role in roles],
        other_payers=others,
        patient_paid=draw(st.sampled_from([None, Decimal("20.00")])),
    )


@settings(max_examples=60, deadline=None)
@given(claims())
def test_what_is_written_is_read_back(claim: Claim) -> None:
    written = claim_837p.write(examples.interchange(claim))
    assert check_file(written, CheckSettings(diagnosis_codes=False)) == []
    (interchange,) = claim_837p.read(written)
    (read,) = interchange.sets[0].claims
    assert read.pcn == claim.pcn
    assert read.total == claim.total == sum(line.charge for line in read.lines)
    assert read.diagnoses == claim.diagnoses
    assert [line.adjudications for line in read.lines] == [line.adjudications for line in claim.lines]
    assert [(line.code, line.modifiers, line.units, line.pointers, line.day, line.end) for line in read.lines] == [
        (line.code, line.modifiers, line.units, line.pointers, line.day, line.end) for line in claim.lines
    ]
    assert read.subscriber.last == plain(claim.subscriber.last, STANDARD)
    assert claim_837p.write(interchange) == written


@settings(max_examples=60, deadline=None)
@given(claims())
def test_data_never_becomes_a_separator(claim: Claim) -> None:
    written = claim_837p.write(examples.interchange(claim))
    assert written.isascii()
    plainly = claim_837p.write(examples.interchange(examples.claim()))
    shape = {one.tag: len(one.elements) for one in segments(plainly) if one.tag in ("ISA", "GS", "SV1")}
    for one in segments(written):
        assert one.tag.isalnum()
        assert 2 <= len(one.tag) <= 3
        if one.tag in ("ISA", "GS"):
            assert len(one.elements) == shape[one.tag]
        if one.tag == "NM1":
            assert len(one.elements) <= 10


def test_generated_claims_are_accepted_outside(pyx12: Ask, linuxforhealth: Ask) -> None:
    made = generated(claims(), 40)
    files = {str(n): claim_837p.write(examples.interchange(claim)) for n, claim in enumerate(made)}
    unique = {claim.pcn: claim for claim in made}
    files["together"] = claim_837p.write(examples.interchange(*unique.values()))
    for ask in (pyx12, linuxforhealth):
        assert {name: faults for name, faults in ask(files).items() if faults} == {}
