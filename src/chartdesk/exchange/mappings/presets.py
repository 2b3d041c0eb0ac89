"""The ways that partners commonly differ in, each under a name, to be chosen instead of written.

A preset brings a partner's message into the shape that the tables and the record expect (or ours into his), and carries
the sample that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chartdesk.exchange.mappings.documents import Edit, Expected, MappingDocument, Sample
from chartdesk.exchange.mappings.tables import Code
from chartdesk.kit.errors import Invalid

_MSH = r"MSH|^~\&|PARTNER|CLINIC|CHARTDESK|CLINIC|20260314093000||{kind}|M1|P|2.5.1"


class Preset(msgspec.Struct, frozen=True):
    """A preset: what it is called, what it does in a sentence, and the document that does it."""

    name: str
    title: str
    words: str
    document: MappingDocument


def _preset(
    name: str,
    title: str,
    words: str,
    edits: Iterable[Edit],
    sample: str,
    expected: dict[str, str],
    kind: str = "ADT^A04^ADT_A01",
    codes: dict[str, dict[str, Code]] | None = None,
) -> Preset:
    message = "\n".join([_MSH.format(kind=kind), *sample.split("\n")])
    wanted = [Expected(at=at, value=value) for at, value in expected.items()]
    samples = [Sample(name=name, message=message, expected=wanted)]
    document = MappingDocument(name=name, title=title, edits=list(edits), codes=codes or {}, samples=samples)
    return Preset(name, title, words, document)


def _moved(to: str, source: str) -> Edit:
    """A field taken where the place for it is empty."""
    return Edit(to=to, source=source, when=f"{to} NOT VALUED AND {source} VALUED")


def _diagnosis(number: int) -> list[Edit]:
    """A diagnosis of DG1 taken for a charge that names none."""
    when = "FT1-19[1].1 NOT VALUED AND DG1-3 VALUED"
    return [Edit(to=f"FT1-19[{number}].{part}", source=f"DG1[{number}]-3.{part}", when=when) for part in (3, 1)]


#: A number that stands alone in PID-3 is the partner's chart number.
_CHART_NUMBER = Edit(to="PID-3.5", value="MR", when="PID-3.5 NOT VALUED")
_SEXES = {"MALE": "M", "FEMALE": "F", "OTHER": "O", "UNKNOWN": "U", "Male": "M", "Female": "F", "1": "M", "2": "F"}

_ALL = (
    _preset(
        "chart-number-in-pid-2",
        "Chart number in PID-2",
        "The partner's chart number stands in PID-2, as before version 2.3; it is taken as the number in PID-3.",
        [_moved("PID-3", "PID-2"), _CHART_NUMBER],
        "PID|1|100234||||MOSS^ADA",
        {"PID-3.1": "100234", "PID-3.5": "MR"},
    ),
    _preset(
        "chart-number-in-pid-4",
        "Chart number in PID-4",
        "The partner keeps his own number in PID-3 and sends ours back in PID-4; ours comes first in PID-3.",
        [
            Edit(to="PID-3[2].1", source="PID-3.1", when="PID-4 VALUED"),
            Edit(to="PID-3[2].4", source="PID-3.4.1", when="PID-4 VALUED"),
            Edit(to="PID-3[2].5", value="PI", when="PID-4 VALUED"),
            Edit(to="PID-3[1].1", source="PID-4.1", when="PID-4 VALUED"),
            Edit(to="PID-3[1].4", source="PID-4.4.1", when="PID-4 VALUED"),
            Edit(to="PID-3[1].5", value="MR", when="PID-4 VALUED"),
        ],
        "PID|1||E77^^^ELSEWHERE^PI|100234^^^OURS||MOSS^ADA",
        {"PID-3[1].1": "100234", "PID-3[1].4": "OURS", "PID-3[2].1": "E77", "PID-3[2].4": "ELSEWHERE"},
    ),
    _preset(
        "chart-number-is-the-account",
        "Chart number in PID-18",
        "The partner knows patients by their account (PID-18) and leaves PID-3 empty.",
        [_moved("PID-3", "PID-18"), _CHART_NUMBER],
        "PID|1|||||MOSS^ADA||||||||||||A100",
        {"PID-3.1": "A100", "PID-3.5": "MR"},
    ),
    _preset(
        "ssn-among-the-numbers",
        "Social Security number in PID-3",
        "The partner wants the Social Security number as a repetition of PID-3 and PID-19 empty.",
        [
            Edit(to="PID-3[2].1", source="PID-19", when="PID-19 VALUED"),
            Edit(to="PID-3[2].4", value="USA", when="PID-19 VALUED"),
            Edit(to="PID-3[2].5", value="SS", when="PID-19 VALUED"),
            Edit(to="PID-19", value=""),
        ],
        "PID|1||100234^^^OURS^MR||MOSS^ADA||||||||||||||999-88-7777",
        {"PID-3[2].1": "999-88-7777", "PID-3[2].5": "SS", "PID-19": "", "PID-3[1].1": "100234"},
    ),
    _preset(
        "visit-is-the-appointment",
        "Visit number from the schedule",
        "The partner names the appointment only in SCH; its number is taken as the visit's (PV1-19).",
        [_moved("PV1-19", "SCH-2"), _moved("PV1-19", "SCH-1")],
        "SCH|P55|F77|||||CHECKUP\nPID|1||100234^^^OURS^MR\nPV1|1|O",
        {"PV1-19.1": "F77"},
        "SIU^S12^SIU_S12",
    ),
    _preset(
        "visit-in-pv1-50",
        "Visit number in PV1-50",
        "The partner's visit number stands in PV1-50 (alternate visit).",
        [_moved("PV1-19", "PV1-50")],
        "PID|1||100234^^^OURS^MR\nPV1|1|O" + "|" * 48 + "V8",
        {"PV1-19.1": "V8"},
    ),
    _preset(
        "times-in-tq1",
        "Appointment times in TQ1",
        "The partner writes start and end into TQ1 (version 2.5 and later); they are taken into SCH-11.",
        [
            Edit(to="SCH-11.4", source="TQ1-7", when="SCH-11.4 NOT VALUED AND TQ1-7 VALUED"),
            Edit(to="SCH-11.5", source="TQ1-8", when="SCH-11.5 NOT VALUED AND TQ1-8 VALUED"),
        ],
        "SCH|P55|F77\nTQ1|1||||||20260401090000|20260401092000\nPID|1||100234^^^OURS^MR",
        {"SCH-11.4": "20260401090000", "SCH-11.5": "20260401092000"},
        "SIU^S12^SIU_S12",
    ),
    _preset(
        "diagnoses-in-dg1",
        "Diagnoses of charges in DG1",
        "The partner lists diagnoses in DG1 and leaves FT1-19 empty; the first four are taken for each charge.",
        # The first comes last: as long as it is empty, the partner has named none for this charge.
        [edit for number in (4, 3, 2, 1) for edit in _diagnosis(number)],
        "PID|1||100234^^^OURS^MR\nFT1|1|||20260314||CG|99213\nFT1|2|||20260314||CG|87880" + "|" * 12 + "J02.0"
        "\nDG1|1||E11.9^Diabetes^I10\nDG1|2||I10^Hypertension^I10",
        {
            "FT1-19[1].1": "E11.9", "FT1-19[2].1": "I10", "FT1-19[2].3": "I10",
            "FT1[2]-19[1].1": "J02.0", "FT1[2]-19[2].1": "",
        },
        "DFT^P03^DFT_P03",
    ),
    _preset(
        "procedure-in-ft1-7",
        "Procedure code in FT1-7",
        "The partner's procedure code stands in the transaction code (FT1-7) and FT1-25 is empty.",
        [_moved("FT1-25", "FT1-7")],
        "PID|1||100234^^^OURS^MR\nFT1|1|||20260314||CG|99213^Office visit^C4",
        {"FT1-25.1": "99213", "FT1-25.3": "C4"},
        "DFT^P03^DFT_P03",
    ),
    _preset(
        "member-number-in-in1-49",
        "Member number in IN1-49",
        "The partner writes the member number only into IN1-49 (insured's id); it is taken into IN1-36 as well.",
        [Edit(to="IN1-36", source="IN1-49.1", when="IN1-36 NOT VALUED AND IN1-49 VALUED")],
        "PID|1||100234^^^OURS^MR\nIN1|1|PPO|NPHP1" + "|" * 46 + "NPP1",
        {"IN1-36": "NPP1"},
    ),
    _preset(
        "sex-in-words",
        "Sex in words",
        "The partner writes Male and Female, or 1 and 2, into PID-8.",
        [Edit(to="PID-8", source="PID-8", codes="PartnerSex")],
        "PID|1||100234^^^OURS^MR||MOSS^ADA||19800203|Female",
        {"PID-8": "F"},
        codes={"PartnerSex": {name: Code(code) for name, code in _SEXES.items()}},
    ),
    _preset(
        "no-z-segments",
        "Without ZPI, ZPV and ZIN",
        "The partner refuses segments that he does not know; those that begin with Z are left out.",
        [Edit(drop=name) for name in ("ZPI", "ZPV", "ZIN", "ZPD", "ZGT")],
        "PID|1||100234^^^OURS^MR\nZPI|1|X",
        {"ZPI-2": "", "PID-3.1": "100234"},
    ),
)  # fmt: skip


def presets() -> list[Preset]:
    """Every preset, by title."""
    return sorted(_ALL, key=lambda one: one.title)


def completed(document: MappingDocument) -> MappingDocument:
    """The document with what its presets bring: their edits first, their codes beside its own. Raises Invalid."""
    if not document.presets:
        return document
    known = {one.name: one.document for one in _ALL}
    edits: list[Edit] = []
    codes: dict[str, dict[str, Code]] = {}
    for name in document.presets:
        if name not in known:
            cure = f"One of: {', '.join(sorted(known))}."
            raise Invalid(f"There is no preset {name}.", cure=cure, where="presets")
        edits += known[name].edits
        codes |= known[name].codes
    return msgspec.structs.replace(
        document, presets=[], edits=edits + document.edits, codes={**codes, **document.codes}
    )
