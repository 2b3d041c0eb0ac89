"""Pieces that several guides use: code lists and segments that read the same in each."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Part, SegmentRule, seg

CLAIM_GROUPS = "CO|CR|OA|PI|PR"
PAYMENT_GROUPS = "CO|OA|PI|PR"
PAYER_SEQUENCE = "A|B|C|D|E|F|G|H|P|S|T|U"
FILING = "11|12|13|14|15|16|17|AM|BL|CH|CI|DS|FI|HM|LM|MA|MB|MC|OF|TV|VA|WC|ZZ"
SECONDARY_REASON = "12|13|14|15|16|41|42|43|47"
PERSON_OR_NOT = "02!=1|2"
PERSON_NAME = "03! 04 05 07"
NPI = "08=XX 09"


def address(usage: str = "R") -> tuple[Part, ...]:
    """N3 and N4 as every loop with an address has them."""
    return (
        seg("N3", "Street", f"{usage}1", "01! 02"),
        seg("N4", "City, state, postal code", f"{usage}1", "01! 02 03 04 07"),
    )


def ref(name: str, codes: str, usage: str = "S1", elements: str = "") -> SegmentRule:
    """A REF with its qualifiers; ``elements`` for what it has beyond the number."""
    return seg("REF", name, usage, f"01!={codes} 02! {elements}")


def day(name: str, codes: str, usage: str = "S1", form: str = "D8") -> SegmentRule:
    """A DTP with its qualifiers and the forms its date may take."""
    return seg("DTP", name, usage, f"01!={codes} 02!={form} 03!")


def contact(name: str, usage: str, function: str = "IC", numbers: str = "EM|FX|TE") -> SegmentRule:
    """A PER with up to three ways to reach somebody."""
    more = f"{numbers}|EX"
    return seg("PER", name, usage, f"01!={function} 02 03!={numbers} 04! 05={more} 06 07={more} 08")


def adjustments(name: str, usage: str, groups: str = CLAIM_GROUPS) -> SegmentRule:
    """A CAS: a group and up to six reasons, each with amount and quantity."""
    return seg("CAS", name, usage, f"01!={groups} 02! 03! 04..19")
