"""A payment cycle: due claims and corrections become one 835 for each payer and payee of a mailbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from chartdesk.exchange.sandbox import adjusting, bank
from chartdesk.exchange.sandbox.adjudication import Decision, adjudicate, reversed_decision
from chartdesk.exchange.sandbox.adjusting import LATE_DAYS
from chartdesk.exchange.sandbox.claims import Claim
from chartdesk.exchange.sandbox.denials import Setting, is_late
from chartdesk.exchange.sandbox.intake import Partner, envelope, moment
from chartdesk.exchange.sandbox.remittance import Payment, ProviderAdjustment, Remitted, remittance
from chartdesk.exchange.sandbox.rulebook import HUNDRED, Rulebook, member
from chartdesk.exchange.sandbox.store import Store, Stored, iso_day
from chartdesk.kit.money import ZERO, money, total

_PARTNER = msgspec.json.Decoder(Partner)
FAR_FUTURE = "9999-12-31T00:00:00+00:00"
REDUCED = Decimal(80)
#: Words whose claims are looked at once more in a later payment, and the days until then where they are not the usual.
CORRECTED = frozenset({"REVERSE", "TAKEBACK", "OVERTURN", "DOUBLE"})
LATER = {"OVERTURN": LATE_DAYS, "DOUBLE": 7}
REPEAT_MODIFIERS = {"76", "77", "91", "59", "XE", "XP", "XS", "XU"}
Payee = tuple[str, str, str]


class Cashier:
    """Pays what is due in one cycle."""

    def __init__(self, store: Store, rules: Rulebook, cycle: int, as_of: datetime) -> None:
        self.store, self.rules, self.cycle, self.as_of = store, rules, cycle, as_of

    def pay(self, everything: bool = False) -> int:
        """Write every 835 that is due; ``everything`` ignores due dates. Returns how many."""
        cycle, until = (self.cycle + 1, FAR_FUTURE) if everything else (self.cycle, moment(self.as_of))
        with self.store.transaction():
            payees = dict.fromkeys(
                (one.mailbox, one.payer, one.payee)
                for one in (
                    *(claim for claim, _ in self.store.due_corrections(self.cycle, until)),
                    *self.store.payable(cycle, until),
                )
            )
        return sum(self._pay(payee, cycle, until) for payee in payees)

    def _pay(self, payee: Payee, cycle: int, until: str) -> bool:
        """One payer pays one payee, in one transaction, which reads again what is due."""
        with self.store.transaction():
            mine = [one for one in self.store.payable(cycle, until) if _payee(one) == payee]
            fixes = [pair for pair in self.store.due_corrections(self.cycle, until) if _payee(pair[0]) == payee]
            words = dict.fromkeys(["", *(one.scenario for one in mine if one.scenario in adjusting.APART)])
            written = [self._file(payee, word, mine, [] if word else fixes) for word in words]
            return any(written)

    def _file(self, payee: Payee, word: str, mine: list[Stored], fixes: list[tuple[Stored, str]]) -> bool:
        """One 835: of the claims that ask for a file of their own by that word, or of all others."""
        chosen = [one for one in mine if (one.scenario if one.scenario in adjusting.APART else "") == word]
        basket = _Basket(self, payee, word)
        for stored, kind in fixes:
            basket.correct(stored, kind)
        for stored in chosen:
            basket.settle(self.store.claim_by_id(stored.id))
        if basket.empty:
            return False
        basket.write((*chosen, *(stored for stored, _ in fixes))[0])
        return True

    def setting(self, stored: Stored, claim: Claim) -> Setting:
        """What a claim is judged against now."""
        payer = self.rules.payer(stored.payer)
        known = member(payer, claim.member_id) if payer else None
        if payer is None or known is None:
            raise KeyError(f"claim {stored.number}: the rules no longer know payer {stored.payer} or its member")
        late = claim.frequency == "1" and claim.turn == "P" and is_late(payer, claim, iso_day(stored.received))
        return Setting(
            self.rules, payer, known.plan, known.scenario, late, repeated=self._repeated(stored, claim),
            exhausted=self._exhausted(stored, claim),
        )  # fmt: skip

    def _repeated(self, stored: Stored, claim: Claim) -> frozenset[int]:
        """Lines that another claim of the same provider already had paid."""
        found = set()
        for line in claim.lines:
            key = (claim.billing.npi, claim.turn, " ".join(line.modifiers), line.first_day.isoformat())
            paid = self.store.services(claim.payer_id, claim.member_id, line.code)
            if not REPEAT_MODIFIERS & {*line.modifiers} and any(
                other != stored.id and tuple(rest) == key for other, *rest in paid
            ):
                found.add(line.number)
        return frozenset(found)

    def _exhausted(self, stored: Stored, claim: Claim) -> frozenset[int]:
        """Lines of which the year's one has been paid."""
        yearly = self.rules.codes.once_a_year
        if claim.turn != "P" or not any(line.code in yearly for line in claim.lines):
            return frozenset()
        years = {
            day[:4]
            for code in yearly
            for other, _, _, _, day in self.store.services(claim.payer_id, claim.member_id, code)
            if other != stored.id
        }
        return frozenset(
            line.number for line in claim.lines if line.code in yearly and str(line.first_day.year) in years
        )


