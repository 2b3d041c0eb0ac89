"""What other vendors' systems send, in their own ways, to a practice that runs both halves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.unit.exchange.halves.pair import NPI, Half

from chartdesk.exchange.engine import routing, steering
from chartdesk.exchange.engine.documents import ChannelDocument, Destination, HttpsSource, RecordTarget
from chartdesk.exchange.engine.models import InterfaceMessage
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import merging
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.scheduling import queries as schedule
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities import unmatched
from chartdesk.record.identities.identifiers import PATIENT, Identifier

_counter = iter(range(1, 10_000))


def say(kind: str, *segments: str, at: str = "20260302080000", sender: str = "RIVERBEND") -> bytes:
    header = f"MSH|^~\\&|EHRX|{sender}|CD|OFFICE|{at}||{kind}|C{next(_counter)}|P|2.3.1"
    return ("\r".join([header, *segments]) + "\r").encode()


def pid(number: str = "555", name: str = "Outside^Olga^M", authority: str = "^^^RIVERBEND^MR", rest: str = "") -> str:
    return f"PID|1||{number}{authority}||{name}||19710203|F{rest}"


ADT = ("EVN|A04|20260302075900",)
DOCTOR = f"{NPI}^Reed^Ana^^^^^^NPI"


@pytest.fixture
def office(halves: Any) -> Half:
    """A practice with both halves, and a channel of a partner for each way with unknown patients."""
    half: Half = halves("unified")
    for unknown in ("create", "hold", "refuse"):
        document = ChannelDocument(
            name=unknown,
            source=HttpsSource(),
            unknown_patient=unknown,
            destinations=[Destination(name="record", transport=RecordTarget())],
        )
        steering.save(half.subject, document)
    return half


def _known(half: Half, number: str = "555") -> str:
    return identities.resolve(half.subject, PATIENT, [Identifier("RIVERBEND", number)])


def _work(half: Half) -> list[tuple[str, str]]:
    with transaction(half.subject):
        rows = WorkItem.objects.filter(practice=half.subject.practice, state="open").order_by("pk")
        return [(row.kind, row.role) for row in rows.exclude(kind="interface_messages")]


def _status(half: Half, number: int) -> tuple[str, str]:
    with transaction(half.subject):
        row = InterfaceMessage.objects.get(practice=half.subject.practice, pk=number)
        return row.outcome or row.status, row.reason


def test_an_unknown_patient_is_created_held_or_refused(office: Half):
    [one] = office.hear([say("ADT^A04", *ADT, pid())], "refuse")
    assert (one.outcome, _known(office)) == ("error", "") and "555 of RIVERBEND" in one.reason
    [one] = office.hear([say("ADT^A04", *ADT, pid("556"))], "hold")
    assert (one.status, _work(office)) == ("held", [("identity_unmatched", "front_desk")])
    [one] = office.hear([say("ADT^A04", *ADT, pid("557"))], "create")
    assert one.outcome == "applied"
    view = patients.patient(office.subject, _known(office, "557"))
    assert (view.person.full_name, view.person.birth_date, view.mrn != "557") == (
        "Olga M Outside",
        date(1971, 2, 3),
        True,
    )


def test_what_is_held_goes_on_when_somebody_says_who_it_is(office: Half):
    ours = office.register("Outside", "Olga")
    [held] = office.hear([say("ADT^A08", *ADT, pid(rest="|||9 Oak Ave^^Columbus^OH^43215"))], "hold")
    [row] = unmatched.waiting(office.subject)
    assert row.words.startswith("Outside, Olga M, born Feb 3, 1971")
    unmatched.match(office.desk, row.pk, ours)
    office.deliver()
    routing.work_all(office.subject.practice)
    assert _status(office, held.pk)[0] == "applied"
    assert patients.patient(office.subject, ours).person.address.line1 == "9 Oak Ave"
    # From now on they are known.
    [one] = office.hear([say("ADT^A08", "EVN|A08|20260302081000", pid(name="Outside^Helga"))], "hold")
    assert (one.outcome, _known(office)) == ("applied", ours)
    assert patients.patient(office.subject, ours).person.given == "Helga"


def test_what_is_dismissed_is_refused_then_and_later(office: Half):
    [held] = office.hear([say("ADT^A08", *ADT, pid())], "hold")
    unmatched.dismiss(office.desk, unmatched.waiting(office.subject)[0].pk)
    office.deliver()
    routing.work_all(office.subject.practice)
    assert _status(office, held.pk)[0] == "error"
    [again] = office.hear([say("ADT^A08", *ADT, pid())], "hold")
    assert again.outcome == "error" and unmatched.waiting(office.subject) == []


def test_two_numbers_of_one_patient_must_lead_to_one(office: Half):
    office.hear([say("ADT^A04", *ADT, pid("1")), say("ADT^A04", *ADT, pid("2"))], "create")
    both = "PID|1||1^^^RIVERBEND^MR~2^^^RIVERBEND^PI||Outside^Olga"
    [one] = office.hear([say("ADT^A08", *ADT, both)], "create")
    assert one.outcome == "error" and "not the same" in one.reason


def test_an_older_event_never_overwrites_and_the_rest_of_the_message_neither(office: Half):
    office.hear([say("ADT^A08", "EVN|A08|20260302100000", pid(name="New^Name"))], "create")
    old = say(
        "ADT^A08", "EVN|A08|20260302090000", pid(name="Old^Name"), "IN1|1|GOLD|ACME1^^^X|Acme PPO||||G1||||||||||SEL"
    )
    [one] = office.hear([old], "create")
    assert patients.patient(office.subject, _known(office)).person.family == "New"
    assert one.outcome in ("ignored", "applied")


def test_deleting_and_leaving_out_are_two_things(office: Half):
    full = pid(rest="||W|1 Elm^^Columbus^OH^43215||(614)555-0100^PRN^PH~^NET^Internet^o@example.org|||M|||123-45-6789")
    office.hear([say("ADT^A04", *ADT, full)], "create")
    office.hear([say("ADT^A08", "EVN|A08|20260302080100", pid(name="Outside^Olga", rest='|||||""'))], "create")
    person = patients.patient(office.subject, _known(office)).person
    assert (person.phone_home, person.email, person.middle) == ("", "", "")
    assert (person.address.city, person.ssn, person.marital_status) == ("Columbus", "123456789", "M")


def test_insurance_with_an_unknown_payer_is_held_and_matched(office: Half):
    policy = "IN1|1|PPO^Gold|98765|Other Payer||||G1||||20260101||||Outside^Olga|SEL|||||||||||||||||||XYZ123"
    [one] = office.hear([say("ADT^A04", *ADT, pid(), policy)], "create")
    assert (one.status, [kind for kind, _ in _work(office)]) == ("held", ["identity_unmatched"])
    [row] = unmatched.waiting(office.subject)
    payer = coverage.payer(office.subject, "ACME1")
    unmatched.match(office.subject, row.pk, payer.organization)
    office.deliver()
    routing.work_all(office.subject.practice)
    [policy_here] = coverage.coverages(office.subject, _known(office))
    assert (policy_here.payer_name, policy_here.member_id, policy_here.plan_name, policy_here.effective) == (
        "Acme PPO", "XYZ123", "Gold", date(2026, 1, 1),
    )  # fmt: skip


def siu(event: str, start: str, *, number: str = "V1", doctor: str = DOCTOR, status: str = "Booked") -> bytes:
    return say(
        f"SIU^{event}",
        f"SCH|{number}^RIVERBEND||||||Sore throat|sick^Sick visit|10|MIN|^^^{start}|||||||||||||{status}",
        pid(),
        "RGS|1|A",
        "AIS|1|A|sick^Sick visit",
        f"AIP|1|A|{doctor}",
        at=f"2026030208{next(_counter) % 60:02}00" if event != "S13" else "20260302090500",
    )


def test_a_visit_asked_for_is_booked_moved_and_cancelled_like_ours(office: Half):
    [one] = office.hear([siu("S12", "20260302100000")], "create")
    assert one.outcome == "applied", one.reason
    [visit] = schedule.of_patient(office.subject, _known(office))
    assert (visit.starts, visit.minutes, visit.visit_type, visit.reason, visit.status) == (
        datetime(2026, 3, 2, 15, tzinfo=UTC), 10, "sick", "Sore throat", "booked",
    )  # fmt: skip
    office.hear([siu("S13", "20260302110000")], "create")
    [moved] = schedule.of_patient(office.subject, _known(office))
    assert (moved.appointment_id, moved.starts) == (visit.appointment_id, datetime(2026, 3, 2, 16, tzinfo=UTC))
    office.hear([say("SIU^S15", "SCH|V1^RIVERBEND|||||^Patient is better", pid(), at="20260302093000")], "create")
    [gone] = schedule.of_patient(office.subject, _known(office))
    assert (gone.status, gone.cancel_reason) == ("cancelled", "Patient is better")


def test_a_time_that_is_taken_is_refused_with_a_work_item(office: Half):
    office.book(office.register("First"), 10)
    [one] = office.hear([siu("S12", "20260302100000")], "create")
    assert one.outcome == "error" and "Ana Reed" in one.reason
    assert ("interface_refused", "front_desk") in _work(office)
    assert schedule.of_patient(office.subject, _known(office)) == []


def test_an_unknown_provider_is_held_and_never_guessed(office: Half):
    [held] = office.hear([siu("S12", "20260302100000", doctor="D17^Reed^Ana")], "create")
    assert held.status == "held" and "D17 of RIVERBEND" in held.reason
    [row] = unmatched.waiting(office.subject, "Practitioner")
    assert row.words == "Ana Reed"
    unmatched.match(office.subject, row.pk, office.practitioner)
    office.deliver()
    routing.work_all(office.subject.practice)
    assert len(schedule.of_patient(office.subject, _known(office))) == 1


def dft(*charges_told: str, number: str = "555", extra: tuple[str, ...] = ()) -> bytes:
    return say(
        "DFT^P03", "EVN|P03|20260302120000", pid(number), f"PV1|1|O|||||{DOCTOR}|||||||||||||V9", *charges_told, *extra
    )


FT1 = "FT1|1|{id}||20260302|20260302|CG|99213||||{amount}||||||||J02.0^^I10~E119^^I10|{doctor}|||||99213^Visit^C4|25"


def test_charges_of_a_stranger_wait_in_review_once(office: Half):
    office.hear([say("ADT^A04", *ADT, pid())], "create")
    charge = FT1.format(id="T1", amount="", doctor=DOCTOR)
    first, again = dft(charge), dft(charge)
    assert [one.outcome for one in office.hear([first, again], "hold")] == ["applied", "applied"]
    office.deliver()
    [bill] = charges.of_patient(office.subject, _known(office))
    assert (bill.status, bill.origin, bill.diagnoses) == ("review", "RIVERBEND", ["J02.0", "E11.9"])
    [line] = bill.lines
    assert (line.code, line.modifiers, line.pointers, line.amount) == ("99213", ["25"], [1, 2], Decimal("140.00"))
    assert [one.id for one in charges.review_list(office.subject)] == [bill.id]


def test_the_same_charge_under_another_number_is_seen_as_a_duplicate(office: Half):
    office.hear([say("ADT^A04", *ADT, pid())], "create")
    office.hear([dft(FT1.format(id=one, amount="120", doctor=DOCTOR)) for one in ("T1", "T2")], "hold")
    office.deliver()
    found = sorted(charges.of_patient(office.subject, _known(office)), key=lambda one: one.id)
    assert [any(finding.rule == "charged_elsewhere" for finding in one.findings) for one in found][1]
    assert found[0].lines[0].amount == Decimal("120.00")


def test_a_corrected_charge_does_not_overwrite_and_somebody_is_told(office: Half):
    office.hear([say("ADT^A04", *ADT, pid())], "create")
    charge = FT1.format(id="T1", amount="", doctor=DOCTOR)
    office.hear([dft(charge), dft(charge.replace("|25", "|57"))], "hold")
    [bill] = charges.of_patient(office.subject, _known(office))
    assert bill.lines[0].modifiers == ["25"]
    assert ("charges_changed", "biller") in _work(office)


def test_charges_for_nobody_are_held(office: Half):
    [one] = office.hear([dft(FT1.format(id="T1", amount="", doctor=DOCTOR), number="999")], "create")
    assert one.status == "held"  # charges create no patient


def test_a_merge_of_theirs_merges_here_and_the_old_number_goes_on(office: Half):
    office.hear([say("ADT^A04", *ADT, pid("1", "Two^Ann")), say("ADT^A04", *ADT, pid("2", "Two^Anne"))], "create")
    one, two = _known(office, "1"), _known(office, "2")
    appointment = office.book(two, 9)
    merged = say("ADT^A40", "EVN|A40|20260302090000", pid("1", "Two^Ann"), "MRG|2^^^RIVERBEND^MR")
    assert [found.outcome for found in office.hear([merged], "hold")] == ["applied"]
    assert _known(office, "2") == one
    assert [visit.appointment_id for visit in schedule.of_patient(office.subject, one)] == [appointment]
    office.hear([say("ADT^A08", "EVN|A08|20260302091500", pid("2", "Two^Anna"))], "hold")
    assert patients.patient(office.subject, one).person.given == "Anna"
    parted = say("ADT^A37", "EVN|A37|20260302100000", pid("1"), pid("2"))
    assert [found.outcome for found in office.hear([parted], "hold")] == ["applied"]
    assert _known(office, "2") == two
    assert [visit.patient_id for visit in [schedule.appointment(office.subject, appointment)]] == [two]
    assert all(found.state == "undone" for found in merging.merges(office.subject, one))


def test_a_merge_with_a_number_nobody_knows_gives_the_number(office: Half):
    office.hear([say("ADT^A04", *ADT, pid("1", "Two^Ann"))], "create")
    one = _known(office, "1")
    [found] = office.hear([say("ADT^A40", "EVN|A40|20260302090000", pid("1", "Two^Ann"), "MRG|77^^^RIVERBEND")], "hold")
    assert (found.outcome, _known(office, "77")) == ("applied", one)
    # The other way round: the survivor is the unknown one.
    [found] = office.hear([say("ADT^A40", "EVN|A40|20260302091000", pid("3", "Two^Ann"), "MRG|1^^^RIVERBEND")], "hold")
    assert (found.outcome, _known(office, "3")) == ("applied", one)


def test_a_merge_that_our_rules_refuse_becomes_work(office: Half):
    told = [("1", "Two^Ann", "111-22-3333"), ("2", "Two^Anne", "444-55-6666")]
    office.hear([say("ADT^A04", *ADT, pid(n, name, rest=f"|||||||||||{ssn}")) for n, name, ssn in told], "create")
    merged = say("ADT^A40", "EVN|A40|20260302090000", pid("1", "Two^Ann"), "MRG|2^^^RIVERBEND^MR")
    [found] = office.hear([merged], "hold")
    assert found.outcome == "error" and "social security" in found.reason
    assert ("interface_refused", "front_desk") in _work(office)
    assert _known(office, "1") != _known(office, "2")


def test_one_bad_message_among_many_spoils_no_other(office: Half):
    good = [say("ADT^A04", *ADT, pid(str(number))) for number in range(20)]
    good.insert(7, say("ADT^A04", *ADT, "PID|1||900^^^RIVERBEND||Bad^Date||1971/02/03"))
    good.insert(12, say("ADT^A04", *ADT, "PID|1||||No^Number"))
    outcomes = [one.outcome for one in office.hear(good, "create")]
    assert outcomes.count("applied") == 20 and (outcomes[7], outcomes[12]) == ("error", "error")


def test_numbers_stand_where_the_partner_puts_them(office: Half):
    options = {"halves": {"patient_numbers": ["PID-2", "PID-3"], "authority": "Old System"}}
    document = ChannelDocument(
        name="theirs", source=HttpsSource(), unknown_patient="create", options=options,
        destinations=[Destination(name="record", transport=RecordTarget())],
    )  # fmt: skip
    steering.save(office.subject, document)
    office.hear([say("ADT^A04", *ADT, "PID|1|A17|B18||Outside^Olga||19710203")], "theirs")
    numbers = [Identifier("OLD SYSTEM", "A17"), Identifier("OLD SYSTEM", "B18")]
    found = [identities.resolve(office.subject, PATIENT, [one]) for one in numbers]
    assert found[0] == found[1] != ""
