"""The other half over FHIR: each half subscribes to what the other keeps, and reads it there.

``connecting`` joins this practice to the other half's server and subscribes. ``hearing`` notes what a notification is
about; ``following`` reads it at the server (``client``), makes facts of it (``reading``) and hands them to
``halves.intake``. ``telling`` is the carrier: it writes into our record what the other half cannot read there yet.
Guide: Subscriptions R5 Backport 1.1 (http://hl7.org/fhir/uv/subscriptions-backport), R4 form.
"""

from __future__ import annotations


def connect() -> None:
    """Make the carrier ``fhir`` known, and hear what concerns what is held. Safe to call twice."""
    from chartdesk.exchange.halves.fhir import following, telling
    from chartdesk.handoff import carriers

    carriers.register(telling.NAME, telling.FhirCarrier())
    following.connect()
