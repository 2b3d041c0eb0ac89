"""The guide of the remittance, 005010X221A1."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, LoopRule, SegmentRule, loop, seg
from chartdesk.standards.x12.guides.shared import FILING, PAYMENT_GROUPS, address, adjustments, ref
from chartdesk.standards.x12.rules.remittance_835 import claim_rules, payment_rules

_PROCEDURE = "-1!=AD|ER|HC|HP|IV|N4|N6|NU|UI|WK {0}-2! {0}-3..7"
_CLAIM_STATUS = "1|2|3|4|19|20|21|22|23|25"
_ACCOUNT = "=01|04"


def _dtm(name: str, codes: str, usage: str = "S1") -> SegmentRule:
    return seg("DTM", name, usage, f"01!={codes} 02!")


def _line() -> LoopRule:
    return loop(
        "2110",
        "Service",
        "S999",
        seg(
            "SVC",
            "Service payment",
            "R1",
            f"01! 01{_PROCEDURE.format('01')} 02! 03! 04 05 06 06{_PROCEDURE.format('06')} 07",
        ),
        seg("DTM", "Date of service", "S2", "01!=150|151|472 02!"),
        adjustments("Line adjustments", "S99", PAYMENT_GROUPS),
        ref("Number of the service", "1S|APC|BB|E9|G1|G3|LU|RB", "S8"),
        ref("Line control number", "6R"),
        ref("Rendering provider", "0B|1A|1B|1C|1D|1G|1H|1J|D3|G2|HPI|SY|TJ", "S10"),
        ref("Policy", "0K", "S5"),
        seg("AMT", "Amount", "S9", "01!=B6|KH|T|T2|ZK|ZL|ZM|ZN|ZO 02!"),
        seg("QTY", "Quantity", "S6", "01!=ZK|ZL|ZM|ZN|ZO 02!"),
        seg("LQ", "Remark", "S99", "01!=HE|RX 02!"),
    )


def _claim() -> LoopRule:
    name = "02!=1|2 03 04 05 07 08 09"
    return loop(
        "2100",
        "Claim payment",
        "R*",
        seg(
            "CLP",
            "Claim payment",
            "R1",
            f"01! 02!={_CLAIM_STATUS} 03! 04! 05 06!={FILING} 07! 08 09 11 12 13",
        ),
        adjustments("Claim adjustments", "S99", PAYMENT_GROUPS),
        seg("NM1", "Patient", "R1", "01!=QC 02!=1 03 04 05 07 08=34|HN|II|MI|MR 09"),
        seg("NM1", "Insured", "S1", f"01!=IL {name}"),
        seg("NM1", "Corrected patient or insured", "S1", f"01!=74 {name}"),
        seg("NM1", "Rendering provider", "S1", "01!=82 02!=1|2 03 04 05 07 08!=BD|BS|FI|MC|PC|SL|UP|XX 09!"),
        seg("NM1", "Crossed over to", "S1", "01!=TT 02!=2 03! 08!=AD|FI|NI|PI|PP|XV 09!"),
        seg("NM1", "Right payer", "S1", "01!=PR 02!=2 03! 08!=AD|FI|NI|PI|PP|XV 09!"),
        seg("NM1", "Other subscriber", "S1", "01!=GB 02!=1|2 03 04 05 07 08=FI|II|MI 09"),
        seg("MIA", "Inpatient adjudication", "S1", "01! 02..24"),
        seg("MOA", "Outpatient adjudication", "S1", "01..09"),
        ref("Number of the claim", "1L|1W|28|6P|9A|9C|BB|CE|EA|F8|G1|G3|IG|SY", "S5"),
        ref("Rendering provider", "0B|1A|1B|1C|1D|1G|1H|1J|D3|G2|LU", "S10"),
        _dtm("Statement period", "232|233", "S2"),
        _dtm("Cover ended", "036"),
        _dtm("Claim received", "050"),
        seg("PER", "Contact", "S2", "01!=CX 02 03=EM|FX|TE 04 05=EM|EX|FX|TE 06 07=EX 08"),
        seg("AMT", "Amount", "S13", "01!=AU|D8|DY|F5|I|NL|T|T2|ZK|ZL|ZM|ZN|ZO 02!"),
        seg("QTY", "Quantity", "S14", "01!=CA|CD|LA|LE|NE|NR|OU|PS|VS|ZK|ZL|ZM|ZN|ZO 02!"),
        _line(),
    )


def _payer() -> LoopRule:
    numbers = "03=EM|FX|TE|UR 04 05=EM|EX|FX|TE|UR 06 07=EX|EM|FX|UR 08"
    return loop(
        "1000A",
        "Payer",
        "R1",
        seg("N1", "Name", "R1", "01!=PR 02! 03=XV 04"),
        *address(),
        ref("Other number", "2U|EO|HI|NF", "S4"),
        seg("PER", "Business contact", "S1", "01!=CX 02 03=EM|FX|TE 04 05=EM|EX|FX|TE 06 07=EX 08"),
        seg("PER", "Technical contact", "R*", f"01!=BL 02 {numbers}"),
        seg("PER", "Web site", "S1", "01!=IC 03!=UR 04!"),
    )


GUIDE = Guide(
    "835",
    "Remittance (835)",
    "HP",
    ("005010X221A1", "005010X221"),
    loop(
        "ST",
        "Remittance",
        "R1",
        seg(
            "BPR",
            "Payment",
            "R1",
            "01!=C|D|H|I|P|U|X 02! 03!=C|D 04!=ACH|BOP|CHK|FWT|NON 05=CCP|CTX"
            f" 06{_ACCOUNT} 07 08=DA 09 10 11 12{_ACCOUNT} 13 14=DA|SG 15 16!",
        ),
        seg("TRN", "Trace", "R1", "01!=1 02! 03! 04"),
        seg("CUR", "Foreign currency", "S1", "01!=PR 02! 03"),
        ref("Receiver", "EV"),
        ref("Version of the payer's system", "F2"),
        _dtm("Produced", "405"),
        _payer(),
        loop(
            "1000B",
            "Payee",
            "R1",
            seg("N1", "Name", "R1", "01!=PE 02! 03!=FI|XV|XX 04!"),
            *address("S"),
            ref("Other number", "0B|D3|PQ|TJ", "S*"),
            seg("RDM", "Delivery of the remittance", "S1", "01!=BM|EM|FT|OL 02 03"),
        ),
        loop(
            "2000",
            "Group of claims",
            "S*",
            seg("LX", "Number", "R1", "01!"),
            seg("TS3", "Provider summary", "S1", "01! 02! 03! 04! 05! 13 15 17 18 20..24"),
            seg("TS2", "Further provider summary", "S1", "01..19"),
            _claim(),
        ),
        loop(
            "PLB",
            "Provider adjustments",
            "S*",
            seg("PLB", "Provider adjustment", "R1", "01! 02! 03! 03-1! 03-2 04! 05..14"),
        ),
    ),
    st03=False,
    rules={"2100": (claim_rules,), "ST": (payment_rules,)},
    cut=frozenset({"2100"}),
)
