"""The writer never lets data become a separator, and its counts and numbers agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
import x12_examples as examples

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import claim_837p, eligibility_270
from chartdesk.standards.x12.encoding import encode, encode_all, plain
from chartdesk.standards.x12.envelope import isa
from chartdesk.standards.x12.parties import Address, Contact
from chartdesk.standards.x12.reader import segments
from chartdesk.standards.x12.segments import STANDARD, Segment, Separators, Value, segment


def tags(content: bytes) -> dict[str, Segment]:
    return {one.tag: one for one in segments(content)}


def test_counts_and_control_numbers_agree() -> None:
    written = claim_837p.write(examples.interchange(examples.claim(), examples.dependent_claim(), control=42))
    found = tags(written)
    count = [one.tag for one in segments(written)]
    assert found["SE"][1] == str(count.index("SE") - count.index("ST") + 1)
    assert found["SE"][2] == found["ST"][2]
    assert (found["GE"][1], found["GE"][2]) == ("1", found["GS"][6])
    assert (found["IEA"][1], found["IEA"][2]) == ("1", "000000042")
    assert found["ISA"][13] == "000000042"


def test_the_isa_is_106_characters() -> None:
    text = isa(examples.envelope(7))
    assert len(text) == 106
    assert text.endswith(":~")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"control": 0}, "0 is not an interchange control number"),
        ({"control": 1_000_000_000}, "is not an interchange control number"),
        ({"usage": "X"}, "is not a usage"),
        ({"sender": "A NAME OF MORE THAN FIFTEEN"}, "longer than 15"),
    ],
)
def test_an_envelope_that_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(Invalid, match=message):
        isa(examples.envelope(**changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("Müller", "MULLER"),
        ("Łukasz Øster", "LUKASZ OSTER"),
        ("Straße", "STRASSE"),
        ("O’Neil", "O'NEIL"),
        ("A*B~C:D^E", "A B C D E"),
        ("Line\r\nbreak", "LINE BREAK"),
        ("  two   spaces", "TWO   SPACES"),
        ("漢字", ""),
    ],
)
def test_words_are_made_sendable(given: str, sent: str) -> None:
    assert plain(given, STANDARD) == sent


def test_words_keep_their_case_where_asked() -> None:
    assert plain("Müller", STANDARD, uppercase=False) == "Muller"


@pytest.mark.parametrize("identifier", ["A*1", "A~1", "A:1", "A^1", "É1", "A\n1"])
def test_an_identifier_is_never_altered_but_refused(identifier: str) -> None:
    with pytest.raises(Invalid, match="cannot be sent"):
        claim_837p.write(examples.interchange(examples.claim(pcn=identifier)))


def test_a_separator_of_the_partner_is_kept_out_too() -> None:
    marks = Separators("|", "+", ">", "\n")
    billing = examples.billing(name="A|B+C>D", address=Address(line1="1 A", city="X>Y", state="NY", postal="12207"))
    written = claim_837p.write(examples.interchange(examples.claim(billing=billing), separators=marks))
    found = next(one for one in segments(written) if one.tag == "NM1" and one[1] == "85")
    assert found[3] == "A B C D"


def test_trailing_empty_elements_and_components_are_left_out() -> None:
    assert encode(segment("SV1", ("HC", "99213", "", ""), "10", "", ""), STANDARD) == "SV1*HC:99213*10~"
    assert encode(segment("EQ", ["30", "98"]), STANDARD) == "EQ*30^98~"
    assert encode(segment("EQ", ["30"]), STANDARD) == "EQ*30~"


_USUAL = segment("REF", "6R", "L1")


@pytest.mark.parametrize(
    "odd",
    [
        segment("NM1", "IL", "1", " O*Neil~", "Zoë", "漢字"),
        segment("SBR", "P", "18", "", "Group: one"),
        segment("SV1", ("HC", "99213", "25", "", "", "", "Visit: short"), "10", "UN", "1"),
        segment("CLM", "C1", "10", "", "", ("11", "B", "1"), "Y"),
        segment("EQ", ["30", "98"]),
        segment("NTE", "ADD", "漢字"),
        Segment(["REF", "6R", "A|B>C"], 1, Separators("|", "+", ">", "\n")),
    ],
    ids=lambda one: one.tag,
)
@pytest.mark.parametrize("marks", [STANDARD, Separators("|", "+", ">", "\n")], ids=["usual", "partner"])
def test_many_segments_are_written_as_each_alone(odd: Segment, marks: Separators) -> None:
    body = [_USUAL, odd, _USUAL]
    try:
        alone = "".join(encode(one, marks) for one in body)
    except Invalid as fault:
        with pytest.raises(Invalid, match=re.escape(fault.message)):
            encode_all(body, marks)
    else:
        assert encode_all(body, marks) == alone


@pytest.mark.parametrize("value", ["A*1", "A~1", "A:1", "A^1", "É1", "A\n1"])
@pytest.mark.parametrize("place", [(lambda it: it), (lambda it: ("HC", it))], ids=["element", "component"])
def test_among_many_segments_the_wrong_one_is_named(value: str, place: Callable[[str], Value]) -> None:
    with pytest.raises(Invalid, match="cannot be sent") as refusal:
        encode_all([_USUAL, segment("SV1", "A", place(value)), _USUAL], STANDARD)
    assert refusal.value.where.startswith("SV102")


def test_repeats_need_a_separator_of_their_own() -> None:
    with pytest.raises(Invalid, match="none for repeats"):
        encode(segment("EQ", ["30", "98"]), Separators(repetition=""))


def test_amounts_are_sent_without_needless_zeros() -> None:
    written = claim_837p.write(examples.interchange(examples.claim(lines=[examples.line(charge=Decimal("100.50"))])))
    assert tags(written)["CLM"][2] == "100.5"


def test_what_breaks_the_guide_is_refused_with_every_fault() -> None:
    subscriber = examples.subscriber(birth=None, gender="", member_id="")
    with pytest.raises(Invalid) as refusal:
        claim_837p.write(examples.interchange(examples.claim(subscriber=subscriber)))
    rules = {one.rule for one in refusal.value.issues}
    assert {"element-missing", "subscriber-patient"} <= rules


def test_nothing_to_send_is_refused() -> None:
    with pytest.raises(Invalid, match="nothing to send"):
        eligibility_270.write(examples.envelope(), [])


def test_a_contact_sends_three_numbers_at_most() -> None:
    contact = Contact(name="X", phone="5185550100", extension="9", fax="5185550101", email="a@b.test")
    billing = examples.billing(contacts=[contact])
    written = claim_837p.write(examples.interchange(examples.claim(billing=billing)))
    last = [one for one in segments(written) if one.tag == "PER"][-1]
    assert last.elements[3:] == ["TE", "5185550100", "EX", "9", "FX", "5185550101"]
