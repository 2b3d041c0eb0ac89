"""Reading a patch by its kind, and applying it to a resource's text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import Issue
from chartdesk.standards.fhir.codec import as_it_is, decode

from . import fhirpath_patch, json_patch

JSON, FHIRPATH = "json", "fhirpath"
#: The most operations of one patch.
MOST_OPERATIONS = 1000
_generic = msgspec.json.Decoder(float_hook=Decimal)


@dataclass(frozen=True)
class Patch:
    """A patch that has been read: well formed, not yet tried."""

    kind: str
    operations: list[dict[str, Any]]

    def applied(self, body: bytes) -> bytes:
        """``body``, a resource's JSON text, after the patch.

        Raises Invalid where an operation cannot be carried out, or changes what the resource is.
        """
        tree = _generic.decode(body)
        before = (tree.get("resourceType"), tree.get("id"))
        try:
            if self.kind == JSON:
                tree = json_patch.applied(tree, self.operations)
            else:
                fhirpath_patch.apply(tree, self.operations)
            text = as_it_is(tree)
        except RecursionError as fault:
            raise Invalid("The patch nests the resource too deeply.") from fault
        if not isinstance(tree, dict) or (tree.get("resourceType"), tree.get("id")) != before:
            raise Invalid("A patch may not change the type or the id of a resource.", cure="Create another one.")
        return text


def read(kind: str, text: bytes) -> Patch:
    """The patch in ``text``. Raises Invalid where it is not well formed or has too many operations."""
    try:
        given = _generic.decode(text)
    except (ValueError, RecursionError) as fault:
        raise _malformed(f"The patch is not valid JSON: {fault}.") from fault
    if kind == JSON:
        operations = given
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            raise _malformed("A JSON Patch is a list of operations, each an object.")
    else:
        decode(text, type="Parameters")
        operations = [one for one in given.get("parameter", ()) if one.get("name") == "operation"]
        if len(operations) != len(given.get("parameter", ())):
            raise _malformed("Every parameter of a FHIRPath Patch is named operation.")
    if not operations:
        raise _malformed("The patch has no operations.")
    if len(operations) > MOST_OPERATIONS:
        raise _malformed(f"The patch has {len(operations)} operations; at most {MOST_OPERATIONS} are taken.")
    return Patch(kind, operations)


def _malformed(sentence: str) -> Invalid:
    return Invalid(sentence, issues=[Issue("error", "structure", "", sentence)])
