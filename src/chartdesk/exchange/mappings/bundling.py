"""Resources of one message as a Bundle that another FHIR server takes: by their identifiers, not by our numbers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

Into = dict[str, Any]
_encoder = msgspec.json.Encoder(decimal_format="number")
#: Resources that are told apart by an identifier of theirs; the others are made anew.
_KNOWN_BY = (
    "Patient", "Practitioner", "Organization", "Encounter", "Appointment", "Coverage", "Account", "ServiceRequest",
    "DiagnosticReport", "ChargeItem", "Immunization", "DocumentReference", "Specimen",
)  # fmt: skip
_SPACE = uuid.UUID("7f2b6f0e-3c53-5d0e-9f2a-5a8a8f0c1d11")


def collection(resources: Sequence[Into]) -> bytes:
    """A Bundle of type collection, in JSON."""
    entries = [{"fullUrl": f"urn:chartdesk:{one['resourceType']}/{one['id']}", "resource": one} for one in resources]
    return _encoder.encode({"resourceType": "Bundle", "type": "collection", "entry": entries})


def transaction(resources: Sequence[Into], message: str) -> bytes:
    """A Bundle of type transaction, in JSON. ``message`` names the message: the same one makes the same Bundle.

    What has an identifier with a system is written by it (a conditional update), the rest is created.
    """
    urls = {}
    for one in resources:
        number = uuid.uuid5(_SPACE, f"{message}/{one['id']}")
        urls[f"{one['resourceType']}/{one['id']}"] = f"urn:uuid:{number}"
    entries = []
    for one in resources:
        name = f"{one['resourceType']}/{one['id']}"
        content = _pointed({key: value for key, value in one.items() if key != "id"}, urls)
        entries.append({"fullUrl": urls[name], "resource": content, "request": _request(one)})
    return _encoder.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})


def _request(one: Into) -> dict[str, str]:
    kind = one["resourceType"]
    found = one.get("identifier", ()) if kind in _KNOWN_BY else ()
    for identifier in [found] if isinstance(found, dict) else found:
        if identifier.get("system") and identifier.get("value"):
            token = f"{quote(identifier['system'], safe='')}|{quote(identifier['value'], safe='')}"
            return {"method": "PUT", "url": f"{kind}?identifier={token}"}
    return {"method": "POST", "url": kind}


def _pointed(value: Any, urls: dict[str, str]) -> Any:
    """``value`` with references to what is in the Bundle led there."""
    if isinstance(value, dict):
        return {
            name: urls.get(inner, inner) if name == "reference" and isinstance(inner, str) else _pointed(inner, urls)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_pointed(one, urls) for one in value]
    return value
