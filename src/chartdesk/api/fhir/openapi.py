"""The OpenAPI document: the same addresses as the CapabilityStatement, for tools that read OpenAPI.

Generated from the facts of R4 and from the table of addresses. Of all types it is large; ``_type`` names some.
Guide section: OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import msgspec

from chartdesk.api.fhir.messages import FHIR_JSON, FORM, Request, Response
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid
from chartdesk.record import rules
from chartdesk.standards.fhir.facts import (
    codes,
    is_extensible,
    is_primitive,
    members_of,
    resource_types,
    type_facts,
)
from chartdesk.standards.fhir.search import parameters

Json = dict[str, Any]
_PRIMITIVES: dict[str, Json] = {
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "unsignedInt": {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
    "positiveInt": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    "decimal": {"type": "number"},
    "id": {"type": "string", "pattern": r"^[A-Za-z0-9\-.]{1,64}$"},
    "code": {"type": "string", "pattern": r"^[^\s]+( [^\s]+)*$"},
    "date": {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "dateTime": {"type": "string"},
    "instant": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "pattern": r"^[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?$"},
    "base64Binary": {"type": "string"},
}
_TEXT: Json = {"type": "string", "minLength": 1}
_HEADERS = {
    "If-Match": 'the version to change, such as W/"3"',
    "If-None-Match": "the version that the client has",
    "If-Modified-Since": "the moment of what the client has",
    "If-Unmodified-Since": "change only what was not changed since",
    "If-None-Exist": "create only where this search finds nothing",
    "Prefer": "return=minimal, representation or OperationOutcome; handling=strict",
}
_HISTORY = ("_count", "_since", "_at")
_OPERATIONS: dict[str, tuple[str, ...]] = {}


def announce(addresses: Mapping[str, Mapping[str, object]]) -> None:
    """Take the operations from the table of addresses; said once, when the table is made."""
    _OPERATIONS.update({shape: tuple(methods) for shape, methods in addresses.items() if "$" in shape})


def document(request: Request) -> Response:
    """``GET /fhir/openapi.json``; ``_type`` limits it to some resource types."""
    named = [type for name, value in request.pairs if name == "_type" for type in value.split(",") if type]
    unknown = sorted(set(named) - resource_types())
    if unknown:
        raise Refused(400, Invalid(f"{unknown[0][:64]!r} is not a resource type of FHIR R4.", where="_type"))
    owned = frozenset(type for type in resource_types() if rules.owner_of(type))
    text = _text(request.base, frozenset(named) or resource_types(), owned)
    return Response(200, text, {"Content-Type": "application/json; charset=utf-8"})


@lru_cache(maxsize=4)
def _text(base: str, types: frozenset[str], owned: frozenset[str]) -> bytes:
    paths: Json = _system(types)
    schemas: Json = {"OperationOutcome": _schema("OperationOutcome")}
    for type in sorted(types):
        paths |= _paths(type, type in owned)
    wanted = [*types, "OperationOutcome", "Bundle", "Parameters"]
    while wanted:
        name = wanted.pop()
        if name not in schemas or name == "OperationOutcome":
            schemas[name] = _schema(name)
            wanted += [kind for kind in _kinds(name) if kind not in schemas]
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {"title": "Chartdesk FHIR R4", "version": version("chartdesk")},
            "servers": [{"url": base}],
            "security": [{"bearer": []}],
            "paths": paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
                "responses": {
                    "Refused": {
                        "description": "what was wrong, where, and what to do",
                        "content": {FHIR_JSON: {"schema": _reference("OperationOutcome")}},
                    }
                },
            },
        }
    )


def _system(types: Iterable[str]) -> Json:
    bundle = _body("Bundle")
    found: Json = {
        "/metadata": {"get": {**_answers(200, "CapabilityStatement"), "security": []}},
        "/": {
            "get": {"parameters": _queries(["_type", "_count", "_id", "_lastUpdated"]), **_answers(200, "Bundle")},
            "post": {"parameters": _headers("Prefer"), "requestBody": bundle, **_answers(200, "Bundle")},
        },
        "/_history": {"get": {"parameters": _queries([*_HISTORY, "_type"]), **_answers(200, "Bundle")}},
    }
    for shape, methods in _OPERATIONS.items():
        owner = shape.partition("/")[0]
        for type in types if owner == "Type" else [owner]:
            if owner == "System" or type in types:
                found |= _operation(shape.replace("Type", type).removeprefix("System/"), methods)
    return found


def _operation(shape: str, methods: tuple[str, ...]) -> Json:
    address = "/" + shape.replace("/id/", "/{id}/").replace("/version", "/{version}")
    places = [_place("id")] if "{id}" in address else []
    made: Json = {"parameters": places} if places else {}
    for method in methods:
        content = {"requestBody": _body("Parameters", required=False)} if method == "POST" else {}
        made[method.lower()] = {**content, **_answers(200, "")}
    return {address: made}


def _paths(type: str, owned: bool) -> Json:
    criteria = [one.code for one in parameters(type).values()]
    results = ["_count", "_sort", "_include", "_revinclude", "_elements", "_summary", "_total"]
    search = {"parameters": [*_queries([*criteria, *results]), *_headers("Prefer")], **_answers(200, "Bundle")}
    condition = _queries(criteria[:12])
    write = _headers("If-Match", "If-Unmodified-Since", "Prefer")
    read = _headers("If-None-Match", "If-Modified-Since")
    form = {"content": {FORM: {"schema": {"type": "object", "properties": dict.fromkeys(criteria, _TEXT)}}}}
    patch = {"requestBody": _patch(), **_answers(200, type)}
    found: Json = {
        f"/{type}": {
            "get": search,
            "post": {
                "parameters": _headers("If-None-Exist", "Prefer"),
                "requestBody": _body(type),
                **_answers(201, type),
            },
            "put": {"parameters": [*condition, *write], "requestBody": _body(type), **_answers(200, type)},
            "patch": {"parameters": [*condition, *write], **patch},
            "delete": {"parameters": [*condition, *write], **_answers(204, "")},
        },
        f"/{type}/_search": {"post": {"requestBody": form, **_answers(200, "Bundle")}},
        f"/{type}/_history": {"get": {"parameters": _queries(_HISTORY), **_answers(200, "Bundle")}},
        f"/{type}/{{id}}": {
            "parameters": [_place("id")],
            "get": {"parameters": [*_queries(["_elements", "_summary"]), *read], **_answers(200, type)},
            "put": {"parameters": write, "requestBody": _body(type), **_answers(200, type)},
            "patch": {"parameters": write, **patch},
            "delete": {"parameters": write, **_answers(204, "")},
        },
        f"/{type}/{{id}}/_history": {
            "parameters": [_place("id")],
            "get": {"parameters": _queries(_HISTORY), **_answers(200, "Bundle")},
        },
        f"/{type}/{{id}}/_history/{{version}}": {
            "parameters": [_place("id"), _place("version")],
            "get": {"parameters": read, **_answers(200, type)},
        },
    }
    if owned:
        for address in (f"/{type}", f"/{type}/{{id}}"):
            kept = {name: found[address][name] for name in ("parameters", "get") if name in found[address]}
            found[address] = kept
    return found


def _answers(status: int, type: str) -> Json:
    answer: Json = {"description": "done"}
    if type:
        known = type in ("Bundle", "OperationOutcome")
        answer["content"] = {FHIR_JSON: {"schema": _reference(type) if known else {"type": "object"}}}
    return {"responses": {str(status): answer, "default": {"$ref": "#/components/responses/Refused"}}}


def _body(type: str, *, required: bool = True) -> Json:
    return {"required": required, "content": {FHIR_JSON: {"schema": _reference(type)}}}


def _patch() -> Json:
    operation = {
        "type": "object",
        "required": ["op", "path"],
        "properties": {
            "op": {"enum": ["add", "remove", "replace", "move", "copy", "test"]},
            "path": {"type": "string"},
            "from": {"type": "string"},
            "value": {},
        },
    }
    return {
        "required": True,
        "content": {
            "application/json-patch+json": {"schema": {"type": "array", "minItems": 1, "items": operation}},
            FHIR_JSON: {"schema": _reference("Parameters")},
        },
    }


def _queries(names: Iterable[str]) -> list[Json]:
    return [{"name": name, "in": "query", "schema": {"type": "string"}} for name in dict.fromkeys(names)]


def _headers(*names: str) -> list[Json]:
    return [
        {"name": name, "in": "header", "description": _HEADERS[name], "schema": {"type": "string"}} for name in names
    ]


def _place(name: str) -> Json:
    kind = _PRIMITIVES["id"] if name == "id" else {"type": "integer", "minimum": 1}
    return {"name": name, "in": "path", "required": True, "schema": kind}


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _kinds(name: str) -> list[str]:
    """The types of the elements of a type that have a schema of their own."""
    if name == "Resource":
        return []
    return sorted({kind for _, kind in members_of(name).values() if not is_primitive(kind)})


def _schema(name: str) -> Json:
    """The JSON Schema of a type: its members and which of them must be there."""
    if name == "Resource":
        return {"type": "object", "required": ["resourceType"], "properties": {"resourceType": _TEXT}}
    properties: Json = {}
    needed: list[str] = []
    facts = type_facts(name)
    if facts is not None and facts.kind == "resource":
        properties["resourceType"] = {"const": name}
        needed.append("resourceType")
    for member, (element, kind) in members_of(name).items():
        one = _value(kind, element.codes)
        properties[member] = {"type": "array", "minItems": 1, "items": one} if element.many else one
        if is_extensible(kind):
            properties[f"_{member}"] = {"type": "array"} if element.many else {"type": "object"}
        elif element.required and not element.choice and not is_primitive(kind):
            needed.append(member)
    made: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": needed} if needed else made


def _value(kind: str, bound: str) -> Json:
    if not is_primitive(kind):
        return _reference(kind)
    if bound and kind == "code":
        return {"enum": sorted(codes(bound))}
    return _PRIMITIVES.get(kind, _TEXT)
