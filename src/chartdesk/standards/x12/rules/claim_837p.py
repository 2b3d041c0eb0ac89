"""What a professional claim must say beyond its single segments (005010X222A1), judged as loop 2300 ends."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.rules.figures import ZERO, adjusted, figure, total
from chartdesk.standards.x12.segments import Loop, Segment

_ICD10 = re.compile(r"[A-TV-Z]\d[0-9A-Z]([0-9A-Z]{1,4})?")
#: The places of service in use (CMS).
PLACES = frozenset(
    f"{n:02d}"
    for span in (range(1, 28), range(31, 35), range(41, 43), range(49, 59), (60, 61, 62, 65, 66, 71, 72, 81, 99))
    for n in span
)
_PCN, _LINE_CONTROL = 20, 30


def claim_rules(claim: Loop, judge: Judge) -> None:
    """All rules of one claim."""
    lines = claim.inner("2400")
    for rule in (_head, _diagnoses, _patient, _accident, _other_payers):
        rule(claim, judge)
    _total(claim, lines, judge)
    _places(claim, lines, judge)
    _line_controls(lines, judge)
    for line in lines:
        _pointers(claim, line, judge)
        _decisions(claim, line, judge)


def _head(claim: Loop, judge: Judge) -> None:
    clm = claim.segments[0]
    if len(clm[1]) > _PCN:
        judge.fault(
            clm,
            "pcn",
            f"Claim {clm[1]}: its control number has {len(clm[1])} characters.",
            "At most 20.",
            element=1,
            code="5",
            loop="2300",
        )
    if clm.part(5, 3) in ("7", "8") and claim.first("REF", "F8") is None:
        judge.fault(
            clm,
            "frequency",
            f"Claim {clm[1]} replaces or voids a claim and does not say which.",
            "Send the payer's claim number in REF*F8.",
            element=5,
            component=3,
            code="2",
            loop="2300",
        )


def _diagnoses(claim: Loop, judge: Judge) -> None:
    codes = _codes(claim)
    for qualifier, code, place, segment in codes:
        if qualifier in ("ABK", "ABF") and not _ICD10.fullmatch(code):
            judge.fault(
                segment,
                "icd-10",
                f"{code!r} does not have the form of an ICD-10-CM code.",
                "Send the code without its dot.",
                element=place,
                component=2,
                code="7",
                loop="2300",
                value=code,
            )
    repeated = [code for code, count in Counter(code for _, code, _, _ in codes if code).items() if count > 1]
    for code in repeated:
        judge.fault(
            codes[0][3],
            "diagnosis-twice",
            f"Diagnosis {code} is sent twice.",
            "Send it once.",
            level="warning",
            loop="2300",
        )


def _codes(claim: Loop) -> list[tuple[str, str, int, Segment]]:
    """Qualifier, code, element and segment of every diagnosis of a claim."""
    return [
        (hi.part(place, 1), hi.part(place, 2), place, hi)
        for hi in claim.every("HI")
        if hi.part(1, 1) in ("ABK", "BK")
        for place in range(1, len(hi.elements))
        if hi[place]
    ]


def _patient(claim: Loop, judge: Judge) -> None:
    level = claim.above("2000B")
    if level is None or claim.parent is None:
        return
    sbr, clm = level.first("SBR"), claim.segments[0]
    own = claim.parent.id == "2000B"
    if sbr is not None and (sbr[2] == "18") != own:
        message = (
            f"Claim {clm[1]} stands under the subscriber, whose SBR02 is not 18."
            if own
            else f"Claim {clm[1]} stands under a dependent, and SBR02 is 18."
        )
        cure = "18 exactly where the patient is the subscriber."
        judge.fault(sbr, "relationship", message, cure, element=2, code="7", loop="2000B")
    name = level.one("2010BA")
    if own and name is not None:
        for tag, what in (("N3", "street"), ("N4", "city"), ("DMG", "birth and sex")):
            if name.first(tag) is None:
                judge.fault(
                    name.segments[0],
                    "subscriber-patient",
                    f"The patient's {what} is missing ({tag}).",
                    "Send it: the subscriber is the patient.",
                    code="I6",
                    loop="2010BA",
                )


def _accident(claim: Loop, judge: Judge) -> None:
    clm = claim.segments[0]
    causes = clm.parts(11)[:2]
    if {"AA", "OA"} & set(causes) and claim.first("DTP", "439") is None:
        judge.fault(
            clm,
            "accident-date",
            f"Claim {clm[1]} says accident and not when.",
            "Send DTP*439.",
            element=11,
            code="2",
            loop="2300",
        )
    if "AA" in causes and not clm.part(11, 4) and not clm.part(11, 5):
        judge.fault(
            clm,
            "accident-state",
            f"Claim {clm[1]}: the state of the car accident is missing.",
            "Send CLM11-4.",
            element=11,
            component=4,
            code="2",
            loop="2300",
        )


def _total(claim: Loop, lines: list[Loop], judge: Judge) -> None:
    clm = claim.segments[0]
    charged, said = total(figure(line.first("SV1"), 2) for line in lines), figure(clm, 2)
    if charged is not None and said is not None and charged != said:
        judge.fault(
            clm,
            "claim-total",
            f"Claim {clm[1]}: CLM02 is {said}, its lines sum to {charged}.",
            "The total is the sum of the lines.",
            element=2,
            code="I12",
            loop="2300",
        )


def _places(claim: Loop, lines: list[Loop], judge: Judge) -> None:
    """Places of service are those CMS has given out; new ones come, so an unknown one is only a warning."""
    for one, place, code in (
        (claim.segments[0], 5, claim.segments[0].part(5, 1)),
        *((service, 5, service[5]) for line in lines for service in line.every("SV1")),
    ):
        if code and code not in PLACES:
            message = f"{code!r} is no place of service."
            judge.fault(
                one,
                "place-of-service",
                message,
                "Send a CMS place of service code.",
                element=place,
                component=1 if one.tag == "CLM" else 0,
                code="7",
                level="warning",
                value=code,
            )


def _line_controls(lines: list[Loop], judge: Judge) -> None:
    seen: set[str] = set()
    for line in lines:
        ref = line.first("REF", "6R")
        if ref is None:
            continue
        if ref[2] in seen:
            judge.fault(
                ref,
                "line-control",
                f"Line control number {ref[2]} is used twice in a claim.",
                "Make it unique.",
                element=2,
                code="I12",
                loop="2400",
            )
        seen.add(ref[2])
        if len(ref[2]) > _LINE_CONTROL:
            judge.fault(
                ref,
                "line-control",
                f"Line control number {ref[2]} is too long.",
                "At most 30.",
                element=2,
                code="5",
                loop="2400",
            )


def _pointers(claim: Loop, line: Loop, judge: Judge) -> None:
    service, count = line.first("SV1"), len(_codes(claim))
    for component, pointer in enumerate(service.parts(7) if service is not None else (), 1):
        if pointer.isdecimal() and int(pointer) > count:
            judge.fault(
                service,
                "pointer",
                f"The line points to diagnosis {pointer}; the claim has {count}.",
                "Point to a diagnosis of the claim.",
                element=7,
                component=component,
                code="7",
                loop="2400",
                value=pointer,
            )


def _decisions(claim: Loop, line: Loop, judge: Judge) -> None:
    """Each prior payer's decision about a line: charge = paid + adjusted, by a payer that the claim names."""
    payers = _payer_ids(claim)
    charge = figure(line.first("SV1"), 2)
    for decision in line.inner("2430"):
        svd = decision.segments[0]
        if svd[1] not in payers:
            judge.fault(
                svd,
                "stray-payer",
                f"Payer {svd[1]} decided this line, but the claim does not name it.",
                "Send its loop 2320 with the same id.",
                element=1,
                code="7",
                loop="2430",
            )
        paid, changed = figure(svd, 2), adjusted(decision)
        if paid is not None and paid < 0:
            judge.fault(
                svd,
                "paid-below-zero",
                f"SVD02 is {paid}.",
                "Never below zero.",
                element=2,
                code="7",
                loop="2430",
            )
        if None in (paid, changed, charge) or svd[6] or paid is None or changed is None:
            continue
        if charge != paid + changed:
            judge.fault(
                svd,
                "line-balance",
                f"The line's charge is {charge}; payer {svd[1]} paid {paid} and adjusted {changed}.",
                "Charge = paid + adjustments.",
                element=2,
                code="I12",
                loop="2430",
            )


