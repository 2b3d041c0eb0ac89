"""Documents that a payer waits for: the request (277, 005010X213), and the 275 (006020X314) that brings one.

Claims of the scenario DOCUMENTS are held. One that names a document on its way (PWK, electronically) waits for its
control number, any other for the trace of the request. Read and written here with this program's own means.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import timedelta

from chartdesk.exchange.sandbox.inspection import CHECKS, Fault
from chartdesk.exchange.sandbox.rulebook import Rulebook
from chartdesk.exchange.sandbox.store import Store, Stored
from chartdesk.exchange.sandbox.wire import Envelope, Segment, TransactionSet, interchange_text, segment_text

VERSION_277 = "005010X213"
SCENARIO = "DOCUMENTS"
#: What is asked for: a progress note, by its LOINC code.
ASKED = ("R4", "11506-3", "", "LOI")
_DAYS = 30


def wanted(stored: Stored) -> bool:
    """True where a claim waits for a document that is not on its way."""
    return stored.scenario == SCENARIO and stored.state == "held" and not stored.claim.attachments


def request(envelope: Envelope, rules: Rulebook, claims: list[Stored], receiver: str) -> str:
    """The interchange that asks for a document about each claim."""
    return interchange_text(envelope, "HN", VERSION_277, [_body(envelope, rules, one, receiver) for one in claims])


def _body(envelope: Envelope, rules: Rulebook, stored: Stored, receiver: str) -> list[str]:
    claim, payer, today = stored.claim, rules.payer(stored.payer), envelope.moment.date()
    provider, insured = claim.billing, claim.insured
    return [
        segment_text("BHT", "0010", "48", f"D{stored.number}", envelope.moment, f"{envelope.moment:%H%M}", "RQ"),
        segment_text("HL", "1", "", "20", "1"),
        segment_text("NM1", "PR", "2", payer.name if payer else stored.payer, "", "", "", "", "PI", stored.payer),
        segment_text("HL", "2", "1", "21", "1"),
        segment_text("NM1", "41", "2", provider.last, "", "", "", "", "46", receiver),
        segment_text("HL", "3", "2", "19", "1"),
        segment_text("NM1", "1P", provider.kind, provider.last, provider.first, "", "", "", "XX", provider.npi),
        segment_text("HL", "4", "3", "22", "0"),
        segment_text("NM1", "IL", "1", insured.last, insured.first, insured.middle, "", "", "MI", claim.member_id),
        segment_text("TRN", "1", f"D{stored.number}"),
        segment_text("STC", ASKED, today, "", claim.charge),
        segment_text("REF", "1K", stored.number),
        segment_text("REF", "EJ", claim.patient_control),
        segment_text("DTP", "472", "D8", claim.first_day),
        segment_text("DTP", "106", "D8", today + timedelta(days=_DAYS)),
    ]


def arrived(store: Store, mailbox: str, one: TransactionSet) -> None:
    """Take in what a 275 brings: the claims that waited for it are paid in a later cycle."""
    for trace in (segment for segment in one.segments if segment.name == "TRN"):
        for stored in _waiting(store, mailbox, one, trace):
            store.decide(stored.id, "pending")


def _waiting(store: Store, mailbox: str, one: TransactionSet, trace: Segment) -> Iterator[Stored]:
    number = next((ref[2] for ref in one.segments if ref.name == "REF" and ref[1] == "1K"), "")
    pcn = next((ref[2] for ref in one.segments if ref.name == "REF" and ref[1] == "EJ"), "")
    if trace[1] == "2":
        known = [store.claim(trace[2].removeprefix("D"))]
    else:
        payer, payee, member = (
            next((name[9] for name in one.segments if name.name == "NM1" and name[1] == role), "")
            for role in ("PR", "1P", "QC")
        )
        known = [store.claim(number) if number else store.of_patient_control(payer, payee, member.upper(), pcn)]
    for stored in known:
        if stored is None or (stored.mailbox, stored.scenario, stored.state) != (mailbox, SCENARIO, "held"):
            continue
        if trace[1] == "2" or trace[2] in stored.claim.attachments:
            yield stored


def faults(one: TransactionSet) -> Iterator[Fault]:
    """The faults of a 275's form: its beginning, its people, a control number, and documents that can be read."""
    names = {segment[1] for segment in one.segments if segment.name == "NM1"}
    begin = next((segment for segment in one.segments if segment.name == "BGN"), None)
    if begin is None:
        yield Fault("BGN", 2, "", "3")
    for role, loop in (("PR", "1000A"), ("1P", "1000C"), ("QC", "1000D")):
        if role not in names:
            yield Fault("NM1", len(one.segments), loop, "3", value=role)
    if not any(segment.name == "TRN" and segment[2] for segment in one.segments):
        yield Fault("TRN", len(one.segments), "2000A", "3")
    data = [segment for segment in one.segments if segment.name == "BDS"]
    if not data:
        yield Fault("BDS", len(one.segments), "2100A", "3")
    for segment in data:
        if segment[1] == "B64" and not _readable(segment):
            yield Fault("BDS", segment.place, "2100A", "8", 3, 0, "785", "7", "(data)")


def _readable(data: Segment) -> bool:
    try:
        content = base64.b64decode(data[3], validate=True)
    except (binascii.Error, ValueError):
        return False
    return bool(content) and data[2] == str(len(data[3]))


CHECKS["275"] = faults
