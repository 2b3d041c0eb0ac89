"""The one record: FHIR R4 resources in PostgreSQL.

What somebody outside may write (patients, coverages, appointments, encounters, observations, …) is true
here and nowhere else: one row per resource, its text kept as it was stored, its history append-only, its
reads and writes audited. Rooms above register rules that a write of a type must pass and projections that
follow it.
"""
