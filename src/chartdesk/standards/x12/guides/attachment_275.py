"""The guides of attachments, 006020X314 (275) and of what asks for them, 006020X313 (277, request for information).

Written from what payers publish about them: the technical reports were not at hand. The base standard's freedom is
kept where a payer might use it.
"""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, loop, seg
from chartdesk.standards.x12.guides.shared import contact, day, ref
from chartdesk.standards.x12.rules.attachment_275 import attachment_rules
from chartdesk.standards.x12.rules.status_277 import status_rules

_STATUS = "01! 01-1! 01-2! 01-3..4 02! 03 04 10 10-1! 10-2! 10-3..4 11 11-1! 11-2! 11-3..4 12"


def _name(id: str, name: str, usage: str, nm1: str, *inner: Part) -> LoopRule:
    return loop(id, name, usage, seg("NM1", "Name", "R1", nm1), *inner)


ATTACHMENT_275 = Guide(
    "275",
    "Attachment to a claim (275)",
    "PI",
    ("006020X314",),
    loop(
        "ST",
        "Attachment",
        "R1",
        seg("BGN", "Beginning", "R1", "01!=02|11 02! 03! 04"),
        _name("1000A", "Payer", "R1", "01!=PR 02!=2 03! 08!=PI|XV 09!", contact("Contact", "S1")),
        _name("1000B", "Submitter", "S1", "01!=41 02!=1|2 03! 04 05 08!=46 09!", contact("Contact", "S1")),
        _name(
            "1000C",
            "Provider",
            "R1",
            "01!=1P 02!=1|2 03! 04 05 07 08!=FI|SV|XX 09!",
            seg("PRV", "Specialty", "S1", "01! 02!=PXC 03!"),
            ref("Other number", "0B|1G|EI|G2|LU|SY|TJ", "S5"),
        ),
        _name(
            "1000D",
            "Patient",
            "R1",
            "01!=QC 02!=1 03! 04 05 07 08!=II|MI 09!",
            ref("Number of the claim", "1K|BLT|D9|EA|EJ|F8|X1", "S7"),
            day("Date of service", "472", "S1", "D8|RD8"),
        ),
        loop(
            "2000A",
            "Attachment",
            "R*",
            seg("LX", "Number", "R1", "01!"),
            seg("TRN", "Control number", "R1", "01!=1|2 02!"),
            seg("STC", "What was asked for", "S*", "01! 01-1! 01-2! 01-3..4 02 10..11"),
            ref("Line control number", "6R|FJ"),
            day("Submitted", "368"),
            loop(
                "2100A",
                "Document",
                "S*",
                seg("CAT", "Category", "R1", "01!=AE 02!=HL|IA|TX|MB|UL 03 04"),
                seg("OOI", "Kind of object", "S*", "01! 02! 03!"),
                seg("EFI", "Electronic form", "S1", "01! 02..16"),
                seg("BDS", "Data", "S1", "01!=ASC|B64 02! 03!"),
                seg("BIN", "Data", "S1", "01! 02!"),
            ),
        ),
    ),
    rules={"2000A": (attachment_rules,)},
    cut=frozenset({"2000A"}),
)


def _request(level: str) -> LoopRule:
    """Loop 2200D or 2200E: a claim that more is asked about."""
    return loop(
        f"2200{level}",
        "Claim asked about",
        "R*",
        seg("TRN", "Control number of the request", "R1", "01!=1 02!"),
        seg("STC", "What is asked for", "R*", _STATUS),
        ref("Payer's claim number", "1K"),
        ref("Type of bill", "BLT"),
        ref("Patient control number", "EJ"),
        ref("Medical record number", "EA"),
        ref("Clearinghouse's number", "D9"),
        ref("Attachment control number", "X1|AC"),
        day("Date of service", "472", "S1", "D8|RD8"),
        day("Wanted by", "106"),
        loop(
            f"2210{level}",
            "Where to send it",
            "S1",
            seg("PWK", "Papers", "R1", "01! 02 05 06"),
            contact("Contact", "S1"),
            seg("N1", "Name", "S1", "01! 02"),
            seg("N3", "Street", "S1", "01! 02"),
            seg("N4", "City, state, postal code", "S1", "01! 02 03 04 07"),
        ),
        loop(
            f"2220{level}",
            "Line asked about",
            "S*",
            seg("SVC", "Service", "R1", "01! 01-1! 01-2! 01-3..7 02! 03 04 07"),
            seg("STC", "What is asked for", "R*", _STATUS),
            ref("Line control number", "FJ"),
            day("Date of service", "472", "S1", "D8|RD8"),
            day("Wanted by", "106"),
        ),
    )


INFORMATION_277 = Guide(
    "277",
    "Request for additional information (277RFAI)",
    "HN",
    ("006020X313", "005010X213"),
    loop(
        "ST",
        "Request for additional information",
        "R1",
        seg("BHT", "Beginning", "R1", "01!=0010 02!=48 03! 04! 05 06=RQ|TH|DG"),
        loop(
            "2000A",
            "Payer level",
            "R*",
            seg("HL", "Level", "R1", "01! 03!=20 04!=1"),
            _name(
                "2100A",
                "Payer",
                "R1",
                "01!=PR 02!=2 03! 08!=PI|XV 09!",
                contact("Contact", "S1", numbers="ED|EM|FX|TE|UR"),
            ),
            loop(
                "2000B",
                "Receiver level",
                "R*",
                seg("HL", "Level", "R1", "01! 02! 03!=21 04!=1"),
                _name("2100B", "Receiver", "R1", "01!=41 02!=1|2 03 04 05 08!=46 09!"),
                loop(
                    "2000C",
                    "Provider level",
                    "R*",
                    seg("HL", "Level", "R1", "01! 02! 03!=19 04!=1"),
                    _name("2100C", "Provider", "R1", "01!=1P 02!=1|2 03 04 05 07 08!=FI|SV|XX 09!"),
                    loop(
                        "2000D",
                        "Patient level",
                        "R*",
                        seg("HL", "Level", "R1", "01! 02! 03!=22|PT 04=0|1"),
                        _name("2100D", "Patient", "R1", "01!=IL|QC 02!=1 03! 04 05 07 08=24|II|MI 09"),
                        _request("D"),
                    ),
                ),
            ),
        ),
    ),
    rules=dict.fromkeys(("2200D", "2220D"), (status_rules,)),
    cut=frozenset({"2000D"}),
)
