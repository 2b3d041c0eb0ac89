"""What registration announces, on the stream ``Patient/<id>``.

``PatientRegistered`` and ``PatientAmended`` carry ``{"patient_id": ...}``. They follow every write of a
Patient resource, also those of a FHIR client. ``PatientsMerged`` and ``PatientMergeUndone`` stand on the stream of the
patient who remains and carry ``{"merge_id": ..., "source": ..., "target": ...}``.
"""

REGISTERED = "PatientRegistered"
AMENDED = "PatientAmended"
MERGED = "PatientsMerged"
UNMERGED = "PatientMergeUndone"


def stream(patient_id: str) -> str:
    """The stream of everything that concerns one patient."""
    return f"Patient/{patient_id}"
