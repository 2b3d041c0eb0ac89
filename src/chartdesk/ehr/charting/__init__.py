"""The clinician's room: the day, the chart, the note, and its signature.

It is told which visits to expect, prepares a note for each, and keeps the lists that every visit reads:
problems, allergies, vital signs. A signed note never changes; what comes later is an addendum. The
signature is announced, and whoever bills hears it. This room knows nothing of payers, prices or calendars.
"""
