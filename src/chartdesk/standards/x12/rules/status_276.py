"""What a claim status question must say beyond its single segments (005010X212)."""

from __future__ import annotations

from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.segments import Loop


def question_rules(level: Loop, judge: Judge) -> None:
    """A subscriber's level: the patient is described, and each claim can be found by what is said of it."""
    own = level.inner("2200D")
    hl = level.segments[0]
    if not own and not level.inner("2000E"):
        judge.fault(
            hl,
            "nothing-asked",
            "The subscriber has no claim that is asked about.",
            "Send loop 2200D, or the dependent whose claim it is.",
            element=1,
            code="I12",
            loop="2000D",
        )
    if own and level.first("DMG") is None:
        judge.fault(
            hl,
            "subscriber-patient",
            "The patient's birth and sex are missing (DMG).",
            "Send them: the subscriber is the patient.",
            code="I6",
            loop="2000D",
        )
    for claim in [*own, *(one for below in level.inner("2000E") for one in below.inner("2200E"))]:
        trn = claim.segments[0]
        if claim.first("DTP", "472") is None and not claim.inner("2210D", "2210E"):
            judge.fault(
                trn,
                "question-date",
                f"Question {trn[2]} names no date of service.",
                "Send DTP*472 for the claim, or its lines.",
                code="I6",
                loop=claim.id,
            )
