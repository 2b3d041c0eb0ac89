"""What the published tables say about the codes of claims, asked for any number of claims in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from chartdesk.kit.transactions import once
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.edits import queries as edits
from chartdesk.pms.edits.queries import AddOn, DiagnosisEdit, Limit, Listed, Pair


class Published(msgspec.Struct, frozen=True):
    """What is published about the codes of one claim, as it held on the date of service; empty where not imported."""

    pairs: tuple[Pair, ...] = ()
    limits: dict[str, Limit] = {}
    add_ons: dict[str, AddOn] = {}
    diagnoses: tuple[DiagnosisEdit, ...] = ()
    #: HCPCS Level II codes that are listed; None where the list was not imported.
    listed: dict[str, Listed] | None = None


_NOTHING = Published()


def about(claims: Sequence[ClaimContent], others: Sequence[Sequence[str]]) -> list[Published]:
    """What is published about the codes of each claim; ``others`` are codes billed elsewhere beside each."""
    tables = once("published tables", lambda: {one.table for one in edits.loaded()})
    if not tables:
        return [_NOTHING] * len(claims)
    codes = [{line.code for line in claim.lines} | set(more) for claim, more in zip(claims, others, strict=True)]
    days: dict[date, list[int]] = {}
    for place, claim in enumerate(claims):
        days.setdefault(claim.service_date, []).append(place)
    every = sorted(set[str]().union(*codes))
    pairs = edits.pairs(every, min(days), until=max(days)) if "pairs" in tables else []
    levels = [code for code in every if code[:1].isalpha()]
    listed = (edits.procedures(levels) if levels else {}) if "hcpcs" in tables else None
    found = list([_NOTHING] * len(claims))
    for day, places in days.items():
        of_day = _of_day(tables, day, [codes[place] for place in places], [claims[place] for place in places])
        for place, made in zip(places, of_day, strict=True):
            mine = codes[place]
            kept = tuple(one for one in pairs if one.column1 in mine and one.column2 in mine and one.holds(day))
            found[place] = msgspec.structs.replace(made, pairs=kept, listed=listed)
    return found


def _of_day(tables: set[str], day: date, codes: Sequence[set[str]], claims: Sequence[ClaimContent]) -> list[Published]:
    """What holds on one date of service for the claims of that day."""
    every = sorted(set[str]().union(*codes))
    diagnoses = sorted({one for claim in claims for one in claim.diagnoses})
    limits = edits.unit_limits(every, day) if "units" in tables else {}
    add_ons = edits.add_on(every, day) if "add-on" in tables else {}
    rules = edits.diagnosis_edits(diagnoses, day) if "diagnoses" in tables and diagnoses else []
    return [
        Published(
            limits={code: limits[code] for code in mine if code in limits},
            add_ons={code: add_ons[code] for code in mine if code in add_ons},
            diagnoses=tuple(one for one in rules if one.code in claim.diagnoses),
        )
        for mine, claim in zip(codes, claims, strict=True)
    ]
