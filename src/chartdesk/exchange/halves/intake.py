"""Facts from outside become commands of the half that runs here.

Many messages are taken at once: patients are found, read, compared and written in a few statements for all of them.
Older news never overwrites newer; what leads to nobody is created, held or refused, as the channel says; a provider
nobody knows is held and never guessed. Schedules, charges and merges go through the commands that people use, and what
those refuse becomes a work item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chartdesk.exchange.halves import acting, insurance, patients
from chartdesk.exchange.halves.facts import (
    AlertIn,
    ChargesIn,
    CoverageIn,
    Fact,
    GuarantorIn,
    MergeIn,
    PatientIn,
    ProceduresIn,
    VisitIn,
    VisitWithdrawnIn,
)
from chartdesk.exchange.halves.taking import CREATE, HOLD, REFUSE, UNKNOWN_PATIENT, Course, Held, Refused
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.transactions import joined, transaction
from chartdesk.record.access import Subject

__all__ = ["CREATE", "HOLD", "REFUSE", "UNKNOWN_PATIENT", "Taken", "Told", "take"]


@dataclass(frozen=True)
class Told:
    """One message: its facts in their order, its number in the log (None: it is not kept there), who sent it."""

    facts: Sequence[Fact]
    message: int | None = None
    #: The authority of the sender, for people and for numbers that name none.
    source: str = ""
    #: What to do about a patient nobody knows: create, hold or refuse.
    unknown_patient: str = CREATE
    #: Whether the sender is the practice's own other half, whose charges need nobody to look at them first.
    own: bool = False


@dataclass(frozen=True)
class Taken:
    """What came of one message. ``status`` is applied, ignored (older news, nothing new), held or error; ``effects``
    are (reference, version, what was done), such as ``("Patient/1", 3, "amended")``; ``patient`` is our id of them.
    """

    status: str
    reason: str = ""
    effects: list[tuple[str, int, str]] = field(default_factory=list)
    patient: str = ""


def take(subject: Subject, messages: Sequence[Told]) -> list[Taken]:
    """Act on ``messages``, in the open transaction or one of their own, and say what came of each.

    What our own commands refuse is that message's error, and leaves nothing of it behind; faults of the database are
    raised, and undo the transaction. Messages of one patient take effect in their order.
    """
    answers: list[Taken] = []
    with joined(subject):
        for wave in _waves(messages):
            answers += _wave(subject, wave)
    return answers


def _waves(messages: Sequence[Told]) -> list[list[Told]]:
    """Messages in a row that name each patient once at most."""
    waves: list[list[Told]] = []
    seen: set[tuple[str, str]] = set()
    for message in messages:
        keys = {one.key for fact in message.facts for one in patients.numbers_of(fact)}
        if not waves or keys & seen:
            waves.append([])
            seen = set()
        waves[-1].append(message)
        seen |= keys
    return waves


def _wave(subject: Subject, messages: Sequence[Told]) -> list[Taken]:
    courses = [Course(one.message, one.source, one.unknown_patient, own=one.own) for one in messages]
    told = [
        (course, fact)
        for course, message in zip(courses, messages, strict=True)
        for fact in message.facts
        if isinstance(fact, PatientIn)
    ]
    patients.take_in(subject, told)
    insured = [
        (course, fact)
        for course, message in zip(courses, messages, strict=True)
        for fact in message.facts
        if isinstance(fact, CoverageIn)
    ]
    for course, covered in insured:
        if not course.patient and not course.over:
            acting.note_patient(subject, course, covered.patient)
    done = insurance.settled(subject, insured)
    for course, message in zip(courses, messages, strict=True):
        rest = [fact for fact in message.facts if not isinstance(fact, PatientIn) and id(fact) not in done]
        if rest and not course.over:
            _alone(subject, course, rest)
    return [_taken(course) for course in courses]


def _alone(subject: Subject, course: Course, facts: Sequence[Fact]) -> None:
    """What is left of one message: all of it, or nothing but the work item that says why."""
    effects = len(course.effects)
    try:
        with transaction(subject):
            for fact in facts:
                _act(subject, course, fact)
    except Held as held:
        del course.effects[effects:]
        held.raise_item(subject, course)
    except ChartdeskError as fault:
        del course.effects[effects:]
        course.fail(subject, fault, facts[0])


def _act(subject: Subject, course: Course, fact: Fact) -> None:
    match fact:
        case CoverageIn():
            insurance.take_in(subject, course, fact, acting.patient(subject, course, fact.patient))
        case VisitIn():
            acting.visit(subject, course, fact)
        case VisitWithdrawnIn():
            acting.visit_withdrawn(subject, course, fact)
        case MergeIn():
            acting.merge(subject, course, fact)
        case ChargesIn():
            acting.charges(subject, course, fact)
        case ProceduresIn():
            acting.procedures(subject, course, fact)
        case GuarantorIn() | AlertIn():
            patients.beside(subject, course, fact, acting.patient(subject, course, fact.patient))
        case PatientIn():
            raise Refused("A patient is told before all else.")


def _taken(course: Course) -> Taken:
    if course.status:
        return Taken(course.status, course.reason, course.effects, course.patient)
    if course.effects:
        return Taken("applied", "", course.effects, course.patient)
    return Taken("ignored", " ".join(dict.fromkeys(course.notes)) or "It says nothing new.", [], course.patient)
