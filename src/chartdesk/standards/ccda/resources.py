"""What a record's FHIR resources say, as the items of a document. Pure: resources in, items out.

What was entered in error, refuted or only drafted is left out. Guide section: C-CDA on FHIR (mapping of the entries).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chartdesk.standards.ccda import oids
from chartdesk.standards.ccda.document import (
    Address,
    Allergy,
    Coded,
    Encounter,
    Identifier,
    Immunization,
    Medication,
    Name,
    Observation,
    Panel,
    Party,
    Patient,
    Plan,
    Problem,
    Procedure,
    Reaction,
    Span,
)
from chartdesk.standards.ccda.lists import NO_ALLERGY
from chartdesk.standards.fhir import r4

_US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
_TELECOMS = {"phone": "tel:", "fax": "fax:", "email": "mailto:", "url": ""}
#: The status of a MedicationRequest as that of a medicine; drafts and errors are none.
_TAKEN = {name: name for name in ("active", "on-hold", "stopped", "completed")} | {"cancelled": "stopped"}
_NPI = oids.oid_of(oids.NPI)
_NAMES = ("official", "usual", None, "nickname")


def coded(found: r4.CodeableConcept | None) -> Coded:
    """A coded thing: the first coding, the others as translations, and its words."""
    if found is None:
        return Coded()
    codings = [Coded(one.code or "", one.system or "", one.display or "") for one in found.coding if one.code]
    if not codings:
        return Coded(text=found.text or "")
    first, *others = codings
    return Coded(first.code, first.system, first.display, found.text or "", tuple(others))


def id_of(base: str, type: str, id: str) -> Identifier:
    """The id of an entry: the practice's OID or UUID, and the resource it was made of."""
    return Identifier(base, f"{type}/{id}")


def name(names: Sequence[r4.HumanName]) -> Name:
    """The name that counts: official, else usual, else whatever is not old."""
    known = sorted((one for one in names if one.use in _NAMES), key=lambda one: _NAMES.index(one.use))
    found = next(iter(known), None) or next(iter(names), None)
    if found is None:
        return Name()
    given = tuple(part for part in found.given if part)
    if not found.family and not given and found.text:
        *first, last = found.text.split()
        return Name(last, tuple(first))
    prefix, suffix = (" ".join(part for part in parts if part) for parts in (found.prefix, found.suffix))
    return Name(found.family or "", given, prefix, suffix)


def address(found: Sequence[r4.Address]) -> Address:
    """The first address that is not old."""
    one = next((one for one in found if one.use != "old"), None)
    if one is None:
        return Address()
    lines = tuple(line for line in one.line if line)
    return Address(lines, one.city or "", one.state or "", one.postalCode or "", one.country or "")


def telecoms(found: Sequence[r4.ContactPoint]) -> tuple[str, ...]:
    """Telephone numbers and addresses of mail as URIs."""
    kept = [one for one in found if one.value and one.use != "old" and one.system in _TELECOMS]
    return tuple(f"{_TELECOMS[one.system or '']}{(one.value or '').replace(' ', '')}" for one in kept)


def patient(found: r4.Patient, ids: Sequence[Identifier]) -> Patient:
    """Whom the document is about; ``ids`` are the identifiers that may leave the house."""
    spoken = [one.language for one in sorted(found.communication, key=lambda one: not one.preferred) if one.language]
    language = next((item.code or "" for one in spoken for item in one.coding if item.code), "")
    return Patient(
        name(found.name),
        tuple(ids),
        found.birthDate or "",
        found.gender or "unknown",
        _omb(found, "us-core-race"),
        _omb(found, "us-core-ethnicity"),
        language,
        coded(found.maritalStatus),
        address(found.address),
        telecoms(found.telecom),
    )


def _omb(found: r4.Patient, extension: str) -> Coded:
    """Race or ethnicity by the categories of the Office of Management and Budget."""
    outer = next((one for one in found.extension if one.url == _US_CORE + extension), None)
    inner = outer.extension if outer is not None else ()
    coding = next((one.valueCoding for one in inner if one.url == "ombCategory" and one.valueCoding), None)
    return Coded(coding.code or "", coding.system or "", coding.display or "") if coding else Coded()


def party(found: r4.Practitioner | None, called: str = "", organization: str = "", at: str = "") -> Party:
    """A practitioner as an author or performer; by the words alone where there is no resource."""
    if found is None:
        *first, last = called.split() or [""]
        return Party(Name(last, tuple(first)), organization, at=at)
    npi = [Identifier(_NPI, one.value) for one in found.identifier if one.system == oids.NPI and one.value]
    return Party(name(found.name), organization, "", tuple(npi), address(found.address), telecoms(found.telecom), at)


def problems(found: Iterable[r4.Condition], base: str) -> tuple[Problem, ...]:
    """Conditions as problems."""
    return tuple(_problem(one, base) for one in found if _stands(one.verificationStatus))


