"""The present search parameters as hashes, so that two versions can be compared."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import msgspec

from chartdesk.record import indexing
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import parameters

#: To be raised when the index itself changes: what is extracted from a value, folded or hashed.
EXTRACTION = 1

Parameters = dict[str, dict[str, str]]


@cache
def present() -> Parameters:
    """Resource type → code → hash of the parameter."""
    return {type: {code: _hash(type, code) for code in sorted(parameters(type))} for type in sorted(resource_types())}


@cache
def version() -> str:
    """The name of the present parameters."""
    return blake2b(msgspec.json.encode(present()), digest_size=12).hexdigest()


def changed(old: Parameters, new: Parameters) -> dict[str, list[str]]:
    """Resource type → codes of ``new`` that are not in ``old``, or not the same."""
    found = {
        type: [code for code, hashed in codes.items() if old.get(type, {}).get(code) != hashed]
        for type, codes in new.items()
    }
    return {type: codes for type, codes in found.items() if codes}


def _hash(type: str, code: str) -> str:
    one = parameters(type)[code]
    means = (EXTRACTION, one.kind, one.expression, one.targets, indexing.parts(type, code), indexing.DATED.get(type))
    return blake2b(msgspec.json.encode(means), digest_size=6).hexdigest()
