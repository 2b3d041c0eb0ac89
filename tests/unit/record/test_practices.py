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


def test_the_organization_follows_and_keeps_what_others_brought(subject, practices):
    from chartdesk.pms.coverage import parties
    from chartdesk.record import search, store
    from chartdesk.standards.fhir import r4

    _, _, id = (parties.practice(subject).reference or "").partition("/")
    brought = store.read(subject, r4.Organization, id)
    brought.alias = ["The old mill"]
    brought.identifier = [*brought.identifier, r4.Identifier(system="urn:partner", value="7")]
    brought.telecom = [*brought.telecom, r4.ContactPoint(system="email", value="desk@elm.example")]
    store.put(subject, brought)
    facts = {**FACTS, "phone": "6145550123", "line1": "7 Elm Street", "city": "Dublin", "state": "OH"}
    practices.amend(subject, practices.Facts(**facts))
    shown = store.read(subject, r4.Organization, id)
    assert (shown.name, shown.alias, shown.active) == ("Elm Street Family Medicine", ["The old mill"], True)
    assert [one.value for one in shown.identifier] == ["1993999998", "123456789", "7"]
    assert [one.value for one in shown.telecom] == ["6145550123", "desk@elm.example"]
    assert [(one.line, one.city) for one in shown.address] == [(["7 Elm Street"], "Dublin")]
    assert [one.id for one in search.find(subject, "Organization", [("name", "Elm Street")])] == [id]
    version = store.get(subject, "Organization", id).version
    practices.amend(subject, practices.Facts(**facts))
    assert store.get(subject, "Organization", id).version == version
    assert parties.practice(subject).reference == f"Organization/{id}"


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
        lambda: practices.clients(biller),
        lambda: practices.withdraw_client(biller, "x"),
    ):
        with pytest.raises(Forbidden):
            call()
