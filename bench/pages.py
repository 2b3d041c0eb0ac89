"""How long the pages take, over real HTTP, for a person who is logged in. The limit is 150 ms.

    python -m bench.pages [--size full]

The demo's practice is opened. Patients are copied into the tables in bulk, and claims of two years with their
charges, visits, payments, denials and ledger entries. What the pages show close up is made by commands: 24 patients
with two policies each, a full day of three clinicians, six visits and charges of one patient, 500 open work items.
Then ``chartdesk serve`` runs with one process, and one person asks for one page after the other. A browser's own
work, and the files that it keeps, are not counted.
"""

from __future__ import annotations

import re
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx

from bench import measuring, patients, posting
from bench.measuring import Context, Measurement
from bench.serving import served

LIMIT_MS = 150
ROUNDS = 20
PEOPLE, SLOTS, ITEMS = 24, 24, 500
#: The day that the calendar shows, a Monday; early in the morning in Columbus; and the weeks of the dashboard.
MONDAY, MORNING = date(2026, 3, 16), datetime(2026, 3, 16, 10, tzinfo=UTC)
WEEKS = "first=2025-12-22&last=2026-03-15"
LOGIN, PASSWORD = "manager", "chartdesk-demo"


def open_practice(context: Context) -> dict[str, tuple[str, str]]:
    """The practice with all that the pages show; by the name of a page its address, and words that it shows."""
    from chartdesk.app.demo import setup
    from chartdesk.kit import clock, outbox

    with clock.at(MORNING):
        place = setup.open_demo(MONDAY - timedelta(days=30))
        patients.fill(place.practice.pk, context.size.patients, seed=1)
        posting.fill(place.practice.pk, context.size.claims, context.size.patients)
        registered = [_register(place.subject(), number) for number in range(PEOPLE)]
        _fill_day(place, registered)
        _fill_account(place, registered[0])
        _fill_list(place.subject(), registered)
        outbox.deliver_all(place.practice.pk)
    measuring.settle()
    patient, day = registered[0], f"start={MONDAY}T00:00:00&end={MONDAY + timedelta(days=1)}T00:00:00"
    return {
        "Calendar, the page": (f"/calendar?date={MONDAY}", "Chen"),
        f"Calendar, {3 * SLOTS} visits of a day": (f"/calendar/events?{day}", "Bench23"),
        f"The day as a list, {3 * SLOTS} visits": (f"/calendar/list?date={MONDAY}", "Bench23"),
        "Patient page": (f"/patients/{patient}", "Bench0"),
        "Patient's account": (f"/patients/{patient}/account", "99213"),
        "Patients found by name": ("/search/results?q=smi+jo", "Smi"),
        "Claim list, newest 50": ("/claims", "OLD"),
        "Claim list, denied": ("/claims?status=denied", "OLD"),
        f"Work list, {ITEMS} items": ("/work", "What is wrong"),
        "Denials": ("/denials", "140.00"),
        "Follow-up, 50 of all": ("/follow-up", "OLD"),
        "Receivables": ("/receivables", "120"),
        "Credit balances": ("/remittances/credits", "Credit balances"),
        "Collections and small balances": ("/collections", "For an agency"),
        "Dashboard, 12 weeks": (f"/dashboard?{WEEKS}", "Denial rate"),
    }


def _register(subject: Any, number: int) -> str:
    from chartdesk.exchange.sandbox import directory
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Address, Guarantor, Person, Registration

    person = Person(
        f"Bench{number}", "Pat", birth_date=date(1950 + number % 50, 1 + number % 12, 5), sex="female",
        phone_mobile=f"+1614555{number:04d}", address=Address("12 Elm Street", "", "Columbus", "OH", "43215"),
    )  # fmt: skip
    made = register(subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
    for rank, payer in enumerate(directory.payers()[:2], start=1):
        coverage.add_coverage(subject, made.patient_id, coverage.Card(payer.id, rank, f"B{rank}{number:06}"))
    return made.patient_id


def _fill_day(place: Any, registered: list[str]) -> None:
    from chartdesk.pms.scheduling import commands

    for provider in range(3):
        for slot in range(SLOTS):
            request = commands.BookingRequest(
                registered[(provider * 8 + slot) % PEOPLE],
                place.providers[provider],
                place.sites[0],
                "office",
                datetime(2026, 3, 16, 13, tzinfo=UTC) + timedelta(minutes=20 * slot),
                outside_hours=True,
            )
            commands.book(place.subject(), request)


def _fill_account(place: Any, patient: str) -> None:
    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.scheduling import commands as scheduling

    for week in range(1, 7):
        starts = datetime(2026, 3, 16, 15, tzinfo=UTC) + timedelta(weeks=week)
        request = scheduling.BookingRequest(
            patient, place.providers[0], place.sites[0], "office", starts, outside_hours=True
        )
        visit = scheduling.book(place.subject(), request)
        bill = charges.capture(
            place.subject(),
            charges.EncounterCharges(
                source_id=f"bench-{week}", encounter_id="", appointment_id=visit.appointment_id, patient_id=patient,
                practitioner=place.practitioners[0], service_date=MONDAY - timedelta(weeks=week),
                place_of_service="11", signed_at=MORNING - timedelta(weeks=week), minutes=20, diagnoses=["J02.0"],
                procedures=[charges.Procedure("99213", pointers=[1], amount=Decimal(140))],
            ),
        )  # fmt: skip
        charges.approve(place.subject(), bill)


def _fill_list(subject: Any, registered: list[str]) -> None:
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    with transaction(subject):
        for number in range(ITEMS):
            patient, role = registered[number % PEOPLE], ("biller", "manager")[number % 2]
            task = worklist.Task(
                ("charge_review", "claim_scrub", "denial")[number % 3], f"bench-{number}", role,
                f"Work {number}", "What is wrong, in a sentence.", "What to do about it.", f"Patient/{patient}",
                ("superbill", "1"), Decimal(140), MONDAY + timedelta(days=number % 30),
            )  # fmt: skip
            worklist.raise_item(subject, task)


def log_in(address: str) -> httpx.Client:
    """A browser's stand-in with the session of a manager."""
    client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
    form = client.get("/accounts/login/").text
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    if found is None:
        raise RuntimeError("The login page has no form.")
    fields = {"login": LOGIN, "password": PASSWORD, "csrfmiddlewaretoken": found.group(1)}
    client.post("/accounts/login/", data=fields, headers={"Referer": f"{address}/accounts/login/"})
    if client.get("/health/signed-in").status_code != 204:
        raise RuntimeError("The login was refused.")
    return client


def opened(client: httpx.Client, path: str, words: str) -> None:
    """Ask for a page and read it to its end; RuntimeError where it does not come, or without those words."""
    answer = client.get(path, follow_redirects=False)
    if answer.status_code != 200 or words not in answer.text:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")


def measurements(context: Context) -> list[Measurement]:
    """Open, serve, log in, ask."""
    addresses = open_practice(context)
    rows = measuring.rows_of(patients="registration_patientindex", claims="claims_claim")
    context.note(f"filled {rows}")
    with served() as server, closing(log_in(server.address)) as client:
        return [
            Measurement(
                "Page", name, rows, 1, 1, measuring.times(lambda page=page: opened(client, *page), ROUNDS),
                "ms", "limit", LIMIT_MS,
            )
            for name, page in addresses.items()
        ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(measuring.command(["pages"]))
