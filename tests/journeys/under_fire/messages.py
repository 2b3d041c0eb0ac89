"""What a line sends: patients whose telephone counts up, results, and numbers that are merged into another.

Every message says something new, and all of them happened at the same moment: of two, the one that was taken later
counts. So whatever is lost, doubled or overtaken shows in the record.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

STAMP = "20260302080000"
#: How many numbers are merged into a patient's, at most.
MERGES = 3
ADT, ORU, A40 = "ADT^A08", "ORU^R01", "ADT^A40"


@dataclass
class Sent:
    """A message and what became of it, in seconds of the monotonic clock. ``patient`` is its number, ``prior`` one
    that is merged into it, ``value`` what it says: a telephone, or the number of a result."""

    control: str
    line: int
    channel: str
    kind: str
    patient: str
    value: str
    raw: bytes
    prior: str = ""
    begun: float = 0.0
    answered: float = 0.0
    times: int = 0


@dataclass
class _Known:
    """What a line knows of a patient: how often it spoke of them, and the number that is to be merged into theirs."""

    told: int = 0
    other: str = ""
    merged: int = 0


@dataclass
class Story:
    """The messages of one line, one after another, the same for the same seed."""

    line: int
    channel: str
    patients: list[str]
    seed: int
    #: Whether this line, and not the other one of its patients, speaks of their second numbers.
    merging: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed * 1000 + self.line)
        self._known = {patient: _Known() for patient in self.patients}
        self._count = 0

    def next(self) -> Sent:
        """The next message."""
        self._count += 1
        patient = self._chance.choice(self.patients)
        known = self._known[patient]
        known.told += 1
        if known.told == 1:
            return self._demographics(patient, "ADT^A04")
        if patient in self.merging and known.merged < MERGES and self._chance.random() < 0.1:
            return self._second(patient, known)
        about = known.other if known.other and self._chance.random() < 0.3 else patient
        return self._result(about) if self._chance.random() < 0.7 else self._demographics(about, ADT)

    def _second(self, patient: str, known: _Known) -> Sent:
        """The patient comes under another number; or the two are found to be one."""
        if not known.other:
            known.other = f"{patient}-{known.merged}"
            return self._demographics(known.other, "ADT^A04")
        prior, known.other, known.merged = known.other, "", known.merged + 1
        return self._demographics(patient, A40, f"MRG|{prior}^^^SITE^MR", prior)

    def _demographics(self, patient: str, kind: str, more: str = "", prior: str = "") -> Sent:
        value = f"614{self.line:02}{self._count:05}"
        event = kind.partition("^")[2]
        name = patient.partition("-")[0]
        body = [
            f"EVN|{event}|{STAMP}",
            f"PID|1||{patient}^^^SITE^MR||FAMILY{name}^IDA||19800101|F|||1 ELM^^COLUMBUS^OH^43215^USA^H||{value}",
        ]
        return self._made(kind, patient, value, [*body, more] if more else body, prior)

    def _result(self, patient: str) -> Sent:
        value = f"F{self.line:02}{self._count:05}"
        body = [
            f"PID|1||{patient}^^^SITE^MR||FAMILY{patient.partition('-')[0]}^IDA||19800101|F",
            f"OBR|1||{value}^LIS|2823-3^Potassium^LN|||{STAMP}|||||||||||||||{STAMP}||LAB|F",
            f"OBX|1|NM|2823-3^Potassium^LN||{self._count}|mmol/L|||||F",
        ]
        return self._made(ORU, patient, value, body)

    def _made(self, kind: str, patient: str, value: str, body: list[str], prior: str = "") -> Sent:
        control = f"L{self.line:02}N{self._count:06}"
        header = f"MSH|^~\\&|ADT|SITE|CHARTDESK|SIEGE|{STAMP}||{kind}|{control}|P|2.5.1"
        raw = "".join(f"{line}\r" for line in [header, *body]).encode()
        return Sent(control, self.line, self.channel, kind, patient, value, raw, prior)
