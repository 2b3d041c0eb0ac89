"""Clinicians of elsewhere, as a referral or a claim names them: who refers, orders or supervises."""

from __future__ import annotations

import msgspec

from chartdesk.pms.registration.validation import Faults
from chartdesk.standards.x12.npi import is_npi


class Named(msgspec.Struct, frozen=True, omit_defaults=True):
    """A clinician by name and NPI. ``license`` is the state's number, where one is wanted beside it."""

    family: str = ""
    given: str = ""
    npi: str = ""
    license: str = ""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}".strip()


def checked(one: Named, role: str, where: str, faults: Faults) -> Named | None:
    """As it is kept; None where every field is empty. ``role`` is a word such as referring, ``where`` the field."""
    plain = Named(one.family.strip(), one.given.strip(), one.npi.strip(), one.license.strip().upper())
    if plain == Named():
        return None
    if not plain.family:
        faults.add(f"{where}_family", f"The {role} clinician has no family name.", "Add the name.")
    if not plain.npi:
        faults.add(f"{where}_npi", f"The {role} clinician has no NPI.", "Look it up in the NPI registry.")
    elif not is_npi(plain.npi):
        faults.add(f"{where}_npi", f"{plain.npi} is no NPI: ten digits, of which the last is a check digit.",
                   "Copy it from the referral, or look it up in the NPI registry.")  # fmt: skip
    return plain
