"""Random histories of claims: whatever payers send, in whatever order and how often, no cent is lost or doubled.

Each claim has a history of its own; many go side by side through shared files. A run sees two thousand of them, in two
worlds. HISTORIES says how many a world has, HISTORY_SEED makes other worlds.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from tests.money.office import PAYER, SECOND, Cut, Office, Paid, Sent, decided, office, reversed_, write_835

from chartdesk.kit.errors import Conflict, Invalid

__all__ = ["office"]

pytestmark = pytest.mark.timeout(3600)
HISTORIES = int(os.environ.get("HISTORIES", "1000"))
SEED = int(os.environ.get("HISTORY_SEED", "7"))
ROUNDS = 4
#: The second payer, as its files name it.
OTHER = {"payer": "SECOND MUTUAL", "tax": "841000202"}
BANKS = ("cash", "card", "check", "eft")
ZERO = Decimal("0.00")


@dataclass
class Story:
    """One claim, what its payer last decided and has not taken back, and what the patient paid."""

    claim: Sent
    standing: Any = None
    #: What the second payer last decided, where the patient has one, and has not taken back.
    second: Any = None
    insured_twice: bool = False
    decisions: list[str] = field(default_factory=list)


def _story(chance: random.Random, office: Office) -> Story:
    """A claim of one line or two, of a patient who has a second payer or none."""
    lines = [("99213", "140"), ("87880", "32")] if chance.random() < 0.5 else [("99213", "140")]
    twice = chance.random() < 0.3
    patient = office.patient(payers=(PAYER, SECOND) if twice else (PAYER,))
    return Story(office.claim(lines, patient=patient), insured_twice=twice)


def _decision(chance: random.Random, claim: Sent) -> Any:
    """A decision that balances: paid, cut, denied, a line forgotten, a modifier changed, lines the wrong way round."""
    lines = []
    for _, control, code, charge in claim.lines:
        left = charge
        cuts = []
        for group, reason in chance.sample(
            [
                ("CO", "45"),
                ("PR", "1"),
                ("PR", "2"),
                ("PR", "3"),
                ("CO", "253"),
                ("OA", "23"),
                ("CO", "16"),
                ("CO", "97"),
            ],
            chance.randint(0, 3),
        ):
            part = (left * chance.randint(0, 100) / 100).quantize(Decimal("0.01"))
            if part:
                cuts.append(Cut(group, reason, str(part)))
                left -= part
        if chance.random() < 0.2:
            cuts.append(Cut("CO", chance.choice(["29", "50", "27"]), str(left)))
            left = ZERO
        lines.append(
            Paid(
                code,
                str(charge),
                str(left),
                [one for one in cuts if Decimal(one.amount)],
                control=control if chance.random() < 0.8 else "-",
                modifiers=["25"] if chance.random() < 0.1 else [],
            )
        )
    if chance.random() < 0.2:
        lines.reverse()
    status = "4" if all(Decimal(line.paid) == 0 for line in lines) else chance.choice(["1", "1", "1", "19"])
    return decided(claim, lines, status=status)


def _round(chance: random.Random, stories: list[Story]) -> Iterator[Any]:
    """What the payer says this time: about some claims nothing, about some twice."""
    for story in stories:
        if chance.random() < 0.3:
            continue
        if story.standing is not None:
            if chance.random() < 0.2:
                # Once more, as it was or otherwise, and nothing is taken back.
                yield story.standing if chance.random() < 0.5 else _decision(chance, story.claim)
                continue
            if chance.random() < 0.5:
                continue
            yield reversed_(story.standing)
            story.standing = None
            if chance.random() < 0.4:
                continue
        story.standing = _decision(chance, story.claim)
        yield story.standing


def _second_round(chance: random.Random, office: Office, stories: list[Story]) -> Iterator[Any]:
    """What second payers say of the claims that lie with them: pay a part of what was left, deny it, take it back."""
    asked = _with_second_payers(office)
    for story in stories:
        if story.claim.superbill not in asked or chance.random() < 0.4:
            continue
        if story.second is not None:
            yield reversed_(story.second)
            story.second = None
            if chance.random() < 0.4:
                continue
        number = asked[story.claim.superbill]
        lines = []
        for _, control, code, charge in number.lines:
            paid = Decimal(chance.randint(0, 2000)) / 100
            share = Decimal(chance.randint(0, 500)) / 100
            cuts = [Cut("PR", "2", str(share)), Cut("OA", "23", str(charge - paid - share))]
            if chance.random() < 0.2:
                paid, cuts = ZERO, [Cut("CO", "29", str(charge))]
            given = [one for one in cuts if Decimal(one.amount)]
            lines.append(Paid(code, str(charge), str(paid), given, control=control))
        story.second = decided(number, lines, status="2")
        yield story.second


def _with_second_payers(office: Office) -> dict[int, Sent]:
    """The claims that lie with second payers, by their charges. Some that say what no longer is are replaced first."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.claims.models import ADJUDICATED, OPEN, Claim, ClaimLine

    outdated = {int(one.link_id) for one in (*office.items("claim_outdated"), *office.items("next_payer"))}
    with transaction(office.subject):
        second = Claim.objects.filter(practice=office.subject.practice, rank=2, status__in=(*OPEN, *ADJUDICATED))
        known = {one.pk for one in second.filter(status__in=ADJUDICATED).exclude(payer_claim_number="")}
    for number in sorted(outdated & known)[::2]:
        claims.submit(office.subject, [claims.replace(office.subject, number)])
    found: dict[int, Sent] = {}
    with transaction(office.subject):
        for one in second.order_by("pk"):
            rows = ClaimLine.objects.filter(claim=one).order_by("position")
            lines = [(line.charge_line, line.control_number, line.code, line.amount) for line in rows]
            found[one.superbill] = Sent(one.pk, one.number, one.patient, one.superbill, lines)
    return found


