"""Remittances, stays and questions nobody thought of: generated, written, read back, and accepted by the validators
that know the set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import x12_examples as examples
from hypothesis import strategies as st
from x12_strategies import cents, days, generated, identifiers, names, without

from chartdesk.standards.x12 import claim_837i, eligibility_270, remittance_835, status_276
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.parties import Adjustment, Party

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]
SETTINGS = CheckSettings(diagnosis_codes=False)
#: Few files a set: each is judged by a slow stranger.
COUNT = 6
PEOPLE = st.builds(Party, last=names, first=names, person=st.just(True), id_qualifier=st.just("MI"), id=identifiers)
CODES = st.from_regex(r"\A[A-TV-Z][0-9][0-9]([0-9]{1,3})?\Z")


@st.composite
def payments(draw: st.DrawFn) -> remittance_835.ClaimPayment:
    """A claim payment that balances at every level, of any sign."""
    sign = draw(st.sampled_from([1, 1, 1, -1]))
    lines = []
    for place in range(1, draw(st.integers(1, 4)) + 1):
        charge = draw(cents)
        share = draw(st.integers(0, int(charge * 100)).map(lambda amount: Decimal(amount) / 100))
        rest = draw(st.integers(0, int((charge - share) * 100)).map(lambda amount: Decimal(amount) / 100))
        parts = [("PR", "1", share), ("CO", "45", rest), ("OA", "23", draw(st.sampled_from([Decimal(0)])))]
        adjustments = [
            Adjustment(group=group, reason=reason, amount=sign * amount) for group, reason, amount in parts if amount
        ]
        lines.append(
            examples.paid_line(
                charge=sign * charge,
                paid=sign * (charge - share - rest),
                adjustments=adjustments,
                amounts=[],
                line_control=f"L{place}",
                day=draw(days),
            )
        )
    paid = sum((one.paid for one in lines), Decimal(0))
    return examples.paid_claim(
        pcn=draw(identifiers),
        status="22" if sign < 0 else draw(st.sampled_from(["1", "2"] if paid else ["1", "2", "4"])),
        charge=sum((one.charge for one in lines), Decimal(0)),
        paid=paid,
        patient_responsibility=None,
        people=[("QC", draw(PEOPLE))],
        lines=lines,
    )


@st.composite
def remittances(draw: st.DrawFn) -> remittance_835.Remittance:
    held = draw(st.lists(payments(), min_size=1, max_size=3))
    adjustments = [
        remittance_835.ProviderAdjustment(
            provider=examples.npi(1),
            fiscal_year_end=date(2026, 12, 31),
            reason=reason,
            reference=draw(identifiers),
            amount=draw(cents) * draw(st.sampled_from([1, -1])),
        )
        for reason in draw(st.lists(st.sampled_from(["WO", "FB", "72", "L6", "CS", "J1"]), max_size=4))
    ]
    made = examples.remittance(*held, provider_adjustments=adjustments)
    if made.total < 0:
        # What is owed to the payer is carried forward: nothing is paid.
        carried = remittance_835.ProviderAdjustment(
            provider=examples.npi(1), fiscal_year_end=date(2026, 12, 31), reason="FB", reference="F1", amount=made.total
        )
        made = examples.remittance(*held, provider_adjustments=[*adjustments, carried])
    made.method = "CHK" if made.total else "NON"
    return made


@st.composite
def stays(draw: st.DrawFn) -> claim_837i.InstitutionalClaim:
    inpatient, dependent = draw(st.booleans()), draw(st.booleans())
    lines = [
        examples.stay_line(
            revenue_code=draw(st.sampled_from(["0120", "0300", "0450", "0636"])),
            code=draw(st.sampled_from(["80053", "G0463", "99284"])),
            charge=draw(cents),
            units=Decimal(draw(st.integers(1, 9))),
            unit="UN",
            day=draw(st.sampled_from([None, examples.ADMITTED])),
            control=f"L{place}",
        )
        for place in range(1, draw(st.integers(1, 5)) + 1)
    ]
    make = examples.stay if inpatient else examples.outpatient
    frequency = draw(st.sampled_from("178"))
    return make(
        pcn=draw(identifiers),
        lines=lines,
        total=sum((one.charge for one in lines), Decimal(0)),
        frequency=frequency,
        payer_claim_number="ICN1" if frequency in "78" else "",
        principal=claim_837i.Coded(code=draw(CODES), present=draw(st.sampled_from(["", "Y", "N"]))),
        diagnoses=[claim_837i.Coded(code=one) for one in draw(st.lists(CODES, max_size=14, unique=True))],
        subscriber=examples.subscriber(last=draw(names), relationship="" if dependent else "18"),
        patient=examples.patient(last=draw(names)) if dependent else None,
        notes=[],
    )


@st.composite
def inquiries(draw: st.DrawFn) -> eligibility_270.Inquiry:
    types = st.lists(st.sampled_from(["30", "98", "35", "88"]), min_size=1, max_size=3, unique=True)
    made = examples.dependent_inquiry() if draw(st.booleans()) else examples.inquiry()
    made.subscriber.party = draw(PEOPLE)
    made.questions = [eligibility_270.Question(service_types=draw(types))]
    made.service_day = draw(days)
    return made


@st.composite
def questions(draw: st.DrawFn) -> status_276.StatusRequest:
    made = []
    for place in range(draw(st.integers(1, 4))):
        make = examples.dependent_question if draw(st.booleans()) else examples.question
        made.append(
            make(
                trace=f"T{place}{draw(identifiers)}",
                pcn=draw(identifiers),
                payer_claim_number=draw(st.sampled_from(["", "NHP1"])),
                amount=draw(cents),
                service_from=draw(days),
                subscriber=draw(PEOPLE),
            )
        )
    return examples.status_request(*made)


def assert_accepted(ask: Ask, files: Mapping[str, bytes]) -> None:
    assert {name: faults for name, faults in ask(files).items() if faults} == {}


def test_remittances(pyx12: Ask, linuxforhealth: Ask) -> None:
    made = generated(remittances(), COUNT)
    files = {str(n): remittance_835.write(examples.envelope(), [one]) for n, one in enumerate(made)}
    for one, content in zip(made, files.values(), strict=True):
        assert check_file(content) == []
        (read,) = remittance_835.read(content)
        assert [(claim.pcn, claim.paid) for claim in read.claims] == [(claim.pcn, claim.paid) for claim in one.claims]
        assert remittance_835.write(examples.envelope(), [read]) == content
    assert_accepted(pyx12, files)
    assert_accepted(linuxforhealth, {name: without("PER", content) for name, content in files.items()})


def test_stays(pyx12: Ask, linuxforhealth: Ask) -> None:
    made = generated(stays(), COUNT)
    files = {str(n): claim_837i.write(examples.stays(one)) for n, one in enumerate(made)}
    for one, content in zip(made, files.values(), strict=True):
        assert check_file(content, SETTINGS) == []
        (read,) = claim_837i.read(content)[0].sets[0].claims
        assert (read.pcn, read.total, read.lines, read.diagnoses) == (one.pcn, one.total, one.lines, one.diagnoses)
        assert claim_837i.write(claim_837i.read(content)[0]) == content
    assert_accepted(pyx12, files)
    renamed = {name: content.replace(b"005010X223A2", b"005010X223A3") for name, content in files.items()}
    assert_accepted(linuxforhealth, renamed)


def test_inquiries(linuxforhealth: Ask) -> None:
    made = generated(inquiries(), COUNT)
    files = {str(n): eligibility_270.write(examples.envelope(), [one]) for n, one in enumerate(made)}
    for content in files.values():
        assert check_file(content) == []
        assert eligibility_270.write(examples.envelope(), eligibility_270.read(content)) == content
    assert_accepted(linuxforhealth, files)


def test_status_questions(linuxforhealth: Ask) -> None:
    made = generated(questions(), COUNT)
    files = {str(n): status_276.write(examples.envelope(), [one]) for n, one in enumerate(made)}
    for content in files.values():
        assert check_file(content) == []
        assert status_276.write(examples.envelope(), status_276.read(content)) == content
    assert_accepted(linuxforhealth, files)
