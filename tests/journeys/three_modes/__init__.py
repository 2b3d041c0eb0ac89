"""The same seven days of a practice in one installation, in two over HL7 v2, and in two over FHIR."""
