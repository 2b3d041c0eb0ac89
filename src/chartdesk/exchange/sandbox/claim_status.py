"""277CA (005010X214): which claims of a file were taken in, and why the others were not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

import msgspec

from chartdesk.exchange.sandbox.acceptance import Status
from chartdesk.exchange.sandbox.claims import Batch, Claim
from chartdesk.exchange.sandbox.rulebook import Clearinghouse
from chartdesk.exchange.sandbox.wire import Envelope, interchange_text, segment_text
from chartdesk.kit.money import total

VERSION_277CA = "005010X214"


class Receipt(msgspec.Struct, frozen=True):
    """A claim, its statuses, and the payer's number for it (empty where it is rejected)."""

    claim: Claim
    statuses: tuple[Status, ...]
    claim_number: str = ""

    @property
    def accepted(self) -> bool:
        """True where the claim was taken in."""
        return all(status.accepted for status in self.statuses)


def claim_reply(envelope: Envelope, house: Clearinghouse, batches: list[tuple[Batch, list[Receipt]]]) -> str:
    """A 277CA interchange with one transaction set for each accepted 837P set."""
    sets = [_body(envelope, house, number, *pair) for number, pair in enumerate(batches, start=1)]
    return interchange_text(envelope, "HN", VERSION_277CA, sets)


class _Levels:
    """Numbers the HL segments."""

    def __init__(self) -> None:
        self.count = 0

    def open(self, parent: int | str, level: str, children: int | str) -> tuple[int, str]:
        self.count += 1
        return self.count, segment_text("HL", self.count, parent, level, children)


def _body(envelope: Envelope, house: Clearinghouse, number: int, batch: Batch, receipts: list[Receipt]) -> list[str]:
    today, levels = envelope.moment.date(), _Levels()
    reference = f"{envelope.control}{number:03d}"
    source, source_hl = levels.open("", "20", 1)
    receiver, receiver_hl = levels.open(source, "21", 1 if receipts else 0)
    charged = total(one.claim.charge for one in receipts)
    body = [
        segment_text("BHT", "0085", "08", reference, envelope.moment, f"{envelope.moment:%H%M%S}", "TH"),
        source_hl,
        segment_text("NM1", "AY", "2", house.name, "", "", "", "", "46", house.id),
        segment_text("TRN", "1", reference),
        segment_text("DTP", "050", "D8", today),
        segment_text("DTP", "009", "D8", today),
        receiver_hl,
        segment_text("NM1", "41", "2", batch.submitter, "", "", "", "", "46", batch.submitter_id),
        segment_text("TRN", "2", batch.reference),
        segment_text("STC", ("A1", "19", "AY"), today, "WQ", charged),
        *_counts(receipts, "90", "AA"),
    ]
    for claims in _grouped(receipts):
        body += _provider(levels, receiver, today, claims)
    return body


def _grouped(receipts: Iterable[Receipt]) -> Iterator[list[Receipt]]:
    """Neighboring claims of the same billing provider together."""
    for _, same in groupby(receipts, key=lambda one: one.claim.billing):
        yield list(same)


def _counts(receipts: list[Receipt], taken: str, refused: str) -> Iterator[str]:
    groups = (
        (taken, "YU", [one.claim.charge for one in receipts if one.accepted]),
        (refused, "YY", [one.claim.charge for one in receipts if not one.accepted]),
    )
    for quantity, _, charges in groups:
        if charges:
            yield segment_text("QTY", quantity, len(charges))
    for _, amount, charges in groups:
        if charges:
            yield segment_text("AMT", amount, total(charges))


def _provider(levels: _Levels, receiver: int, today: date, receipts: list[Receipt]) -> Iterator[str]:
    billing = receipts[0].claim.billing
    provider, provider_hl = levels.open(receiver, "19", 1)
    qualifier, identifier = ("XX", billing.npi) if billing.npi else ("FI", billing.tax_id)
    yield provider_hl
    yield segment_text("NM1", "85", billing.kind, billing.last, billing.first, "", "", "", qualifier, identifier)
    yield segment_text("TRN", "1", "0")
    charged = total(one.claim.charge for one in receipts)
    yield segment_text("STC", ("A1", "19", "PR"), "", "WQ", charged)
    yield from _counts(receipts, "QA", "QC")
    for one in receipts:
        yield levels.open(provider, "PT", "")[1]
        yield from _claim(one, today)


def _claim(receipt: Receipt, today: date) -> Iterator[str]:
    claim = receipt.claim
    person, action = claim.patient, "WQ" if receipt.accepted else "U"
    yield segment_text("NM1", "QC", "1", person.last, person.first, person.middle, "", "", "MI", claim.member_id)
    yield segment_text("TRN", "2", claim.patient_control)
    about_claim = [one for one in receipt.statuses if not one.line] or [Status("A7", "21")]
    for status in about_claim:
        yield segment_text("STC", _code(status), today, action, claim.charge)
    if receipt.claim_number:
        yield segment_text("REF", "1K", receipt.claim_number)
    if claim.trace:
        yield segment_text("REF", "D9", claim.trace)
    if claim.institutional:
        yield segment_text("REF", "BLT", f"{claim.place}{claim.frequency}")
    yield _service_days("472", claim.first_day, claim.last_day)
    for line in claim.lines:
        about_line = [one for one in receipt.statuses if one.line == line.number]
        if not about_line:
            continue
        yield segment_text("SVC", (line.qualifier, line.code, *line.modifiers), line.charge, "", "", "", "", line.units)
        for status in about_line:
            yield segment_text("STC", _code(status), today, "U")
        yield segment_text("REF", "FJ", line.control or str(line.number))
        yield _service_days("472", line.first_day, line.last_day)


def _code(status: Status) -> tuple[str, ...]:
    return tuple(part for part in (status.category, status.code, status.entity) if part)


def _service_days(qualifier: str, first: date, last: date) -> str:
    if first == last:
        return segment_text("DTP", qualifier, "D8", first)
    return segment_text("DTP", qualifier, "RD8", f"{first:%Y%m%d}-{last:%Y%m%d}")
