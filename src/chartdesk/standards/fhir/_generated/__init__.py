"""Tables written by tools/generate_fhir.py from the R4 definitions."""
