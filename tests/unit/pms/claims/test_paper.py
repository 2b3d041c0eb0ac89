"""Claims on paper: each text lies within its box, numbers are never cut, and a paper payer gets no 837P."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from pypdf import PdfReader
from tests.money.office import PAYER

from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.claims import commands
from chartdesk.pms.claims.content import (
    Attached,
    Billing,
    ClaimContent,
    Facility,
    Human,
    Institutional,
    Insured,
    Line,
    PayerFacts,
    Place,
    Prior,
    PriorLine,
    Provider,
)  # fmt: skip
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.claims.paper import boxes, printing
from chartdesk.pms.claims.paper.content import forms
from chartdesk.pms.registration.named import Named

DAY = date(2026, 3, 2)
HOME = Place("12 Elm Street", "Apt 4", "Columbus", "OH", "432151234")
#: A claim that fills every place there is, with eight lines.
FULL = ClaimContent(
    number="C0010001", service_date=DAY, superbill=1, patient_id="p",
    patient=Human("Payne-O'Hara", "Patricia", "Quinn", "", date(1960, 1, 2), "female", HOME),
    billing=Billing("River Family Clinic", "1993999998", "12-3456789", "207Q00000X", "(614) 555-0100",
                    Place("100 Main Street", "", "Columbus", "OH", "43215")),
    payer=PayerFacts("OLD1", "Old Paper Mutual", "CI", Place("1 Payer Way", "", "Columbus", "OH", "43004")),
    insured=Insured("c", "M000-123", "GROUP9", "Preferred", "child",
                    Human("Payne", "Robert", "", "Jr", date(1935, 5, 5), "male", HOME)),
    diagnoses=("J02.0", "E11.9", "I10", "M54.50", "R05.1", "N39.0", "K21.9", "F41.1", "R51.9", "E78.5", "L03.115",
               "H66.90"),
    lines=tuple(
        Line(number, f"c-{number}", f"9921{number}", Decimal(number), Decimal(f"{1000 * number}.05"),
             ("25", "59", "76", "LT"), (1, 12, 3, 4), day=date(2026, 3, number))
        for number in range(1, 9)
    ),
    total=Decimal("36000.40"), rank=2, frequency="7", payer_claim_number="ICN0001", prior_authorization="AUTH77",
    rendering=Provider("x", "Reed", "Ana", "1234567893"), facility=Facility("Main Street Office", HOME),
    circumstances=Circumstances(
        ("auto", "employment"), date(2026, 2, 27), "OH", date(2026, 2, 20), None, date(2026, 2, 28), date(2026, 2, 28),
        date(2026, 3, 5), date(2026, 3, 1), date(2026, 3, 3), Named("Okafor", "Ngozi", "1234567893", "OH35071234"),
    ),
    attachments=(Attached("OZ", "EL", "A0000001"), Attached("B4", "BM", "A0000002")),
    prior=(Prior(1, PayerFacts("P", "First Mutual"), Insured("d", "F1", "", "Basic", "self",
                 Human("Payne", "Patricia")), Decimal("80.00"), lines=(PriorLine(1, Decimal("80.00")),)),),
)  # fmt: skip


def _texts(content: bytes) -> list[list[tuple[float, float, str]]]:
    """Of each page: (left edge, baseline from the top, text) of every piece, in tenths of a point."""
    pages = []
    for page in PdfReader(io.BytesIO(content)).pages:
        found: list[tuple[float, float, str]] = []

        def visit(text, cm, tm, fonts, size, found=found):
            if text.strip():
                x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
                y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
                found.append((10 * x, boxes.PAPER[1] - 10 * y, text.strip()))

        page.extract_text(visitor_text=visit)
        pages.append(found)
    return pages


def test_every_place_lies_within_its_box():
    for name, field in boxes.FIELDS.items():
        box = boxes.BOXES[field.box]
        assert box.left <= field.column and field.column + field.width - 1 <= box.right, name
        assert box.top <= field.line <= box.bottom, name


def test_no_two_places_lie_over_each_other_and_no_two_boxes():
    taken: dict[tuple[int, int], str] = {}
    for name, field in boxes.FIELDS.items():
        for column in range(field.column, field.column + field.width):
            assert taken.setdefault((field.line, column), name) == name
    cells: dict[tuple[int, int], str] = {}
    for name, box in boxes.BOXES.items():
        for line in range(box.top, box.bottom + 1):
            for column in range(box.left, box.right + 1):
                assert cells.setdefault((line, column), name) == name, (name, line, column)


@pytest.mark.parametrize("drawn", [True, False])
def test_what_is_printed_lies_within_its_box(drawn):
    content = printing.pdf([FULL], DAY, drawn=drawn)
    sheets = [page.mediabox for page in PdfReader(io.BytesIO(content)).pages]
    sizes = {(round(one.width * 10), round(one.height * 10)) for one in sheets}
    assert sizes == {boxes.PAPER}
    pages = _texts(content)
    assert len(pages) == 2
    for values, found in zip(forms(FULL, DAY), pages, strict=True):
        for name, text in values.items():
            left, top, right, bottom = boxes.BOXES[boxes.FIELDS[name].box].corners
            inside = [
                one for one in found
                if one[2] == text and left - 1 <= one[0] and one[0] + len(text) * boxes.COLUMN <= right + 1
                and top < one[1] < bottom
            ]  # fmt: skip
            assert inside, (name, text)
        if not drawn:
            assert len(found) == len(values)


def test_what_stands_on_the_form():
    first, second = forms(FULL, DAY)
    expected = {
        "payer 1": "OLD PAPER MUTUAL", "1 group": "X", "1a": "M000123", "2": "PAYNE-O'HARA, PATRICIA, Q",
        "3 month": "01", "3 year": "1960", "3 female": "X", "4": "PAYNE JR, ROBERT", "6 child": "X",
        "5 zip": "43215-1234", "9": "PAYNE, PATRICIA", "9a": "F1", "11": "GROUP9", "11d yes": "X", "21 A": "J020",
        "21 L": "H6690", "22 code": "7", "22": "ICN0001", "23": "AUTH77", "25": "123456789", "25 ein": "X",
        "24A.1 year": "26", "24D.2": "99212", "24D.1 4": "LT", "24E.1": "ALCD", "24F.1": "1000 05", "24G.6": "6",
        "24J.1": "1234567893", "28": "21000 30", "29": "80 00", "33 area": "614", "33a": "1993999998",
    }  # fmt: skip
    assert {name: first.get(name) for name in expected} == expected
    assert second["24D.1"] == "99217" and second["24A.1 day"] == "07" and "24D.3" not in second
    assert (second["28"], second["29"]) == ("15000 10", "0 00")


def test_medicare_first_says_that_nobody_is_before_it():
    payer = msgspec.structs.replace(FULL.payer, filing_indicator="MB")
    (first, _) = forms(msgspec.structs.replace(FULL, payer=payer, rank=1, prior=()), DAY)
    assert (first["1 medicare"], first["11"], first["11d no"]) == ("X", "NONE", "X")
    assert "9" not in first and "11c" not in first


@pytest.mark.parametrize(
    ("kind", "place"),
    [("MB", "medicare"), ("MC", "medicaid"), ("CH", "tricare"), ("CI", "group"), ("WC", "other"), ("AM", "other")],
)
def test_item_1_says_what_kind_of_insurance_it_is(kind, place):
    payer = msgspec.structs.replace(FULL.payer, filing_indicator=kind)
    first = forms(msgspec.structs.replace(FULL, payer=payer), DAY)[0]
    assert [name for name in first if name.startswith("1 ")] == [f"1 {place}"]


def test_the_drawn_form_says_what_each_tick_means_and_the_printed_one_does_not():
    words = {text for _, _, text in boxes.labels()}
    assert {"Medicare", "FECA", "Other", "Self", "M", "yes", "EIN", "A", "L"} <= words
    for drawn in (True, False):
        shown = {text for _, _, text in _texts(printing.pdf([FULL], DAY, drawn=drawn))[0]}
        assert ("Champva" in shown) is drawn


@pytest.mark.parametrize(("group", "policy"), [("GROUP9", "GROUP9"), ("", "M000-123")])
def test_the_insurers_number_of_a_case_stands_in_11b(group, policy):
    payer = msgspec.structs.replace(FULL.payer, filing_indicator="AM")
    said = msgspec.structs.replace(FULL.circumstances, claim_number="2026-0042/A")
    insured = msgspec.structs.replace(FULL.insured, group_number=group)
    first = forms(msgspec.structs.replace(FULL, payer=payer, circumstances=said, insured=insured), DAY)[0]
    assert (first["11b qualifier"], first["11b"], first["11"]) == ("Y4", "2026-0042/A", policy)
    assert "11b" not in forms(msgspec.structs.replace(FULL, circumstances=said), DAY)[0]
    with pytest.raises(Invalid, match="the insurer's number of the case"):
        long = msgspec.structs.replace(said, claim_number="9" * 28)
        forms(msgspec.structs.replace(FULL, payer=payer, circumstances=long), DAY)


def test_an_institutional_claim_has_no_cms_1500():
    content = msgspec.structs.replace(FULL, institutional=Institutional("71", DAY, DAY))
    with pytest.raises(Invalid, match="institutional"):
        forms(content, DAY)


@pytest.mark.parametrize(
    "change", [{"prior_authorization": "A" * 30}, {"payer_claim_number": "9" * 19}, {"number": "C" * 15}]
)
def test_a_number_that_does_not_fit_is_refused_not_cut(change):
    with pytest.raises(Invalid) as refused:
        forms(msgspec.structs.replace(FULL, **change), DAY)
    assert refused.value.where in ("23", "22", "26") and refused.value.cure


def test_letters_that_the_form_does_not_take_become_those_it_does():
    patient = msgspec.structs.replace(FULL.patient, family="Nuñez“x”", given="Zoë")
    assert forms(msgspec.structs.replace(FULL, patient=patient), DAY)[0]["2"] == "NUNEZX, ZOE, Q"


def test_a_payer_on_paper_gets_forms_and_the_others_an_837p(desk):
    from tests.unit.pms.claims.conftest import payer

    electronic = desk.ready(payers=("SECO2",))
    with transaction(desk.subject):
        row = payer(desk.office)
        row.settings = {"paper": True}
        row.save()
    paper = desk.ready()
    commands.submit(desk.subject, [paper, electronic])
    assert commands.send_pending(desk.subject) == 1
    assert len(desk.out) == 1 and desk.out[0].name.endswith("837P.x12")
    claim = desk.claim(paper)
    file = claim.interchange
    assert (claim.status, claim.payer_id, file.kind, file.status) == ("submitted", PAYER, "CMS-1500", "to_print")
    assert bytes(file.content).startswith(b"%PDF")
    (item,) = desk.office.items("paper_claims")
    commands.mailed(desk.subject, file.pk)
    assert desk.office.items("paper_claims") == [] and item.link_id == str(file.pk)
    with transaction(desk.subject):
        assert Interchange.objects.get(pk=file.pk).status == "sent"
    assert desk.story(paper)[-1] == "sent"
    with pytest.raises(Conflict):
        commands.mailed(desk.subject, file.pk)


def test_a_claim_that_the_form_cannot_hold_is_held(desk):
    from tests.unit.pms.claims.conftest import payer

    with transaction(desk.subject):
        row = payer(desk.office)
        row.settings = {"paper": True}
        row.save()
    fine, long = desk.ready(), desk.ready()
    with transaction(desk.subject):
        claim = desk.claim(long)
        claim.content["prior_authorization"] = "9" * 40
        claim.save()
    commands.submit(desk.subject, [fine, long])
    assert (desk.claim(fine).status, desk.claim(long).status) == ("submitted", "held")
    assert "authorization number" in desk.office.items("claim_scrub")[0].title
