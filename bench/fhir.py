"""How fast the FHIR API is: bundles in, creates, reads, searches, each against its target.

    python -m bench.fhir [--size full]

Every request passes the API's own handler with its token, scopes, validation, history, index and audit row; only
the socket is left out. Two processes ask at the same time, as that many server processes would, and the database
works on the same cores.

Targets: published figures of another server on eight cores (Aidbox, June 2026: 5,212 creates, reads, updates and
deletes a second; 2,678 resources a second in bundles; 3,404 searches a second), scaled by the cores of this machine.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

from bench import measuring
from bench.measuring import CORES, Context, Measurement

PROCESSES = 2
PEER = f"Aidbox, 8 cores, scaled to {CORES}"
#: What is measured: its name in the table, its unit, and what the peer does on eight cores.
MEASURES = {
    "transaction resources": ("FHIR transaction", "resources/s", 2678),
    "create": ("FHIR create", "creates/s", 5212),
    "read": ("FHIR read", "reads/s", 5212),
    "search in a chart, 20 rows": ("FHIR search", "searches/s", 3404),
    "search by identifier": ("FHIR search", "searches/s", 3404),
    "search by code and date": ("FHIR search", "searches/s", 3404),
}
#: The measure in words, where the name above does not say it.
WORDS = {
    "transaction resources": "bundles of a patient with 49 resources",
    "create": "one Observation",
    "read": "an Observation by its id",
}
LOINC = ("29463-7", "8302-2", "8480-6", "8462-4", "8867-4", "2339-0", "4548-4", "718-7", "2093-3", "39156-5")


def reference(number: int) -> dict[str, str]:
    return {"reference": f"Patient/p{number}"}


def observation(number: int, chance: random.Random) -> dict[str, Any]:
    """A vital sign or laboratory result."""
    day = f"{chance.randrange(2016, 2026)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    kind = chance.choice(("vital-signs", "laboratory"))
    system = "http://terminology.hl7.org/CodeSystem/observation-category"
    code = chance.choice(LOINC)
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": system, "code": kind}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": f"Measure {code}"},
        "subject": reference(number),
        "effectiveDateTime": f"{day}T09:30:00-05:00",
        "issued": f"{day}T09:45:00.000-05:00",
        "valueQuantity": {
            "value": round(chance.uniform(1, 200), 1),
            "unit": "kg",
            "system": "http://unitsofmeasure.org",
            "code": "kg",
        },
    }


def chart(number: int) -> bytes:
    """A transaction bundle: a patient with 4 conditions and 45 observations."""
    chance = random.Random(number)
    patient = {
        "resourceType": "Patient",
        "id": f"p{number}",
        "identifier": [{"system": "urn:example:mrn", "value": str(100_000 + number)}],
        "name": [{"family": f"Family{number % 997}", "given": [f"Given{number % 61}"]}],
        "gender": chance.choice(("female", "male")),
        "birthDate": f"{1930 + number % 90}-0{1 + number % 9}-11",
    }
    entries: list[dict[str, Any]] = [{"resource": patient, "request": {"method": "PUT", "url": f"Patient/p{number}"}}]
    for code in chance.sample(("E11.9", "I10", "J45.909", "M54.50", "E78.5", "F41.1"), 4):
        condition = {
            "resourceType": "Condition",
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}]},
            "subject": reference(number),
            "onsetDateTime": f"20{chance.randrange(10, 26)}-04-02",
        }
        entries.append({"resource": condition, "request": {"method": "POST", "url": "Condition"}})
    entries += [
        {"resource": observation(number, chance), "request": {"method": "POST", "url": "Observation"}}
        for _ in range(45)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}).encode()


class Client:
    """Asks the handler with a token."""

    def __init__(self, token: str) -> None:
        self.headers = {
            "host": "localhost",
            "authorization": f"Bearer {token}",
            "content-type": "application/fhir+json",
        }

    def ask(self, method: str, path: str, query: str = "", body: bytes = b"") -> bytes:
        """One request; ends the run where it is refused."""
        from chartdesk.api.fhir import Request, handle

        response = handle(Request(method, f"/fhir{path}", query, dict(self.headers), body, "192.0.2.1"))
        if response.status not in (200, 201):
            sys.exit(f"{method} {path}: {response.status} {response.body[:300].decode()}")
        return response.body


def measures(client: Client, patients: int, seed: int) -> Iterator[tuple[str, Callable[[], int]]]:
    """Name and one round of each measure; a round returns how many it did."""
    chance = random.Random(seed)
    numbers = iter(range(1_000_000 * (seed + 1), 2_000_000 * (seed + 1)))
    page = json.loads(client.ask("GET", "/Observation", f"_count=1000&patient=p{chance.randrange(patients)}"))
    known = [entry["resource"]["id"] for entry in page["entry"]]
    for _ in range(9):
        page = json.loads(client.ask("GET", "/Observation", f"patient=p{chance.randrange(patients)}"))
        known += [entry["resource"]["id"] for entry in page["entry"]]

    def some() -> int:
        return chance.randrange(patients)

    def ask(*request: Any) -> int:
        client.ask(*request)
        return 1

    vital = "category=vital-signs&_sort=-date&_count=20"
    yield "transaction resources", lambda: 50 * ask("POST", "", "", chart(next(numbers)))
    yield (
        "create",
        lambda: ask("POST", "/Observation", "", json.dumps(observation(some(), chance)).encode()),
    )
    yield "read", lambda: ask("GET", f"/Observation/{chance.choice(known)}")
    yield "search in a chart, 20 rows", lambda: ask("GET", "/Observation", f"patient=p{some()}&{vital}")
    yield (
        "search by identifier",
        lambda: ask("GET", "/Patient", f"identifier=urn:example:mrn|{100_000 + some()}"),
    )
    yield (
        "search by code and date",
        lambda: ask("GET", "/Condition", f"code=I10&onset-date=ge20{chance.randrange(11, 26)}&_count=20"),
    )


def work(share: tuple[str, int, int, float]) -> dict[str, list[tuple[int, float, float]]]:
    """One client process: all measures, each run begun together with the others."""
    token, charts, seed, seconds = share
    return {name: measuring.rates(call, seconds) for name, call in measures(Client(token), charts, seed)}


def load(share: tuple[str, int, int]) -> None:
    """One process that stores every second chart."""
    token, charts, first = share
    client = Client(token)
    for number in range(first, charts, PROCESSES):
        client.ask("POST", "", "", chart(number))


def measurements(context: Context) -> list[Measurement]:
    """Open a practice, fill it through the API, let the database settle, measure."""
    from chartdesk.record.access import people

    practice, charts = people.open_practice("bench", "Bench"), context.size.charts
    identifier, secret = people.register_client(practice, "Bench", ["system/*.cruds"])
    token, _ = people.issue_token(identifier, secret)
    measuring.together(load, [(token, charts, number) for number in range(PROCESSES)])
    measuring.settle()
    rows = measuring.rows_of(resources="record_resource")
    context.note(f"stored {rows}")
    shares = measuring.together(work, [(token, charts, seed, context.size.seconds) for seed in range(PROCESSES)])
    found = []
    for name, (title, unit, published) in MEASURES.items():
        taken = measuring.summed([share[name] for share in shares])
        words, target = WORDS.get(name, name), published * CORES / 8
        found.append(Measurement(title, words, rows, PROCESSES, PROCESSES, taken, unit, PEER, target))
    return found


if __name__ == "__main__":
    sys.exit(measuring.command(["fhir"]))
