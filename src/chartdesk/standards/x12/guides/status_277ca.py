"""The guide of the claim acknowledgement, 005010X214, 277CA."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, loop, seg
from chartdesk.standards.x12.guides.shared import day, ref
from chartdesk.standards.x12.rules.status_277 import claim_rules, file_rules, taken_rules

_STATUS = "01! 01-1! 01-2! 01-3 {} 10 10-1! 10-2! 10-3 11 11-1! 11-2! 11-3"


def _tally(accepted: str, rejected: str) -> tuple[Part, ...]:
    return (
        seg("QTY", "Accepted", "S1", f"01!={accepted} 02!"),
        seg("QTY", "Rejected", "S1", f"01!={rejected} 02!"),
        seg("AMT", "Accepted", "S1", "01!=YU 02!"),
        seg("AMT", "Rejected", "S1", "01!=YY 02!"),
    )


def _claim() -> LoopRule:
    return loop(
        "2000D",
        "Patient level",
        "S*",
        seg("HL", "Level", "R1", "01! 02! 03!=PT"),
        loop("2100D", "Patient", "R1", seg("NM1", "Name", "R1", "01!=QC 02!=1 03! 04 05 07 08!=II|MI 09!")),
        loop(
            "2200D",
            "Claim",
            "R*",
            seg("TRN", "Patient control number", "R1", "01!=2 02!"),
            seg("STC", "Status", "R*", _STATUS.format("02! 03!=U|WQ 04!") + " 12"),
            ref("Payer's claim number", "1K"),
            ref("Clearinghouse's number", "D9"),
            ref("Type of bill", "BLT"),
            day("Date of service", "472", "R1", "D8|RD8"),
            loop(
                "2220D",
                "Line",
                "S*",
                seg("SVC", "Service", "R1", "01! 01-1! 01-2! 01-3..7 02! 04 07"),
                seg("STC", "Status", "R*", _STATUS.format("02! 03!=U") + " 12"),
                ref("Line control number", "FJ"),
                ref("Prescription", "XZ"),
                day("Date of service", "472", "S1", "D8|RD8"),
            ),
        ),
    )


GUIDE = Guide(
    "277",
    "Claim acknowledgement (277CA)",
    "HN",
    ("005010X214",),
    loop(
        "ST",
        "Claim acknowledgement",
        "R1",
        seg("BHT", "Beginning", "R1", "01!=0085 02!=08 03! 04! 05! 06!=TH"),
        loop(
            "2000A",
            "Payer level",
            "R1",
            seg("HL", "Level", "R1", "01! 03!=20 04!=1"),
            loop("2100A", "Payer", "R1", seg("NM1", "Name", "R1", "01!=AY|PR 02!=2 03! 08!=46|FI|PI|XV 09!")),
            loop(
                "2200A",
                "Trace of the payer",
                "R1",
                seg("TRN", "Trace", "R1", "01!=1 02!"),
                day("Received", "050", "R1"),
                day("Processed", "009", "R1"),
            ),
            loop(
                "2000B",
                "Receiver level",
                "R1",
                seg("HL", "Level", "R1", "01! 02! 03!=21 04!=0|1"),
                loop("2100B", "Receiver", "R1", seg("NM1", "Name", "R1", "01!=41 02!=1|2 03! 04 05 08!=46 09!")),
                loop(
                    "2200B",
                    "Status of the file",
                    "R1",
                    seg("TRN", "File answered", "R1", "01!=2 02!"),
                    seg("STC", "Status", "R*", _STATUS.format("02! 03!=U|WQ 04!")),
                    *_tally("90", "AA"),
                ),
                loop(
                    "2000C",
                    "Provider level",
                    "S*",
                    seg("HL", "Level", "R1", "01! 02! 03!=19 04!=0|1"),
                    loop(
                        "2100C",
                        "Billing provider",
                        "R1",
                        seg("NM1", "Name", "R1", "01!=85 02!=1|2 03! 04 05 07 08!=FI|SV|XX 09!"),
                    ),
                    loop(
                        "2200C",
                        "Status of the provider",
                        "S1",
                        seg("TRN", "Trace", "R1", "01!=1 02!"),
                        seg("STC", "Status", "S*", _STATUS.format("03!=U|WQ 04!")),
                        ref("Other number", "0B|1G|G2|LU|SY|TJ", "S3"),
                        *_tally("QA", "QC"),
                    ),
                    _claim(),
                ),
            ),
        ),
    ),
    rules={
        **dict.fromkeys(("2200B", "2200C", "2220D"), (taken_rules,)),
        "2200D": (claim_rules,),
        "2000B": (file_rules,),
    },
    cut=frozenset({"2000D"}),
)
