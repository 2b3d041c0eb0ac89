"""Reading authorizations: a patient's, a day's flags, and the number that a claim carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chartdesk.kit import database, fetching, typed
from chartdesk.kit.arrays import Texts
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import once, reading, remembered
from chartdesk.pms.authorizations import rules, standing
from chartdesk.pms.authorizations.models import GRANTED, Authorization, Requirement, VisitAuthorization
from chartdesk.pms.registration.named import Named
from chartdesk.record import audit
from chartdesk.record.access import Subject

_FLAGS = """
    SELECT appointment, kind, problem, detail FROM authorizations_visitauthorization
     WHERE practice = %s AND appointment = ANY(%b::text[]) AND problem <> ''
"""
_NUMBERS = """
    SELECT a.patient, a.payer_id, a.kind, a.number, a.effective, a.expires, a.codes, a.id, a.referred_by
      FROM authorizations_authorization a
     WHERE a.practice = %s AND a.patient = ANY(%b::text[]) AND a.state = ANY(%s::text[])
     ORDER BY a.id
"""
_USES = """
    SELECT v.appointment, v.authorization_id, v.kind, v.payer_id FROM authorizations_visitauthorization v
     WHERE v.practice = %s AND v.patient = ANY(%b::text[])
"""


@dataclass(frozen=True)
class Flag:
    """What is wrong with a visit, in a few words, in a sentence, and what to do."""

    words: str
    detail: str
    cure: str


@dataclass(frozen=True)
class View:
    """An authorization with the visits that stand on it. ``left`` None is any number."""

    authorization: Authorization
    used: int
    planned: int
    left: int | None
    visits: list[VisitAuthorization]


@dataclass(frozen=True)
class Numbers:
    """What a claim carries: REF*G1 and REF*9F; ``wanted`` is the kind that it must carry and lacks.

    ``referred_by`` is who refers, where somebody wrote it down.
    """

    authorization: str = ""
    referral: str = ""
    wanted: str = ""
    referred_by: Named | None = None


def requirements(subject: Subject) -> list[Requirement]:
    """The practice's rules, the latest first."""
    with reading(subject):
        return list(Requirement.objects.filter(practice=subject.practice).order_by("-effective", "pk"))


def authorization(subject: Subject, authorization_id: int) -> Authorization:
    """One authorization. Raises NotFound."""
    with reading(subject):
        found = fetching.first(Authorization, "practice = %s AND id = %s", [subject.practice, authorization_id])
        if found is None:
            raise NotFound(f"There is no authorization {authorization_id}.", cure="Reload the page.")
        audit.record(subject, "R", "authorization", patient=found.patient, resource_id=str(found.pk))
        return found


def of_patient(subject: Subject, patient_id: str) -> list[View]:
    """A patient's authorizations, the latest first, with what is used of them."""
    with reading(subject):
        values = [subject.practice, patient_id]
        found = fetching.fetch(Authorization, "practice = %s AND patient = %s ORDER BY id DESC", values)
        rows = visits(subject, patient_id)
        audit.record(subject, "R", "authorization", patient=patient_id)
    return [_view(one, [row for row in rows if row.authorization_id == one.pk]) for one in found]


def visits(subject: Subject, patient_id: str) -> list[VisitAuthorization]:
    """How a patient's visits stand, by day; only those that need an authorization or are on one."""
    with reading(subject):
        values = [subject.practice, patient_id]
        return fetching.fetch(VisitAuthorization, "practice = %s AND patient = %s ORDER BY day, id", values)


def of_visit(subject: Subject, appointment_id: str) -> VisitAuthorization | None:
    """How one visit stands; None where it needs none."""
    with reading(subject):
        values = [subject.practice, appointment_id]
        found = fetching.first(VisitAuthorization, "practice = %s AND appointment = %s", values)
        if found is not None:
            audit.record(subject, "R", "authorization", patient=found.patient, detail=f"visit {appointment_id}")
        return found


def flags(subject: Subject, appointments: Iterable[str]) -> dict[str, Flag]:
    """What is wrong with visits, by appointment; those in order are left out. One statement."""
    wanted = list(appointments)
    if not wanted:
        return {}
    with reading(subject):
        rows = database.rows(_FLAGS, [subject.practice, Texts(wanted)])
    return {
        appointment: Flag(rules.flag(problem, kind), detail, rules.CURES[problem])
        for appointment, kind, problem, detail in rows
    }


def hold(subject: Subject, patients: Iterable[str]) -> None:
    """Read what claims of these patients may carry, in a few statements; the rest of the transaction finds it read."""
    wanted = [one for one in dict.fromkeys(patients) if remembered(_key(one)) is None]
    if not wanted:
        return
    granted: dict[str, list[rules.Permit]] = {one: [] for one in wanted}
    values = [subject.practice, Texts(wanted), list(GRANTED)]
    for patient, payer, kind, number, effective, expires, codes, id, by in database.rows(_NUMBERS, values):
        who = typed.convert(by, Named) if by else None
        made = rules.Permit(id, kind, payer, "approved", number, None, effective, expires, tuple(codes), who)
        granted[patient].append(made)
    uses: dict[str, tuple[int | None, str, str]] = {}
    if any(granted.values()) or _demands(subject):
        rows = database.rows(_USES, [subject.practice, Texts(wanted)])
        uses = {appointment: (number, kind, payer) for appointment, number, kind, payer in rows}
    for patient, permits in granted.items():
        once(_key(patient), lambda permits=permits: (permits, uses))  # type: ignore[misc]  # bound at once


def numbers(
    subject: Subject, patient_id: str, payer_id: str, day: date, *, appointment_id: str = "", codes: Iterable[str] = ()
) -> Numbers:
    """The numbers that a claim to a payer carries: of the authorization its visit stands on, else of one that fits.

    One that names its codes fits only claims with one of them.
    """
    with reading(subject):
        hold(subject, [patient_id])
        permits, uses = remembered(_key(patient_id))
        demands = _demands(subject)
    billed = tuple(codes)
    on, kind, payer = uses.get(appointment_id) or (None, "", "") if appointment_id else (None, "", "")
    if not kind or payer != payer_id:
        rule = rules.needed(demands, rules.Visit("", day, payer_id, "", billed))
        kind = rule.kind if rule is not None else ""
    found: dict[str, str] = {}
    who: Named | None = None
    for one in permits:
        about = not one.codes or any(rules.among(code, one.codes) for code in billed)
        fits = on == one.id or (about and one.kind not in found and rules.in_time(one, day))
        if one.payer_id == payer_id and fits:
            found[one.kind] = one.number  # empty where the payer said that none is needed
            who = one.referred_by or who
    return Numbers(found.get("authorization", ""), found.get("referral", ""), "" if kind in found else kind, who)


def _demands(subject: Subject) -> list[rules.Rule]:
    """The practice's rules, read once in a transaction."""
    return once(("authorization rules", subject.practice), lambda: standing.requirements(subject))


def _key(patient: str) -> tuple[str, str]:
    return "authorizations", patient


def _view(one: Authorization, rows: list[VisitAuthorization]) -> View:
    used = sum(row.used for row in rows)
    left = None if one.visits is None else max(one.visits - len(rows), 0)
    return View(one, used, len(rows) - used, left, rows)
