"""Reading what payers answer about claims (277, 005010X212): on the time line in words, with what follows from it.

An answer is matched on the trace of its question. It changes no money. A claim that the payer refuses to process or
does not have comes back to the list of rejected ones; what the payer wants from us stands on the work list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chartdesk.kit import clock, worklist
from chartdesk.kit.money import ZERO, dollars
from chartdesk.pms.claims import mending, rejecting, timeline, unread
from chartdesk.pms.claims.models import OPEN, Claim, Interchange
from chartdesk.pms.follow_up import rules
from chartdesk.pms.follow_up.cases import Change, pursue
from chartdesk.pms.follow_up.inquiries import STATUS_WORK
from chartdesk.pms.follow_up.models import Inquiry
from chartdesk.pms.follow_up.rules import Meaning
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12 import status_277 as x12
from chartdesk.standards.x12.codes import claim_status

#: Answers that somebody must act on.
_URGENT = ("wanted", "missing", "refused")


def receive(subject: Subject, file: Interchange) -> None:
    """Read a file of answers, in the transaction that reads it."""
    read = 0
    for response in x12.read(bytes(file.content)):
        for answer in response.answers:
            inquiries = _asked(subject, answer)
            for inquiry in inquiries:
                _take(subject, inquiry, answer, file)
                read += 1
            if not inquiries:
                about = answer.pcn or answer.trace or "an unknown claim"
                unread.raise_unmatched(subject, file.pk, f"A 277 answers about {about}, which was not asked.", about)
    file.detail = f"{read} answers about claims"


def _asked(subject: Subject, answer: x12.Answer) -> list[Inquiry]:
    """The questions that an answer is to: one, or all open ones of a payer that refuses all of them."""
    rows = Inquiry.objects.select_for_update().filter(practice=subject.practice)
    if answer.of_a_claim:
        return list(rows.filter(trace=answer.trace))
    return list(rows.filter(payer_id=answer.payer.id, state="asked").order_by("pk"))


def _take(subject: Subject, inquiry: Inquiry, answer: x12.Answer, file: Interchange) -> None:
    if inquiry.answer == file.pk and inquiry.state == "answered":
        return
    claim = timeline.locked(subject, inquiry.claim)
    main = _main(answer.statuses)
    words = _words(answer, main)
    code = main.codes[0] if main is not None and main.codes else x12.StatusCode(category="", code="")
    inquiry.state, inquiry.answered, inquiry.answer = "answered", clock.now(), file.pk
    inquiry.category, inquiry.code, inquiry.entity, inquiry.words = code.category, code.code, code.entity, words
    if main is not None:
        inquiry.paid, inquiry.paid_on, inquiry.check_number = main.paid, main.issued or main.decided, main.check
    inquiry.payer_claim_number = answer.payer_claim_number
    inquiry.save()
    renamed = bool(answer.payer_claim_number) and not claim.payer_claim_number
    claim.payer_claim_number = claim.payer_claim_number or answer.payer_claim_number
    timeline.note(subject, claim, "277", f"The payer says: {words}", interchange=file, changed=renamed)
    audit.record(subject, "U", "claim status", patient=inquiry.patient, resource_id=str(claim.pk), detail=code.category)
    if claim.status in OPEN:
        _follow(subject, claim, answer, words, rules.meaning(code.category, code.code), file)


def _follow(subject: Subject, claim: Claim, answer: x12.Answer, words: str, meant: Meaning, file: Interchange) -> None:
    """What follows from an answer about a claim that the payer has not decided as far as we know."""
    if meant.action and meant.days is not None:
        due = clock.today(practice_of(subject).zone) + timedelta(days=meant.days)
        pursue(subject, [claim.pk], Change(next_action=meant.action, due=due, dated=True))
    if meant.kind in ("missing", "refused") and answer.of_a_claim:
        rejecting.reject(subject, claim, "277", file, words, _reasons(answer))
    elif meant.kind in _URGENT:
        worklist.raise_item(
            subject,
            worklist.Task(
                kind=STATUS_WORK, key=str(claim.pk), role="biller", title=f"Claim {claim.number}: {words}",
                detail="The payer's answer to our status question.", cure=meant.cure,
                about=f"Patient/{claim.patient}", link=("claim", str(claim.pk)), amount=claim.total,
            ),
        )  # fmt: skip
    else:
        worklist.close_items(subject, STATUS_WORK, [str(claim.pk)], by=subject.actor)


def _main(statuses: Sequence[x12.Status]) -> x12.Status | None:
    """The status that says most: one that wants something of us before one that says to wait."""
    weight = {"wanted": 0, "missing": 0, "refused": 0, "denied": 1, "paid": 1, "decided": 1, "later": 3}

    def order(one: x12.Status) -> int:
        first = one.codes[0] if one.codes else None
        return weight.get(rules.meaning(first.category, first.code).kind, 2) if first else 4

    return min(statuses, key=order, default=None)


def _words(answer: x12.Answer, main: x12.Status | None) -> str:
    if main is None:
        return "nothing that we can read."
    said = [claim_status.sentence(one.category, one.code, one.entity) for one in main.codes]
    said += [main.message] if main.message else []
    if main.paid:
        how = f" with {main.check}" if main.check else ""
        when = f" on {main.issued or main.decided:%b %-d, %Y}" if main.issued or main.decided else ""
        said.append(f"{dollars(main.paid)} paid{how}{when}.")
    for line in answer.lines:
        codes = [one.codes[0] for one in line.statuses if one.codes]
        said += [f"{line.code}: {claim_status.sentence(one.category, one.code, one.entity)}" for one in codes]
        said += [f"{line.code}: {dollars(line.paid)} paid."] if line.paid > ZERO and not main.paid else []
    return " ".join(dict.fromkeys(said))


def _reasons(answer: x12.Answer) -> list[rejecting.Reason]:
    made = []
    for status in answer.statuses:
        for code in status.codes:
            parts = [part for part in (code.category, code.code, code.entity) if part]
            words = claim_status.sentence(code.category, code.code, code.entity)
            mend = mending.of_status(code.code, code.entity)
            made.append(rejecting.Reason(":".join(parts), words, mend, message=status.message))
    return made
