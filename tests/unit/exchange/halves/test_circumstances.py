"""Why the patient came, in a DFT: what is written is read again, and what other programs write. Pure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.exchange.halves.test_segments import WORDS, read

from chartdesk.exchange.halves.hl7v2 import circumstances as why
from chartdesk.exchange.halves.hl7v2.segments import segment
from chartdesk.pms.charges import admissions
from chartdesk.pms.charges.circumstances import ROLES, Circumstances
from chartdesk.pms.registration.named import Named

LINE = "FT1|1|T1||20260302||CG|||||||||||||J020|1234567893^Reed|{ordering}||||99213"
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2026, 3, 2))
#: A name as it is kept: tidy, and never of spaces alone.
PEOPLE = st.none() | st.builds(
    Named, WORDS.filter(bool), WORDS, st.just("1993999998"), st.sampled_from(["", "OH35.071234"])
)
#: The insurer's number, which may hold any character, and what is coded on institutional claims.
TEXTS = {
    "claim_number": WORDS,
    **{name: st.sampled_from(["", *codes]) for name, (_, codes) in admissions.FIELDS.items()},
    **{name: st.sampled_from(["", "0000", "0815", "2359"]) for name in admissions.HOURS},
}
CAUSES = st.sampled_from([("auto",), ("employment",), ("other",), ("auto", "employment"), ("employment", "other")])


def told(*segments: str, ordering: str = "") -> Circumstances:
    visit = [one for one in segments if one.startswith(("PV1", "OBX"))]
    after = [one for one in segments if one.startswith("ACC")]
    [fact] = read("DFT^P03", "PID|1||1||A^B", *visit, LINE.format(ordering=ordering), "DG1|1||J020", *after)
    return fact.circumstances


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_written_is_read_again(data: st.DataObject) -> None:
    dates = {name: data.draw(DAYS) for name in why._DATES.values()}
    people = {role: data.draw(PEOPLE) for role in ROLES}
    told_of = {name: data.draw(one) for name, one in TEXTS.items()}
    said = Circumstances(**dates, **people, **told_of)
    if data.draw(st.booleans()):
        said = Circumstances(data.draw(CAUSES), date(2026, 2, 27), "OH", **dates, **people, **told_of)
    elif data.draw(st.booleans()):
        said = Circumstances(("none",), **dates, **people, **told_of)
    visit = segment("PV1", {1: "1", 2: "O", 8: why.person(said.referring)})
    written = [visit, *why.observations(said, 0), *why.accident(said)]
    read_again = told(*written, ordering=why.person(said.ordering))
    assert (set(read_again.causes), kept(read_again)) == (set(said.causes), kept(said))


def kept(said: Circumstances) -> dict:
    return {name: getattr(said, name) for name in Circumstances.__struct_fields__ if name != "causes"}


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (["ACC|20260227|AA^^||OH|N"], Circumstances(("auto",), date(2026, 2, 27), "OH")),
        (["ACC|202602271130|MVA|corner|oh"], Circumstances(("auto",), date(2026, 2, 27), "OH")),
        (["ACC|20260227|||XX|Y"], Circumstances(("employment",), date(2026, 2, 27))),
        (["ACC|20260227|FALL^Fell"], Circumstances(("other",), date(2026, 2, 27))),
        (["PV1|1|O||||||1993999998^Okafor^Ngozi"], Circumstances(referring=Named("Okafor", "Ngozi", "1993999998"))),
        (["PV1|1|O||||||77^Okafor^Ngozi^^^^^^CLINIC"], Circumstances()),
        (['PV1|1|O||||||""'], Circumstances()),
        (["OBX|1|ST|ACCIDENT^^L||none||||||F"], Circumstances(("none",))),
        (
            ["OBX|1|ST|CLAIM-NUMBER^^L||WC 77/1||||||F", "OBX|2|ST|PATIENT-STATUS^^L||01||||||F"],
            Circumstances(claim_number="WC 77/1", patient_status="01"),
        ),
    ],
)
def test_what_other_programs_write(segments: list[str], expected: Circumstances) -> None:
    assert told(*segments) == expected
