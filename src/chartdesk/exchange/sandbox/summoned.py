"""Words about a whole file: what the clearinghouse does with one that holds a claim of such a member.

The words stand at the end of member ids, as those of the payers do. They are looked for in claims only, so that a
question about such a member is answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartdesk.exchange.sandbox.inspection import Fault, SetVerdict
from chartdesk.exchange.sandbox.rulebook import Rulebook, member
from chartdesk.exchange.sandbox.wire import Interchange, Segment, TransactionSet

#: The TA1 refuses the file; the 999 refuses the transaction set; nobody answers.
BAD_FILE, BAD_SET, SILENT = "BADFILE", "BADSET", "SILENT"
#: The note of that TA1: the control structure is not valid.
NOTE = "022"


def words(one: Interchange, rules: Rulebook) -> frozenset[str]:
    """The words of all members with claims in the interchange."""
    sets = (part for group in one.groups for part in group.sets if part.segments[0][1] == "837")
    return frozenset(word for part in sets for _, word, _ in _members(part, rules))


def refuse(one: TransactionSet, verdict: SetVerdict, rules: Rulebook) -> None:
    """Let the 999 refuse the set for the member number of each claim with that word."""
    for insured, word, claim in _members(one, rules):
        if word == BAD_SET:
            verdict.faults.append(Fault("NM1", insured.place, "2010BA", "8", 9, 0, "67", "7", insured[9], claim))
    if verdict.faults and "5" not in verdict.codes:
        verdict.codes.append("5")


def _members(one: TransactionSet, rules: Rulebook) -> Iterator[tuple[Segment, str, str]]:
    """The insured of every claim with their word and the claim's number."""
    insured: Segment | None = None
    level = ""
    for segment in one.segments:
        if segment.name == "HL":
            level = segment[3]
        elif segment.name == "NM1" and segment[1] == "IL" and level == "22":
            # Who is insured elsewhere (2330A) stands behind the claim.
            insured, level = segment, ""
        elif segment.name == "CLM" and insured is not None:
            yield insured, _word(insured[9].upper(), rules), segment[1]


def _word(member_id: str, rules: Rulebook) -> str:
    found = (member(payer, member_id) for payer in rules.payers)
    return next((one.scenario for one in found if one is not None and one.scenario), "")
