"""How fast claims are built from the rows, scrubbed, and put into an 837P, beside two years of claims.

    python -m bench.claims [--size full]

Each claim is of a visit of its own with two lines and two diagnoses. What is measured runs as the application does
it: the commands themselves, with row-level security, audit, time line, event and notice; submitting puts all claims
of a run into one file, and marks and announces each. By one process, then by two at once. Last the codec alone: the
claims of a run, from their snapshots to the bytes.
"""

from __future__ import annotations

import itertools
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bench import measuring, posting
from bench.measuring import RUNS, Context, Measurement

PROCESSES = 2
#: Insured patients; each has a visit a day.
PATIENTS = 20
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 16, 15, tzinfo=UTC)
_visits = itertools.count()


def open_practice() -> dict[str, Any]:
    """A practice with a clinician, a payer, prices and insured patients."""
    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Address, Guarantor, Person, Registration
    from chartdesk.pms.scheduling import setup
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    made = people.open_practice(
        "busy", "Busy Practice", npi="1993999998", tax_id="123456789", taxonomy="207Q00000X", phone="6145550100",
        line1="100 Main Street", city="Columbus", state="OH", postal_code="432151234",
    )  # fmt: skip
    subject = system(made.pk, "bench")
    site = setup.add_site(subject, name="Main Street")
    provider = setup.add_provider(subject, family="Reed", given="Ana", npi="1234567893", site_id=site)
    address = {"line1": "1 Payer Way", "city": "Columbus", "state": "OH", "postal_code": "43004"}
    coverage.add_payer(subject, coverage.PayerDetails("ACME1", "Acme PPO", **address))
    fees = [("99213", "Office visit", Decimal(140)), ("87880", "Strep test", Decimal(32))]
    charges.set_fees(subject, "standard", date(2020, 1, 1), fees)
    home = Address("12 Elm Street", "", "Columbus", "OH", "43215")
    patients = []
    for number in range(PATIENTS):
        person = Person(f"Case{number}", "Pat", birth_date=date(1950 + number, 1, 1), sex="female", address=home)
        patient = register(subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
        coverage.add_coverage(subject, patient.patient_id, coverage.Card("ACME1", 1, f"M{number:06}"))
        patients.append(patient.patient_id)
    return {"subject": subject, "practitioner": provider.practitioner, "patients": patients}


def charge(place: dict[str, Any], count: int) -> list[int]:
    """Approved charges of ``count`` visits, each of a patient and a day of its own."""
    from chartdesk.pms.charges import commands as charges

    procedures = [charges.Procedure("99213", ["25"], pointers=[1, 2]), charges.Procedure("87880", pointers=[1])]
    bills = []
    for number in itertools.islice(_visits, count):
        bill = charges.capture(
            place["subject"],
            charges.EncounterCharges(
                source_id=f"bench-{number}", encounter_id="", appointment_id="",
                patient_id=place["patients"][number % PATIENTS], practitioner=place["practitioner"],
                service_date=DAY - timedelta(days=number // PATIENTS), place_of_service="11", signed_at=NOW, minutes=20,
                diagnoses=["J02.0", "R05.1"], procedures=procedures,
            ),
        )  # fmt: skip
        charges.approve(place["subject"], bill)
        bills.append(bill)
    return bills


def build(share: tuple[int, list[list[int]]]) -> list[tuple[int, float, float]]:
    """Build and scrub the claims of each run's charges; see ``measuring.rates``. The first claim warms up."""
    from chartdesk.kit import clock
    from chartdesk.pms.claims import commands
    from chartdesk.record.access.subject import system

    practice, runs = share
    subject, found = system(practice, "bench"), []
    with clock.at(NOW):
        for bills in runs:
            commands.scrub(subject, commands.build(subject, bills[0]))
            measuring.gate()
            start = time.time()
            for bill in bills[1:]:
                commands.scrub(subject, commands.build(subject, bill))
            found.append((len(bills) - 1, start, time.time()))
    return found


def submit(subject: Any) -> tuple[int, float, float]:
    """Put everything that is ready into one file; see ``measuring.rates``."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import commands
    from chartdesk.pms.claims.models import Claim

    with transaction(subject):
        count = Claim.objects.filter(practice=subject.practice, status="ready").count()
    start = time.time()
    if commands.send_ready(subject) is None:
        raise RuntimeError("No claim was ready.")
    return count, start, time.time()


def write(subject: Any, count: int) -> list[float]:
    """Claims a second from their snapshots to the bytes of one file."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import sending
    from chartdesk.pms.claims.content import restored
    from chartdesk.pms.claims.models import Claim
    from chartdesk.record.access.people import practice_of

    practice = practice_of(subject)
    with transaction(subject):
        kept = Claim.objects.filter(practice=subject.practice, status="submitted").order_by("-pk")[:count]
        snapshots = [one.content for one in kept]
    milliseconds = measuring.times(lambda: sending.written(practice, [restored(one) for one in snapshots], 1, 1), RUNS)
    return [len(snapshots) * 1000 / one for one in milliseconds]


def measurements(context: Context) -> list[Measurement]:
    """Fill, charge, build and scrub, submit, write."""
    from chartdesk.kit import clock

    count = context.size.payments
    with clock.at(NOW):
        place = open_practice()
        subject = place["subject"]
        posting.fill(subject.practice, context.size.claims, context.size.patients)
        measuring.settle()
        rows = measuring.rows_of(claims="claims_claim")
        alone, sent = [], []
        for _ in range(RUNS):
            alone += build((subject.practice, [charge(place, count + 1)]))
            sent.append(submit(subject))
        shares = [(subject.practice, [charge(place, count + 1) for _ in range(RUNS)]) for _ in range(PROCESSES)]
        many = measuring.together(build, shares)
        whole = [done / (b - a + d - c) for (done, a, b), (_, c, d) in zip(alone, sent, strict=True)]
        written = write(subject, count)

    def row(what: str, processes: int, taken: list[float], beside: str = rows) -> Measurement:
        return Measurement("837P claims", what, beside, processes, processes, taken, "claims/s")

    return [
        row("built from the rows and scrubbed", 1, measuring.summed([alone])),
        row("built from the rows and scrubbed", PROCESSES, measuring.summed(many)),
        row(f"submitted, {count} a file", 1, measuring.summed([sent])),
        row("built, scrubbed and submitted", 1, whole),
        row("snapshots to bytes", 1, written, "none"),
    ]


if __name__ == "__main__":
    sys.exit(measuring.command(["claims"]))