def _file(chance: random.Random, payments: list[Any], **payer: str) -> tuple[bytes, Decimal]:
    """An 835 of them with what the payer holds against the practice beside; and what it brings to the bank."""
    from tests.money.office import remittance

    plb = [
        (
            chance.choice(["WO", "FB", "L6", "72", "CS", "J1"]),
            chance.choice(["", "X1", "X2"]),
            str(chance.randint(-900, 900) / Decimal(100)),
        )
        for _ in range(chance.randint(0, 2))
    ]
    made = remittance(*payments, plb=[one for one in plb if Decimal(one[2])], **payer)
    return write_835([made]), made.total


def _pay(chance: random.Random, office: Office, stories: list[Story], number: int) -> Decimal:
    """Some patients pay something, one of them with a finger that slips twice."""
    from chartdesk.pms.statements import commands

    taken = ZERO
    for place, story in enumerate(stories):
        if chance.random() < 0.8:
            continue
        amount = Decimal(chance.randint(100, 9000)) / 100
        for _ in range(chance.choice([1, 1, 2])):
            commands.take_payment(
                office.subject, story.claim.patient, amount, "cash", idempotency_key=f"{number}-{place}"
            )
        taken += amount
    return taken


def _handled(chance: random.Random, office: Office) -> None:
    """The biller decides about some denials."""
    from chartdesk.pms.remittance import commands, queries

    for denial in queries.denials(office.subject):
        if chance.random() < 0.3:
            outcome = chance.choice(["written_off", "billed_patient", "appealed", "resolved"])
            try:
                commands.settle_denial(office.subject, denial.id, outcome, "Looked at.")
            except Conflict as refused:  # the payer before has decided otherwise since, and left less
                assert "settle the denial as resolved" in refused.cure
                commands.settle_denial(office.subject, denial.id, "resolved", "Nothing is left.")


def _passed_on(chance: random.Random, office: Office, stories: list[Story], insured: set[str]) -> int:
    """A further card comes late, and the biller bills its payer what is left, where anything is; how many were."""
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.remittance import commands

    billed = 0
    for story in stories:
        if chance.random() < 0.75:
            continue
        if story.claim.patient not in insured:
            insured.add(story.claim.patient)
            coverage.add_coverage(office.subject, story.claim.patient, coverage.Card(SECOND, 2, f"L{len(insured)}"))
        try:
            commands.bill_next(office.subject, story.claim.claim_id)
            billed += 1
        except (Conflict, Invalid) as refused:
            assert any(words in str(refused) for words in ("No payment", "with the next payer", "Nothing of claim"))
    return billed


def _check(office: Office, stories: list[Story], bank: Decimal, paid_by_patients: Decimal) -> None:
    """The books balance, the bank holds what was sent and paid, each charge is paid, adjusted, or still owed.

    And the sums that the database keeps are those of the entries.
    """
    from chartdesk.kit import database
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.ledger import summing

    assert summing.differences(office.subject) == []

    books = office.books()
    assert books.get("eft", ZERO) == bank
    assert books.get("cash", ZERO) == paid_by_patients
    with transaction(office.subject):
        entries = database.rows(
            "SELECT reference, account, sum(amount) FROM ledger_entry WHERE practice = %s GROUP BY reference, account",
            [office.subject.practice],
        )
        posted = database.rows(
            """SELECT c.superbill, sum(p.paid) FROM remittance_claimpayment p JOIN claims_claim c ON c.id = p.claim
                WHERE p.practice = %s AND p.state = 'posted' GROUP BY c.superbill""",
            [office.subject.practice],
        )
    by_charge: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for reference, account, amount in entries:
        by_charge[reference][account] = amount
    paid_on, shares = dict(posted), _shares_given(office)
    for story in stories:
        charged = owed = adjusted = ZERO
        for charge_line, _, _, amount in story.claim.lines:
            found = dict(by_charge[f"charge:{charge_line}"])
            assert -found.pop("revenue") == amount
            charged += amount
            owed += found.pop("ar", ZERO)
            written = sum((found.pop(one) for one in list(found) if one.startswith(("adjustment.", "writeoff."))), ZERO)
            adjusted += written
            # However often a payer decides: a charge is given away once.
            assert written + shares.get(f"charge:{charge_line}", ZERO) <= amount
            assert not [one for one in found if one in BANKS]
        # What the payer paid and the books say, beside what the patient paid on these charges.
        by_patient = charged - owed - adjusted - paid_on.get(story.claim.superbill, ZERO)
        assert by_patient == _of_patient(office, story), (story.claim.number, charged, owed, adjusted, paid_on)