class _Basket:
    """The claims and provider adjustments that go into one 835."""

    def __init__(self, cashier: Cashier, payee: Payee, word: str = "") -> None:
        self.cashier, self.store, self.payee, self.word = cashier, cashier.store, payee, word
        self.claims: list[Remitted] = []
        self.adjustments: list[ProviderAdjustment] = []

    @property
    def empty(self) -> bool:
        return not self.claims and not self.adjustments

    def settle(self, stored: Stored) -> None:
        """Decide a pending claim, after taking back the one it replaces or voids."""
        if stored.state != "pending":
            return
        if stored.frequency in ("7", "8"):
            self._take_back_original(stored)
        if stored.frequency == "8":
            self.store.decide(stored.id, "voided")
            return
        reduced = stored.scenario in ("REVERSE", "UNDERPAY")
        decision = self._decide(stored, REDUCED if reduced else HUNDRED)
        interest = ZERO
        if stored.scenario == "INTEREST" and decision.paid:
            interest = money(decision.paid * self.cashier.rules.timing.interest_percent / HUNDRED)
            self.adjustments.append(ProviderAdjustment("L6", stored.number, -interest))
        self.adjustments += adjusting.beside(stored.scenario, stored.number, decision.paid)
        self._add(stored, decision, interest)
        later = decision.status == "4" if stored.scenario == "OVERTURN" else decision.paid
        if stored.scenario in CORRECTED and later:
            days = LATER.get(stored.scenario, self.cashier.rules.timing.correction_days)
            due = self.cashier.as_of + timedelta(days=days)
            self.store.plan_correction(stored.id, stored.scenario, self.cashier.cycle, moment(due))

    def correct(self, stored: Stored, kind: str) -> None:
        """Make a planned correction, unless the claim has since been replaced or voided."""
        self.store.close_correction(stored.id)
        if stored.state != ("denied" if kind == "OVERTURN" else "paid"):
            return
        if kind == "TAKEBACK":
            self.adjustments.append(ProviderAdjustment("WO", stored.number, stored.decided.paid))
            return
        if kind == "DOUBLE":
            received = iso_day(stored.received)
            self.claims.append(Remitted(stored.claim, stored.number, stored.decided, received, stored.scenario))
            return
        self._reverse(stored)
        self._add(stored, self._decide(stored, HUNDRED, appealed=kind == "OVERTURN"))

    def _take_back_original(self, stored: Stored) -> None:
        original = self.store.claim(stored.original)
        if original is None or original.state in ("reversed", "voided"):
            return
        if original.state == "held":
            self.store.decide(original.id, "voided")
            return
        if original.state == "pending":
            self.settle(original)
            original = self.store.claim_by_id(original.id)
        self._reverse(original)
        self.store.decide(original.id, "reversed")

    def _reverse(self, stored: Stored) -> None:
        back = reversed_decision(stored.decided)
        self.store.forget_services(stored.id)
        self.store.accumulate(stored.claim, back)
        self.claims.append(Remitted(stored.claim, stored.number, back, iso_day(stored.received), stored.scenario))

    def _decide(self, stored: Stored, percent: Decimal, appealed: bool = False) -> Decision:
        claim = stored.claim
        used = self.store.accumulators(claim.payer_id, claim.member_id, claim.first_day.year)
        setting = msgspec.structs.replace(self.cashier.setting(stored, claim), appealed=appealed)
        return adjudicate(claim, setting, used, percent)

    def _add(self, stored: Stored, decision: Decision, interest: Decimal = ZERO) -> None:
        claim = stored.claim
        self.store.decide(stored.id, "denied" if decision.status == "4" else "paid", decision)
        self.store.add_services(stored.id, claim, decision)
        self.store.accumulate(claim, decision)
        self.claims.append(
            Remitted(claim, stored.number, decision, iso_day(stored.received), stored.scenario, interest)
        )

    def write(self, example: Stored) -> None:
        """Settle what is carried forward, and put the 835 into the queue."""
        mailbox, payer_id, _ = self.payee
        payer = self.cashier.rules.payer(payer_id)
        if payer is None:
            raise KeyError(payer_id)
        earlier = self.store.forward_balance(*self.payee)
        if earlier:
            self.adjustments.append(earlier)
        net = total(one.decision.paid for one in self.claims) - total(one.amount for one in self.adjustments)
        trace = f"{payer.id}{self.store.next('trace'):09d}"
        if net < 0:
            self.adjustments.append(ProviderAdjustment("FB", trace, net))
        self.store.set_forward_balance(*self.payee, max(-net, ZERO), trace)
        partner = _PARTNER.decode(example.envelope)
        outside = envelope(self.store, partner, self.cashier.as_of)
        payment = Payment(
            payer, example.claim.billing, trace, self.cashier.as_of.date(), tuple(self.claims),
            tuple(self.adjustments), self.word == adjusting.CHECK,
        )  # fmt: skip
        for one in self.claims:
            if one.decision.paid > 0:
                self.store.note_payment(one.claim_number, trace, "CHK" if payment.check else "ACH", payment.paid_on)
        text = remittance(outside, payment)
        self.store.answer(mailbox, f"{outside.control:09d}-835.x12", adjusting.faulty(self.word, text))
        self._pay_out(mailbox, payment, outside.control)
        if self.word in (adjusting.TWICE, adjusting.CUT_OFF, adjusting.UNBALANCED):
            again = envelope(self.store, partner, self.cashier.as_of)
            # What came cut off or came right is the same file; what was mended is another one, of the same payment.
            right = remittance(again, payment) if self.word == adjusting.UNBALANCED else text
            self.store.answer_later(mailbox, f"{again.control:09d}-835.x12", right, self.cashier.cycle + 1)

    def _pay_out(self, mailbox: str, payment: Payment, number: int) -> None:
        """The practice's bank tells of what arrived of the payment."""
        amount = bank.arriving(self.word, payment.amount)
        if amount > 0:
            credit = bank.Credit(amount, payment.trace, payment.payer.name, payment.payer.tax_id, payment.check)
            file = bank.statement(credit, number, self.cashier.as_of)
            self.store.answer(mailbox, f"{number:09d}{bank.SUFFIX}", file)


def _payee(stored: Stored) -> Payee:
    return stored.mailbox, stored.payer, stored.payee
