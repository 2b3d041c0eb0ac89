"""Operations: what FHIR offers beyond reading, writing and searching.

One module for each; its addresses stand in the table of ``handling``. Guide section: operations
(https://hl7.org/fhir/R4/operations.html).
"""
