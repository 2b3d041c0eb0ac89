"""Attachments in words: kinds of documents (PWK01), how they travel (PWK02), and what payers ask for (LOINC)."""

from __future__ import annotations

#: Kinds of documents that a practice sends.
REPORTS = {
    "03": "Why more was done than the guideline says", "04": "Drugs given", "05": "Diagnosis for the treatment",
    "06": "First assessment", "08": "Plan of treatment", "09": "Progress report", "15": "Why the admission",
    "AS": "Summary at admission", "B2": "Prescription", "B3": "Order", "B4": "Referral", "CK": "Consent",
    "CT": "Certification", "DB": "Prescription of equipment", "DG": "Diagnostic report", "DS": "Discharge summary",
    "EB": "Explanation of benefits", "I5": "Immunizations", "LA": "Laboratory results", "M1": "Medical record",
    "NN": "Nursing notes", "OB": "Operative note", "OE": "Physical examination", "OZ": "Support for the claim",
    "P4": "Pathology report", "P5": "Medical history", "PN": "Physical therapy notes", "PY": "Physician's report",
    "RB": "Radiology images", "RR": "Radiology report", "RT": "Report of tests",
}  # fmt: skip
#: How they travel.
WAYS = {
    "EL": "Electronically (275)", "BM": "By mail", "FX": "By fax", "EM": "By e-mail", "AA": "Here, when asked for",
}  # fmt: skip
#: What is asked for, by LOINC code.
ASKED = {
    "11502-2": "laboratory report", "11503-0": "medical record", "11504-8": "operative note",
    "11506-3": "progress note", "11488-4": "consultation note", "18748-4": "imaging report",
    "18842-5": "discharge summary", "28570-0": "procedure note", "34109-9": "note", "34117-2": "history and physical",
    "11526-1": "pathology report", "57133-1": "referral note", "18776-5": "plan of treatment",
    "29545-1": "physical examination", "77599-9": "additional documentation",
}  # fmt: skip
#: Types of files that payers take, and how their content begins; text has no beginning of its own.
TYPES = {
    "application/pdf": (b"%PDF",), "image/jpeg": (b"\xff\xd8",), "image/png": (b"\x89PNG",),
    "image/tiff": (b"II*\x00", b"MM\x00*"), "text/xml": (b"<", b"\xef\xbb\xbf<"), "text/plain": (b"",),
}  # fmt: skip


def wanted(code: str) -> str:
    """What is asked for, in words; the code itself where it is none of ours."""
    return ASKED.get(code, f"the document with LOINC code {code}")
