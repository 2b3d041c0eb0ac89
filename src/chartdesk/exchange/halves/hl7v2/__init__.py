"""The handoff as HL7 v2: what we say as ADT, SIU, DFT, MDM and MFN, and what comes in these as facts.

``segments`` writes single segments, ``patients``, ``visits``, ``charges`` whole messages, ``carrier`` hands them to the
engine. ``reading`` makes facts of messages, ``receivers`` takes them from the engine to the intake.
"""


def connect() -> None:
    """Make the carrier known to the handoff and the receivers to the engine. Called once, when the program starts."""
    from chartdesk.exchange.halves.hl7v2 import carrier, deletions, receivers

    carrier.register()
    receivers.register()
    deletions.register()
