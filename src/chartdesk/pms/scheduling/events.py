"""What scheduling announces, on the stream ``Patient/<id>``; of a provider, on ``Practitioner/<id>``.

Every payload of a visit is ``{"appointment_id": ..., "patient_id": ...}``. The events follow every write of an
Appointment resource, also those of a FHIR client. ``AppointmentMoved`` follows any change of time,
provider, site, room, visit type or reason. A cancellation or no-show that is undone is announced as
``AppointmentBooked`` again, any other step taken back as ``AppointmentStepUndone``.
``ProviderAmended`` says ``{"practitioner": ...}``: the name, the NPI or the taxonomy of a provider is another one.
"""

BOOKED = "AppointmentBooked"
MOVED = "AppointmentMoved"
CANCELLED = "AppointmentCancelled"
CONFIRMED = "AppointmentConfirmed"
ARRIVED = "PatientArrived"
ROOMED = "PatientRoomed"
CHECKED_OUT = "AppointmentCheckedOut"
NO_SHOW = "AppointmentNoShow"
STEP_UNDONE = "AppointmentStepUndone"
PROVIDER_AMENDED = "ProviderAmended"

#: The event of each step.
OF_STEP = {
    "booked": BOOKED,
    "confirmed": CONFIRMED,
    "arrived": ARRIVED,
    "roomed": ROOMED,
    "departed": CHECKED_OUT,
    "cancelled": CANCELLED,
    "noshow": NO_SHOW,
}

ALL = (*OF_STEP.values(), MOVED, STEP_UNDONE)


def provider_stream(practitioner: str) -> str:
    """The stream of everything that concerns one provider."""
    return f"Practitioner/{practitioner}"


def stream(patient_id: str) -> str:
    """The stream of everything that concerns one patient."""
    return f"Patient/{patient_id}"
