"""The guides of the claim status question and its answer, 005010X212: 276 and 277."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, loop, seg
from chartdesk.standards.x12.guides.shared import contact, day, ref
from chartdesk.standards.x12.rules.status_276 import question_rules
from chartdesk.standards.x12.rules.status_277 import status_rules

_NAME = "03! 04 05 07"
_PROCEDURE = "01! 01-1!=AD|ER|HC|HP|IV|N4|NU|WK 01-2! 01-3..6"
_CODES = "01! 01-1! 01-2! 01-3..4 10 10-1! 10-2! 10-3..4 11 11-1! 11-2! 11-3..4 12"


def _references(extra: str) -> tuple[Part, ...]:
    """The numbers a claim is known by, each at most once; ``extra`` those of one direction only."""
    names = {
        "1K": "Payer's claim number",
        "BLT": "Type of bill",
        "LU": "Location",
        "6P": "Group number",
        "EJ": "Patient control number",
        "XZ": "Prescription",
        "VV": "Voucher",
        "D9": "Clearinghouse's number",
    }
    return tuple(ref(names[code], code) for code in ("1K", "BLT", *extra.split(), "D9"))


def _person(level: str, role: str, claims: LoopRule, *inner: Part, asked: bool) -> LoopRule:
    """Loop 2000D or 2000E: the subscriber or the dependent, and the claims that are asked about."""
    dependent = level == "E"
    name = "01!=QC 02!=1 03! 04 05 07" if dependent else f"01!=IL 02!=1|2 {_NAME} 08!=24|II|MI 09!"
    birth = seg("DMG", "Birth and sex", "R1" if dependent else "S1", "01!=D8 02! 03=F|M|U")
    child = "" if dependent else "04!=0|1"
    return loop(
        f"2000{level}",
        role,
        "S*" if dependent or not asked else "R*",
        seg("HL", "Level", "R1", f"01! 02! 03!={'23' if dependent else '22'} {child}"),
        *((birth,) if asked else ()),
        loop(f"2100{level}", role, "R1", seg("NM1", "Name", "R1", name)),
        claims,
        *inner,
    )


def _question(level: str) -> LoopRule:
    return loop(
        f"2200{level}",
        "Claim asked about",
        "S*" if level == "D" else "R*",
        seg("TRN", "Trace", "R1", "01!=1 02!"),
        *_references("LU 6P EJ XZ"),
        seg("AMT", "Charge", "S1", "01!=T3 02!"),
        day("Date of service", "472", "S1", "D8|RD8"),
        loop(
            f"2210{level}",
            "Line asked about",
            "S*",
            seg("SVC", "Service", "R1", f"{_PROCEDURE} 02! 04 07!"),
            ref("Line control number", "FJ"),
            day("Date of service", "472", "R1", "D8|RD8"),
        ),
    )


def _answer(level: str) -> LoopRule:
    return loop(
        f"2200{level}",
        "Claim",
        "S*" if level == "D" else "R*",
        seg("TRN", "Trace of the question", "R1", "01!=2 02!"),
        seg("STC", "Status", "R*", f"{_CODES} 02! 03 04..06 07 08 09"),
        *_references("EJ XZ VV"),
        day("Date of service", "472", "S1", "D8|RD8"),
        loop(
            f"2220{level}",
            "Line",
            "S*",
            seg("SVC", "Service", "R1", f"{_PROCEDURE} 02! 03! 04 07!"),
            seg("STC", "Status", "R*", f"{_CODES} 02! 03"),
            ref("Line control number", "FJ"),
            day("Date of service", "472", "R1", "D8|RD8"),
        ),
    )


def _provider(usage: str, child: str, *inner: Part) -> LoopRule:
    """Loop 2000C: whose claims are asked about."""
    return loop(
        "2000C",
        "Provider level",
        usage,
        seg("HL", "Level", "R1", f"01! 02! 03!=19 04!={child}"),
        loop(
            "2100C",
            "Provider",
            "R2",
            seg("NM1", "Name", "R1", "01!=1P 02!=1|2 03 04 05 07 08!=FI|SV|XX 09!"),
        ),
        *inner,
    )


def _receiver(child: str, *inner: Part) -> LoopRule:
    return loop(
        "2000B",
        "Receiver level",
        "R*",
        seg("HL", "Level", "R1", f"01! 02! 03!=21 04!={child}"),
        loop("2100B", "Receiver", "R1", seg("NM1", "Name", "R1", "01!=41 02!=1|2 03 04 05 08!=46 09!")),
        *inner,
    )


def _payer(*inner: Part) -> LoopRule:
    return loop("2100A", "Payer", "R1", seg("NM1", "Name", "R1", "01!=PR 02!=2 03! 08!=PI|XV 09!"), *inner)


def _refusal(id: str, name: str, kind: str) -> LoopRule:
    """A trace and what is wrong with everything below it."""
    return loop(
        id,
        name,
        "S1",
        seg("TRN", "Trace", "R1", f"01!={kind} 02!"),
        seg("STC", "Status", "R*", f"{_CODES} 02!"),
    )


STATUS_276 = Guide(
    "276",
    "Claim status question (276)",
    "HR",
    ("005010X212",),
    loop(
        "ST",
        "Claim status question",
        "R1",
        seg("BHT", "Beginning", "R1", "01!=0010 02!=13 03! 04! 05!"),
        loop(
            "2000A",
            "Payer level",
            "R*",
            seg("HL", "Level", "R1", "01! 03!=20 04!=1"),
            _payer(),
            _receiver(
                "1",
                _provider(
                    "R*",
                    "1",
                    _person(
                        "D",
                        "Subscriber",
                        _question("D"),
                        _person("E", "Dependent", _question("E"), asked=True),
                        asked=True,
                    ),
                ),
            ),
        ),
    ),
    rules={"2000D": (question_rules,)},
    cut=frozenset({"2000D"}),
)

STATUS_277 = Guide(
    "277",
    "Claim status answer (277)",
    "HN",
    ("005010X212",),
    loop(
        "ST",
        "Claim status answer",
        "R1",
        seg("BHT", "Beginning", "R1", "01!=0010 02!=08 03! 04! 05! 06!=DG"),
        loop(
            "2000A",
            "Payer level",
            "R*",
            seg("HL", "Level", "R1", "01! 03!=20 04!=1"),
            _payer(contact("Contact", "S1", numbers="ED|EM|FX|TE")),
            _receiver(
                "0|1",
                _refusal("2200B", "Trace of the receiver", "2"),
                _provider(
                    "S*",
                    "0|1",
                    _refusal("2200C", "Trace of the provider", "1"),
                    _person(
                        "D",
                        "Subscriber",
                        _answer("D"),
                        _person("E", "Dependent", _answer("E"), asked=False),
                        asked=False,
                    ),
                ),
            ),
        ),
    ),
    rules=dict.fromkeys(("2200B", "2200C", "2200D", "2200E", "2220D", "2220E"), (status_rules,)),
    cut=frozenset({"2000D"}),
)
