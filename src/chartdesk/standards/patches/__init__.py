"""Patches: a resource's text and the text of a patch in, the changed text out.

Two kinds: JSON Patch (RFC 6902) and FHIRPath Patch (https://hl7.org/fhir/R4/fhirpatch.html). Numbers keep
their digits. Whether the outcome is a valid resource is for whoever stores it to check.
"""

from .applying import FHIRPATH, JSON, Patch, read

__all__ = ["FHIRPATH", "JSON", "Patch", "read"]
