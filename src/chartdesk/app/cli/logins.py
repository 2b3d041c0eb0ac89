"""Commands about practices and logins: open-practice, staff-login, new-password, patient-login."""

from __future__ import annotations

import argparse
import secrets
from typing import Any

from chartdesk.app.cli.opening import program, subject, with_practice

_USERNAME = "what they log in with: small letters, digits, dots, dashes"


def add(commands: Any) -> None:
    """Declare the commands."""
    opened = commands.add_parser("open-practice", help="a new practice and its first manager")
    opened.add_argument("slug", help="short name of the practice, such as riverbend; it stays")
    opened.add_argument("name", help="name as it stands on claims and letters")
    opened.add_argument("--zone", default="America/New_York", help="IANA time zone (default America/New_York)")
    opened.add_argument("--manager", required=True, metavar="USERNAME", help=_USERNAME)
    opened.add_argument("--manager-name", required=True, metavar="NAME", help="first and last name")
    opened.set_defaults(run=_open)
    staff = commands.add_parser("staff-login", help="a place for somebody, also where they work elsewhere already")
    staff.add_argument("username", help=_USERNAME + "; a known one keeps its password")
    staff.add_argument("--name", required=True, help="first and last name")
    staff.add_argument("--role", required=True, action="append", help="front_desk, nurse, biller, manager; repeatable")
    with_practice(staff)
    staff.set_defaults(run=_staff)
    renewed = commands.add_parser("new-password", help="a new password for somebody who has forgotten theirs")
    renewed.add_argument("username")
    with_practice(renewed)
    renewed.set_defaults(run=_renew)
    login = commands.add_parser("patient-login", help="a login for a patient, who then sees their own record")
    login.add_argument("username", help="what the patient logs in with; a known one gets this patient as well")
    login.add_argument("--mrn", required=True, help="record number of the patient")
    with_practice(login)
    login.set_defaults(run=_login)


def _open(chosen: argparse.Namespace) -> int:
    with program():
        from django.db import transaction

        from chartdesk.record.access import people, staffing
        from chartdesk.record.access.subject import Role, system

        manager = staffing.Person(chosen.manager_name, chosen.manager, frozenset({Role.MANAGER}))
        with transaction.atomic():  # a practice without its manager would be of no use
            practice = people.open_practice(chosen.slug, chosen.name, zone=chosen.zone)
            given = staffing.hire(system(practice.pk, "command line"), manager, known=True)
        print(f"{practice.name} is open. {chosen.manager} logs in and sets it up under Practice.")
        _tell(given.password)
    return 0


def _staff(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.kit.errors import Invalid
        from chartdesk.record.access import people, staffing
        from chartdesk.record.access.subject import Role

        who = subject(chosen)
        strange = [role for role in chosen.role if role not in {*staffing.STAFF} - {Role.CLINICIAN}]
        if strange:
            raise Invalid(
                f"This command gives no place as {strange[0]}.",
                cure="A clinician's place is given on the page Practice → People, where the clinician is chosen.",
            )
        person = staffing.Person(chosen.name, chosen.username, frozenset(map(Role, chosen.role)))
        given = staffing.hire(who, person, known=True)
        print(f"{chosen.username} works in {people.practice_of(who).name} as {', '.join(sorted(person.roles))}.")
        _tell(given.password)
    return 0


def _renew(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.kit.errors import NotFound
        from chartdesk.record.access import staffing
        from chartdesk.record.access.models import User

        who = subject(chosen)
        user = User.objects.filter(username=chosen.username, memberships__practice=who.practice).first()
        if user is None:
            raise NotFound(f"Nobody logs in to this practice as {chosen.username}.", cure="Check --practice.")
        _tell(staffing.reset(who, user).password)
    return 0


def _tell(password: str) -> None:
    # Shown to the operator this once; only its hash is kept.
    words = "Password, shown this once and to be changed at the first login:"
    print(f"{words} {password}" if password else "The password is as it was.")


def _login(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.pms.registration import queries
        from chartdesk.record.access import people
        from chartdesk.record.access.models import User

        who = subject(chosen)
        patient = queries.patient_by_mrn(who, chosen.mrn)
        known = User.objects.filter(username=chosen.username).exists()
        password = "" if known else secrets.token_urlsafe(12)
        practice = people.practice_of(who)
        people.add_patient(
            practice, chosen.username, patient.patient_id, password=password, name=patient.full_name, given=True
        )
        print(f"{chosen.username} sees the record of {patient.full_name} (MRN {patient.mrn}) in {practice.name}.")
        _tell(password)
    return 0
