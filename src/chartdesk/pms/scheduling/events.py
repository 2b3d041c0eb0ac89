"""What scheduling announces, on the stream ``Patient/<id>``.

Every payload is ``{"appointment_id": ..., "patient_id": ...}``. The events follow every write of an
Appointment resource, also those of a FHIR client. ``AppointmentMoved`` follows any change of time,
provider, site, room, visit type or reason. A cancellation or no-show that is undone is announced as
``AppointmentBooked`` again, any other step taken back as ``AppointmentStepUndone``.
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


def stream(patient_id: str) -> str:
    """The stream of everything that concerns one patient."""
    return f"Patient/{patient_id}"
