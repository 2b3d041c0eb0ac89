"""What is written into segments is read out of them again, whatever the text; and the forms that partners use. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.exchange.halves.facts import ChargesIn, CoverageIn, PatientIn, VisitIn, VisitWithdrawnIn
from chartdesk.exchange.halves.hl7v2 import options, reading, segments
from chartdesk.exchange.halves.hl7v2.options import Options
from chartdesk.exchange.halves.hl7v2.segments import Envelope
from chartdesk.kit.errors import Invalid
from chartdesk.pms.registration.people import Address, Guarantor, Person
from chartdesk.record.identities.identifiers import NPI, Identifier
from chartdesk.standards.hl7v2 import Message, Unreadable

ZONE = ZoneInfo("America/New_York")
AT = datetime(2026, 3, 2, 14, 30, 0, 123_400, tzinfo=UTC)
# Whatever people type, in one line; spaces at the ends are nobody's.
WORDS = (
    st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)
    .map(str.strip)
    .filter(lambda text: text != '""')
)
PHONES = st.sampled_from(["", "+16145550100", "+16145550101;ext=12", "+442071838750"])


def persons() -> st.SearchStrategy[Person]:
    """People as registration keeps them."""
    return st.builds(
        Person,
        family=WORDS.filter(bool), given=WORDS.filter(bool), middle=WORDS, suffix=WORDS, preferred=WORDS,
        birth_date=st.none() | st.dates(date(1900, 1, 1), date(2026, 1, 1)),
        sex=st.sampled_from(["female", "male", "other", "unknown"]),
        phone_mobile=PHONES, phone_home=PHONES, phone_work=PHONES, email=st.sampled_from(["", "a.b@example.org"]),
        address=st.builds(Address, WORDS, WORDS, WORDS, st.sampled_from(["", "OH"]), st.sampled_from(["", "43215"])),
        language=st.sampled_from(["", "en", "es"]), race=WORDS, ethnicity=WORDS,
        marital_status=st.sampled_from(["", "M", "S"]), ssn=st.sampled_from(["", "123456789"]),
    )  # fmt: skip


def read(kind: str, *lines: str, chosen: Options | None = None) -> list[object]:
    """The facts of a message of these segments."""
    raw = segments.message(Envelope("RIVERBEND", ("", ""), AT, "C1"), kind, "", lines)
    message = Message(raw)
    return list(reading.facts(message, reading.sender(message, chosen or Options(), ZONE)))


@settings(max_examples=80, deadline=None)
@given(persons())
def test_a_person_comes_back_as_they_were_written(person: Person):
    [fact] = read("ADT^A08", "EVN|A08", segments.pid([Identifier("RIVERBEND", "1", "MR")], person))
    assert isinstance(fact, PatientIn) and fact.at == AT
    assert fact.person == person
    unsaid = {"phone_home", "phone_mobile", "email"} if not any((person.phone_home, person.phone_mobile)) else set()
    assert fact.told >= {"family", "given", "sex", "address", "race", "ssn"} - unsaid


@pytest.mark.parametrize(
    ("said", "step"),
    [("Booked", "booked"), ("BOOKED", "booked"), ("Started", "roomed"), ("Checked-In", "arrived"),
     ("Complete", "departed"), ("^Arrived", "arrived"), ("", "booked"), ("PENDING", "booked"), ("HERE", "arrived")],
)  # fmt: skip
def test_the_step_of_a_visit_in_many_words(said: str, step: str):
    sch = f"SCH|V1|||||||sick|10|MIN|^^^20260302093000||||||||||||||{said}"
    chosen = Options(statuses={"HERE": "arrived"})
    [fact] = [one for one in read("SIU^S14", sch, "AIP|1|A|1234567893^Reed", chosen=chosen) if isinstance(one, VisitIn)]
    assert (fact.status, fact.visit_type) == (step, "sick")
    assert fact.starts == datetime(2026, 3, 2, 14, 30, tzinfo=UTC) and (fact.ends - fact.starts).seconds == 600
    assert fact.practitioner == (Identifier(NPI, "1234567893", "NPI"), Identifier("RIVERBEND", "1234567893"))


@pytest.mark.parametrize(
    ("event", "said", "status"),
    [("S15", "Cancelled", "cancelled"), ("S17", "", "cancelled"), ("S26", "", "noshow"), ("S14", "Noshow", "noshow"),
     ("S14", "Cancelled", "cancelled")],
)  # fmt: skip
def test_a_visit_that_does_not_take_place(event: str, said: str, status: str):
    [fact] = read(f"SIU^{event}", f"SCH|V1|||||^Snow|||||||||||||||||||{said}")
    assert isinstance(fact, VisitWithdrawnIn)
    assert (fact.status, fact.reason, fact.numbers[0].shown) == (status, "Snow", "V1 of RIVERBEND")


def test_when_an_event_happened():
    def at(*lines: str) -> datetime:
        [fact] = read("ADT^A08", *lines, "PID|1||1||A^B")
        assert isinstance(fact, PatientIn)
        return fact.at

    assert at("EVN|A08|20260301100000") == datetime(2026, 3, 1, 15, tzinfo=UTC)
    assert at("EVN|A08|202603011000-0600") == datetime(2026, 3, 1, 16, tzinfo=UTC)
    assert at("EVN|A08|20260301") == AT  # a day alone does not say in which order things happened
    assert at("EVN|A08") == AT


def test_diagnoses_stand_in_either_place():
    line = "FT1|1|T1||20260302||CG|||||||||||||{dx}|1234567893^Reed|||||99213"
    for lines, pointers in (
        ((line.format(dx="E11.9^^I10~J02.0"),), (1, 2)),
        ((line.format(dx="J020"), "DG1|1||E11.9^^I10", "DG1|2||J02.0"), (2,)),
        ((line.format(dx=""), "DG1|1||E119", "DG1|2||J020"), ()),
    ):
        [fact] = read("DFT^P03", "PID|1||1||A^B", *lines)
        assert isinstance(fact, ChargesIn)
        assert fact.diagnoses == ("E11.9", "J02.0") and fact.procedures[0].pointers == pointers


def test_what_charges_are_known_by():
    line = "FT1|{n}|{id}||20260302||CG||||||||||||||1234567893^Reed|||||99213"
    cases = [(("E7.1", "E7.2"), "E7"), (("T1", "T2"), "T1"), (("", ""), "C1"), (("E7.1", "E8.1"), "E7.1")]
    for ids, wanted in cases:
        lines = [line.format(n=n, id=id) for n, id in enumerate(ids, 1)]
        [fact] = read("DFT^P03", "PID|1||1||A^B", *lines)
        assert isinstance(fact, ChargesIn) and fact.source == Identifier("RIVERBEND", wanted)


def test_charges_of_two_days_are_two():
    line = "FT1|1|{id}||{day}||CG|||||||||||||J020|1234567893^Reed|||||99213"
    facts = read("DFT^P03", "PID|1||1||A^B", line.format(id="A", day="20260301"), line.format(id="B", day="20260302"))
    assert [(one.service_date.day, one.source.value) for one in facts if isinstance(one, ChargesIn)] == [
        (1, "A"),
        (2, "A/2"),
    ]


def test_no_insurance_and_nothing_said_of_it_are_two_things():
    pid = "PID|1||1||A^B"
    assert [type(one) for one in read("ADT^A08", pid)] == [PatientIn]
    [_, fact] = read("ADT^A08", pid, 'IN1|1|""')
    assert isinstance(fact, CoverageIn) and fact.policies == () and fact.whole


def test_who_pays_comes_with_their_number_and_whose_group_it_is():
    mother = Guarantor("parent", Person(family="Moss", given="Mo", sex="female"))
    gt1 = segments.gt1(mother, Person(family="Moss"), [Identifier("RIVERBEND", "7", "GI")])
    assert gt1.startswith("GT1|1|7^^^RIVERBEND^GI|Moss^Mo^")
    insured = "IN1|1|G|ACME1|Acme|||||||Moss \\T\\ Sons|||||Moss^Ida|SEL"
    hospital = f"IN1|2|H|ACME2|Beta{'|' * 43}H"
    patient, covered = read("ADT^A08", "PID|1||1||A^B", gt1, insured, hospital)
    assert isinstance(patient, PatientIn) and patient.guarantor == mother
    assert patient.guarantor.identifiers == (("urn:chartdesk:assigned-by:RIVERBEND", "7", "GI"),)
    # A policy for hospitals alone (IN1-47) is none of a practice's.
    assert isinstance(covered, CoverageIn) and [one.employer for one in covered.policies] == ["Moss & Sons"]
    silent = read("ADT^A08", "PID|1||1||A^B", "IN1|1|G|ACME1|Acme", 'IN1|2|G|ACME3|Beta|||||||""')[-1]
    assert isinstance(silent, CoverageIn) and [one.employer for one in silent.policies] == [None, ""]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("AIG|1||1234567893^Reed^NPI",), Identifier("NPI", "1234567893", "NPI")),
        (("AIG|1||1234567893^Reed",), Identifier("NPI", "1234567893", "NPI")),
        (("AIG|1||D7^Reed^L",), Identifier("RIVERBEND", "D7")),
        # What has a schedule of its own may be a machine: who is named as a person goes first.
        (("AIG|1||SCANNER^CT^L", "AIP|1||D9^Reed"), Identifier("RIVERBEND", "D9")),
    ],
)
def test_who_is_seen_may_stand_in_aig(lines: tuple[str, ...], expected: Identifier):
    sch = "SCH|V1|||||||sick|10|MIN|^^^20260302093000||||||||||||||Booked"
    visit = read("SIU^S12", sch, "PID|1||1||A^B", "RGS|1", *lines)[1]
    assert isinstance(visit, VisitIn) and visit.practitioner == (expected,)


@pytest.mark.parametrize(
    ("kind", "lines", "where"),
    [
        ("ADT^A08", (), "PID"),
        ("ADT^A08", ("PID|1||||A^B",), "PID-3"),
        ("ADT^A08", ("PID|1||1||A^B||soon",), "PID-7"),
        ("ADT^A40", ("PID|1||1||A^B",), "MRG"),
        ("ADT^A40", ("PID|1||1||A^B", "MRG|"), "MRG-1"),
        ("ADT^A37", ("PID|1||1||A^B",), "PID[2]"),
        ("SIU^S12", ("PID|1||1||A^B",), "SCH"),
        ("SIU^S12", ("SCH|V1", "PID|1||1||A^B"), "TQ1-7"),
        ("DFT^P03", ("PID|1||1||A^B",), "FT1"),
        ("DFT^P03", ("PID|1||1||A^B", "FT1|1|T1||20260302||CG"), "FT1-25"),
        ("DFT^P03", ("PID|1||1||A^B", "FT1|1|T1||||CG|99213"), "FT1-4"),
        ("MFN^M04", ("MFI|PRA||UPD",), "MFI-3"),
        ("ADT^A60", ("PID|1||1||A^B",), "MSH-9.2"),
    ],
)
def test_what_is_missing_is_said_with_its_place(kind: str, lines: tuple[str, ...], where: str):
    with pytest.raises(Unreadable) as fault:
        read(kind, *lines)
    assert fault.value.where == where and fault.value.cure


def test_options_say_what_is_wrong():
    assert options.read({"own_half": True}).own_half
    with pytest.raises(Invalid, match="visit_numbers"):
        options.read({"visit_numbers": ["SCH2"]})
    with pytest.raises(Invalid, match="halves"):
        options.read({"everything": 1})


@pytest.mark.parametrize(
    ("length", "minutes"),
    [
        ("20|MIN", 20),
        ("0.5|H", 30),
        ("900|S", 15),
        ("|", 15),
        ('""|', 15),
        ("inf|MIN", None),
        ("nan|", None),
        ("1e9|", None),
    ],
)
def test_how_long_a_visit_is(length: str, minutes: int | None):
    sch = f"SCH|V1^RIVERBEND|||||||OV|{length}|^^^20260302090000|||||||||||||||Booked"
    lines = (sch, "PID|1||1^^^RIVERBEND^MR", "AIP|1||1234567893^FIELD^ADA^^^^^^NPI")
    if minutes is None:
        with pytest.raises(Unreadable, match="is no length"):
            read("SIU^S12", *lines)
        return
    visit = next(one for one in read("SIU^S12", *lines) if isinstance(one, VisitIn))
    assert (visit.ends - visit.starts).total_seconds() == minutes * 60
