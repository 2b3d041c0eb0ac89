"""Patients that were told: found by their numbers, written together, and their numbers noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chartdesk.exchange.halves import letting_go
from chartdesk.exchange.halves.facts import (
    AlertIn,
    ChargesIn,
    CoverageIn,
    Fact,
    GuarantorIn,
    MergeIn,
    Numbers,
    PatientIn,
    ProceduresIn,
    VisitIn,
    VisitWithdrawnIn,
)
from chartdesk.exchange.halves.taking import CREATE, HOLD, Course, Held, Refused
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import arrivals
from chartdesk.pms.registration.arrivals import Arrival, Arrived
from chartdesk.pms.registration.people import Guarantor
from chartdesk.record.access import Subject, modes
from chartdesk.record.identities import commands as identities
from chartdesk.record.identities import queries, telling, unmatched
from chartdesk.record.identities.identifiers import PATIENT, Identifier, own_authority, system_of
from chartdesk.record.identities.queries import Ambiguous
from chartdesk.record.identities.unmatched import Missing

_SSN = ("SS", "SSN", "SB")


def numbers_of(fact: Fact) -> Numbers:
    """Every number of a patient that a fact names."""
    match fact:
        case PatientIn():
            return fact.numbers
        case CoverageIn() | VisitIn() | VisitWithdrawnIn() | ChargesIn() | GuarantorIn() | AlertIn():
            return fact.patient
        case MergeIn():
            return (*fact.survivor, *fact.prior)
        case ProceduresIn():
            return ()


def take_in(subject: Subject, told: Sequence[tuple[Course, PatientIn]]) -> None:
    """Write the patients of several messages, each named once; what came of each is in its course."""
    if not told:
        return
    wanted = [(course, fact, _known_by(fact.numbers)) for course, fact in told]
    found = queries.resolve_many(subject, PATIENT, [numbers for _, _, numbers in wanted])
    unknown = [one for (_, _, numbers), id in zip(wanted, found, strict=True) if not id for one in numbers]
    deleted = letting_go.since(subject, unknown)
    pairs: list[tuple[Course, PatientIn, Arrival]] = []
    for (course, fact, numbers), id in zip(wanted, found, strict=True):
        if isinstance(id, Ambiguous):
            course.fail(subject, id, fact)
        elif not numbers:
            course.fail(subject, Refused("The message has no number for its patient.", where="PID-3"), fact)
        elif not id and _was_deleted_since(subject, course, fact, numbers, deleted):
            continue
        elif id or _may_create(subject, course, fact, numbers):
            course.patient = id
            pairs.append((course, fact, _arrival(subject, fact, numbers, id)))
    pairs = _newest(subject, pairs)
    for (course, fact, one), arrived in zip(pairs, _arrive(subject, pairs), strict=True):
        if arrived is None:
            continue
        course.patient = arrived.patient_id
        course.did(f"Patient/{arrived.patient_id}", arrived.version, arrived.what)
        if not one.patient_id:
            telling.newer(subject, telling.DEMOGRAPHICS, f"Patient/{arrived.patient_id}", fact.at)
            numbers = _known_by(fact.numbers)
            unmatched.settled(subject, PATIENT, numbers)
            if any(number.key in deleted for number in numbers):
                letting_go.back(subject, numbers)
    _note_numbers(subject, [(course, fact) for course, fact, _ in pairs if course.patient and not course.over])


def beside(subject: Subject, course: Course, fact: GuarantorIn | AlertIn, patient: str) -> None:
    """Who pays for a patient, or the alert about them, where that was told apart."""
    pays = isinstance(fact, GuarantorIn)
    aspect = telling.GUARANTOR if pays else telling.ALERT
    if not telling.newer(subject, aspect, f"Patient/{patient}", fact.at):
        course.notes.append(f"Newer news than of {fact.at:%Y-%m-%d %H:%M:%S} is here.")
        return
    if isinstance(fact, GuarantorIn):
        told = _others_numbers(fact.guarantor, own_authority(subject))
        assert told is not None
        changed = arrivals.pays(subject, patient, told)
    else:
        changed = arrivals.alert(subject, patient, fact.text)
    if changed:
        course.did(f"Patient/{patient}", 0, "guarantor" if pays else "alert")


def _known_by(numbers: Numbers) -> list[Identifier]:
    """The numbers that say who it is: those of a person's papers are others' to mistype."""
    return [one for one in numbers if one.value and one.type not in _SSN]


def _was_deleted_since(
    subject: Subject,
    course: Course,
    fact: PatientIn,
    numbers: list[Identifier],
    deleted: Mapping[tuple[str, str], datetime],
) -> bool:
    """Whether the news is of one who was deleted after it: then the whole message changes nothing."""
    for one in numbers:
        at = deleted.get(one.key)
        if at is not None and fact.at < at:
            words = f"News of {_moment(fact.at)}: its sender deleted the number {one.shown} at {_moment(at)}."
            course.status, course.reason = "ignored", words
            letting_go.tell_of_old_news(subject, one, fact.person.list_name, words)
            return True
    return False


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _may_create(subject: Subject, course: Course, fact: PatientIn, numbers: list[Identifier]) -> bool:
    if course.unknown_patient == CREATE:
        return True
    words = fact.person.list_name
    if fact.person.birth_date:
        words += f", born {fact.person.birth_date:%b %-d, %Y}"
    shown = numbers[0].shown
    if course.unknown_patient == HOLD:
        missing = Missing(PATIENT, numbers[0], words, course.message)
        Held(missing, f"Nobody here has the number {shown}.").raise_item(subject, course)
    else:
        course.fail(subject, Refused(f"Nobody here has the number {shown}.", where="PID-3"), fact)
    return False


def _arrival(subject: Subject, fact: PatientIn, numbers: list[Identifier], id: str) -> Arrival:
    own = own_authority(subject)
    foreign = [one for one in numbers if one.authority != own]
    mrn = ""
    if not id and modes.mode_of(subject) == modes.EHR:
        # The record number is the one that the practice's own registration gives out.
        mrn = next((one.value for one in foreign if one.type == "MR"), "")
    return Arrival(
        patient_id=id,
        person=fact.person,
        told=fact.told,
        identifiers=tuple((system_of(one.authority), one.value, one.type) for one in foreign if one.authority),
        mrn=mrn,
        contacts=fact.contacts,
        guarantor=_others_numbers(fact.guarantor, own),
        alerts=fact.alerts,
        active=fact.active,
        died=fact.died,
    )


def _others_numbers(told: Guarantor | None, own: str) -> Guarantor | None:
    """The guarantor without the numbers that we gave ourselves."""
    if told is None or not told.identifiers:
        return told
    return replace(told, identifiers=tuple(one for one in told.identifiers if one[0] != system_of(own)))


def _newest(
    subject: Subject, pairs: list[tuple[Course, PatientIn, Arrival]]
) -> list[tuple[Course, PatientIn, Arrival]]:
    """Those that say nothing older than what is known of their patient."""
    known: dict[str, datetime] = {}
    for course, fact, one in pairs:
        if one.patient_id in known:
            # Two messages that name the same patient by different numbers.
            known[one.patient_id] = max(known[one.patient_id], fact.at)
        elif one.patient_id:
            known[one.patient_id] = fact.at
        del course
    asked = [(f"Patient/{id}", at) for id, at in known.items()]
    fresh = dict(zip(known, telling.newer_many(subject, telling.DEMOGRAPHICS, asked), strict=True))
    kept, latest = [], {}
    for course, fact, one in pairs:
        if one.patient_id and (not fresh[one.patient_id] or fact.at < known[one.patient_id]):
            course.notes.append(f"Newer news of Patient/{one.patient_id} than of {fact.at:%Y-%m-%d %H:%M:%S} is here.")
        elif one.patient_id and one.patient_id in latest:
            course.notes.append("Another message of the same moment says more.")
        else:
            latest[one.patient_id] = True
            kept.append((course, fact, one))
    return kept


def _arrive(subject: Subject, pairs: Sequence[tuple[Course, PatientIn, Arrival]]) -> list[Arrived | None]:
    """Write all together; where one is refused, each alone, so that it does not hold up the others."""
    try:
        with transaction(subject):
            return list(arrivals.take_in(subject, [one for _, _, one in pairs]))
    except ChartdeskError:
        return [_arrive_alone(subject, *pair) for pair in pairs]


def _arrive_alone(subject: Subject, course: Course, fact: PatientIn, one: Arrival) -> Arrived | None:
    try:
        return arrivals.take_in(subject, [one])[0]
    except ChartdeskError as fault:
        course.fail(subject, fault, fact)
        return None


def _note_numbers(subject: Subject, told: Sequence[tuple[Course, PatientIn]]) -> None:
    """Note under which numbers the patients came."""
    own = own_authority(subject)
    linked = [
        (course.patient, [one for one in _known_by(fact.numbers) if one.authority != own]) for course, fact in told
    ]
    identities.link_many(subject, PATIENT, [(id, numbers) for id, numbers in linked if numbers])