def _payer_ids(claim: Loop) -> dict[str, Loop]:
    found = {}
    for other in claim.inner("2320"):
        name = other.one("2330B")
        if name is not None and name.segments:
            found[name.segments[0][9]] = other
    return found


def _other_payers(claim: Loop, judge: Judge) -> None:
    level = claim.above("2000B")
    sbr = level.first("SBR") if level is not None else None
    if sbr is None:
        return
    others = claim.inner("2320")
    sequences = [sbr[1], *(other.segments[0][1] for other in others)]
    if sbr[1] != "P" and sequences.count("P") == 0:
        judge.fault(
            sbr,
            "no-primary",
            f"The claim is for payer {sbr[1]} and names no primary payer.",
            "Send loop 2320 with the primary payer and what it decided.",
            element=1,
            code="2",
            loop="2000B",
        )
    for sequence, count in Counter(sequences).items():
        if count > 1 and sequence in ("P", "S", "T"):
            judge.fault(
                sbr,
                "two-payers",
                f"{count} payers are called {sequence}.",
                "Each place is one payer's.",
                element=1,
                code="7",
                loop="2000B",
            )
    if sbr[1] != "P" and sbr[9] in ("MA", "MB") and not sbr[5]:
        judge.fault(
            sbr,
            "medicare-secondary",
            "Medicare comes second and SBR05 does not say why.",
            "Send SBR05.",
            element=5,
            code="2",
            loop="2000B",
        )
    for id, other in _payer_ids(claim).items():
        _other_payer(claim, id, other, judge)


