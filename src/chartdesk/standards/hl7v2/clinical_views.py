"""Segments of charges, orders, results, documents, medicines with their fields named (HL7 v2.5.1, chapters 3 to 9)."""

from __future__ import annotations

from chartdesk.standards.hl7v2.datatypes import CP, CQ, CWE, CX, EI, PL, XCN, XON, XTN
from chartdesk.standards.hl7v2.fields import Many, Number, One, Text, Texts, Time, View


class DG1(View):
    """A diagnosis."""

    NAME = "DG1"
    order = Number(1)
    method = Text(2)
    code = One(3, CWE)
    description = Text(4)
    at = Time(5)
    type = Text(6)
    priority = Text(15)


class PR1(View):
    """A procedure."""

    NAME = "PR1"
    order = Number(1)
    code = One(3, CWE)
    at = Time(5)
    modifiers = Many(16, CWE)


class FT1(View):
    """A charge (``type`` CG) or another movement of money."""

    NAME = "FT1"
    order = Number(1)
    id = Text(2)
    batch = Text(3)
    at = Time(4)
    posted = Time(5)
    type = Text(6)
    item = One(7, CWE)
    quantity = Number(10)
    extended_amount = One(11, CP)
    unit_amount = One(12, CP)
    department = One(13, CWE)
    plan = One(14, CWE)
    location = One(16, PL)
    diagnoses = Many(19, CWE)
    performers = Many(20, XCN)
    orderers = Many(21, XCN)
    unit_cost = One(22, CP)
    filler_order = One(23, EI)
    procedure = One(25, CWE)
    modifiers = Many(26, CWE)


class ORC(View):
    """An order."""

    NAME = "ORC"
    control = Text(1)
    placer_id = One(2, EI)
    filler_id = One(3, EI)
    group_id = One(4, EI)
    status = Text(5)
    at = Time(9)
    entered_by = Many(10, XCN)
    verified_by = Many(11, XCN)
    providers = Many(12, XCN)
    phones = Many(14, XTN)
    effective = Time(15)
    organizations = Many(21, XON)


class OBR(View):
    """What was ordered and is reported on."""

    NAME = "OBR"
    order = Number(1)
    placer_id = One(2, EI)
    filler_id = One(3, EI)
    service = One(4, CWE)
    observed = Time(7)
    observed_until = Time(8)
    clinical_info = Text(13)
    received = Time(14)
    providers = Many(16, XCN)
    reported = Time(22)
    section = Text(24)
    status = Text(25)
    copies_to = Many(28, XCN)
    parent = One(29, EI)
    reasons = Many(31, CWE)


class OBX(View):
    """One result. What its value is depends on ``type``: NM, ST, CE, ED, ..."""

    NAME = "OBX"
    order = Number(1)
    type = Text(2)
    code = One(3, CWE)
    sub_id = Text(4)
    values = Texts(5)
    coded = Many(5, CWE)
    units = One(6, CWE)
    reference_range = Text(7)
    flags = Texts(8)
    status = Text(11)
    observed = Time(14)
    observers = Many(16, XCN)
    methods = Many(17, CWE)
    analyzed = Time(19)
    performer = One(23, XON)

    @property
    def attachment(self) -> tuple[str, str, str, str]:
        """Of an ED value: type and subtype of data, encoding (Base64), and the data as it is written."""
        kind, subtype, encoding, data = (self.segment.get(5, number) for number in (2, 3, 4, 5))
        return kind, subtype, encoding, data


class SPM(View):
    """A specimen."""

    NAME = "SPM"
    id = Text(2)
    kind = One(4, CWE)
    site = One(8, CWE)
    collected = Time(17)
    received = Time(18)


class TXA(View):
    """A document."""

    NAME = "TXA"
    kind = One(2, CWE)
    presentation = Text(3)
    at = Time(4)
    authors = Many(5, XCN)
    transcribed = Time(7)
    originators = Many(9, XCN)
    id = One(12, EI)
    parent_id = One(13, EI)
    file_name = Text(16)
    completion = Text(17)
    confidentiality = Text(18)
    availability = Text(19)
    authenticated_by = Many(22, XCN)
    title = Text(25)


class AL1(View):
    """An allergy."""

    NAME = "AL1"
    kind = One(2, CWE)
    code = One(3, CWE)
    severity = One(4, CWE)
    reactions = Texts(5)
    since = Time(6)


class RXA(View):
    """A medicine or vaccine that was given."""

    NAME = "RXA"
    starts = Time(3)
    ends = Time(4)
    code = One(5, CWE)
    amount = Number(6)
    units = One(7, CWE)
    notes = Many(9, CWE)
    providers = Many(10, XCN)
    location = One(11, PL)
    lots = Texts(15)
    expires = Time(16)
    manufacturers = Many(17, CWE)
    refusals = Many(18, CWE)
    completion = Text(20)
    action = Text(21)


class RXE(View):
    """A prescription as the pharmacy has it."""

    NAME = "RXE"
    code = One(2, CWE)
    least = Number(3)
    most = Number(4)
    units = One(5, CWE)
    form = One(6, CWE)
    instructions = Many(7, CWE)
    dispense = Number(10)
    dispense_units = One(11, CWE)
    refills = Number(12)
    providers = Many(13, XCN)
    number = Text(15)
    strength = Number(25)
    strength_units = One(26, CWE)


class RXR(View):
    """How and where a medicine is given."""

    NAME = "RXR"
    route = One(1, CWE)
    site = One(2, CWE)


class ACC(View):
    """An accident."""

    NAME = "ACC"
    at = Time(1)
    code = One(2, CWE)
    place = Text(3)
    state = One(4, CWE)
    job_related = Text(5)


class PV2(View):
    """More about a visit."""

    NAME = "PV2"
    reason = One(3, CWE)
    description = Text(12)
    expected = Time(8)


class PD1(View):
    """More about a patient."""

    NAME = "PD1"
    facilities = Many(3, XON)
    providers = Many(4, XCN)
    protection = Text(12)


class CON(View):
    """A consent."""

    NAME = "CON"
    kind = One(2, CWE)
    status = One(11, CWE)
    begins = Time(14)
    ends = Time(15)


class BLG(View):
    """How an order is charged."""

    NAME = "BLG"
    when = Text(1)
    account = One(3, CX)
    quantity = One(2, CQ)
