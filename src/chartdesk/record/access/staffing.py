"""Who works in a practice: the logins and places that its manager gives, changes and ends.

A password that somebody was given is used once: its owner chooses another before they see a page. A manager sets the
password of those only who work nowhere else, for whoever sets it could log in as them.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from django.db.models import QuerySet

from chartdesk.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import audit, reading
from chartdesk.record.access.faults import Fault
from chartdesk.record.access.models import Membership, User
from chartdesk.record.access.subject import Role, Subject

#: What people of a practice work as.
STAFF = (Role.FRONT_DESK, Role.NURSE, Role.CLINICIAN, Role.BILLER, Role.MANAGER, Role.INTEGRATOR)
#: What people log in with.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
USERNAME_CURE = "Use three or more small letters, digits, dots, dashes or underscores."
NAME_LENGTH = 150


@dataclass(frozen=True)
class Person:
    """Somebody of the staff. ``practitioner`` is the id of a clinician's Practitioner resource."""

    name: str
    username: str
    roles: frozenset[Role]
    practitioner: str = ""


@dataclass(frozen=True)
class Given:
    """A login, and the password that it was given: to be told to its owner now, for only its hash is kept."""

    user: User
    password: str


@dataclass
class Worker:
    """A person of the practice with everything they work as; none: they have left."""

    user: User
    roles: list[Role] = field(default_factory=list)
    practitioner: str = ""

    @property
    def active(self) -> bool:
        """Whether they can log in here."""
        return bool(self.roles) and self.user.is_active

    @property
    def name(self) -> str:
        """What people call them; the user name where nothing else is known."""
        return self.user.get_full_name() or self.user.username


def staff(subject: Subject) -> list[Worker]:
    """The people of the practice by name, those who have left at the end. Raises Forbidden."""
    subject.require(Role.MANAGER)
    return sorted(_workers(subject).values(), key=lambda one: (not one.active, one.user.last_name, one.user.first_name))


def worker(subject: Subject, user: int) -> Worker:
    """One of them. Raises Forbidden, NotFound."""
    subject.require(Role.MANAGER)
    found = _workers(subject).get(user)
    if found is None:
        raise NotFound("Nobody of the staff has this login.", where="user")
    return found


def hire(subject: Subject, person: Person, *, known: bool = False) -> Given:
    """Give somebody a login and a place. Raises Forbidden, Invalid with every wrong field, Conflict for a taken login.

    ``known`` gives the place to a login that there is already, beside those it has and with its own password (Given has
    none then): for the operator, who knows whose it is. A patient's login is never one of the staff.
    """
    subject.require(Role.MANAGER)
    _check(person)
    with transaction(subject):
        advisory_lock("staff", subject.practice)
        advisory_lock("login", person.username)  # two practices may want the same at once
        user = User.objects.filter(username=person.username).first()
        password = ""
        if user is None:
            password = secrets.token_urlsafe(12)
            user = User.objects.create_user(person.username, password=password, password_given=True, **_names(person))
        elif not known or Membership.objects.filter(user=user, role=Role.PATIENT).exists():
            raise Conflict(
                f"The user name {person.username} is taken.",
                cure="Choose another. Your operator gives a place to somebody who works in another practice too.",
                where="username",
            )
        _place(subject, user, person, also=True)
    return Given(user, password)


def amend(subject: Subject, user: int, person: Person) -> Worker:
    """Change what somebody is called and works as; the user name stays. Raises like ``hire``, and NotFound.

    A login that works in another practice too keeps its name. Raises Conflict where no manager would be left.
    """
    known = worker(subject, user)
    person = Person(person.name, known.user.username, person.roles, person.practitioner)
    _check(person)
    with transaction(subject):
        advisory_lock("staff", subject.practice)
        if not _works_elsewhere(subject, user):
            User.objects.filter(pk=user).update(**_names(person))
        _place(subject, known.user, person, also=False)
        _check_managed(subject)
    return worker(subject, user)


def dismiss(subject: Subject, user: int) -> None:
    """End every place of somebody here. Raises Forbidden, NotFound, Conflict where no manager would be left."""
    worker(subject, user)
    with transaction(subject):
        advisory_lock("staff", subject.practice)
        _places(subject).filter(user=user).update(active=False)
        _check_managed(subject)
        audit.record(subject, "D", "membership", resource_id=str(user), detail=f"every place of user {user} ended")