def _problem(found: r4.Condition, base: str) -> Problem:
    status = _status(found.clinicalStatus) or "active"
    state = {"recurrence": "active", "relapse": "active", "remission": "inactive"}.get(status, status)
    period = found.onsetPeriod
    low = found.onsetDateTime or (period.start if period else "") or ""
    span = Span(low, found.abatementDateTime or "")
    return Problem(coded(found.code), state, span, ids=(id_of(base, "Condition", found.id or ""),), author=_by(found))


def _by(found: r4.Condition | r4.AllergyIntolerance) -> Party:
    called = (found.recorder.display or "") if found.recorder else ""
    return party(None, called, at=found.recordedDate or "") if called else Party()


def allergies(found: Iterable[r4.AllergyIntolerance], base: str) -> tuple[Allergy, ...]:
    """AllergyIntolerances; "none known" is one of them."""
    return tuple(_allergy(one, base) for one in found if _stands(one.verificationStatus))


def _allergy(found: r4.AllergyIntolerance, base: str) -> Allergy:
    what = coded(found.code)
    reactions = [
        Reaction(coded(felt), reaction.severity or "") for reaction in found.reaction for felt in reaction.manifestation
    ]
    status = _status(found.clinicalStatus) or "active"
    none = [NO_ALLERGY[code] for _, code in what.codings if code in NO_ALLERGY]
    return Allergy(
        what,
        none[0] if none else next((one for one in found.category if one), "") or "",
        tuple(reactions),
        "",
        found.criticality or "",
        status,
        Span(found.onsetDateTime or (found.onsetPeriod.start if found.onsetPeriod else "") or ""),
        bool(none),
        ids=(id_of(base, "AllergyIntolerance", found.id or ""),),
        author=_by(found),
    )


def medications(found: Iterable[r4.MedicationRequest], base: str) -> tuple[Medication, ...]:
    """MedicationRequests as the medicines a patient takes or took."""
    return tuple(_medication(one, base) for one in found if one.status in _TAKEN)


def _medication(found: r4.MedicationRequest, base: str) -> Medication:
    told = found.dosageInstruction
    amounts = [rate.doseQuantity for dosage in told for rate in dosage.doseAndRate if rate.doseQuantity]
    dose = amounts[0] if len(amounts) == 1 else None
    drug = coded(found.medicationCodeableConcept)
    if not drug and found.medicationReference:
        drug = Coded(text=found.medicationReference.display or "")
    return Medication(
        drug,
        _TAKEN[found.status or "active"],
        Span((found.authoredOn or "")[:10]),
        "; ".join(dosage.text for dosage in told if dosage.text),
        f"{dose.value:f}" if dose and dose.value is not None else "",
        (dose.code or dose.unit or "") if dose else "",
        next((coded(dosage.route) for dosage in told if dosage.route), Coded()),
        reason=next((coded(reason) for reason in found.reasonCode), Coded()),
        ids=(id_of(base, "MedicationRequest", found.id or ""),),
    )


def observation(found: r4.Observation, base: str) -> Observation:
    """One Observation."""
    return _observed(found.code, found, found, id_of(base, "Observation", found.id or ""))


def _observed(
    code: r4.CodeableConcept | None,
    said: r4.Observation | r4.ObservationComponent,
    whole: r4.Observation,
    id: Identifier,
) -> Observation:
    quantity, period = said.valueQuantity, whole.effectivePeriod
    value = quantity.value if quantity is not None else None
    exact = value is not None and not (quantity.comparator if quantity else None)
    at = whole.effectiveDateTime or whole.effectiveInstant or (period.start if period else "") or ""
    return Observation(
        coded(code),
        Span(at, point=True),
        value if exact else None,
        ((quantity.code or quantity.unit or "") if quantity else "") if exact else "",
        coded(said.valueCodeableConcept),
        "" if exact else _words(said),
        next((item.code or "" for one in said.interpretation for item in one.coding), ""),
        next((_range(one) for one in said.referenceRange), ""),
        "completed",
        ids=(id,),
    )


def _words(said: r4.Observation | r4.ObservationComponent) -> str:
    quantity = said.valueQuantity
    if quantity is not None and quantity.value is not None:
        return f"{quantity.comparator or ''}{quantity.value:f} {quantity.unit or quantity.code or ''}".strip()
    if said.valueString:
        return said.valueString
    if said.valueInteger is not None:
        return str(said.valueInteger)
    if said.valueBoolean is not None:
        return "yes" if said.valueBoolean else "no"
    return said.valueDateTime or (coded(said.dataAbsentReason).words if said.dataAbsentReason else "")


def _range(found: r4.ObservationReferenceRange) -> str:
    if found.text:
        return found.text
    low, high = (one.value if one else None for one in (found.low, found.high))
    unit = next((one.unit or one.code or "" for one in (found.low, found.high) if one), "")
    if low is not None and high is not None:
        return f"{low:f} to {high:f} {unit}".strip()
    if low is not None:
        return f"over {low:f} {unit}".strip()
    return f"under {high:f} {unit}".strip() if high is not None else ""


