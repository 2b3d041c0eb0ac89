"""What came of the story, in terms that are the same whoever numbered it: superbills, claims, files, the ledger."""

from __future__ import annotations

import re
from typing import Any

from tests.journeys.three_modes.pms_half import PmsHalf

from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.claims.models import Claim, Interchange
from chartdesk.pms.ledger.models import Entry
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.scheduling.models import Resource, Site
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import system

#: Elements of an 837P that are numbers of ours or moments: by segment, the 1-based places.
_NUMBERS = {
    "ISA": (9, 10, 13), "IEA": (2,), "GS": (4, 5, 6), "GE": (2,), "ST": (2,), "SE": (2,),
    "BHT": (3, 4, 5), "CLM": (1,),
}  # fmt: skip


class Outcome:
    """Reads what stands in the end."""

    def __init__(self, practice: Practice, pms: PmsHalf) -> None:
        self.practice, self.pms = practice, pms
        self.subject = system(practice.pk, "story")

    def superbills(self) -> list[dict[str, Any]]:
        """Every superbill with its lines, by visit. Ids are told as what they stand for."""
        with transaction(self.subject):
            sites = {str(one.pk): one.name for one in Site.objects.filter(practice=self.practice.pk)}
            found = [self._bill(bill, sites) for bill in Superbill.objects.filter(practice=self.practice.pk)]
        return sorted(found, key=lambda bill: (bill["visit"], bill["patient"]))

    def claims(self) -> list[dict[str, Any]]:
        """Every claim: whose, which visit, to whom, how much, how it stands."""
        with transaction(self.subject):
            visits = {one.pk: one.appointment for one in Superbill.objects.filter(practice=self.practice.pk)}
            rows = [
                {
                    "visit": self._visit(visits[one.superbill]),
                    "patient": self._mrn(one.patient),
                    "payer": one.payer_id,
                    "status": one.status,
                    "total": str(one.total),
                    "frequency": one.frequency,
                    "signed": str(one.signed_at),
                    "findings": [finding["rule"] for finding in one.findings],
                }
                for one in Claim.objects.filter(practice=self.practice.pk)
            ]
        return sorted(rows, key=lambda row: (row["visit"], row["payer"]))

    def files(self) -> list[list[str]]:
        """The 837P files in their order, as segments; numbers and moments of the envelope are masked."""
        with transaction(self.subject):
            rows = Interchange.objects.filter(practice=self.practice.pk, direction="out", kind="837P").order_by("pk")
            return [_masked(bytes(one.content).decode()) for one in rows]

    def balances(self) -> list[list[str]]:
        """What each patient's entries come to, by account and holder."""
        sums: dict[tuple[str, str, str], Any] = {}
        with transaction(self.subject):
            for entry in Entry.objects.filter(practice=self.practice.pk):
                key = (self._mrn(entry.patient) if entry.patient else "", entry.account, entry.holder or "")
                sums[key] = sums.get(key, 0) + entry.amount
        return [[*key, str(amount)] for key, amount in sorted(sums.items())]

    def _bill(self, bill: Superbill, sites: dict[str, str]) -> dict[str, Any]:
        lines = ChargeLine.objects.filter(practice=self.practice.pk, superbill=bill).order_by("superseded", "position")
        return {
            "visit": self._visit(bill.appointment),
            "patient": self._mrn(bill.patient),
            "service_date": str(bill.service_date),
            "practitioner": self._npi(bill.practitioner),
            "site": sites.get(bill.site, bill.site),
            "place_of_service": bill.place_of_service,
            "diagnoses": bill.diagnoses,
            "minutes": bill.minutes,
            "documented": bill.documented,
            "circumstances": bill.circumstances,
            "status": bill.status,
            "findings": bill.findings,
            "coverage": bool(bill.coverage),
            "payer": bill.payer_id,
            "signed_at": bill.signed_at.isoformat() if bill.signed_at else "",
            "approvals": bill.approvals,
            "total": str(bill.total),
            "lines": [
                [line.position, line.code, line.modifiers, str(line.units), str(line.amount), line.pointers,
                 line.description, self._npi(line.practitioner), str(line.service_date), line.superseded,
                 line.posting is not None]
                for line in lines
            ],
        }  # fmt: skip

    def _visit(self, appointment: str) -> str:
        return next((key for key, known in self.pms.visits.items() if known == appointment), f"unknown {appointment}")

    def _mrn(self, patient: str) -> str:
        return patients.patient(self.subject, patient).mrn

    def _npi(self, practitioner: str) -> str:
        found = Resource.objects.filter(practice=self.practice.pk, practitioner=practitioner).first()
        return found.npi if found else f"unknown {practitioner}"


def _masked(text: str) -> list[str]:
    """The segments of an interchange without its numbers and moments."""
    found = []
    for segment in re.split(r"~\s*", text.strip().rstrip("~")):
        parts = segment.split("*")
        for place in _NUMBERS.get(parts[0], ()):
            parts[place] = "#"
        if parts[:2] == ["REF", "6R"]:
            parts[2] = "#"
        found.append("*".join(parts))
    return found
