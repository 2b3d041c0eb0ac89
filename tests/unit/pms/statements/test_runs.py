"""Batches of statements: who gets one, in parts that survive being cut off, and never two of one batch."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import NOW

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict

D = Decimal


def _owing(office, amount="40"):
    patient = office.patient()
    office.charge(patient, [("99213", amount)], self_pay=True)
    return patient


def _sent(office):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.statements.models import Statement

    with transaction(office.subject):
        return list(Statement.objects.filter(practice=office.subject.practice).order_by("pk"))


def test_who_is_billed_and_who_is_passed_over(office):
    from chartdesk.pms.statements import collecting, commands, runs

    due = [_owing(office), _owing(office, "140")]
    _owing(office, "3")
    lately, placed, moved = _owing(office), _owing(office), _owing(office)
    commands.issue_statement(office.subject, lately)
    collecting.hand_over(office.subject, [placed], "Firm Hand")
    returned = commands.issue_statement(office.subject, moved)
    runs.came_back(office.subject, returned.pk)
    run = runs.start(office.subject)
    assert sorted(run.chosen) == sorted(due)
    assert run.passed_over == {
        "owes less than the least balance": 1,
        "had one within the cycle": 1,
        "with a collection agency": 1,
        "mail came back": 1,
    }
    done = runs.finish(office.subject, run.pk)
    assert (done.made, done.total) == (2, D("180.00"))
    assert sorted(one.patient for one in _sent(office) if one.run_id) == sorted(due)
    assert runs.start(office.subject).finished
    runs.address_mended(office.subject, returned.pk)
    with clock.at(NOW + timedelta(days=28, hours=1)):
        assert len(runs.start(office.subject).chosen) == 4


def test_a_run_that_is_cut_off_goes_on_and_bills_nobody_twice(office, monkeypatch):
    from chartdesk.pms.statements import documents, runs

    patients = [_owing(office) for _ in range(5)]
    monkeypatch.setattr(runs, "PART", 2)
    run = runs.start(office.subject)
    with pytest.raises(Conflict, match="being made"):
        runs.start(office.subject)
    runs.go_on(office.subject, run.pk)
    whole = documents.statement_pdf

    def cut_off(content, number):
        if content.patient == run.chosen[3]:
            raise RuntimeError("cut off")
        return whole(content, number)

    monkeypatch.setattr(documents, "statement_pdf", cut_off)
    with pytest.raises(RuntimeError):
        runs.finish(office.subject, run.pk)
    assert len(_sent(office)) == 2
    monkeypatch.setattr(documents, "statement_pdf", whole)
    assert runs.finish(office.subject, run.pk).made == 5
    assert sorted(one.patient for one in _sent(office)) == sorted(patients)
    assert len({one.number for one in _sent(office)}) == 5


def test_a_batch_says_what_single_statements_say(office):
    from chartdesk.pms.statements import documents

    mixed = _owing(office)
    office.claim([("87880", "32")], patient=mixed)
    patients = [mixed, _owing(office, "140")]
    together = documents.statement_contents(office.subject, patients, NOW.date(), NOW.date())
    alone = [documents.statement_content(office.subject, one, NOW.date(), NOW.date()) for one in patients]
    assert together == alone
    assert (together[0].balance, together[0].data["insurance"]) == (D("40.00"), "$32.00")
    assert together[0].data["patient"]["lines"] == ["12 Elm Street", "Columbus, OH 43215"]


def test_the_letter_goes_to_who_pays(office):
    from dataclasses import replace

    from pypdf import PdfReader

    from chartdesk.pms.registration import commands, queries
    from chartdesk.pms.registration.people import Address, Guarantor, Person
    from chartdesk.pms.statements import collecting, documents, run_queries, runs

    def pays(patient, address):
        mother = Person(family="Elder", given="Mary", birth_date=NOW.date().replace(year=1980), address=address)
        known = queries.patient(office.subject, patient)
        wanted = replace(known.registration, guarantor=Guarantor("parent", mother))
        commands.amend(office.subject, patient, wanted, version=known.version)

    away, same, own = _owing(office), _owing(office), _owing(office)
    pays(away, Address("7 Oak Road", "", "Dayton", "OH", "45402"))
    pays(same, Address())
    found = documents.statement_contents(office.subject, [away, same, own], NOW.date(), NOW.date())
    assert [(one.data["patient"]["guarantor"], one.data["patient"]["lines"][0]) for one in found] == [
        ("Mary Elder", "7 Oak Road"), ("Mary Elder", "12 Elm Street"), ("", "12 Elm Street"),
    ]  # fmt: skip
    run = runs.finish(office.subject, runs.start(office.subject).pk)
    texts = [one.extract_text() for one in PdfReader(io.BytesIO(run_queries.printed(office.subject, run.pk))).pages]
    assert sum("Mary Elder" in text for text in texts) == 2
    name = found[0].data["patient"]["name"]
    assert any("Mary Elder" in text and name in text and "7 Oak Road" in text for text in texts)
    collecting.hand_over(office.subject, [away], "Firm Hand")
    row = bytes(collecting.file(office.subject, collecting.files(office.subject)[0].pk).file).decode().splitlines()[1]
    assert row.endswith(",Mary Elder") and "7 Oak Road" in row


def test_a_plan_is_told_and_only_what_is_due_is_asked_for(office):
    from chartdesk.pms.statements import documents, plans

    patient = _owing(office, "150")
    plans.agree(office.subject, patient, each=D("50"), first=NOW.date())
    office.charge(patient, [("87880", "20")], self_pay=True)
    (content,) = documents.statement_contents(office.subject, [patient], NOW.date(), NOW.date())
    assert (content.balance, content.data["due"]) == (D("170.00"), "$70.00")
    assert content.data["plans"] == [
        ["0 of 3 instalments paid, $150.00 left", "nothing missed", "$50.00 due 03/16/2026"]
    ]
    assert content.data["aging"][0] == ["by plan, not due", "$150.00"]


def test_all_statements_of_a_batch_print_as_one_file(office):
    from pypdf import PdfReader

    from chartdesk.pms.statements import run_queries, runs

    for _ in range(3):
        _owing(office)
    run = runs.finish(office.subject, runs.start(office.subject).pk)
    pages = PdfReader(io.BytesIO(run_queries.printed(office.subject, run.pk))).pages
    assert len(pages) == 3
    text = " ".join(page.extract_text() for page in pages)
    assert all(one.number in text for one in run_queries.deliveries(office.subject, run.pk))
    assert bytes(_sent(office)[0].pdf).startswith(b"%PDF")
