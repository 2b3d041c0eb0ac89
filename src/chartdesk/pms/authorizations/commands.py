"""Writing rules, numbers that came by phone, and what is planned for a visit. Asking payers is in ``requesting``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, NotFound, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.pms.authorizations.checking import checked_codes, checked_kind
from chartdesk.pms.authorizations.models import GRANTED, Authorization, Requirement, VisitAuthorization
from chartdesk.pms.authorizations.requesting import (
    ROLES,
    Wanted,
    ask_again,
    ask_pended,
    cancel,
    extend,
    locked,
    receive,
    request,
    settle_unanswered,
    tell,
)
from chartdesk.pms.authorizations.standing import refresh, watch
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.registration import named
from chartdesk.pms.registration.named import Named
from chartdesk.pms.registration.validation import Faults
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

__all__ = [
    "Entered",
    "Wanted",
    "ask_again",
    "ask_pended",
    "cancel",
    "choose",
    "demand",
    "end_demand",
    "enter",
    "extend",
    "plan",
    "receive",
    "refresh",
    "request",
    "settle_unanswered",
    "watch",
]

#: How a number came that was not asked for with a 278.
SOURCES = {"phone": "by phone", "portal": "on the payer's pages", "fax": "by fax", "letter": "by letter"}


@dataclass(frozen=True)
class Entered:
    """A number as somebody wrote it down. ``state`` approved, denied, pended or not_needed."""

    number: str
    first_day: date
    expires: date | None = None
    visits: int | None = None
    kind: str = "authorization"
    state: str = "approved"
    source: str = "phone"
    codes: tuple[str, ...] = ()
    note: str = ""
    referred_by: Named | None = None


def demand(subject: Subject, wanted: Requirement) -> Requirement:
    """Set a rule: such visits need an authorization. Raises Invalid with every wrong field."""
    subject.require(Role.MANAGER, Role.BILLER)
    with transaction(subject):
        faults = Faults()
        checked_kind(wanted.kind, faults)
        wanted.codes = checked_codes(wanted.codes, faults, ranges=True)
        known = {one.code for one in scheduling.visit_types(subject, active=False)}
        for kind in wanted.visit_types:
            if kind not in known:
                faults.add("visit_types", f"There is no visit type {kind!r}.", "Choose from the list.")
        if wanted.payer_id and wanted.payer_id not in {one.payer_id for one in coverages.payers(subject, active=False)}:
            faults.add("payer_id", f"There is no payer {wanted.payer_id!r}.", "Choose from the list.")
        if wanted.ends is not None and wanted.ends < wanted.effective:
            faults.add("ends", "The rule ends before it begins.", "Check both dates.")
        faults.raise_any("The rule")
        wanted.practice, wanted.note = subject.practice, wanted.note.strip()
        wanted.save()
    watch(subject)
    return wanted


def end_demand(subject: Subject, requirement_id: int, on: date) -> None:
    """Let a rule end with the day ``on``. Raises NotFound."""
    subject.require(Role.MANAGER, Role.BILLER)
    with transaction(subject):
        rows = Requirement.objects.filter(practice=subject.practice, pk=requirement_id)
        found = rows.first()
        if found is None:
            raise NotFound(f"There is no rule {requirement_id}.", cure="Reload the page.")
        if on < found.effective:
            found.delete()
        else:
            rows.update(ends=on)
    watch(subject)


def enter(
    subject: Subject, coverage_id: str, given: Entered, *, of: int | None = None, version: int = 0
) -> Authorization:
    """Write down what the payer said by phone, on paper or on its pages; ``of`` amends one that is there.

    Raises Invalid with every wrong field, Stale where somebody else changed it meanwhile.
    """
    subject.require(*ROLES)
    with transaction(subject):
        codes, who = _checked(given)
        if of is None:
            policy = coverages.coverage(subject, coverage_id, given.first_day)
            made = Authorization(
                practice=subject.practice, patient=policy.patient_id, coverage=coverage_id,
                payer_id=policy.payer_id, asked=clock.now(), version=0,
            )  # fmt: skip
        else:
            made = locked(subject, of)
            if made.version != version:
                raise Stale(
                    "Somebody else changed the authorization meanwhile.", current=made.version, cure="Reload the page."
                )
        made.number, made.kind, made.state, made.source = given.number.strip(), given.kind, given.state, given.source
        made.codes, made.visits, made.visits_asked = codes, given.visits, made.visits_asked or given.visits
        made.first_day, made.effective, made.expires = given.first_day, given.first_day, given.expires
        made.answered, made.actor, made.note = clock.now(), subject.actor, given.note.strip()
        made.referred_by = msgspec.to_builtins(who) if who is not None else {}
        made.reason, made.cure, made.version = "", "", made.version + 1
        made.messages = [f"Written down {SOURCES[given.source]}."]
        made.save()
        audit.record(
            subject, "C" if of is None else "U", "authorization", patient=made.patient, resource_id=str(made.pk)
        )
        tell(subject, made)
    return made


def plan(subject: Subject, appointment_id: str, codes: Iterable[str]) -> None:
    """Say which services are planned for a visit, by procedure code. Raises Invalid, NotFound."""
    subject.require(*ROLES)
    with transaction(subject):
        faults = Faults()
        wanted = checked_codes(codes, faults)
        faults.raise_any("The services planned")
        row = _row(subject, appointment_id)
        row.codes = wanted
        row.save()
        refresh(subject, row.patient)


def choose(subject: Subject, appointment_id: str, authorization_id: int | None) -> None:
    """Put a visit on an authorization, or let the rules choose again. Raises Conflict, NotFound."""
    subject.require(*ROLES)
    with transaction(subject):
        row = _row(subject, appointment_id)
        if authorization_id is not None:
            found = locked(subject, authorization_id)
            if found.patient != row.patient:
                raise Conflict("That is an authorization of another patient.", where="authorization")
            if found.state not in GRANTED:
                raise Conflict(f"The authorization is {found.words}.", cure="Choose one that the payer granted.")
        row.authorization_id, row.chosen = authorization_id, authorization_id is not None
        row.save()
        refresh(subject, row.patient)


def _row(subject: Subject, appointment_id: str) -> VisitAuthorization:
    """The row of a visit, or a new one."""
    visit = scheduling.appointment(subject, appointment_id)
    held = VisitAuthorization.objects.select_for_update().filter(practice=subject.practice, appointment=appointment_id)
    found: VisitAuthorization | None = held.first()
    audit.record(subject, "U", "authorization", patient=visit.patient_id, detail=f"visit {appointment_id}")
    day = visit.starts.astimezone(ZoneInfo(practice_of(subject).zone)).date()
    return found or VisitAuthorization(
        practice=subject.practice, appointment=appointment_id, patient=visit.patient_id, day=day
    )


def _checked(given: Entered) -> tuple[list[str], Named | None]:
    faults = Faults()
    codes = checked_codes(given.codes, faults)
    checked_kind(given.kind, faults)
    if given.state not in ("approved", "denied", "pended", "not_needed"):
        faults.add("state", f"{given.state!r} is not what a payer says.", "Choose from the list.")
    if given.source not in SOURCES:
        faults.add("source", f"{given.source!r} is not a way.", "Choose from the list.")
    number = given.number.strip()
    if given.state == "approved" and not 2 <= len(number) <= 50:
        faults.add("number", "The number is missing or too long.", "Write it as the payer gave it.")
    if any(not 32 <= ord(one) < 127 or one in "*~:^" for one in number):
        faults.add("number", "The number holds a character that claims cannot carry.", "Use letters and digits.")
    if given.expires is not None and given.expires < given.first_day:
        faults.add("expires", "It expires before it begins.", "Check both dates.")
    if given.visits is not None and not 1 <= given.visits <= 999:
        faults.add("visits", f"{given.visits} is no number of visits.", "Write 1 to 999, or leave it empty.")
    who = named.checked(given.referred_by, "referring", "referring", faults) if given.referred_by else None
    faults.raise_any("The authorization")
    return codes, who
