"""Comparing what the record shows with the rows, and making it anew."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from chartdesk.insight import consistency
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import preparing, projected, rules, search, store
from chartdesk.standards.fhir import r4

SHOWN = ("ChargeItem", "Claim", "ClaimResponse", "ExplanationOfBenefit", "PaymentReconciliation", "Invoice", "Account")


def contents(scene):
    """(type, id) → the text of every resource that shows a row, without its version."""
    found = {(type, one.id): one.body for type in SHOWN for one in search.all(scene.subject, type, [])}
    return {name: re.sub(rb'"meta":\{[^}]*\}', b"", body) for name, body in found.items()}


def test_what_was_lost_and_spoiled_is_made_again_just_as_it_was(scene):
    before = contents(scene)
    assert {type for type, _ in before} == set(SHOWN)
    with transaction(scene.subject), rules.trusted():
        for number, (type, id) in enumerate(before):
            if number % 2:
                store.delete(scene.subject, type, id, projection=True)
            else:
                spoiled = store.get(scene.subject, type, id).resource
                spoiled.language = "fr"
                store.put(scene.subject, spoiled, projection=True)
    wrong = {reference for type in SHOWN for reference in projected.compare(scene.subject, type).wrong}
    assert wrong == {f"{type}/{id}" for type, id in before}
    assert {one for report in consistency.agreement(scene.subject) for one in report.wrong} == wrong
    for type in SHOWN:
        projected.rebuild(scene.subject, type)
    assert contents(scene) == before
    assert all(not one.wrong for one in consistency.agreement(scene.subject))


def test_nothing_is_written_where_all_is_right(scene):
    versions = {(type, one.id): one.version for type in SHOWN for one in search.all(scene.subject, type, [])}
    for type in SHOWN:
        report = projected.rebuild(scene.subject, type)
        assert (report.wrong, report.same > 0) == ([], True)
    assert versions == {(type, one.id): one.version for type in SHOWN for one in search.all(scene.subject, type, [])}


def test_what_rows_show_is_validated_by_the_tests(scene, monkeypatch):
    faulty = scene.shown("Claim", f"claim-{scene.claim.claim_id}")
    faulty.status = "no such status"
    shows = replace(projected._projections["Claim"], render=lambda subject, keys: [faulty])
    monkeypatch.setitem(projected._projections, "Claim", shows)
    assert preparing.strict
    with pytest.raises(Invalid, match="no such status"), transaction(scene.subject):
        projected.follow(scene.subject, "Claim", scene.claim.claim_id)


def test_what_shows_no_row_goes_and_what_others_brought_stays(scene):
    claim = scene.shown("Claim", f"claim-{scene.claim.claim_id}")
    with transaction(scene.subject), rules.trusted():
        for id in ("claim-999999999", "imported-1"):
            claim.id = id
            store.put(scene.subject, claim, projection=True)
    assert projected.rebuild(scene.subject, "Claim").stray == ["Claim/claim-999999999"]
    assert isinstance(store.read(scene.subject, r4.Claim, "imported-1"), r4.Claim)


def test_a_type_that_shows_no_rows_is_refused(scene):
    with pytest.raises(NotFound) as refused:
        projected.rebuild(scene.subject, "Patient")
    assert "Claim" in refused.value.cure
