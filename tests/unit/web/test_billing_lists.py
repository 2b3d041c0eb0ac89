"""Lists of billing: who may see them, what they say, and that their length costs no further queries."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from tests.money.office import DAY, NOW, Cut, Paid, decided

PAGES = ("/work", "/charges", "/claims", "/follow-up", "/appeals", "/files", "/remittances", "/denials", "/receivables")


def _fill(office, number):
    """Denied claims, held payments, charges in review, each for a patient of its own."""
    for _ in range(number):
        claim = office.claim([("99213", "140"), ("87880", "32")])
        cuts = [Cut("CO", "96", "140")]
        office.receive(
            office.remit(
                decided(claim, [Paid("99213", "140", "0", cuts), Paid("87880", "32", "32")]),
                decided(None, [Paid("99213", "50", "50")]),
            )
        )
        _in_review(office)


def _in_review(office):
    from chartdesk.pms.charges import commands as charges

    return charges.capture(
        office.subject,
        charges.EncounterCharges(
            f"web-{office.patient()}", "", "", office.patient(), office.practitioner, DAY, "11", NOW, 20, ["J02.0"],
            [charges.Procedure("99213", pointers=[1]), charges.Procedure("99499", pointers=[1])],
        ),
    )  # fmt: skip


def test_a_character_that_no_text_can_have_is_refused_and_nothing_is_written(staff, office):
    claim = office.claim()
    biller = staff("biller")
    for path in ("/follow-up?owner=\x00", "/claims?patient=a%00b", "/work?kind=%00"):
        assert biller.get(path).status_code == 422, path
    refused = biller.post(f"/follow-up/{claim.claim_id}", {"owner": "", "next_action": "", "note": "pasted\x00"})
    assert (refused.status_code, "Type it anew" in refused.content.decode()) == (422, True)
    assert "pasted" not in biller.get(f"/follow-up/{claim.claim_id}").content.decode()


@pytest.mark.parametrize("role", ["front_desk", "clinician", "nurse"])
def test_money_pages_are_closed_to_other_roles(staff, role):
    client = staff(role)
    for path in [*PAGES[1:], "/dashboard", "/practice/payers", "/practice/fees"]:
        assert client.get(path).status_code == 403, path
    assert client.get("/work").status_code == 200


def test_only_a_manager_sets_the_practice_up(staff):
    biller = staff("biller")
    for path in ("/practice", "/practice/schedule", "/practice/people", "/practice/programs", "/practice/audit"):
        assert biller.get(path).status_code == 403, path
    manager = staff("manager")
    for path in ("/practice", "/practice/schedule", "/practice/people", "/practice/programs", "/practice/audit"):
        assert manager.get(path).status_code == 200, path


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_list_says_what_comes(staff, path):
    answer = staff("biller").get(path)
    assert answer.status_code == 200
    assert b"0 rows" in answer.content or path == "/receivables"


def test_lists_show_what_waits_and_export_it(staff, office):
    _fill(office, 2)
    client = staff("biller", "manager")
    for path, words in (
        ("/work", "could not be posted to a claim"),
        ("/charges", "99499 has no price"),
        ("/claims?status=partly_paid", "partly paid"),
        ("/denials", "Not covered"),
        ("/remittances", "ACME PPO"),
        ("/receivables", "Acme PPO"),
    ):
        page = client.get(path).content.decode()
        assert words in page, path
        file = client.get(f"{path}{'&' if '?' in path else '?'}format=csv")
        assert file["Content-Type"].startswith("text/csv"), path
        assert len(file.content.decode().splitlines()) >= 2, path


def test_a_longer_list_asks_no_more_questions(staff, office):
    client, patient = staff("biller"), office.patient()
    paths = [*PAGES, "/dashboard", "/dashboard/denial_rate", f"/patients/{patient}/account"]

    def questions():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        found = {}
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200, path
            found[path] = [one["sql"] for one in asked]
        return found

    _fill(office, 2)
    office.claim(patient=patient)
    questions()
    few = questions()
    _fill(office, 3)
    for days in (1, 2):
        office.claim(patient=patient, on=DAY + timedelta(days=days))
    # Twice: what is remembered for some time may have to be asked again in one of them, a row's question is in both.
    many = questions(), questions()
    more = {
        path: sorted(Counter(many[0][path]) - Counter(few[path]), key=str)
        for path in paths
        if min(len(one[path]) for one in many) > len(few[path])
    }
    assert not more


def test_a_longer_remittance_asks_no_more_questions(staff, office):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = staff("biller"), []
    for number in (1, 4):
        claims = [decided(office.claim(), [Paid("99213", "140", "140")]) for _ in range(number)]
        view, _ = office.receive(office.remit(*claims))
        client.get(f"/remittances/{view.row.pk}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/remittances/{view.row.pk}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_claim_list_filters_sorts_and_adds_up(staff, office):
    big, small = office.claim([("99213", "140")]), office.claim([("87880", "32")])
    client = staff("biller")
    page = client.get("/claims?order=total").content.decode()
    assert page.index(small.number) < page.index(big.number)
    page = client.get("/claims?order=-total&payer=ACME1&since=2026-03-02&until=2026-03-02").content.decode()
    assert page.index(big.number) < page.index(small.number)
    assert "$172.00" in page
    assert big.number not in client.get("/claims?until=2026-03-01").content.decode()
    assert client.get("/claims?since=yesterday").status_code == 422


def test_a_cell_that_looks_like_a_formula_is_text_in_a_file(staff, subject):
    from chartdesk.kit import worklist

    worklist.raise_item(subject, worklist.Task(kind="other", key="1", role="biller", title="=1+1"))
    assert "'=1+1" in staff("biller").get("/work?format=csv").content.decode()
