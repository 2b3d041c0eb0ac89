"""What is done about one fact: its numbers become our ids, then the command of the half that runs here."""

from __future__ import annotations

from datetime import datetime

from chartdesk.ehr.charting import commands as charting
from chartdesk.exchange.halves import patients
from chartdesk.exchange.halves.facts import (
    ChargesIn,
    MergeIn,
    Numbers,
    ProceduresIn,
    VisitIn,
    VisitWithdrawnIn,
)
from chartdesk.exchange.halves.taking import Awaits, Course, Held, Refused
from chartdesk.pms.charges import circumstances
from chartdesk.pms.charges import commands as charging
from chartdesk.pms.registration import merging
from chartdesk.pms.scheduling import arrivals as visits
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.scheduling.arrivals import VisitTold
from chartdesk.record.access import Subject, modes
from chartdesk.record.identities import commands as identities
from chartdesk.record.identities import queries, telling, unmatched
from chartdesk.record.identities.identifiers import (
    APPOINTMENT,
    LOCATION,
    PATIENT,
    PRACTITIONER,
    Identifier,
    own_authority,
)
from chartdesk.record.identities.unmatched import Missing


def visit(subject: Subject, course: Course, fact: VisitIn) -> None:
    """A visit as it stands."""
    patient_id = patient(subject, course, fact.patient)
    known = queries.resolve(subject, APPOINTMENT, fact.numbers)
    if known and not _newer(subject, course, telling.VISIT, f"Appointment/{known}", fact.at):
        return
    if known and (holder := scheduling.appointment(subject, known).patient_id) != patient_id:
        words = f"The visit is one of Patient/{holder} here, and of Patient/{patient_id} there."
        raise Awaits(_missing(course, APPOINTMENT, fact.numbers, words), words)
    # A withdrawal may have overtaken its booking: then this is the older news.
    if not known and not all(
        _newer(subject, course, telling.VISIT, _unborn(one), fact.at) for one in _foreign(subject, fact.numbers)[:1]
    ):
        return
    practitioner = _practitioner(subject, course, fact.practitioner, fact.practitioner_name)
    site = _site(subject, fact)
    booked = visits.take_in(
        subject,
        VisitTold(
            appointment_id=known,
            patient_id=patient_id,
            practitioner=practitioner,
            starts=fact.starts,
            ends=fact.ends,
            status=fact.status,
            visit_type=fact.visit_type,
            visit_type_name=fact.visit_type_name,
            reason=fact.reason,
            site_id=site,
            room=fact.room,
            steps=fact.steps,
        ),
    )
    about = f"Appointment/{booked.appointment_id}"
    if not known:
        telling.newer(subject, telling.VISIT, about, fact.at)
    identities.link(subject, APPOINTMENT, booked.appointment_id, _foreign(subject, fact.numbers))
    course.did(about, booked.version, "amended" if known else "booked")


def visit_withdrawn(subject: Subject, course: Course, fact: VisitWithdrawnIn) -> None:
    """A visit that does not take place. One that was never heard of is remembered by its number only."""
    known = queries.resolve(subject, APPOINTMENT, fact.numbers)
    if not known:
        _note_unborn(subject, course, fact)
        return
    if not _newer(subject, course, telling.VISIT, f"Appointment/{known}", fact.at):
        return
    view = scheduling.appointment(subject, known)
    course.patient = view.patient_id
    if view.status == fact.status:
        course.notes.append(f"The visit is {fact.status} already.")
        return
    booked = visits.withdraw(subject, known, fact.status, fact.reason)
    course.did(f"Appointment/{known}", booked.version, fact.status)