def _other_payer(claim: Loop, id: str, other: Loop, judge: Judge) -> None:
    """An earlier payer's figures on the claim: paid + all adjustments = charge, and one date at one level."""
    decisions = [one for line in claim.inner("2400") for one in line.inner("2430") if one.segments[0][1] == id]
    name = other.one("2330B")
    dated = name.first("DTP", "573") if name is not None else None
    if dated is not None and any(one.first("DTP", "573") for one in decisions):
        judge.fault(
            dated,
            "two-dates",
            f"Payer {id} has a date on the claim and on lines.",
            "Keep one level.",
            element=1,
            code="I13",
            loop="2330B",
        )
    paid = other.first("AMT", "D")
    changed = total([adjusted(other), *(adjusted(one) for one in decisions)])
    charge, given = figure(claim.segments[0], 2), figure(paid, 2)
    if paid is None or None in (changed, charge, given):
        return
    lines_paid = total(figure(one.segments[0], 2) for one in decisions)
    if decisions and lines_paid is not None and lines_paid != given and not _has_claim_adjustment(other):
        judge.fault(
            paid,
            "payer-paid",
            f"Payer {id} paid {given}, its lines sum to {lines_paid}.",
            "Make them agree.",
            element=2,
            code="I12",
            loop="2320",
            level="warning",
        )
    if (changed or ZERO) + (given or ZERO) != charge and (changed or decisions):
        _unbalanced(paid, id, charge, given, changed, judge)


def _has_claim_adjustment(other: Loop) -> bool:
    return other.first("CAS") is not None


def _unbalanced(
    paid: Segment,
    id: str,
    charge: Decimal | None,
    given: Decimal | None,
    changed: Decimal | None,
    judge: Judge,
) -> None:
    judge.fault(
        paid,
        "payer-balance",
        f"The claim's charge is {charge}; payer {id} paid {given} and adjusted {changed}.",
        "Charge = paid + adjustments, each amount at one level only.",
        element=2,
        code="I12",
        loop="2320",
    )
