"""The sandbox payer and our X12 codec share no code, so each is a check on the other.

Every answer of the sandbox must be read by the codec with nothing left over, and every 835 must balance;
every file that the codec writes must be taken in by the sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from chartdesk.exchange.sandbox import Sandbox
from chartdesk.exchange.sandbox.directory import scenarios
from chartdesk.standards.x12 import (
    acknowledgement_999,
    claim_837p,
    eligibility_270,
    eligibility_271,
    remittance_835,
    status_277ca,
    ta1,
)
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.judge import CheckSettings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples" / "x12"
Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]
START = datetime(2026, 3, 4, 18, tzinfo=UTC)
MEMBERS = ("NPP10000001", "1EG4TE5MK73", "CSH20000002", "XBP30000003", "GRC40000004")


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.x12").read_text(encoding="ascii")


class Mailbox:
    """A mailbox with the sandbox behind it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sandbox, self.day = folder, Sandbox(folder), 0
        self.out = folder / "river" / "to_clearinghouse"
        self.out.mkdir(parents=True)
        self._sent = 0

    def send(self, content: bytes) -> None:
        self._sent += 1
        (self.out / f"{self._sent:04d}.x12").write_bytes(content)

    def cycle(self) -> None:
        self.day += 1
        self.sandbox.cycle(START + timedelta(days=self.day))

    def answers(self, kind: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob(f"river/from_clearinghouse/*-{kind}.x12"))]


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    made = Mailbox(tmp_path)
    yield made
    made.sandbox.close()


def story(mailbox: Mailbox) -> None:
    """Every sample in every scenario, a replacement, a void, and files with faults."""
    for number, word in enumerate(("", *scenarios()), start=1):
        for name in ("office_visit", "four_claims", "secondary"):
            text = sample(f"{name}.837p").replace("00000010", f"{number:06d}10")
            for member in MEMBERS:
                text = text.replace(member, member + word)
            mailbox.send(text.replace("*CD100", f"*C{number}X").encode())
    visit = sample("office_visit.837p")
    for number, (old, new) in enumerate(FAULTS, start=1):
        mailbox.send(visit.replace("000000101", f"9000001{number:02d}").replace(old, new).encode())
    mailbox.send(b"not X12")
    mailbox.send(visit[:1200].encode())
    mailbox.cycle()
    mailbox.cycle()
    payment = next(one for content in mailbox.answers("835") for one in remittance_835.read(content)
                   if one.claims and one.claims[0].payer_claim_number)  # fmt: skip
    number = payment.claims[0].payer_claim_number
    for frequency, control in (("7", "900000201"), ("8", "900000202")):
        text = sample("four_claims.837p").replace("11:B:1*", f"11:B:{frequency}*").replace("000000102", control)
        text = text.replace("HI*ABK", f"REF*F8*{number}~\nHI*ABK").replace("SE*91", "SE*95")
        mailbox.send(text.encode())
    for _ in range(4):
        mailbox.cycle()


FAULTS = (
    ("SE*35*", "SE*36*"),
    ("HL*2*1*22*0", "HL*3*9*22*1"),
    ("N3*10 RIVER ROAD~\n", ""),
    ("*265*", "*2G5*"),
    ("*265*", "*266*"),
    ("HI*ABK:J029*ABF:R509~", "HI*BN:J029~"),
    ("HC:87880", "HC:8788"),
    ("***1:2~", "***1:3~"),
    ("*1234567893", "*1234567890"),
    ("GE*1*101", "GE*2*101"),
    ("*PI*NPHP1", "*PI*NOSUCH"),
    ("IEA*1*", "IEA*2*"),
)


def test_the_codec_reads_every_answer_whole(mailbox: Mailbox) -> None:
    story(mailbox)
    acknowledgements = [one for content in mailbox.answers("999") for one in acknowledgement_999.read(content)]
    assert {one.status for one in acknowledgements} == {"A", "R"}
    assert all(not one.extras and not part.extras for one in acknowledgements for part in one.sets)
    assert {answer.status for content in mailbox.answers("TA1") for answer in ta1.read(content)} == {"A", "R"}
    reports = [one for content in mailbox.answers("277CA") for one in status_277ca.read(content)]
    claims = [claim for one in reports for claim in one.claims]
    assert all(not one.extras for one in (*reports, *claims))
    assert all(claim.accepted is bool(claim.payer_claim_number) for claim in claims)
    assert {"A2", "A3", "A6", "A7", "A8"} <= {claim.category for claim in claims}
    assert all(one.receiver_trace.startswith("BATCH") for one in reports)


def test_every_remittance_balances(mailbox: Mailbox) -> None:
    story(mailbox)
    payments = [one for content in mailbox.answers("835") for one in remittance_835.read(content)]
    assert [str(fault) for one in payments for fault in remittance_835.balance(one)] == []
    assert all(not one.extras for one in payments)
    claims = [claim for one in payments for claim in one.claims]
    assert all(not part.extras for claim in claims for part in (claim, *claim.lines))
    assert {"1", "2", "4", "19", "22"} <= {claim.status for claim in claims}
    reasons = {one.reason for payment in payments for one in payment.provider_adjustments}
    assert {"WO", "FB", "L6"} <= reasons
    assert len({one.trace for one in payments}) == len(payments)


