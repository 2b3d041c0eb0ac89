"""The languages of the field: FHIR R4, X12, HL7 v2, code systems. Pure codecs: no database, no network."""
