"""What payers ask to see about claims (277RFAI): on the work list with its day, answered with a 275."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chartdesk.kit import clock, fetching, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.charges.stating import DESK
from chartdesk.pms.claims import attachments, timeline, unread
from chartdesk.pms.claims.attachment_words import wanted
from chartdesk.pms.claims.attachments import Given
from chartdesk.pms.claims.models import Claim, DocumentRequest, Interchange
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.standards.x12 import attachment_275, information_277
from chartdesk.standards.x12.codes import claim_status
from chartdesk.standards.x12.status_segments import Status, StatusCode

#: The work item: a payer waits for a document.
WORK = "document_wanted"


def receive(subject: Subject, file: Interchange) -> None:
    """Read a file of requests, in the transaction that reads it."""
    count = 0
    for one in information_277.read(bytes(file.content)):
        for request in one.requests:
            claim = _claim(subject, request)
            if claim is None:
                about = request.pcn or request.payer_claim_number or request.trace
                unread.raise_unmatched(subject, file.pk, f"A payer asks for documents about claim {about}.", about)
                continue
            asked = [("", request.asked, request.due)]
            asked += [(line.control, line.asked, line.due or request.due) for line in request.lines]
            for line, statuses, due in asked:
                if statuses:
                    _take(subject, claim, file, request, line, statuses, due)
                    count += 1
    file.detail = f"{count} requests for documents"


def _claim(subject: Subject, request: information_277.Request) -> Claim | None:
    rows = Claim.objects.select_for_update().filter(practice=subject.practice)
    found = rows.filter(number=request.pcn).first() if request.pcn else None
    if found is None and request.payer_claim_number:
        found = rows.filter(payer_claim_number=request.payer_claim_number).order_by("-pk").first()
    return found


def _take(subject: Subject, claim: Claim, file: Interchange, request: information_277.Request, line: str,
          statuses: Sequence[Status], due: date | None) -> None:  # fmt: skip
    codes = [code for status in statuses for code in status.codes]
    words = ", ".join(dict.fromkeys(_words(code) for code in codes))
    message = " ".join(status.message for status in statuses if status.message)
    made, fresh = DocumentRequest.objects.get_or_create(
        practice=subject.practice, claim=claim, trace=request.trace, line=line,
        defaults={
            "patient": claim.patient, "asked": [[one.category, one.code, one.entity, one.source] for one in codes],
            "words": f"{words}. {message}".strip(), "due": due, "at": clock.now(), "interchange": file,
        },
    )  # fmt: skip
    if not fresh:
        return
    renamed = bool(request.payer_claim_number) and not claim.payer_claim_number
    claim.payer_claim_number = claim.payer_claim_number or request.payer_claim_number
    timeline.note(subject, claim, "277RFAI", f"The payer asks for: {made.words}", interchange=file, changed=renamed)
    until = f" by {due:%b %-d, %Y}" if due else ""
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=WORK, key=str(made.pk), role="biller", title=f"Claim {claim.number}: the payer wants {words}{until}",
            detail="It waits with its decision until it has the document.", cure="Attach it; it is sent as a 275.",
            about=f"Patient/{claim.patient}", link=("documents", str(claim.superbill)), amount=claim.total,
        ),
    )  # fmt: skip


def _words(code: StatusCode) -> str:
    return wanted(code.code) if code.source == "LOI" else claim_status.sentence(code.category, code.code, code.entity)


def of_charges(subject: Subject, superbill_id: int) -> list[DocumentRequest]:
    """What was asked about the claims of these charges, the latest first."""
    with reading(subject):
        rows = DocumentRequest.objects.filter(practice=subject.practice, claim__superbill=superbill_id)
        found = list(rows.select_related("claim").order_by("-pk"))
        audit.record_many(
            subject, [audit.Touched("R", "document request", str(one.pk), 0, one.patient) for one in found]
        )
        return found


def answer(subject: Subject, request_id: int, documents: Sequence[Given], held: Sequence[int] = ()) -> int:
    """Send the payer what it asked for: new ``documents``, or those that are kept with the charges (``held``).

    Returns the number of the file. Raises NotFound, Invalid without a document, Conflict where it was answered.
    """
    subject.require(*DESK)
    with transaction(subject):
        values = [subject.practice, request_id]
        request = fetching.first(DocumentRequest, "practice = %s AND id = %s FOR UPDATE", values)
        if request is None:
            raise NotFound(f"There is no request {request_id}.")
        if request.answered_at is not None:
            raise Conflict("This was answered before.", cure="Call the payer if it did not get the document.")
        claim = timeline.locked(subject, request.claim_id)
        sent = [attachments.document(subject, one) for one in held]
        if any(one.superbill != claim.superbill for one in sent):
            raise Invalid("A document of other charges was chosen.", where="held", cure="Reload the page.")
        sent += [attachments.kept(subject, claim.superbill, claim.patient, one, request) for one in documents]
        if not sent:
            raise Invalid("No document is chosen.", where="file", cure="Choose a file, or one that is kept here.")
        one = attachment_275.Attachment(
            control=request.trace, documents=[attachments.wrapped(document) for document in sent], answers=True,
            asked=[_status(code) for code in request.asked], line=request.line, submitted=clock.now().date(),
        )  # fmt: skip
        made = attachments.attachment_set(subject, claim, [one], 1, answers=True)
        file = attachments.written(subject, [made], sent)
        request.answered_at, request.answered_by = clock.now(), subject.name
        request.save(update_fields=["answered_at", "answered_by"])
        timeline.note(subject, claim, attachments.KIND, f"Sent to the payer: {request.words}", interchange=file)
        worklist.close_items(subject, WORK, [str(request.pk)], by=subject.actor)
        return int(file.pk)


def _status(code: Sequence[str]) -> Status:
    category, number, entity, source = code
    return Status(
        codes=[StatusCode(category=category, code=number, entity=entity, source=source)], day=clock.now().date()
    )


def refused(subject: Subject, file: Interchange) -> None:
    """The clearinghouse refused a 275: what it answered is open again, and somebody looks at it."""
    answered = DocumentRequest.objects.filter(practice=subject.practice, documents__interchange=file.pk).distinct()
    for request in answered:
        request.answered_at, request.answered_by = None, ""
        request.save(update_fields=["answered_at", "answered_by"])
    unread.raise_file(subject, file.pk, f"{file.name} with documents was refused", "Look at the answer beside it.")
