"""Facts out of the other half's resources, as they stand when they are read.

What a resource refers to is read too: a patient's policies are told together, a visit with who and where, an encounter
with its diagnoses and procedures. What a reader asks for is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from chartdesk.exchange.halves import facts
from chartdesk.exchange.halves.facts import Fact, Numbers
from chartdesk.exchange.halves.fhir import shapes
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges.circumstances import NOTHING, restored
from chartdesk.pms.coverage import resources as policies
from chartdesk.pms.registration import resources as people
from chartdesk.pms.registration.people import Person
from chartdesk.pms.scheduling import content as visits
from chartdesk.pms.scheduling import rules as scheduling
from chartdesk.record.identities import identifiers
from chartdesk.record.identities.identifiers import PAYER_ID, Identifier
from chartdesk.standards.fhir import r4

Kind = TypeVar("Kind", bound=r4.Resource)
#: Fields of a person that a server may keep to itself: where it says nothing, nothing was told.
_DISCREET = frozenset({"ssn", "race", "ethnicity", "language", "marital_status"})
_COUNTS_NOT = ("entered-in-error", "cancelled", "draft")
#: An Appointment that is no visit yet.
_NOT_YET = ("proposed", "pending", "waitlist")


class Source(Protocol):
    """Where resources are read. ``client.Server`` is one."""

    def read(self, type: str, id: str) -> r4.Resource | None:
        """A resource, None where it is not there."""

    def search(self, type: str, **asked: str) -> Iterator[r4.Resource]:
        """Every match."""


class Reader:
    """Reads ``source``, whose numbers are kept under ``authority``.

    ``is_known`` says whether a patient with these numbers is known here: one who is not is told first.
    """

    def __init__(self, source: Source, authority: str, is_known: Callable[[Numbers], bool]) -> None:
        self._source, self._authority, self._is_known = source, authority, is_known
        self._read: dict[tuple[str, str], r4.Resource | None] = {}

    def tell(self, type: str, id: str) -> list[Fact]:
        """What the resource tells; nothing where it is not there and that says nothing. Raises Invalid, Unavailable."""
        match type:
            case "Patient":
                return self.patient(id)
            case "RelatedPerson":
                return self.guarantor(id)
            case "Flag":
                return self.alert(id)
            case "Coverage":
                return self.coverage(id)
            case "Appointment":
                return self.appointment(id)
            case "Encounter":
                return self.charges(id)
            case "ValueSet":
                return self.procedures(id)
        return []

    # ----------------------------------------------------------------------------------------- patients

    def patient(self, id: str) -> list[Fact]:
        """A patient as registered, with those who were merged into them.

        A merge is told by the ids alone: the one who stays has the other one's numbers already, and would be both.
        """
        found = self._get(r4.Patient, id)
        if found is None:
            return []
        into = shapes.replaced_by(found)
        if into:
            target = self._get(r4.Patient, into)
            if target is None or shapes.replaced_by(target) == id:
                raise Invalid(f"Patient/{id} was replaced by Patient/{into}, who is nobody.", where="Patient.link")
            told = self.patient(into)
            at = max(_updated(found), _updated(target))
            merge = self._merge(into, id, at)
            known = any(isinstance(one, facts.MergeIn) and one.prior == merge.prior for one in told)
            return told if known else [merge, *told]
        own = facts.PatientIn(
            numbers=self._numbers(found),
            at=_updated(found),
            person=people.person_of(found),
            told=_told(people.person_of(found)),
            contacts=tuple(people.contacts_of(found)),
            active=found.active is not False,
            died=people.whole_date(found.deceasedDateTime),
        )
        merges = [self._merge(id, one, _updated(found)) for one in shapes.replaces(found)]
        # Who is known is joined first; of a pair nobody knew, the one who stays has to be written first.
        first = [one for one in merges if self._is_known(one.prior)]
        return [*first, own, *(one for one in merges if one not in first)]

    def _merge(self, survivor: str, prior: str, at: datetime) -> facts.MergeIn:
        return facts.MergeIn(
            survivor=(Identifier(self._authority, survivor, "PI"),),
            prior=(Identifier(self._authority, prior, "PI"),),
            at=at,
        )

    def _numbers(self, patient: r4.Patient) -> Numbers:
        return shapes.numbers_of(patient.id or "", patient.identifier, self._authority)

    def _about(self, reference: r4.Reference | None) -> tuple[list[Fact], Numbers]:
        """The numbers of the patient whom a reference names, and what has to be told of them first."""
        kind, id = visits.reference_of(reference)
        patient = self._get(r4.Patient, id) if kind == "Patient" else None
        if patient is None:
            logical = shapes.logical(reference, self._authority)
            return [], (Identifier(self._authority, id, "PI"), *logical) if id else logical
        numbers = self._numbers(patient)
        # One who was merged is known under the number of the other, who is told with the merge.
        known = self._is_known(numbers[:1])
        return ([] if known and not shapes.replaced_by(patient) else self.patient(id)), numbers

    # ------------------------------------------------------------------------------ beside the patients

    def guarantor(self, id: str) -> list[Fact]:
        """Who pays for whom the RelatedPerson is about; nothing of one who is there for something else."""
        one = self._get(r4.RelatedPerson, id)
        if one is None or not people.is_guarantor(one):
            return []
        before, numbers = self._about(one.patient)
        _, patient = visits.reference_of(one.patient)
        found = self._source.search("RelatedPerson", patient=patient)
        every = [held for held in found if isinstance(held, r4.RelatedPerson) and people.is_guarantor(held)]
        paying = next((held for held in every if held.active is not False), None)
        told = people.guarantor_of(paying)
        if paying is not None:
            own = (identifiers.system_of(self._authority), paying.id or "", "GI")
            told = replace(told, number="", identifiers=(own, *told.identifiers))
        at = max(map(_updated, [one, *every]))
        return [*before, facts.GuarantorIn(patient=numbers, at=at, guarantor=told)]

    def alert(self, id: str) -> list[Fact]:
        """The front desk's alert; nothing of a flag of another kind."""
        one = self._get(r4.Flag, id)
        _, patient = visits.reference_of(one.subject) if one else ("", "")
        if one is None or not patient or people.identifier(one.identifier, people.ALERT) != patient:
            return []
        before, numbers = self._about(one.subject)
        text = people.flag_text(one) if one.status == "active" else ""
        return [*before, facts.AlertIn(patient=numbers, at=_updated(one), text=text)]

    # ---------------------------------------------------------------------------------------- insurance

    def coverage(self, id: str) -> list[Fact]:
        """All policies of whom one of them is for."""
        one = self._get(r4.Coverage, id)
        if one is None or one.beneficiary is None:
            return []
        before, numbers = self._about(one.beneficiary)
        _, patient = visits.reference_of(one.beneficiary)
        every = [held for held in self._source.search("Coverage", patient=patient) if isinstance(held, r4.Coverage)]
        at = max([_updated(one), *map(_updated, every)])
        told = _in_force([self._policy(held) for held in every if held.status not in _COUNTS_NOT])
        return [*before, facts.CoverageIn(patient=numbers, at=at, policies=tuple(told))]

    def _policy(self, held: r4.Coverage) -> facts.PolicyIn:
        organization, display = policies.payer_reference(held)
        payer = self._get(r4.Organization, organization) if organization else None
        first, last = policies.period(held)
        kind, _, subscriber = policies.subscriber_reference(held).rpartition("/")
        related = self._get(r4.RelatedPerson, subscriber) if kind.endswith("RelatedPerson") else None
        return facts.PolicyIn(
            payer=self._payer(payer) if payer else (),
            payer_name=(payer.name if payer else display) or "",
            rank=held.order if isinstance(held.order, int) else 1,
            member_id=policies.member_id(held),
            numbers=(Identifier(self._authority, held.id or ""),),
            group_number=policies.class_value(held, "group"),
            plan_name=policies.class_value(held, "plan", name=True),
            employer=policies.employer(held),
            relationship=policies.relationship(held),
            subscriber=people.person_of(related) if related else None,
            effective=first,
            ends=last,
            copay=policies.printed_copay(held),
        )

    def _payer(self, payer: r4.Organization) -> Numbers:
        known = [
            Identifier(PAYER_ID, one.value) for one in payer.identifier if one.system == policies.PAYER and one.value
        ]
        return (*known, *shapes.numbers_of(payer.id or "", payer.identifier, self._authority))

    # ------------------------------------------------------------------------------------------- visits

    def appointment(self, id: str) -> list[Fact]:
        """A visit as it stands, or that it does not take place."""
        numbers: Numbers = (Identifier(self._authority, id, "VN"),)
        found = self._get(r4.Appointment, id)
        if found is None:
            at = clock.now()
            reason = "The appointment was deleted."
            return [facts.VisitWithdrawnIn(numbers=numbers, at=at, reason=reason)]
        if found.status in _NOT_YET:
            return []
        numbers = shapes.numbers_of(id, found.identifier, self._authority, type="VN")
        visit = visits.visit(found)
        step = scheduling.step_meant(visit.status, visit.step, "")
        actors = {visits.reference_of(one.actor)[0]: one.actor for one in reversed(found.participant)}
        before, patient = self._about(actors.get("Patient"))
        if step in ("cancelled", "noshow", "") or visit.starts is None or visit.ends is None:
            return [
                *before,
                facts.VisitWithdrawnIn(
                    numbers=numbers,
                    at=_updated(found),
                    patient=patient,
                    status="noshow" if step == "noshow" else "cancelled",
                    reason=visit.cancel_reason,
                ),
            ]
        who, name = self._practitioner(actors.get("Practitioner"))
        site, room = self._places(visit.locations)
        return [
            *before,
            facts.VisitIn(
                numbers=numbers,
                at=_updated(found),
                patient=patient,
                practitioner=who,
                practitioner_name=name,
                starts=visit.starts,
                ends=visit.ends,
                status=step,
                visit_type=visit.visit_type or shapes.first_code(found.serviceType),
                visit_type_name=shapes.first_words(found.serviceType),
                reason=visit.reason,
                location=shapes.numbers_of(site.id or "", site.identifier, self._authority) if site else (),
                site_name=(site.name or "") if site else "",
                room=(room.name or "") if room else "",
                steps={one.name: one.at for one in visit.steps},
            ),
        ]

    def _practitioner(self, reference: r4.Reference | None) -> tuple[Numbers, str]:
        _, id = visits.reference_of(reference)
        found = self._get(r4.Practitioner, id) if id else None
        if found is None:
            return shapes.logical(reference, self._authority), (reference.display or "") if reference else ""
        called = [one.text or " ".join(filter(None, [*one.given, one.family])) for one in found.name]
        name = next(iter(called), "")
        return shapes.numbers_of(id, found.identifier, self._authority), name

    def _places(self, ids: Iterable[str]) -> tuple[r4.Location | None, r4.Location | None]:
        """Site and room: a place that is part of another is the room."""
        site = room = None
        for id in ids:
            found = self._get(r4.Location, id)
            if found is not None and found.partOf is not None:
                room = found
            elif found is not None:
                site = found
        return site, room

    # ------------------------------------------------------------------------------------------ charges

    def charges(self, id: str) -> list[Fact]:
        """The charges of a signed encounter; nothing while it is not signed."""
        found = self._get(r4.Encounter, id)
        if found is None or found.status != "finished":
            return []
        signed = shapes.signed(found)
        done = [one for one in self._source.search("Procedure", encounter=f"Encounter/{id}") if _counts(one)]
        procedures = [one for one in done if isinstance(one, r4.Procedure)]
        if signed is None and not (procedures and found.diagnosis):
            return []
        conditions = self._conditions(found)
        before, patient = self._about(found.subject)
        participant = next((one.individual for one in found.participant if one.individual), None)
        who, name = self._practitioner(participant)
        start = found.period.start if found.period else None
        return [
            *before,
            facts.ChargesIn(
                source=Identifier(self._authority, id),
                at=_updated(found),
                patient=(*signed.patient, *patient) if signed else patient,
                practitioner=who,
                practitioner_name=name,
                service_date=(signed and signed.service_date) or date.fromisoformat((start or "")[:10]),
                diagnoses=tuple(code for _, code in conditions),
                procedures=tuple(
                    shapes.procedure(one, [id for id, _ in conditions]) for one in shapes.ordered(procedures)
                ),
                visit=signed.visit if signed and signed.visit else self._visit(found),
                encounter=id,
                place_of_service=signed.place_of_service if signed else "",
                site=signed.site if signed else "",
                signed_at=signed.signed_at if signed else None,
                minutes=_minutes(found),
                documented=signed.documented if signed else {},
                circumstances=restored(signed.circumstances) if signed else NOTHING,
            ),
        ]

    def _conditions(self, found: r4.Encounter) -> list[tuple[str, str]]:
        """The diagnoses in their order: id of the Condition, ICD-10-CM code."""
        ranked = sorted(found.diagnosis, key=lambda one: one.rank if isinstance(one.rank, int) else 99)
        given = []
        for one in ranked:
            _, id = visits.reference_of(one.condition)
            condition = self._get(r4.Condition, id) if id else None
            code = shapes.diagnosis(condition) if condition else ""
            if code:
                given.append((id, code))
        return given

    def _visit(self, found: r4.Encounter) -> Numbers:
        """The numbers of the visit, by its Appointment there."""
        _, id = visits.reference_of(next(iter(found.appointment), None))
        appointment = self._get(r4.Appointment, id) if id else None
        return shapes.numbers_of(id, appointment.identifier, self._authority, type="VN") if appointment else ()

    # ---------------------------------------------------------------------------------------- offerings

    def procedures(self, id: str) -> list[Fact]:
        """What the practice charges for, where that is what the value set says."""
        found = self._get(r4.ValueSet, id)
        if found is None or found.url != shapes.OFFERED:
            return []
        return [facts.ProceduresIn(procedures=shapes.offered(found), at=_updated(found))]

    def _get(self, type: type[Kind], id: str) -> Kind | None:
        name = type.__name__
        key = (name, id)
        if key not in self._read:
            self._read[key] = self._source.read(name, id)
        found = self._read[key]
        return found if isinstance(found, type) else None


def _updated(resource: r4.Resource) -> datetime:
    text = resource.meta.lastUpdated if resource.meta else None
    if not text:
        raise Invalid(f"{resource.resourceType}/{resource.id} does not say when it was changed.", where="meta")
    return datetime.fromisoformat(text).astimezone(UTC)


def _told(person: Person) -> frozenset[str]:
    names = {one.name for one in fields(person)}
    return frozenset(name for name in names if name not in _DISCREET or getattr(person, name))


def _in_force(policies: Iterable[facts.PolicyIn]) -> list[facts.PolicyIn]:
    """One policy of each rank: of those that have not ended the one that began first."""
    today = clock.now().date()
    lasting = [one for one in policies if one.ends is None or one.ends >= today]
    lasting.sort(key=lambda one: (one.rank, one.effective or date.min))
    return list({one.rank: one for one in reversed(lasting)}.values())[::-1]


def _counts(resource: r4.Resource) -> bool:
    return isinstance(resource, r4.Procedure) and resource.status == "completed"


def _minutes(found: r4.Encounter) -> int | None:
    if found.length is None or found.length.value is None or found.length.code not in ("min", None):
        return None
    return int(Decimal(str(found.length.value)))
