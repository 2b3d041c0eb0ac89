"""What the patient will owe, as a table: statements of the plan, lines, dollars and where they come from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from chartdesk.pms.coverage.benefits import Benefit
from chartdesk.pms.coverage.rules import Before, estimate, out_of_network

D = Decimal


def said(info: str, types: str, amount: str | None = None, **more: object) -> Benefit:
    """A statement of the payer; ``text`` names it in the expectations."""
    percent = more.pop("percent", None)
    period = str(more.pop("period", ""))
    text = f"{info} {types} {period} {amount or percent}".replace("  ", " ")
    return Benefit(
        info=info,
        text=text,
        service_types=tuple(types.split("^")),
        amount=D(amount) if amount is not None else None,
        percent=D(str(percent)) if percent is not None else None,
        period=period,
        in_network=str(more.get("network", "Y")),
        level="IND",
    )


COPAY = said("B", "98", "25", period="27")
ONLY_COPAY = said("A", "98", percent="0")
LEFT_500 = said("C", "30", "500", period="29")
LEFT_0 = said("C", "30", "0", period="29")
SHARE_20 = said("A", "30", percent="0.2")
PHYSICAL = said("B", "81", "0", period="27")
PPO = [COPAY, ONLY_COPAY, LEFT_500, SHARE_20, PHYSICAL]
SAVER = [said("B", "98", "0", period="27"), LEFT_500, SHARE_20, PHYSICAL]


def room(amount: str) -> Benefit:
    return said("G", "30", amount, period="29")


VISIT, SECOND_VISIT = ("99213", D("118.00")), ("99214", D("166.00"))
LAB, PROCEDURE, CHECKUP = ("80053", D("13.57")), ("11042", D("160.00")), ("99396", D("150.00"))

#: name, statements, lines, owed (None: unknown), at least, amounts of the parts, unknown
TABLE = [
    ("copay only", PPO, [VISIT], "25.00", "25.00", ["25.00"], []),
    ("copay once a day", PPO, [VISIT, SECOND_VISIT], "25.00", "25.00", ["25.00"], []),
    ("laboratory toward the deductible", PPO, [VISIT, LAB], "38.57", "38.57", ["25.00", "13.57"], []),
    ("deductible met", [COPAY, ONLY_COPAY, LEFT_0, SHARE_20], [PROCEDURE], "32.00", "32.00", ["32.00"], []),
    (
        "the line that meets the deductible",
        [said("C", "30", "60", period="29"), SHARE_20],
        [PROCEDURE],
        "80.00",
        "80.00",
        ["60.00", "20.00"],
        [],
    ),
    (
        "the deductible is used once",
        [said("C", "30", "100", period="29"), SHARE_20],
        [PROCEDURE, PROCEDURE],
        "144.00",
        "144.00",
        ["100.00", "12.00", "32.00"],
        [],
    ),
    ("visits meet the deductible", SAVER, [VISIT], "118.00", "118.00", ["0.00", "118.00"], []),
    (
        "visits after the deductible",
        [*SAVER[:1], LEFT_0, SHARE_20],
        [VISIT],
        "23.60",
        "23.60",
        ["0.00", "23.60"],
        [],
    ),
    (
        "copay and coinsurance both",
        [COPAY, LEFT_0, SHARE_20],
        [VISIT],
        "43.60",
        "43.60",
        ["25.00", "18.60"],
        [],
    ),
    ("preventive care as stated", PPO, [CHECKUP], "0.00", "0.00", ["0.00"], []),
    ("preventive care not stated", PPO[:4], [CHECKUP], "150.00", "150.00", ["150.00"], []),
    (
        "a copay never exceeds the allowed amount",
        PPO,
        [("99211", D("20.00"))],
        "20.00",
        "20.00",
        ["20.00"],
        [],
    ),
    ("out-of-pocket limit reached", [*PPO, room("0")], [VISIT, LAB], "0.00", "0.00", ["0.00", "0.00"], []),
    (
        "out-of-pocket limit in reach",
        [*PPO, room("30")],
        [VISIT, LAB],
        "30.00",
        "30.00",
        ["25.00", "5.00"],
        [],
    ),
    ("copay unknown", PPO[1:], [VISIT], None, "0.00", [], ["the copay for an office visit"]),
    (
        "copay unknown, the rest known",
        PPO[1:],
        [VISIT, LAB],
        None,
        "13.57",
        ["13.57"],
        ["the copay for an office visit"],
    ),
    ("copay unknown but not needed", PPO[1:], [LAB], "13.57", "13.57", ["13.57"], []),
    ("deductible unknown", [COPAY, SHARE_20], [LAB], None, "0.00", [], ["what remains of the deductible"]),
    ("deductible unknown but not needed", [COPAY, ONLY_COPAY], [VISIT], "25.00", "25.00", ["25.00"], []),
    ("coinsurance unknown but not reached", [COPAY, LEFT_500], [LAB], "13.57", "13.57", ["13.57"], []),
    ("coinsurance unknown", [COPAY, LEFT_0], [LAB], None, "0.00", [], ["the coinsurance"]),
    ("nothing stated", [], [VISIT], None, "0.00", [], ["the copay for an office visit"]),
    ("nothing asked", PPO, [], "0.00", "0.00", [], []),
    (
        "out of network figures are not ours",
        [said("B", "98", "90", network="N"), ONLY_COPAY],
        [VISIT],
        None,
        "0.00",
        [],
        ["the copay for an office visit"],
    ),
    (
        "laboratory free where the plan says so",
        [*PPO, said("A", "5", percent="0")],
        [LAB],
        "0.00",
        "0.00",
        ["0.00"],
        [],
    ),
    (
        "coinsurance rounds half up",
        [LEFT_0, said("A", "30", percent="0.15")],
        [("80053", D("12.30"))],
        "1.85",
        "1.85",
        ["1.85"],
        [],
    ),
]


@pytest.mark.parametrize(
    ("stated", "lines", "owed", "least", "amounts", "unknown"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_estimate(
    stated: list[Benefit],
    lines: list[tuple[str, Decimal]],
    owed: str | None,
    least: str,
    amounts: list[str],
    unknown: list[str],
) -> None:
    found = estimate(stated, lines)
    assert found.patient_owes == (None if owed is None else D(owed))
    assert (found.at_least, found.unknown) == (D(least), unknown)
    assert [part.amount for part in found.parts] == [D(amount) for amount in amounts]
    assert found.allowed == sum((amount for _, amount in lines), D("0.00"))
    texts = {one.text for one in stated}
    for part in found.parts:
        assert part.sentence and set(part.cites.split(", ")) <= texts


def test_the_working_is_shown() -> None:
    found = estimate([said("C", "30", "60", period="29"), SHARE_20, room("70")], [PROCEDURE])
    assert [(part.sentence, part.amount, part.cites) for part in found.parts] == [
        ("11042: goes toward the deductible, of which $60.00 remains", D("60.00"), "C 30 29 60"),
        (
            "11042: 20 % coinsurance of $100.00; the out-of-pocket limit leaves $10.00 of $20.00",
            D("10.00"),
            "A 30 0.2, G 30 29 70",
        ),
    ]


TESTS = Before("Claim C1 of Mar 2 is under way", [LAB, PROCEDURE])


@pytest.mark.parametrize(
    ("stated", "before", "owed", "words"),
    [
        (PPO, [TESTS], "160.00", ["it will use $173.57 of the deductible"]),
        ([said("C", "30", "200", period="29"), SHARE_20], [TESTS], "53.14", ["it will use $173.57 of the deductible"]),
        (
            [said("C", "30", "50", period="29"), SHARE_20, room("60")],
            [TESTS],
            "0.00",
            ["it will use $50.00 of the deductible and $60.00 of the out-of-pocket limit"],
        ),
        ([LEFT_0, SHARE_20], [TESTS], "32.00", []),
        ([SHARE_20], [TESTS], None, []),
        (
            [LEFT_500, SHARE_20],
            [Before(TESTS.words, [LAB], whole=False)],
            "160.00",
            ["it will use $13.57 of the deductible", "not counted is what the contract has no figure for"],
        ),
        ([LEFT_500, SHARE_20], [TESTS, Before("Claim C2 is under way", [("11042", D("400"))])], "32.00", None),
    ],
)
def test_claims_under_way_come_first(stated, before, owed, words) -> None:
    found = estimate(stated, [PROCEDURE], before=before)
    assert found.patient_owes == (None if owed is None else D(owed))
    told = [part for part in found.parts if "under way" in part.sentence]
    assert all(part.amount == 0 for part in told)
    if words is not None:
        assert [part.sentence for part in told] == [f"{TESTS.words}: {one}" for one in words]


def test_a_copay_of_a_claim_under_way_is_not_this_visits() -> None:
    found = estimate([*PPO, room("40")], [VISIT], before=[Before("Claim C1", [VISIT])])
    assert [(part.sentence, part.amount) for part in found.parts] == [
        ("Claim C1: it will use $25.00 of the out-of-pocket limit", D("0.00")),
        ("Office visit 99213: copay; the out-of-pocket limit leaves $15.00 of $25.00", D("15.00")),
    ]


def test_the_copay_on_the_card_stands_in_and_says_so() -> None:
    found = estimate(PPO[1:], [VISIT], printed_copay=D("30"))
    assert (found.patient_owes, found.parts[0].cites) == (D("30.00"), "printed on the card")
    assert estimate(PPO, [VISIT], printed_copay=D("30")).patient_owes == D("25.00")


def test_out_of_network_what_is_said_of_it_counts() -> None:
    outside = [said("C", "30", "1000", period="29", network="N"), said("A", "30", percent="0.4", network="N")]
    inside = [COPAY, ONLY_COPAY, LEFT_0, SHARE_20]
    assert estimate([*inside, *outside], [PROCEDURE]).patient_owes == D("32.00")
    made = estimate(out_of_network([*inside, *outside]), [PROCEDURE])
    assert made.patient_owes == D("160.00")
    assert [part.cites for part in made.parts] == ["C 30 29 1000"]
    both = estimate(out_of_network([*inside, said("A", "30", percent="0.4", network="N")]), [PROCEDURE])
    assert both.unknown == ["what remains of the deductible"]


def of_code(info: str, code: str, **more: object) -> Benefit:
    return structs.replace(said(info, "", **more), service_types=(), code=code)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statements", "line", "owed", "words"),
    [
        ([*PPO, said("I", "5")], LAB, "13.57", "80053: not covered by the plan"),
        ([*PPO, of_code("I", "11042")], PROCEDURE, "160.00", "11042: not covered by the plan"),
        ([*PPO, said("I", "5", network="N")], LAB, "13.57", "80053: goes toward the deductible"),
        ([*PPO, said("I", "30")], PROCEDURE, "160.00", "11042: goes toward the deductible"),
        # The code goes before the kind of service.
        ([*PPO, of_code("B", "80053", amount="5"), said("A", "5", percent="0.5")], LAB, "5.00", "copay"),
        ([*PPO, of_code("B", "99213", amount="40")], VISIT, "40.00", "copay"),
        ([*PPO, of_code("A", "11042", percent="0"), said("C", "30", "0", period="29")], PROCEDURE, "0.00", "nothing"),
        ([*PPO, of_code("B", "99214", amount="40")], VISIT, "25.00", "copay"),
        # No deductible for laboratory, and half of it to pay.
        ([*PPO, said("C", "5", "0", period="23"), said("A", "5", percent="0.5")], LAB, "6.79", "50 % coinsurance"),
        ([*PPO, said("C", "30^5", "0", period="24"), said("A", "5", percent="0.5")], LAB, "13.57", "deductible"),
    ],
)
def test_what_is_said_of_a_service_goes_before_what_is_said_of_the_plan(
    statements: list[Benefit], line: tuple[str, Decimal], owed: str, words: str
) -> None:
    made = estimate(statements, [line])
    assert (made.patient_owes, made.unknown) == (D(owed), [])
    assert any(words in part.sentence for part in made.parts), made.parts


def test_what_is_not_covered_counts_toward_no_limit() -> None:
    made = estimate([*PPO, room("20"), said("I", "5")], [LAB, PROCEDURE])
    assert [part.amount for part in made.parts] == [D("13.57"), D("20.00")]
