"""The sandbox over real folders: what is answered, what is paid when, and what follows later."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Sample = Callable[..., bytes]
Named = Callable[[str, str], list[str]]
MEMBER = "NPP10000001"


def amounts(segment: str, first: int, step: int) -> list[Decimal]:
    return [Decimal(part) for part in segment.split("*")[first::step] if part]


def balanced(text: str) -> Decimal:
    """Check an 835 at line, claim and payment level; gives what was paid."""
    body = [one.split("*") for one in text.replace("\n", "").split("~")]
    claims: list[tuple[Decimal, Decimal]] = []
    open_line = open_claim = Decimal(0)
    adjustments = Decimal(0)
    for at, one in enumerate(body):
        if one[0] in ("SVC", "CLP", "PLB", "SE"):
            assert open_line == 0, "a line is out of balance"
        if one[0] in ("CLP", "PLB", "SE"):
            assert open_claim == 0, "a claim is out of balance"
        if one[0] == "CLP":
            claims.append((Decimal(one[3]), Decimal(one[4])))
            open_claim = claims[-1][0] - claims[-1][1]
        if one[0] == "SVC":
            open_line = Decimal(one[2]) - Decimal(one[3])
        if one[0] == "CAS":
            cut = sum(Decimal(part) for part in one[3::3] if part)
            open_line, open_claim = open_line - cut, open_claim - cut
        if one[0] == "PLB":
            adjustments += sum(Decimal(part) for part in body[at][4::2] if part)
    paid = Decimal(next(one for one in body if one[0] == "BPR")[2])
    assert paid == sum(paid for _, paid in claims) - adjustments >= 0
    return paid


def test_a_file_is_taken_answered_and_paid_in_the_next_cycle(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p"))
    desk.cycle()
    assert desk.kinds() == ["999", "277CA"]
    assert [path.name for path in desk.out.glob("*.x12")] == []
    assert [path.name for path in (desk.out / "taken").iterdir()] == ["0001.x12"]
    (payment,) = desk.cycle()
    assert balanced(payment) == Decimal("93.00")
    assert segments(payment, "CLP")[0].startswith("CLP*CD1001*1*265*93*59.82*12*")
    assert [one for one in segments(payment, "REF") if "*6R*" in one] == [
        "REF*6R*L1001A", "REF*6R*L1001B", "REF*6R*L1001C",
    ]  # fmt: skip
    assert desk.cycle() == []


def test_days_to_pay(sample: Sample, tmp_path: Path, desk: Any) -> None:
    late = type(desk)(tmp_path / "late", days_to_pay=14)
    late.send(sample("office_visit.837p"))
    assert [len(late.cycle(days)) for days in (0, 1, 12, 1)] == [2, 0, 0, 1]
    usual = type(desk)(tmp_path / "usual", days_to_pay=None)
    usual.send(sample("four_claims.837p"))
    assert [len(usual.cycle(days)) for days in (0, 9, 1, 4, 4, 6, 1)] == [3, 0, 1, 1, 1, 0, 1]


def test_one_payment_for_each_payer_and_payee(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("four_claims.837p"))
    desk.cycle()
    payments = desk.cycle()
    assert [segments(one, "REF")[0] for one in payments] == [f"REF*2U*{payer}" for payer in
                                                           ("MCR05", "CASC2", "BLUE3", "GRAN6")]  # fmt: skip
    for one in payments:
        balanced(one)
    assert len({segments(one, "TRN")[0] for one in payments}) == 4


def test_mailboxes_are_kept_apart(sample: Sample, desk: Any) -> None:
    other = desk.folder / "hill" / "to_clearinghouse"
    other.mkdir(parents=True)
    (other / "a.x12").write_bytes(sample("four_claims.837p"))
    desk.send(sample("office_visit.837p"))
    desk.cycle()
    desk.cycle()
    assert desk.kinds() == ["999", "277CA", "835"]
    assert len(list((desk.folder / "hill" / "from_clearinghouse").iterdir())) == 7


def test_the_same_interchange_twice_is_answered_not_paid(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p"))
    desk.cycle()
    desk.send(sample("office_visit.837p"))
    refusal, payment = desk.cycle()
    assert segments(refusal, "TA1")[0].endswith("*R*025")
    assert len(segments(payment, "CLP")) == 1


def test_a_file_under_an_old_name_is_a_new_file(sample: Sample, desk: Any) -> None:
    for control in ("000000101", "000000102"):
        (desk.out / "same.x12").write_bytes(sample("office_visit.837p", "000000101", control))
        desk.cycle()
    assert desk.kinds() == ["999", "277CA", "999", "277CA", "835"]
    assert sorted(path.name for path in (desk.out / "taken").iterdir()) == ["same.2.x12", "same.x12"]


def test_a_duplicate_claim_is_rejected_while_the_first_is_open(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p"))
    desk.send(sample("office_visit.837p", "000000101", "000000102"))
    answers = desk.cycle()
    assert [one.split("*")[1] for one in segments(answers[3], "STC")][-1] == "A3:54"
    assert segments(answers[3], "QTY") == ["QTY*AA*1", "QTY*QC*1"]


def test_the_same_service_on_another_claim_is_denied(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p"))
    desk.cycle()
    desk.send(sample("office_visit.837p", "000000101", "000000102", "CD1001", "CD1077"))
    desk.cycle()
    (payment,) = desk.cycle()
    assert segments(payment, "CAS") == ["CAS*OA*18*180", "CAS*OA*18*45", "CAS*OA*18*40"]
    assert segments(payment, "CLP")[0].split("*")[2] == "4"
    assert segments(payment, "BPR")[0].startswith("BPR*H*0*C*NON*")


def test_a_denied_claim_may_be_sent_again(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + "NOAUTH"))
    desk.cycle()
    desk.cycle()
    corrected = sample("office_visit.837p", MEMBER, MEMBER + "NOAUTH", "000000101", "000000102",
                       "HI*ABK", "REF*G1*AUTH9~\nHI*ABK", "SE*35", "SE*36")  # fmt: skip
    desk.send(corrected)
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == Decimal("93.00")


def test_the_deductible_is_used_up_over_the_year(sample: Sample, desk: Any, segments: Named) -> None:
    shares = []
    for number in range(1, 5):
        content = sample(
            "office_visit.837p", "HC:87880*45*UN*1", "HC:87804*250*UN*9", "*265*", "*470*",
            "000000101", f"00000010{number}", "CD1001", f"CD{number}", "*20260302~", f"*2026030{number}~",
        )  # fmt: skip
        desk.send(content)
        desk.cycle(1)
        (payment,) = desk.cycle(1)
        shares += [one for one in segments(payment, "CAS") if one.startswith("CAS*PR*1") or "*2*" in one]
    assert shares == [
        "CAS*PR*1*191.25", "CAS*PR*1*13.57", "CAS*PR*1*191.25", "CAS*PR*1*13.57",
        "CAS*PR*1*90.36**2*20.18", "CAS*PR*2*2.71", "CAS*PR*2*38.25", "CAS*PR*2*2.71",
    ]  # fmt: skip


def paid_number(desk: Any, segments: Named, content: bytes) -> str:
    """Send a claim, let it be paid; its payer claim number."""
    desk.send(content)
    desk.cycle()
    (payment,) = desk.cycle()
    return segments(payment, "CLP")[0].split("*")[7]


def replacement(sample: Sample, number: str, frequency: str, *pairs: str) -> bytes:
    return sample(
        "office_visit.837p", "000000101", "000000109", "11:B:1*", f"11:B:{frequency}*",
        "HI*ABK", f"REF*F8*{number}~\nHI*ABK", "SE*35", "SE*36", *pairs,
    )  # fmt: skip


def test_a_replacement_reverses_the_original_and_pays_anew(sample: Sample, desk: Any, segments: Named) -> None:
    number = paid_number(desk, segments, sample("office_visit.837p"))
    desk.send(replacement(sample, number, "7", "HC:99213:25*180", "HC:99214:25*230", "*265*", "*315*"))
    desk.cycle()
    (payment,) = desk.cycle()
    back, anew = segments(payment, "CLP")
    assert back.startswith(f"CLP*CD1001*22*-265*-93*-59.82*12*{number}*11*1")
    assert anew.startswith("CLP*CD1001*1*315*141*59.82*12*")
    assert balanced(payment) == Decimal("48.00")


def test_a_void_only_reverses_and_is_carried_forward(sample: Sample, desk: Any, segments: Named) -> None:
    number = paid_number(desk, segments, sample("office_visit.837p"))
    desk.send(replacement(sample, number, "8"))
    desk.cycle()
    (payment,) = desk.cycle()
    assert [one.split("*")[2] for one in segments(payment, "CLP")] == ["22"]
    assert balanced(payment) == 0
    (forward,) = segments(payment, "PLB")
    assert re.fullmatch(r"PLB\*1234567893\*20261231\*FB:NPHP1\d{9}\*-93", forward)
    desk.send(sample("office_visit.837p", "000000101", "000000110", "CD1001", "CD1055"))
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == 0
    assert segments(payment, "PLB")[0].endswith("*93")


def test_a_void_of_an_unpaid_claim_pays_and_reverses_it_at_once(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p"))
    answers = desk.cycle()
    number = next(one for one in segments(answers[1], "REF") if "*1K*" in one).split("*")[2]
    desk.send(replacement(sample, number, "8"))
    payments = [one for one in (*desk.cycle(), *desk.cycle()) if "ST*835" in one]
    assert [one.split("*")[2] for payment in payments for one in segments(payment, "CLP")] == ["1", "22"]


def test_a_replacement_of_an_unknown_claim_is_rejected(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(replacement(sample, "NOSUCH", "7"))
    _, status = desk.cycle()
    assert segments(status, "STC")[-1].startswith("STC*A7:464*")


def test_secondary_pays_the_balance(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("secondary.837p"))
    desk.cycle()
    (payment,) = desk.cycle()
    assert segments(payment, "CLP")[0].startswith("CLP*CD1006*2*275*128**15*")
    assert segments(payment, "CAS") == ["CAS*OA*23*122", "CAS*OA*23*25"]


SCENARIOS = [
    ("TAKEBACK", ["1"], Decimal("93.00"), [], r"WO:\d+\*93\*FB:\w+\*-93"),
    ("REVERSE", ["1"], Decimal("69.40"), ["22", "1"], ""),
]


@pytest.mark.parametrize(("word", "first", "paid", "later", "plb"), SCENARIOS)
def test_what_follows_a_payment(
    sample: Sample,
    desk: Any,
    segments: Named,
    word: str,
    first: list[str],
    paid: Decimal,
    later: list[str],
    plb: str,
) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + word))
    desk.cycle()
    (payment,) = desk.cycle()
    assert [one.split("*")[2] for one in segments(payment, "CLP")] == first
    assert balanced(payment) == paid
    (payment,) = desk.cycle()
    assert [one.split("*")[2] for one in segments(payment, "CLP")] == later
    balanced(payment)
    if plb:
        assert re.fullmatch(r"PLB\*1234567893\*20261231\*" + plb, segments(payment, "PLB")[0])
    assert desk.cycle() == []


def test_interest_is_told_and_paid(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + "INTEREST"))
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == Decimal("94.40")
    assert re.fullmatch(r"PLB\*1234567893\*20261231\*L6:\d+\*-1.4", segments(payment, "PLB")[0])


@pytest.mark.parametrize("word", ["NOLINE", "DROPMOD", "CROSSOVER", "UNDERPAY"])
def test_other_words(sample: Sample, desk: Any, segments: Named, word: str) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + word))
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == {"UNDERPAY": Decimal("69.40")}.get(word, Decimal("93.00"))
    assert ("REF*6R" in payment) is (word != "NOLINE")
    assert ("SVC*HC:99213*180*93**1*HC:99213:25~" in payment) is (word == "DROPMOD")
    assert segments(payment, "CLP")[0].split("*")[2] == ("19" if word == "CROSSOVER" else "1")


def test_capitation_pays_nothing_and_leaves_nothing(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + "CAPITATED"))
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == 0
    assert {one.split("*")[1:3] == ["CO", "24"] for one in segments(payment, "CAS")} == {True}
    assert segments(payment, "CLP")[0].split("*")[2] == "1"


def test_a_bundle_is_one_line_of_several(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + "BUNDLED"))
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == Decimal("93.00")
    (told,) = segments(payment, "SVC")
    assert told.startswith("SVC*HC:99499*") and told.endswith("*1*HC:99213")
    assert "REF*6R" not in payment


@pytest.mark.parametrize(("word", "numbers"), [("SPLIT", 2), ("SPLITBARE", 0)])
def test_a_split_line_is_two_that_add_up(sample: Sample, desk: Any, segments: Named, word: str, numbers: int) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + word))
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == Decimal("93.00")
    sent = len(segments(sample("office_visit.837p").decode(), "SV1"))
    told = [one.split("*") for one in segments(payment, "SVC")]
    assert len(told) == 2 * sent and payment.count("REF*6R") == numbers * sent
    assert sum(Decimal(one[2]) for one in told) == Decimal(segments(payment, "CLP")[0].split("*")[3])
    assert told[0][1] == told[1][1]


def test_a_pended_claim_is_never_paid(sample: Sample, desk: Any) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + "PEND"))
    assert len(desk.cycle()) == 2
    assert desk.cycle(400) == []


def test_paying_everything_at_once(sample: Sample, tmp_path: Path, desk: Any) -> None:
    late = type(desk)(tmp_path / "late", days_to_pay=30)
    late.send(sample("office_visit.837p"))
    late.sandbox.cycle(datetime(2026, 3, 4, tzinfo=UTC), pay_everything=True)
    assert late.kinds() == ["999", "277CA", "835"]


def test_timely_filing(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p"))
    desk.days = 200
    desk.cycle()
    (payment,) = desk.cycle()
    assert {one.split("*")[2] for one in segments(payment, "CAS")} == {"29"}


def test_a_file_that_breaks_the_program_holds_up_nothing(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p", "*265*", "*99999999999999*"))
    desk.send(sample("office_visit.837p", "000000101", "000000102"))
    refusal, *rest = desk.cycle()
    assert segments(refusal, "TA1")[0].endswith("*R*022")
    assert len(rest) == 2
    assert len(desk.cycle()) == 1


def test_an_acknowledgement_is_not_acknowledged(sample: Sample, desk: Any) -> None:
    desk.send(sample("office_visit.837p"))
    answers = desk.cycle()
    desk.send(answers[0].encode())
    assert [one for one in desk.cycle() if "ST*835" not in one] == []


def test_a_naive_time_is_refused(desk: Any) -> None:
    with pytest.raises(ValueError, match="aware"):
        desk.sandbox.cycle(datetime(2026, 3, 4))  # noqa: DTZ001 - that is the point


def test_a_restart_remembers(sample: Sample, tmp_path: Path, desk: Any) -> None:
    desk.send(sample("office_visit.837p"))
    desk.cycle()
    desk.sandbox.close()
    again = type(desk)(tmp_path)
    assert [one for one in again.cycle() if "ST*835" in one]
    assert again.kinds() == ["999", "277CA", "835"]
