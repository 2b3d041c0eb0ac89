"""How fast HL7 v2 messages become FHIR, by the tables of the v2-to-FHIR guide.

    python -m bench.mappings

The messages are those of `bench.hl7v2`: a registration of 2.6 KB with guarantor, next of kin and two insurances, and a
panel of thirty results, of another patient each time with other values; clinicians, payers and tests stay. Reading the
message is part of it. Rates are by processor time of one thread.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from bench import measuring
from bench.hl7v2 import adt, oru, per_second
from bench.measuring import Context, Measurement
from chartdesk.exchange.mappings.converting import convert
from chartdesk.exchange.mappings.documents import Edit, MappingDocument
from chartdesk.exchange.mappings.mapping import Mapping
from chartdesk.exchange.mappings.outward import Header, to_v2
from chartdesk.standards.hl7v2 import Message

#: Registrations a second and core.
LIMIT = 3_000
#: How many patients there are.
PATIENTS = 2_000
#: What is a patient's own in the messages: numbers, names, house, phones, member numbers, values of results.
_OWN = re.compile(
    rb"(?<=[|^])(?:100234|999887777|999-88-7777|MOSS|ADA|EVAN|1 ELM|555\d{4}|ACC7788|VISIT77"
    rb"|NPP1\d+|EMP\d+|MCD\d+|\d+\.\d(?=\|mg))"
)


def patients(raw: bytes) -> Iterator[bytes]:
    """The message of one patient after another, again and again."""

    def own(number: int) -> bytes:
        def other(found: re.Match[bytes]) -> bytes:
            text = found[0]
            if text.isalpha():
                return text + b"%c%c" % (65 + number % 26, 65 + number // 26 % 26)
            return re.sub(rb"\d", lambda digit: b"%d" % ((int(digit[0]) + number) % 9 + 1), text)

        return _OWN.sub(other, raw).replace(
            b"19800203", b"19%d0%d1%d" % (number % 60 + 30, number % 9 + 1, number % 10)
        )

    return itertools.cycle([own(number) for number in range(PATIENTS)])


def measurements(context: Context) -> list[Measurement]:
    """Convert, convert with the trace, edit, and write FHIR as v2."""
    patient, result = adt(), oru()
    people, traced, results, others = patients(patient), patients(patient), patients(result), patients(patient)
    edited = Mapping(MappingDocument(edits=[Edit(to="PID-2", source="PID-3.1"), Edit(to="PID-8", value="U")]))
    made = convert(Message(patient)).resources
    header = Header(control_id="1", at=datetime(2026, 3, 14, tzinfo=UTC))

    def row(what: str, size: int, work: Callable[[], Any], limit: float | None = None) -> Measurement:
        against = ("limit", limit) if limit else ("", None)
        data = f"none; {size / 1000:.1f} KB each"
        return Measurement("Mappings", what, data, 1, 1, per_second(work), "messages/s", *against)

    return [
        row("ADT read and converted to FHIR", len(patient), lambda: convert(Message(next(people))), LIMIT),
        row("the same, with what made each value", len(patient), lambda: convert(Message(next(traced)), trace=True)),
        row("result of thirty lines read and converted", len(result), lambda: convert(Message(next(results)))),
        row("ADT read, two fields edited, written", len(patient), lambda: edited.apply(Message(next(others)))),
        row("ADT made of FHIR", len(patient), lambda: to_v2("ADT^A08", made, header)),
    ]


if __name__ == "__main__":
    sys.exit(measuring.command(["mappings"]))
