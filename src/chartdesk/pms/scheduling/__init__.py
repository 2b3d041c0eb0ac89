"""Who sees whom, when and where.

Sites, providers, rooms, visit types and hours; openings, bookings, and a visit's way through the clinic.
The Appointment resource in the record holds the content of a visit; the booking rows here can say no: an
exclusion constraint refuses what overlaps. Whoever writes an Appointment, by a command, as a FHIR client or
by a message, passes the same rules (``appointments``), and every step is announced.
"""
