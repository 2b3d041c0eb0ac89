"""FHIR R4: types, strict decoding, validation, and search parameters.

`r4` holds the types; `decode` and `encode` turn JSON text into them and back; `validate` says what types
cannot; `splice` and `stamp` set id and version in stored text; `search` extracts search values and parses queries;
`outcome` builds an OperationOutcome. Pure: no database, no network. tools/generate_fhir.py writes the tables.
"""

from . import r4, search
from .codec import decode, encode
from .issues import Issue, outcome
from .splice import splice, stamp
from .validation import validate

__all__ = ["Issue", "decode", "encode", "outcome", "r4", "search", "splice", "stamp", "validate"]
