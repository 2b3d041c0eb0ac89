"""What registration announces, on the stream ``Patient/<id>``.

``PatientRegistered`` and ``PatientAmended`` carry ``{"patient_id": ...}``. They follow every write of a
Patient resource, also those of a FHIR client.
"""

REGISTERED = "PatientRegistered"
AMENDED = "PatientAmended"


def stream(patient_id: str) -> str:
    """The stream of everything that concerns one patient."""
    return f"Patient/{patient_id}"
