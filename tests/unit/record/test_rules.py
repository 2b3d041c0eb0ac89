"""Write rules, projections and owned types hold for every caller."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chartdesk.kit.errors import Conflict, Forbidden, NotFound
from chartdesk.record import rules, store
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    """Leave the registered rules as they were."""
    kept = [rules._before, rules._after, rules._leaving, rules._owned]
    copies = [{k: list(v) if isinstance(v, list) else v for k, v in one.items()} for one in kept]
    yield
    for one, copy in zip(kept, copies, strict=True):
        one.clear()
        one.update(copy)  # type: ignore[arg-type]


def test_a_rule_may_refuse_and_nothing_is_written(subject: Subject) -> None:
    def full(subject: Subject, old: Stored | None, new: r4.Resource) -> None:
        assert new.id
        raise Conflict("The basket is full.")

    rules.before_write("Basic", full)
    with pytest.raises(Conflict, match="full"):
        store.put(subject, r4.Basic(id="b", code=r4.CodeableConcept(text="x")))
    with pytest.raises(NotFound):
        store.get(subject, "Basic", "b")


def test_a_rule_may_change_what_is_stored(subject: Subject) -> None:
    def stamped(subject: Subject, old: Stored | None, new: r4.Resource) -> r4.Resource:
        assert isinstance(new, r4.Basic)
        new.created = "2024-01-01"
        return new

    rules.before_write("Basic", stamped)
    stored = store.put(subject, b'{"resourceType":"Basic","code":{"text":"x"}}')
    assert store.read(subject, r4.Basic, stored.id).created == "2024-01-01"


def test_a_projection_sees_old_and_new_and_its_failure_undoes_the_write(subject: Subject) -> None:
    seen = []

    def follow(subject: Subject, old: Stored | None, new: Stored | None) -> None:
        seen.append((old.version if old else None, new.version if new else None))
        if new is not None and new.version == 3:
            raise Conflict("Not a third time.")

    rules.after_write("Basic", follow)
    basic = r4.Basic(id="b", code=r4.CodeableConcept(text="x"))
    store.put(subject, basic)
    store.put(subject, basic)
    with pytest.raises(Conflict):
        store.put(subject, basic)
    assert store.get(subject, "Basic", "b").version == 2
    store.delete(subject, "Basic", "b")
    assert seen == [(None, 1), (1, 2), (2, 3), (2, None)]


def test_an_owned_type_is_written_by_its_room_only(subject: Subject) -> None:
    rules.owned("Basic", "Use the weighing room.")
    basic = r4.Basic(id="b", code=r4.CodeableConcept(text="x"))
    with pytest.raises(Forbidden) as refusal:
        store.put(subject, basic)
    assert refusal.value.cure == "Use the weighing room."
    store.put(subject, basic, projection=True)
    with pytest.raises(Forbidden):
        store.delete(subject, "Basic", "b")
    store.delete(subject, "Basic", "b", projection=True)


def test_what_rules_do_is_not_held_to_the_scopes_of_the_client(practice: object, subject: Subject) -> None:
    store.put(subject, r4.Patient(id="p"))

    def look(subject: Subject, old: Stored | None, new: r4.Resource) -> None:
        store.get(subject, "Patient", "p")

    rules.before_write("Basic", look)
    client = Subject(subject.practice, "client:x", "x", frozenset({Role.CLIENT}), scopes=frozenset({"system/Basic.c"}))
    store.put(client, r4.Basic(code=r4.CodeableConcept(text="x")))
    with pytest.raises(Forbidden):
        store.get(client, "Patient", "p")
