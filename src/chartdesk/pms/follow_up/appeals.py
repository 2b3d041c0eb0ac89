"""Appeals against what a payer refused: drafted from a letter, sent, answered, level after level.

No money moves here: what an appeal wins comes with the payer's next remittance. A claim has one pending appeal.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, total
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.claims import timeline
from chartdesk.pms.claims.content import restored
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.coverage import parties
from chartdesk.pms.follow_up import letters, rules
from chartdesk.pms.follow_up.cases import BILLING, Change, pursue
from chartdesk.pms.follow_up.models import PENDING_APPEALS, Appeal
from chartdesk.pms.remittance import commands as remittance
from chartdesk.pms.remittance.denials import PENDING
from chartdesk.pms.remittance.models import Denial
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

#: How an appeal may go out.
WAYS = ("mail", "fax", "portal")
#: What a payer may answer, and our own end of it.
OUTCOMES = ("won", "partly_won", "lost", "withdrawn")
APPEAL_WORK = "appeal"
#: A draft is urgent so many days before its last day.
_URGENT_DAYS = 7


def draft(subject: Subject, claim_id: int, *, letter: str = "") -> int:
    """Begin an appeal of what is denied of a claim; returns its number.

    After a lost or partly won one it is the next level, with that level's deadline. Raises NotFound, Conflict where
    one is pending or nothing is denied, Invalid for an unknown letter.
    """
    subject.require(*BILLING)
    with transaction(subject):
        advisory_lock("appeal", subject.practice, claim_id)
        claim = timeline.locked(subject, claim_id)
        earlier = list(Appeal.objects.filter(practice=subject.practice, claim=claim_id).order_by("pk"))
        if any(one.state in PENDING_APPEALS for one in earlier):
            raise Conflict(f"An appeal of claim {claim.number} is pending.", cure="Go on with that one.")
        denials = _denials(subject, claim_id)
        if not denials:
            raise Conflict(f"Nothing of claim {claim.number} is denied any more.", cure="There is nothing to appeal.")
        texts = letters.letters(subject)
        if letter and letter not in texts:
            raise Invalid(f"There is no letter {letter!r}.", where="letter", cure="Choose one of the list.")
        text = texts[letter] if letter else letters.chosen(texts, denials)
        level = _level(earlier)
        facts = letters.facts(subject, claim, restored(claim.content), denials, level)
        made = Appeal.objects.create(
            practice=subject.practice, claim=claim_id, patient=claim.patient, payer_id=claim.payer_id, level=level,
            denials=[one.pk for one in denials], amount=total(one.amount for one in denials),
            deadline=min(one.deadline for one in denials), template=text.key,
            title=letters.filled(text.title, facts), body=letters.filled(text.body, facts), owner=subject.name,
            drafted=clock.now(),
        )  # fmt: skip
        timeline.note(subject, claim, "appeal", f"An appeal of {dollars(made.amount)} was begun (level {level}).")
        _audited(subject, made, "C")
        return int(made.pk)


def amend(subject: Subject, appeal_id: int, *, title: str, body: str) -> Appeal:
    """Change the words of a draft. Raises NotFound, Conflict once it was sent, Invalid where nothing is left."""
    subject.require(*BILLING)
    with transaction(subject):
        appeal = _locked(subject, appeal_id, "draft")
        if not title.strip() or not body.strip():
            raise Invalid("A letter needs a subject line and a text.", where="body", cure="Write what is to be said.")
        appeal.title, appeal.body = title.strip(), body.replace("\r\n", "\n").strip()
        appeal.save(update_fields=["title", "body"])
        _audited(subject, appeal, "U")
        return appeal


def send(subject: Subject, appeal_id: int, how: str, *, number: str = "") -> Appeal:
    """Note that a draft went out by mail, fax or portal (with its ``number``): its letter is frozen as it stands.

    The denials wait for the answer, and so does the claim. Raises NotFound, Conflict, Invalid.
    """
    subject.require(*BILLING)
    if how not in WAYS:
        raise Invalid(f"{how!r} is no way to send an appeal.", where="how", cure=f"One of {', '.join(WAYS)}.")
    with transaction(subject):
        appeal = _locked(subject, appeal_id, "draft")
        claim = timeline.locked(subject, appeal.claim)
        today = clock.today(practice_of(subject).zone)
        appeal.state, appeal.sent, appeal.sent_how = "sent", clock.now(), " ".join(filter(None, (how, number.strip())))
        appeal.answer_by = today + timedelta(days=_setting(subject, appeal.payer_id, "appeal_answer_days",
                                                           rules.APPEAL_ANSWER_DAYS))  # fmt: skip
        appeal.letter = letters.printed(subject, appeal, claim, restored(claim.content))
        appeal.save()
        for denial in _denials(subject, appeal.claim):
            if denial.pk in appeal.denials and denial.state != "appealed":
                remittance.settle_denial(subject, denial.pk, "appealed", f"Appeal of level {appeal.level} sent.")
        late = " after its last day" if today > appeal.deadline else ""
        text = f"The appeal of {dollars(appeal.amount)} (level {appeal.level}) went out by {appeal.sent_how}{late}."
        timeline.note(subject, claim, "appeal", text)
        pursue(subject, [appeal.claim], Change(next_action="wait", due=appeal.answer_by, dated=True))
        worklist.close_items(subject, APPEAL_WORK, [str(appeal.pk)], by=subject.actor)
        _audited(subject, appeal, "U")
        return appeal


def settle(subject: Subject, appeal_id: int, outcome: str, note: str, *, won: Decimal | None = None) -> Appeal:
    """Write down what came of an appeal. ``won``: the dollars granted, wanted where it was won in part.

    A lost one opens its denials again until the last day of the next level. Raises NotFound, Conflict, Invalid.
    """
    subject.require(*BILLING)
    if outcome not in OUTCOMES:
        raise Invalid(f"{outcome!r} is no outcome.", where="outcome", cure=f"One of {', '.join(OUTCOMES)}.")
    if not note.strip():
        raise Invalid("An outcome needs a note.", where="note", cure="Say what the payer answered, and when.")
    with transaction(subject):
        appeal = _locked(subject, appeal_id, *(("draft", "sent") if outcome == "withdrawn" else ("sent",)))
        granted = {"won": appeal.amount, "partly_won": won}.get(outcome, ZERO)
        if granted is None or (outcome == "partly_won" and not ZERO < granted < appeal.amount):
            raise Invalid("Say how much of it was granted.", where="won", cure=f"Less than {dollars(appeal.amount)}.")
        _settle(subject, appeal, outcome, note.strip(), granted)
        return appeal


def watch(subject: Subject) -> int:
    """Look at the pending appeals: drafts that run out of time, answers that are late, decisions that came.

    Run every night; returns how many need somebody. A decision that came with a remittance settles its appeal.
    """
    today = clock.today(practice_of(subject).zone)
    needing = 0
    with transaction(subject):
        rows = Appeal.objects.select_for_update().filter(practice=subject.practice, state__in=PENDING_APPEALS)
        for appeal in rows.order_by("pk"):
            if appeal.state == "sent" and _decided(subject, appeal):
                continue
            needing += _remind(subject, appeal, today)
    return needing


def _settle(subject: Subject, appeal: Appeal, outcome: str, note: str, granted: Decimal) -> None:
    claim = timeline.locked(subject, appeal.claim)
    today = clock.today(practice_of(subject).zone)
    was_sent = appeal.state == "sent"
    appeal.state, appeal.outcome, appeal.won = outcome, note, granted
    appeal.settled, appeal.settled_by = clock.now(), subject.actor
    appeal.save()
    text = f"The appeal of level {appeal.level} was {outcome.replace('_', ' ')}: {note}"
    timeline.note(subject, claim, "appeal", text)
    if outcome in ("lost", "partly_won"):
        days = _setting(subject, appeal.payer_id, "appeal_days_next", rules.NEXT_LEVEL_DAYS)
        deadline = rules.next_level(today, days)
        _reopen(subject, appeal, deadline)
        pursue(subject, [appeal.claim], Change(next_action="appeal", due=deadline - timedelta(days=14), dated=True))
    elif outcome == "won":
        pursue(subject, [appeal.claim], Change(next_action="wait", due=today + timedelta(days=30), dated=True))
    elif was_sent:
        _reopen(subject, appeal, appeal.deadline)
    worklist.close_items(subject, APPEAL_WORK, [str(appeal.pk)], by=subject.actor)
    _audited(subject, appeal, "U")


def _reopen(subject: Subject, appeal: Appeal, deadline: date) -> None:
    """What was appealed waits for a decision of ours again."""
    rows = Denial.objects.filter(practice=subject.practice, pk__in=appeal.denials, state="appealed")
    rows.update(state="open", deadline=deadline, settled_at=None, settled_by="")
    live.announce(subject, "denials")


def _decided(subject: Subject, appeal: Appeal) -> bool:
    """Settle a sent appeal whose denials the payer has decided anew."""
    still = Denial.objects.filter(practice=subject.practice, pk__in=appeal.denials, state__in=PENDING)
    if still.exists():
        return False
    again = _denials(subject, appeal.claim)
    if not again:
        _settle(subject, appeal, "won", "The payer has decided the claim anew.", appeal.amount)
        return True
    left = total(one.amount for one in again)
    outcome = "partly_won" if ZERO < left < appeal.amount else "lost"
    note = f"The payer has decided the claim anew and denies {dollars(left)}."
    _settle(subject, appeal, outcome, note, max(appeal.amount - left, ZERO))
    return True


def _remind(subject: Subject, appeal: Appeal, today: date) -> bool:
    """Put an appeal on the work list where its time runs out, or its answer is late."""
    claim = Claim.objects.only("number").get(practice=subject.practice, pk=appeal.claim)
    due = appeal.deadline if appeal.state == "draft" else appeal.answer_by
    if due is None or (due - today).days > (_URGENT_DAYS if appeal.state == "draft" else -1):
        return False
    if appeal.state == "draft":
        left = (due - today).days
        when = f"{left} days are left" if left > 0 else "today is the last day" if left == 0 else "its time is over"
        title, cure = f"The appeal of claim {claim.number} is not sent: {when}", "Finish the letter and send it."
    else:
        title = f"The payer has not answered the appeal of claim {claim.number}"
        cure = "Call the payer; then set a new day, or settle the appeal."
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=APPEAL_WORK, key=str(appeal.pk), role="biller", title=title, cure=cure,
            about=f"Patient/{appeal.patient}", link=("appeal", str(appeal.pk)), amount=appeal.amount, due=due,
        ),
    )  # fmt: skip
    return True


def _level(earlier: list[Appeal]) -> int:
    lost = [one.level for one in earlier if one.state in ("lost", "partly_won")]
    return max(lost, default=0) + 1


def _denials(subject: Subject, claim_id: int) -> list[Denial]:
    rows = Denial.objects.filter(practice=subject.practice, claim=claim_id, state__in=PENDING)
    return list(rows.order_by("pk"))


def _locked(subject: Subject, appeal_id: int, *states: str) -> Appeal:
    appeal = Appeal.objects.select_for_update().filter(practice=subject.practice, pk=appeal_id).first()
    if appeal is None:
        raise NotFound(f"There is no appeal {appeal_id}.")
    if appeal.state not in states:
        raise Conflict(f"The appeal is {appeal.state.replace('_', ' ')} already.", cure="Reload the page.")
    return appeal


def _setting(subject: Subject, payer_id: str, name: str, usual: int) -> int:
    payer = parties.known(subject, payer_id)
    return int((payer.settings if payer else {}).get(name) or usual)


def _audited(subject: Subject, appeal: Appeal, action: str) -> None:
    audit.record(subject, action, "appeal", patient=appeal.patient, resource_id=str(appeal.pk), detail=appeal.state)
    live.announce(subject, "follow-up")