def renew_password(subject: Subject, user: int) -> Given:
    """Give somebody a new password, which ends wherever they are logged in. Raises Forbidden, NotFound."""
    known = worker(subject, user)
    if _works_elsewhere(subject, user):
        raise Forbidden(f"{known.name} works in another practice too.", cure="Your operator gives a new password.")
    return reset(subject, known.user)


def reset(subject: Subject, user: User) -> Given:
    """The same without looking where they work: for the operator."""
    password = secrets.token_urlsafe(12)
    with transaction(subject):
        user.set_password(password)
        user.password_given = True
        user.save(update_fields=["password", "password_given"])
        audit.record(subject, "U", "login", resource_id=str(user.pk), detail=f"new password given to user {user.pk}")
    return Given(user, password)


def _workers(subject: Subject) -> dict[int, Worker]:
    found: dict[int, Worker] = {}
    for place in _places(subject).select_related("user").order_by("pk"):
        one = found.setdefault(place.user_id, Worker(place.user))
        if place.active:
            one.roles.append(Role(place.role))
            one.practitioner = one.practitioner or place.practitioner
    return found


def _places(subject: Subject) -> QuerySet[Membership]:
    return Membership.objects.filter(practice=subject.practice).exclude(role=Role.PATIENT)


def _place(subject: Subject, user: User, person: Person, *, also: bool) -> None:
    """Give ``user`` the places of ``person``, beside those there are or in their stead; each change is noted."""
    _check_clinician(subject, person)
    before = {Role(place.role) for place in _places(subject).filter(user=user, active=True)}
    for role in person.roles:
        Membership.objects.update_or_create(
            user=user,
            practice=subject.practice,
            role=role,
            patient="",
            defaults={"active": True, "practitioner": person.practitioner if role is Role.CLINICIAN else ""},
        )
    taken = set() if also else before - person.roles
    _places(subject).filter(user=user, role__in=taken).update(active=False)
    for role in sorted(taken | (person.roles - before)):
        done = "given to" if role in person.roles else "taken from"
        audit.record(subject, "U", "membership", resource_id=str(user.pk), detail=f"{role} {done} user {user.pk}")


def _check_clinician(subject: Subject, person: Person) -> None:
    if Role.CLINICIAN in person.roles:
        try:
            reading.get(subject, "Practitioner", person.practitioner, why="place of a clinician")
        except (Gone, NotFound) as fault:
            raise Invalid("There is no such clinician.", cure="Choose another.", where="practitioner") from fault


def _check_managed(subject: Subject) -> None:
    if not _places(subject).filter(role=Role.MANAGER, active=True, user__is_active=True).exists():
        raise Conflict("The practice would have no manager.", cure="Make somebody else a manager first.", where="roles")


def _works_elsewhere(subject: Subject, user: int) -> bool:
    return Membership.objects.filter(user=user, active=True).exclude(practice=subject.practice).exists()


def _names(person: Person) -> dict[str, str]:
    first, _, last = person.name.strip().rpartition(" ")
    return {"first_name": first, "last_name": last}


def _check(person: Person) -> None:
    strange = person.roles - set(STAFF)
    checks = (
        ("name", bool(person.name.strip()), "The person has no name.", "Write first and last name."),
        ("name", len(person.name) <= NAME_LENGTH, "The name is too long.", f"Use at most {NAME_LENGTH} letters."),
        ("username", USERNAME.fullmatch(person.username), f"{person.username!r} cannot be a user name.",
         USERNAME_CURE),
        ("roles", bool(person.roles), "The person works as nothing.", "Choose what they work as."),
        ("roles", not strange, f"Nobody of the staff works as {', '.join(sorted(strange))}.",
         f"Choose among {', '.join(STAFF)}."),
        ("practitioner", Role.CLINICIAN not in person.roles or person.practitioner, "Which clinician is it?",
         "Choose one; Practice → Schedule is where clinicians are added."),
    )  # fmt: skip
    faults = [Fault(where, message, cure) for where, right, message, cure in checks if not right]
    if faults:
        raise Invalid("The person cannot be saved like this.", issues=faults, cure="Correct the fields marked.")
