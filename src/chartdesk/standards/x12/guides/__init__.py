"""The implementation guides, one module per transaction set, and how to find the right one."""

from __future__ import annotations

from chartdesk.standards.x12.guides.claim_837p import GUIDE as CLAIM_837P
from chartdesk.standards.x12.guides.model import Guide
from chartdesk.standards.x12.guides.remittance_835 import GUIDE as REMITTANCE_835

ALL: tuple[Guide, ...] = (CLAIM_837P, REMITTANCE_835)

_BY_VERSION = {(guide.set_code, version): guide for guide in ALL for version in guide.versions}


def guide_for(set_code: str, version: str) -> Guide | None:
    """The guide of a set code (ST01) and version (ST03 or GS08), or None where we have none."""
    return _BY_VERSION.get((set_code, version))
