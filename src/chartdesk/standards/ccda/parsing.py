"""From bytes to elements: safely, and forgiving what does no harm.

No document type is accepted, so no entity is ever defined, expanded or fetched; nothing reads from the network. What is
forgiven (a wrong encoding, a named entity of HTML, a missing namespace, a wrapper around the document) is noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html.entities import name2codepoint
from typing import Any, NamedTuple, TypeVar

from lxml import etree

from chartdesk.kit.errors import Invalid

#: The namespace of CDA, of its extensions, and of types.
NAMESPACE = "urn:hl7-org:v3"
SDTC = "urn:hl7-org:sdtc"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSI_TYPE = f"{{{XSI}}}type"
#: Bytes of a document that are read at most.
LARGEST = 30_000_000

Element = Any  # lxml has no types of its own
T = TypeVar("T")
_DOCTYPE = re.compile(rb"<\s*!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_DECLARED = re.compile(rb"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_CURE = "Ask the sender for a C-CDA document in XML."


class Parsed(NamedTuple):
    """The ClinicalDocument element, and what was forgiven."""

    root: Element
    notes: tuple[str, ...]


def looks_like(raw: bytes) -> bool:
    """Whether bytes look like a clinical document, without reading them whole."""
    head = raw[:20_000].replace(b"\0", b"")
    return b"ClinicalDocument" in head and (NAMESPACE.encode() in head or b"POCD_HD000040" in head)


def parse(raw: bytes) -> Parsed:
    """The document in ``raw``. Raises Invalid for what is no XML, defines a document type, or holds no document."""
    if len(raw) > LARGEST:
        raise Invalid(f"The document has {len(raw):,} bytes.", cure=f"At most {LARGEST:,} are read.")
    text = raw.lstrip(b"\xef\xbb\xbf \t\r\n") if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) else raw
    if not text:
        raise Invalid("The document is empty.", cure=_CURE)
    if _DOCTYPE.search(text.replace(b"\0", b"")):
        raise Invalid("The document defines a document type or entities, which is not safe to read.", cure=_CURE)
    notes: list[str] = []
    root = _tree(text, notes)
    found = root if _local(root) == "ClinicalDocument" else next(_named(root, "ClinicalDocument"), None)
    if found is None:
        raise Invalid(f"This is XML, but its root is {_local(root)!r}: no ClinicalDocument in it.", cure=_CURE)
    if found is not root:
        notes.append(f"The document was wrapped in {_local(root)!r}.")
    if _namespaced(found):
        notes.append("Elements came without the namespace of CDA.")
    return Parsed(found, tuple(notes))


def one(node: Element | None, path: str) -> Element | None:
    """The first element at ``path`` (names of CDA, or ``sdtc:name``, with slashes) below ``node``."""
    return None if node is None else node.find(_path(path))


def several(node: Element | None, path: str) -> list[Element]:
    """Every element at ``path`` below ``node``."""
    return [] if node is None else node.findall(_path(path))


def items(section: Element, read: Callable[[Element], Iterable[T | None]]) -> tuple[list[T], int]:
    """What ``read`` makes of each entry of a section, and of how many entries it makes nothing."""
    found: list[T] = []
    unread = 0
    for entry in several(section, "entry"):
        made = [one for one in read(entry) if one is not None]
        found += made
        unread += not made
    return found, unread


def value(node: Element | None, path: str = "", name: str = "value") -> str:
    """An attribute of the element at ``path`` (of ``node`` itself where empty), without blanks around; else empty."""
    found = one(node, path) if path else node
    return (found.get(name) or "").strip() if found is not None else ""


def plain(node: Element | None) -> str:
    """The text of an element and all in it, with single blanks."""
    return " ".join("".join(node.itertext()).split()) if node is not None else ""


def roots(node: Element) -> tuple[str, ...]:
    """The roots of an element's templateIds."""
    return tuple(value(found, name="root") for found in several(node, "templateId"))


def local(node: Element) -> str:
    """An element's name without its namespace."""
    return _local(node)


@lru_cache(maxsize=512)
def _path(path: str) -> str:
    parts = [
        f"{{{SDTC}}}{part[5:]}" if part.startswith("sdtc:") else f"{{{NAMESPACE}}}{part}" for part in path.split("/")
    ]
    return "/".join(parts)


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _tree(text: bytes, notes: list[str]) -> Element:
    """The tree of ``text``; where it cannot be read, once more with what is forgiven mended."""
    try:
        return etree.fromstring(text, _parser())
    except (etree.XMLSyntaxError, ValueError) as fault:
        mended = _mended(text, notes)
        if mended == text:
            raise Invalid(f"The document cannot be read as XML: {_reason(fault)}.", cure=_CURE) from None
    try:
        return etree.fromstring(mended, _parser())
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Invalid(f"The document cannot be read as XML: {_reason(fault)}.", cure=_CURE) from None


def _mended(text: bytes, notes: list[str]) -> bytes:
    named = {name for name in _ENTITY.findall(text) if name not in _XML_ENTITIES and name.decode() in name2codepoint}
    if named:
        notes.append("Named entities of HTML were read as their characters.")
        text = _ENTITY.sub(lambda found: _numbered(found) if found[1] in named else found[0], text)
    try:
        text.decode()
    except UnicodeDecodeError:
        if not text.startswith((b"\xff\xfe", b"\xfe\xff")):
            notes.append("The text is not in the encoding that it names; it was read as Windows-1252.")
            text = _DECLARED.sub(rb"\1", text, count=1).decode("cp1252", errors="replace").encode()
    else:
        undeclared = _DECLARED.sub(rb"\1", text, count=1)
        if undeclared != text:
            notes.append("The text is not in the encoding that it names; it was read as UTF-8.")
            text = undeclared
    return text


def _numbered(found: re.Match[bytes]) -> bytes:
    return b"&#%d;" % name2codepoint[found[1].decode()]


def _reason(fault: Exception) -> str:
    return str(fault).partition(" (<string>")[0].rstrip(".")


def _local(node: Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _named(root: Element, name: str) -> Iterator[Element]:
    return (node for node in root.iter() if isinstance(node.tag, str) and _local(node) == name)


def _namespaced(root: Element) -> bool:
    """Give elements without a namespace that of CDA; says whether there were any."""
    bare = [node for node in root.iter() if isinstance(node.tag, str) and not node.tag.startswith("{")]
    for node in bare:
        node.tag = f"{{{NAMESPACE}}}{node.tag}"
    return bool(bare)
