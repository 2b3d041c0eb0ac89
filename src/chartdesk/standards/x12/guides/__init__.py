"""The implementation guides, one module per transaction set, and how to find the right one.

To add a set: write its guide as a module here (``model`` says how), with cross-segment rules in ``rules`` where it
has any, and name it in ``ALL``. From then on its files are placed, checked and acknowledged. A typed view for
reading and building is a module beside the others, made of ``taking.Taking`` and ``taking.node``; the writer puts
the segments in order, numbers the levels, counts, and refuses what the check would. A segment the dictionary does
not know yet is one line in ``dictionary``.
"""

from __future__ import annotations

from chartdesk.standards.x12.guides.acknowledgement_999 import GUIDE as ACKNOWLEDGEMENT_999
from chartdesk.standards.x12.guides.attachment_275 import ATTACHMENT_275, INFORMATION_277
from chartdesk.standards.x12.guides.claim_837i import GUIDE as CLAIM_837I
from chartdesk.standards.x12.guides.claim_837p import GUIDE as CLAIM_837P
from chartdesk.standards.x12.guides.eligibility_270 import GUIDE as ELIGIBILITY_270
from chartdesk.standards.x12.guides.eligibility_271 import GUIDE as ELIGIBILITY_271
from chartdesk.standards.x12.guides.model import Guide
from chartdesk.standards.x12.guides.remittance_835 import GUIDE as REMITTANCE_835
from chartdesk.standards.x12.guides.review_278 import REVIEW_REQUEST, REVIEW_RESPONSE
from chartdesk.standards.x12.guides.status_276 import STATUS_276, STATUS_277
from chartdesk.standards.x12.guides.status_277ca import GUIDE as STATUS_277CA
from chartdesk.standards.x12.segments import Segment

ALL: tuple[Guide, ...] = (
    CLAIM_837P,
    CLAIM_837I,
    REMITTANCE_835,
    ELIGIBILITY_270,
    ELIGIBILITY_271,
    ACKNOWLEDGEMENT_999,
    STATUS_276,
    STATUS_277,
    STATUS_277CA,
    REVIEW_REQUEST,
    REVIEW_RESPONSE,
    ATTACHMENT_275,
    INFORMATION_277,
)

__all__ = [
    "ACKNOWLEDGEMENT_999",
    "ALL",
    "ATTACHMENT_275",
    "CLAIM_837I",
    "CLAIM_837P",
    "ELIGIBILITY_270",
    "ELIGIBILITY_271",
    "INFORMATION_277",
    "REMITTANCE_835",
    "REVIEW_REQUEST",
    "REVIEW_RESPONSE",
    "STATUS_276",
    "STATUS_277",
    "STATUS_277CA",
    "guide_for",
]

_BY_VERSION: dict[tuple[str, str], list[Guide]] = {}
for _guide in ALL:
    for _version in _guide.versions:
        _BY_VERSION.setdefault((_guide.set_code, _version), []).append(_guide)


def guide_for(set_code: str, version: str, begin: Segment | None = None) -> Guide | None:
    """The guide of a set code (ST01) and version (ST03 or GS08), or None where we have none.

    ``begin`` is the segment after ST: it tells a 278 request from a response.
    """
    guides = _BY_VERSION.get((set_code, version), ())
    return next((guide for guide in guides if guide.begins(begin)), guides[0] if guides else None)
