"""Registration: who the patients are, and finding them again.

The Patient resource in the record is the truth, whoever wrote it; guarantors are RelatedPerson resources and
alerts are Flag resources. An index row per patient, projected at every write, serves search and the warning
about duplicates. Every patient has a medical record number (MRN) of the practice.
"""
