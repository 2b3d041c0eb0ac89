"""Segments of patients, visits, insurance and appointments with their fields named (HL7 v2.5.1, chapters 2, 3, 6, 10).

Fields are the ones that practices send one another; the others stay in the segment, by number.
"""

from __future__ import annotations

from chartdesk.standards.hl7v2.datatypes import CQ, CWE, CX, DLN, EI, HD, MSG, PL, XAD, XCN, XON, XPN, XTN
from chartdesk.standards.hl7v2.fields import Day, Many, Number, One, Text, Texts, Time, View


class MSH(View):
    """Who sends what to whom."""

    NAME = "MSH"
    sending_application = One(3, HD)
    sending_facility = One(4, HD)
    receiving_application = One(5, HD)
    receiving_facility = One(6, HD)
    sent = Time(7)
    type = One(9, MSG)
    control_id = Text(10)
    processing_id = Text(11)
    version = Text(12)
    accept_acknowledgement = Text(15)
    application_acknowledgement = Text(16)
    charsets = Texts(18)
    profiles = Many(21, EI)


class EVN(View):
    """What happened, and when."""

    NAME = "EVN"
    code = Text(1)
    recorded = Time(2)
    planned = Time(3)
    operators = Many(5, XCN)
    occurred = Time(6)


class PID(View):
    """The patient."""

    NAME = "PID"
    external_id = One(2, CX)
    identifiers = Many(3, CX)
    alternate_ids = Many(4, CX)
    names = Many(5, XPN)
    mothers_names = Many(6, XPN)
    birth = Time(7)
    sex = Text(8)
    races = Many(10, CWE)
    addresses = Many(11, XAD)
    home_phones = Many(13, XTN)
    work_phones = Many(14, XTN)
    language = One(15, CWE)
    marital_status = One(16, CWE)
    religion = One(17, CWE)
    account = One(18, CX)
    ssn = Text(19)
    drivers_license = One(20, DLN)
    ethnicities = Many(22, CWE)
    birth_order = Number(25)
    died = Time(29)
    dead = Text(30)
    changed = Time(33)


class MRG(View):
    """The record that is given up in a merge."""

    NAME = "MRG"
    identifiers = Many(1, CX)
    account = One(3, CX)
    external_id = One(4, CX)
    names = Many(7, XPN)


class NK1(View):
    """Somebody to call."""

    NAME = "NK1"
    names = Many(2, XPN)
    relationship = One(3, CWE)
    addresses = Many(4, XAD)
    phones = Many(5, XTN)
    work_phones = Many(6, XTN)
    role = One(7, CWE)


class PV1(View):
    """The visit; ``number`` is the appointment's in exchange between a PMS and an EHR."""

    NAME = "PV1"
    patient_class = Text(2)
    location = One(3, PL)
    admission_type = Text(4)
    attending = Many(7, XCN)
    referring = Many(8, XCN)
    consulting = Many(9, XCN)
    admitting = Many(17, XCN)
    number = One(19, CX)
    discharge_disposition = Text(36)
    admitted = Time(44)
    discharged = Time(45)
    alternate_number = One(50, CX)


class GT1(View):
    """Who pays what the patient owes."""

    NAME = "GT1"
    numbers = Many(2, CX)
    names = Many(3, XPN)
    addresses = Many(5, XAD)
    home_phones = Many(6, XTN)
    work_phones = Many(7, XTN)
    birth = Time(8)
    sex = Text(9)
    relationship = One(11, CWE)
    ssn = Text(12)


class IN1(View):
    """One insurance of the patient, in the order of payment."""

    NAME = "IN1"
    order = Number(1)
    plan = One(2, CWE)
    companies = Many(3, CX)
    company_names = Many(4, XON)
    company_addresses = Many(5, XAD)
    company_phones = Many(7, XTN)
    group = Text(8)
    group_names = Many(9, XON)
    begins = Day(12)
    ends = Day(13)
    plan_type = Text(15)
    insured_names = Many(16, XPN)
    relationship = One(17, CWE)
    insured_birth = Time(18)
    insured_addresses = Many(19, XAD)
    assigned = Text(20)
    coordination = Text(21)
    priority = Text(22)
    release = Text(27)
    policy = Text(36)
    insured_sex = Text(43)
    insured_ids = Many(49, CX)


class IN2(View):
    """More about the insured."""

    NAME = "IN2"
    employee_ids = Many(1, CX)
    ssn = Text(2)
    employers = Many(3, XCN)
    medicare_number = Text(6)
    medicaid_number = Text(8)
    member_ids = Many(61, CX)
    phones = Many(63, XTN)


class SCH(View):
    """An appointment."""

    NAME = "SCH"
    placer_id = One(1, EI)
    filler_id = One(2, EI)
    schedule = One(5, CWE)
    event_reason = One(6, CWE)
    reason = One(7, CWE)
    kind = One(8, CWE)
    duration = Number(9)
    duration_units = One(10, CWE)
    placer = Many(12, XCN)
    filler = Many(16, XCN)
    entered_by = Many(20, XCN)
    status = One(25, CWE)

    @property
    def timing(self) -> tuple[str, str]:
        """Start and end as SCH-11 (TQ.4, TQ.5) writes them, for versions that have no TQ1."""
        return self.segment.get(11, 4, 1), self.segment.get(11, 5, 1)


class TQ1(View):
    """When, and how often."""

    NAME = "TQ1"
    quantity = One(2, CQ)
    starts = Time(7)
    ends = Time(8)
    priority = One(9, CWE)


class RGS(View):
    """The beginning of a group of resources of an appointment."""

    NAME = "RGS"
    order = Number(1)
    action = Text(2)


class AIS(View):
    """A service of an appointment."""

    NAME = "AIS"
    action = Text(2)
    service = One(3, CWE)
    starts = Time(4)
    duration = Number(7)
    status = One(10, CWE)


class AIG(View):
    """A resource of an appointment that is neither person nor place."""

    NAME = "AIG"
    action = Text(2)
    resource = One(3, CWE)
    kind = One(4, CWE)
    starts = Time(8)
    duration = Number(11)


class AIL(View):
    """A place of an appointment."""

    NAME = "AIL"
    action = Text(2)
    location = One(3, PL)
    kind = One(4, CWE)
    starts = Time(6)
    duration = Number(9)


class AIP(View):
    """A person of an appointment."""

    NAME = "AIP"
    action = Text(2)
    persons = Many(3, XCN)
    kind = One(4, CWE)
    starts = Time(6)
    duration = Number(9)
    status = One(12, CWE)


class NTE(View):
    """Words about what stands before."""

    NAME = "NTE"
    source = Text(2)
    comments = Texts(3)


class MSA(View):
    """What became of a message."""

    NAME = "MSA"
    code = Text(1)
    control_id = Text(2)
    text = Text(3)


class ERR(View):
    """What is wrong with a message."""

    NAME = "ERR"
    code = One(3, CWE)
    severity = Text(4)
    words = Text(8)
