"""C-CDA: the Continuity of Care Document and the Referral Note of R2.1, read and written.

``read`` takes what vendors send, tolerantly: sections are known by their LOINC code or their template, items by where
they stand, and a section that is not known is kept with its text. ``write`` makes a document with narrative and entries
from the same plain data. ``check`` holds a document against a table of the guide's SHALLs, by their numbers.
Pure: bytes in, data out. Guide: HL7 CDA R2 IG: Consolidated CDA Templates for Clinical Notes, R2.1.
"""

from chartdesk.standards.ccda.carrying import carried
from chartdesk.standards.ccda.checking import Finding, check
from chartdesk.standards.ccda.document import Document
from chartdesk.standards.ccda.parsing import looks_like
from chartdesk.standards.ccda.reading import read
from chartdesk.standards.ccda.writing import CCD, REFERRAL_NOTE, write

__all__ = ["CCD", "REFERRAL_NOTE", "Document", "Finding", "carried", "check", "looks_like", "read", "write"]
