"""The implementation guides, one module per transaction set, and how to find the right one.

To add a set: write its guide as a module here (``model`` says how), with cross-segment rules in ``rules`` where it
has any, and name it in ``ALL``. From then on its files are placed, checked and acknowledged. A typed view for
reading and building is a module beside the others, made of ``taking.Taking`` and ``taking.node``; the writer puts
the segments in order, numbers the levels, counts, and refuses what the check would. A segment the dictionary does
not know yet is one line in ``dictionary``.
"""

from __future__ import annotations

from chartdesk.standards.x12.guides.acknowledgement_999 import GUIDE as ACKNOWLEDGEMENT_999
from chartdesk.standards.x12.guides.claim_837p import GUIDE as CLAIM_837P
from chartdesk.standards.x12.guides.eligibility_270 import GUIDE as ELIGIBILITY_270
from chartdesk.standards.x12.guides.eligibility_271 import GUIDE as ELIGIBILITY_271
from chartdesk.standards.x12.guides.model import Guide
from chartdesk.standards.x12.guides.remittance_835 import GUIDE as REMITTANCE_835
from chartdesk.standards.x12.guides.status_277ca import GUIDE as STATUS_277CA

ALL: tuple[Guide, ...] = (
    CLAIM_837P,
    REMITTANCE_835,
    ELIGIBILITY_270,
    ELIGIBILITY_271,
    ACKNOWLEDGEMENT_999,
    STATUS_277CA,
)

__all__ = [
    "ACKNOWLEDGEMENT_999",
    "ALL",
    "CLAIM_837P",
    "ELIGIBILITY_270",
    "ELIGIBILITY_271",
    "REMITTANCE_835",
    "STATUS_277CA",
    "guide_for",
]

_BY_VERSION = {(guide.set_code, version): guide for guide in ALL for version in guide.versions}


def guide_for(set_code: str, version: str) -> Guide | None:
    """The guide of a set code (ST01) and version (ST03 or GS08), or None where we have none."""
    return _BY_VERSION.get((set_code, version))
