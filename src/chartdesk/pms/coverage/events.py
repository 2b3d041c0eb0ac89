"""What coverage announces, on the stream ``Patient/<id>``.

``CoverageChanged`` ``{"patient_id", "coverage_id"}`` follows every write of a Coverage resource.
``EligibilityAnswered`` ``{"patient_id", "coverage_id", "appointment_id", "status"}`` follows every check that
came to an end, also one that failed.
"""

CHANGED = "CoverageChanged"
ANSWERED = "EligibilityAnswered"
