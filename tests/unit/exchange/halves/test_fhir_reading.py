"""Facts out of the other half's resources, and the shapes in which the halves write for each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from chartdesk.exchange.halves import facts
from chartdesk.exchange.halves.fhir import shapes
from chartdesk.exchange.halves.fhir.reading import Reader
from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges.circumstances import kept
from chartdesk.pms.registration.people import Guarantor
from chartdesk.record.identities.identifiers import Identifier
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

WHEN = "2026-03-02T14:00:00.000Z"
AT = datetime(2026, 3, 2, 14, tzinfo=UTC)
IDA = {
    "resourceType": "Patient", "id": "p1", "active": True, "gender": "female", "birthDate": "1980-05-06",
    "name": [{"family": "Moss", "given": ["Ida"]}],
    "identifier": [{"system": "urn:chartdesk:mrn", "value": "100001"}, {"system": "urn:oid:1.2.3", "value": "X7"}],
}  # fmt: skip
ANA = {
    "resourceType": "Practitioner", "id": "d1", "name": [{"text": "Ana Reed, MD"}],
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
}  # fmt: skip
SITE = {"resourceType": "Location", "id": "l1", "name": "Main Street"}
ROOM = {"resourceType": "Location", "id": "l2", "name": "Exam 1", "partOf": {"reference": "Location/l1"}}
VISIT = {
    "resourceType": "Appointment", "id": "a1", "status": "arrived",
    "start": "2026-03-02T14:00:00Z", "end": "2026-03-02T14:20:00Z",
    "serviceType": [{"coding": [{"system": "urn:chartdesk:visit-type", "code": "sick"}], "text": "Sick visit"}],
    "reasonCode": [{"text": "sore throat"}],
    "participant": [
        {"actor": {"reference": f"{kind}/{id}"}, "status": "accepted"}
        for kind, id in (("Patient", "p1"), ("Practitioner", "d1"), ("Location", "l1"), ("Location", "l2"))
    ],
}  # fmt: skip
PAYER = {
    "resourceType": "Organization", "id": "o1", "name": "Acme",
    "identifier": [{"system": "urn:chartdesk:payer", "value": "ACME1"}],
}  # fmt: skip
CARD = {
    "resourceType": "Coverage", "id": "c1", "status": "active", "subscriberId": "M1", "order": 1,
    "beneficiary": {"reference": "Patient/p1"}, "payor": [{"reference": "Organization/o1"}],
    "relationship": {"coding": [{"code": "self"}]}, "period": {"start": "2025-01-01"},
}  # fmt: skip


class Server:
    """Resources as a server keeps them."""

    def __init__(self, *held: dict[str, Any]) -> None:
        self.asked: list[str] = []
        self._held = {f"{one['resourceType']}/{one['id']}": {"meta": {"lastUpdated": WHEN}, **one} for one in held}

    def read(self, type: str, id: str) -> r4.Resource | None:
        self.asked.append(f"{type}/{id}")
        found = self._held.get(f"{type}/{id}")
        return fhir.decode(msgspec.json.encode(found)) if found else None

    def search(self, type: str, **asked: str) -> Iterator[r4.Resource]:
        for name, one in self._held.items():
            if name.startswith(f"{type}/"):
                yield fhir.decode(msgspec.json.encode(one))


def read(server: Server, type: str, id: str, known: set[str] | None = None) -> list[facts.Fact]:
    """What is told by a reader that knows patients by these numbers."""
    reader = Reader(server, "THEM", lambda numbers: any(one.value in (known or set()) for one in numbers))
    return reader.tell(type, id)


def test_a_patient_comes_with_every_number_the_id_first():
    [told] = read(Server(IDA), "Patient", "p1")
    assert isinstance(told, facts.PatientIn)
    assert told.numbers == (
        Identifier("THEM", "p1", "PI"),
        Identifier("THEM", "100001", "MR"),
        Identifier("1.2.3", "X7"),
    )
    assert (told.person.family, told.person.given, told.at, told.active) == ("Moss", "Ida", AT, True)
    # What a server may keep to itself is not deleted here by its silence; a name or a phone is.
    assert "ssn" not in told.told and {"family", "phone_home"} <= told.told


def test_who_is_gone_tells_nothing_of_a_patient_and_withdraws_a_visit():
    assert read(Server(), "Patient", "p1") == []
    [told] = read(Server(), "Appointment", "a1")
    assert isinstance(told, facts.VisitWithdrawnIn) and told.status == "cancelled"
    assert told.numbers == (Identifier("THEM", "a1", "VN"),)


@pytest.mark.parametrize(
    ("known", "order"),
    [
        (set(), ["PatientIn", "MergeIn"]),
        ({"p2"}, ["MergeIn", "PatientIn"]),
        ({"p1", "p2"}, ["MergeIn", "PatientIn"]),
    ],
)
@pytest.mark.parametrize("asked", ["p1", "p2"])
def test_a_merge_is_told_by_the_ids_alone(known, order, asked):
    link = [{"other": {"reference": "Patient/p2"}, "type": "replaces"}]
    stays = {
        **IDA,
        "link": link,
        "identifier": [*IDA["identifier"], {"system": "urn:chartdesk:mrn", "value": "100002"}],
    }
    goes = {
        **IDA, "id": "p2", "active": False,
        "identifier": [{"system": "urn:chartdesk:mrn", "value": "100002"}],
        "link": [{"other": {"reference": "Patient/p1"}, "type": "replaced-by"}],
    }  # fmt: skip
    told = read(Server(stays, goes), "Patient", asked, known)
    assert [type(one).__name__ for one in told] == order
    [merge] = [one for one in told if isinstance(one, facts.MergeIn)]
    assert merge.survivor == (Identifier("THEM", "p1", "PI"),)
    assert merge.prior == (Identifier("THEM", "p2", "PI"),)


def test_two_who_replace_each_other_are_an_error():
    one = {**IDA, "link": [{"other": {"reference": "Patient/p2"}, "type": "replaced-by"}]}
    other = {**IDA, "id": "p2", "link": [{"other": {"reference": "Patient/p1"}, "type": "replaced-by"}]}
    with pytest.raises(Invalid, match="was replaced by Patient/p2, who is nobody"):
        read(Server(one, other), "Patient", "p1")


def test_a_visit_says_who_where_and_what_for():
    told = read(Server(IDA, ANA, SITE, ROOM, VISIT), "Appointment", "a1", {"p1"})
    [visit] = told
    assert isinstance(visit, facts.VisitIn)
    assert visit.practitioner == (Identifier("THEM", "d1", "PI"), Identifier("NPI", "1234567893"))
    assert (visit.status, visit.visit_type, visit.visit_type_name) == ("arrived", "sick", "Sick visit")
    assert (visit.site_name, visit.room, visit.reason) == ("Main Street", "Exam 1", "sore throat")
    assert visit.location == (Identifier("THEM", "l1", "PI"),)
    assert visit.starts == AT and visit.ends == datetime(2026, 3, 2, 14, 20, tzinfo=UTC)


def test_whoever_is_not_known_yet_is_told_before_the_visit():
    told = read(Server(IDA, ANA, VISIT), "Appointment", "a1")
    assert [type(one).__name__ for one in told] == ["PatientIn", "VisitIn"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("cancelled", "cancelled"), ("noshow", "noshow"), ("entered-in-error", "cancelled")],
)
def test_a_visit_that_does_not_take_place(status, expected):
    [told] = read(Server(IDA, {**VISIT, "status": status}), "Appointment", "a1", {"p1"})
    assert isinstance(told, facts.VisitWithdrawnIn) and told.status == expected


@pytest.mark.parametrize("status", ["proposed", "pending", "waitlist"])
def test_what_is_no_visit_yet_tells_nothing(status):
    assert read(Server(IDA, {**VISIT, "status": status}), "Appointment", "a1", {"p1"}) == []


PAYING = {
    "resourceType": "RelatedPerson", "id": "r1", "active": True, "patient": {"reference": "Patient/p1"},
    "name": [{"family": "Moss", "given": ["Mo"]}],
    "relationship": [
        {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "PRN"}]},
        {"coding": [{"system": "urn:chartdesk:relationship", "code": "guarantor"}]},
    ],
}  # fmt: skip


def test_who_pays_is_told_as_it_stands_whichever_was_changed():
    gone = {**PAYING, "id": "r0", "active": False}
    holder = {**PAYING, "id": "r2", "relationship": [{"text": "parent"}]}
    for asked in ("r0", "r1"):
        [told] = read(Server(IDA, gone, PAYING, holder), "RelatedPerson", asked, {"p1"})
        assert isinstance(told, facts.GuarantorIn) and told.patient[0] == Identifier("THEM", "p1", "PI")
        assert (told.guarantor.relationship, told.guarantor.person.given) == ("parent", "Mo")
        assert told.guarantor.identifiers == (("urn:chartdesk:assigned-by:THEM", "r1", "GI"),)
    [told] = read(Server(IDA, gone), "RelatedPerson", "r0", {"p1"})
    assert isinstance(told, facts.GuarantorIn) and told.guarantor == Guarantor()
    # One who holds a policy and pays for nobody says nothing of who pays.
    assert read(Server(IDA, holder), "RelatedPerson", "r2", {"p1"}) == []


@pytest.mark.parametrize(("status", "text"), [("active", "Fall risk"), ("inactive", "")])
def test_the_front_desks_alert_is_told_and_no_other_flag(status: str, text: str):
    flag = {
        "resourceType": "Flag", "id": "f1", "status": status, "code": {"text": "Fall risk"},
        "subject": {"reference": "Patient/p1"}, "identifier": [{"system": "urn:chartdesk:alert", "value": "p1"}],
    }  # fmt: skip
    [told] = read(Server(IDA, flag), "Flag", "f1", {"p1"})
    assert isinstance(told, facts.AlertIn) and told.text == text
    # That of a record that was merged into this one stands beside this one's own.
    for number in ({"system": "urn:chartdesk:alert", "value": "p0"}, {"system": "urn:other", "value": "p1"}):
        assert read(Server(IDA, {**flag, "identifier": [number]}), "Flag", "f1", {"p1"}) == []


def test_all_policies_of_a_patient_are_told_together():
    second = {**CARD, "id": "c2", "order": 2, "subscriberId": "M2", "meta": {"lastUpdated": "2026-03-02T15:00:00Z"}}
    wrong = {**CARD, "id": "c3", "status": "entered-in-error"}
    [told] = read(Server(IDA, PAYER, CARD, second, wrong), "Coverage", "c1", {"p1"})
    assert isinstance(told, facts.CoverageIn)
    assert [(one.rank, one.member_id) for one in told.policies] == [(1, "M1"), (2, "M2")]
    assert told.policies[0].payer[0] == Identifier("PAYER", "ACME1")
    assert told.policies[0].effective == date(2025, 1, 1)
    # What was told last counts: the first policy alone would be older news than the second.
    assert told.at == datetime(2026, 3, 2, 15, tzinfo=UTC)


# ------------------------------------------------------------------------------------------- charges


def _encounter() -> r4.Encounter:
    found = fhir.decode(
        msgspec.json.encode(
            {
                "resourceType": "Encounter",
                "id": "e1",
                "status": "finished",
                "class": {"code": "AMB"},
                "subject": {"reference": "Patient/p1"},
                "participant": [{"individual": {"reference": "Practitioner/d1"}}],
                "diagnosis": [
                    {"condition": {"reference": "Condition/k2"}, "rank": 2},
                    {"condition": {"reference": "Condition/k1"}, "rank": 1},
                ],
                "period": {"start": "2026-03-02T14:00:00Z"},
                "meta": {"lastUpdated": WHEN},
            }
        )
    )
    assert isinstance(found, r4.Encounter)
    return found


def _condition(id: str, code: str) -> dict[str, Any]:
    coding = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}
    return {"resourceType": "Condition", "id": id, "code": {"coding": [coding]}, "subject": {"reference": "Patient/p1"}}


def _plain(resource: r4.Resource) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(fhir.encode(resource))
    return found


DONE = [
    facts.ProcedureIn(code="99213", modifiers=("25",), pointers=(1, 2), description="Office visit"),
    facts.ProcedureIn(code="J1100", units=Decimal("2.50"), pointers=(2,), modifiers=("RT", "59")),
]


def test_what_was_signed_comes_through_whole():
    said = shapes.Signed(
        signed_at=datetime(2026, 3, 2, 15, 1, 2, 345678, tzinfo=UTC),
        service_date=date(2026, 3, 2),
        patient=(Identifier("US", "100001"),),
        visit=(Identifier("US", "a9"),),
        site="4",
        place_of_service="11",
        documented={"problems": "moderate", "by": "Ana Reed"},
        circumstances={"causes": ["none"], "onset": "2026-02-27", "referring": {"family": "O", "npi": "1993999998"}},
    )
    encounter = shapes.with_signed(_encounter(), said, 21)
    performed = [shapes.performed(encounter, n, one, ["k1", "k2"], date(2026, 3, 2)) for n, one in enumerate(DONE, 1)]
    for resource in (encounter, *performed):
        assert fhir.validate(fhir.decode(fhir.encode(resource))) == []
    # Procedures come in no order, conditions by their rank.
    server = Server(
        IDA,
        ANA,
        _plain(encounter),
        *map(_plain, reversed(performed)),
        _condition("k1", "J02.0"),
        _condition("k2", "I10"),
    )
    [told] = read(server, "Encounter", "e1", {"p1"})
    assert isinstance(told, facts.ChargesIn)
    assert told.source == Identifier("THEM", "e1") and told.diagnoses == ("J02.0", "I10")
    assert [(one.code, one.modifiers, one.units, one.pointers) for one in told.procedures] == [
        (one.code, one.modifiers, one.units, one.pointers) for one in DONE
    ]
    assert (told.signed_at, told.service_date, told.minutes) == (said.signed_at, said.service_date, 21)
    assert told.patient[0] == Identifier("US", "100001") and told.visit == said.visit
    assert (told.site, told.place_of_service, told.documented) == ("4", "11", said.documented)
    assert Identifier("NPI", "1234567893") in told.practitioner
    assert kept(told.circumstances) == said.circumstances


def test_circumstances_that_cannot_be_read_are_told_and_not_left_out():
    encounter = shapes.with_signed(_encounter(), shapes.Signed(circumstances={"onset": "in spring"}), None)
    with pytest.raises(Invalid, match="What was said of the visit cannot be read"):
        shapes.signed(encounter)


def test_a_visit_that_is_over_and_not_signed_is_not_charged():
    assert read(Server(IDA, ANA, _plain(_encounter())), "Encounter", "e1", {"p1"}) == []


def test_another_vendors_encounter_is_charged_by_its_procedures():
    encounter = {**_plain(_encounter()), "appointment": [{"reference": "Appointment/a1"}]}
    done = _plain(shapes.performed(_encounter(), 1, DONE[0], ["k1", "k2"], date(2026, 3, 2)))
    visit = {**VISIT, "identifier": [{"system": "urn:chartdesk:assigned-by:US", "value": "a9"}]}
    server = Server(IDA, ANA, visit, encounter, done, _condition("k1", "J02.0"), _condition("k2", "I10"))
    [told] = read(server, "Encounter", "e1", {"p1"})
    assert isinstance(told, facts.ChargesIn)
    assert told.visit == (Identifier("THEM", "a1", "VN"), Identifier("US", "a9"))
    assert told.service_date == date(2026, 3, 2) and told.signed_at is None


def test_what_is_offered_comes_through():
    offered = shapes.offering("procedures-offered", [("99213", "Office visit"), ("J1100", "An injection")], AT)
    assert fhir.validate(fhir.decode(fhir.encode(offered))) == []
    [told] = read(Server({**_plain(offered)}), "ValueSet", "procedures-offered")
    assert isinstance(told, facts.ProceduresIn)
    assert told.procedures == {"99213": "Office visit", "J1100": "An injection"}
    assert read(Server({**_plain(offered), "url": "urn:other"}), "ValueSet", "procedures-offered") == []