def merge(subject: Subject, course: Course, fact: MergeIn) -> None:
    """Two records become one, or two again. A number that nobody knows goes with the other one."""
    pair = "Merge:" + "+".join(sorted(f"{one.authority}:{one.value}" for one in (fact.survivor[0], fact.prior[0])))
    if not _newer(subject, course, telling.MERGE, pair, fact.at):
        return
    survivor = queries.resolve(subject, PATIENT, fact.survivor)
    prior = queries.resolve(subject, PATIENT, fact.prior)
    if fact.undo:
        _unmerge(subject, course, fact, survivor, prior)
        return
    if survivor and prior and survivor != prior:
        made = merging.merge(subject, prior, survivor, reason=f"told by {course.source or 'another system'}")
        course.did(f"Patient/{survivor}", 0, "merged")
        course.did(f"Patient/{prior}", 0, f"merged, {made.moved} moved")
        unmatched.settled_all(subject, APPOINTMENT)
    elif not survivor and not prior and fact.person is not None:
        patients.take_in(subject, [(course, fact.person)])
        if course.over:
            return
        survivor = course.patient
    course.patient = survivor or prior
    if not course.patient:
        raise Held(_missing(course, PATIENT, fact.survivor), f"Nobody here has the number {fact.survivor[0].shown}.")
    numbers = [*_foreign(subject, fact.survivor), *_foreign(subject, fact.prior)]
    if identities.link(subject, PATIENT, course.patient, numbers) and not course.effects:
        course.did(f"Patient/{course.patient}", 0, "numbered")
    if fact.person is not None:
        patients.take_in(subject, [(course, fact.person)])
    if not course.effects:
        course.notes.append("The two are one patient here already.")


def _unmerge(subject: Subject, course: Course, fact: MergeIn, survivor: str, prior: str) -> None:
    """Undo the merge that brought the prior number to the survivor; without one the number is taken away from them."""
    course.patient = survivor
    if not survivor or prior != survivor:
        # They are two here: nobody merged them, or this overtook the merge, which is the older news then.
        course.notes.append("The two are not one patient here.")
        return
    numbers = {one.key for one in fact.prior}
    for made in merging.merges(subject, survivor):
        if made.state == "merged" and made.target == survivor and numbers & merging.numbers_moved(subject, made.pk):
            undone = merging.undo(subject, made.pk)
            course.did(f"Patient/{undone.target}", 0, "parted")
            course.did(f"Patient/{undone.source}", 0, "parted")
            return
    for one in _foreign(subject, fact.prior):
        if identities.unlink(subject, PATIENT, one):
            course.did(f"Patient/{survivor}", 0, f"no longer {one.shown}")


def charges(subject: Subject, course: Course, fact: ChargesIn) -> None:
    """Charges of a visit: captured once for each source."""
    if modes.mode_of(subject) == modes.EHR:
        raise Refused("Charges are not kept here: the practice's mode is ehr.", cure="Send them to its PMS.")
    patient_id = patient(subject, course, fact.patient)
    practitioner = _practitioner(subject, course, fact.practitioner, fact.practitioner_name)
    appointment = queries.resolve(subject, APPOINTMENT, fact.visit)
    site = _site_of_charges(subject, fact)
    place = fact.place_of_service
    if appointment:
        view = scheduling.appointment(subject, appointment)
        site, place = site or (str(view.site_id) if view.site_id else ""), place or view.place_of_service
    own = course.own
    bill = charging.capture(
        subject,
        charging.EncounterCharges(
            source_id=fact.source.value if own else f"{fact.source.authority}:{fact.source.value}",
            encounter_id="",  # it is in the other system's record
            appointment_id=appointment,
            patient_id=patient_id,
            practitioner=practitioner,
            service_date=fact.service_date,
            place_of_service=place,
            signed_at=fact.signed_at,
            minutes=fact.minutes,
            diagnoses=list(fact.diagnoses),
            procedures=[
                charging.Procedure(
                    one.code, list(one.modifiers), one.units, list(one.pointers), one.description, one.amount
                )
                for one in fact.procedures
            ],
            site=site,
            documented=dict(fact.documented),
            circumstances=circumstances.kept(fact.circumstances),
            origin="" if own else course.source or "another system",
        ),
    )
    course.did(f"Superbill/{bill}", 0, "captured")


