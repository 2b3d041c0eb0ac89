"""Practice management and health record in two installations, or one of them another vendor's.

``facts`` is what either side says of patients, insurance, visits and charges, under whatever numbers it has; ``intake``
lets the half that runs here act on it. The carriers turn the messages of ``handoff.contract`` into HL7 v2
(``hl7v2_*``) or FHIR (``fhir_*``), and what comes in these forms into facts.
"""
