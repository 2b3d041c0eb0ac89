"""fhirpy (beda.software), its synchronous and its asynchronous client, against the real server over real sockets."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fhirpy import AsyncFHIRClient, SyncFHIRClient
from fhirpy.base.exceptions import MultipleResourcesFound, OperationOutcome, ResourceNotFound
from tests.conformance.serving import address, token_of

__all__ = ["address"]
SYSTEM = "urn:example:mrn"


@pytest.fixture
def bearer(address: str, practice: Any) -> str:
    """What the header Authorization says."""
    from chartdesk.record.access import people

    return f"Bearer {token_of(address, *people.register_client(practice, 'Partner', ['system/*.cruds']))}"


@pytest.fixture
def client(address: str, bearer: str) -> SyncFHIRClient:
    """The synchronous client."""
    return SyncFHIRClient(address, authorization=bearer)


def moss(client: Any, value: str = "77", **more: Any) -> Any:
    content = {"name": [{"family": "Moss", "given": ["Ada"]}], "gender": "female", "birthDate": "1980-02-03"}
    return client.resource("Patient", identifier=[{"system": SYSTEM, "value": value}], **content | more)


def weight(client: Any, patient: Any, kilograms: float) -> Any:
    return client.resource(
        "Observation",
        status="final",
        code={"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Body weight"},
        subject=patient.to_reference(),
        effectiveDateTime="2026-03-02T09:30:00-05:00",
        valueQuantity={"value": kilograms, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
    )


def test_create_read_update_delete(client: SyncFHIRClient) -> None:
    patient = moss(client)
    patient.save()
    assert patient.id
    assert patient.meta.versionId == "1"
    again = client.reference("Patient", patient.id).to_resource()
    assert again.get_by_path(["name", 0, "family"]) == "Moss"
    again["gender"] = "other"
    again.save()
    assert client.resources("Patient").search(_id=patient.id).get().gender == "other"
    again.refresh()
    assert again.meta.versionId == "2"
    patient.delete()
    with pytest.raises(ResourceNotFound, match="deleted"):
        client.reference("Patient", patient.id).to_resource()


def test_a_refusal_is_an_operation_outcome(client: SyncFHIRClient) -> None:
    with pytest.raises(OperationOutcome) as refused:
        moss(client, birthDate="2021-02-30").save()
    (issue,) = refused.value.resource["issue"]
    assert issue["expression"] == ["Patient.birthDate"]
    assert moss(client).is_valid()
    assert not moss(client, gender="nonsense").is_valid()


def test_searches_chains_and_includes(client: SyncFHIRClient) -> None:
    ada, bob = moss(client), moss(client, "78", name=[{"family": "Finch", "given": ["Bob"]}])
    for one in (ada, bob):
        one.save()
    for one, kilograms in ((ada, 61.5), (ada, 62.5), (bob, 80.0)):
        weight(client, one, kilograms).save()
    observations = client.resources("Observation")
    assert observations.search(patient=ada.id).count() == 2
    assert observations.search(patient__Patient__family="finch").count() == 1
    assert observations.search(value_quantity__gt="62||kg").count() == 2
    assert (
        observations.search(date__ge="2026-03-02", date__lt="2026-03-03", code="http://loinc.org|29463-7").count() == 3
    )
    assert observations.search(date__ge="2026-03-03").first() is None
    heaviest = observations.search(value_quantity__gt="0||kg").sort("-value-quantity").first()
    assert heaviest.valueQuantity.value == 80
    found = observations.search(patient=ada.id).include("Observation", "patient").fetch_raw()
    assert sorted(entry.resource.resourceType for entry in found.entry) == ["Observation", "Observation", "Patient"]
    having = client.resources("Patient").has(
        "Observation", "patient", code="http://loinc.org|29463-7", date="2026-03-02"
    )
    assert having.count() == 2
    assert client.resources("Patient").search(identifier=f"{SYSTEM}|77").elements("name").get().get("gender") is None
    assert client.resources("Patient").search(family__exact="Moss").count() == 1
    assert client.resources("Patient").search(family__exact="moss").count() == 0


def test_conditional_writes(client: SyncFHIRClient) -> None:
    first, made = client.resources("Patient").search(identifier=f"{SYSTEM}|77").get_or_create(moss(client))
    assert made
    second, made = client.resources("Patient").search(identifier=f"{SYSTEM}|77").get_or_create(moss(client))
    assert (made, second.id) == (False, first.id)
    changed, made = client.resources("Patient").search(identifier=f"{SYSTEM}|77").update(moss(client, gender="male"))
    assert (made, changed.id, changed.gender) == (False, first.id, "male")
    moss(client).save()
    with pytest.raises(MultipleResourcesFound):
        client.resources("Patient").search(identifier=f"{SYSTEM}|77").get_or_create(moss(client))


def test_a_part_is_changed(client: SyncFHIRClient) -> None:
    patient = moss(client)
    patient.save()
    part = [
        {"name": "type", "valueCode": "replace"},
        {"name": "path", "valueString": "Patient.gender"},
        {"name": "value", "valueCode": "other"},
    ]
    body = {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": part}]}
    assert client.execute(f"Patient/{patient.id}", "patch", data=body).gender == "other"


def test_a_transaction_is_all_or_nothing(client: SyncFHIRClient) -> None:
    def bundle(status: str) -> Any:
        patient = {"resourceType": "Patient", "name": [{"family": "Lindqvist"}]}
        urn = "urn:uuid:6f1d0f4e-6d0b-4b3b-9d3e-0b6a6c1f2a01"
        seen = {"resourceType": "Observation", "status": status, "code": {"text": "x"}, "subject": {"reference": urn}}
        return client.resource(
            "Bundle",
            type="transaction",
            entry=[
                {"resource": seen, "request": {"method": "POST", "url": "Observation"}},
                {"fullUrl": urn, "resource": patient, "request": {"method": "POST", "url": "Patient"}},
            ],
        )

    with pytest.raises(OperationOutcome):
        client.execute("", data=bundle("nonsense"))
    assert client.resources("Patient").search(family="Lindqvist").count() == 0
    answer = client.execute("", data=bundle("final"))
    assert [entry.response.status for entry in answer.entry] == ["201 Created", "201 Created"]
    patient = client.resources("Patient").search(family="Lindqvist").get()
    assert client.resources("Observation").search(subject=f"Patient/{patient.id}").count() == 1


def test_pages_are_fetched_to_the_end(client: SyncFHIRClient) -> None:
    patient = moss(client)
    patient.save()
    for number in range(7):
        weight(client, patient, 60 + number).save()
    found = client.resources("Observation").search(patient=patient.id).sort("-value-quantity").limit(3)
    assert len(found.fetch()) == 3
    assert [one.valueQuantity.value for one in found.fetch_all()] == [66, 65, 64, 63, 62, 61, 60]
    assert len(list(found)) == 7


def test_operations_and_raw_requests(client: SyncFHIRClient) -> None:
    patient = moss(client)
    patient.save()
    weight(client, patient, 61.5).save()
    chart = patient.execute("$everything", method="get")
    assert [entry.resource.resourceType for entry in chart.entry] == ["Patient", "Observation"]
    named = {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": moss(client).serialize()}]}
    matched = client.execute("Patient/$match", data=named)
    assert matched.entry[0].search.score > 0.9
    versions = client.execute(f"Patient/{patient.id}/_history", "get")
    assert (versions.type, len(versions.entry)) == ("history", 1)
    assert client.execute("metadata", "get").fhirVersion == "4.0.1"


def test_many_at_once_by_the_asynchronous_client(address: str, bearer: str) -> None:
    async def story() -> None:
        client = AsyncFHIRClient(address, authorization=bearer)
        patients = [moss(client, str(number)) for number in range(20)]
        await asyncio.gather(*(one.save() for one in patients))
        assert len({one.id for one in patients}) == 20
        read = await asyncio.gather(*(client.reference("Patient", one.id).to_resource() for one in patients))
        assert [one.identifier[0].value for one in read] == [str(number) for number in range(20)]
        assert await client.resources("Patient").search(family="moss").count() == 20
        found = client.resources("Patient").search(identifier=f"{SYSTEM}|3")
        results = await asyncio.gather(*(found.get_or_create(moss(client, "3")) for _ in range(8)))
        assert {one.id for one, _ in results} == {patients[3].id}
        racing = client.resources("Patient").search(identifier=f"{SYSTEM}|new")
        results = await asyncio.gather(*(racing.get_or_create(moss(client, "new")) for _ in range(8)))
        assert len({one.id for one, _ in results}) == 1
        assert sum(made for _, made in results) == 1
        pages = [one async for one in client.resources("Patient").search(family="moss").limit(6)]
        assert len(pages) == 21
        await patients[0].delete()
        with pytest.raises(ResourceNotFound):
            await patients[0].refresh()

    asyncio.run(story())
