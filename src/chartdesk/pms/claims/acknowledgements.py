"""What the clearinghouse answers: TA1, 999, 277CA, and remittances for those who read them.

Every file is stored byte for byte before it is read, and only then taken out of the mailbox. A file that came
before is recognized by its content. What cannot be read stays, with a work item that says why.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

from django.db import IntegrityError, OperationalError

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.kit.transactions import alone, transaction
from chartdesk.pms.claims import building, connections, events, holding, rejecting, timeline, unread
from chartdesk.pms.claims.content import restored
from chartdesk.pms.claims.models import OPEN, Claim, Interchange
from chartdesk.record.access import Subject
from chartdesk.standards.x12 import acknowledgement_999, status_277ca, ta1
from chartdesk.standards.x12.codes import claim_status
from chartdesk.standards.x12.reader import segments

Handler = Callable[[Subject, Interchange], None]
_handlers: dict[str, Handler] = {}
_refusals: dict[str, Handler] = {}
_log = logging.getLogger(__name__)
#: What a 277 is depends on its version (ST03): X214 acknowledges claims, X212 answers questions about
#: them, X213 and X313 ask for documents.
_GUIDES = {"005010X214": "277CA", "005010X212": "277", "005010X213": "277RFAI", "006020X313": "277RFAI"}
#: TA105 of an interchange that was received before.
_REPEATED = "025"


def register(kind: str, handler: Handler) -> None:
    """Let another room read the files of a kind, such as 835."""
    _handlers[kind] = handler


def when_refused(kind: str, handler: Handler) -> None:
    """Let another room hear that a file of its kind, such as 276, was refused."""
    _refusals[kind] = handler


def collect(subject: Subject) -> int:
    """Read everything that waits in the practice's mailbox, in its order; returns the number of files.

    One worker at a time: a payment that is taken back must not be met before the payment.
    """
    mailbox = connections.mailbox(subject.practice)
    if not mailbox.waiting():  # the rule, every second, in every practice: it costs the database nothing
        return 0
    with alone("mailbox", subject.practice) as mine:
        return _collect(subject, mailbox) if mine else 0


def _collect(subject: Subject, mailbox: connections.Clearinghouse) -> int:
    count = 0
    for name in mailbox.waiting():
        try:
            content = mailbox.fetch(name)
        except NotFound:
            continue  # another worker has read it and put it away
        receive(subject, name, content)
        # Stored: now it may leave the mailbox. Killed before this line, the same file is met again and known.
        mailbox.done(name)
        count += 1
    return count


def receive(subject: Subject, name: str, content: bytes) -> Interchange:
    """Store a file, then read it. The same content again is answered with what came of it the first time."""
    file = _stored(subject, name, content)
    if file.status != "received":
        return file
    try:
        with transaction(subject):
            locked = Interchange.objects.select_for_update().get(practice=subject.practice, pk=file.pk)
            if locked.status == "received":
                _read(subject, locked)
                locked.status = "read"
                locked.save()
            return locked
    except OperationalError:
        raise  # the database, not the file: it stays in the mailbox and is met again
    except ChartdeskError as fault:
        words, cure = str(fault), fault.cure
    except Exception as fault:  # a defect of ours must not lose the file or stop the mailbox
        _log.exception("file %s could not be read", file.pk)
        words, cure = f"Reading it failed: {type(fault).__name__}.", "Report this; the file is kept."
    with transaction(subject):
        file.status, file.detail = "error", words
        file.save(update_fields=["status", "detail"])
        unread.raise_file(subject, file.pk, f"{name} cannot be read: {words}", cure)
    return file


def read_again(subject: Subject, interchange_id: int) -> Interchange:
    """Read a stored file once more, after its cause was mended. Raises NotFound for a file that did not come."""
    subject.require(*building.BILLING)
    with transaction(subject):
        known = Interchange.objects.filter(practice=subject.practice, pk=interchange_id, direction="in")
        file = known.select_for_update().first()
        if file is None:
            raise NotFound(f"No file {interchange_id} came in.")
        if file.status == "error":
            file.status = "received"
            file.save(update_fields=["status"])
            worklist.close_items(subject, unread.FILE_WORK, [str(file.pk)], by=subject.actor)
    return receive(subject, file.name, bytes(file.content))


def _stored(subject: Subject, name: str, content: bytes) -> Interchange:
    digest = hashlib.sha256(content).hexdigest()
    same = {"practice": subject.practice, "direction": "in", "digest": digest}
    with transaction(subject):
        known = Interchange.objects.filter(**same).first()
    if known is not None:
        return known
    try:
        with transaction(subject):
            return Interchange.objects.create(**same, name=name, content=content, status="received", at=clock.now())
    except IntegrityError:
        with transaction(subject):
            return Interchange.objects.get(**same)


def _read(subject: Subject, file: Interchange) -> None:
    content = bytes(file.content)
    kinds, control = _kinds(content)
    if not kinds:
        raise Invalid("The file holds no transaction set that is known.", cure="Ask the sender what it is.")
    file.kind, file.control_number = "+".join(sorted(kinds)), control
    if "TA1" in kinds:
        _read_ta1(subject, file, content)
    if "999" in kinds:
        _read_999(subject, file, content)
    if "277CA" in kinds:
        _read_277ca(subject, file, content)
    for kind in kinds - {"TA1", "999", "277CA"}:
        if kind not in _handlers:
            raise Invalid(f"Files of kind {kind} are not read here.", cure="Look at it by hand.")
        _handlers[kind](subject, file)


def _kinds(content: bytes) -> tuple[set[str], int | None]:
    """The kinds of sets in the file and its interchange number; raises Invalid where it is cut off."""
    kinds: set[str] = set()
    control = None
    last = version = ""
    for one in segments(content):
        last = one.tag
        if one.tag == "ISA":
            control = int(one[13]) if one[13].strip().isdigit() else None
        elif one.tag == "GS":
            version = one[8]
        elif one.tag == "TA1":
            kinds.add("TA1")
        elif one.tag == "ST":
            kinds.add(_GUIDES.get(one[3] or version, "277CA") if one[1] == "277" else one[1])
    if last != "IEA":
        raise Invalid(f"The file ends with {last or 'nothing'} and not with IEA: it was cut off.",
                      cure="Ask the clearinghouse to send it again.")  # fmt: skip
    return kinds, control


# ------------------------------------------------------------------------------------ TA1 and 999


def _read_ta1(subject: Subject, file: Interchange, content: bytes) -> None:
    for answer in ta1.read(content):
        sent = _sent(subject, control_number=answer.control)
        if sent is None:
            unread.raise_unmatched(
                subject, file.pk, f"A TA1 answers interchange {answer.control}.", str(answer.control)
            )
            continue
        if answer.accepted:
            continue
        if answer.note == _REPEATED and sent.status != "built":
            # The first of the two counts, and has an answer of its own.
            for claim in _claims_of(subject, sent):
                timeline.note(subject, claim, "TA1", "The clearinghouse got this file twice.", interchange=file)
            continue
        sent.status, sent.detail = "rejected", answer.words
        sent.save(update_fields=["status", "detail"])
        words = f"The clearinghouse refused the whole file: {answer.words}"
        for claim in _claims_of(subject, sent):
            rejecting.reject(subject, claim, "TA1", file, words, [rejecting.Reason(f"TA1:{answer.note}", answer.words)])
        _tell_others(subject, sent, words)


def _read_999(subject: Subject, file: Interchange, content: bytes) -> None:
    for answer in acknowledgement_999.read(content):
        sent = _sent(subject, group_number=answer.group_control)
        if sent is None:
            what = f"A 999 answers group {answer.group_control}."
            unread.raise_unmatched(subject, file.pk, what, str(answer.group_control))
            continue
        verdicts = {one.control: one for one in answer.sets}
        for claim in _claims_of(subject, sent):
            verdict = verdicts.get(claim.set_control)
            if verdict.accepted if verdict else answer.accepted:
                if claim.status == "submitted":
                    timeline.note(
                        subject,
                        claim,
                        "999",
                        "The file was accepted (999).",
                        status="accepted",
                        interchange=file,
                    )
            else:
                words = f"The file was rejected (999): {_faults(verdict)}"
                rejecting.reject(subject, claim, "999", file, words, rejecting.reasons_of_999(verdict, claim))
        sent.status = {"A": "accepted", "E": "accepted", "P": "partly_accepted"}.get(answer.status, "rejected")
        sent.save(update_fields=["status"])
        if sent.status in ("rejected", "partly_accepted"):
            faults = next((one for one in answer.sets if not one.accepted), None)
            _tell_others(subject, sent, f"The file was rejected (999): {_faults(faults)}")


def _faults(verdict: acknowledgement_999.SetAnswer | None) -> str:
    if verdict is None or not verdict.faults:
        return "no fault is named; ask the clearinghouse."
    words = []
    for fault in verdict.faults[:5]:
        places = ", ".join(f"element {one.place}" + (f" ({one.value})" if one.value else "") for one in fault.elements)
        claim = f" of claim {fault.subject[1]}" if fault.subject[1] else ""
        words.append(f"segment {fault.place}, {fault.tag}{claim}" + (f": {places}" if places else ""))
    return "; ".join(words)


# ------------------------------------------------------------------------------------------- 277CA


def _read_277ca(subject: Subject, file: Interchange, content: bytes) -> None:
    for report in status_277ca.read(content):
        for status in report.claims:
            found = Claim.objects.select_for_update().filter(practice=subject.practice, number=status.pcn).first()
            claim = found and holding.holding(found)
            if claim is None:
                unread.raise_unmatched(subject, file.pk, f"A 277CA speaks of claim {status.pcn}.", status.pcn)
                continue
            _take(subject, claim, status, file)


def _take(subject: Subject, claim: Claim, status: status_277ca.ClaimStatus, file: Interchange) -> None:
    words = " ".join(
        claim_status.sentence(code.category, code.code, code.entity)
        for one in status.statuses
        for code in one.codes[:1]
    )
    if claim.status not in (*OPEN, "rejected"):
        timeline.note(subject, claim, "277CA", f"A late 277CA: {words}", interchange=file)
        return
    if not status.accepted:
        message = " ".join(one.message for one in status.statuses if one.message)
        words = f"{words} {message}".strip()
        content = restored(claim.content) if claim.content else None
        rejecting.reject(subject, claim, "277CA", file, words, rejecting.reasons_of(status, content))
        return
    claim.payer_claim_number = status.payer_claim_number or claim.payer_claim_number
    rejecting.lift(subject, claim)
    number = f" The payer's number is {status.payer_claim_number}." if status.payer_claim_number else ""
    timeline.note(
        subject, claim, "277CA", f"Taken in by the payer, not paid yet: {words}{number}", status="acknowledged",
        interchange=file, changed=True,
    )  # fmt: skip
    events.announce(subject, events.ACKNOWLEDGED, claim)


def _tell_others(subject: Subject, sent: Interchange, words: str) -> None:
    """A file that carries no claims was refused: whoever asked with it hears of it, else a person."""
    if sent.kind in _refusals:
        _refusals[sent.kind](subject, sent)
    elif sent.kind not in ("837P", "837I"):
        unread.raise_file(subject, sent.pk, f"{sent.name}: {words}", "Look at the file, then ask again.")


def _sent(subject: Subject, **numbers: int) -> Interchange | None:
    rows = Interchange.objects.select_for_update().filter(practice=subject.practice, direction="out", **numbers)
    return rows.first()


def _claims_of(subject: Subject, sent: Interchange) -> list[Claim]:
    rows = Claim.objects.select_for_update().filter(practice=subject.practice, interchange=sent)
    return [holding.holding(one) for one in rows.order_by("pk")]
