"""Which halves a practice runs here: both, or one of them beside another vendor's.

The setting ``mode`` of the practice says it: ``unified`` (both), ``pms`` (practice management here, the health record
elsewhere), ``ehr`` (the other way round). In the mode ``ehr`` the schedule, the registration and the insurance are
somebody else's, and what is kept here of them is what they told.
"""

from __future__ import annotations

from chartdesk.kit.errors import Invalid
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import Subject

UNIFIED, PMS, EHR = MODES = ("unified", "pms", "ehr")
SETTING = "mode"


def mode_of(scope: Subject | int) -> str:
    """``unified``, ``pms`` or ``ehr``. Raises NotFound for an unknown practice, Invalid for another word."""
    mode = practice_of(scope).settings.get(SETTING) or UNIFIED
    if mode not in MODES:
        raise Invalid(f"The practice's mode is {mode!r}.", where=SETTING, cure=f"Set it to one of: {', '.join(MODES)}.")
    return str(mode)
