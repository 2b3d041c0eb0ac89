"""The practice's own page: switches, the print of paper claims, and what is written down of a change."""

from __future__ import annotations

from chartdesk.kit.transactions import transaction
from chartdesk.record.access.people import practice_of


def _settings(subject) -> dict:
    with transaction(subject):
        return practice_of(subject).settings


def _noted(subject) -> list[str]:
    from chartdesk.record.models import Audit

    with transaction(subject):
        rows = Audit.objects.filter(practice=subject.practice, what="practice")
        return list(rows.values_list("detail", flat=True))


def _payer(client, **fields: str) -> None:
    form = {"name": "Acme", "filing_indicator": "CI", "timely_filing_days": "90", "active": "1", **fields}
    assert client.post("/practice/payers/known/ACME1", form).status_code == 302


def test_switches_and_what_words_mean(staff, office):
    from chartdesk.pms.coverage import batches
    from chartdesk.record.access import practices

    client = staff("manager")
    page = client.get("/practice").content.decode()
    assert page.count(">on</span>") == 2 and page.count(">off</span>") == 1
    client.post("/practice/switch", {"name": "eligibility_batch", "on": "1"})
    assert _settings(office.subject)["eligibility_batch"] is True
    with transaction(office.subject):
        assert batches.by_file(office.subject, "ACME1")
    _payer(client, eligibility_batch="0")
    with transaction(office.subject):
        assert not batches.by_file(office.subject, "ACME1")
    assert '<option value="0" selected>' in client.get("/practice/payers/known/ACME1").content.decode()
    _payer(client, eligibility_batch="")
    with transaction(office.subject):
        assert batches.by_file(office.subject, "ACME1")
    practices.switch(office.subject, auto_submit="off", check_profiles="error", eligibility_batch="no")
    page = client.get("/practice").content.decode()
    assert page.count(">on</span>") == 1 and page.count(">off</span>") == 2
    with transaction(office.subject):
        assert not batches.by_file(office.subject, "ACME1")


def test_the_print_is_moved(staff, office):
    from chartdesk.pms.claims.paper import printing

    client = staff("manager")
    client.post("/practice/paper", {"right": "-3", "down": "7"})
    with transaction(office.subject):
        assert printing.shift_of(office.subject) == (-3, 7)
    assert 'value="-3"' in client.get("/practice").content.decode()
    page = client.post("/practice/paper", {"right": "100", "down": "x"}, follow=True).content.decode()
    assert "is no number of points" in page
    assert _settings(office.subject)["paper_shift"] == [-3, 7]
    assert staff("biller").post("/practice/paper", {"right": "1", "down": "1"}).status_code == 403


def test_changes_are_written_down_and_only_changes(office):
    from chartdesk.record.access import practices

    practices.switch(office.subject, auto_submit=False, statement_days=30)
    practices.switch(office.subject, auto_submit=False)
    with transaction(office.subject):
        row = practice_of(office.subject)
    facts = {name: getattr(row, name) for name in practices.Facts.__dataclass_fields__}
    practices.amend(office.subject, practices.Facts(**facts))
    practices.amend(office.subject, practices.Facts(**{**facts, "phone": "6145550188"}))
    assert sorted(_noted(office.subject)) == ["phone", "settings auto_submit, statement_days"]


def test_a_patients_login_is_no_login_of_the_staff(practice):
    import pytest

    from chartdesk.kit.errors import Conflict
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import Role

    name = f"ivy-{practice.pk}"
    people.add_patient(practice, name, "p1", password="a-long-password", name="Ivy Moss")
    with pytest.raises(Conflict, match="patient's login"):
        people.add_member(practice, name, Role.BILLER, password="a-long-password", name="Ivy Moss")
