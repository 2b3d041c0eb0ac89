"""The index follows every write of a Patient, whoever writes it: front desk, FHIR client, interface, import.

A patient who comes without a medical record number of ours gets one here. It stands in the index, and in the
resource from the front desk's first change on: what a partner sent stays as it was sent.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.json import encode as json_encode

from chartdesk.kit import database, live, outbox
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.kit.errors import Conflict
from chartdesk.kit.numbers import next_number, reserve
from chartdesk.pms.registration import events, indexing, resources
from chartdesk.pms.registration.models import PatientIndex, PatientWord
from chartdesk.record import rules
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

FIRST_MRN = 100_001
_FIRST_FREE = """
    WITH taken AS MATERIALIZED (
        SELECT mrn::bigint AS number FROM registration_patientindex
         WHERE practice = %(practice)s::int4 AND mrn ~ '^[1-9][0-9]{0,17}$'
    )
    SELECT min(number) + 1 FROM taken
     WHERE number >= %(taken)s::int8 AND NOT EXISTS (SELECT 1 FROM taken AS next WHERE next.number = taken.number + 1)
"""
_KNOWN = "SELECT id, mrn FROM registration_patientindex WHERE practice = %s AND patient = %s FOR UPDATE"
_TAKEN = "SELECT patient FROM registration_patientindex WHERE practice = %s AND mrn = %s AND patient <> %s"
_COLUMNS = (
    "family", "given", "middle", "suffix", "preferred", "family_key", "given_key", "birth_date", "sex", "phones",
    "email", "line1", "city", "state", "postal_code", "active", "search_text", "mrn",
)  # fmt: skip
_CASTS = {"birth_date": "::date", "phones": "::text[]", "active": "::bool"}
_VALUES = ", ".join(f"%({name})s{_CASTS.get(name, '::text')}" for name in _COLUMNS)
_NEW = f"""
    INSERT INTO registration_patientindex (practice, patient, {", ".join(_COLUMNS)})
    VALUES (%(practice)s::int4, %(patient)s::text, {_VALUES}) RETURNING id
"""
_CHANGE = f"""
    UPDATE registration_patientindex SET ({", ".join(_COLUMNS)}) = ({_VALUES})
     WHERE practice = %(practice)s::int4 AND id = %(entry)s::int8 RETURNING id
"""
# The row, its words, and the words of its names: one statement. Name words go in order, so that two never wait for
# each other.
_WORDS = """
    , words AS (
        INSERT INTO registration_patientword (practice, word, entry)
        SELECT %(practice)s::int4, word, made.id FROM made, unnest(%(words)s::text[]) AS word ON CONFLICT DO NOTHING
    ), names AS (
        INSERT INTO registration_nameword (practice, word)
        SELECT %(practice)s::int4, word FROM unnest(%(names)s::text[]) AS word ORDER BY word ON CONFLICT DO NOTHING
    )
"""
_GONE = """
    , gone AS (
        DELETE FROM registration_patientword w USING made
         WHERE w.practice = %(practice)s::int4 AND w.entry = made.id AND NOT w.word = ANY(%(words)s::text[])
    )
"""
_ADD = f"WITH made AS ({_NEW}) {_WORDS} SELECT id FROM made"
_AMEND = f"WITH made AS ({_CHANGE}) {_WORDS} {_GONE} SELECT id FROM made"

_KNOWN_MANY = """
    SELECT patient, id, mrn FROM registration_patientindex
     WHERE practice = %s AND patient = ANY(%b::text[]) ORDER BY patient FOR UPDATE
"""
_CONTENT = tuple(name for name in _COLUMNS if name != "mrn")
_GIVEN = ", ".join(f"{name} {_CASTS.get(name, '::text')[2:]}" for name in _CONTENT)
_AMEND_MANY = f"""
    WITH given AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS g(entry int8, {_GIVEN})
    ), made AS (
        UPDATE registration_patientindex i SET ({", ".join(_CONTENT)}) = ({", ".join(f"g.{one}" for one in _CONTENT)})
          FROM given g WHERE i.practice = %(practice)s::int4 AND i.id = g.entry
    ), moved AS MATERIALIZED (
        SELECT entry, word, sum(n) AS n
          FROM (SELECT entry, word COLLATE "C" AS word, 1 AS n
                  FROM unnest(%(word_entries)s::int8[], %(words)b::text[]) AS w(entry, word)
                 UNION ALL
                SELECT entry, word, -1 FROM registration_patientword WHERE entry = ANY(%(entries)s::int8[])) AS u
         GROUP BY entry, word HAVING sum(n) <> 0
    ), words AS (
        INSERT INTO registration_patientword (practice, word, entry)
        SELECT %(practice)s::int4, word, entry FROM moved WHERE n > 0 ON CONFLICT DO NOTHING
    ), gone AS (
        DELETE FROM registration_patientword p
         WHERE p.practice = %(practice)s::int4 AND p.entry = ANY(%(entries)s::int8[])
           AND (p.entry, p.word) IN (SELECT entry, word FROM moved WHERE n < 0)
    )
    INSERT INTO registration_nameword (practice, word)
    SELECT %(practice)s::int4, word FROM unnest(%(names)b::text[]) AS word ORDER BY word ON CONFLICT DO NOTHING
