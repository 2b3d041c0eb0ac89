"""How fast HL7 v2 messages are read, looked into, changed and written.

    python -m bench.hl7v2

The messages are made here, of the lengths that published ones have: an ADT of 2.6 KB, a result of 6.8 KB. Where
python-hl7 is installed it reads the same ADT in the same run. Rates are by processor time of one thread that waits for
nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from bench import measuring
from bench.measuring import RUNS, Context, Measurement
from chartdesk.kit import clock
from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.acknowledgements import acknowledge
from chartdesk.standards.hl7v2.views import IN1, PID, PV1

#: Messages a second and core, and how many times as fast as python-hl7, reading is to be.
LIMIT, TIMES = 40_000, 50
SECONDS = 1.0


ADDRESS, CLINICIAN = "1 ELM STREET^APT 2^COLUMBUS^OH^43085", "1234567893^CHEN^AMY^^^^MD^^NPPES^L^^^NPI"


def adt() -> bytes:
    """A registration with guarantor, next of kin and two insurances; 2.6 KB."""
    name, phone = "MOSS^ADA^QUINN", "^PRN^PH^^1^614^5550101"
    number = "100234^^^RIVERBEND&1.2.840.114350&ISO^MR~999887777^^^USA^SS"
    known = (
        f"{name}^^MRS^^L||19800203|F||2106-3^White^HL70005|{ADDRESS}^USA^H^^FRANKLIN||{phone}|^WPN^PH^^1^614^5550199"
    )
    lines = [
        "MSH|^~\\&|PMS|RIVERBEND^1.2.840^ISO|EHR|RIVERBEND|20260314093000-0400||ADT^A04^ADT_A01|MSG0000042|P|2.5.1",
        "EVN|A04|20260314093000|||1001^BRANDT^HELEN|20260314092900",
        f"PID|1||{number}||{known}|ENG|M|||ACC7788|999-88-7777|||N||||||||N",
        f"PD1|||RIVERBEND FAMILY MEDICINE^^1234567893|{CLINICIAN}",
        f"NK1|1|MOSS^EVAN|SPO^Spouse^HL70063|{ADDRESS}|^PRN^PH^^1^614^5550102||EC",
        f"PV1|1|O|MAIN^ROOM1^^RIVERBEND||||{CLINICIAN}|1987654321^HALL^CAROL|||||||||||VISIT77"
        + "|" * 25
        + "20260314093000",
        f"GT1|1|G100|{name}||{ADDRESS}|{phone}||19800203|F||SEL|999887777",
    ]
    insured = f"{name}|SEL^Self^HL70063|19800203|{ADDRESS}|Y|CO|1"
    for order in (1, 2):
        company = f"NPHP{order}^^^NPHP|NORTHPOINT HEALTH PLAN|PO BOX 100^^COLUMBUS^OH^43085||^WPN^PH^^1^800^5550100"
        policy = f"|||||Y|||||||||NPP1000000{order}|||||||F||||||NPP10000001"
        lines.append(f"IN1|{order}|PPO^Preferred|{company}|GRP100|NORTHPOINT GROUP|||20260101|||PPO|{insured}{policy}")
        lines.append(f"IN2|{order}|EMP10{order}|999887777||||1EG4TE5MK73||MCD12345678")
    return _padded(lines, 2_600)


def oru() -> bytes:
    """A panel of thirty results; 6.8 KB."""
    lines = adt().decode().split("\r")[:3]
    lines[0] = lines[0].replace("ADT^A04^ADT_A01", "ORU^R01^ORU_R01")
    panel = "24323-8^Comprehensive metabolic panel^LN"
    lines.append(f"OBR|1|ORD1^PMS|LAB1^LAB|{panel}|||20260314080000|||||||||1234567893^CHEN^AMY")
    rest = "|mg/dL^milligram per deciliter^UCUM|70-99|N|||F|||20260314083000||1001^TECH^ANN"
    for number in range(1, 31):
        code = f"{2340 + number}-8^Analyte number {number} in serum or plasma^LN^A{number}^ANALYTE^L"
        lines.append(f"OBX|{number}|NM|{code}||{number * 7}.{number}{rest}")
    return _padded(lines, 6_800)


def _padded(lines: list[str], length: int) -> bytes:
    raw = "\r".join(lines) + "\r"
    rest = length - len(raw)
    return (raw + (f"NTE|1|L|{'x' * (rest - 9)}\r" if rest > 10 else "")).encode()


def per_second(work: Callable[[], Any]) -> list[float]:
    """How often ``work`` is done in a processor second, run by run, after one that warms up."""
    found = []
    for _ in range(RUNS + 1):
        start, done = time.process_time(), 0
        while (taken := time.process_time() - start) < SECONDS / 2:
            for _ in range(20):
                work()
            done += 20
        found.append(done / taken)
    return found[1:]


def theirs(raw: bytes) -> tuple[str, float | None]:
    """What reading is held against: python-hl7 with the same message, in this run."""
    try:
        import hl7
    except ImportError:
        return "python-hl7 is not installed", None
    text = raw.decode()
    rate = max(per_second(lambda: hl7.parse(text)))
    return f"{TIMES} × python-hl7 here", TIMES * rate


def measurements(context: Context) -> list[Measurement]:
    """Read, look, change, write and answer."""
    patient, result = adt(), oru()

    def row(what: str, raw: bytes, work: Callable[[], Any], against: tuple[str, float | None]) -> Measurement:
        size = f"none; {len(raw) / 1000:.1f} KB each"
        return Measurement("HL7 v2", what, size, 1, 1, per_second(work), "messages/s", *against)

    def look() -> tuple[object, ...]:
        message = Message(patient)
        pid, visit = PID(message.all("PID")[0]), PV1(message.all("PV1")[0])
        return pid.identifiers, pid.names, pid.birth, pid.addresses, visit.number, IN1.all(message)[0].policy

    def change() -> bytes:
        message = Message(patient)
        message.set("PID-3.1", "7")
        message.set("MSH-10", "43")
        return bytes(message)

    at, read = clock.now(), Message(patient)
    none = ("", None)
    return [
        row("ADT read", patient, lambda: Message(patient), ("limit", LIMIT)),
        row("ADT read, held against a peer", patient, lambda: Message(patient), theirs(patient)),
        row("ADT read; type, control id, number and name looked at", patient, _glance(patient), none),
        row("ADT read; patient, visit and insurance as typed views", patient, look, none),
        row("ADT read, two fields changed, written", patient, change, none),
        row("result of thirty lines read", result, lambda: Message(result), none),
        row("acknowledgement", patient, lambda: acknowledge(read, "AA", control_id="1", at=at), none),
    ]


def _glance(raw: bytes) -> Callable[[], Any]:
    def work() -> tuple[str, ...]:
        message = Message(raw)
        return message.type, message.control_id, message.get("PID-3.1"), message.get("PID-5.1")

    return work


if __name__ == "__main__":
    sys.exit(measuring.command(["hl7v2"]))
