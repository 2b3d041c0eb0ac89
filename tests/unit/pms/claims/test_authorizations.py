"""The authorization number rides on the claim, built alone or with many; a claim that lacks one is held."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.money.office import DAY, PAYER
from tests.unit.pms.claims.conftest import Desk

from chartdesk.kit import outbox
from chartdesk.pms.authorizations import commands as authorizations
from chartdesk.pms.authorizations.models import Requirement
from chartdesk.pms.claims import batches, commands
from chartdesk.pms.claims import subscriptions as claims
from chartdesk.pms.coverage import queries as coverage


def _policy(desk: Desk, patient: str) -> str:
    return coverage.coverages(desk.subject, patient)[0].coverage_id


def _entered(desk: Desk, patient: str, number: str, **changes: Any) -> Any:
    given = authorizations.Entered(number, DAY, **changes)
    return authorizations.enter(desk.subject, _policy(desk, patient), given)


def test_the_numbers_ride_on_the_claim_in_the_file(desk: Desk) -> None:
    patient = desk.office.patient()
    _entered(desk, patient, "AUTH-1", visits=3)
    _entered(desk, patient, "REF-1", kind="referral")
    _entered(desk, patient, "OTHER", codes=("97110",))
    number = commands.build(desk.subject, desk.charges(patient))
    commands.scrub(desk.subject, number)
    content = desk.claim(number).content
    assert (content["prior_authorization"], content["referral_number"]) == ("AUTH-1", "REF-1")
    commands.submit(desk.subject, [number])
    commands.send_pending(desk.subject)
    [path] = desk.out
    text = path.read_text()
    assert "REF*G1*AUTH-1~" in text and "REF*9F*REF-1~" in text


def test_many_are_built_alike(desk: Desk) -> None:
    with_one, without = desk.office.patient(), desk.office.patient()
    _entered(desk, with_one, "AUTH-2")
    bills = [desk.charges(with_one), desk.charges(without)]
    made = batches.build_many(desk.subject, bills)
    found = [desk.claim(made.claims[bill][0]).content for bill in bills]
    assert found[0]["prior_authorization"] == "AUTH-2"
    assert not found[1].get("prior_authorization")


def test_a_claim_that_lacks_one_is_held_and_goes_on_when_it_comes(desk: Desk) -> None:
    authorizations.demand(
        desk.subject, Requirement(payer_id=PAYER, codes=["99210-99215"], effective=date(DAY.year - 1, 1, 1))
    )
    claims.connect()
    patient = desk.office.patient()
    bill = desk.charges(patient)
    number = commands.build(desk.subject, bill)
    commands.scrub(desk.subject, number)
    held = desk.claim(number)
    assert held.status == "held"
    assert [one["rule"] for one in held.findings] == ["authorization_missing"]
    assert [one["where"] for one in held.findings] == [["authorizations", patient]]
    _entered(desk, patient, "AUTH-3")
    outbox.deliver_all(desk.subject.practice)
    mended = desk.claim(number)
    assert mended.status in ("ready", "submitted"), mended.findings
    assert mended.content["prior_authorization"] == "AUTH-3"
