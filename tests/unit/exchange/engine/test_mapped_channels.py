"""Channels with mappings as partners have them: refused while a sample fails, then at work."""

from __future__ import annotations

import json

import pytest

SAMPLE = "MSH|^~\\&|PMS|RIVER|EHR|RIVER|20260314||ADT^A08|1|P|2.5.1\nPID|1||100^^^MRB||MOSS^ADA||19800203|W"


def mapping(expected: str) -> dict[str, object]:
    """A partner who writes W for women."""
    return {
        "name": "riverbend",
        "edits": [{"to": "PID-8", "source": "PID-8", "codes": "RiverbendSex"}],
        "codes": {"RiverbendSex": {"W": {"code": "F"}}},
        "samples": [{"name": "a woman", "message": SAMPLE, "expected": [{"at": "PID-8", "value": expected}]}],
    }


def test_a_mapping_goes_live_when_its_samples_hold(subject, opened, taker, partner, read):
    from chartdesk.exchange.engine import receiving, routing
    from chartdesk.exchange.mappings import registering
    from chartdesk.kit.errors import Invalid

    registering.connect()
    lab = {"name": "lab", "transport": {"type": "mllp", "host": "127.0.0.1", "port": 2575}}
    # A destination's own mapping begins with what the channel's made: W is F by then.
    fhir = {"name": "server", "makes": "fhir", "authorities": {"MRB": "https://riverbend.example/mrn"}}
    with pytest.raises(Invalid) as fault:
        opened("riverbend", mapping=mapping("M"), destinations=[lab])
    assert "mapping: samples.a woman: PID-8: expected 'M', got 'F'." in fault.value.issues
    channel = opened("riverbend", mapping=mapping("F"), destinations=[lab, {**lab, "name": "server", "mapping": fhir}])
    raw = "\r".join(SAMPLE.split("\n")).encode()
    (accepted,) = receiving.accept(channel, [raw], peer="10.0.0.1")
    routing.work_all(subject.practice)
    view = read(accepted.message_id)
    assert view.row.status == "queued", view.why
    assert b"|19800203|F" in view.mapped
    bundle = json.loads(next(one for one in view.deliveries if one.destination == "server").content)
    (patient,) = (one for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient")
    assert patient["resource"]["gender"] == "female"
    assert patient["request"]["url"] == "Patient?identifier=https%3A%2F%2Friverbend.example%2Fmrn|100"


def test_after_a_channels_mapping_to_fhir_destinations_begin_with_the_message_as_it_came(subject, opened, taker, read):
    from chartdesk.exchange.engine import receiving, routing
    from chartdesk.exchange.mappings import registering

    registering.connect()
    lab = {"name": "lab", "transport": {"type": "mllp", "host": "127.0.0.1", "port": 2575}}
    channel = opened(
        "riverbend", mapping={"name": "fhir", "makes": "fhir"}, destinations=[{**lab, "mapping": mapping("F")}]
    )
    (accepted,) = receiving.accept(channel, ["\r".join(SAMPLE.split("\n")).encode()], peer="10.0.0.1")
    routing.work_all(subject.practice)
    view = read(accepted.message_id)
    assert b'"resourceType":"Bundle"' in view.mapped
    (delivery,) = view.deliveries
    assert b"|19800203|F" in delivery.content
