"""The rules about why the patient came, as tables: what they find, and what looks alike and is right."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.spec.scrubbing.test_rules import CLEAN, PRIOR, SECOND

from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges.circumstances import Circumstances, checked, completed, orderable, sentences
from chartdesk.pms.claims import scrubbing
from chartdesk.pms.claims.content import ClaimContent, PayerFacts
from chartdesk.pms.registration.named import Named

DAY, BEFORE, AFTER = CLEAN.service_date, date(2026, 2, 27), date(2026, 3, 9)
REED = Named("Okafor", "Ngozi", "1993999998")
COMPENSATION = PayerFacts("WCI1", "State Compensation", "WC")
AUTO = Circumstances(("auto",), BEFORE, "OH")
WORK = Circumstances(("employment",), BEFORE)


def came(said: Circumstances, **values: object) -> ClaimContent:
    return replace(CLEAN, circumstances=said, **values)


def hurt(*codes: str, said: Circumstances = CLEAN.circumstances) -> ClaimContent:
    lines = tuple(replace(one, pointers=(1,)) for one in CLEAN.lines)
    return came(said, diagnoses=codes, lines=lines)


def coded(*codes: str, **values: object) -> ClaimContent:
    lines = tuple(replace(CLEAN.lines[0], code=code, control=f"x-{n}") for n, code in enumerate(codes))
    return replace(CLEAN, lines=lines, total=sum(one.amount for one in lines), **values)


#: rule, claim, line, a word of the message
FINDS = [
    ("accident_unsaid", hurt("S93.401A"), 0, "S93.401A speaks of an injury"),
    ("accident_unsaid", hurt("M25.571", "W01.0XXA"), 0, "W01.0XXA"),
    ("accident_unsaid", hurt("T23.201A"), 0, "T23.201A"),
    ("accident_state", came(replace(AUTO, accident_state="")), 0, "in which state"),
    ("accident_date", came(replace(AUTO, accident_on=None)), 0, "not when"),
    ("accident_date", came(Circumstances(("other",))), 0, "not when"),
    ("work_accident", came(WORK), 0, "Acme PPO is not the employer's insurer"),
    ("work_unsaid", replace(CLEAN, payer=COMPENSATION), 0, "nobody said"),
    ("work_unsaid", came(AUTO, payer=COMPENSATION), 0, "nobody said"),
    ("circumstance_dates", came(replace(AUTO, accident_on=AFTER)), 0, "lies after the service"),
    ("circumstance_dates", came(Circumstances(onset=AFTER)), 0, "The onset"),
    ("circumstance_dates", came(Circumstances(unable_from=AFTER, unable_to=DAY)), 0, "What ends on"),
    ("circumstance_dates", came(Circumstances(discharged=AFTER)), 0, "without the admission"),
    ("admission_missing", replace(CLEAN, place_of_service="21"), 0, "day of admission"),
    ("named_npi", came(Circumstances(referring=replace(REED, npi="1993999999"))), 0, "Ngozi Okafor, 1993999999"),
    ("named_npi", came(Circumstances(supervising=replace(REED, npi=""))), 0, "none, is not right"),
    ("referring_missing", replace(CLEAN, payer=replace(CLEAN.payer, needs_referring=True)), 0, "wants the referring"),
    ("referring_missing", coded("99213", "99244"), 2, "99244 is a consultation"),
    ("ordering_missing", coded("36415", "80053"), 2, "80053: laboratory"),
    ("ordering_missing", coded("71046"), 1, "71046: imaging"),
    ("ordering_missing", coded("E0100"), 1, "E0100: equipment"),
    ("ordering_missing", replace(CLEAN, payer=replace(CLEAN.payer, needs_ordering=True)), 2, "87880: laboratory"),
]
PASSES = {
    "a sore throat": CLEAN,
    "it was no accident": hurt("S93.401A", said=Circumstances(("none",))),
    "an adverse effect of a drug is no injury": hurt("L27.0", "T36.0X5A"),
    "a complication of care": hurt("T81.41XA"),
    "a car accident, told whole": came(AUTO),
    "at work, and the employer's insurer pays": came(WORK, payer=COMPENSATION),
    "at work, and the employer's insurer paid before": replace(
        SECOND, circumstances=WORK, prior=(replace(PRIOR, payer=COMPENSATION),)
    ),
    "in hospital": came(Circumstances(admitted=BEFORE), place_of_service="21"),
    "a consultation that somebody asked for": coded("99244", circumstances=Circumstances(referring=REED)),
    "a test that somebody ordered": coded("80053", circumstances=Circumstances(ordering=REED)),
    "a test that the clinician signed": coded("80053", visited=True),
    "a referring clinician whose number is not checked": came(
        Circumstances(referring=replace(REED, npi="1993999999")), facts=replace(CLEAN.facts, check_npi=False)
    ),
}


def found(claim: ClaimContent) -> list:
    ours = {row[0] for row in FINDS}
    return [one for one in scrubbing.scrub(claim) if one.rule in ours]


@pytest.mark.parametrize(
    ("rule", "claim", "number", "words"), FINDS, ids=[f"{n}-{one[0]}" for n, one in enumerate(FINDS)]
)
def test_what_is_wrong_is_found(rule, claim, number, words):
    (one,) = [one for one in found(claim) if one.rule == rule]
    assert words in one.message and one.message.endswith(".") and one.cure.endswith(".")
    assert (one.line, one.where) == (number, ("circumstances", "5"))
    assert one.severity == ("warning" if rule == "accident_unsaid" else "error")


@pytest.mark.parametrize("name", PASSES)
def test_what_is_right_passes(name):
    assert found(PASSES[name]) == []


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Circumstances(("auto",), BEFORE), ["accident_state"]),
        (Circumstances(("auto",), BEFORE, "QQ"), ["accident_state"]),
        (Circumstances(("other",)), ["accident_on"]),
        (Circumstances(("none", "auto"), BEFORE, "OH"), ["cause"]),
        (Circumstances(("flood",)), ["cause"]),
        (Circumstances((), BEFORE), ["cause"]),
        (Circumstances(("other",), AFTER), ["accident_on"]),
        (Circumstances(admitted=DAY, discharged=BEFORE), ["discharged"]),
        (Circumstances(discharged=DAY), ["admitted"]),
        (Circumstances(referring=Named("", "Ngozi", "12")), ["referring_family", "referring_npi"]),
        (Circumstances(ordering=Named("Okafor")), ["ordering_npi"]),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(said, fields):
    with pytest.raises(Invalid) as refused:
        checked(said, DAY)
    assert [one.where for one in refused.value.issues] == fields


def test_what_is_kept_is_tidy():
    said = checked(Circumstances(("auto",), BEFORE, " oh ", referring=Named(" Okafor ", "Ngozi", "1993999998")), DAY)
    assert (said.accident_state, said.referring) == ("OH", REED)
    assert checked(Circumstances(referring=Named(" ", "")), DAY) == Circumstances()


def test_what_nobody_said_is_taken_from_the_other_and_an_accident_only_whole():
    said, other = Circumstances(("none",), onset=BEFORE), replace(AUTO, onset=DAY, referring=REED)
    assert completed(said, other) == Circumstances(("none",), onset=BEFORE, referring=REED)
    assert completed(Circumstances(), other) == other


def test_what_was_said_reads_as_sentences():
    assert sentences(replace(AUTO, admitted=DAY, referring=REED)) == [
        "Due to a car accident in OH on Feb 27, 2026", "Admission: Mar 2, 2026",
        "Referring: Ngozi Okafor, NPI 1993999998",
    ]  # fmt: skip
    assert sentences(Circumstances(("none",))) == ["No accident"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("80053", "laboratory"), ("71046", "imaging"), ("E0100", "equipment"), ("L3000", "equipment"), ("99213", ""),
     ("36415", ""), ("J1885", ""), ("0001U", "")],
)  # fmt: skip
def test_what_somebody_orders(code, kind):
    assert orderable(code) == kind