def vitals(found: Iterable[r4.Observation], base: str) -> tuple[Panel, ...]:
    """Vital signs, those of one moment together; the parts of a blood pressure apart."""
    sets: dict[str, list[Observation]] = {}
    for one in found:
        if one.status == "entered-in-error":
            continue
        id = id_of(base, "Observation", one.id or "")
        said = [_observed(part.code, part, one, Identifier(id.root, f"{id.extension}-{place}"))
                for place, part in enumerate(one.component, 1)]  # fmt: skip
        said = [part for part in said or [observation(one, base)] if part.quantity is not None]
        if said:
            sets.setdefault(said[0].at.low, []).extend(said)
    signs = Coded("46680005", oids.SNOMED, "Vital signs")
    return tuple(Panel(signs, tuple(sets[at]), Span(at, at)) for at in sorted(sets, reverse=True))


def results(
    reports: Iterable[r4.DiagnosticReport], observations: Mapping[str, r4.Observation], base: str
) -> tuple[Panel, ...]:
    """Reports with their observations, then the observations that no report names. ``observations`` are by their id."""
    made, named = [], set()
    for report in reports:
        ids = [(one.reference or "").rpartition("/")[2] for one in report.result]
        named.update(ids)
        said = [observation(observations[id], base) for id in ids if id in observations]
        if said and report.status not in ("entered-in-error", "cancelled"):
            at = report.effectiveDateTime or report.issued or ""
            id = id_of(base, "DiagnosticReport", report.id or "")
            made.append(Panel(coded(report.code), tuple(said), Span(at, at), ids=(id,)))
    for key, one in observations.items():
        if key not in named and one.status not in ("entered-in-error", "cancelled"):
            seen = observation(one, base)
            made.append(Panel(seen.what, (seen,), seen.at, ids=(Identifier(base, f"Observation/{key}-panel"),)))
    return tuple(made)


def social(found: Iterable[r4.Observation], base: str) -> tuple[Observation, ...]:
    """Facts of a life."""
    return tuple(observation(one, base) for one in found if one.status != "entered-in-error")


def immunizations(found: Iterable[r4.Immunization], base: str) -> tuple[Immunization, ...]:
    """Vaccinations given, and those that were refused."""
    return tuple(
        Immunization(
            coded(one.vaccineCode),
            one.occurrenceDateTime or "",
            one.lotNumber or "",
            (one.manufacturer.display or "") if one.manufacturer else "",
            one.status == "not-done",
            coded(one.statusReason),
            ids=(id_of(base, "Immunization", one.id or ""),),
        )
        for one in found
        if one.status != "entered-in-error"
    )


def procedures(found: Iterable[r4.Procedure], base: str) -> tuple[Procedure, ...]:
    """Procedures that were done."""
    made = []
    for one in found:
        if one.status not in ("completed", "in-progress"):
            continue
        period = one.performedPeriod
        span = Span(period.start or "", period.end or "") if period else Span(one.performedDateTime or "")
        made.append(Procedure(coded(one.code), span, ids=(id_of(base, "Procedure", one.id or ""),)))
    return tuple(made)


def encounters(
    found: Iterable[r4.Encounter], conditions: Mapping[str, r4.Condition], base: str
) -> tuple[Encounter, ...]:
    """Visits that took place, with their diagnoses."""
    made = []
    for one in found:
        if one.status not in ("finished", "in-progress", "arrived"):
            continue
        ids = [(part.condition.reference or "").rpartition("/")[2] for part in one.diagnosis if part.condition]
        told = problems([conditions[id] for id in ids if id in conditions], base)
        who = next((part.individual.display or "" for part in one.participant if part.individual), "")
        span = Span(one.period.start or "", one.period.end or "") if one.period else Span()
        kind = next((coded(kind) for kind in one.type), Coded(text="Visit"))
        id = id_of(base, "Encounter", one.id or "")
        made.append(Encounter(kind, span, party(None, who) if who else Party(), "", told, ids=(id,)))
    return tuple(made)


def plans(found: Iterable[r4.ServiceRequest], base: str) -> tuple[Plan, ...]:
    """What was ordered and has not come back."""
    made = []
    for one in found:
        if one.status not in ("active", "on-hold") or one.doNotPerform:
            continue
        kinds = {item.code for category in one.category for item in category.coding}
        lab = bool(kinds & {"108252007", "363679005"})
        when = one.occurrenceDateTime or one.authoredOn or ""
        id = id_of(base, "ServiceRequest", one.id or "")
        made.append(Plan(coded(one.code), "observation" if lab else "act", Span(when), ids=(id,)))
    return tuple(made)


def _status(found: r4.CodeableConcept | None) -> str:
    return next((one.code or "" for one in found.coding), "") if found else ""


def _stands(verification: r4.CodeableConcept | None) -> bool:
    return _status(verification) not in ("entered-in-error", "refuted")
