"""How fast claims are built from the rows, scrubbed, and put into an 837P, beside two years of claims.

    python -m bench.claims [--size full]

Each claim is of a visit of its own with two lines and two diagnoses. What is measured runs as the application does
it: the commands themselves, with row-level security, audit, time line, event and notice; submitting puts all claims
of a run into one file, and marks and announces each. First one claim at a time, as when somebody works on it; then
together, as the worker does it with all that wait: by one process, then by two at once, which wait for each other's
files in one practice and not where each has a practice of its own. What claims show in the record
is written with them, at the end of each transaction. Last the codec alone: the claims of a run, from their snapshots to
the bytes, with the check that every file passes.
"""

from __future__ import annotations

import gc
import itertools
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bench import measuring, posting
from bench.measuring import RUNS, Context, Measurement

PROCESSES = 2
#: Insured patients; each has a visit a day, and all visits of the full size lie within the time for filing.
PATIENTS = 400
#: Claims of a run that are built one at a time: each takes as long as a page.
ALONE = 40
#: Superbills that are built together and put into one file, as the worker does.
TOGETHER = 200
#: What is wanted of building, scrubbing and writing together.
WANTED = 1000
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 16, 15, tzinfo=UTC)
_visits = itertools.count()


def open_practice(slug: str = "busy") -> dict[str, Any]:
    """A practice with a clinician, a payer, prices and insured patients."""
    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.coverage import queries
    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Address, Guarantor, Person, Registration
    from chartdesk.pms.scheduling import setup
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    made = people.open_practice(
        slug, "Busy Practice", npi="1993999998", tax_id="123456789", taxonomy="207Q00000X", phone="6145550100",
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
        person = Person(f"Case{number}", "Pat", birth_date=date(1950 + number % 60, 1, 1), sex="female", address=home)
        patient = register(subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
        coverage.add_coverage(subject, patient.patient_id, coverage.Card("ACME1", 1, f"M{number:06}"))
        patients.append(patient.patient_id)
    policies = [queries.coverages(subject, one)[0].coverage_id for one in patients]
    return {"subject": subject, "practitioner": provider.practitioner, "patients": patients, "policies": policies}


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


_BILLS = """
    INSERT INTO charges_superbill (practice, source_id, patient, encounter, appointment, service_date, practitioner,
           site, place_of_service, diagnoses, minutes, status, findings, coverage, payer_id, self_pay, signed_at,
           captured_at, approved_at, approved_by, approvals, void_reason, total, digest, version)
    SELECT b.practice, 'copy-' || n, p.patient, b.encounter, b.appointment,
           b.service_date - ((n - %(offset)s) / %(patients)s)::int4, b.practitioner, b.site, b.place_of_service,
           b.diagnoses, b.minutes, 'approved', b.findings, p.coverage, b.payer_id, b.self_pay, b.signed_at,
           b.captured_at, b.approved_at, b.approved_by, b.approvals, b.void_reason, b.total, b.digest, b.version
      FROM charges_superbill b, generate_series(%(first)s::int8, %(last)s::int8) AS n
      JOIN unnest(%(ids)s::text[], %(policies)s::text[]) WITH ORDINALITY AS p(patient, coverage, place)
        ON p.place = n %% %(patients)s + 1
     WHERE b.id = %(bill)s ORDER BY n RETURNING id
"""
_COPIED = """
    INSERT INTO charges_chargeline (practice, superbill_id, position, code, modifiers, units, amount, pointers,
           description, practitioner, superseded {more})
    SELECT l.practice, n, l.position, l.code, l.modifiers, l.units, l.amount, l.pointers, l.description, l.practitioner,
           false {same}
      FROM charges_chargeline l, unnest(%s::int8[]) AS n WHERE l.superbill_id = %s
"""


def copied(place: dict[str, Any], count: int) -> list[int]:
    """Approved charges of ``count`` more visits, copied by statement, with what they show in the record."""
    from django.db import connection

    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.charges import projections
    from chartdesk.pms.charges.models import ChargeLine

    if "template" not in place:
        (place["template"],) = charge(place, 1)
    known = {"id", "practice", "superbill_id", "position", "code", "modifiers", "units", "amount", "pointers",
             "description", "practitioner", "superseded", "posting"}  # fmt: skip
    more = [one.column for one in ChargeLine._meta.concrete_fields if one.column not in known]
    lines = _COPIED.format(more="".join(f", {one}" for one in more), same="".join(f", l.{one}" for one in more))
    numbers = [next(_visits) for _ in range(count)]
    offset = 1_000_000
    values = {"first": numbers[0] + offset, "last": numbers[-1] + offset, "offset": offset, "bill": place["template"],
              "patients": len(place["patients"]), "ids": place["patients"], "policies": place["policies"]}  # fmt: skip
    bills: list[int] = []
    with transaction(place["subject"]), connection.cursor() as cursor:
        cursor.execute(_BILLS, values)
        bills = [number for (number,) in cursor.fetchall()]
        cursor.execute(lines, [bills, place["template"]])
    for start in range(0, count, TOGETHER):
        with transaction(place["subject"]):
            projections.billed(place["subject"], bills[start : start + TOGETHER])
    return bills


def together(share: tuple[int, list[list[int]]]) -> list[tuple[int, float, float]]:
    """Build, scrub and submit the claims of each run's charges, each part in one transaction, as the worker does.

    See ``measuring.rates``. The first run warms up.
    """
    from chartdesk.kit import clock
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import commands
    from chartdesk.record.access.subject import system

    practice, runs = share
    subject, found = system(practice, "bench"), []
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    with clock.at(NOW):
        for run, bills in enumerate(runs):
            measuring.gate()
            start = time.time()
            for place in range(0, len(bills), TOGETHER):
                with transaction(subject):
                    made = commands.build_many(subject, bills[place : place + TOGETHER]).numbers
                    if commands.submit(subject, made) is None:
                        raise RuntimeError("No claim was ready.")
            if run:
                found.append((len(bills), start, time.time()))
    return found


def scrubbed(subject: Any, bills: list[int]) -> tuple[int, float, float]:
    """Build and scrub the claims of charges together, each part in one transaction; see ``measuring.rates``."""
    from chartdesk.pms.claims import commands

    start = time.time()
    made = [commands.build_many(subject, bills[at : at + TOGETHER]).numbers for at in range(0, len(bills), TOGETHER)]
    return sum(map(len, made)), start, time.time()


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

    count = ALONE
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
        written = write(subject, context.size.x12_claims)
        bulk = context.size.x12_claims // 2
        apart, joined = ([copied(place, bulk) for _ in range(RUNS)] for _ in range(2))
        warming = copied(place, TOGETHER)
        # Batches of one practice wait for each other only where they share patients.
        halves = [
            {**place, **{name: place[name][at::PROCESSES] for name in ("patients", "policies")}}
            for at in range(PROCESSES)
        ]
        shares = [
            (subject.practice, [copied(half, TOGETHER), *(copied(half, bulk // PROCESSES) for _ in range(RUNS))])
            for half in halves
        ]
        others = [place, open_practice("beside")]
        each = [
            (one["subject"].practice, [copied(one, TOGETHER), *(copied(one, bulk // PROCESSES) for _ in range(RUNS))])
            for one in others
        ]
        # A practice at work has known such lines for long; here plans would be made as if the tables were empty.
        measuring.settle()
        built = [scrubbed(subject, bills) for bills in apart]
        joint = together((subject.practice, [warming, *joined]))
        paired = measuring.together(together, shares)
        beside = measuring.together(together, each)

    def row(what: str, processes: int, taken: list[float], beside: str = rows) -> Measurement:
        return Measurement("837P claims", what, beside, processes, processes, taken, "claims/s")

    def wanted(what: str, processes: int, taken: list[float]) -> Measurement:
        return replace(row(what, processes, taken), against="limit", target=WANTED)

    return [
        row("built from the rows and scrubbed", 1, measuring.summed([alone])),
        row("built from the rows and scrubbed", PROCESSES, measuring.summed(many)),
        row(f"submitted, {count} a file", 1, measuring.summed([sent])),
        row("built, scrubbed and submitted", 1, whole),
        row("built and scrubbed together", 1, measuring.summed([built])),
        wanted("built, scrubbed and submitted together", 1, measuring.summed([joint])),
        row("built, scrubbed and submitted together, in one practice", PROCESSES, measuring.summed(paired)),
        wanted("built, scrubbed and submitted together, a practice each", PROCESSES, measuring.summed(beside)),
        row("snapshots to bytes", 1, written, "none"),
    ]


if __name__ == "__main__":
    sys.exit(measuring.command(["claims"]))
