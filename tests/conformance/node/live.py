"""Open a practice and let it live: registration to remittance, statements, payments, and what was imported.

Run in a process of its own, on the database of the test run. Prints one line of JSON.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from chartdesk.app import wiring

wiring.set_up()

from chartdesk.app import configuration  # noqa: E402
from chartdesk.app.demo import loader, plan, setup  # noqa: E402
from chartdesk.app.demo.loader import InProcessPayer  # noqa: E402
from chartdesk.app.demo.people import Maker  # noqa: E402
from chartdesk.app.demo.replay import Replay  # noqa: E402
from chartdesk.exchange.sandbox.program import Sandbox  # noqa: E402
from chartdesk.kit import clock  # noqa: E402
from chartdesk.pms.coverage import connections  # noqa: E402
from chartdesk.pms.registration import commands as registration  # noqa: E402
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration  # noqa: E402
from chartdesk.record import importing, search  # noqa: E402
from chartdesk.record.access import people  # noqa: E402
from chartdesk.record.access.subject import system  # noqa: E402

SYNTHEA = Path(__file__).resolve().parents[4] / "shared" / "samples" / "fhir" / "synthea"
#: Somebody with all that the front desk can write down.
FULL = Registration(
    Person(
        family="Full", given="Ann", middle="Lee", suffix="Jr", preferred="Annie", birth_date=date(1990, 2, 3),
        sex="female", phone_mobile="614-555-0123", phone_work="614-555-0199 x12", email="ann@example.com",
        address=Address("12 Oak Street", "Apt 4", "Columbus", "OH", "432151234"), language="es", race="White",
        ethnicity="Not Hispanic or Latino", marital_status="married", ssn="123-45-6789",
    ),
    contacts=[Contact("Lou Full", "wife", "614-555-0177")],
    guarantor=Guarantor("parent", Person(family="Full", given="Rose", birth_date=date(1955, 5, 6))),
    alerts="Needs an interpreter",
)  # fmt: skip
PEOPLE, VISITS = 14, 26


def main() -> None:
    """Live, import, and say how to get in."""
    now = clock.now()
    first = loader._first(now)
    with clock.at(first):
        place = setup.open_demo(first.date(), slug="conformance")
    chance = random.Random(7)
    households = Maker(chance, now.date()).households(PEOPLE)
    visits = [visit for visit in plan.diary(chance, households, now.date()) if visit.starts < now - timedelta(days=28)]
    sandbox = Sandbox(configuration.clearinghouse_folder(), days_to_pay=None)
    connections.use(InProcessPayer(sandbox))
    replay = Replay(place, sandbox, chance, now)
    for visit in visits[:VISITS]:
        replay.add(visit)
    replay.evenings(first)
    replay.run(lambda moment: None)
    sandbox.close()
    subject = place.subject()
    registration.register(subject, FULL)
    patient = search.find(subject, "Claim", [("_sort", "-created")]).entries[0].patient
    told = {"patient": patient, "ours": people.register_client(place.practice, "Conformance", ["system/*.cruds"])}
    if SYNTHEA.is_dir():
        other = people.open_practice("imported", "Imported Practice")
        files = [*SYNTHEA.glob("*Information*.json"), *sorted(SYNTHEA.glob("*_*.json"))[:6]]
        importing.import_files(system(other.pk, "import"), files)
        told["imported"] = people.register_client(other, "Conformance", ["system/*.rs"])
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
