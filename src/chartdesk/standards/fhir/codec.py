"""JSON text to resource and back.

Decoding is strict: unknown members, wrong types, null, empty lists, objects and texts, and repeated names are
refused; decimals keep their digits. Guide section: JSON representation (https://hl7.org/fhir/R4/json.html).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from json import JSONDecodeError
from typing import Any, NoReturn

import msgspec

from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid

from . import r4
from ._generated.resources import AnyResource
from .explanation import explain, tree
from .issues import Issue

# Writes a resource as it is, empty lists and objects included.
as_it_is = msgspec.json.Encoder(decimal_format="number").encode
_generic = msgspec.json.Decoder(float_hook=Decimal)


# An empty object; in a text the same letters may stand, and then the closer look decides.
_EMPTY = re.compile(rb"[\[:,]\{\}")


def _decoder() -> msgspec.json.Decoder[r4.Resource]:
    """Built at the first use, as it takes a fifth of a second."""
    with typed.learning:
        return _built()


@cache
def _built() -> msgspec.json.Decoder[r4.Resource]:
    return msgspec.json.Decoder(AnyResource)


def decode(body: bytes | str, *, type: str | None = None) -> r4.Resource:
    """The resource in `body`. `type` is the resource type expected.

    Raises Invalid with an Issue for every fault of structure; what `validate` checks besides is reported only
    where the structure is at fault too.
    """
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    try:
        resource = _decoder().decode(data)
        issues = [] if _kept_all(data, resource) else explain(tree(data.decode()))
    except (ValueError, RecursionError) as error:
        _refuse(data, error)
    if issues and any(issue.code == "structure" for issue in issues):
        raise _invalid(issues)
    if type is not None and resource.resourceType != type:
        message = f"Expected a {type}, but this is a {resource.resourceType}."
        wrong = Issue("error", "invalid", "resourceType", message)
        raise Invalid(message, where="resourceType", issues=[wrong])
    return resource


def encode(resource: r4.Resource) -> bytes:
    """The JSON text of `resource`, without white space; decimals with the digits they have.

    Empty lists and elements without content are left out, as FHIR wants.
    """
    text = as_it_is(resource)
    if b"[]" in text or b"{}" in text:
        return as_it_is(_pruned(_generic.decode(text)))
    return text


def _kept_all(data: bytes, resource: r4.Resource) -> bool:
    """Whether `resource` holds all that was in `data`, and no empty object.

    msgspec lets pass a repeated name, null for an optional member, and a decimal in quotes. Each of them
    changes the length of the text when it is written again.
    """
    text = as_it_is(resource)
    if b"{}" in text and _EMPTY.search(text):
        return False
    if text == data:
        return True
    # A decimal with an exponent may grow, and so hide what was lost elsewhere.
    grown = b"+" in text and b"E+" in text
    if not grown and (len(text) == len(data) or len(text) == len(msgspec.json.format(data, indent=-1))):
        return True
    # Escapes have other lengths for the same value.
    return bool(tree(data.decode()) == tree(text.decode()))


def _pruned(value: Any) -> Any:
    """`value` without empty lists, empty objects and null members; None where nothing is left."""
    if isinstance(value, dict):
        found = {}
        for name, item in value.items():
            kept = _pruned(item)
            if isinstance(kept, list) and name[:1] != "_" and any(isinstance(i, dict) for i in item):
                kept = [i for i in kept if i is not None]
            if kept is not None and kept != []:
                found[name] = kept
        return found or None
    if isinstance(value, list):
        kept = [_pruned(item) for item in value]
        return kept if any(item is not None for item in kept) else None
    return value


def _refuse(data: bytes, error: Exception) -> NoReturn:
    """Raise Invalid with all that can be said about `data`, which could not be decoded."""
    try:
        value = tree(data.decode())
    except UnicodeDecodeError as fault:
        raise _invalid([_fatal(f"The body is not UTF-8 text: byte {fault.start} cannot be read.")]) from error
    except JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise _invalid([_fatal(f"The body is not valid JSON at {where}: {fault.msg}.")]) from error
    except RecursionError:
        raise _invalid([_fatal("The body is nested too deeply.")]) from error
    except ValueError as fault:
        raise _invalid([_fatal(f"The body is not valid JSON: {fault}")]) from error
    try:
        issues = explain(value)
    except RecursionError:
        issues = [_fatal("The body is nested too deeply.")]
    raise _invalid(issues or [_fatal(f"The body cannot be read as a resource: {error}.")]) from error


def _fatal(sentence: str) -> Issue:
    return Issue("fatal", "structure", "", sentence)


def _invalid(issues: list[Issue]) -> Invalid:
    more = f" {len(issues) - 1} more faults were found." if len(issues) > 1 else ""
    first = issues[0]
    return Invalid(first.diagnostics + more, where=first.expression, issues=issues)
