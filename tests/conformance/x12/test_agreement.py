"""What an outside validator finds wrong our own check finds too: files spoiled in every place, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import x12_examples as examples

from chartdesk.standards.x12 import acknowledgement_999, claim_837p, remittance_835, status_277ca
from chartdesk.standards.x12.check import check_file

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]

FILES = {
    "837P": claim_837p.write(examples.interchange(examples.secondary_claim())),
    "837P dependent": claim_837p.write(examples.interchange(examples.dependent_claim())),
    "835": remittance_835.write(examples.envelope(), [examples.remittance()]),
    "277CA": status_277ca.write(examples.envelope(), [examples.status_report()]),
    "999": acknowledgement_999.write(examples.envelope(), [examples.acknowledgement()]),
}
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
            for value in ("", "?") if elements[n] else ("?",):
                spoiled = "*".join([*elements[:n], value, *elements[n + 1 :]]).rstrip("*")
                yield f"{one} {n} {value or 'empty'}", counted([*parts[:place], spoiled, *parts[place + 1 :]])


#: pyx12 wants an STC in loop 2200C of the 277CA; payers leave it out where only claims have a status.
TOLERATED = ("277CA without STC*A1:19:PR**WQ*301",)


def unnoticed(ask: Ask, files: dict[str, bytes]) -> dict[str, list[str]]:
    """What the outside validator refuses and our check says nothing about."""
    told = ask(files)
    assert any(told.values())
    return {
        name: faults
        for name, faults in told.items()
        if faults and name not in TOLERATED and not check_file(files[name])
    }


def test_a_segment_that_is_missing(pyx12: Ask) -> None:
    files = {f"{kind} {what}": one for kind, file in FILES.items() for what, one in without_a_segment(file)}
    assert unnoticed(pyx12, files) == {}


def test_a_segment_that_is_sent_twice(pyx12: Ask) -> None:
    files = {f"{kind} {what}": one for kind, file in FILES.items() for what, one in with_a_segment_twice(file)}
    assert unnoticed(pyx12, files) == {}


def test_an_element_that_is_wrong(pyx12: Ask) -> None:
    files = {f"{kind} {what}": one for kind, file in FILES.items() for what, one in with_a_wrong_element(file)}
    assert unnoticed(pyx12, files) == {}
