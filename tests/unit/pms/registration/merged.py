"""Two records of one patient with a life behind each, and looks at everything that hangs on them."""

from __future__ import annotations

import json

import pytest
from tests.money.office import Cut, Paid, decided, office

__all__ = ["office"]


def rows_of(subject):
    """Table → every row of the practice as JSON, by id."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database
    from chartdesk.record.merging import rows

    with transaction(subject):
        return {
            table: {
                number: json.dumps(body, sort_keys=True)
                for number, body in database.rows(
                    f"SELECT id, to_jsonb(t) FROM {table} t WHERE practice = %s", [subject.practice]
                )
            }
            for table in rows.tables()
        }


def resources_of(subject):
    """Reference → content without version and moment, of every resource that is not deleted."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database

    found = {}
    with transaction(subject):
        sql = "SELECT type, id, body FROM record_resource WHERE practice = %s AND NOT deleted"
        for type, id, body in database.rows(sql, [subject.practice]):
            content = json.loads(body)
            content.pop("meta")
            found[f"{type}/{id}"] = content
    return found


def put_new(who, /, **content):
    from chartdesk.record import store

    return store.put(who, json.dumps(content).encode()).reference


def observed(who, patient, **more):
    return put_new(
        who,
        resourceType="Observation",
        status="final",
        code={"text": "weight"},
        subject={"reference": f"Patient/{patient}"},
        **more,
    )


def found_by(subject, type, *asked):
    from chartdesk.record import search

    return {one.reference for one in search.all(subject, type, asked)}


def with_changes(resource, **changes):
    import msgspec

    return msgspec.structs.replace(resource, **changes)


@pytest.fixture
def people(office):
    """Two records of one patient, both with money, notes and appointments hanging on them."""
    source, target = office.patient(), office.patient()
    for patient in (source, target):
        claim = office.claim([("99213", "140"), ("87880", "32")], patient=patient)
        lines = [
            Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "1", "25")]),
            Paid("87880", "32", "0", [Cut("CO", "16", "32")], remarks=["N130"]),
        ]
        office.receive(office.remit(decided(claim, lines)))
    subject = office.subject
    for patient in (source, target):
        observed(subject, patient, valueQuantity={"value": 72.50, "unit": "kg"})
        put_new(
            subject,
            resourceType="Group",
            type="person",
            actual=True,
            member=[{"entity": {"reference": f"Patient/{patient}"}}],
        )
        put_new(
            subject,
            resourceType="Communication",
            status="completed",
            recipient=[{"reference": f"Patient/{patient}"}],
            payload=[{"contentString": f"Patient/{patient} was called"}],
        )
    return source, target
