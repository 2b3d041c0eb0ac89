"""JSON text to resource and back.

Decoding is strict: unknown members, wrong types, null, empty objects and repeated names are refused, and
decimals keep their digits. Guide section: JSON representation (https://hl7.org/fhir/R4/json.html).
"""

from __future__ import annotations

from functools import cache

import msgspec

from chartdesk.kit.errors import Invalid

from . import r4
from ._generated.resources import AnyResource
from .issues import Issue

_encode = msgspec.json.Encoder(decimal_format="number").encode


@cache
def _decoder() -> msgspec.json.Decoder[r4.Resource]:
    """Built at the first use, as it takes a fifth of a second."""
    return msgspec.json.Decoder(AnyResource)


def decode(body: bytes | str, *, type: str | None = None) -> r4.Resource:
    """The resource in `body`. `type` is the resource type expected. Raises Invalid with every fault found."""
    try:
        resource = _decoder().decode(body)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            f"This is not a FHIR resource: {error}", issues=[Issue("error", "structure", "", str(error))]
        ) from error
    if type is not None and resource.resourceType != type:
        message = f"Expected a {type}, but this is a {resource.resourceType}."
        raise Invalid(
            message, where="resourceType", issues=[Issue("error", "invalid", "resourceType", message)]
        )
    return resource


def encode(resource: r4.Resource) -> bytes:
    """The JSON text of `resource`, without white space; decimals with the digits they have."""
    return _encode(resource)
