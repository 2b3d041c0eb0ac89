"""What people type about authorizations, checked and in the form in which it is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartdesk.kit.errors import Invalid
from chartdesk.pms.authorizations.models import KINDS
from chartdesk.pms.registration.validation import Faults

_CODE = re.compile(r"[A-Z0-9]{5}")
_RANGE = re.compile(r"([A-Z0-9]{5})-([A-Z0-9]{5})")
_DIAGNOSIS = re.compile(r"[A-TV-Z]\d[A-Z0-9](\.?[A-Z0-9]{1,4})?")


def checked_codes(codes: Iterable[str], faults: Faults, *, ranges: bool = False) -> list[str]:
    """Procedure codes in capitals, each once; ranges where they are allowed. Wrong ones are added to ``faults``."""
    found = [code.strip().upper() for code in codes if code.strip()]
    for code in found:
        span = _RANGE.fullmatch(code)
        if span and ranges:
            if span[1] > span[2]:
                faults.add("codes", f"The range {code} ends before it begins.", "Write the lower code first.")
        elif not _CODE.fullmatch(code):
            wanted = "Write five characters like 97110" + (", or a range like 97010-97799." if ranges else ".")
            faults.add("codes", f"{code!r} is not a procedure code.", wanted)
    return list(dict.fromkeys(found))


def checked_diagnoses(codes: Iterable[str]) -> list[str]:
    """ICD-10-CM codes in capitals. Raises Invalid for one that has not their form."""
    found = [code.strip().upper() for code in codes if code.strip()]
    for code in found:
        if not _DIAGNOSIS.fullmatch(code):
            raise Invalid(f"{code!r} is not an ICD-10-CM code.", where="diagnoses", cure="Write it like M54.50.")
    return list(dict.fromkeys(found))[:12]


def checked_kind(kind: str, faults: Faults) -> None:
    """Adds to ``faults`` what is neither an authorization nor a referral."""
    if kind not in KINDS:
        faults.add("kind", f"{kind!r} is neither an authorization nor a referral.", "Choose from the list.")


def checked_visits(visits: int) -> int:
    """A number of visits. Raises Invalid for one that is none."""
    if not 1 <= visits <= 999:
        raise Invalid(f"{visits} is no number of visits.", where="visits", cure="Write 1 to 999.")
    return visits