def _shares_given(office: Office) -> dict[str, Decimal]:
    """What decisions have made the patient's, by charge, less what was passed on to the next payer.

    Charges that the next payer has decided are left out: where the first one decides otherwise afterwards, what the
    next one said of the old decision stands until somebody replaces its claim.
    """
    from chartdesk.kit import database
    from chartdesk.kit.transactions import transaction

    with transaction(office.subject):
        rows = database.rows(
            """SELECT e.reference, sum(e.amount) FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting_id
                WHERE e.practice = %s AND e.account = 'ar' AND e.holder = 'patient'
                  AND COALESCE((SELECT o.kind FROM ledger_posting o WHERE o.id = p.reverses_id), p.kind)
                      IN ('remittance', 'denial', 'next_payer')
                  AND NOT EXISTS (SELECT FROM ledger_entry o WHERE o.practice = e.practice AND o.reference = e.reference
                                     AND o.holder = %s AND o.amount < 0)
                GROUP BY e.reference""",
            [office.subject.practice, f"payer:{SECOND}"],
        )
    return dict(rows)


def _of_patient(office: Office, story: Story) -> Decimal:
    """What stands as the patient's own payments on the charges of the claim, from their postings."""
    from chartdesk.kit import database
    from chartdesk.kit.transactions import transaction

    references = [f"charge:{line[0]}" for line in story.claim.lines]
    with transaction(office.subject):
        rows = database.rows(
            """SELECT COALESCE(sum(-e.amount), 0) FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting_id
                WHERE e.practice = %s AND e.reference = ANY(%s::text[]) AND e.account = 'ar' AND e.holder = 'patient'
                  AND COALESCE((SELECT o.kind FROM ledger_posting o WHERE o.id = p.reverses_id), p.kind)
                      NOT IN ('charge', 'remittance', 'denial', 'next_payer')""",
            [office.subject.practice, references],
        )
    return Decimal(rows[0][0])


def test_whatever_happens_no_cent_is_lost_or_doubled(office: Office) -> None:
    live(office, SEED)


def live(office: Office, world: int) -> None:
    """Live through a world of histories; after each round the books hold."""
    from chartdesk.pms.remittance import commands, queries

    chance = random.Random(world)
    stories = [_story(chance, office) for _ in range(HISTORIES)]
    bank = patients = ZERO
    posted: list[int] = []
    insured = {story.claim.patient for story in stories if story.insured_twice}
    passed_on = 0
    for number in range(ROUNDS):
        files = []
        said = [(payments, {}) for payments in _shares(chance, list(_round(chance, stories)))]
        said += [(payments, OTHER) for payments in _shares(chance, list(_second_round(chance, office, stories)))]
        for payments, payer in said:
            content, brought = _file(chance, payments, **payer)
            files.append(content)
            bank += brought
            # Half of a file, as a connection that broke leaves it: nothing of it counts.
            if chance.random() < 0.3:
                half = commands.receive(office.subject, content[: len(content) * 2 // 3])
                assert queries.remittance(office.subject, half).row.status == "refused"
        chance.shuffle(files)
        for content in (*files, *chance.sample(files, min(1, len(files)))):
            made, _ = office.receive(content)
            if made.row.status in ("posted", "partly_posted"):
                posted.append(made.row.id)
            if posted and chance.random() < 0.3:
                _taken_back(chance, office, posted)
        patients += _pay(chance, office, stories, number)
        _handled(chance, office)
        passed_on += _passed_on(chance, office, stories, insured)
        _check(office, stories, bank, patients)
    # It was a world in which something happened.
    assert bank
    assert patients
    assert passed_on
    assert _states(office)["posted"] >= HISTORIES
    assert any(story.second is not None for story in stories)


def _states(office: Office) -> dict[str, int]:
    """How many claim payments are in which state."""
    from chartdesk.kit import database
    from chartdesk.kit.transactions import transaction

    with transaction(office.subject):
        return dict(
            database.rows(
                "SELECT state, count(*) FROM remittance_claimpayment WHERE practice = %s GROUP BY state",
                [office.subject.practice],
            )
        )


def _taken_back(chance: random.Random, office: Office, posted: list[int]) -> None:
    """Somebody takes a file back, any that was posted, and posts it again; nothing where a later file rests on it."""
    from chartdesk.pms.remittance import commands, unposting

    number = chance.choice(posted)
    try:
        unposting.unpost(office.subject, number, "Looked wrong.")
    except Conflict as refused:
        assert "rests on this" in str(refused)
    else:
        commands.post(office.subject, number)


def _shares(chance: random.Random, payments: list[Any]) -> list[list[Any]]:
    """The payments in two files; what takes back stays behind what it takes back."""
    cut = chance.randint(0, len(payments))
    return [part for part in (payments[:cut], payments[cut:]) if part]
