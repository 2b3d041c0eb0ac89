"""How fast the FHIR server is, over real HTTP: reads, searches, creates, bundles; its memory and its start.

    python -m bench.fhir [--size full]

``chartdesk serve`` runs with a process for each core, and PostgreSQL on the same cores. One client process asks over
32 connections, each sending its next request when its answer is whole; it costs a tenth of what it measures (see
``sockets``). Every request carries a token and leaves its audit row; every write is validated, indexed and waits for
the disk. The time within which 99 of 100 answers come is a row of its own.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from bench import measuring, sockets
from bench.measuring import CORES, RUNS, Context, Measurement
from bench.serving import served

CONNECTIONS = 32
LOADERS = 2
#: Milliseconds within which 99 of 100 answers shall come.
SLOWEST_MS = 50
#: What is measured: its name in the table, what it is, the unit, and what it shall reach on two cores.
MEASURES = (
    ("FHIR read", "an Observation by its id", "reads/s", 3000),
    ("FHIR search", "20 patients by family name", "searches/s", 2000),
    ("FHIR search", "in a chart, 20 rows", "searches/s", 2000),
    ("FHIR search", "by identifier", "searches/s", None),
    ("FHIR search", "by code and date, 20 rows", "searches/s", None),
    ("FHIR create", "one Observation", "creates/s", 1200),
    ("FHIR transaction", "bundles of a patient with 49 resources", "resources/s", 6000),
)
IN_BUNDLE = 50
MEMORY_MB, START_S = 300, 3
LOINC = ("29463-7", "8302-2", "8480-6", "8462-4", "8867-4", "2339-0", "4548-4", "718-7", "2093-3", "39156-5")


def reference(number: int) -> dict[str, str]:
    return {"reference": f"Patient/p{number}"}


def family(number: int) -> str:
    """A name that twenty patients have; none is the beginning of another, which a search would find as well."""
    return f"Family{number:05d}"


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


def chart(number: int, size: int = IN_BUNDLE) -> bytes:
    """A transaction bundle of ``size`` resources: a patient with 4 conditions and observations."""
    chance = random.Random(number)
    patient = {
        "resourceType": "Patient",
        "id": f"p{number}",
        "identifier": [{"system": "urn:example:mrn", "value": str(100_000 + number)}],
        "name": [{"family": family(number // 20), "given": [f"Given{number % 61}"]}],
        "gender": chance.choice(("female", "male")),
        "birthDate": f"{1930 + number % 90}-0{1 + number % 9}-11",
    }
    entries: list[dict[str, Any]] = [{"resource": patient, "request": {"method": "PUT", "url": f"Patient/p{number}"}}]
    for code in chance.sample(("E11.9", "I10", "J45.909", "M54.50", "E78.5", "F41.1"), 4):
        onset = f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        condition = {
            "resourceType": "Condition",
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}]},
            "subject": reference(number),
            "onsetDateTime": onset,
        }
        entries.append({"resource": condition, "request": {"method": "POST", "url": "Condition"}})
    entries += [
        {"resource": observation(number, chance), "request": {"method": "POST", "url": "Observation"}}
        for _ in range(size - 5)
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


def requests(token: str, charts: int, known: list[str]) -> list[Callable[[], bytes]]:
    """For each measure what gives its next request."""
    chance = random.Random(1)
    new = itertools.count(1_000_000)

    def get(path: str) -> bytes:
        return sockets.request("GET", f"/fhir/{path}", token)

    def some() -> int:
        return chance.randrange(charts)

    chart_search = "category=vital-signs&_sort=-date&_count=20"
    return [
        lambda: get(f"Observation/{chance.choice(known)}"),
        lambda: get(f"Patient?family={family(some() // 20)}&_count=20"),
        lambda: get(f"Observation?patient=p{some()}&{chart_search}"),
        lambda: get(f"Patient?identifier=urn:example:mrn%7C{100_000 + some()}"),
        lambda: get(f"Condition?code=I10&onset-date=ge20{chance.randrange(11, 26)}&_count=20"),
        lambda: sockets.request("POST", "/fhir/Observation", token, json.dumps(observation(some(), chance)).encode()),
        lambda: sockets.request("POST", "/fhir", token, chart(next(new))),
    ]


def load(share: tuple[str, int, int]) -> list[str]:
    """One process that stores every second chart, of a hundred resources; ids of some Observations."""
    token, charts, first = share
    client, known = Client(token), []
    for number in range(first, charts, LOADERS):
        answer = client.ask("POST", "", "", chart(number, 100))
        places = [entry["response"]["location"] for entry in json.loads(answer)["entry"]]
        known += [place.split("/")[-3] for place in places[-3:]]
    return known


def measurements(context: Context) -> list[Measurement]:
    """Open a practice, fill it through the API, let the database settle, serve it, measure."""
    from chartdesk.app import static_files
    from chartdesk.record.access import people

    # What is measured is how much it can do, and not how much one client may ask for.
    os.environ["CHARTDESK_FHIR_RATE"] = "0"
    practice, charts = people.open_practice("bench", "Bench"), context.size.charts
    identifier, secret = people.register_client(practice, "Bench", ["system/*.cruds"])
    token, _ = people.issue_token(identifier, secret)
    known = measuring.together(load, [(token, charts, number) for number in range(LOADERS)])
    measuring.settle()
    rows = measuring.rows_of(resources="record_resource")
    context.note(f"stored {rows}")
    static_files.collect()  # what a first start does once
    began = time.perf_counter()
    found: list[Measurement] = []
    with served(CORES) as server:
        started = time.perf_counter() - began
        asking = requests(token, charts, list(itertools.chain(*known)))
        for (name, what, unit, target), following in zip(MEASURES, asking, strict=True):
            share = IN_BUNDLE if unit == "resources/s" else 1
            taken = [_asked(server.port, following, context.size.seconds) for _ in range(RUNS + 1)][1:]
            rates = [answers.rate * share for answers in taken]
            slowest = [answers.percentile(0.99) for answers in taken]
            place = (rows, CORES, CONNECTIONS)
            found.append(Measurement(name, what, *place, rates, unit, "limit" if target else "", target))
            limit = ("limit", SLOWEST_MS) if share == 1 else ("", None)
            found.append(Measurement(name, f"{what}: 99 of 100", *place, slowest, "ms", *limit))
        memory = [server.megabytes()]
    place = (rows, CORES, CONNECTIONS)
    found.append(
        Measurement("FHIR server", "memory of a process after all that", *place, memory, "MB", "limit", MEMORY_MB)
    )
    found.append(
        Measurement(
            "FHIR server", "from its start to its first answer", rows, CORES, 1, [started], "s", "limit", START_S
        )
    )
    return found


def _asked(port: int, following: Callable[[], bytes], seconds: float) -> sockets.Answers:
    answers = sockets.load(port, CONNECTIONS, following, seconds=seconds)
    if answers.refused:
        sys.exit(answers.refused.decode(errors="replace"))
    return answers


if __name__ == "__main__":
    sys.exit(measuring.command(["fhir"]))
