"""What was said about a visit in the words of an 837P: its cause, its dates, and who else is named (005010X222A1)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from chartdesk.pms.charges.circumstances import NOTHING, Circumstances, orderable
from chartdesk.pms.claims.content import ClaimContent, Line
from chartdesk.pms.registration.named import Named
from chartdesk.standards.x12 import claim_837p as x12
from chartdesk.standards.x12.parties import Dated, Party, Reference

#: CLM11: a car accident comes first, as it needs the state.
_CAUSES = {"auto": "AA", "employment": "EM", "other": "OA"}

#: Payers of accidents (SBR09): car insurance, liability, workers' compensation.
CASUALTY = frozenset({"AM", "LM", "WC"})


def accident(said: Circumstances) -> x12.Accident | None:
    """CLM11 and DTP*439; None where it was none or nobody said."""
    causes = [code for cause, code in _CAUSES.items() if cause in said.causes]
    if not causes:
        return None
    state = said.accident_state if "AA" in causes else ""
    return x12.Accident(causes=causes, day=said.accident_on, state=state)


def dates(said: Circumstances, day: date) -> list[Dated]:
    """The dates of loop 2300, in the order of the guide. An onset on the day of the visit is not sent: it says
    nothing more."""
    if said is NOTHING:
        return []
    onset = said.onset if said.onset != day else None
    found: list[tuple[str, date | None, date | None]] = [
        ("431", onset, None),
        ("454", said.first_treated, None),
        ("484", said.last_period, None),
    ]
    if said.unable_from and said.unable_to:
        found.append(("314", said.unable_from, said.unable_to))
    else:
        found += [("360", said.unable_from, None), ("361", said.unable_to, None)]
    found += [("435", said.admitted, None), ("096", said.discharged, None)]
    return [Dated(qualifier=kind, start=first, end=last) for kind, first, last in found if first is not None]


def casualty(content: ClaimContent) -> bool:
    """Whether the payer pays for accidents: workers' compensation, car insurance, liability."""
    return content.payer.filing_indicator in CASUALTY


def casualty_number(content: ClaimContent) -> list[Reference]:
    """REF*Y4, the insurer's number of the case, with the patient (loop 2010BA or 2010CA); to such payers only."""
    number = content.circumstances.claim_number
    return [Reference(qualifier="Y4", value=number)] if number and casualty(content) else []


@lru_cache(maxsize=1024)
def party(one: Named) -> Party:
    """A clinician who is named: the NPI, and the state's number where there is one."""
    return Party(
        last=one.family, first=one.given, person=True, id_qualifier="XX" if one.npi else "", id=one.npi,
        references=[Reference(qualifier="0B", value=one.license)] if one.license else [],
    )  # fmt: skip


def ordering(content: ClaimContent, line: Line) -> list[tuple[str, Party]]:
    """Who ordered a line (NM1*DK), where that is not the one who rendered it.

    It stands on the lines that are ordered; on all of them where none is of such a kind.
    """
    one, rendering = content.circumstances.ordering, content.rendering
    if one is None or (rendering is not None and one.npi == rendering.npi):
        return []
    if not orderable(line.code) and any(orderable(other.code) for other in content.lines):
        return []
    return [("DK", party(one))]
