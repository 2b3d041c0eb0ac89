"""Fitting charges into claims: at most 50 lines and 12 diagnoses each (005010X222A1, loops 2300 and 2400).

Lines keep their order. A diagnosis goes with the lines that point to it; one that no line points to goes
where there is room. Nothing is dropped: what no claim has room for is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

LINES, DIAGNOSES = 50, 12


@dataclass
class Part:
    """One claim's share: indexes of lines (from 0) and of diagnoses (from 0), each in their order."""

    lines: list[int] = field(default_factory=list)
    diagnoses: list[int] = field(default_factory=list)

    def pointers(self, of_line: Sequence[int]) -> list[int]:
        """A line's pointers (1-based in all diagnoses) as pointers into this part's diagnoses."""
        return [self.diagnoses.index(one - 1) + 1 if one - 1 in self.diagnoses else one for one in of_line]


def split(pointers: Sequence[Sequence[int]], diagnoses: int) -> tuple[list[Part], list[int]]:
    """Parts for lines with these ``pointers`` into ``diagnoses`` codes, and the diagnoses without room."""
    parts = [Part()]
    for number, of_line in enumerate(pointers):
        wanted = {one - 1 for one in of_line if 1 <= one <= diagnoses}
        part = parts[-1]
        if len(part.lines) == LINES or len(wanted | set(part.diagnoses)) > DIAGNOSES:
            part = Part()
            parts.append(part)
        part.lines.append(number)
        part.diagnoses = sorted(wanted | set(part.diagnoses))
    left = []
    for one in sorted(set(range(diagnoses)) - {one for part in parts for one in part.diagnoses}):
        roomy = next((part for part in parts if len(part.diagnoses) < DIAGNOSES), None)
        if roomy is None:
            left.append(one)
        else:
            roomy.diagnoses = sorted([*roomy.diagnoses, one])
    # A claim whose lines point nowhere still needs a reason.
    for part in parts:
        if not part.diagnoses and diagnoses:
            part.diagnoses = list(range(min(diagnoses, DIAGNOSES)))
    return parts, left
