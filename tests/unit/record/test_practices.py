"""What a manager writes about the practice, and who may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

FACTS = {"name": "Elm Street Family Medicine", "zone": "America/Chicago", "npi": "1993999998", "tax_id": "123456789"}


@pytest.fixture
def practices():
    from chartdesk.record.access import practices

    return practices


def test_facts_are_written_and_faults_named_together(subject, practices):
    from chartdesk.kit.errors import Invalid
    from chartdesk.record.access.people import practice_of

    practices.amend(subject, practices.Facts(**FACTS))
    assert practice_of(subject).zone == "America/Chicago"
    wrong = practices.Facts(**{**FACTS, "npi": "1993999999", "zone": "Mars/Olympus", "state": "Ohio", "name": " "})
    with pytest.raises(Invalid) as fault:
        practices.amend(subject, wrong)
    assert [one.where for one in fault.value.issues] == ["name", "zone", "npi", "state"]
    assert practice_of(subject).name == "Elm Street Family Medicine"


def test_a_switch_leaves_other_settings_alone(subject, practices):
    practices.switch(subject, statement_days=30)
    assert practices.switch(subject, auto_submit=False) == {"statement_days": 30, "auto_submit": False}


def test_a_withdrawn_program_gets_no_token(subject, practice, practices):
    from chartdesk.kit.errors import Forbidden, NotFound
    from chartdesk.record.access import people

    client, secret = people.register_client(practice, "Lab", ["system/Patient.rs"])
    people.issue_token(client, secret)
    practices.withdraw_client(subject, client)
    with pytest.raises(Forbidden):
        people.issue_token(client, secret)
    with pytest.raises(NotFound):
        practices.withdraw_client(subject, client)
    assert [one.active for one in practices.clients(subject)] == [False]


def test_only_a_manager_may(subject, practices):
    from chartdesk.kit.errors import Forbidden
    from chartdesk.record.access.subject import Role

    biller = replace(subject, roles=frozenset({Role.BILLER}))
    for call in (
        lambda: practices.amend(biller, practices.Facts(**FACTS)),
        lambda: practices.switch(biller, auto_submit=False),
        lambda: practices.members(biller),
        lambda: practices.clients(biller),
        lambda: practices.withdraw_client(biller, "x"),
    ):
        with pytest.raises(Forbidden):
            call()
