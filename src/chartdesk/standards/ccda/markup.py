"""Building elements of CDA: the data types, written the way the schema orders them.

Guide section: CDA R2 data types (XML implementation), US Realm names, addresses and times of C-CDA.
"""

from __future__ import annotations

import re
from uuid import NAMESPACE_OID, uuid5

from lxml import etree

from chartdesk.standards.ccda.document import Address, Coded, Identifier, Name, Span
from chartdesk.standards.ccda.oids import name_of, oid_of
from chartdesk.standards.ccda.parsing import NAMESPACE, SDTC, XSI, XSI_TYPE, Element

_MOMENT = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?"
)
#: Characters that XML cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def root(name: str) -> Element:
    """The root of a document, with the namespaces that it uses."""
    return etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={None: NAMESPACE, "xsi": XSI, "sdtc": SDTC})


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last child with its text and attributes; ``sdtc:name`` is one of the extensions. ``xsi`` is its type."""
    space, local = (SDTC, name[5:]) if name.startswith("sdtc:") else (NAMESPACE, name)
    made = etree.SubElement(parent, f"{{{space}}}{local}")
    if text:
        made.text = clean(text)
    for key, value in attributes.items():
        if value:
            made.set(XSI_TYPE if key == "xsi" else key, clean(value))
    return made


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def template(parent: Element, root: str, extension: str = "") -> None:
    """A templateId; one with a version also under its name of the release before, as C-CDA asks for."""
    if extension:
        add(parent, "templateId", root=root, extension=extension)
    add(parent, "templateId", root=root)


def identify(parent: Element, ids: tuple[Identifier, ...], seed: str) -> None:
    """The ids of an entry; one made from ``seed`` where there is none, the same each time."""
    for one in ids:
        add(parent, "id", root=one.root, extension=one.extension)
    if not ids:
        add(parent, "id", root=str(uuid5(NAMESPACE_OID, f"chartdesk:{seed}")))


def stamp(moment: str) -> str:
    """A FHIR moment as a time stamp of CDA; empty for what is none. Without a zone it is written to the day."""
    found = _MOMENT.fullmatch(moment)
    if found is None:
        return ""
    year, month, day, hour, minute, second, zone = found.groups()
    date = "".join(part for part in (year, month, day) if part)
    if not hour or not zone:
        return date
    return f"{date}{hour}{minute}{second or '00'}{'+0000' if zone == 'Z' else zone.replace(':', '')}"


def time(parent: Element, name: str, moment: str, **attributes: str) -> Element:
    """A moment; unknown where there is none."""
    written = stamp(moment)
    return (
        add(parent, name, value=written, **attributes) if written else add(parent, name, nullFlavor="UNK", **attributes)
    )


def interval(parent: Element, name: str, span: Span, *, high: bool = False, **attributes: str) -> Element:
    """An interval of time with its begin; the end where there is one, or where ``high`` asks for it."""
    made = add(parent, name, **attributes)
    time(made, "low", span.low)
    if span.high or high:
        time(made, "high", span.high or (span.low if span.point else ""))
    return made


def code(
    parent: Element, name: str, given: Coded, *, systems: tuple[str, ...] = (), pointer: str = "", **attributes: str
) -> Element:
    """A code of one of ``systems`` (any that is known where none is named), the others as translations.

    Without one it is ``OTH`` with its words, which stand at ``pointer`` of the narrative or in the element itself.
    """
    flat = [Coded(one.code, one.system, one.display) for one in (given, *given.translations) if oid_of(one.system)]
    first = next((one for one in flat if not systems or one.system in systems), None)
    made = add(parent, name, **attributes)
    if first is not None:
        _coding(made, first)
    else:
        made.set("nullFlavor", given.null if given.null and not given.words else "OTH")
    if given.words:
        words = add(made, "originalText", "" if pointer else given.words)
        if pointer:
            add(words, "reference", value=pointer)
    for one in flat:
        if one is not first:
            _coding(add(made, "translation"), one)
    return made


def fixed(parent: Element, name: str, code: str, system: str, display: str = "", **attributes: str) -> Element:
    """A code that the guide fixes; ``system`` is an OID."""
    return add(parent, name, code=code, codeSystem=system, displayName=display, **attributes)


def _coding(made: Element, given: Coded) -> None:
    made.set("code", clean(given.code))
    made.set("codeSystem", oid_of(given.system))
    made.set("codeSystemName", name_of(given.system))
    if given.display:
        made.set("displayName", clean(given.display))


def person(parent: Element, name: Name, **attributes: str) -> None:
    """A name; unknown where there is none."""
    if not name.family and not name.given:
        add(parent, "name", nullFlavor="UNK")
        return
    made = add(parent, "name", **attributes)
    if name.prefix:
        add(made, "prefix", name.prefix)
    for given in name.given:
        add(made, "given", given)
    if not name.given:
        add(made, "given", nullFlavor="UNK")
    add(made, "family", name.family, **({} if name.family else {"nullFlavor": "UNK"}))
    if name.suffix:
        add(made, "suffix", name.suffix)


def place(parent: Element, given: Address, use: str = "") -> None:
    """A postal address; unknown where it has no street or no city."""
    if not given.lines or not given.city:
        add(parent, "addr", nullFlavor="UNK")
        return
    made = add(parent, "addr", use=use)
    for line in given.lines[:4]:
        add(made, "streetAddressLine", line)
    add(made, "city", given.city)
    for name, text in (("state", given.state), ("postalCode", given.postal_code)):
        add(made, name, text, **({} if text else {"nullFlavor": "UNK"}))
    add(made, "country", given.country or "US")


def reach(parent: Element, telecoms: tuple[str, ...], use: str = "", most: int = 5) -> None:
    """Telephone numbers and addresses of mail; unknown where there is none."""
    for address in telecoms[:most]:
        add(parent, "telecom", use=use, value=address)
    if not telecoms:
        add(parent, "telecom", nullFlavor="UNK")