"""


def register() -> None:
    """Follow the writes of Patients. Called once, when the program starts."""
    rules.after_write("Patient", project, several=project_many)


def project(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Bring the index in line with a written Patient (``new`` None: deleted) and announce it."""
    if new is None or new.deleted:
        if old is not None:
            _remove(subject, old.id)
        return
    patient = new.resource
    assert isinstance(patient, r4.Patient)
    created = old is None or old.deleted
    _index(subject, new.id, patient, new=created)
    kind = events.REGISTERED if created else events.AMENDED
    outbox.emit(subject, kind, events.stream(new.id), {"patient_id": new.id}, actor=subject.actor)
    live.announce(subject, "patients", new.id)


def project_many(subject: Subject, written: Sequence[tuple[Stored | None, Stored | None]]) -> None:
    """The same for several writes, each of another patient: those that were known before in one statement."""
    changed: dict[str, r4.Patient] = {}
    for old, new in written:
        if new is None or new.deleted or old is None or old.deleted:
            project(subject, old, new)
        else:
            assert isinstance(new.resource, r4.Patient)
            changed[new.id] = new.resource
    if not changed:
        return
    left = _amend_many(subject, changed)
    for id in left:
        _index(subject, id, changed[id], new=False)
    told = [(events.stream(id), {"patient_id": id}) for id in sorted(changed)]
    outbox.emit_many(subject, events.AMENDED, told, actor=subject.actor)
    live.announce_many(subject, "patients", sorted(changed))


def _amend_many(subject: Subject, changed: dict[str, r4.Patient]) -> list[str]:
    """Amend the index rows of patients; those that need more than that are given back."""
    rows, words, names, left = [], [], set(), set(changed)
    for patient, entry, mrn in database.rows(_KNOWN_MANY, [subject.practice, Texts(sorted(changed))]):
        resource = changed[patient]
        said = resources.identifier(resource.identifier, resources.MRN)
        if said and said != mrn:
            continue  # another record number has to be free: one by one
        left.discard(patient)
        made = indexing.entry(resource)
        rows.append({"entry": entry, **made.columns})
        words += [(entry, word) for word in made.words]
        names |= made.names
    if rows:
        values = {
            "practice": subject.practice,
            "rows": json_encode(rows).decode(),
            "entries": numbers(row["entry"] for row in rows),
            "word_entries": numbers(entry for entry, _ in words),
            "words": Texts([word for _, word in words]),
            "names": Texts(sorted(names)),
        }
        database.execute(_AMEND_MANY, values)
    return sorted(left)


def take_mrn(subject: Subject) -> str:
    """A medical record number that nobody in the practice has."""
    number = next_number(subject, "mrn", first=FIRST_MRN)
    if database.row(_TAKEN, [subject.practice, str(number), ""]):
        # Numbers that came with another system's patients: pass the whole run of them at once.
        found = database.row(_FIRST_FREE, {"practice": subject.practice, "taken": number})
        assert found is not None
        number = reserve(subject, "mrn", found[0] - number)[-1]
    return str(number)


def _index(subject: Subject, patient_id: str, patient: r4.Patient, *, new: bool) -> None:
    known = None if new else database.row(_KNOWN, [subject.practice, patient_id])
    said = resources.identifier(patient.identifier, resources.MRN)
    if said and (known is None or known[1] != said):
        _check_free(subject, said, patient_id)
    made = indexing.entry(patient)
    values = {
        **made.columns,
        "mrn": said or (known[1] if known else take_mrn(subject)),
        "practice": subject.practice,
        "patient": patient_id,
        "words": sorted(made.words),
        "names": sorted(made.names),
    }
    if known is None:
        database.execute(_ADD, values)
    else:
        database.execute(_AMEND, {**values, "entry": known[0]})


def _check_free(subject: Subject, mrn: str, patient_id: str) -> None:
    other = database.row(_TAKEN, [subject.practice, mrn, patient_id])
    if other is not None:
        raise Conflict(
            f"Record number {mrn} belongs to Patient/{other[0]}.",
            where="Patient.identifier",
            cure="Leave the number out to get a new one, or amend that patient.",
        )


def _remove(subject: Subject, patient_id: str) -> None:
    rows = PatientIndex.objects.filter(practice=subject.practice, patient=patient_id)
    for row in rows:
        PatientWord.objects.filter(practice=subject.practice, entry=row.pk).delete()
    rows.delete()
