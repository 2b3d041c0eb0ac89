"""What a claim of either kind must say beyond its single segments (005010X222A1, X223A2), judged as loop 2300 ends."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from chartdesk.standards.x12.codes import adjustment_reasons
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.rules.diagnoses import is_diagnosis
from chartdesk.standards.x12.rules.figures import ZERO, adjusted, figure, total
from chartdesk.standards.x12.rules.service_lines import day_rules, line_rules
from chartdesk.standards.x12.segments import Loop, Segment

_ICD10 = re.compile(r"[A-TV-Z]\d[0-9A-Z]([0-9A-Z]{1,4})?|U07[01]|U099")
_PCN = 20
#: Qualifiers of ICD-10-CM codes in an HI.
ICD10_KINDS = frozenset({"ABK", "ABF", "ABJ", "ABN", "APR"})


@dataclass(frozen=True)
class Service:
    """The segment of a service line that holds its charge, and the element."""

    tag: str
    charge: int


def common_rules(claim: Loop, lines: list[Loop], service: Service, judge: Judge) -> int:
    """What professional and institutional claims have alike; returns how many diagnoses lines may point to."""
    _head(claim, judge)
    diagnoses = _diagnoses(claim, judge)
    _patient(claim, judge)
    others = claim.inner("2320")
    _other_payers(claim, others, judge)
    charges = [figure(line.first(service.tag), service.charge) for line in lines]
    _total(claim, charges, judge)
    line_rules(lines, judge)
    day_rules(claim, lines, judge)
    payers = _payer_ids(others) if others else {}
    for line, charge in zip(lines, charges, strict=True):
        _decisions(payers, line, charge, judge)
    return diagnoses


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


def _diagnoses(claim: Loop, judge: Judge) -> int:
    codes = codes_of(claim)
    for qualifier, code, place, segment in codes:
        if qualifier in ICD10_KINDS:
            _diagnosis(code, place, segment, judge)
    if len(codes) == len({code for _, code, _, _ in codes}):
        return len(codes)
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
    return len(codes)


def _diagnosis(code: str, place: int, segment: Segment, judge: Judge) -> None:
    """A code has the form of ICD-10-CM, and the table that we hold knows it as one that may be billed."""
    if not _ICD10.fullmatch(code):
        message, cure = f"{code!r} does not have the form of an ICD-10-CM code.", "Send the code without its dot."
    elif judge.settings.diagnosis_codes and not is_diagnosis(code):
        message = f"{code!r} is no ICD-10-CM code that may be billed."
        cure = "Send the full code, such as E119 for E11; look it up in the year of service."
    else:
        return
    judge.fault(
        segment,
        "icd-10",
        message,
        cure,
        element=place,
        component=2,
        code="7",
        loop="2300",
        value=code,
    )


def codes_of(claim: Loop) -> list[tuple[str, str, int, Segment]]:
    """Qualifier, code, element and segment of every diagnosis of a claim that lines may point to."""
    found = []
    for hi in claim.segments:
        if hi.elements[0] != "HI" or hi.part(1, 1) not in ("ABK", "BK", "ABF", "BF"):
            continue
        for place in range(1, len(hi.elements)):
            parts = hi.parts(place)
            if len(parts) > 1:
                found.append((parts[0], parts[1], place, hi))
    return found


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


def _total(claim: Loop, charges: list[Decimal | None], judge: Judge) -> None:
    clm = claim.segments[0]
    charged, said = total(charges), figure(clm, 2)
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


def _decisions(payers: dict[str, Loop], line: Loop, charge: Decimal | None, judge: Judge) -> None:
    """Each prior payer's decision about a line: charge = paid + adjusted, by a payer that the claim names."""
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
        check_reasons(decision, judge)
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


def _payer_ids(others: list[Loop]) -> dict[str, Loop]:
    found = {}
    for other in others:
        name = other.one("2330B")
        if name is not None and name.segments:
            found[name.segments[0][9]] = other
    return found


def _other_payers(claim: Loop, others: list[Loop], judge: Judge) -> None:
    level = claim.above("2000B")
    sbr = level.first("SBR") if level is not None else None
    if sbr is None:
        return
    if sbr[1] == "P" and not others:
        return
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
    if sequences.count("T") and not sequences.count("S"):
        judge.fault(
            sbr,
            "no-secondary",
            "A payer is called third (T) and none second (S).",
            "Send loop 2320 with the secondary payer and what it decided.",
            level="warning",
            element=1,
            code="2",
            loop="2000B",
        )
    # An institutional claim says it by a value code: it has no SBR05.
    if sbr[1] != "P" and sbr[9] in ("MA", "MB") and not sbr[5] and claim.segments[0].part(5, 2) != "A":
        judge.fault(
            sbr,
            "medicare-secondary",
            "Medicare comes second and SBR05 does not say why.",
            "Send SBR05.",
            element=5,
            code="2",
            loop="2000B",
        )
    for other in others:
        check_reasons(other, judge)
    for id, other in _payer_ids(others).items():
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
    _decided(other, paid, decisions, id, judge)
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


def check_reasons(loop: Loop, judge: Judge) -> None:
    """Every reason of a loop's own CAS is a claim adjustment reason code."""
    for cas in loop.segments:
        elements = cas.elements
        if elements[0] != "CAS":
            continue
        for place, reason in enumerate(elements[2::3]):
            if reason and reason not in adjustment_reasons.KNOWN:
                judge.fault(
                    cas,
                    "reason",
                    f"{reason!r} is no adjustment reason.",
                    "Ask the payer what it means.",
                    element=2 + 3 * place,
                    code="7",
                    loop=loop.id,
                )


def _has_claim_adjustment(other: Loop) -> bool:
    return other.first("CAS") is not None


#: The order in which payers pay (SBR01).
_SEQUENCE = "PSTABCDEFGHU"


def _decided(other: Loop, paid: Segment | None, decisions: list[Loop], id: str, judge: Judge) -> None:
    """A payer who comes before the one the claim goes to has decided: it paid something, or nothing, and says so."""
    level = other.above("2000B")
    sbr = level.first("SBR") if level is not None else None
    own = other.segments[0]
    if sbr is None or not (own[1] and sbr[1]) or paid is not None or decisions:
        return
    if _SEQUENCE.find(own[1]) < _SEQUENCE.find(sbr[1]):
        judge.fault(
            own,
            "prior-decision",
            f"Payer {id} comes first ({own[1]}) and the claim does not say what it decided.",
            "Send AMT*D with what it paid, 0 where that is nothing, and its adjustments.",
            element=1,
            code="I6",
            loop="2320",
            level="warning",
        )


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
