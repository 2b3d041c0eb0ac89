"""SMART on FHIR over HTTP: what a program reads first, and where it gets, asks about and returns its tokens.

The protocol is ``record.access.oauth``; the pages on which people allow a program are the ``web`` room's. Guide
section: SMART App Launch 2.2 (https://hl7.org/fhir/smart-app-launch/conformance.html).
"""
