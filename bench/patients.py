"""How fast patients are found, and likely duplicates with them: the limit is 50 ms a search among 200,000.

    python -m bench.patients [--size full]

The index rows come from generated Patient resources through the very functions that the projection uses
(``registration.indexing``), and are copied into the tables in bulk. A second practice with a tenth as many stands
beside, so that the fence has something to do. Family names follow a skewed distribution with a long tail: some are
as common as Smith is. Each search runs as the application does it: one transaction, row-level security, audit rows
for every hit.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench import measuring
from bench.measuring import Context, Measurement

LIMIT_MS = 50
ROUNDS = 10
SEARCHES = (
    "s", "jo", "smi", "smith", "john", "smith john", "smi jo 1980", "m j", "mar gar", "a b 1975", "1980", "w",
    "feb 3 1980", "2/3/1980", "6142050123", "0123", "614", "614205", "614 smith", "smith zzz", "jo ma sm",
    "150000", "ohns", "ohns mar", "nobody here", "zzz",
)  # fmt: skip
_GIVEN = """
James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan
Joseph Jessica Thomas Karen Christopher Sarah Charles Lisa Daniel Nancy Matthew Sandra Anthony Betty
Mark Ashley Donald Emily Steven Kimberly Andrew Margaret Paul Donna Joshua Michelle Kenneth Carol
Kevin Amanda Brian Melissa Jose Maria Juan Guadalupe Wei Mei Ahmed Fatima Olga Ivan
"""
_FAMILY = """
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez
Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark
Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams
Nelson Baker Hall Rivera
"""
_SYLLABLES = """
ba ber car den dor fen gar hol kin lan mar mor nor pel ran ros sal tor van wel win zim
"""


def patients(count: int, seed: int) -> Iterator[Any]:
    """Generated Patients: skewed names, births over ninety years, one or two phones."""
    from chartdesk.standards.fhir import r4

    chance = random.Random(seed)
    given_names, syllables = _GIVEN.split(), _SYLLABLES.split()
    tail = sorted({"".join(chance.choices(syllables, k=3)).title() for _ in range(30_000)})
    names = _FAMILY.split() + tail
    weights = [1 / (place + 8) for place in range(len(names))]
    given_weights = [1 / (place + 5) for place in range(len(given_names))]
    families = chance.choices(names, weights, k=count)
    givens = chance.choices(given_names, given_weights, k=count)
    for number, (family, given) in enumerate(zip(families, givens, strict=True)):
        born = date(1935, 1, 1) + timedelta(days=chance.randrange(32_000))
        middle = [chance.choice(given_names)] if chance.random() < 0.5 else []
        local = f"614{200 + number // 10_000 % 700}{number % 10_000:04d}"
        phones = [local, f"{chance.randrange(2_000_000_000, 9_999_999_999)}"]
        yield r4.Patient(
            id=f"p{number}",
            name=[r4.HumanName(use="official", family=family, given=[given, *middle])],
            birthDate=born.isoformat(),
            gender=chance.choice(("female", "male")),
            telecom=[r4.ContactPoint(system="phone", value=one) for one in phones[: 1 + number % 2]],
            address=[r4.Address(line=[f"{number % 900} Oak Street"], city="Columbus", state="OH", postalCode="43215")],
        )


def fill(practice: int, count: int, seed: int) -> None:
    """Copy the index rows of ``count`` patients into the tables."""
    import psycopg

    from chartdesk.app import database
    from chartdesk.pms.registration import indexing

    words: list[tuple[int, str, int]] = []
    names: set[str] = set()
    with psycopg.connect(database.dsn()) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM registration_patientindex")
        first = cursor.fetchone()[0] + 1  # type: ignore[index]
        rows = []
        for number, patient in enumerate(patients(count, seed)):
            entry = first + number
            rows.append({"id": entry, "practice": practice, "patient": patient.id, "mrn": str(100_001 + number)})
            found = indexing.entry(patient)
            rows[-1] |= found.columns
            words += [(practice, word, entry) for word in found.words]
            names |= found.names
        with cursor.copy(f"COPY registration_patientindex ({', '.join(rows[0])}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(list(row.values()))
        with cursor.copy("COPY registration_patientword (practice, word, entry) FROM STDIN") as copy:
            for word in words:
                copy.write_row(word)
        with cursor.copy("COPY registration_nameword (practice, word) FROM STDIN") as copy:
            for name in sorted(names):
                copy.write_row((practice, name))
        cursor.execute("SELECT setval('registration_patientindex_id_seq', %s)", [first + count])


def measurements(context: Context) -> list[Measurement]:
    """Fill, then search: all the searches, and the slowest of them by itself."""
    from chartdesk.pms.registration import queries
    from chartdesk.pms.registration.people import Person
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    count = context.size.patients
    subject = system(people.open_practice("large", "Large Practice").pk, "bench")
    fill(subject.practice, count, seed=1)
    fill(people.open_practice("other", "Other Practice").pk, count // 10, seed=2)
    measuring.settle()
    rows = measuring.rows_of(patients="registration_patientindex")

    def row(what: str, taken: list[float], limit: float | None) -> Measurement:
        against = "limit" if limit else ""
        return Measurement("Patient search", what, rows, 1, 1, taken, "ms", against, limit)

    found = [
        row(repr(text), measuring.times(lambda text=text: queries.find(subject, text), ROUNDS), LIMIT_MS)
        for text in SEARCHES
    ]
    slowest = max(found, key=lambda one: one.median)
    every = [taken for one in found for taken in one.taken]
    person = Person("Smith", "John", birth_date=date(1980, 2, 3), phone_mobile="+16142050123")
    doubles = measuring.times(lambda: queries.candidates(subject, person), ROUNDS)
    return [
        row(f"{len(SEARCHES)} different texts", every, LIMIT_MS),
        row(f"the slowest of them, {slowest.what}", list(slowest.taken), LIMIT_MS),
        row("likely duplicates of a new John Smith", doubles, None),
    ]


if __name__ == "__main__":
    sys.exit(measuring.command(["patients"]))
