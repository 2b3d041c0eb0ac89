"""Attachments and requests for them as typed views, for the tests of the X12 room. All people are made up."""

from __future__ import annotations

from datetime import date

from x12_claims import VISIT
from x12_reviews import CLINIC, MEMBER, PAYER, PROVIDER, whose

from chartdesk.standards.x12 import attachment_275 as x275
from chartdesk.standards.x12 import information_277 as x277
from chartdesk.standards.x12.parties import Reference

#: Every separator, bytes that are no text, and a line that looks like a segment.
NASTY = b"%PDF-1.4 ~ * : ^ \x00\xff\xc3\xa9\r\n~IEA*1*000000001~ISA*00* %%EOF"


def wanted(code: str = "18842-5") -> x277.Status:
    from chartdesk.standards.x12.status_segments import StatusCode

    return x277.Status(codes=[StatusCode(category="R4", code=code, source="LOI")], day=date(2026, 3, 9))


def information_request(**changes: object) -> x277.InformationRequest:
    line = x277.LineRequest(code="99213", charge=changes.pop("charge", 120), asked=[wanted()], control="L1", day=VISIT)  # type: ignore[arg-type]
    values: dict[str, object] = {
        "trace": "RFAI77",
        "asked": [wanted("11506-3")],
        "pcn": "A1001",
        "payer_claim_number": "NHP1",
        "service_from": VISIT,
        "due": date(2026, 4, 8),
        "lines": [line],
    }
    return x277.InformationRequest(
        requests=[x277.Request(**(whose() | values | changes))],  # type: ignore[arg-type]
        reference="R77",
    )


def attachment_set(*documents: x275.Document, answers: bool = False) -> x275.AttachmentSet:
    held = list(documents) or [x275.document(NASTY, "application/pdf", "operative-note.pdf")]
    attachment = x275.Attachment(
        control="RFAI77" if answers else "ATT1",
        documents=held,
        answers=answers,
        asked=[wanted("11506-3")] if answers else [],
        submitted=date(2026, 3, 10),
    )
    return x275.AttachmentSet(
        payer=PAYER,
        submitter=CLINIC,
        provider=PROVIDER,
        patient=MEMBER,
        references=[Reference(qualifier="EJ", value="A1001"), Reference(qualifier="1K", value="NHP1")],
        service_from=VISIT,
        attachments=[attachment],
        reference="B275",
        answers=answers,
    )
