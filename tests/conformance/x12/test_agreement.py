"""Our 999 and an outside validator agree on what is accepted: files spoiled in every place, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import x12_examples as examples

from chartdesk.standards.x12 import (
    acknowledge,
    acknowledgement_999,
    claim_837i,
    claim_837p,
    remittance_835,
    status_277ca,
)
from chartdesk.standards.x12.check import examine

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]

FILES = {
    "837P": claim_837p.write(examples.interchange(examples.secondary_claim())),
    "837P dependent": claim_837p.write(examples.interchange(examples.dependent_claim())),
    "835": remittance_835.write(examples.envelope(), [examples.remittance()]),
    "277CA": status_277ca.write(examples.envelope(), [examples.status_report()]),
    "999": acknowledgement_999.write(examples.envelope(), [examples.acknowledgement()]),
}
STAYS = {"837I": claim_837i.write(examples.stays(examples.stay()))}
ENVELOPE = ("ISA", "GS", "ST", "SE", "GE", "IEA", "")


def counted(parts: list[str]) -> bytes:
    """The segments as a file whose SE01 is right."""
    first = next(n for n, one in enumerate(parts) if one.startswith("ST*"))
    last = next(n for n, one in enumerate(parts) if one.startswith("SE*"))
    parts[last] = f"SE*{last - first + 1}*" + parts[last].split("*")[2]
    return "~".join(parts).encode()


def without_a_segment(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file without each of its segments in turn."""
    parts = content.decode().split("~")
    for place, one in enumerate(parts):
        if one.split("*")[0] not in ENVELOPE:
            yield f"without {one}", counted([*parts[:place], *parts[place + 1 :]])


def with_a_segment_twice(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file with each of its segments sent twice in turn."""
    parts = content.decode().split("~")
    for place, one in enumerate(parts):
        if one.split("*")[0] not in ENVELOPE:
            yield f"twice {one}", counted([*parts[:place], one, *parts[place:]])


def with_a_wrong_element(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file with each of its elements in turn emptied or made something it cannot be."""
    parts = content.decode().split("~")
    for place, one in enumerate(parts):
        elements = one.split("*")
        if elements[0] in ENVELOPE:
            continue
        for n in range(1, len(elements)):
            for value in ("", "?", "A:B") if elements[n] else ("?",):
                spoiled = "*".join([*elements[:n], value, *elements[n + 1 :]]).rstrip("*")
                yield f"{one} {n} {value or 'empty'}", counted([*parts[:place], spoiled, *parts[place + 1 :]])


#: pyx12 wants an STC in loop 2200C of the 277CA; payers leave it out where only claims have a status.
TOLERATED = ("277CA without STC*A1:19:PR**WQ*301",)
#: What our check judges and pyx12 does not: content, and a loop that was opened and left empty.
OURS_ALONE = frozenset(
    {
        "admission", "claim-balance", "claim-total", "line-balance", "loop-missing", "no-primary", "payer-balance",
        "payment-balance", "pointer", "reason", "relationship", "remark", "segment-missing", "status-code",
        "subscriber-patient", "two-payers",
    }
)  # fmt: skip
#: Where pyx12 counts no loops, or lets an element pass that the guide has not, in the 277CA.
LENIENT = ("277CA twice TRN*1*S1", "277CA twice NM1*85", "277CA NM1*85", "277CA NM1*QC")


def is_rejected(content: bytes) -> tuple[bool, set[str]]:
    """Whether our 999 rejects the file, and the rules that it breaks. Acknowledgements are never acknowledged: for
    them the check speaks."""
    examination = examine(content)
    answers = acknowledge.acknowledgements(examination)
    rules = {one.rule for one in examination.errors}
    return (not all(one.accepted for one in answers) if answers else bool(rules)), rules


def assert_agreement(ask: Ask, files: dict[str, bytes]) -> None:
    """Both accept or both reject; where we alone reject, it is for what the other does not judge."""
    told = ask(files)
    assert any(told.values())
    missed, strict = {}, {}
    for name, content in files.items():
        rejected, rules = is_rejected(content)
        if told[name] and not rejected and name not in TOLERATED:
            missed[name] = told[name]
        if rejected and not told[name] and not rules & OURS_ALONE and not name.startswith(LENIENT):
            strict[name] = rules
    assert (missed, strict) == ({}, {})


def test_a_segment_that_is_missing(pyx12: Ask) -> None:
    assert_agreement(
        pyx12,
        {f"{kind} {what}": one for kind, file in {**FILES, **STAYS}.items() for what, one in without_a_segment(file)},
    )


def test_a_segment_that_is_sent_twice(pyx12: Ask) -> None:
    assert_agreement(
        pyx12, {f"{kind} {what}": one for kind, file in FILES.items() for what, one in with_a_segment_twice(file)}
    )


def test_an_element_that_is_wrong(pyx12: Ask) -> None:
    """What both claims say alike is spoiled in one of them."""
    files: dict[str, bytes] = {}
    for kind, file in FILES.items():
        for what, one in with_a_wrong_element(file):
            files.setdefault(f"{kind.removesuffix(' dependent')} {what}", one)
    assert len(files) > 700
    assert_agreement(pyx12, files)
