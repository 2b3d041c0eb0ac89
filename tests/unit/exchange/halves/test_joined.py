"""A PMS and an EHR that are two practices, joined by messages of HL7 v2."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
from tests.unit.exchange.halves.pair import DAY, Half, Joined

from chartdesk.ehr.charting import queries as charting
from chartdesk.kit import clock
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges import stating
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration import merging
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.registration.named import Named
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.pms.scheduling import queries as schedule
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities.identifiers import PATIENT, Identifier, own_authority

MANAGER_WORK = {"identity_unmatched", "interface_refused"}


def _visits(half: Half, **kind: bool) -> list[charting.DayVisitView]:
    return charting.day(half.clinician, "", DAY, **kind)


def _work(half: Half) -> list[tuple[str, str]]:
    with transaction(half.subject):
        rows = WorkItem.objects.filter(practice=half.subject.practice, state="open", kind__in=MANAGER_WORK)
        return [(row.kind, row.title) for row in rows.order_by("pk")]


def _bills(half: Half, patient: str) -> list[tuple[object, ...]]:
    found = charges.of_patient(half.subject, patient)
    return [
        (
            bill.service_date, bill.place_of_service, tuple(bill.diagnoses), bill.minutes, bill.documented, bill.status,
            bill.total, bill.payer_id, bill.signed_at is not None, bool(bill.appointment_id), bool(bill.site),
            tuple(
                (line.code, tuple(line.modifiers), line.units, tuple(line.pointers), line.description, line.amount)
                for line in bill.lines
            ),
        )
        for bill in sorted(found, key=lambda one: one.id)
    ]  # fmt: skip


def _a_visit(half: Half) -> tuple[str, str]:
    patient = half.register("Lakeside", address=Address("1 Elm St", "Apt 2", "Columbus", "OH", "43215"))
    half.insure(patient)
    return patient, half.book(patient, 9)


def test_a_booked_visit_arrives_and_its_signed_note_is_charged_as_if_both_were_one(joined: Joined, halves):
    patient, appointment = _a_visit(joined.pms)
    joined.settle()
    [visit] = _visits(joined.ehr)
    assert (visit.status, visit.reason, visit.visit_type_name) == ("booked", "sore throat", "Sick visit")
    assert visit.mrn == patients.patient(joined.pms.subject, patient).mrn
    assert visit.coverage_summary == "Acme PPO Gold: not checked, copay unknown"
    scheduling.check_in(joined.pms.desk, appointment)
    joined.settle()
    [visit] = _visits(joined.ehr)
    assert visit.status == "arrived" and visit.arrived == clock.now()
    joined.ehr.sign(visit.encounter_id)
    scheduling.check_out(joined.pms.desk, appointment)
    joined.settle()
    assert [one.status for one in _visits(joined.ehr)] == ["departed"]

    unified = halves("unified")
    same, booked = _a_visit(unified)
    unified.deliver()
    scheduling.check_in(unified.desk, booked)
    unified.deliver()
    unified.sign(_visits(unified)[0].encounter_id)
    unified.deliver()
    assert _bills(joined.pms, patient) == _bills(unified, same) != []
    assert _work(joined.pms) == _work(joined.ehr) == []


def test_demographics_come_whole(joined: Joined):
    pms, ehr = joined.pms, joined.ehr
    person = Person(
        family="O'Neil-Świątek", given="José", middle="Q", suffix="Jr", preferred="Joe", sex="male",
        birth_date=DAY - timedelta(days=9000), phone_mobile="614-555-0100", phone_home="614-555-0101 x12",
        phone_work="614-555-0102", email="joe@example.org", language="es",
        race="White", ethnicity="Not Hispanic or Latino",
        marital_status="M", ssn="123456789", address=Address("1 | & ^ Street", "~Apt \\ 2", "Columbus", "OH", "43215"),
    )  # fmt: skip
    payer = Person(family="Neil", given="Ann", birth_date=DAY - timedelta(days=20000), sex="female")
    wanted = registration.Registration(
        person,
        [Contact("Maria Neil", "sister", "614-555-0103")],
        Guarantor("parent", payer),
        alerts="Fall risk | needs a chair",
    )
    patient = registration.register(pms.desk, wanted).patient_id
    joined.settle()
    there = _there(joined, patient)
    here = patients.patient(pms.subject, patient)
    seen = patients.patient(ehr.subject, there)
    assert (seen.person, seen.contacts, seen.guarantor, seen.mrn, seen.alerts) == (
        here.person, here.contacts, here.guarantor, here.mrn, "Fall risk | needs a chair",
    )  # fmt: skip
    # Each knows the guarantor by the number of the other, which stands in GT1-2.
    assert [one[1:] for one in seen.guarantor.identifiers] == [(here.guarantor.number, "GI")]
    # What is taken away here is taken away there.
    less = registration.Registration(
        Person(family="Neil", given="José", sex="male", birth_date=person.birth_date), [], Guarantor()
    )
    registration.amend(pms.desk, patient, less, version=here.version)
    joined.settle()
    here, seen = patients.patient(pms.subject, patient), patients.patient(ehr.subject, there)
    assert (seen.person, seen.contacts, seen.guarantor, seen.alerts) == (here.person, [], Guarantor(), "")


def _there(joined: Joined, patient: str) -> str:
    mrn = patients.patient(joined.pms.subject, patient).mrn
    return patients.patient_by_mrn(joined.ehr.subject, mrn).patient_id


def test_insurance_follows(joined: Joined):
    patient = joined.pms.register("Insured")
    first = joined.pms.insure(patient, "AAA111")
    joined.settle()
    there = _there(joined, patient)
    assert [(one.payer_name, one.member_id) for one in coverages.coverages(joined.ehr.subject, there)] == [
        ("Acme PPO", "AAA111")
    ]
    view = coverages.coverage(joined.pms.subject, first)
    coverage.withdraw_coverage(joined.pms.desk, first, view.version)
    mother = Person(family="Insured", given="Mo", birth_date=DAY - timedelta(days=15000), sex="female")
    joined.pms.insure(
        patient, "BBB222", relationship="child", subscriber=mother, group_number="G7", employer="Moss & Sons"
    )
    assert [(one.kind, one.outcome, one.reason) for one in joined.settle() if one.status == "error"] == []
    running = [one for one in coverages.coverages(joined.ehr.subject, there) if not one.expired]
    assert [(one.member_id, one.relationship, one.subscriber.given, one.group_number) for one in running] == [
        ("BBB222", "child", "Mo", "G7")
    ]
    assert [one.employer for one in running] == ["Moss & Sons"]
    # A partner who says nothing of the employer leaves it; our other half says that there is none any more.
    [own] = [one for one in coverages.coverages(joined.pms.subject, patient) if not one.expired]
    coverage.amend_coverage(joined.pms.desk, own.coverage_id, replace(own.card, employer=""), own.version)
    joined.settle()
    running = [one for one in coverages.coverages(joined.ehr.subject, there) if not one.expired]
    assert [(one.member_id, one.employer) for one in running] == [("BBB222", "")]


def test_moved_cancelled_missed_and_taken_back(joined: Joined):
    pms, ehr = joined.pms, joined.ehr
    patient = pms.register("Mover")
    appointment = pms.book(patient, 9)
    joined.settle()
    scheduling.move(pms.desk, appointment, datetime(2026, 3, 2, 16, tzinfo=UTC))
    joined.settle()
    [visit] = _visits(ehr)
    assert visit.starts == datetime(2026, 3, 2, 16, tzinfo=UTC)
    scheduling.cancel(pms.desk, appointment, "better now")
    joined.settle()
    assert _visits(ehr) == []
    [gone] = schedule.of_patient(ehr.subject, _there(joined, patient))
    assert (gone.status, gone.cancel_reason) == ("cancelled", "better now")
    scheduling.undo(pms.desk, appointment)
    joined.settle()
    assert [one.encounter_id for one in _visits(ehr)] == [visit.encounter_id]
    with clock.at(visit.starts + timedelta(minutes=40)):
        scheduling.no_show(pms.desk, appointment)
        joined.settle()
    assert [one.status for one in _visits(ehr, withdrawn=True)] == ["noshow"]
    kinds = [raw.split(b"|")[8][:7] for raw in pms.sent if b"|SIU^" in raw]
    assert kinds == [b"SIU^S12", b"SIU^S13", b"SIU^S15", b"SIU^S12", b"SIU^S26"]


def test_two_visits_at_one_time_of_the_other_schedule_are_no_matter_here(joined: Joined):
    for family in ("One", "Two"):
        patient = joined.pms.register(family)
        joined.pms.book(patient, 9 if family == "One" else 10)
    joined.settle()
    assert len(_visits(joined.ehr)) == 2


def test_a_merge_follows_its_undo_too_and_charges_find_their_patient(joined: Joined):
    pms, ehr = joined.pms, joined.ehr
    one, two = pms.register("Twice", "Ann"), pms.register("Twice", "Anne")
    appointment = pms.book(two, 9)
    joined.settle()
    there_one, there_two = _there(joined, one), _there(joined, two)
    made = merging.merge(pms.subject, two, one)
    joined.settle()
    assert patients.patient(ehr.subject, there_two).patient_id == there_one
    [visit] = _visits(ehr)
    assert visit.patient_id == there_one
    ehr.sign(visit.encounter_id)
    joined.settle()
    assert len(_bills(pms, one)) == 1
    merging.undo(pms.subject, made.merge_id)
    joined.settle()
    assert patients.patient(ehr.subject, there_two).patient_id == there_two
    assert [one.patient_id for one in _visits(ehr)] == [there_two]
    for here, there in ((one, there_one), (two, there_two)):
        ours, theirs = patients.patient(pms.subject, here), patients.patient(ehr.subject, there)
        assert (theirs.person, theirs.mrn) == (ours.person, ours.mrn)
    assert appointment


def test_procedures_to_choose_from_come_along(joined: Joined):
    joined.settle()
    found = charting.search_procedures(joined.ehr.clinician, "visit")
    assert [(row.code, row.description) for row in found] == [("99213", "Office visit, low")]


def test_what_comes_doubled_and_late_changes_nothing(joined: Joined):
    pms, ehr = joined.pms, joined.ehr
    patient, appointment = _a_visit(pms)
    pms.deliver()
    old = pms.said()
    known = patients.patient(pms.subject, patient)
    with clock.at(clock.now() + timedelta(minutes=1)):
        changed = registration.Registration(
            Person(family="Newname", given="Ida", sex="female", birth_date=known.person.birth_date), [], Guarantor()
        )
        registration.amend(pms.desk, patient, changed, version=known.version)
        scheduling.move(pms.desk, appointment, datetime(2026, 3, 2, 17, tzinfo=UTC))
        pms.deliver()
        new = pms.said()
        # First the news, then all the old ones, and everything once more with other control ids.
        ehr.hear(new)
        ehr.hear(old)
        ehr.hear([_again(raw) for raw in reversed(old + new)])
        ehr.deliver()
    there = _there(joined, patient)
    assert patients.patient(ehr.subject, there).person.family == "Newname"
    [visit] = _visits(ehr)
    assert visit.starts == datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert len(schedule.of_patient(ehr.subject, there)) == 1
    ehr.sign(visit.encounter_id)
    ehr.deliver()
    [dft] = [raw for raw in ehr.said() if b"DFT^P03" in raw]
    pms.hear([dft, _again(dft)])
    pms.hear([_again(_again(dft))])
    assert len(_bills(pms, patient)) == 1


def _again(raw: bytes) -> bytes:
    parts = raw.split(b"|")
    parts[9] = parts[9][::-1] + b"X"
    return b"|".join(parts)


def test_a_withdrawal_that_overtakes_its_booking_wins(joined: Joined):
    patient, appointment = _a_visit(joined.pms)
    with clock.at(clock.now() + timedelta(seconds=5)):
        joined.pms.deliver()
        booked = joined.pms.said()
        scheduling.cancel(joined.pms.desk, appointment, "no")
        joined.pms.deliver()
        cancelled = joined.pms.said()
    adts = [raw for raw in booked if b"|ADT^" in raw]
    sius = [raw for raw in booked if b"|SIU^" in raw]
    joined.ehr.hear([*adts, *cancelled, *sius])
    joined.ehr.deliver()
    assert _visits(joined.ehr) == [] and patient


def test_units_and_prices_are_the_pms_own(joined: Joined):
    patient, _ = _a_visit(joined.pms)
    joined.settle()
    joined.ehr.sign(_visits(joined.ehr)[0].encounter_id)
    joined.settle()
    [bill] = charges.of_patient(joined.pms.subject, patient)
    lines = bill.lines
    assert [(one.code, one.units, one.amount) for one in lines] == [
        ("99213", Decimal(1), Decimal("140.00")),
        ("87880", Decimal(2), Decimal("64.00")),
    ]


def _a_busy_morning(pms: Half) -> list[bytes]:
    """What a PMS tells of a morning with new, amended, merged and parted patients; a minute for each step."""
    said: list[bytes] = []
    held: dict[str, str] = {}

    def amend(name: str, family: str) -> None:
        known = patients.patient(pms.subject, held[name])
        wanted = registration.Registration(
            Person(family=family, given="Ida", sex="female", birth_date=known.person.birth_date), [], Guarantor()
        )
        registration.amend(pms.desk, held[name], wanted, version=known.version)

    def undo(one: str, other: str) -> None:
        merging.undo(pms.subject, merging.standing(pms.subject, held[one], held[other]))

    steps = [
        lambda: held.update(a=pms.register("Apple"), b=pms.register("Beech"), c=pms.register("Cedar")),
        lambda: held.update(card=pms.insure(held["a"], "AAA111")),
        lambda: held.update(
            first=pms.book(held["a"], 9), second=pms.book(held["b"], 10), third=pms.book(held["c"], 11)
        ),
        lambda: amend("a", "Alder"),
        lambda: merging.merge(pms.subject, held["b"], held["a"]),
        lambda: scheduling.move(pms.desk, held["first"], datetime(2026, 3, 2, 18, tzinfo=UTC)),
        lambda: scheduling.cancel(pms.desk, held["third"], "better"),
        lambda: merging.merge(pms.subject, held["c"], held["a"]),
        lambda: undo("c", "a"),
        lambda: amend("c", "Cypress"),
        lambda: scheduling.undo(pms.desk, held["third"]),
        lambda: scheduling.confirm(pms.desk, held["second"]),
        lambda: pms.insure(held["c"], "CCC333"),
    ]
    start = clock.now()
    for minute, step in enumerate(steps):
        with clock.at(start + timedelta(minutes=minute)):
            step()
            pms.deliver()
            said += pms.said()
    return said


def _heard(pms: Half, ehr: Half, raws: list[bytes]) -> list[object]:
    """Let the EHR hear it all, and what it then knows of each record number."""
    ehr.hear(raws)
    ehr.deliver()
    ehr.hear([])  # what was to be tried again
    ehr.deliver()
    found: list[object] = []
    for number in range(100_001, 100_004):
        known = identities.resolve(ehr.subject, PATIENT, [Identifier(own_authority(pms.subject), str(number))])
        view = patients.patient(ehr.subject, known)
        running = [one.member_id for one in coverages.coverages(ehr.subject, known) if not one.expired]
        visits = sorted((one.starts, one.status, one.reason) for one in schedule.of_patient(ehr.subject, known))
        found.append((view.mrn, view.person, running, visits))
    return found


def test_in_whatever_order_it_comes_the_end_is_the_same(joined: Joined, halves):
    said = _a_busy_morning(joined.pms)
    wanted = _heard(joined.pms, joined.ehr, said)
    assert [one[0] for one in wanted] == ["100001", "100001", "100003"]
    assert [(one[1].family, one[2], len(one[3])) for one in wanted] == [
        ("Alder", ["AAA111"], 2), ("Alder", ["AAA111"], 2), ("Cypress", ["CCC333"], 1),
    ]  # fmt: skip
    assert _work(joined.ehr) == []
    for seed, doubled in ((1, [_again(raw) for raw in said]), (2, [])):
        mixed = said + doubled
        random.Random(seed).shuffle(mixed)
        assert _heard(joined.pms, halves("ehr"), mixed) == wanted, seed


def test_why_the_patient_came_is_said_at_the_note_and_charged_at_the_desk(joined: Joined, halves):
    """Everything that can be said, by the clinician before signing; what the desk said of it holds."""
    said = Circumstances(
        ("auto", "employment"), date(2026, 2, 27), "OH", date(2026, 2, 20), date(2026, 1, 3), date(2026, 2, 28),
        date(2026, 2, 28), date(2026, 3, 9), date(2026, 3, 1), date(2026, 3, 2),
        *(Named(f"O'{name}", "Ngozi", "1993999998", "OH35071234") for name in ("Kafor", "Reader", "Chief")),
        "WC-77|4", Named("Ward", "Ada", "1993999998"), "2", "4", "03", "0815", "1730",
    )  # fmt: skip
    assert all(getattr(said, name) for name in Circumstances.__struct_fields__)
    patient, appointment = _a_visit(joined.pms)
    joined.settle()
    [visit] = _visits(joined.ehr)
    stating.state_visit(joined.ehr.clinician, visit.appointment_id, said)
    stating.state_visit(joined.pms.desk, appointment, Circumstances(onset=DAY))
    joined.ehr.sign(visit.encounter_id)
    joined.settle()
    [bill] = charges.of_patient(joined.pms.subject, patient)
    assert bill.circumstances == msgspec.structs.replace(said, onset=DAY)
    assert _work(joined.pms) == [] and bill.diagnoses

    unified = halves("unified")
    same, booked = _a_visit(unified)
    unified.deliver()
    stating.state_visit(unified.clinician, booked, msgspec.structs.replace(said, onset=DAY))
    unified.sign(_visits(unified)[0].encounter_id)
    unified.deliver()
    [one] = charges.of_patient(unified.subject, same)
    assert one.circumstances == bill.circumstances
