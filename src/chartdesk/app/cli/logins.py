"""Commands about logins: patient-login."""

from __future__ import annotations

import argparse
import secrets
from typing import Any

from chartdesk.app.cli.opening import program, subject, with_practice


def add(commands: Any) -> None:
    """Declare the commands."""
    login = commands.add_parser("patient-login", help="a login for a patient, who then sees their own record")
    login.add_argument("username", help="what the patient logs in with; a known one gets this patient as well")
    login.add_argument("--mrn", required=True, help="record number of the patient")
    with_practice(login)
    login.set_defaults(run=_login)


def _login(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.pms.registration import queries
        from chartdesk.record.access import people
        from chartdesk.record.access.models import User

        who = subject(chosen)
        patient = queries.patient_by_mrn(who, chosen.mrn)
        known = User.objects.filter(username=chosen.username).exists()
        password = secrets.token_urlsafe(12)
        practice = people.practice_of(who)
        people.add_patient(practice, chosen.username, patient.patient_id, password=password, name=patient.full_name)
        print(f"{chosen.username} sees the record of {patient.full_name} (MRN {patient.mrn}) in {practice.name}.")
        # Shown to the operator this once; only its hash is kept.
        print("The password is as it was." if known else f"Password, shown this once: {password}")
    return 0
