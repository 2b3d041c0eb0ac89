"""How guides are written, and that those we have say what they mean."""

from __future__ import annotations

import pytest

from chartdesk.standards.x12 import guides
from chartdesk.standards.x12.dictionary import SEGMENTS, segment_type
from chartdesk.standards.x12.guides.model import MANY, SegmentRule, loop, seg
from chartdesk.standards.x12.placing import Placer, tree
from chartdesk.standards.x12.segments import Segment, segment


def test_the_element_line_of_a_segment() -> None:
    rule = seg("CLM", "Claim", "R1", "01! 02! 05! 05-1! 05-2!=B 06!=N|Y 11..12")
    assert rule.uses[1].required
    assert (rule.uses[5].parts[2].codes, rule.uses[5].parts[2].required) == (frozenset({"B"}), True)
    assert rule.uses[6].codes == {"N", "Y"}
    assert sorted(rule.uses) == [1, 2, 5, 6, 11, 12]
    assert not rule.open
    assert seg("CLM", "Claim", "S*").open


@pytest.mark.parametrize("elements", ["1=", "x", "01!!", "01-"])
def test_a_misspelled_element_line_is_told_at_once(elements: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        seg("CLM", "Claim", "R1", elements)


def test_a_segment_must_be_in_the_dictionary() -> None:
    with pytest.raises(ValueError, match="no segment QQQ"):
        seg("QQQ", "Nothing", "R1", "01!")


def test_usage_says_whether_and_how_often() -> None:
    assert [(rule.required, rule.most) for rule in (seg("N3", "", use) for use in ("R1", "S5", "S*"))] == [
        (True, 1), (False, 5), (False, MANY),
    ]  # fmt: skip


@pytest.mark.parametrize("tag", sorted(SEGMENTS))
def test_every_dictionary_entry_can_be_read(tag: str) -> None:
    known = segment_type(tag)
    assert known is not None
    for _, places in known.notes:
        assert all(1 <= place <= len(known.elements) for place in places)


@pytest.mark.parametrize("guide", guides.ALL, ids=lambda guide: guide.name)
def test_every_guide_stays_inside_the_dictionary(guide: guides.Guide) -> None:
    for rule in guide.root.walk():
        for part in rule.parts:
            if isinstance(part, SegmentRule):
                known = segment_type(part.tag)
                assert known is not None
                for place, use in part.uses.items():
                    assert place <= len(known.elements), (rule.id, part.tag, place)
                    assert max(use.parts, default=0) <= len(known.elements[place - 1].parts), (part.tag, place)


@pytest.mark.parametrize("guide", guides.ALL, ids=lambda guide: guide.name)
def test_every_guide_is_found_by_each_of_its_versions(guide: guides.Guide) -> None:
    for version in guide.versions:
        begin = segment("BHT", "0007", min(guide.purposes)) if guide.purposes else None
        assert guides.guide_for(guide.set_code, version, begin) is guide
    assert guides.guide_for(guide.set_code, "004010") is None


def test_segments_find_their_loops() -> None:
    body = [
        segment("BHT", "0019", "00", "1", "20260304", "0930", "CH"),
        segment("NM1", "41", "2", "SENDER", "", "", "", "", "46", "S"),
        segment("NM1", "40", "2", "TAKER", "", "", "", "", "46", "R"),
        segment("HL", "1", "", "20", "1"),
        segment("NM1", "85", "2", "CLINIC"),
        segment("HL", "2", "1", "22", "0"),
        segment("SBR", "P", "18"),
        segment("CLM", "C1", "10"),
        segment("LX", "1"),
        segment("NM1", "82", "1", "LINE"),
        segment("LX", "2"),
        segment("HL", "3", "", "20", "1"),
    ]
    root = tree(guides.CLAIM_837P, body)
    assert [one.id for one in root.loops] == ["1000A", "1000B", "2000A", "2000A"]
    claim = root.loops[2].loops[1].loops[0]
    assert [one.id for one in claim.loops] == ["2400", "2400"]
    assert claim.loops[0].one("2420A") is not None
    assert claim.above("2000A") is root.loops[2]
    assert [one.tag for one in root.flat()] == [one.tag for one in body]


def test_what_fits_nowhere_stays_where_it_came() -> None:
    placer = Placer(guides.CLAIM_837P)
    placer.add(segment("BHT", "0019"))
    placed = placer.add(segment("PLB", "1"))
    assert (placed.fault, placed.rule) == ("unexpected", None)
    assert placer.root.segments[-1].tag == "PLB"


def test_a_set_is_added_by_adding_a_guide() -> None:
    root = loop(
        "ST",
        "A made-up set",
        "R1",
        seg("BHT", "Beginning", "R1", "01! 02!"),
        loop("1000", "Names", "S2", seg("N1", "Name", "R1", "01!=AA 02!"), seg("N3", "Street", "S1", "01!")),
    )
    guide = guides.Guide("999", "Made up", "XX", ("X1",), root)
    found = tree(
        guide, [segment("BHT", "1", "2"), segment("N1", "AA", "ONE"), segment("N1", "AA", "TWO"), segment("N3", "A")]
    )
    assert [[one.tag for one in part.segments] for part in found.loops] == [["N1"], ["N1", "N3"]]


def test_elements_that_were_not_sent_are_empty() -> None:
    one = Segment(["SV1", "HC:99213:25", "", "30^98"])
    assert (one[1], one[2], one[9]) == ("HC:99213:25", "", "")
    assert (one.part(1, 2), one.part(1, 9), one.parts(2)) == ("99213", "", [])
    assert one.repeats(3) == ["30", "98"]
    assert one.values() == [("HC", "99213", "25"), "", ["30", "98"]]
    assert repr(one) == "SV1*HC:99213:25**30^98"
