"""A claim that was not taken in: its reasons are kept with the field to mend, and it stands on the work list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chartdesk.kit import clock, worklist
from chartdesk.pms.claims import building, events, mending, timeline
from chartdesk.pms.claims.content import ClaimContent, restored
from chartdesk.pms.claims.mending import Mend
from chartdesk.pms.claims.models import OPEN, Claim, Interchange, Rejection
from chartdesk.pms.claims.rules import place_of
from chartdesk.record.access import Subject
from chartdesk.standards.x12 import acknowledgement_999, status_277ca
from chartdesk.standards.x12.codes import claim_status

#: Categories of a 277CA that speak of no fault.
_HARMLESS = frozenset({"A0", "A1", "A2", "A5"})


@dataclass(frozen=True)
class Reason:
    """One reason: its code, the code in words, and the field to mend. ``line`` 0 is the whole claim."""

    code: str
    words: str
    mend: Mend = mending.NOTHING
    line: int = 0
    message: str = ""

    @property
    def sentence(self) -> str:
        """Everything about it in a sentence or two."""
        line = f"Line {self.line}: " if self.line else ""
        message = f" {self.message}" if self.message else ""
        return f"{line}{self.words}{message}"


def reject(
    subject: Subject, claim: Claim, source: str, file: Interchange, words: str, reasons: Iterable[Reason] = ()
) -> None:
    """Reject a locked claim for ``reasons``; one that the payer has decided is left as it is.

    ``words`` goes on the time line and the work list.
    """
    if claim.status not in (*OPEN, "rejected"):
        return
    found = list(reasons) or [Reason(source, words)]
    Rejection.objects.filter(practice=subject.practice, claim=claim, current=True).update(current=False)
    Rejection.objects.bulk_create(
        Rejection(
            practice=subject.practice, claim=claim, at=clock.now(), source=source, code=one.code, words=one.words,
            field=one.mend.field, place=one.mend.place, line=one.line, message=one.message, interchange=file,
        )
        for one in found
    )  # fmt: skip
    timeline.note(subject, claim, "rejected", words, status="rejected", interchange=file)
    fields = list(dict.fromkeys(one.mend.field for one in found if one.mend.field))
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=building.REJECTED_WORK,
            key=str(claim.pk),
            role="biller",
            title=f"Claim {claim.number} was rejected: {words}",
            detail="It was never taken in, so nothing will be paid.",
            cure=_cure(fields),
            about=f"Patient/{claim.patient}",
            link=("claim", str(claim.pk)),
            amount=claim.total,
        ),
    )
    events.announce(subject, events.REJECTED, claim)


def lift(subject: Subject, claim: Claim) -> None:
    """The claim was taken in after all: what it had been rejected for counts no more."""
    Rejection.objects.filter(practice=subject.practice, claim=claim, current=True).update(current=False)
    worklist.close_items(subject, building.REJECTED_WORK, [str(claim.pk)], by=subject.actor)


def reasons_of(status: status_277ca.ClaimStatus, content: ClaimContent | None) -> list[Reason]:
    """Every reason that a 277CA gives for a claim, for the whole of it and for its lines."""
    places = {line.control: place for place, line in enumerate(content.lines if content else (), start=1)}
    found = _coded(status.statuses, 0)
    for place, line in enumerate(status.lines, start=1):
        found += _coded(line.statuses, places.get(line.control, place))
    return list(dict.fromkeys(found))


def reasons_of_999(answer: acknowledgement_999.SetAnswer | None, claim: Claim) -> list[Reason]:
    """The faults that a 999 finds in this claim, or in the file around it; none where only others are at fault."""
    found, institutional = [], bool((claim.content or {}).get("institutional"))
    for fault in answer.faults if answer else ():
        if fault.subject[1] not in ("", claim.number):
            continue
        places = [(one.place, one.component, one.value) for one in fault.elements] or [(0, 0, "")]
        for element, component, value in places:
            code = fault.tag + (f"{element:02d}" if element else "") + (f"-{component}" if component else "")
            words = f"Segment {fault.place}, {code}" + (f": {value}" if value else "")
            mend = mending.of_fault(fault.tag, element, fault.loop, institutional=institutional)
            found.append(Reason(f"999:{code}", words, mend))
    return list(dict.fromkeys(found))


def place(claim: Claim, rejection: Rejection) -> tuple[str, str]:
    """Where a reason is mended: kind of thing and its id."""
    if not claim.content:
        return "claim", str(claim.pk)
    return place_of(rejection.place, restored(claim.content))


def _coded(statuses: Sequence[status_277ca.Status], line: int) -> list[Reason]:
    made = []
    for status in statuses:
        for code in status.codes:
            if code.category in _HARMLESS:
                continue
            parts = [part for part in (code.category, code.code, code.entity) if part]
            words = claim_status.sentence(code.category, code.code, code.entity)
            mend = mending.of_status(code.code, code.entity)
            made.append(Reason(":".join(parts), words, mend, line, status.message))
    return made


def _cure(fields: list[str]) -> str:
    if not fields:
        return "Mend what is named, then send the claim again from its page."
    return f"Mend: {', '.join(fields)}. Then send the claim again from its page."
