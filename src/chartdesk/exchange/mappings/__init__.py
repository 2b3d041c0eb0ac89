"""Mappings between HL7 v2 and FHIR, kept as data.

``convert`` makes FHIR resources of a message by the tables of the HL7 v2-to-FHIR guide and by ours where it has none;
``to_v2`` makes messages of resources. Every value can say which row made it. A partner's own ways are a document
(``documents``): rows, code translations and samples with the values that are expected of them. No database, no network.
"""
