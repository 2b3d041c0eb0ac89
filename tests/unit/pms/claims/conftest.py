"""The billing office with a mailbox at a clearinghouse, and the answers that a clearinghouse writes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.money.office import DAY, NOW, PAYER, Office, office

__all__ = ["office"]

_numbers = itertools.count(1)
#: Codes that are billable and different from each other.
DIAGNOSES = ["J02.0", "J06.9", "I10", "E78.5", "M54.50", "R05.1", "R51.9", "N39.0", "K21.9", "J45.909", "F41.1",
             "E11.9", "G43.909", "H66.90", "L03.115"]  # fmt: skip


@dataclass
class Desk:
    """The billing office and its mailbox: ``out`` is what waits for the clearinghouse, ``back`` what it sent."""

    office: Office
    mailbox: Any
    folder: Path

    @property
    def subject(self) -> Any:
        return self.office.subject

    @property
    def out(self) -> list[Path]:
        """The files that lie at the clearinghouse."""
        return sorted(one for one in (self.folder / "to_clearinghouse").iterdir() if one.is_file())

    def charges(
        self,
        patient: str,
        lines: Sequence[tuple[str, list[int]]] = (("99213", [1]),),
        diagnoses: Sequence[str] = ("J02.0",),
        *,
        on: date = DAY,
        approve: bool = True,
    ) -> int:
        """Charges of (code, pointers), at 10 dollars a line; approved unless told otherwise."""
        from chartdesk.pms.charges import commands as charges

        procedures = [
            charges.Procedure(code, [] if place == 0 else ["59"], pointers=pointers, amount=Decimal(10 + place))
            for place, (code, pointers) in enumerate(lines)
        ]
        bill = charges.capture(
            self.subject,
            charges.EncounterCharges(
                source_id=f"claims-{next(_numbers)}", encounter_id="", appointment_id="", patient_id=patient,
                practitioner=self.office.practitioner, service_date=on, place_of_service="11",
                signed_at=datetime(on.year, on.month, on.day, 20, tzinfo=UTC), minutes=20, diagnoses=list(diagnoses),
                procedures=procedures,
            ),
        )  # fmt: skip
        if approve:
            charges.approve(self.subject, bill)
        return bill

    def ready(self, **given: Any) -> int:
        """A claim that may be sent."""
        from chartdesk.pms.claims import commands

        number = commands.build(self.subject, self.charges(self.office.patient(**given)))
        commands.scrub(self.subject, number)
        assert self.claim(number).status == "ready", self.claim(number).findings
        return number

    def sent(self) -> int:
        """A claim in a file that was handed over."""
        from chartdesk.pms.claims import commands

        number = self.ready()
        commands.submit(self.subject, [number])
        assert commands.send_pending(self.subject) == 1
        return number

    def taken_in(self) -> int:
        """A claim that the payer has taken in; it calls it ICN1."""
        number = self.sent()
        self.receive(self.report((self.claim(number).number, True)))
        return number

    def claim(self, number: int) -> Any:
        """The claim as it stands."""
        from chartdesk.kit.transactions import transaction
        from chartdesk.pms.claims.models import Claim

        with transaction(self.subject):
            return Claim.objects.select_related("interchange").get(pk=number)

    def story(self, number: int) -> list[str]:
        """The kinds of the entries on a claim's time line."""
        from chartdesk.pms.claims import queries

        return [one.kind for one in queries.claim(self.subject, number).events]

    def receive(self, content: bytes, name: str = "") -> Any:
        """Read an answer; the row of the file."""
        from chartdesk.pms.claims import commands

        return commands.receive(self.subject, name or f"{next(_numbers)}.x12", content)

    def ta1(self, number: int, status: str, note: str) -> bytes:
        """A TA1 about the file of a claim."""
        from chartdesk.standards.x12 import ta1

        control = self.claim(number).interchange.control_number
        return ta1.write(_envelope(), [ta1.InterchangeAnswer(control=control, received=None, status=status, note=note)])

    def x999(self, number: int, status: str, *, group: int | None = None) -> bytes:
        """A 999 about the file of a claim; a rejection names CLM05."""
        from chartdesk.standards.x12 import acknowledgement_999 as x999

        claim = self.claim(number)
        faults = [
            x999.SegmentFault(
                tag="CLM", place=22, code="8", loop="2300", subject=("CLM01", claim.number),
                elements=[x999.ElementFault(place=5, component=1, code="7", number="1331", value="7Q")],
            )
        ]  # fmt: skip
        answered = x999.SetAnswer(
            set_code="837", control=claim.set_control, status=status, version="005010X222A1",
            codes=[] if status == "A" else ["5"], faults=[] if status == "A" else faults,
        )  # fmt: skip
        accepted = int(status == "A")
        return x999.write(
            _envelope("FA"),
            [
                x999.Acknowledgement(
                    functional="HC", group_control=group or claim.interchange.group_number, status=status,
                    version="005010X222A1", included=1, received=1, accepted_count=accepted, sets=[answered],
                )
            ],
        )  # fmt: skip

    def report(self, *claims: tuple[str, bool]) -> bytes:
        """A 277CA about claims: (number, taken in)."""
        import x12_examples as examples

        from chartdesk.standards.x12 import status_277ca as x277

        whole = examples.status_report()
        whole.providers[0].claims = [
            examples.claim_status(pcn=number, payer_claim_number="ICN1")
            if good
            else examples.claim_status(pcn=number, payer_claim_number="", statuses=examples.rejected_status().statuses)
            for number, good in claims
        ]
        return x277.write(_envelope(), [whole])

    def settings(self, **values: Any) -> None:
        """Set the practice's settings."""
        from chartdesk.record.access.models import Practice

        Practice.objects.filter(pk=self.subject.practice).update(settings=values)


def _envelope(functional: str = "") -> Any:
    from chartdesk.standards.x12.envelope import Envelope

    return Envelope(
        sender="SBXCLEAR", receiver="CHARTDESK", control=next(_numbers), created=NOW.replace(tzinfo=None),
        functional=functional,
    )  # fmt: skip


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Iterator[Desk]:
    """The billing office, with two payers, prices, a clinician, and a mailbox of its own."""
    import sys

    from chartdesk.exchange.clearinghouse.folder import FolderConnection
    from chartdesk.pms.claims import connections

    samples = str(Path(__file__).resolve().parents[3] / "samples")
    if samples not in sys.path:
        sys.path.insert(0, samples)
    mailbox = FolderConnection(tmp_path, "office")
    before = connections._factory
    connections.use(lambda practice: mailbox)
    yield Desk(office, mailbox, tmp_path / "office")
    connections._factory = before


def payer(office: Office) -> Any:
    """The first payer's row, to change it."""
    from chartdesk.pms.coverage.models import Payer

    return Payer.objects.get(practice=office.subject.practice, payer_id=PAYER)
