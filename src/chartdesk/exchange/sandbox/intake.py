"""One file from a practice's mailbox: judged, answered, and its claims taken in.

The caller holds a store transaction; answers go into the store's queue, so a file is answered once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from chartdesk.exchange.sandbox import documents, summoned
from chartdesk.exchange.sandbox.acceptance import Known, statuses
from chartdesk.exchange.sandbox.acknowledgements import group_reply, interchange_reply, nobody
from chartdesk.exchange.sandbox.adjusting import LATE_DAYS, LATER
from chartdesk.exchange.sandbox.benefits import Reply, benefit_reply
from chartdesk.exchange.sandbox.claim_status import Receipt, claim_reply
from chartdesk.exchange.sandbox.claims import Batch, Claim, batch
from chartdesk.exchange.sandbox.inquiries import inquiries, reference
from chartdesk.exchange.sandbox.inspection import GroupVerdict, group_verdict, interchange_note
from chartdesk.exchange.sandbox.reviews import review_reply
from chartdesk.exchange.sandbox.rulebook import Payer, Rulebook, member
from chartdesk.exchange.sandbox.status_answers import HELD, status_reply
from chartdesk.exchange.sandbox.store import Store
from chartdesk.exchange.sandbox.wire import (
    Address,
    Envelope,
    Group,
    Interchange,
    TransactionSet,
    interchanges,
    replier,
)


class Partner(msgspec.Struct, frozen=True):
    """Both ends of a conversation, and whether it is production or test."""

    sender: Address
    receiver: Address
    usage: str


class Desk:
    """Takes in the files of one cycle. ``days_to_pay`` None means each payer's usual days."""

    def __init__(self, store: Store, rules: Rulebook, cycle: int, as_of: datetime, days_to_pay: int | None) -> None:
        self.store, self.rules, self.cycle, self.as_of = store, rules, cycle, as_of
        self.days_to_pay = days_to_pay

    def take(self, mailbox: str, name: str, content: bytes) -> None:
        """Answer one file."""
        found = interchanges(content)
        if not found:
            self._unreadable(mailbox)
        outcomes = [self._interchange(mailbox, one) for one in found] or ["022"]
        self.store.note_taken(mailbox, name, moment(self.as_of), " ".join(outcomes))

    def refuse(self, mailbox: str, name: str) -> None:
        """Answer a file that could not be dealt with."""
        self._unreadable(mailbox)
        self.store.note_taken(mailbox, name, moment(self.as_of), "failed")

    def _unreadable(self, mailbox: str) -> None:
        house = self.rules.clearinghouse.id
        partner = Partner(Address("ZZ", house, house), nobody(), "P")
        envelope = self._envelope(partner)
        self._answer(mailbox, envelope, "TA1", interchange_reply(envelope, None, "022"))

    def _interchange(self, mailbox: str, one: Interchange) -> str:
        note = interchange_note(one)
        header, words = one.header, summoned.words(one, self.rules)
        if note == "000" and not self.store.first_time(mailbox, header[6], header[13]):
            note = "025"
        if note == "000" and summoned.SILENT in words:
            return "silent"
        if note == "000" and summoned.BAD_FILE in words:
            note = summoned.NOTE
        partner = partner_of(one, one.groups[0] if one.groups else None)
        if note != "000" or header[14] == "1":
            envelope = self._envelope(partner)
            self._answer(mailbox, envelope, "TA1", interchange_reply(envelope, header, note))
        groups = [group for group in one.groups if group.header[1] != "FA"]  # an answer gets no answer
        if groups and note in ("000", "023"):
            verdicts = [group_verdict(group) for group in groups]
            if summoned.BAD_SET in words:
                for group, verdict in zip(groups, verdicts, strict=True):
                    for part, judged in zip(group.sets, verdict.sets, strict=False):
                        summoned.refuse(part, judged, self.rules)
            envelope = self._envelope(partner)
            self._answer(mailbox, envelope, "999", group_reply(envelope, verdicts))
            if note == "000":
                self._content(mailbox, partner, groups, verdicts)
        return note

    def _content(self, mailbox: str, partner: Partner, groups: list[Group], verdicts: list[GroupVerdict]) -> None:
        """The claims and questions of the accepted transaction sets."""
        good = [
            one
            for group, verdict in zip(groups, verdicts, strict=True)
            if not verdict.codes
            for one, judged in zip(group.sets, verdict.sets, strict=True)
            if judged.accepted
        ]
        claims = [batch(one) for one in good if one.segments[0][1] == "837"]
        questions = [one for one in good if one.segments[0][1] == "270"]
        if claims:
            receipts = [(one, [self._receive(mailbox, partner, claim) for claim in one.claims]) for one in claims]
            self._status(mailbox, partner, receipts)
            self._wanted(mailbox, partner, [receipt for _, found in receipts for receipt in found])
        asked = [one for one in good if one.segments[0][1] == "276"]
        if asked:
            envelope = self._envelope(partner)
            self._answer(mailbox, envelope, "277", status_reply(envelope, self.rules, self.store, asked))
        for one in good:
            if one.segments[0][1] == "275":
                documents.arrived(self.store, mailbox, one)
        reviews = [one for one in good if one.segments[0][1] == "278"]
        if reviews:
            envelope = self._envelope(partner)
            self._answer(mailbox, envelope, "278", review_reply(envelope, self.rules, self.store, reviews))
        if questions:
            envelope = self._envelope(partner)
            self._answer(mailbox, envelope, "271", self.benefits(envelope, questions))

    def _status(self, mailbox: str, partner: Partner, receipts: list[tuple[Batch, list[Receipt]]]) -> None:
        envelope = self._envelope(partner)
        self._answer(mailbox, envelope, "277CA", claim_reply(envelope, self.rules.clearinghouse, receipts))

    def _wanted(self, mailbox: str, partner: Partner, receipts: list[Receipt]) -> None:
        """Ask for documents about the claims that wait for one and name none that is on its way."""
        held = [self.store.claim(one.claim_number) for one in receipts if one.claim_number]
        asked = [one for one in held if one is not None and documents.wanted(one)]
        if asked:
            envelope = self._envelope(partner)
            content = documents.request(envelope, self.rules, asked, partner.receiver.id)
            self._answer(mailbox, envelope, "277RFAI", content)

    def benefits(self, envelope: Envelope, questions: list[TransactionSet]) -> str:
        """The 271 for accepted 270 sets."""
        replies = [Reply(reference(one), tuple(inquiries(one))) for one in questions]
        return benefit_reply(
            envelope, self.rules, replies,
            lambda payer, person, year: self.store.accumulators(payer.id, person, year),
        )  # fmt: skip

    def _receive(self, mailbox: str, partner: Partner, claim: Claim) -> Receipt:
        payer = self.rules.payer(claim.payer_id)
        known = member(payer, claim.member_id) if payer else None
        found = statuses(claim, payer, known, self._history(claim), self.as_of.date())
        if payer is None or known is None or not all(one.accepted for one in found):
            return Receipt(claim, tuple(found))
        number = f"{self.as_of:%y%j}{self.store.next('claim'):07d}"
        self.store.add_claim(
            claim,
            number=number,
            mailbox=mailbox,
            scenario=known.scenario,
            envelope=msgspec.json.encode(partner).decode(),
            received=moment(self.as_of),
            cycle=self.cycle,
            due=moment(self.as_of + timedelta(days=self._days(payer) + LATE_DAYS * (known.scenario == LATER))),
            state="held" if known.scenario in HELD else "pending",
        )
        return Receipt(claim, tuple(found), number)

    def _days(self, payer: Payer) -> int:
        return payer.usual_days_to_pay if self.days_to_pay is None else self.days_to_pay

    def _history(self, claim: Claim) -> Known:
        same = self.store.same_claims(claim)
        double = any(one.claim.first_day == claim.first_day and one.claim.charge == claim.charge for one in same)
        original = self.store.claim(claim.original) if claim.original else None
        if original is None or (original.payer, original.payee) != (claim.payer_id, claim.billing.npi):
            return Known(double)
        return Known(double, original.state in ("pending", "held", "paid", "denied"))

    def _envelope(self, partner: Partner) -> Envelope:
        return envelope(self.store, partner, self.as_of)

    def _answer(self, mailbox: str, one: Envelope, kind: str, content: str) -> None:
        self.store.answer(mailbox, f"{one.control:09d}-{kind}.x12", content)


def envelope(store: Store, partner: Partner, as_of: datetime) -> Envelope:
    """The next envelope to a partner, with a control number of its own."""
    return Envelope(partner.sender, partner.receiver, store.next("interchange"), partner.usage, as_of)


def partner_of(one: Interchange, group: Group | None) -> Partner:
    """Who to answer as, and to whom."""
    sender, receiver = replier(one, group)
    return Partner(sender, receiver, one.header[15] if one.header[15] in ("P", "T") else "P")


def moment(when: datetime) -> str:
    """A time as the store keeps it: ISO, UTC, whole seconds."""
    return when.astimezone(UTC).isoformat(timespec="seconds")
