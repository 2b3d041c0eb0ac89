"""The CapabilityStatement: what this server does, generated from what is registered.

Guide section: capabilities (https://hl7.org/fhir/R4/http.html#capabilities).
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

import msgspec

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations import subscriptions
from chartdesk.record import rules
from chartdesk.record.search.conditions import MODIFIERS
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import parameters

_READS = ("read", "vread", "history-instance", "history-type", "search-type")
_WRITES = ("create", "update", "delete")
_DATE = "2026-01-01"
_SMART = {"system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR"}
_OAUTH = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"


def statement(request: Request) -> Response:
    """``GET /fhir/metadata``."""
    request.check_accept()
    owned = frozenset(type for type in resource_types() if rules.owner_of(type))
    return answer(200, _text(request.base, owned))


@lru_cache(maxsize=8)
def _text(base: str, owned: frozenset[str]) -> bytes:
    release = version("chartdesk")
    return msgspec.json.encode(
        {
            "resourceType": "CapabilityStatement",
            "status": "active",
            "date": _DATE,
            "publisher": "Chartdesk",
            "kind": "instance",
            "software": {"name": "Chartdesk", "version": release},
            "implementation": {"description": "Chartdesk FHIR R4", "url": base},
            "fhirVersion": "4.0.1",
            "format": ["application/fhir+json", "json"],
            "rest": [
                {
                    "mode": "server",
                    "security": _security(base),
                    "resource": [_resource(type, type in owned) for type in sorted(resource_types())],
                    "interaction": [{"code": "transaction"}, {"code": "batch"}],
                }
            ],
        }
    )


def _security(base: str) -> dict[str, object]:
    return {
        "cors": False,
        "service": [{"coding": [_SMART], "text": "OAuth2, SMART backend services"}],
        "description": "Bearer tokens with SMART scopes, version 1 or 2, from the token endpoint.",
        "extension": [{"url": _OAUTH, "extension": [{"url": "token", "valueUri": f"{base}/token"}]}],
    }


def _resource(type: str, owned: bool) -> dict[str, object]:
    served = [one for one in parameters(type).values() if one.kind in MODIFIERS]
    references = sorted(f"{type}:{one.code}" for one in served if one.kind == "reference")
    content: dict[str, object] = {
        "type": type,
        "interaction": [{"code": code} for code in (_READS if owned else (*_READS, *_WRITES))],
        "versioning": "versioned-update",
        "readHistory": True,
        "updateCreate": not owned,
        "conditionalCreate": not owned,
        "conditionalRead": "full-support",
        "conditionalUpdate": not owned,
        "conditionalDelete": "not-supported" if owned else "single",
        "referencePolicy": ["literal", "logical"],
        "searchParam": [
            {"name": one.code, "type": one.kind, "definition": one.url}
            for one in sorted(served, key=lambda one: one.code)
        ],
    }
    if type == "Subscription":
        content |= subscriptions.capabilities()
    if owned:
        content["documentation"] = f"Read-only: {rules.owner_of(type)}"
    if references:
        content["searchInclude"] = ["*", *references]
    return content