def test_every_answer_stands_before_our_own_check(mailbox: Mailbox) -> None:
    """Figures, tallies, counts and codes of all that the payers send; an NPI that was wrong is told back as it was."""
    story(mailbox)
    settings = CheckSettings(npi_check_digit=False)
    kinds = ("TA1", "999", "277CA", "277RFAI", "835")
    wrong = {
        f"{kind} {number}": [str(one) for one in found]
        for kind in kinds
        for number, content in enumerate(mailbox.answers(kind))
        if (found := check_file(content, settings))
    }
    assert wrong == {}
    assert all(mailbox.answers(kind) for kind in kinds)


def test_accepted_claims_are_paid_under_the_numbers_they_were_given(mailbox: Mailbox) -> None:
    mailbox.send(sample("four_claims.837p").encode())
    mailbox.cycle()
    mailbox.cycle()
    (report,) = status_277ca.read(mailbox.answers("277CA")[0])
    given = {claim.pcn: claim.payer_claim_number for claim in report.claims}
    paid = {
        claim.pcn: claim.payer_claim_number
        for content in mailbox.answers("835")
        for one in remittance_835.read(content)
        for claim in one.claims
    }
    assert given == paid
    assert len(given) == 4


@pytest.mark.parametrize("word", ["", *scenarios()])
@pytest.mark.parametrize("name", ["subscriber.270", "dependent.270"])
def test_the_codec_reads_every_eligibility_answer(mailbox: Mailbox, name: str, word: str) -> None:
    question = sample(name)
    for member in MEMBERS:
        question = question.replace(member, member + word)
    (answer,) = eligibility_271.read(mailbox.sandbox.answer_eligibility(question.encode(), START))
    assert not answer.extras
    assert all(not benefit.extras for benefit in answer.benefits)
    assert answer.is_refused is (word in ("UNKNOWN", "NAMEDIFF", "NOREPLY"))
    copays = [one.amount for one in answer.benefits if one.info == "B" and "98" in one.service_types]
    if word in ("NOCOPAY", "INACTIVE", "EXPIRED") or answer.is_refused:
        assert copays == []
    else:
        assert copays == [Decimal(25 if name.startswith("subscriber") else 15)]


@pytest.mark.parametrize("name", ["office_visit.837p", "four_claims.837p", "secondary.837p"])
def test_the_sandbox_takes_in_what_the_codec_writes(mailbox: Mailbox, name: str) -> None:
    (read,) = claim_837p.read(sample(name).encode())
    mailbox.send(claim_837p.write(read))
    mailbox.cycle()
    (answer,) = acknowledgement_999.read(mailbox.answers("999")[0])
    assert [part.faults for part in answer.sets] == [[]]
    assert answer.accepted
    assert all(claim.accepted for claim in status_277ca.read(mailbox.answers("277CA")[0])[0].claims)


@pytest.mark.parametrize("name", ["subscriber.270", "dependent.270"])
def test_the_sandbox_answers_what_the_codec_asks(mailbox: Mailbox, name: str) -> None:
    questions = eligibility_270.read(sample(name).encode())
    (question,) = questions
    assert question.envelope
    written = eligibility_270.write(question.envelope, questions)
    (answer,) = eligibility_271.read(mailbox.sandbox.answer_eligibility(written, START))
    assert not answer.is_refused
    assert (answer.dependent is not None) is name.startswith("dependent")


def test_an_outside_validator_accepts_every_answer(mailbox: Mailbox, pyx12: Ask) -> None:
    """pyx12 checks form and code lists of 999, 277CA and 835 by its own maps. It has none of requests for documents:
    those our own check judges."""
    story(mailbox)
    files = {one.name: one.read_bytes() for one in mailbox.folder.glob("river/from_clearinghouse/*.x12")}
    asked = {name: files.pop(name) for name in sorted(files) if name.endswith("277RFAI.x12")}
    assert asked and {name: found for name, content in asked.items() if (found := check_file(content))} == {}
    told = pyx12(files)
    assert {"999", "277CA", "835"} <= {name.rpartition("-")[2].removesuffix(".x12") for name in told}
    assert {name: faults for name, faults in told.items() if faults} == {}


def test_every_published_file_gets_an_answer(mailbox: Mailbox, shared: Path) -> None:
    files = [path for path in sorted((shared / "samples" / "x12").rglob("*")) if path.is_file()]
    for number, path in enumerate(files):
        folder = mailbox.folder / f"box{number:03d}" / "to_clearinghouse"
        folder.mkdir(parents=True)
        (folder / f"{path.name}.x12").write_bytes(path.read_bytes())
    assert mailbox.sandbox.cycle(START).files == len(files)
    for number, path in enumerate(files):
        answers = list((mailbox.folder / f"box{number:03d}" / "from_clearinghouse").glob("*.x12"))
        is_answer_itself = path.read_bytes().find(b"GS*FA*") > 0
        assert answers or is_answer_itself, path.name
    sound = {"demo.example1.837", "demo.example8.837", "demo.cob.example4.837", "demo.drug.example10.2.837"}
    for number, path in enumerate(files):
        if path.name in sound:
            (answer,) = (mailbox.folder / f"box{number:03d}" / "from_clearinghouse").glob("*-999.x12")
            assert acknowledgement_999.read(answer.read_bytes())[0].accepted, path.name
