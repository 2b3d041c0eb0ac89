"""What the reader says of a file as such: what stands around its interchanges, separators, terminators, lengths."""

from __future__ import annotations

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.findings import Finding, Report

#: How the byte order marks of UTF-16 look where they are no UTF-8.
_UTF16 = ("\udcff\udcfe", "\udcfe\udcff")


def leading(text: str, number: int, report: Report) -> None:
    """What was passed over before an ISA: a byte order mark, or text."""
    if text.startswith("\ufeff"):
        message = "The file begins with a byte order mark."
        report(Finding(rule="byte-order-mark", level="warning", scope="file", message=message, cure="Write none."))
        text = text[1:]
    if text.strip():
        where = "before the first ISA" if number == 1 else "between two interchanges"
        report(
            Finding(
                rule="text-before",
                level="warning",
                scope="file",
                message=f"There is text {where}.",
                cure="Leave it out.",
                number=number,
            )
        )


def trailing(number: int, report: Report) -> None:
    """Text after the last IEA."""
    message = "There is text after the last IEA."
    report(
        Finding(rule="text-after", level="warning", scope="file", message=message, cure="Leave it out.", number=number)
    )


def lower_case(number: int, report: Report) -> None:
    """An interchange whose tags are in lower case."""
    report(
        Finding(
            rule="lower-case",
            level="warning",
            scope="interchange",
            message="The names of segments are in lower case.",
            cure="Write them in upper case: others refuse them.",
            segment="ISA",
            number=number,
        )
    )


def isa_width(number: int, report: Report) -> None:
    """An ISA that is not 106 characters."""
    report(
        Finding(
            rule="isa-width",
            scope="interchange",
            code="022",
            message="The ISA is not 106 characters: an element has the wrong width.",
            cure="Pad every ISA element to its fixed width.",
            segment="ISA",
            number=number,
        )
    )


def separators(twice: str, other: str, number: int, report: Report) -> None:
    """A repetition separator that is another one too."""
    report(
        Finding(
            rule="separators",
            scope="interchange",
            code="016",
            message=f"ISA11 and {other} are both {twice!r}.",
            cure="Give each separator a character of its own.",
            segment="ISA",
            number=number,
        )
    )


def terminator(number: int, report: Report) -> None:
    """A last segment without its terminator."""
    report(
        Finding(
            rule="terminator",
            level="warning",
            scope="interchange",
            message="The IEA has no terminator.",
            cure="End every segment, the last one too.",
            segment="IEA",
            number=number,
        )
    )


def binary_length(tag: str, length: str, element: int, number: int, report: Report) -> None:
    """A BIN or BDS whose data is not as long as it says."""
    report(
        Finding(
            rule="binary-length",
            scope="element",
            message=f"{tag} says {length[:20] or 'no'} bytes, and its data does not end there.",
            cure="Count the bytes of the data as they are sent.",
            segment=tag,
            code="7",
            element=element,
            number=number,
        )
    )


def endless(number: int, longest: int) -> Invalid:
    """The refusal of a segment that does not end."""
    return Invalid(
        f"Segment {number} has no end in {longest:,} characters.",
        where=f"segment {number}",
        cure="The terminator is not the one that the ISA declares, or it was lost: ask for the file again.",
    )


def astray(number: int, tag: str) -> Invalid:
    """The refusal of a file whose binary segments are not as long as they say, one after the other."""
    return Invalid(
        f"The lengths of its data are wrong up to segment {number}, {tag}: nobody can tell where a segment ends.",
        where=f"segment {number}",
        cure="Count the bytes of the data as they are sent, and send the file again.",
    )


def headless(text: str) -> str:
    """What is wrong with a file without ISA."""
    if not text.strip():
        return "The file is empty."
    if text.startswith(_UTF16):
        return "The file is UTF-16 text, two bytes a character; X12 is sent in one byte each."
    return f"The file has no ISA segment; it begins with {text.strip()[:12]!r}."
