"""Coverage found elsewhere: offered once, taken up at its rank or declined with a reason; every benefit in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chartdesk.kit import worklist
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.pms.coverage import commands, elsewhere, queries
from chartdesk.pms.coverage.commands import Card
from chartdesk.record.access import Subject

TODAY = datetime.now(UTC).date()


def _checked(subject: Subject, patient: str) -> Any:
    held = commands.add_coverage(subject, patient, Card(payer_id="NPHP1", rank=1, member_id="NPP10000001COB"))
    return commands.check(subject, held, service_date=TODAY)


def _items(subject: Subject) -> list[Any]:
    with transaction(subject):
        return list(worklist.items(subject, kinds=["coverage_found"]))


def test_every_benefit_is_kept_in_words(subject: Subject, patient: str, sandbox: str) -> None:
    said = [one["words"] for one in _checked(subject, patient).benefits]
    assert all(said)
    assert any("Copay" in one and "$25.00" in one and "in network" in one for one in said), said
    assert any("20 %" in one for one in said), said


def test_what_a_payer_names_is_offered_and_taken_up_first(subject: Subject, patient: str, sandbox: str) -> None:
    check = _checked(subject, patient)
    [offer] = elsewhere.offers(subject, check)
    assert offer.card.rank == 1 and offer.said.startswith("It pays before")
    [item] = _items(subject)
    assert (item.link_kind, item.link_id) == ("coverage_found", str(check.pk))
    assert offer.name in item.title
    with pytest.raises(Invalid):
        elsewhere.accept(subject, check.pk, offer.place, offer.card)  # no member number yet
    assert [one.rank for one in queries.coverages(subject, patient)] == [1]

    made = elsewhere.accept(subject, check.pk, offer.place, Card(offer.card.payer_id, 1, "ZZ123"))
    held = queries.coverages(subject, patient)
    assert [(one.rank, one.member_id) for one in held] == [(1, "ZZ123"), (2, "NPP10000001COB")]
    assert held[0].coverage_id == made
    assert _items(subject) == []
    assert elsewhere.offers(subject, elsewhere.check(subject, check.pk)) == []
    with pytest.raises(Conflict, match="settled"):
        elsewhere.accept(subject, check.pk, offer.place, Card(offer.card.payer_id, 3, "ZZ124"))
    again = commands.check(subject, held[1].coverage_id, service_date=TODAY)
    assert again.elsewhere == [] and again.other_payer


def test_what_was_declined_is_not_offered_again(subject: Subject, patient: str, sandbox: str) -> None:
    check = _checked(subject, patient)
    [offer] = elsewhere.offers(subject, check)
    with pytest.raises(Invalid, match="reason"):
        elsewhere.decline(subject, check.pk, offer.place, " ")
    later = commands.check(subject, check.coverage, service_date=TODAY)
    assert len(elsewhere.offers(subject, later)) == 1
    elsewhere.decline(subject, check.pk, offer.place, "It ended in May.")
    assert _items(subject) == []
    assert elsewhere.offers(subject, elsewhere.check(subject, later.pk)) == []
    assert commands.check(subject, check.coverage, service_date=TODAY).elsewhere == []
