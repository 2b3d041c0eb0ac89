"""The tables themselves: what a row names is there, every map can be made, and ours are valid rows."""

from __future__ import annotations

from chartdesk.exchange.mappings import handlers
from chartdesk.exchange.mappings.compiling import Compiler
from chartdesk.exchange.mappings.converting import convert
from chartdesk.exchange.mappings.paths import path
from chartdesk.exchange.mappings.profiles import WHOLE
from chartdesk.exchange.mappings.structures import EVENTS, Walk
from chartdesk.exchange.mappings.tables import line, row, tables
from chartdesk.standards.fhir.facts import type_facts
from chartdesk.standards.hl7v2 import Message


def test_every_row_is_written_as_it_is_read() -> None:
    count = 0
    for rows in tables().maps.values():
        for one in rows:
            again = row(line(one), one.origin)
            assert again == one
            count += 1
    assert count > 1_500


def test_every_map_that_a_row_or_a_message_names_is_there() -> None:
    found = tables()
    known = set(found.maps) | set(handlers.FILLERS) | set(handlers.TEXTS)
    missing = {
        (name, one.via)
        for name, rows in found.maps.items()
        for one in rows
        if one.via and one.via not in known and not one.via.partition("[")[2][:1].islower()
    }
    # The guide names these maps and does not have them.
    assert {via for _, via in missing} <= {"EI[Identifier]", "CWE[Device]", "NDL[PractitionerRole]", "HD[Reference]"}
    assert {made.map for places in found.messages.values() for place in places for made in place.makes} <= known


def test_ours_name_places_that_r4_has() -> None:
    for name, rows in tables().maps.items():
        root = name.partition("[")[2].rstrip("]").partition("-")[0]
        if type_facts(root) is None:
            continue
        for one in rows:
            if "#ours-" in one.origin or "IN2" in name or "GT1" in name or "FT1" in name:
                path(root, one.target)


def test_every_map_compiles_for_every_message() -> None:
    compiler = Compiler(WHOLE)
    for places in tables().messages.values():
        for place in places:
            for making in place.makes:
                assert compiler.map(making.map, making.label.partition("[")[0], 0)
    for kind in EVENTS:
        convert(Message(f"MSH|^~\\&|A|B|C|D|20260101||{kind}|1|P|2.5.1\rPID|1||7".encode()), profile=WHOLE)


def test_segments_are_seated_in_their_groups() -> None:
    walk = Walk("ORU_R01")
    names = "MSH PID NTE PV1 ORC OBR NTE OBX NTE OBX OBR OBX SPM OBX PID OBR".split()
    seats = [walk.seat(name) for name in names]
    groups = [tuple(group for group, _ in seat.groups) for seat in seats if seat]
    assert groups[5] == ("PATIENT_RESULT", "ORDER_OBSERVATION")
    assert groups[6] == ("PATIENT_RESULT", "ORDER_OBSERVATION")
    assert groups[8] == ("PATIENT_RESULT", "ORDER_OBSERVATION", "OBSERVATION")
    assert groups[13] == ("PATIENT_RESULT", "ORDER_OBSERVATION", "SPECIMEN", "SPECIMEN_OBSERVATION")
    orders = [dict(seat.groups).get("ORDER_OBSERVATION") for seat in seats if seat]
    assert orders[5] == orders[7] == orders[9] != orders[10]
    assert orders[10] == orders[13]
    patients = [dict(seat.groups).get("PATIENT_RESULT") for seat in seats if seat]
    assert patients[1] == patients[13] != patients[14] == patients[15]
    assert walk.seat("ZZZ") is None
