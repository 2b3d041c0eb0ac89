"""The course of one message through the intake: what it changed, why it waits or failed."""

from __future__ import annotations

from dataclasses import dataclass, field

from chartdesk.exchange.halves.facts import ChargesIn, CoverageIn, Fact, MergeIn, VisitIn, VisitWithdrawnIn
from chartdesk.kit import worklist
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record.access import Subject
from chartdesk.record.identities import unmatched
from chartdesk.record.identities.unmatched import Missing

CREATE, HOLD, REFUSE = UNKNOWN_PATIENT = ("create", "hold", "refuse")
#: The kind of work items about what our commands refused.
WORK = "interface_refused"
_ROLES: dict[type[object], str] = {VisitIn: "front_desk", VisitWithdrawnIn: "front_desk", ChargesIn: "biller",
                                   CoverageIn: "biller", MergeIn: "front_desk"}  # fmt: skip
_TITLES: dict[type[object], str] = {
    VisitIn: "A visit that another system asks for could not be taken",
    VisitWithdrawnIn: "A visit that another system takes back could not be taken back",
    ChargesIn: "Charges from another system could not be taken",
    CoverageIn: "Insurance from another system could not be taken",
    MergeIn: "A merge that another system reports could not be made",
}


class Refused(Invalid):
    """The message is not taken, by the channel's own setting or because it cannot be acted on."""


class Held(ChartdeskError):
    """The message waits for somebody to say what a number stands for."""

    def __init__(self, missing: Missing, reason: str) -> None:
        super().__init__(reason, cure="Say which it is on the work list; the message then goes on by itself.")
        self.missing = missing

    def raise_item(self, subject: Subject, course: Course) -> None:
        """Put what is missing on the work list and let the message wait; what somebody has dismissed is refused."""
        if unmatched.dismissed(subject, self.missing.kind, self.missing.number):
            course.status = "error"
            course.reason = f"{self.message} Somebody said that it is nobody of this practice."
            return
        unmatched.note(subject, self.missing)
        course.status, course.reason = "held", self.message


class Awaits(Held):
    """The message is of two who are one elsewhere and not yet here: it is tried again when the merge has come.

    It does not hold up its patient's messages, as the merge may be among them.
    """

    def raise_item(self, subject: Subject, course: Course) -> None:
        """Put it on the work list, and let the message fail for now."""
        unmatched.note(subject, self.missing)
        course.status, course.reason = "error", f"{self.message} It is tried again after a merge."


@dataclass
class Course:
    """One message on its way. ``effects`` are (reference, version, what); ``notes`` say why nothing was done."""

    message: int | None
    source: str
    unknown_patient: str
    own: bool = False
    effects: list[tuple[str, int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    status: str = ""
    reason: str = ""
    patient: str = ""

    @property
    def over(self) -> bool:
        """Whether it waits or failed."""
        return bool(self.status)

    def did(self, reference: str, version: int, what: str) -> None:
        """Note a change."""
        if what:
            self.effects.append((reference, version, what))

    def fail(self, subject: Subject, fault: ChartdeskError, fact: Fact) -> None:
        """Our command said no: the message's error, and a work item for who can do something about it."""
        self.status, self.reason = "error", str(fault)
        if isinstance(fault, Refused):
            return
        title = _TITLES.get(type(fact))
        if title is None:
            return
        worklist.raise_item(
            subject,
            worklist.Task(
                kind=WORK,
                key=str(self.message) if self.message is not None else f"{self.source} {type(fact).__name__}",
                role=_ROLES[type(fact)],
                title=title,
                detail=fault.message,
                cure=fault.cure or "Settle it with the sender.",
                about=f"Patient/{self.patient}" if self.patient else "",
                link=("message", str(self.message)) if self.message is not None else ("", ""),
            ),
        )
