"""Sending our summaries and referrals to partners: MDM^T02 with the C-CDA document in it (HL7 v2.5.1, section 9.6.2).

A partner gets documents only where the channel says so: its option ``clinical`` has ``documents`` true. A clinician
picks among those.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from chartdesk.ehr.reconciling import queries, summaries
from chartdesk.exchange.engine import sending
from chartdesk.exchange.engine.channels import document
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.halves import clinical_sending
from chartdesk.exchange.halves.hl7v2 import segments
from chartdesk.exchange.halves.hl7v2.segments import segment, text
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record.access import Role, Subject
from chartdesk.record.identities.identifiers import Identifier

KIND = "MDM^T02"
#: What the documents are called in LOINC.
_LOINC = {"summary": "34133-9", "referral": "57133-1"}


@dataclass(frozen=True)
class Partner:
    """Who can be sent documents: the name of the channel, and its title for people."""

    channel: str
    title: str


def partners(subject: Subject) -> list[Partner]:
    """The outgoing channels that take documents, by title."""
    with reading(subject):
        rows = list(Channel.objects.filter(practice=subject.practice))
    found = [document(row.document) for row in rows]
    taking = [one for one in found if one.direction == "out" and _takes(one.options.get("clinical"))]
    return sorted((Partner(one.name, one.title or one.name) for one in taking), key=lambda one: one.title.casefold())


def _takes(option: object) -> bool:
    return isinstance(option, dict) and option.get("documents") is True


def send(subject: Subject, summary_id: int, channel: str) -> int:
    """Queue a summary for a partner; gives the message's number in the log. Raises Invalid for another channel."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    if channel not in [one.channel for one in partners(subject)]:
        raise Invalid("This partner takes no documents.", where="channel", cure="Choose another.")
    with transaction(subject):
        view, content = queries.written(subject, summary_id)
        known = clinical_sending.patient(subject, view.patient_id)
        line = clinical_sending.line(subject, channel)
        envelope = clinical_sending.envelope(subject, line, view.patient_id)
        code = f"{_LOINC[view.kind]}^{'Referral note' if view.kind == 'referral' else 'Summary of episode note'}^LN"
        body = [
            segments.evn("T02", envelope),
            clinical_sending.pid(known),
            segment("PV1", {1: "1", 2: "U"}),
            segment(
                "TXA",
                {
                    1: "1",
                    2: code,
                    3: "AP",
                    4: segments.moment(view.at),
                    12: segments.ei(Identifier(envelope.sender, view.document_id)),
                    17: "AU",
                    19: "AV",
                    25: text("Referral" if view.kind == "referral" else "Summary of care"),
                },
            ),
            segment("OBX", {1: "1", 2: "ED", 3: code, 5: f"^text^XML^Base64^{_packed(content)}", 11: "F"}),
        ]
        raw = segments.message(envelope, KIND, "MDM_T02", body)
        number = sending.send(
            subject,
            channel,
            raw,
            kind=KIND,
            streams=[clinical_sending.stream(known)],
            patient=view.patient_id,
            cause=f"DocumentReference/{view.document_id}",
        )
        summaries.sent(subject, summary_id, channel)
    return number


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode()