def procedures(subject: Subject, course: Course, fact: ProceduresIn) -> None:
    """What may be charged for: the list to choose from in the chart."""
    if not _newer(subject, course, "procedures", "Procedures", fact.at):
        return
    count = charting.offer_procedures(subject, list(fact.procedures.items()))
    course.did("Procedures", 0, f"{count} offered")


# Numbers ---------------------------------------------------------------------------------------------


def note_patient(subject: Subject, course: Course, numbers: Numbers) -> None:
    """Note in the course whose patient it is, where they are known."""
    found = queries.resolve_many(subject, PATIENT, [numbers])[0]
    if isinstance(found, str):
        course.patient = found


def patient(subject: Subject, course: Course, numbers: Numbers) -> str:
    """Our patient. Raises Held, or Refused, for one nobody knows; Ambiguous."""
    if course.patient:
        return course.patient
    found = queries.resolve(subject, PATIENT, numbers)
    if found:
        course.patient = found
        return found
    if not numbers:
        raise Refused("The message has no number for its patient.", where="PID-3")
    words = f"Nobody here has the number {numbers[0].shown}."
    if course.unknown_patient == "refuse":
        raise Refused(words, where="PID-3")
    raise Held(_missing(course, PATIENT, numbers), words)


def _practitioner(subject: Subject, course: Course, numbers: Numbers, name: str) -> str:
    """Our practitioner. Raises Held for one nobody knows: a provider is never guessed."""
    if not numbers:
        raise Refused("The message names no provider by a number.", where="PV1-7", cure="Send the NPI.")
    found = queries.resolve(subject, PRACTITIONER, numbers)
    if not found:
        raise Held(
            _missing(course, PRACTITIONER, numbers, name), f"No provider here has the number {numbers[0].shown}."
        )
    return found


def _site_of_charges(subject: Subject, fact: ChargesIn) -> str:
    """Our key of the site where it was done; empty where none of ours is meant."""
    location = queries.resolve(subject, LOCATION, fact.location)
    for one in scheduling.sites(subject, active=False):
        if (location and one.location == location) or str(one.pk) == fact.site:
            return str(one.pk)
    return ""


def _site(subject: Subject, fact: VisitIn) -> int | None:
    """The site that is meant: by its number, else by its name, which is then known by that number too."""
    location = queries.resolve(subject, LOCATION, fact.location)
    if location:
        return next((one.pk for one in scheduling.sites(subject, active=False) if one.location == location), None)
    site = visits.site_named(subject, fact.site_name)
    if site is None:
        return None
    identities.link(subject, LOCATION, site.location, _foreign(subject, fact.location))
    return int(site.pk)


def _missing(course: Course, kind: str, numbers: Numbers, words: str = "") -> Missing:
    return Missing(kind, numbers[0], words, course.message)


def _foreign(subject: Subject, numbers: Numbers) -> list[Identifier]:
    """The numbers that others gave."""
    own = own_authority(subject)
    return [one for one in numbers if one.authority != own and one.value]


def _newer(subject: Subject, course: Course, aspect: str, about: str, at: datetime) -> bool:
    if telling.newer(subject, aspect, about, at):
        return True
    course.notes.append(f"Newer news of {about} than of {at:%Y-%m-%d %H:%M:%S} is here.")
    return False


def _note_unborn(subject: Subject, course: Course, fact: VisitWithdrawnIn) -> None:
    """A withdrawal that overtook its booking: when the booking comes, it is the older news."""
    for one in _foreign(subject, fact.numbers)[:1]:
        telling.newer(subject, telling.VISIT, _unborn(one), fact.at)
    course.notes.append("No visit here has this number.")


def _unborn(number: Identifier) -> str:
    """How a visit is spoken of that is not here."""
    return f"Appointment:{number.authority}:{number.value}"
