"""Opening a program from a patient's page: what was on the screen is kept until the program asks for it.

Guide section: SMART App Launch 2.2, EHR launch
(https://hl7.org/fhir/smart-app-launch/app-launch.html#launch-app-ehr-launch).
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

from chartdesk.kit import clock
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, store
from chartdesk.record.access import programs, tokens
from chartdesk.record.access.models import ApiClient, Launch, User
from chartdesk.record.access.subject import Subject

#: A program opens at once; what nobody asked for within this time is gone.
LIFE = timedelta(minutes=5)


def launch(subject: Subject, user: User, client_id: str, *, base: str, patient: str, encounter: str = "") -> str:
    """The address that opens the program with this patient and visit. ``base`` is that of the FHIR server.

    Raises NotFound where there is no such program, patient, or visit of the patient's, Forbidden for patients.
    """
    client = next((one for one in programs.launchable(subject) if one.client_id == client_id), None)
    if client is None:
        raise NotFound("That program cannot be opened from here.", cure="Ask the manager to register where it opens.")
    with transaction(subject):
        store.get(subject, "Patient", patient, why="program launch")
        if encounter and store.get(subject, "Encounter", encounter, why="program launch").patient != patient:
            raise NotFound(f"There is no visit {encounter} of this patient.")
        token = tokens.new_secret()
        Launch.objects.create(
            practice=subject.practice,
            client=client,
            user=user,
            token_hash=tokens.digest(token),
            patient=patient,
            encounter=encounter,
            created=clock.now(),
            expires=clock.now() + LIFE,
        )
        audit.record(subject, "E", "program launch", patient=patient, resource_id=client_id, detail=client.name)
    parts = urlsplit(client.launch_uri)
    query = "&".join(part for part in (parts.query, urlencode({"iss": base, "launch": token})) if part)
    return urlunsplit(parts._replace(query=query))


def opened(client: ApiClient, user: User, token: str) -> Launch | None:
    """What was on the screen; None for a token that is unknown, another's or too old. Inside a transaction."""
    found = Launch.objects.filter(token_hash=tokens.digest(token), client=client, user=user)
    return found.filter(expires__gt=clock.now()).first()
