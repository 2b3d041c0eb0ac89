"""What one professional claim can hold (005010X222A1), checked before it is written.

More lines or diagnoses than fit are the sender's to split by rule; nothing is ever dropped here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.claim_837p.model import Claim, ClaimSet, OtherPayer, ServiceLine
from chartdesk.standards.x12.findings import Finding
from chartdesk.standards.x12.parties import Adjustment

DIAGNOSES, LINES, POINTERS, MODIFIERS = 12, 50, 4, 4
OTHER_PAYERS, LINE_ADJUDICATIONS, ADJUSTMENT_SEGMENTS = 10, 15, 5
PCN, LINE_CONTROL, NOTE = 20, 30, 80


def check_limits(claim_set: ClaimSet) -> None:
    """Raise Invalid with every fault found in the claims of a set."""
    faults = [fault for claim in claim_set.claims for fault in claim_faults(claim)]
    if not claim_set.claims:
        faults.append(_fault("no-claim", "The set has no claim.", "Give at least one."))
    if faults:
        raise Invalid(
            f"{faults[0].message}" + (f" ({len(faults) - 1} more.)" if len(faults) > 1 else ""),
            where=faults[0].segment,
            cure=faults[0].cure,
            issues=faults,
        )


def claim_faults(claim: Claim) -> list[Finding]:
    """Every limit that a claim breaks; empty where it can be written."""
    return [*_claim(claim), *_lines(claim), *_others(claim)]


def _claim(claim: Claim) -> Iterator[Finding]:
    name = f"Claim {claim.pcn or '?'}"
    if not 1 <= len(claim.pcn) <= PCN:
        yield _fault(
            "pcn",
            f"{name}: its patient control number has {len(claim.pcn)} characters.",
            f"1 to {PCN}.",
            "CLM01",
        )
    if not 1 <= len(claim.diagnoses) <= DIAGNOSES:
        yield _fault(
            "diagnoses",
            f"{name} has {len(claim.diagnoses)} diagnoses.",
            f"1 to {DIAGNOSES}; split the claim.",
            "HI",
        )
    if not 1 <= len(claim.lines) <= LINES:
        yield _fault(
            "lines", f"{name} has {len(claim.lines)} lines.", f"1 to {LINES}; split the claim.", "LX"
        )
    charged = sum((line.charge for line in claim.lines), Decimal(0))
    if charged != claim.total:
        yield _fault(
            "total", f"{name}: total {claim.total}, its lines sum to {charged}.", "Make them agree.", "CLM02"
        )
    if claim.frequency in ("7", "8") and not claim.payer_claim_number:
        yield _fault(
            "f8",
            f"{name} replaces or voids a claim without its number.",
            "Give the payer's claim number.",
            "REF*F8",
        )
    if (claim.patient is None) != (claim.subscriber.relationship == "18"):
        yield _fault(
            "patient",
            f"{name}: relationship {claim.subscriber.relationship!r} does not fit who the patient is.",
            "18 where the patient is the subscriber; otherwise leave it empty and give the patient.",
            "SBR02",
        )
    yield from _notes(name, [note.text for note in claim.notes])


def _notes(name: str, texts: list[str]) -> Iterator[Finding]:
    for text in texts:
        if len(text) > NOTE:
            yield _fault(
                "note", f"{name}: a note has {len(text)} characters.", f"Shorten it to {NOTE}.", "NTE02"
            )


def _lines(claim: Claim) -> Iterator[Finding]:
    for place, line in enumerate(claim.lines, 1):
        yield from _line(f"Claim {claim.pcn} line {place}", line, len(claim.diagnoses))
    controls = Counter(line.control for line in claim.lines if line.control)
    for control, count in controls.items():
        if count > 1:
            yield _fault(
                "line-control",
                f"Claim {claim.pcn}: {count} lines have control number {control}.",
                "Make it unique.",
                "REF*6R",
            )


def _line(name: str, line: ServiceLine, diagnoses: int) -> Iterator[Finding]:
    if not 1 <= len(line.pointers) <= POINTERS:
        yield _fault(
            "pointers", f"{name} has {len(line.pointers)} diagnosis pointers.", f"1 to {POINTERS}.", "SV107"
        )
    for pointer in line.pointers:
        if not 1 <= pointer <= diagnoses:
            yield _fault(
                "pointer",
                f"{name} points to diagnosis {pointer}; there are {diagnoses}.",
                "Point to one of them.",
                "SV107",
            )
    if len(line.modifiers) > MODIFIERS:
        yield _fault(
            "modifiers", f"{name} has {len(line.modifiers)} modifiers.", f"At most {MODIFIERS}.", "SV101"
        )
    if len(line.control) > LINE_CONTROL:
        yield _fault(
            "line-control", f"{name}: its control number is too long.", f"At most {LINE_CONTROL}.", "REF*6R"
        )
    if len(line.adjudications) > LINE_ADJUDICATIONS:
        yield _fault(
            "adjudications", f"{name} has {len(line.adjudications)} prior decisions.", "At most 15.", "SVD"
        )
    yield from _notes(name, [note.text for note in line.notes])
    for one in line.adjudications:
        yield from _groups(name, one.adjustments)
        if one.paid < 0:
            yield _fault(
                "paid", f"{name}: payer {one.payer_id} paid {one.paid}.", "Never below zero.", "SVD02"
            )
        adjusted = sum((part.amount for part in one.adjustments), Decimal(0))
        if one.bundled_line is None and line.charge != one.paid + adjusted:
            yield _fault(
                "line-balance",
                f"{name}: charge {line.charge}, but payer {one.payer_id} paid {one.paid} and adjusted {adjusted}.",
                "Charge = paid + adjustments.",
                "SVD02",
            )


def _others(claim: Claim) -> Iterator[Finding]:
    name = f"Claim {claim.pcn}"
    if len(claim.other_payers) > OTHER_PAYERS:
        yield _fault(
            "other-payers", f"{name} names {len(claim.other_payers)} other payers.", "At most 10.", "SBR"
        )
    sequences = [claim.subscriber.sequence, *(other.sequence for other in claim.other_payers)]
    if claim.subscriber.sequence != "P" and sequences.count("P") != 1:
        yield _fault(
            "primary",
            f"{name} is not for the primary payer and names {sequences.count('P')} primary payers.",
            "Name the primary payer in exactly one other payer.",
            "SBR01",
        )
    for other in claim.other_payers:
        yield from _groups(name, other.adjustments)
        yield from _levels(name, claim, other)


def _levels(name: str, claim: Claim, other: OtherPayer) -> Iterator[Finding]:
    decided = [one for line in claim.lines for one in line.adjudications if one.payer_id == other.payer.id]
    if other.adjudicated is not None and any(one.adjudicated is not None for one in decided):
        yield _fault(
            "two-dates",
            f"{name}: payer {other.payer.id} has a date on the claim and on lines.",
            "Keep one.",
            "DTP*573",
        )
    stray = {one.payer_id for line in claim.lines for one in line.adjudications} - {
        one.payer.id for one in claim.other_payers
    }
    for payer in sorted(stray) if other is claim.other_payers[0] else ():
        yield _fault(
            "stray-payer", f"{name}: a line names payer {payer}, the claim does not.", "Add it.", "SVD01"
        )


def _groups(name: str, adjustments: list[Adjustment]) -> Iterator[Finding]:
    segments = sum((count + 5) // 6 for count in Counter(one.group for one in adjustments).values())
    if segments > ADJUSTMENT_SEGMENTS:
        yield _fault("adjustments", f"{name} has more adjustments than fit.", "At most 5 CAS a level.", "CAS")


def _fault(rule: str, message: str, cure: str, segment: str = "CLM") -> Finding:
    return Finding(rule=rule, message=message, cure=cure, segment=segment)
