"""The CapabilityStatement: what this server does, generated from what is registered.

Guide section: capabilities (https://hl7.org/fhir/R4/http.html#capabilities).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version

import msgspec
from django.conf import settings

from chartdesk.api.fhir.messages import FHIR_JSON, Request, Response, answer
from chartdesk.api.fhir.operations import subscriptions
from chartdesk.record import capabilities, rules
from chartdesk.record.search.conditions import MODIFIERS
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import parameters

_READS = ("read", "vread", "history-instance", "history-type", "search-type")
_WRITES = ("create", "update", "patch", "delete")
_SYSTEM = ("transaction", "batch", "history-system", "search-system")
_BULK = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition"
#: Operations whose definition is not the one that R4 has for the type and the name.
_DEFINITIONS = {
    "System/$export": f"{_BULK}/export",
    "Patient/$export": f"{_BULK}/patient-export",
    "Group/$export": f"{_BULK}/group-export",
}
_CORE = "http://hl7.org/fhir/OperationDefinition"
#: The operations of R4, and merge, which a later release defines.
_OF_CORE = frozenset(
    {
        *("Resource-validate", "Patient-everything", "Patient-match", "Patient-merge", "ValueSet-expand"),
        *("ValueSet-validate-code", "CodeSystem-validate-code", "CodeSystem-lookup"),
    }
)
_BUNDLES = (
    "A transaction holds reads, searches by GET, writes, and operations by GET. Operations and searches by POST are "
    "refused in it: send them by themselves, or in a batch."
)
_operations: dict[str, set[str]] = {}
_DATE = "2026-01-01"
_SMART = {"system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR"}
_OAUTH = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"


def announce(addresses: Iterable[str]) -> None:
    """Take the operations from the table of addresses; said once, when the table is made."""
    for shape in addresses:
        owner, _, rest = shape.partition("/")
        if "$" in rest:
            _operations.setdefault(owner, set()).add(rest.removeprefix("id/"))
    capabilities.told_by(_current)


def statement(request: Request) -> Response:
    """``GET /fhir/metadata``."""
    request.check_accept()
    return answer(200, _current(request.base))


def _current(base: str) -> bytes:
    return _text(base, frozenset(type for type in resource_types() if rules.owner_of(type)))


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
            "format": [FHIR_JSON, "json"],
            "patchFormat": ["application/json-patch+json", FHIR_JSON],
            "rest": [
                {
                    "mode": "server",
                    "documentation": _BUNDLES,
                    "security": _security(base),
                    "resource": [_resource(type, type in owned) for type in sorted(resource_types())],
                    "interaction": [{"code": code} for code in _SYSTEM],
                    "operation": _operations_of("System"),
                }
            ],
        }
    )


def _endpoints(base: str) -> list[dict[str, str]]:
    """Where to log in and get tokens, as older programs read it; newer ones read ``smart-configuration``."""
    found = {"authorize": f"{base.removesuffix('/fhir')}/access/authorize", "token": f"{base}/token"}
    found |= {"introspect": f"{base}/introspect", "revoke": f"{base}/revoke"}
    return [{"url": name, "valueUri": address} for name, address in found.items()]


def _security(base: str) -> dict[str, object]:
    return {
        "cors": bool(settings.FHIR_ORIGINS),
        "service": [{"coding": [_SMART], "text": "OAuth2, SMART App Launch and backend services"}],
        "description": "Bearer tokens with SMART scopes, version 1 or 2, from the token endpoint.",
        "extension": [{"url": _OAUTH, "extension": _endpoints(base)}],
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
        "conditionalDelete": "not-supported" if owned else "single" if settings.FHIR_DELETES == 1 else "multiple",
        "referencePolicy": ["literal", "logical"],
        "searchParam": [
            {"name": one.code, "type": one.kind, "definition": one.url}
            for one in sorted(served, key=lambda one: one.code)
        ],
    }
    operations = _operations_of(type)
    if type == "Subscription":
        own = subscriptions.capabilities()
        operations += own.pop("operation")  # type: ignore[arg-type]  # a list of its own
        content |= own
    content["operation"] = operations
    if owned:
        content["documentation"] = f"Read-only: {rules.owner_of(type)}"
    if references:
        content["searchInclude"] = ["*", *references]
    return content


def _operations_of(owner: str) -> list[dict[str, str]]:
    """The operations of a type, or of the whole server, as the statement lists them."""
    named = [(owner, name) for name in _operations.get(owner, ())]
    if owner != "System":
        named += [("Resource", name) for name in _operations.get("Type", ())]
    listed = []
    for type, name in sorted(named):
        core = f"{type}-{name.removeprefix('$')}"
        definition = _DEFINITIONS.get(f"{type}/{name}") or (f"{_CORE}/{core}" if core in _OF_CORE else "")
        if definition:
            listed.append({"name": name.removeprefix("$"), "definition": definition})
    return listed
