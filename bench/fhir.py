"""How fast the FHIR API is: bundles in, creates, reads, searches, each against its target.

    python bench/fhir.py [patients] [clients]

Starts a server of its own in a temporary folder and removes it. Every request passes the API's own handler with
its token, scopes, validation, history, index and audit row; only the socket is left out. ``clients`` processes
(default 2) ask at the same time, as that many server processes would. The database does not wait for the disk,
so the figures show the work and not the disk of one machine.

Targets: published figures of other servers on eight cores (Aidbox, June 2026: 5,212 creates, reads, updates and
deletes a second; 2,678 resources a second in bundles; 3,404 searches a second), a quarter of them for two cores.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SECONDS = 4.0
TARGETS = {
    "transaction resources": 670,
    "create": 1303,
    "read": 1303,
    "search in a chart, 20 rows": 851,
    "search by identifier": 851,
    "search by code and date": 851,
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


def work(token: str, patients: int, seed: int, gate: Any, results: Any) -> None:
    """One client process: all measures, each begun together with the others."""
    import django

    django.setup()
    for name, round_ in measures(Client(token), patients, seed):
        round_()
        gate.wait()
        done, start = 0, time.perf_counter()
        while time.perf_counter() - start < SECONDS:
            done += round_()
        results.put((name, done / (time.perf_counter() - start)))
        gate.wait()


def filled(patients: int) -> str:
    """Open a practice, fill it, let the database settle; returns a token for it."""
    import psycopg

    from chartdesk.app import database
    from chartdesk.record.access import people

    practice = people.open_practice("bench", "Bench")
    identifier, secret = people.register_client(practice, "Bench", ["system/*.cruds"])
    token, _ = people.issue_token(identifier, secret)
    client, start = Client(token), time.perf_counter()
    for number in range(patients):
        client.ask("POST", "", "", chart(number))
    taken = time.perf_counter() - start
    print(f"{50 * patients:,} resources in {taken:.1f} s by one client: {50 * patients / taken:,.0f}/s", flush=True)
    with psycopg.connect(database.dsn(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
    return token


def main() -> None:
    """Run and print one line per measure."""
    patients = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    home = Path(tempfile.mkdtemp(prefix="cd-bench-"))
    os.environ["CHARTDESK_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "chartdesk.app.settings"
    os.environ["CHARTDESK_LOG_LEVEL"] = "ERROR"
    os.environ.pop("DATABASE_URL", None)
    import django

    from chartdesk.app import postgres

    cluster = postgres.start(home, durable=False)
    try:
        django.setup()
        from django.db import connections

        from chartdesk.app import schema

        schema.migrate()
        token = filled(patients)
        connections.close_all()
        compare(token, patients, clients)
    finally:
        postgres.stop(cluster)
        if cluster.user:
            shutil.rmtree(cluster.data.parent, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def compare(token: str, patients: int, clients: int) -> None:
    """Let the clients work and add up what they did."""
    context = multiprocessing.get_context("spawn")
    gate, results = context.Barrier(clients), context.Queue()
    processes = [context.Process(target=work, args=(token, patients, seed, gate, results)) for seed in range(clients)]
    for process in processes:
        process.start()
    sums: dict[str, float] = {}
    for _ in range(clients * len(TARGETS)):
        name, rate = results.get(timeout=120)
        sums[name] = sums.get(name, 0.0) + rate
    for process in processes:
        process.join()
    for name, target in TARGETS.items():
        verdict = "" if sums[name] >= target else "   BELOW TARGET"
        print(f"{name:28} {sums[name]:8,.0f}/s   target {target:6,}/s{verdict}")


if __name__ == "__main__":
    main()
